"""Small things about a chat: its language, where a poster found it, whether it can be reached."""

from __future__ import annotations

from core.conversation.commands import MoveChat, SetCommune, SetLanguage, SetReachable
from core.conversation.typed import help_for
from core.messages import ChatId
from core.replies import Reply, say
from core.say import Say
from handlers import undeliverable
from handlers.chat.hearing import Hearing
from storage import contacts
from storage.outbox import Recipient, Why


def set_language(work: Hearing, act: SetLanguage) -> list[Reply]:
    """From now on in this language; the answer is in it already."""
    contacts.change(work.db, work.me.id, language=act.language.value)
    me = Recipient(work.me.id, work.me.channel.value, act.language)
    work.tell(me, Reply(lines=(say(Say.LANGUAGE_SET),)), reason=f"hear:{work.inbox_id}:language", why=Why.REPLY)
    work.tell(me, help_for(work.person), reason=f"hear:{work.inbox_id}:help", why=Why.REPLY)
    return []


def set_commune(work: Hearing, act: SetCommune) -> list[Reply]:
    """A poster in a hamlet told where the person is: a hint, which his own words overrule."""
    if not work.context.places.knows(act.commune):
        return [Reply(lines=(say(Say.LINK_UNKNOWN),)), help_for(work.person)]
    contacts.change(work.db, work.me.id, commune=act.commune)
    name = work.context.places.label(act.commune)
    return [Reply(lines=(say(Say.WELCOME_COMMUNE, commune=name),)), help_for(work.person)]


def set_reachable(work: Hearing, act: SetReachable) -> list[Reply]:
    """The person shut us out, or let us in again."""
    if act.reachable:
        contacts.change(work.db, work.chat.id, reachable=True)
    else:
        undeliverable.chat_gone(work, work.chat.id)
    return []


def move_chat(work: Hearing, act: MoveChat) -> list[Reply]:
    """The chat has another address now; everything that belongs to it stays."""
    undeliverable.chat_moved(work, work.chat.id, ChatId(act.to))
    return []
