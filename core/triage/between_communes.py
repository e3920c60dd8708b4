"""Finds a place described as the border of two communes. The words do not say which one, so the reporter is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.triage.mentions import Mention, Token
from core.triage.place_words import COMMUNE_TYPES

_JOINS: Final = frozenset({"va", "voi"})

_REACH: Final = 3
"""At most so many words stand between "giáp ranh" and the first name ("giáp ranh giữa hai xã A và B")."""


def between_two(line: Sequence[Token], mentions: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The two names of "giáp ranh xã A và xã B" or "ranh giới giữa xã A với B"; None when nothing of the kind is said.

    Of two mentions at least the first must bear a commune's type word: "giáp ranh nhà ông A và ông B" names no commune.
    """
    words = [token.flat for token in line]
    for at, first in enumerate(mentions):
        before = " ".join(words[max(0, first.lead - _REACH - 2) : first.lead])
        if first.kind not in COMMUNE_TYPES or not ("giap ranh" in before or "ranh gioi" in before):
            continue
        for second in mentions[at + 1 :]:
            if len(words[first.end : second.lead]) == 1 and words[first.end] in _JOINS:
                return first, second
    return None
