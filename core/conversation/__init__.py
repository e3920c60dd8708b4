"""The steps of a conversation, as pure functions: person, state and message in; new state, replies and commands out.

Steps know no channel and no database. They return what must be done as commands; `handlers/` runs them in the same
transaction.
"""
