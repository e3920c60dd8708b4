"""The composition root: the only module that assembles a process, with the roles that it is given."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.app.build import Runtime, lay_out_plans
from bot.app.clock import Clock
from bot.app.health import Health
from bot.app.settings import Settings
from bot.channel import ChannelPort, NotStored
from bot.channel.folder import JoinedChannel
from bot.delivery.courier import Courier
from bot.delivery.fingerprint import fingerprint
from bot.delivery.lease_owner import here
from bot.intake.fetcher import Fetcher
from bot.intake.metrics import BROKEN_TOTAL, HEAR_SECONDS, HEARD_TOTAL
from core.errors import where
from core.messages import Channel, Inbound
from handlers import own_fault
from handlers.hear import hear as receive
from handlers.work import AppContext
from scheduler.clockwork import Clockwork
from storage import inbox, leases
from storage.database import Database
from storage.jobs import Unavailable
from storage.media import MediaStore

log = structlog.get_logger()

ROLES = ("web", "courier", "scheduler")


@dataclass(slots=True)
class App:
    """One process of Tin Báo; channels see it as a `bot.channel.folder.Host`. `ports` are the ports to send with, by
    channel."""

    runtime: Runtime
    clock: Clock
    roles: tuple[str, ...] = ROLES
    ports: dict[str, ChannelPort] = field(default_factory=dict)
    routes: list[BaseRoute] = field(default_factory=list)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    clockwork: Clockwork | None = None
    _joined: list[JoinedChannel] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def hear(self, heard: Inbound) -> None:
        """Process one message; returns after its commit. Raises `NotStored`: then the platform must send it again."""
        started = time.perf_counter()
        context = self.runtime.context
        try:
            await self.runtime.reader.beside(
                heard,
                context.province or None,
                context.commune or None,
                lambda: receive(self.runtime.database, context, heard, self.clock.now()),
            )
        except Unavailable as trouble:
            log.error("not_taken", channel=heard.channel.value, why=str(trouble))
            raise NotStored(str(trouble)) from trouble
        HEARD_TOTAL.labels(heard.channel.value).inc()
        HEAR_SECONDS.labels(heard.channel.value).observe(time.perf_counter() - started)

    async def keep_broken(self, channel: str, key: str, raw: bytes) -> None:
        """Store an unreadable body, encrypted, and alert the operators. Raises `NotStored`."""
        now, vault = self.clock.now(), self.runtime.context.vault
        BROKEN_TOTAL.labels(channel).inc()
        log.error("unreadable", channel=channel, size=len(raw))
        try:
            await self.runtime.database.write(lambda db: inbox.keep_unread(db, vault, channel, key[:120], raw, now))
        except Unavailable as trouble:
            raise NotStored(str(trouble)) from trouble

    @property
    def settings(self) -> Settings:
        """The operator's settings."""
        return self.runtime.settings

    @property
    def database(self) -> Database:
        """The database."""
        return self.runtime.database

    @property
    def context(self) -> AppContext:
        """The context for handlers."""
        return self.runtime.context

    @property
    def media_store(self) -> MediaStore:
        """The store of people's files."""
        return self.runtime.media_store

    def now(self) -> datetime:
        """The time of this process's clock, aware, in UTC."""
        return self.clock.now()

    def add(self, channel: Channel, joined: JoinedChannel) -> None:
        """Add a channel: its port to send with and its web routes."""
        self.ports[channel.value] = joined.port
        self.routes += joined.routes
        self._joined.append(joined)

    def start_channels(self) -> None:
        """Call every channel's `start`, once the web server is listening. Raises `WrongSetting`."""
        for joined in self._joined:
            joined.start()

    def end_channels(self) -> None:
        """Call every channel's `at_end`, so that open connections do not hold up the server's end."""
        for joined in self._joined:
            joined.at_end()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the loops of this process's roles; at the end each finishes its present work."""
        runtime = self.runtime
        await runtime.database.start_listening()
        await self._retry_after_upgrade()
        # On SQLite there is one process, which after a crash must not wait for its own lease to expire.
        owner = "sqlite" if runtime.database.kind == "sqlite" else here()
        if "courier" in self.roles:
            for name, port in self.ports.items():
                courier = Courier(
                    name, port, runtime.database, runtime.context, runtime.media_store, self.clock.now, owner
                )
                self._start(courier.run(self.stop), f"courier-{name}")
            fetcher = Fetcher(self.ports, runtime.database, runtime.context, runtime.media_store, self.clock.now)
            self._start(fetcher.run(self.stop), "fetcher")
        if "scheduler" in self.roles:
            self.clockwork = Clockwork(
                runtime.database,
                runtime.context,
                self.clock.now,
                lambda db, now: _ignore(lay_out_plans(db, runtime, now)),
            )
            self.clock.on_move(self.clockwork.wake)
            self._start(self.clockwork.run(self.stop), "scheduler")
        try:
            yield
        finally:
            self.stop.set()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            with contextlib.suppress(Unavailable):
                await runtime.database.write(lambda db: leases.release(db, owner))
            for port in self.ports.values():
                await port.close()

    def start_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Run another loop (a platform's polling) until the process ends."""
        self._start(work, "loop")

    def asgi(self) -> Starlette:
        """The web application."""
        routes: list[BaseRoute] = [*Health(self.database, self.now, lambda: self.ports).routes()]
        if "web" in self.roles:
            routes += self.routes
        return Starlette(routes=routes)

    async def _retry_after_upgrade(self) -> None:
        """Try again, for the roles of this process, what an earlier version of our code failed on."""
        program, now, context = fingerprint(), self.clock.now(), self.runtime.context
        for role in ("courier", "scheduler"):
            if role in self.roles:
                retry = partial(own_fault.after_upgrade, context=context, role=role, program=program, now=now)
                again = await self.runtime.database.write(retry)
                if again.messages or again.timers:
                    log.warning("tried_again_after_upgrade", messages=again.messages, timers=again.timers)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._loop_ended)
        self._tasks.append(task)

    def _loop_ended(self, task: asyncio.Task[None]) -> None:
        if self.stop.is_set() or task.cancelled():
            return
        # A loop ends only when the process stops. If one fails, the process must not go on without it.
        error = task.exception()
        log.critical("loop_broke", loop=task.get_name(), error=type(error).__name__, where=where(error))
        self.stop.set()


def _ignore(_result: object) -> None:
    return None
