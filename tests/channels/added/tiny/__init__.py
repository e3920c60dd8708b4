"""Tiny, an app that nobody has: the smallest channel there can be. It is dropped beside the folders of `bot/` and then
imported as `bot.tiny`."""

from typing import Final

from core.messages import Channel

CHANNEL: Final = Channel("tiny")
