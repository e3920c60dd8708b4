"""People who have nothing but Zalo, who speak and hear as the Telegram double's people do: so one story is told on
both.

Where the story presses a button they read the numbered list and type: "2", "số 2", or the choice's own words, in turn.
What stands on a later page they turn to with "0"."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.doubles.telegram.asked import Upload
from tests.doubles.telegram.chats import Chat
from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.people import Group, Person, Press, Said
from tests.doubles.telegram.seen import Seen
from tests.doubles.zalo_bot import Person as BotPerson
from tests.doubles.zalo_oa import Person as OaPerson
from tests.doubles.zalo_oa import Seen as OaSeen
from tests.patience import PATIENCE_S

PRESS = "#m:"
"""Before a button's id, in what an Official Account's button types."""
MORE = "0"
_ENTRY = re.compile(r"(\d+)\. (.+)")
_POINT = re.compile(r"📍 (-?[0-9.]+), (-?[0-9.]+)")
_SIGNS = re.compile(r"[^\w\s/…-]+")


@dataclass(frozen=True, slots=True)
class Pace:
    """What a simulated person needs from their town: to wait until all is sent and stored, and to let time pass."""

    is_quiet: Callable[[], Awaitable[None]]
    reads: Callable[[], None]


class ZaloPerson(Person):
    """A person with Zalo. They cannot do what only Telegram has (groups, albums, edits)."""

    def __init__(self, phone: OaPerson | BotPerson, pace: Pace) -> None:
        chat = Chat(id=0, type="private", about={}, bot="member")
        super().__init__(TelegramDouble(), chat, phone.name, "vi")
        self.phone, self._pace = phone, pace
        self._manners = itertools.cycle((str, lambda number: f"số {number}", None))
        self._turn: asyncio.Task[None] | None = None

    @property
    def account(self) -> str:
        """Their id, which nobody else may ever see."""
        return self.phone.id

    @property
    def inbox(self) -> list[Seen]:
        """The messages to the person. Messages are never edited on Zalo; newer ones come below."""
        return [as_seen(number, seen) for number, seen in enumerate(self.phone.inbox)]

    async def hears(self, wanted: Callable[[Seen], bool] = lambda seen: True, within_s: float = PATIENCE_S) -> Seen:
        """Wait for a message that fits. Raises `AssertionError` with what came instead."""
        await self.has_spoken()
        try:
            return await self.phone.double.until(lambda: next(filter(wanted, self.inbox), None), PATIENCE_S)
        except TimeoutError:
            raise AssertionError(f"{self.name} sees only {[seen.text for seen in self.phone.inbox]}") from None

    async def has_spoken(self) -> None:
        """Wait until all that was said is taken in."""
        if self._turn is not None:
            await self._turn

    def starts(self, payload: str = "", *, at: Group | None = None) -> Said:
        """Writes what a link would bring; there are no such links."""
        return self.says(payload or "/start")

    def says(self, text: str, *, at: Group | None = None, answering: Seen | None = None) -> Said:
        """Writes words."""
        return self._does(lambda: self.phone.says(text))

    def sends_photo(self, data: bytes, *, caption: str = "", album: str = "", at: Group | None = None) -> Said:
        """Sends a picture."""
        assert not album, "there are no albums"
        return self._does(lambda: self.phone.sends_photo(data, caption=caption))

    def sends_voice(self, data: bytes, *, at: Group | None = None) -> Said:
        """Speaks into the phone."""
        return self._does(lambda: self.phone.sends_voice(data))

    def shares_place(
        self, latitude: float, longitude: float, *, accuracy_m: float | None = None, title: str = "",
        at: Group | None = None,
    ) -> Said:  # fmt: skip
        """Sends a pin, where there are pins."""
        phone = self.phone
        assert isinstance(phone, OaPerson), "a bot is brought no places"
        return self._does(lambda: phone.shares_place(str(latitude), str(longitude), title))

    def presses(self, seen: Seen, label_or_data: str, *, too_old_to_show: bool = False) -> Press:
        """Answers a list, which must be the newest that they have. Raises `AssertionError` when there is no such choice
        on any of its pages."""
        return self._answers(lambda: self._chooses(seen, label_or_data))

    def puts_press(self, seen: Seen, data: str, *, too_old_to_show: bool = False) -> Press:
        """A button's payload with any data, typed by hand."""
        assert isinstance(self.phone, OaPerson), "a bot has no buttons to forge"
        return self._answers(lambda: self.phone.says(f"{PRESS}{data}"))

    async def closes(self) -> None:
        """Puts the phone away."""
        if self._turn is not None:
            self._turn.cancel()
            await asyncio.wait([self._turn])

    async def _chooses(self, seen: Seen, words: str) -> int:
        shown = seen
        for _ in range(8):
            newest = next(other for other in reversed(self.inbox) if other.labels)
            assert newest.id == shown.id, f"a number would answer {newest.text!r}, not {shown.text!r}"
            entry = next(((number, label) for label, number in shown.rows[0] if words in label), None)
            if entry is not None:
                return await self.phone.says(self._types(*entry))
            assert any(number == MORE for _, number in shown.rows[0]), f"no {words!r} among {shown.labels}"
            await self.phone.says(MORE)
            await self._pace.is_quiet()
            shown = self.inbox[-1]
            self._pace.reads()
        raise AssertionError(f"no {words!r} on any page")

    def _types(self, number: str, label: str) -> str:
        manner = next(self._manners)
        return manner(number) if manner else " ".join(_SIGNS.sub(" ", label).split()).lower()

    def _answers(self, answer: Callable[[], Awaitable[int]]) -> Press:
        press = ZaloPress(self, len(self.inbox))

        async def answers() -> int:
            await self._pace.is_quiet()
            self._pace.reads()
            press.before = len(self.inbox)
            status = await answer()
            await self._pace.is_quiet()
            press.answer = "\n".join(seen.text for seen in self.inbox[press.before :])
            return status

        self._does(answers)
        return press

    def _does(self, act: Callable[[], Awaitable[int]]) -> Said:
        before = self._turn

        async def do() -> None:
            if before is not None:
                await before
            assert await act() == 200

        self._turn = asyncio.create_task(do())
        return Said({})


class ZaloPress(Press):
    """A choice that was typed; its answer is all that came at once after it."""

    def __init__(self, person: ZaloPerson, before: int) -> None:
        super().__init__(person.double, "typed")
        self.person, self.before = person, before

    async def is_answered(self, within_s: float = PATIENCE_S) -> str:
        """Wait until it is taken in and answered."""
        await self.person.has_spoken()
        return self.answer


def as_seen(number: int, seen: object) -> Seen:
    """A message as stories look at it: the words, and its numbered list as one row of (label, number)."""
    whole = str(getattr(seen, "text", ""))
    words, _, end = whole.rpartition("\n\n")
    entries = [found for line in end.splitlines() if (found := _ENTRY.fullmatch(line)) is not None]
    if not entries or not end.startswith(("0. ", "1. ")):
        words, entries = whole, []
    raw: dict[str, object] = {"message_id": number, "text": words, "whole": whole}
    if entries:
        row = [{"text": entry[2], "callback_data": entry[1]} for entry in entries]
        raw["reply_markup"] = {"inline_keyboard": [row]}
    upload = None
    if isinstance(seen, OaSeen) and seen.picture:
        raw["photo"], upload = {}, Upload(seen.picture, "", "image/jpeg")
    point = _POINT.search(words)
    if point is not None:
        raw["location"] = {"latitude": float(point[1]), "longitude": float(point[2])}
    return Seen(raw, {}, upload)
