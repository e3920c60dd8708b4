"""Choices as a numbered list, for apps without buttons."""

from __future__ import annotations

from bot.channel import Outgoing


def numbered(message: Outgoing) -> str:
    """The message's text, its choices as numbered lines, and a line on how to answer."""
    labels = [button.label for row in message.rows for button in row]
    entries = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    if message.more:
        entries.append(f"0. {message.more}")
    if message.hint:
        entries.append(message.hint)
    return "\n\n".join(part for part in (message.text.strip(), "\n".join(entries)) if part)
