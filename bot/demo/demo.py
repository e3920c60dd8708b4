"""The demo: a database of its own, the plan of phường Nếnh, simulated people, and a clock that can be moved.

It uses no mocks: the three chats are the real web chat, with real handlers, courier and scheduler."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Final

import typer
from sqlalchemy import Connection

from bot.app.app import App
from bot.app.build import Runtime, build_runtime
from bot.app.clock import Clock
from bot.app.instance_lock import only_one
from bot.app.serve import listen, serve
from bot.app.settings import Settings, read_settings
from bot.app.start import in_loop
from bot.demo.page import demo_routes
from bot.demo.words import demo_words
from bot.web import CHANNEL as WEB
from bot.web.connect import joined, pages_of
from core.access import NO_GROUP, Duty, Role
from core.ids import Unit
from core.messages import ChatId
from handlers import join
from handlers.work import Work
from storage import contacts, duties, groups, households, keys, timers
from storage.vault import new_key

COMMUNE: Final = "07795"
PLAN: Final = "demo-nenh"
FOLDER: Final = Path("data/demo")
SHIFT: Final = "clock_shift"
POLICE: Final = (("second officer", Role.OFFICER), ("commander", Role.COMMANDER))
STEPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


def demo_settings(folder: Path = FOLDER) -> Settings:
    """The settings of the demo: all data in one folder, with a key that is made at the first start."""
    folder.mkdir(parents=True, exist_ok=True)
    return read_settings(
        _env_file=None,
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'tinbao.db'}",
        secret_key=_key(folder),
        commune=COMMUNE,
        province="",
        plans=PLAN,
        demo=True,
        telegram_token="",
        public_url="",
    )


def run_demo() -> None:
    """`tinbao demo`: serve until SIGINT or SIGTERM."""
    in_loop(_run(demo_settings()))


async def build_demo(runtime: Runtime, clock: Clock | None = None) -> App:
    """Build the demo's app: the web chat with the demo's page, people and clock (the stored clock unless one is
    given)."""
    clock = clock or await _kept_clock(runtime)
    app = App(runtime=runtime, clock=clock)
    pages = pages_of(app)
    app.add(WEB, joined(app, pages))

    async def invite(role: str) -> str:
        return await runtime.database.write(lambda db: _invite(db, runtime, role, clock))

    async def move(kind: str) -> None:
        by = STEPS.get(kind) or await _to_next(runtime, clock)
        clock.move(by)
        total = str(clock.shift.total_seconds()).encode()
        await runtime.database.write(lambda db: keys.write(db, SHIFT, total))

    pages.chats.invite = invite
    app.routes += demo_routes(pages, clock.now, move)
    return app


async def _kept_clock(runtime: Runtime) -> Clock:
    shift = await runtime.database.read(lambda db: keys.read(db, SHIFT))
    return Clock(timedelta(seconds=float(shift.decode())) if shift else timedelta(0))


def settle(db: Connection, runtime: Runtime, clock: Clock) -> None:
    """Insert a contact for each household, a second officer and the commander. Doing it again changes nothing."""
    vault, now = runtime.context.vault, clock.now()
    for key in households.keys(db):
        person = contacts.meet(db, vault, WEB, ChatId(f"demo-{key}"), now=now)
        if person.new:
            households.live_in(db, person.id, key)
    words = demo_words()
    for number, (name, role) in enumerate(POLICE):
        person = contacts.meet(db, vault, WEB, ChatId(f"demo-police-{number}"), now=now, name=words[name])
        if person.new:
            duties.give(db, person.id, Duty(role, Unit(COMMUNE)), now)


async def _run(settings: Settings) -> None:
    with listen(settings.host, settings.port) as sock:
        runtime = await build_runtime(settings)
        try:
            with only_one(settings.data_dir, runtime.database.kind):
                app = await build_demo(runtime)
                host, port = sock.getsockname()[:2]
                typer.echo(f"Tin Báo is running. Open http://{host}:{port}/demo in your browser; Ctrl-C ends it.")
                await serve(app, sock, also=_people)
        finally:
            await runtime.close()


async def _people(app: App) -> None:
    """Insert people once the plan's households are rows."""
    from bot.app.build import lay_out_plans

    now = app.clock.now()
    await app.runtime.database.write(lambda db: lay_out_plans(db, app.runtime, now))
    await app.runtime.database.write(lambda db: settle(db, app.runtime, app.clock))


def _invite(db: Connection, runtime: Runtime, role: str, clock: Clock) -> str:
    if role == "resident":
        return f"c_{COMMUNE}"
    group = groups.first_of(db, Unit(COMMUNE)) if role == "leader" else None
    wanted = Role.LEADER if role == "leader" else Role.OFFICER
    work = Work(db=db, context=runtime.context, now=clock.now())
    return join.make_invite(work, Duty(wanted, Unit(COMMUNE), group or NO_GROUP))


async def _to_next(runtime: Runtime, clock: Clock) -> timedelta:
    """The time until just after the next timer is due."""
    due = await runtime.database.read(timers.next_due)
    return max(due - clock.now(), timedelta(0)) + timedelta(seconds=1) if due is not None else timedelta(hours=1)


def _key(folder: Path) -> str:
    """The demo's own key, in a file that only the user who started it can read."""
    file = folder / "key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(new_key())
    return file.read_text(encoding="ascii").strip()
