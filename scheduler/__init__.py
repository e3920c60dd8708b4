"""Wakes up, asks what is due, calls a handler. Decides nothing."""
