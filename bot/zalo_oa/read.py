"""Turn Zalo's events into `Inbound`. Pure: our own account is an argument.

Bodies: `user_*` events name the person in `sender` and us in `recipient`; `follow` and `unfollow` have `follower` and
`oa_id`. Ids, times and coordinates are text. There is no event for a button press: its payload comes as if the person
had typed it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.intake.fields import BrokenUpdate, Fields
from bot.zalo_oa import CHANNEL
from bot.zalo_oa.media import links_of, media_of, place_of
from core.messages import ChatId, Inbound, Notice, SenderId

PRESS: Final = "#m:"
"""The prefix of a button's id in the payload of our buttons."""
GROUP: Final = "group:"
"""The prefix of a group's id, to tell it from a person's."""

_SAID: Final = "user_send_"
_SAID_IN_GROUP: Final = "user_send_group_"
_KINDS: Final = frozenset(
    {"text", "image", "gif", "video", "audio", "file", "sticker", "link", "location", "business_card"}
)
_NOTICES: Final = {"follow": Notice.WELCOME, "unfollow": Notice.BLOCKED}
_IGNORED: Final = frozenset(
    {
        "user_seen_message",
        "user_received_message",
        "user_click_chatnow",
        "user_reacted_message",
        "user_call_oa",
        # We ask nobody for their name or telephone number; if they send them all the same, these are discarded.
        "user_submit_info",
        "user_join_group",
        "user_leave_group",
        "create_group",
        "update_user_info",
    }
)
_OWN: Final = "oa_"
"""The prefix of events about what the account itself did, such as echoes of our messages."""
_BUTTON: Final = re.compile(r"[!-~]{1,100}")
_GROUP_ANSWER: Final = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The ids of our app and our Official Account ("" when the operator has not set it)."""

    app_id: str
    oa_id: str = ""


class OtherAccount(Exception):
    """Raised for a body of another app or another Official Account."""


def read(body: Mapping[str, Any], us: OwnAccount) -> Inbound | None:
    """The `Inbound` of one body (parsed JSON with a valid signature), or None for events that do not concern us: read
    receipts, echoes of our own messages, contact data.

    Raises `OtherAccount`, and `BrokenUpdate` for unknown events and for fields of the wrong type."""
    event = Fields(body, "event")
    if event.has("app_id") and event.ident("app_id") != us.app_id:
        raise OtherAccount("app")
    name = event.words("event_name")
    if name in _NOTICES:
        return _notice(event, name, _ours(event.ident("oa_id"), us))
    if name.startswith(_SAID_IN_GROUP) and name.removeprefix(_SAID_IN_GROUP) in _KINDS:
        oa_id = _ours(event.ident("oa_id"), us) if event.has("oa_id") else us.oa_id
        return _message(event, oa_id, group=_group_of(event, oa_id))
    if name.startswith(_SAID) and name.removeprefix(_SAID) in _KINDS:
        return _message(event, _ours(event.part("recipient").ident("id"), us))
    if name in _IGNORED or name.startswith(_OWN):
        return None
    raise BrokenUpdate("event_name is unknown")


def _ours(oa_id: str, us: OwnAccount) -> str:
    """The id of the Official Account of an event. Raises `OtherAccount`."""
    if us.oa_id and oa_id != us.oa_id:
        raise OtherAccount("oa")
    return oa_id


def _notice(event: Fields, name: str, oa_id: str) -> Inbound:
    person = event.part("follower").ident("id")
    stamp = event.ident("timestamp")
    return Inbound(
        channel=CHANNEL,
        sender=SenderId(person),
        chat=ChatId(person),
        message_key=f"{oa_id}:{name}:{person}:{stamp}",
        sent_at=_at(stamp),
        notice=_NOTICES[name],
    )


def _message(event: Fields, oa_id: str, group: str = "") -> Inbound:
    message = event.part("message")
    person = event.part("sender").ident("id")
    attachments = message.parts("attachments")
    text = message.text("text")
    addressed = not group or _to_us(text, oa_id)
    if group and oa_id:
        text = text.replace(f"[@{oa_id}]", "").strip()
    place = place_of(attachments, text)
    text, button = _pressed("" if place else text)
    return Inbound(
        channel=CHANNEL,
        sender=SenderId(person),
        chat=ChatId(f"{GROUP}{group}" if group else person),
        message_key=f"{oa_id}:{message.ident('msg_id')}",
        sent_at=_at(event.ident("timestamp")),
        text=_with_links(text, attachments),
        place=place,
        media=media_of(attachments),
        button=button,
        in_group=bool(group),
        addressed=addressed,
    )


def _pressed(text: str) -> tuple[str, str]:
    """(the words, the id of the button whose payload they are or "")."""
    if text.startswith(PRESS) and _BUTTON.fullmatch(text, len(PRESS)):
        return "", text.removeprefix(PRESS)
    return text, ""


def _with_links(text: str, attachments: list[Fields]) -> str:
    links = links_of(attachments)
    return text if links in text else f"{text}\n{links}".strip()


def _group_of(event: Fields, oa_id: str) -> str:
    """The group's id. Zalo's documentation has two places for it: `group_id`, or `recipient` when that is not our
    account."""
    if event.has("group_id"):
        return event.ident("group_id")
    there = event.part("recipient").ident("id")
    if there == oa_id:
        raise BrokenUpdate("event.group_id")
    return there


def _to_us(text: str, oa_id: str) -> bool:
    """Whether a group message is addressed to us: a command, a button's payload, a mention of us, or the number of a
    choice. Zalo sends all group messages."""
    said = text.strip()
    named = bool(oa_id) and f"[@{oa_id}]" in said
    return named or said.startswith(("/", PRESS)) or _GROUP_ANSWER.fullmatch(said) is not None


def _at(stamp: str) -> datetime:
    if not stamp.isdecimal():
        raise BrokenUpdate("timestamp is no time")
    try:
        return datetime.fromtimestamp(int(stamp) / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        raise BrokenUpdate("timestamp is no time") from None
