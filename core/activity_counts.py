"""How many people, households and things a line counts, in digits or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.activity_words import (
    AFTER_TEN,
    HALF,
    HOUSEHOLDS,
    HUNDRED,
    NO_DIGIT,
    NUMBER,
    PEOPLE,
    PLACE_NUMBER,
    PLAIN_PEOPLE,
    TEN,
    TENS,
    THINGS,
    UNITS,
)
from core.log_line import LogLine


@dataclass(frozen=True, slots=True)
class LineCounts:
    """What one line counts; None: the line does not say."""

    people: int | None = None
    households: int | None = None
    things: int | None = None

    def __bool__(self) -> bool:
        return (self.people, self.households, self.things) != (None, None, None)


def _counted(unit: str) -> re.Pattern[str]:
    """ "12 households" or "households: 12", glued or not."""
    unit = unit.replace(" ", r"\s+")
    return re.compile(rf"(?<![a-z0-9])(?:({NUMBER})\s*(?:{unit})|(?:{unit})\s*[:=]\s*({NUMBER}))(?![a-z0-9])")


_PEOPLE: Final = _counted(PEOPLE)
_HOUSEHOLDS: Final = _counted(HOUSEHOLDS)
_THINGS: Final = _counted(THINGS)


def find_counts(line: LogLine) -> LineCounts:
    """Returns what the line counts and marks those words as read. Several groups of people are added up, unless one is
    called just "people": then the others are part of it. Things (cases, rooms) are added up."""
    plain: list[int] = []
    others: list[int] = []
    for number, unit in _all(line, _PEOPLE):
        (plain if PLAIN_PEOPLE.search(unit) else others).append(number)
    households = [number for number, _ in _all(line, _HOUSEHOLDS)]
    things = [number for number, _ in _all(line, _THINGS)]
    if len(things) > 2 and things[0] == sum(things[1:]):
        things = things[:1]  # "2 cases, 1 settled, 1 not"
    people = plain[:1] or others
    return LineCounts(
        people=sum(people) if people else None,
        households=households[0] if households else None,
        things=sum(things) if things else None,
    )


def to_number(words: str) -> int | None:
    """A number in digits ("1.200") or in folded Vietnamese words; None when it is none."""
    if words[0].isdigit():
        return int(words.replace(".", ""))
    total, left = 0, words.split()
    if HUNDRED in left:
        before, left = left[: left.index(HUNDRED)], left[left.index(HUNDRED) + 1 :]
        hundreds = _below_ten(before) if before else 1
        if hundreds is None:
            return None
        if left == [HALF]:
            return hundreds * 100 + 50
        total, left = hundreds * 100, [word for word in left if word not in NO_DIGIT]
        if not left:
            return total
    rest = _below_hundred(left)
    return None if rest is None else total + rest


def _all(line: LogLine, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    found = []
    for hit in line.searches(pattern):
        number = to_number(" ".join((hit[1] or hit[2]).split()))
        # "hamlet 4 people" counts nobody: the number names the hamlet.
        if number is None or PLACE_NUMBER.search(line.flat[: hit.start()]):
            continue
        line.cross_out(*hit.span())
        found.append((number, hit.group()))
    return found


def _below_hundred(words: list[str]) -> int | None:
    for ten in (TEN, TENS):
        if ten in words:
            at = words.index(ten)
            tens = _below_ten(words[:at]) if words[:at] else 1
            ones = AFTER_TEN.get(words[at + 1]) if len(words) == at + 2 else 0 if len(words) == at + 1 else None
            return None if tens is None or ones is None else tens * 10 + ones
    return _below_ten(words)


def _below_ten(words: list[str]) -> int | None:
    return UNITS.get(words[0]) if len(words) == 1 else None
