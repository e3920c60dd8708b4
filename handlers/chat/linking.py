"""Commands that link one person's chats. The answers say which chats are linked and where answers go."""

from __future__ import annotations

from core.channels import channel_name
from core.conversation.commands import MakeLink, PreferChat, Unlink, UseLink
from core.ids import ContactId
from core.replies import Choice, Reply, say
from core.say import Say
from handlers import link
from handlers.chat.hearing import Hearing


def make_link(work: Hearing, command: MakeLink) -> list[Reply]:
    """Answer with a one-time code, in a message that cannot be forwarded."""
    return [Reply(lines=(say(Say.LINK_CODE, code=link.make_link(work, work.by)),), protect=True)]


def use_link(work: Hearing, command: UseLink) -> list[Reply]:
    """Link the chats, and ask where answers shall go."""
    linked = link.use_link(work, work.by, command.code)
    if linked is None:
        return [Reply(lines=(say(Say.LINK_CODE_UNKNOWN),))]
    lines = (say(Say.LINKED, channel=channel_name(linked.other)), say(Say.WHERE_TO_TELL))
    rows = tuple((Choice(f"m:here:{chat}", channel_name(channel)),) for chat, channel in linked.chats)
    return [Reply(lines=lines, rows=rows)]


def prefer_chat(work: Hearing, command: PreferChat) -> list[Reply]:
    """Send answers to the chosen chat from now on."""
    channel = link.prefer_chat(work, work.by, ContactId(command.contact))
    return [Reply(lines=(say(Say.TELL_THERE, channel=channel_name(channel)),))]


def unlink(work: Hearing, command: Unlink) -> list[Reply]:
    """Unlink this chat."""
    link.unlink(work, work.by)
    return [Reply(lines=(say(Say.UNLINKED),))]
