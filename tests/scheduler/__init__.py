"""The clockwork by itself."""
