"""Invented people and their groups: what they do in the app becomes updates for the bot."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.doubles.telegram.asked import Upload
from tests.doubles.telegram.chats import Chat
from tests.doubles.telegram.seen import Seen
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.doubles.telegram.double import TelegramDouble


@dataclass(slots=True)
class Said:
    """A message of a person."""

    raw: dict[str, Any]


@dataclass(slots=True)
class Press:
    """A pressed button, and what the bot answered."""

    double: TelegramDouble
    id: str
    answered: bool = False
    answer: str = ""
    alert: bool = False
    expired: bool = False

    async def is_answered(self, within_s: float = PATIENCE_S) -> str:
        """Wait for the answer."""
        await self.double.until(lambda: self.answered, within_s)
        return self.answer

    def expires(self) -> None:
        """Too much time has gone by."""
        self.expired = True


class Group:
    """A group chat."""

    def __init__(self, double: TelegramDouble, chat: Chat, members: list[Person]) -> None:
        self.double, self.chat, self.members = double, chat, members

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    @property
    def inbox(self) -> list[Seen]:
        """What the bot wrote here."""
        return list(self.chat.sent.values())

    async def hears(self, wanted: Callable[[Seen], bool] = lambda seen: True, within_s: float = PATIENCE_S) -> Seen:
        """Wait for a message of the bot."""
        return await self.double.until(lambda: next(filter(wanted, self.inbox), None), within_s)

    def becomes_supergroup(self, by: Person) -> int:
        """The group goes on under a new id, which is returned."""
        old = self.chat
        new = Chat(id=-(1_000_000_000_000 + self.double.new_number()), type="supergroup", about=old.about, bot=old.bot)
        self.double.chats[new.id] = new
        by.puts(old, {"migrate_to_chat_id": new.id})
        self.chat, old.moved_to = new, new.id
        by.puts(new, {"migrate_from_chat_id": old.id})
        return new.id


class Person:
    """Somebody with the app. `at` names a group; without it things happen in the private chat with the bot."""

    def __init__(self, double: TelegramDouble, chat: Chat, name: str, language: str) -> None:
        self.double, self.chat, self.name, self.language = double, chat, name, language

    @property
    def id(self) -> int:
        """The user's id, which is the private chat's too."""
        return self.chat.id

    @property
    def account(self) -> str:
        """The id as text, which nobody else may ever see."""
        return str(self.chat.id)

    @property
    def inbox(self) -> list[Seen]:
        """What the bot wrote to this person, as it looks now."""
        return list(self.chat.sent.values())

    async def hears(self, wanted: Callable[[Seen], bool] = lambda seen: True, within_s: float = PATIENCE_S) -> Seen:
        """Wait for a message of the bot that fits."""
        return await self.double.until(lambda: next(filter(wanted, self.inbox), None), within_s)

    def starts(self, payload: str = "", *, at: Group | None = None) -> Said:
        """Opens the chat, or a link with a payload."""
        return self.says(f"/start {payload}".strip(), at=at)

    def says(self, text: str, *, at: Group | None = None, answering: Seen | None = None) -> Said:
        """Writes words."""
        command = re.match(r"/\w+(@\w+)?", text)
        entities = [{"type": "bot_command", "offset": 0, "length": command.end()}] if command else []
        more: dict[str, Any] = {"entities": entities} if entities else {}
        return self._sends({"text": text, **more}, at, answering)

    def sends_photo(self, data: bytes, *, caption: str = "", album: str = "", at: Group | None = None) -> Said:
        """Sends a picture; those with the same `album` were chosen together."""
        return self._sends_file("photo", Upload(data, "", "image/jpeg"), caption, album, at)

    def sends_voice(self, data: bytes, *, at: Group | None = None) -> Said:
        """Speaks into the phone."""
        return self._sends_file("voice", Upload(data, "", "audio/ogg"), "", "", at)

    def sends_video(self, data: bytes, *, caption: str = "", album: str = "", at: Group | None = None) -> Said:
        """Sends a film."""
        return self._sends_file("video", Upload(data, "phim.mp4", "video/mp4"), caption, album, at)

    def sends_file(
        self, data: bytes, *, name: str = "a.pdf", mime: str = "application/pdf", caption: str = "",
        at: Group | None = None,
    ) -> Said:  # fmt: skip
        """Sends any file."""
        return self._sends_file("document", Upload(data, name, mime), caption, "", at)

    def sends_sticker(self, emoji: str) -> Said:
        """Sends a sticker."""
        about = self.double.keep_file(Upload(b"sticker", "", "image/webp"))
        kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._sends({"sticker": {**about, **kind, "emoji": emoji}}, None)

    def shares_place(
        self, latitude: float, longitude: float, *, accuracy_m: float | None = None, title: str = "",
        at: Group | None = None,
    ) -> Said:  # fmt: skip
        """Sends a pin, or with a `title` a named place."""
        point: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
        if accuracy_m is not None:
            point["horizontal_accuracy"] = accuracy_m
        venue = {"venue": {"location": point, "title": title, "address": "xã Thử Nghiệm"}} if title else {}
        return self._sends({"location": point, **venue}, at)

    def shares_live_place(self, latitude: float, longitude: float) -> Said:
        """Starts to share their place."""
        return self._sends({"location": {"latitude": latitude, "longitude": longitude, "live_period": 900}}, None)

    def moves_to(self, said: Said, latitude: float, longitude: float) -> None:
        """Moves while they share their place."""
        self._changes_message(
            said, {"location": {**said.raw["location"], "latitude": latitude, "longitude": longitude}}
        )

    def shares_contact(self, phone: str, *, own: bool = True) -> Said:
        """Sends a phone number out of the address book."""
        whose = {"user_id": self.id} if own else {}
        return self._sends({"contact": {"phone_number": phone, "first_name": self.name, **whose}}, None)

    def edits(self, said: Said, text: str) -> None:
        """Corrects what they wrote."""
        self._changes_message(said, {"text": text})

    def presses(self, seen: Seen, label_or_data: str, *, too_old_to_show: bool = False) -> Press:
        """Presses a button under a message of the bot. Raises `AssertionError` when there is no such button."""
        data = next((data for row in seen.rows for label, data in row if label_or_data in (label, data)), None)
        assert data is not None, f"no button {label_or_data!r} among {seen.rows}"
        return self.puts_press(seen, data, too_old_to_show=too_old_to_show)

    def puts_press(self, seen: Seen, data: str, *, too_old_to_show: bool = False) -> Press:
        """A press with any data, as a changed app can send it."""
        press = Press(self.double, f"press{self.double.new_number()}")
        self.double.presses[press.id] = press
        shown = seen.raw
        if too_old_to_show:
            shown = {"chat": seen.raw["chat"], "message_id": seen.id, "date": 0}
        query = {"id": press.id, "from": self.user(), "message": shown, "chat_instance": "1", "data": data}
        self.double.updates.add("callback_query", query, self.id)
        return press

    def blocks(self) -> None:
        """Blocks the bot."""
        self._let(self.chat, "member", "kicked")

    def unblocks(self) -> None:
        """Unblocks the bot."""
        self._let(self.chat, "kicked", "member")

    def adds_bot(self, group: Group, *, as_administrator: bool = False) -> None:
        """Invites the bot into a group."""
        self._let(group.chat, "left", "administrator" if as_administrator else "member")

    def removes_bot(self, group: Group) -> None:
        """Removes the bot from a group."""
        self._let(group.chat, "member", "kicked")

    def leaves_telegram(self) -> None:
        """Deletes the account."""
        self.chat.gone = True

    def user(self) -> dict[str, Any]:
        """The Bot API's User."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def puts(self, chat: Chat, content: dict[str, Any]) -> Said:
        """Anything into a chat, as a Message."""
        raw = {
            "message_id": next(chat.numbers),
            "from": self.user(),
            "chat": chat.as_json(),
            "date": self.double.stamp(),
            **content,
        }
        if chat.type == "private" and chat.bot == "none":
            chat.bot = "member"
        if self._reaches_bot(chat, raw):
            self.double.updates.add("message", raw, chat.id)
        chat.bot_spoke_last = False
        return Said(raw)

    def _sends(self, content: dict[str, Any], at: Group | None, answering: Seen | None = None) -> Said:
        more = {"reply_to_message": answering.raw} if answering is not None else {}
        return self.puts(at.chat if at else self.chat, {**content, **more})

    def _sends_file(self, kind: str, upload: Upload, caption: str, album: str, at: Group | None) -> Said:
        content: dict[str, Any] = {kind: self.double.described(kind, upload)}
        content |= {"caption": caption} if caption else {}
        content |= {"media_group_id": album} if album else {}
        return self._sends(content, at)

    def _changes_message(self, said: Said, content: dict[str, Any]) -> None:
        said.raw = {**said.raw, **content, "edit_date": self.double.stamp()}
        self.double.updates.add("edited_message", said.raw, said.raw["chat"]["id"])

    def _let(self, chat: Chat, before: str, after: str) -> None:
        bot = self.double.me()
        chat.bot = after
        change = {
            "chat": chat.as_json(),
            "from": self.user(),
            "date": self.double.stamp(),
            "old_chat_member": {"user": bot, **_standing(before)},
            "new_chat_member": {"user": bot, **_standing(after)},
        }
        self.double.updates.add("my_chat_member", change, chat.id)

    def _reaches_bot(self, chat: Chat, raw: dict[str, Any]) -> bool:
        """Privacy mode: commands for the bot, answers to it, and news of the group; an administrator gets all."""
        if chat.type == "private" or chat.bot == "administrator" or self.double.reads_all_in_groups:
            return True
        if chat.bot != "member":
            return False
        if "migrate_to_chat_id" in raw or "migrate_from_chat_id" in raw:
            return True
        answered = raw.get("reply_to_message", {}).get("from", {}).get("id") == self.double.bot_id
        command = re.match(r"/\w+(?:@(\w+))?", raw.get("text", "") or raw.get("caption", ""))
        ours = command is not None and (command[1] or self.double.username).lower() == self.double.username.lower()
        return answered or ours


def _standing(status: str) -> dict[str, Any]:
    """A ChatMember's fields as far as clients insist on them."""
    if status == "kicked":
        return {"status": status, "until_date": 0}
    if status == "administrator":
        rights = (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories",
        )  # fmt: skip
        return {"status": status, **dict.fromkeys(rights, False)}
    return {"status": status}
