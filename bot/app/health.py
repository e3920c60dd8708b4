"""The routes for whoever watches over the process: is it alive, is it ready, its metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.delivery.metrics import SET_ASIDE, TIMERS_SET_ASIDE, WAITING
from bot.intake.metrics import FAILED
from storage import inbox, outbox, set_aside
from storage.database import Database
from storage.jobs import Unavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Health:
    """What is asked of a process. `channels` names those that it serves."""

    database: Database
    now: Callable[[], datetime]
    channels: Callable[[], Iterable[str]]

    def routes(self) -> list[Route]:
        """The three routes."""
        return [
            Route("/health/live", self._live),
            Route("/health/ready", self._ready),
            Route("/metrics", self._metrics),
        ]

    async def _live(self, _request: Request) -> Response:
        return JSONResponse({"live": True})

    async def _ready(self, _request: Request) -> Response:
        try:
            await asyncio.wait_for(self.database.read(lambda db: db.exec_driver_sql("SELECT 1").scalar()), 2)
        except (Unavailable, TimeoutError) as trouble:
            return JSONResponse({"ready": False, "why": str(trouble) or "the database is slow"}, status_code=503)
        return JSONResponse({"ready": True})

    async def _metrics(self, _request: Request) -> Response:
        """The metrics of this process, and the counts of what waits in the database, which are the same in every
        process."""
        now = self.now()
        try:
            waiting = await self.database.read(lambda db: outbox.waiting(db, now))
            FAILED.set(await self.database.read(inbox.count_failed))
            aside = await self.database.read(set_aside.counted)
            SET_ASIDE.set(aside.messages)
            TIMERS_SET_ASIDE.set(aside.timers)
        except Unavailable as trouble:
            log.error("metrics_without_database", why=str(trouble))
        else:
            for channel in {*self.channels(), *waiting}:
                WAITING.labels(channel).set(waiting.get(channel, 0))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
