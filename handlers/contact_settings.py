"""Settings of a chat: its language, the commune of the poster that led there, whether and where it can be reached."""

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
    """Raised when a poster's link names a commune that does not exist (any more)."""

    key = Say.LINK_UNKNOWN


def set_language(work: Work, by: Actor, language: Language) -> None:
    """Set the language of all messages to the person."""
    contacts.set_language(work.db, by.own_chat, language)


def set_commune(work: Work, by: Actor, commune: Unit) -> str:
    """Store the commune that a poster's link names; the person's own words take precedence over it. Returns the
    commune's name.

    Raises `CommuneUnknown`."""
    if not work.context.places.knows(commune):
        raise CommuneUnknown
    contacts.set_commune(work.db, by.own_chat, commune)
    return work.context.places.label(commune)


def set_reachable(work: Work, chat: ContactId, *, reachable: bool) -> None:
    """Record that a chat has blocked the bot, or unblocked it. Cards that only a blocked chat had are sent to other
    readers."""
    if reachable:
        contacts.set_reachable(work.db, chat, reachable=True)
    else:
        undeliverable.chat_gone(work, chat)


def move_chat(work: Work, chat: ContactId, to: ChatId) -> None:
    """Record a chat's new address on its platform; everything that belongs to the chat stays with it."""
    undeliverable.chat_moved(work, chat, to)
