"""Use cases without any chat, called as a page, a timer or a command would call them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select

from bot.app.build import Runtime, build_runtime
from bot.app.settings import read_settings
from bot.web import CHANNEL as WEB
from core.access import Actor, Duty, Role
from core.case import Case
from core.ids import CaseId, ContactId, Unit
from core.messages import ChatId
from core.tip import NewTip, Tip
from handlers.receive_tip import receive_tip
from handlers.work import Work
from storage import cases, contacts
from storage.tables import audit, duty, outbox, timer
from tests.conftest import NOW

T = TypeVar("T")
NENH, NEIGHBOUR, PROVINCE = Unit("07795"), Unit("07777"), Unit("24")
THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"


@dataclass
class Desk:
    """The runtime as use cases see it, with a clock that stands still."""

    runtime: Runtime
    now: datetime = NOW
    keys: count[int] = field(default_factory=lambda: count(1))

    def work(self, db: Any) -> Work:
        """One transaction's work."""
        return Work(db=db, context=self.runtime.context, now=self.now)

    async def does(self, act: Callable[[Work], T]) -> T:
        """Do one act, all of it or nothing."""

        def job(db: Any) -> T:
            work = self.work(db)
            return work.attempt(lambda: act(work))

        return await self.runtime.database.write(job)

    async def person(self, name: str) -> Actor:
        """Somebody with a chat and no duty."""
        vault = self.runtime.context.vault
        known = await self.runtime.database.write(
            lambda db: contacts.meet(db, vault, WEB, ChatId(name), now=self.now, name=name)
        )
        return Actor(known.id, frozenset({known.id}))

    async def police(self, name: str, unit: Unit = NENH, role: Role = Role.OFFICER) -> Actor:
        """Somebody on duty."""
        known = await self.person(name)
        row = {"contact_id": known.id, "role": role.value, "unit": unit, "on_duty": True, "since": self.now}
        await self.runtime.database.write(lambda db: db.execute(insert(duty).values(row)))
        return Actor(known.id, known.chats, (Duty(role, unit),))

    async def tells(self, who: Actor, text: str = THEFT) -> Tip:
        """A resident's tip."""
        new = NewTip(channel=WEB, message_key=f"desk-{next(self.keys)}", text=text)
        return await self.does(lambda work: receive_tip(work, who, new))

    async def case(self, case_id: CaseId) -> Case:
        """A case as it stands."""
        found = await self.runtime.database.read(lambda db: cases.by_id(db, case_id))
        assert found is not None
        return found

    async def told(self, contact: ContactId | None) -> list[str]:
        """Why a chat was told something, in order."""
        query = select(outbox.c.reason).where(outbox.c.contact_id == contact).order_by(outbox.c.id)
        return list(await self.runtime.database.read(lambda db: db.execute(query).scalars().all()))

    async def audited(self, case_id: CaseId) -> list[str]:
        """What the audit holds of a case, in order."""
        query = select(audit.c.act).where(audit.c.case_id == case_id).order_by(audit.c.id)
        return list(await self.runtime.database.read(lambda db: db.execute(query).scalars().all()))

    async def due(self, case_id: CaseId) -> dict[str, datetime]:
        """The timers of a case that are set: kind → when."""
        query = select(timer.c.kind, timer.c.due_at).where(timer.c.subject == case_id, timer.c.done_at.is_(None))
        rows = await self.runtime.database.read(lambda db: db.execute(query.where(timer.c.kind != "likeness")).all())
        assert len({row.kind for row in rows}) == len(rows), "one timer of each kind"
        return {row.kind: row.due_at for row in rows}

    def later(self, **by: float) -> None:
        """Time passes."""
        self.now += timedelta(**by)


@pytest.fixture
async def desk(database_url: str, key: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk on each database."""
    given = {"data_dir": tmp_path, "database_url": database_url, "secret_key": key, "commune": NENH}
    runtime = await build_runtime(read_settings(_env_file=None, **given))
    yield Desk(runtime)
    await runtime.close()
