"""A town: the whole system with its real handlers, database, courier and scheduler, and a Telegram of our own.

Actors speak through the Telegram double by webhook. The clock is the test's: `await town.time_passes(hours=3)`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.app import App
from bot.app.build import Runtime, build_runtime
from bot.app.clock import Clock
from bot.app.settings import read_settings
from bot.telegram.connect import FOLDER as TELEGRAM
from core.access import Duty, Role
from core.ids import GroupId, Unit
from core.messages import Channel
from handlers import join
from handlers.load_plan import load_plan
from handlers.work import Work
from plans.load import load_text
from storage import listing
from tests.conftest import NOW
from tests.doubles.loopback import Loopback
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.people import Group, Person
from tests.doubles.telegram.seen import Seen

NENH, PROVINCE = "07795", "24"
NEIGHBOUR = "07777"
"""Phường Việt Yên, beside phường Nếnh."""


class TownClock(Clock):
    """A clock that stands still until the story moves it."""

    def now(self) -> datetime:
        return NOW + self.shift


@dataclass
class Town:
    """Who lives here, and what they do."""

    runtime: Runtime
    app: App
    clock: TownClock
    telegram: TelegramDouble
    served: Loopback
    people: dict[str, Person] = field(default_factory=dict)
    knows_names: bool = True
    """The app tells what people call themselves; without it officers see each other by number."""

    async def resident(self, name: str = "Ba Tu", *, language: str = "vi") -> Person:
        """Somebody with a telephone."""
        return self.telegram.person(name, language=language)

    async def police(self, name: str, unit: str = NENH, role: Role = Role.OFFICER) -> Person:
        """An officer who has joined with an invite."""
        officer = await self.resident(name)
        officer.starts(await self.invite(role, unit))
        await officer.hears(lambda seen: "đã vào" in seen.text)
        if not self.knows_names:
            newest = await self.runtime.database.read(
                lambda db: db.exec_driver_sql("SELECT max(contact_id) FROM duty").scalar()
            )
            officer.name = f"cán bộ số {newest}"
        return officer

    async def leader(self, name: str = "Anh Sau", group: str = "to-tuan-tra") -> Person:
        """A group leader who has joined with an invite."""
        leader = await self.resident(name)
        leader.starts(await self.invite(Role.LEADER, NENH, group))
        await leader.hears(lambda seen: "ghi hoạt động ngay tại đây" in seen.text)
        return leader

    async def invite(self, role: Role, unit: str = NENH, group: str = "") -> str:
        """A one-time invite's payload."""
        context, now, duty = self.runtime.context, self.clock.now(), Duty(role, Unit(unit), GroupId(group))
        return await self.runtime.database.write(
            lambda db: join.make_invite(Work(db=db, context=context, now=now), duty)
        )

    async def tips(self) -> list[listing.TipInList]:
        """What `tinbao tips list --json` would print."""
        page = await self.runtime.database.read(lambda db: listing.listed(db, self.runtime.context.vault, 0, 10_000))
        return [tip for _, tip in page]

    def on(self, local: str) -> None:
        """The story happens at this time in Viet Nam: that of a plan with dates of its own, say."""
        self.clock.shift = datetime.fromisoformat(f"{local}+07:00") - NOW

    async def time_passes(self, **by: float) -> None:
        """Move the clock on and let the scheduler do what fell due."""
        self.clock.move(timedelta(**by))
        if self.app.clockwork is not None:
            await self.app.clockwork.catch_up()

    def comes_after(self, seen: Seen) -> Callable[[Seen], bool]:
        """What a message turns into: the same message, changed in place."""
        return lambda now: now.id == seen.id

    async def load(self, plan: str) -> None:
        """Load a plan given as YAML."""
        loaded = load_text(plan, "story.yaml")
        work_now = self.clock.now()
        await self.runtime.database.write(
            lambda db: load_plan(Work(db=db, context=self.runtime.context, now=work_now), loaded, plan, (NENH,))
        )


GROUPS = """
code: story
extends: base
title: Groups of the story
source: the story
units:
  - {code: "07795", name: phường Nếnh}
groups:
  - {id: to-tuan-tra, name: Tổ tuần tra khu 4, model: tuan-tra-nhan-dan, unit: "07795"}
"""


@asynccontextmanager
async def town(database_url: str, key: str, folder: Path, **settings: object) -> AsyncIterator[Town]:
    """A running town on a database."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramDouble())
        given: dict[str, object] = {
            "data_dir": folder,
            "database_url": database_url,
            "secret_key": key,
            "commune": NENH,
            "telegram_token": telegram.token,
            "telegram_api": telegram.url,
            "telegram_mode": "webhook",
            "telegram_secret": "a-secret-of-the-story",
        }
        clock = TownClock()
        telegram.now = clock.now
        runtime = await build_runtime(read_settings(_env_file=None, **(given | settings)))
        stack.push_async_callback(runtime.close)
        app = App(runtime=runtime, clock=clock)
        app.add(TELEGRAM.name, TELEGRAM.join(app))
        served = await stack.enter_async_context(Loopback(app.asgi()))
        runtime.settings.public_url = served.url
        await stack.enter_async_context(app.running())
        app.start_channels()
        await telegram.called("setwebhook")
        yield Town(runtime=runtime, app=app, clock=clock, telegram=telegram, served=served)


def says(words: str) -> Callable[[Seen], bool]:
    """A message that holds these words."""
    return lambda seen: words in seen.text


def press(who: Person, seen: Seen, words: str) -> None:
    """Press the button whose label holds these words."""
    label = next((label for label in seen.labels if words in label), words)
    who.presses(seen, label)


def card(seen: Seen) -> bool:
    """A case's card with its buttons."""
    return "Tôi nhận việc" in " ".join(seen.labels)


__all__ = [
    "NEIGHBOUR",
    "NENH",
    "PROVINCE",
    "Channel",
    "Group",
    "Person",
    "Seen",
    "Town",
    "card",
    "press",
    "says",
    "town",
]
