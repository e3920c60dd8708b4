"""The use cases as people reach them by chat: each function reads a command, calls a use case, and words its result."""
