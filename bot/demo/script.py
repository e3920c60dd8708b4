"""`tinbao demo --script`: play the whole story in the terminal, with real handlers, courier and scheduler. Each promise
is checked; a broken one ends the script with a status that is not 0."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from bot.app.app import App
from bot.app.build import build_runtime, lay_out_plans
from bot.app.clock import Clock
from bot.demo.demo import COMMUNE, build_demo, demo_settings, settle
from bot.demo.words import demo_words
from bot.web import CHANNEL as WEB
from bot.web.lines import ChatLine, lines_of
from core.access import Duty, Role
from core.ids import GroupId, Unit
from core.messages import ChatId, Inbound, Language, SenderId
from core.triage.proposal import Urgency
from core.vietnam import VIETNAM
from handlers import join
from handlers.campaign import coverage
from handlers.work import Work
from storage import audit, contacts, timers, transcript
from storage.timers import TimerKind

WORDS: Final = demo_words()
"""The actors, what they say, and words that must be received: plans/demo-script.yaml."""
HEARS_WITHIN_S: Final = 10.0
ALERT_WITHIN_S: Final = 1.0
HOUSEHOLDS: Final = 20
"""Of the demo's plan, `plans/demo-nenh.yaml`."""


class Broken(Exception):
    """Raised when a promise of the story was not kept."""


def play(at: datetime | None = None, *, wait_s: float = HEARS_WITHIN_S, alert_within_s: float = ALERT_WITHIN_S) -> int:
    """Play it as if it were `at` (aware; None: now); 0 when every promise was kept, 1 otherwise.

    `wait_s` bounds each wait, `alert_within_s` the wait for the alert: a machine that does other things meanwhile
    needs more of both."""
    with tempfile.TemporaryDirectory(prefix="tinbao-script-") as folder:
        try:
            asyncio.run(_story(Path(folder), at, wait_s, alert_within_s))
        except Broken as broken:
            _print(f"\nBROKEN PROMISE: {broken}")
            return 1
    _print("\nEvery promise was kept.")
    return 0


