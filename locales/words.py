"""Renders keys as sentences. Times are shown in Asia/Ho_Chi_Minh time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

import locales
from core.messages import Language
from core.replies import Words
from core.vietnam import VIETNAM

SHORT: Final = 2000
"""Characters. Fluent refuses arguments of more than 2500, as a guard against hostile catalogs. These catalogs are
part of this repository and people write longer texts, so longer arguments are put in after formatting."""
_GOES_IN: Final = re.compile("\ue000(\\w+)\ue001")
"""A placeholder for such an argument: its name between two private-use characters."""


class MissingWords(KeyError):
    """No catalog has this key."""


def text(key: str, language: Language, **args: str | int) -> str:
    """A sentence by its key. Raises `MissingWords` when neither the language nor Vietnamese has it."""
    long = {name: arg for name, arg in args.items() if isinstance(arg, str) and len(arg) > SHORT}
    given = args | {name: f"\ue000{name}\ue001" for name in long}
    for catalog in (_bundle(language), _bundle(Language.VI)):
        if catalog.has_message(key):
            value = catalog.get_message(key).value
            if value is not None:
                said, errors = catalog.format_pattern(value, given)
                if errors:
                    raise MissingWords(f"{key} in {language.value}: {type(errors[0]).__name__}")
                return _GOES_IN.sub(lambda found: long.get(found[1], found[0]), str(said)) if long else str(said)
    raise MissingWords(key)


NO_NUMBERS: Final[Mapping[str, str]] = MappingProxyType({})


@cache
def _label(key: str, language: Language) -> str:
    """A sentence without arguments, cached, because most buttons are such and a message has several."""
    return text(key, language)


def render(words: Words, language: Language, numbers: Mapping[str, str] = NO_NUMBERS) -> str:
    """Words in somebody's language. `numbers` are arguments that any sentence may take besides its own: the numbers to
    call (`core.hotlines.Hotlines.arguments`)."""
    if not words.args and not numbers:
        return _label(str(words.key), language)
    own = {name: _argument(arg, language, numbers) for name, arg in words.args.items()}
    return text(str(words.key), language, **{**numbers, **own})


def keys(language: Language) -> frozenset[str]:
    """All keys of a language's catalogs."""
    return frozenset(_bundle(language)._messages)


def _argument(arg: str | int | datetime | Words, language: Language, numbers: Mapping[str, str]) -> str | int:
    if isinstance(arg, Words):
        return render(arg, language, numbers)
    if isinstance(arg, datetime):
        return f"{arg.astimezone(VIETNAM):%H:%M %d/%m}"
    return arg


@cache
def _bundle(language: Language) -> Any:
    # Without isolation marks: they are characters too, and would come back in what people copy.
    bundle = FluentBundle([language.value], use_isolating=False)
    # Of each folder of the package: as with any package there may be more than one.
    for path in sorted(file for folder in locales.__path__ for file in Path(folder, language.value).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
