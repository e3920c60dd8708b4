"""Outgoing messages, before they are rendered in a language and for an app.

Code holds keys (`Say`) and arguments, `locales/` holds the sentences, and each channel renders a reply for its app.
Replies wait in the outbox, so each can be written to JSON and read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.say import ChannelName, Say, key_of


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence or label: a catalog key and its arguments.

    An argument may itself be `Words` (said in the same language), a number, plain text that a person typed, or an
    aware `datetime`, which people see as Asia/Ho_Chi_Minh time.
    """

    key: Say | ChannelName
    args: Mapping[str, str | int | datetime | Words] = field(default_factory=dict)


def say(key: Say, **args: str | int | datetime | Words) -> Words:
    """Short for `Words(key, args)`."""
    return Words(key, args)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `id` comes back as `Inbound.button`: at most 64 bytes, ids only, never a person's words."""

    id: str
    label: Words

    def __post_init__(self) -> None:
        if not 1 <= len(self.id.encode()) <= 64:
            raise ValueError(f"a button's id takes 1 to 64 bytes, not {len(self.id.encode())}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message to one chat.

    `lines` are said one below the other. `rows` are rows of buttons. `slot` names a message that is edited in place
    when the same chat is told something in the same slot again (a case's card), unless the
    new one is `fresh`: then it is sent as a new message and takes over the slot. `press` answers a button press with a
    short notice instead of a message (`alert` makes it a box to dismiss). `attachments` are ids of stored media to send
    along, `point` is a (latitude, longitude) to show as a pin, `ask_place` asks the channel to offer its own
    share-my-location button, `wants_answer` that the chat's next words be an answer to this (a forced reply in groups),
    `protect` that the app should not let it be forwarded. `page` turns the pages of a numbered list, where the app has
    no buttons.
    """

    lines: tuple[Words, ...] = ()
    rows: tuple[tuple[Choice, ...], ...] = ()
    slot: str = ""
    fresh: bool = False
    press: str = ""
    alert: bool = False
    attachments: tuple[int, ...] = ()
    point: tuple[float, float] | None = None
    ask_place: bool = False
    wants_answer: bool = False
    protect: bool = False
    page: int = 0


def choices(reply: Reply) -> tuple[Choice, ...]:
    """All buttons of a reply, row after row: what a number means where a platform shows no buttons."""
    return tuple(choice for row in reply.rows for choice in row)


def on_page(reply: Reply, listed: int) -> tuple[tuple[Choice, ...], bool]:
    """The choices that a numbered list of this length shows now, and whether there are others to turn to.

    The page after the last is the first again."""
    every = choices(reply)
    if not listed or len(every) <= listed:
        return every, False
    pages = -(-len(every) // listed)
    start = reply.page % pages * listed
    return every[start : start + listed], True


def merge(replies: Sequence[Reply]) -> Reply:
    """Several messages as one, for apps where every message counts: all that they say, one below the other."""
    first, *others = replies
    for other in others:
        first = replace(
            first,
            lines=first.lines + other.lines,
            rows=first.rows + other.rows,
            slot=first.slot or other.slot,
            fresh=first.fresh or other.fresh,
            attachments=first.attachments + other.attachments,
            point=first.point or other.point,
            ask_place=first.ask_place or other.ask_place,
            wants_answer=first.wants_answer or other.wants_answer,
            protect=first.protect or other.protect,
        )
    return first


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """A reply as plain JSON values; what is at its default is left out."""
    out: dict[str, Any] = {}
    if reply.lines:
        out["lines"] = [_words_to_json(words) for words in reply.lines]
    if reply.rows:
        out["rows"] = [[[choice.id, _words_to_json(choice.label)] for choice in row] for row in reply.rows]
    if reply.attachments:
        out["attachments"] = list(reply.attachments)
    if reply.point:
        out["point"] = list(reply.point)
    for name in ("slot", "press"):
        if getattr(reply, name):
            out[name] = getattr(reply, name)
    for name in ("fresh", "alert", "ask_place", "wants_answer", "protect"):
        if getattr(reply, name):
            out[name] = True
    if reply.page:
        out["page"] = reply.page
    return out


def reply_from_json(data: Mapping[str, Any]) -> Reply:
    """The inverse of `reply_to_json`. Raises `ValueError` for a key that the catalog's list no longer has."""
    point = data.get("point")
    return Reply(
        lines=tuple(_words_from_json(words) for words in data.get("lines", ())),
        rows=tuple(tuple(Choice(id_, _words_from_json(label)) for id_, label in row) for row in data.get("rows", ())),
        slot=data.get("slot", ""),
        fresh=data.get("fresh", False),
        press=data.get("press", ""),
        alert=data.get("alert", False),
        attachments=tuple(data.get("attachments", ())),
        point=(point[0], point[1]) if point else None,
        ask_place=data.get("ask_place", False),
        wants_answer=data.get("wants_answer", False),
        protect=data.get("protect", False),
        page=data.get("page", 0),
    )


def _words_to_json(words: Words) -> list[Any]:
    return [str(words.key), {name: _arg_to_json(arg) for name, arg in words.args.items()}]


def _arg_to_json(arg: str | int | datetime | Words) -> Any:
    if isinstance(arg, Words):
        return {"say": _words_to_json(arg)}
    if isinstance(arg, datetime):
        return {"at": arg.isoformat()}
    return arg


def _words_from_json(data: Any) -> Words:
    key, args = data
    return Words(key_of(key), {name: _arg_from_json(arg) for name, arg in args.items()})


def _arg_from_json(data: Any) -> str | int | datetime | Words:
    if isinstance(data, dict):
        return _words_from_json(data["say"]) if "say" in data else datetime.fromisoformat(data["at"])
    return data if isinstance(data, int) else str(data)
