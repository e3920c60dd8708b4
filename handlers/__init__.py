"""The use cases, one file per thing that happens. Each runs inside one transaction; bot, console and scheduler call the
same ones. A handler does no network I/O: what must be said goes into the outbox."""
