"""Look up tips: by code on any channel, or one's own latest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from core.access import Actor
from core.errors import Refusal
from core.say import Say
from core.tip import Tip
from handlers.work import Work
from storage import guesses, tips

LISTED: Final = 5
WRONG_CODES: Final = 5
WRONG_WITHIN: Final = timedelta(hours=1)


class TooManyGuesses(Refusal):
    """Raised when somebody has sent too many wrong codes."""

    key = Say.TOO_MANY_CODES


def tip_by_code(work: Work, by: Actor, code: str) -> Tip | None:
    """The tip with this code, or None. Wrong codes are counted: after five of them the actor must wait an hour, so that
    nobody finds a code by guessing. Raises `TooManyGuesses`."""
    if by.id is not None and guesses.wrong(work.db, by.id, work.now - WRONG_WITHIN) >= WRONG_CODES:
        raise TooManyGuesses
    tip = tips.by_code(work.db, work.context.vault, code)
    if tip is None and by.id is not None:
        guesses.note(work.db, by.id, work.now)
    return tip


def my_tips(work: Work, by: Actor) -> Sequence[Tip]:
    """One's own latest tips from all of one's chats, newest first."""
    return tips.of_contacts(work.db, work.context.vault, by.chats, LISTED)
