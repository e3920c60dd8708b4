"""Sending, for all channels: the courier and its parts."""
