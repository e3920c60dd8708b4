"""Receiving, for all channels: webhooks, polling, unreadable messages, files that people sent."""
