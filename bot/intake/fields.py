"""Typed look-ups in the JSON that platforms send: they return the right type or raise `BrokenUpdate`.

Measured on one core of a small server with Telegram's updates, JSON included: a text update takes 12 µs this way and 29
µs with aiogram's `Update.model_validate_json`, a button press 11 µs and 59 µs; importing aiogram takes about 2.7 s.
Receiving needs a dozen kinds of content and no methods on them, so it does without aiogram.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

LONGEST_ID: Final = 64
_LARGEST: Final = 2**63
_NO_ID: Final = re.compile("[^!-~]")
_UNWANTED: Final = re.compile("[\x00\ud800-\udfff]")


class BrokenUpdate(ValueError):
    """Raised when a field is missing or has the wrong type. Names the field, never its value."""


class Fields:
    """One JSON object. An absent or null field counts as not sent."""

    __slots__ = ("_raw", "_where")

    def __init__(self, raw: object, where: str = "update") -> None:
        if not isinstance(raw, dict):
            raise BrokenUpdate(f"{where} is not an object")
        self._raw: dict[Any, Any] = raw
        self._where = where

    def has(self, name: str) -> bool:
        """Whether the field was sent."""
        return self._raw.get(name) is not None

    def first_of(self, names: tuple[str, ...]) -> str:
        """The name of the first of these fields that was sent, "" when none was."""
        return next((name for name in names if self._raw.get(name) is not None), "")

    def text(self, name: str) -> str:
        """Text in NFC without characters that databases refuse (NUL, lone surrogates); "" when not sent."""
        value = self._raw.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._broken(name)
        if not unicodedata.is_normalized("NFC", value):
            value = unicodedata.normalize("NFC", value)
        return _UNWANTED.sub("", value)

    def words(self, name: str) -> str:
        """Text that must be present and not empty."""
        value = self.text(name)
        if not value:
            raise self._broken(name)
        return value

    def ident(self, name: str) -> str:
        """An id, which some platforms send as text and some as a number, as text of at most 64 characters. It must be
        present."""
        value = self._raw.get(name)
        if type(value) is int:
            value = str(value)
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or _NO_ID.search(value):
            raise self._broken(name)
        return value

    def number(self, name: str) -> int:
        """A whole number of at most 64 bits. It must be present."""
        value = self._raw.get(name)
        if type(value) is not int or not -_LARGEST <= value < _LARGEST:
            raise self._broken(name)
        return value

    def number_or_none(self, name: str) -> int | None:
        """A whole number of at most 64 bits; None when not sent."""
        return self.number(name) if self.has(name) else None

    def decimal(self, name: str, least: float, most: float) -> float:
        """A number between two bounds. It must be present."""
        value = self._raw.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._broken(name)
        if not least <= value <= most:  # nor is NaN between any two
            raise self._broken(name)
        return float(value)

    def decimal_text(self, name: str, least: float, most: float) -> float:
        """A number between two bounds that may also be sent as text ("10.76"), as Zalo does. It must be present."""
        value = self._raw.get(name)
        if not isinstance(value, str):
            return self.decimal(name, least, most)
        try:
            number = float(value)
        except ValueError:
            raise self._broken(name) from None
        if not least <= number <= most:
            raise self._broken(name)
        return number

    def flag(self, name: str) -> bool:
        """True or false; false when not sent."""
        value = self._raw.get(name)
        if value is not None and not isinstance(value, bool):
            raise self._broken(name)
        return bool(value)

    def part(self, name: str) -> Fields:
        """An object inside this one. It must be present."""
        return Fields(self._raw.get(name), f"{self._where}.{name}")

    def part_or_none(self, name: str) -> Fields | None:
        """An object inside this one; None when not sent."""
        return self.part(name) if self.has(name) else None

    def parts(self, name: str) -> list[Fields]:
        """A list of objects; empty when not sent."""
        value = self._raw.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._broken(name)
        return [Fields(item, f"{self._where}.{name}") for item in value]

    def _broken(self, name: str) -> BrokenUpdate:
        return BrokenUpdate(f"{self._where}.{name}")
