"""The pure core: what a tip, a case, a duty and a deadline are. No framework, no I/O, no clock.

Everything here takes values and returns values; the time is always an argument.
"""
