"""Mutants: small faults put into our own code on purpose, to see whether a test goes red. `make mutants` runs them.

`faults` and `tables` say which faults a piece of code can have, `source` puts each into a file's text, `covered` finds
the tests that run a line, `trial` runs them against one mutant, `verdict` compares the survivors with `survivors.yaml`.
"""
