"""Small things about a chat: its language, where a poster found it, whether and where it can be reached."""

from __future__ import annotations

from core.access import Actor
from core.errors import Refusal
from core.ids import ContactId, Unit
from core.messages import ChatId, Language
from core.say import Say
from handlers import undeliverable
from handlers.work import Work
from storage import contacts


class CommuneUnknown(Refusal):
    """A poster's link names a commune that is none today."""

    key = Say.LINK_UNKNOWN


def set_language(work: Work, by: Actor, language: Language) -> None:
    """Speak to the person in this language from now on."""
    contacts.set_language(work.db, by.own_chat, language)


def set_commune(work: Work, by: Actor, commune: Unit) -> str:
    """A poster told where the person is: a hint, which their own words overrule. The commune's name.

    Raises `CommuneUnknown`."""
    if not work.context.places.knows(commune):
        raise CommuneUnknown
    contacts.set_commune(work.db, by.own_chat, commune)
    return work.context.places.label(commune)


def set_reachable(work: Work, chat: ContactId, *, reachable: bool) -> None:
    """The platform says that a chat shut us out, or let us in again. What only a chat had that shut us out goes to
    others."""
    if reachable:
        contacts.set_reachable(work.db, chat, reachable=True)
    else:
        undeliverable.chat_gone(work, chat)


def move_chat(work: Work, chat: ContactId, to: ChatId) -> None:
    """The platform says that a chat has another address now; everything that belongs to it stays."""
    undeliverable.chat_moved(work, chat, to)
