"""Reads an answer to a numbered list, for apps without buttons: "2", "hai", "số 2", or the words of a choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.triage.number_words import ACCENTED, NUMBER_WORDS
from core.triage.text import fold

MORE: Final = -1
"""The answer "0": show the next page of the list."""
LONGEST: Final = 60
"""Characters. A longer message is not an answer to a list."""
SHORTEST_START: Final = 4
"""Characters. At least this much of a choice's words must be typed to stand for all of them."""

# Two digits at most: no list is longer, and "113" is the number of the police.
_BEFORE: Final = r"(?:(?:toi|em|con|chau|minh)\s+)?(?:chon|lay|bam)?\s*(?:so|cau|muc|y|cai|number|no)?\s*\.?\s*"
_AFTER: Final = r"\s*[.)!,]*\s*(?:a|nhe|nha|di|please)?\s*[.!]*"
_NUMBER: Final = re.compile(rf"^{_BEFORE}(?:(?P<digits>\d{{1,2}})|(?P<word>[a-z]+)){_AFTER}$")
_SIGNS: Final = re.compile(r"[^\w\s/%-]+")
_KEYCAP: Final = re.compile("[\ufe0f\u20e3]")


def number_in(text: str) -> int | None:
    """The number, when the whole message is one; else None. Never raises."""
    if len(text) > LONGEST:
        return None
    found = _NUMBER.match(" ".join(fold(_KEYCAP.sub("", text)).split()))
    if found is None:
        return None
    if found["digits"]:
        return int(found["digits"])
    typed = [word for word in text.lower().split() if fold(word).strip(" .!,)") == found["word"]]
    plain = not typed or typed[0].isascii() or typed[0].strip(" .!,)") in ACCENTED
    return NUMBER_WORDS.get(found["word"]) if plain else None


def pick(text: str, labels: Sequence[str], *, more: str = "") -> int | None:
    """Which choice of a list a message means: its index from 0, `MORE`, or None when it is no answer to the list.

    `more` are the words of the choice "more", "" where the whole list is shown. A number past the end gives None; use
    `number_in` to tell it from other text."""
    number = number_in(text)
    if number is not None:
        if number == 0:
            return MORE if more else None
        return number - 1 if number <= len(labels) else None
    said = _words(text)
    if not said or len(text) > LONGEST:
        return None
    known = [_words(label) for label in labels] + ([_words(more)] if more else [])
    hits = [index for index, label in enumerate(known) if label == said]
    if not hits and len(said) >= SHORTEST_START:
        hits = [index for index, label in enumerate(known) if label.startswith(f"{said} ")]
    if len(hits) != 1:
        return None
    return MORE if more and hits[0] == len(labels) else hits[0]


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(text)).split())
