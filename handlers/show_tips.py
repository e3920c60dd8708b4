"""Where a tip stands: by its code on any channel, or one's own latest."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from core.conversation.commands import ShowMyTips, ShowTip
from core.errors import Refusal
from core.receipts import status
from core.replies import Choice, Reply, say
from core.say import Say
from handlers.chat.hearing import Hearing
from handlers.views import tip_view
from storage import guesses, tips

SHOWN: Final = 5
WRONG_CODES: Final = 5
WRONG_WITHIN: Final = timedelta(hours=1)


class TooManyGuesses(Refusal):
    """Somebody tries codes."""

    key = Say.TOO_MANY_CODES


def show_tip(work: Hearing, act: ShowTip) -> list[Reply]:
    """The state of the tip with this code. After five wrong codes an hour's rest: a code cannot be found by trying."""
    if guesses.wrong(work.db, work.me.id, work.now - WRONG_WITHIN) >= WRONG_CODES:
        raise TooManyGuesses
    tip = tips.by_code(work.db, work.context.vault, act.code)
    if tip is None:
        guesses.note(work.db, work.me.id, work.now)
        return [Reply(lines=(say(Say.CODE_UNKNOWN),))]
    return [status(tip_view(work, tip), own=tip.contact_id in work.by.chats)]


def show_my_tips(work: Hearing, act: ShowMyTips) -> list[Reply]:
    """One's own latest tips, one button each."""
    mine = tips.of_contacts(work.db, work.context.vault, work.by.chats, SHOWN)
    if not mine:
        return [Reply(lines=(say(Say.NO_TIPS_YET),))]
    if len(mine) == 1:
        return [status(tip_view(work, mine[0]), own=True)]
    lines = tuple(status(tip_view(work, tip), own=False).lines[0] for tip in mine)
    rows = tuple((Choice(f"t:{tip.id}:show", say(Say.AS_IS, text=tip.code)),) for tip in mine)
    return [Reply(lines=(say(Say.YOUR_TIPS), *lines), rows=rows)]
