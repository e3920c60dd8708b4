"""The web chat behind its seam."""

from __future__ import annotations

from bot.app import App


def add_web(app: App) -> None:
    """Filled in when the channel is there."""