@dataclass
class Stage:
    """The running system, and what each actor has received."""

    app: App
    wait_s: float
    alert_within_s: float
    keys: count[int] = field(default_factory=lambda: count(1))
    shown: set[tuple[str, str, str]] = field(default_factory=set)

    async def says(self, who: str, text: str = "", *, button: str = "", key: str = "") -> None:
        """An actor writes or presses."""
        if text and not text.startswith("/start"):
            _print(f"\n{who}: {text}")
        await self.app.hear(
            Inbound(
                channel=WEB,
                sender=SenderId(who),
                chat=ChatId(who),
                message_key=key or f"script-{next(self.keys)}",
                sent_at=self.app.clock.now(),
                text=text,
                button=button,
                press="script" if button else "",
                sender_name=who,
            )
        )

    async def presses(self, who: str, label: str) -> None:
        """An actor presses the latest button whose label holds these words."""
        for line in reversed(await self.lines(who)):
            for row in line.rows:
                for button in row:
                    if label in button.label:
                        _print(f"\n{who}: [{button.label}]")
                        await self.says(who, button=button.id)
                        return
        raise Broken(f"{who} has no button {label!r}")

    async def hears(self, who: str, words: str, promise: str, within_s: float | None = None) -> ChatLine:
        """Wait until an actor has heard something with these words, and print what they heard meanwhile."""
        woken = asyncio.Event()
        self.app.runtime.database.listen(lambda _topics: woken.set())
        try:
            async with asyncio.timeout(within_s or self.wait_s):
                while True:
                    woken.clear()
                    lines = await self.lines(who)
                    for line in lines:
                        if not line.mine and (who, line.id, line.text) not in self.shown:
                            self.shown.add((who, line.id, line.text))
                            _print("\n".join(f"    → {who}: {row}" for row in line.text.splitlines()))
                    found = next((line for line in lines if words in line.text and not line.mine), None)
                    if found is not None:
                        return found
                    await woken.wait()
        except TimeoutError:
            raise Broken(f"{promise} ({who} never heard {words!r})") from None

    async def until(self, kept: Callable[[], Awaitable[bool]], promise: str) -> None:
        """Wait until a promise is kept, looking after each commit. Raises `Broken`."""
        woken = asyncio.Event()
        self.app.runtime.database.listen(lambda _topics: woken.set())
        try:
            async with asyncio.timeout(self.wait_s):
                while not await kept():
                    await woken.wait()
                    woken.clear()
        except TimeoutError:
            raise Broken(promise) from None

    async def lines(self, who: str) -> list[ChatLine]:
        """The lines of an actor's chat."""
        runtime = self.app.runtime
        vault, since = runtime.context.vault, self.app.clock.now() - timedelta(days=400)
        known = await runtime.database.read(lambda db: contacts.find(db, vault, WEB, ChatId(who)))
        if known is None:
            return []
        said = await runtime.database.read(
            lambda db: transcript.said(db, vault, known.id, after_in=0, after_out=0, since=since)
        )
        return lines_of(said, Language.VI, runtime.context.rules.hotlines)

    async def joins(self, who: str, role: Role, group: str = "") -> None:
        """An actor uses a one-time invite."""
        context, now = self.app.runtime.context, self.app.clock.now()
        duty = Duty(role, Unit(COMMUNE), GroupId(group))
        payload = await self.app.runtime.database.write(
            lambda db: join.make_invite(Work(db=db, context=context, now=now), duty)
        )
        await self.says(who, f"/start {payload}")

    async def time_passes(self, by: timedelta) -> None:
        """Move the clock forward and run what fell due."""
        self.app.clock.move(by)
        many, unit = (by.days, "day") if by.days else (by // timedelta(minutes=1), "minute")
        _print(f"\n— {many} {unit}{'s' * (many != 1)} later: {self.app.clock.now().astimezone(VIETNAM):%H:%M %d/%m} —")
        if self.app.clockwork is not None:
            await self.app.clockwork.catch_up()


async def _story(folder: Path, at: datetime | None, wait_s: float, alert_within_s: float) -> None:
    runtime = await build_runtime(demo_settings(folder))
    try:
        app = await build_demo(runtime, Clock(at - datetime.now(UTC)) if at is not None else Clock())
        now = app.clock.now()
        await runtime.database.write(lambda db: lay_out_plans(db, runtime, now))
        await runtime.database.write(lambda db: settle(db, runtime, app.clock))
        async with app.running():
            stage = Stage(app, wait_s, alert_within_s)
            await _a_fire(stage)
            await _a_question(stage)
            await _a_group(stage)
            await _the_clock(stage)
            await _the_households(stage)
            await _the_deadline(stage)
            await _the_journal(stage)
    finally:
        await runtime.close()


async def _a_fire(stage: Stage) -> None:
    await stage.joins(WORDS["officer"], Role.OFFICER)
    await stage.hears(WORDS["officer"], WORDS["has joined"], "an officer joins with a one-time invite")
    await stage.says(WORDS["reporter"], WORDS["the fire"], key="script-fire")
    alert = "a tip reaches the duty officer within a second"
    await stage.hears(WORDS["officer"], WORDS["a fire alert"], alert, within_s=stage.alert_within_s)
    answer = await stage.hears(WORDS["reporter"], WORDS["a receipt"], "a reporter gets a receipt")
    _check(
        answer.text.index(WORDS["call now"]) < answer.text.index("TB-"),
        "an emergency is answered with the number first",
    )
    await stage.says(WORDS["reporter"], WORDS["the fire"], key="script-fire")
    receipts = [line for line in await stage.lines(WORDS["reporter"]) if WORDS["a receipt"] in line.text]
    _check(len(receipts) == 1, "a message that comes twice is one tip")


async def _a_question(stage: Stage) -> None:
    await stage.presses(WORDS["officer"], WORDS["button: I take it"])
    await stage.hears(WORDS["reporter"], WORDS["was taken up"], "the reporter hears that their tip was taken up")
    await stage.presses(WORDS["officer"], WORDS["button: ask the reporter"])
    await stage.presses(WORDS["officer"], WORDS["is anybody hurt"])
    await stage.hears(WORDS["reporter"], WORDS["is anybody hurt"], "an officer's question reaches the reporter")
    await stage.says(WORDS["reporter"], WORDS["nobody is hurt"])
    await stage.hears(WORDS["officer"], WORDS["nobody is hurt, in short"], "the answer reaches the officer")
    await stage.presses(WORDS["officer"], WORDS["button: close"])
    await stage.presses(WORDS["officer"], WORDS["button: handled"])
    await stage.hears(WORDS["reporter"], WORDS["was handled"], "the reporter hears how it ended")


async def _a_group(stage: Stage) -> None:
    await stage.joins(WORDS["leader"], Role.LEADER, "nenh-tuan-tra")
    await stage.hears(WORDS["leader"], WORDS["log here"], "a leader joins their group")
    await stage.says(WORDS["leader"], WORDS["a patrol"])
    await stage.hears(WORDS["leader"], WORDS["was logged"], "one line logs an activity")
    await stage.says(WORDS["leader"], "/thang")
    await stage.hears(WORDS["leader"], WORDS["one activity"], "the month is summed up")


async def _the_clock(stage: Stage) -> None:
    await stage.says(WORDS["neighbour"], WORDS["a theft"])
    await stage.hears(WORDS["neighbour"], WORDS["a receipt"], "a reporter gets a receipt")
    limit = stage.app.runtime.context.rules.limits.take[Urgency.NORMAL].commander
    await stage.time_passes(limit + timedelta(seconds=1))
    await stage.hears(WORDS["officer"], WORDS["nobody took it"], "an alert that nobody takes escalates")


async def _the_households(stage: Stage) -> None:
    """The weekly awareness message comes at its hour and reaches every household that has a chat."""
    database, context, clock = stage.app.runtime.database, stage.app.runtime.context, stage.app.clock
    due = await database.read(lambda db: timers.next_of(db, TimerKind.CAMPAIGN))
    _check(due is not None, "the plan's awareness message has a time")
    if due is not None:
        await stage.time_passes(max(due - clock.now(), timedelta(0)) + timedelta(seconds=1))

    async def reached_all() -> bool:
        now = clock.now()
        reached, homes = await database.read(lambda db: coverage(Work(db=db, context=context, now=now), COMMUNE))
        return reached == homes == HOUSEHOLDS

    await stage.until(reached_all, "an awareness message reaches every household of the demo")
    _print(f"\nHouseholds reached by the awareness message: {HOUSEHOLDS} of {HOUSEHOLDS}")


async def _the_deadline(stage: Stage) -> None:
    await stage.joins(WORDS["clerk"], Role.COMMITTEE)
    await stage.hears(WORDS["clerk"], WORDS["has joined"], "a committee's clerk joins")
    for _ in range(400):
        await stage.time_passes(timedelta(days=1))
        if any(WORDS["is due"] in line.text for line in await stage.lines(WORDS["clerk"])):
            break
    await stage.hears(WORDS["clerk"], WORDS["is due"], "a deadline is reminded of")


async def _the_journal(stage: Stage) -> None:
    vault = stage.app.runtime.context.vault
    good, breaks = await stage.app.runtime.database.read(lambda db: audit.verify(db, vault))
    _check(good > 5 and not breaks, "the audit log is valid")


def _check(kept: bool, promise: str) -> None:
    if not kept:
        raise Broken(promise)


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the transcript is what this is for
