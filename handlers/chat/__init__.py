"""The use cases as people reach them by chat: each reads a command, calls a use case, and words its result."""
