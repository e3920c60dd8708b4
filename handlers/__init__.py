"""The use cases, one file for each. Each runs inside one transaction; bot, console and scheduler call the same ones. A
use case does no network I/O: messages to people go into the outbox."""
