"""Commands about a chat's language and commune, and what a platform reports about the chat."""

from __future__ import annotations

from core.conversation.commands import MoveChat, SetCommune, SetLanguage, SetReachable
from core.conversation.typed import help_for
from core.ids import Unit
from core.messages import ChatId
from core.replies import Reply, say
from core.say import Say
from handlers import contact_settings
from handlers.chat.hearing import Hearing
from handlers.contact_settings import CommuneUnknown
from storage.outbox import Recipient, Why


def set_language(work: Hearing, command: SetLanguage) -> list[Reply]:
    """Set the chat's language. The answer is in the new language."""
    contact_settings.set_language(work, work.by, command.language)
    me = Recipient(work.me.id, work.me.channel.value, command.language)
    work.tell(me, Reply(lines=(say(Say.LANGUAGE_SET),)), reason=f"hear:{work.inbox_id}:language", why=Why.REPLY)
    work.tell(me, help_for(work.person), reason=f"hear:{work.inbox_id}:help", why=Why.REPLY)
    return []


def set_commune(work: Hearing, command: SetCommune) -> list[Reply]:
    """Set the chat's commune and welcome the person. A link without a known commune still shows the menu."""
    try:
        name = contact_settings.set_commune(work, work.by, Unit(command.commune))
    except CommuneUnknown as refusal:
        return [Reply(lines=(refusal.words,)), help_for(work.person)]
    return [Reply(lines=(say(Say.WELCOME_COMMUNE, commune=name),)), help_for(work.person)]


def set_reachable(work: Hearing, command: SetReachable) -> list[Reply]:
    """Store whether a chat can be reached. There is no answer, because the platform sent this and not a person."""
    contact_settings.set_reachable(work, work.chat.id, reachable=command.reachable)
    return []


def move_chat(work: Hearing, command: MoveChat) -> list[Reply]:
    """Store a chat's new address. There is no answer, because the platform sent this and not a person."""
    contact_settings.move_chat(work, work.chat.id, ChatId(command.to))
    return []
