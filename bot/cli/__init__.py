"""The command line, one file per thing that an operator does."""
