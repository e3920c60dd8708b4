"""What the stories of both Zalo products share: the running application as its operator sees it, and the waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Select, func, select

from bot.app.app import App
from core.access import Duty, Role
from core.ids import Unit
from handlers import join
from handlers.work import Work
from storage import listing, media
from storage.tables import WAITING, attachment, outbox
from tests.patience import patience

NENH = "07795"

"""What we wait for takes a few hundredths of a second; a machine with other work may need much longer."""


class Writes(Protocol):
    """A person who types to the bot."""

    async def says(self, text: str) -> object: ...


@dataclass
class AppContext:
    """The running application of a Zalo account."""

    app: App

    async def tips(self) -> list[listing.TipInList]:
        """All tips, as the operator sees them."""
        runtime = self.app.runtime
        page = await runtime.database.read(lambda db: listing.listed(db, runtime.context.vault, 0, 1000))
        return [tip for _, tip in page]

    async def is_quiet(self) -> None:
        """Wait until everything that was to be sent is sent, and written down as sent."""
        await self._none(select(func.count()).where(outbox.c.state == WAITING))

    async def files_end(self) -> tuple[int, int]:
        """Wait until no file waits any more; returns (stored attachments, all attachments)."""
        await self._none(select(func.count()).where(attachment.c.state == media.WAITING))
        stored = select(func.count()).where(attachment.c.state == media.STORED)
        return await self._count(stored), await self._count(select(func.count()).select_from(attachment))

    async def invites_officer(self, person: Writes) -> None:
        """A person becomes an officer with an invite."""
        runtime, now = self.app.runtime, self.app.clock.now()
        duty = Duty(Role.OFFICER, Unit(NENH))
        invite = await runtime.database.write(
            lambda db: join.make_invite(Work(db=db, context=runtime.context, now=now), duty)
        )
        await person.says(f"/start {invite}")

    async def _none(self, waiting: Select[int]) -> None:
        async with patience():
            while await self._count(waiting):
                continue

    async def _count(self, question: Select[int]) -> int:
        return await self.app.runtime.database.read(lambda db: db.execute(question).scalar_one())
