"""One pure step of a conversation: who speaks, where we were, what was said → where we are, what to say, what to do.

Steps know no channel and no database. What must be done is returned as acts; `handlers/` does them in the same
transaction.
"""
