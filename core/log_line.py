"""A line of a log with a copy in lower case without accents, index by index. Readers mark the spans that they have
read, so that no word is read twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from core.activity_words import AFTER_PLACE, EXACT, FILLER, GROUP_WORD, LEAD

PLACE_WORDS: Final = 6
"""A place's name has at most this many words after its first."""
_WORD: Final = re.compile(r"[\w/'’-]+")
_BREAK: Final = re.compile(r"[,;:.!(]")


class LogLine:
    """`shown` is what was typed, `flat` the same in lower case without accents: each character at the same index."""

    def __init__(self, text: str) -> None:
        characters = [one for one in unicodedata.normalize("NFC", text) if not unicodedata.combining(one)]
        self.shown: Final = " ".join("".join(characters).split())
        self.flat: Final = "".join(_flat(one) for one in self.shown)
        self._read = [False] * len(self.flat)

    def cross_out(self, start: int, end: int) -> str:
        """Marks the span as read. Returns what was typed there, without punctuation at its ends."""
        self._read[start:end] = [True] * (end - start)
        return self.shown[start:end].strip(" ,.;:-")

    def free(self, start: int, end: int) -> bool:
        """Whether no character of this span was read yet."""
        return not any(self._read[start:end])

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match among what is left whose words are typed as they should be."""
        return next(self.searches(pattern), None)

    def searches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All such matches, each looked for among what is left when it is asked for."""
        start = 0
        while (hit := pattern.search(self.left(), start)) is not None:
            start = max(hit.end(), start + 1)
            if self.exact(*hit.span()):
                yield hit

    def left(self) -> str:
        """`flat` with a bar in place of each character that was read."""
        return "".join("|" if taken else one for one, taken in zip(self.flat, self._read, strict=True))

    def strange_words(self, end: int) -> int:
        """How many words before `end` are neither understood nor such as a log begins with."""
        words = _WORD.findall(self.left()[:end])
        return sum(not (word.isdigit() or FILLER.fullmatch(word) or LEAD.fullmatch(word)) for word in words)

    def exact(self, start: int, end: int) -> bool:
        """Whether each word that has a double without accents is the right one, or typed without any."""
        words = (
            (one.group(), self.shown[start + one.start() : start + one.end()].lower())
            for one in _WORD.finditer(self.flat[start:end])
        )
        return all(typed in EXACT.get(flat, {typed}) for flat, typed in words)

    def follows_group_word(self, start: int) -> bool:
        """Whether the word before is "group", "team", "model": what follows is its name."""
        return GROUP_WORD.search(self.flat[:start]) is not None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A place's span: on to a comma, a word that ends it, or what was understood already."""
        last = end
        for count, word in enumerate(_WORD.finditer(self.flat, end)):
            between = self.flat[last : word.start()]
            if count == PLACE_WORDS or _BREAK.search(between) or not self.free(last, word.end()):
                break
            if AFTER_PLACE.fullmatch(word.group()):
                break
            last = word.end()
        return start, last

    def rest(self) -> str:
        """The words that were not read, as typed, without filler words."""
        left = "".join(" " if taken else one for one, taken in zip(self.shown, self._read, strict=True))
        words = [word.strip(" ,.;:-–()+") for word in left.split()]
        return " ".join(word for word in words if word and not _is_filler(word.lower()))


def _is_filler(typed: str) -> bool:
    flat = "".join(_flat(one) for one in typed)
    return FILLER.fullmatch(flat) is not None and typed in EXACT.get(flat, {typed})


def _flat(character: str) -> str:
    """One character in lower case without its accents; always one character long."""
    return "d" if character in "đĐ" else unicodedata.normalize("NFD", character.lower())[0]
