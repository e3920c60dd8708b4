"""Find the channels: every package of `bot/` that has a `connect.py`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.util import find_spec

import bot
from bot.channel.folder import ChannelFolder
from core.channels import Capabilities, channel_name, register
from core.messages import Language
from locales.words import keys


class WrongChannel(Exception):
    """Raised for a channel's package that cannot be used. The text names it and says what is missing."""


@cache
def channels() -> tuple[ChannelFolder, ...]:
    """All channels in the order of their names, wanted or not. Registers what each can do with `core.channels`.

    Raises `WrongChannel`, so that a missing translation stops the start and is not first noticed by a resident."""
    found = tuple(_folder(name) for name in sorted(_names()))
    for folder in found:
        register(folder.name, folder.capabilities)
    return found


def _names() -> list[str]:
    packages = (module.name for module in pkgutil.iter_modules(bot.__path__) if module.ispkg)
    return [name for name in packages if find_spec(f"bot.{name}.connect") is not None]


def _folder(name: str) -> ChannelFolder:
    try:
        folder: object = getattr(importlib.import_module(f"bot.{name}.connect"), "FOLDER", None)
    except TypeError as error:  # a method that every channel needs is missing
        raise WrongChannel(f"bot/{name}/connect.py: {error}") from None
    if not isinstance(folder, ChannelFolder):
        raise WrongChannel(f"bot/{name}/connect.py: FOLDER is missing, or is no ChannelFolder")
    if getattr(folder, "name", None) != name:
        raise WrongChannel(f"bot/{name}/connect.py: the channel's name must be the folder's, {name!r}")
    if not isinstance(getattr(folder, "capabilities", None), Capabilities):
        raise WrongChannel(f"bot/{name}/connect.py: `capabilities` is missing: say what the app can do")
    key = str(channel_name(name).key)
    for language in Language:
        if key not in keys(language):
            raise WrongChannel(f"locales/{language.value}: there is no sentence {key}, what people call bot/{name}")
    return folder
