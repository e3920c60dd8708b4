"""Two people act on one case in the same moment: one after the other, and both end well.

On PostgreSQL the moment is forced: the first has read the case and not yet committed when the second begins, and the
second is seen to wait. On SQLite there is one writer, so the two follow each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.web import CHANNEL as WEB
from core.access import Actor
from core.case import Case
from core.errors import NotFound
from core.messages import ChatId
from core.states import MoveNotAllowed
from core.tip import Addition, Tip
from handlers import correct_tip, work_case
from handlers.add_to_tip import add_to_tip
from handlers.work import Work
from handlers.work_case import TakenBy
from storage import cases, contacts
from storage.postgresql import PostgresDatabase
from tests.handlers.conftest import PROVINCE, Desk
from tests.patience import patience

Act = Callable[[Work], Any]
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def at_once(desk: Desk, first: Act, second: Act, case: Case) -> tuple[Any, Any]:
    """What each of two acts gave or was refused with; the second began before the first had committed."""
    database = desk.runtime.database
    if not isinstance(database, PostgresDatabase):
        return await _tried(desk.does(first)), await _tried(desk.does(second))
    async with database.engine.connect() as connection, connection.begin():
        await connection.run_sync(lambda db: cases.by_id(db, case.id, hold=True))
        later = asyncio.create_task(_tried(desk.does(second)))
        async with patience():
            while not await database.read(lambda db: db.exec_driver_sql(BLOCKED).scalar()):
                pass  # each look is a question to the server: the others have their turn meanwhile
        given = await connection.run_sync(lambda db: _sync_tried(desk.work(db), first))
    return given, await later


async def _tried(act: Any) -> Any:
    try:
        return await act
    except (NotFound, MoveNotAllowed) as refusal:
        return refusal


def _sync_tried(work: Work, act: Act) -> Any:
    try:
        return work.attempt(lambda: act(work))
    except (NotFound, MoveNotAllowed) as refusal:
        return refusal


@pytest.fixture
async def opened(desk: Desk) -> tuple[Actor, Actor, Actor, Tip]:
    """Two officers of a unit, the province's desk, and a tip."""
    an, binh, province = await desk.police("An"), await desk.police("Binh"), await desk.police("Tinh", PROVINCE)
    return an, binh, province, await desk.tells(await desk.person("Ba Tu"))


async def test_both_take_it_one_has_it_and_the_other_learns_who(
    desk: Desk, opened: tuple[Actor, Actor, Actor, Tip]
) -> None:
    an, binh, _, tip = opened
    first, second = await at_once(
        desk,
        lambda work: work_case.take_case(work, an, tip.case.id),
        lambda work: work_case.take_case(work, binh, tip.case.id),
        tip.case,
    )
    assert first.owner == an.id
    assert isinstance(second, TakenBy) and second.name == "An"
    assert (await desk.case(tip.case.id)) == first


async def test_one_passes_it_on_while_the_other_takes_it(desk: Desk, opened: tuple[Actor, Actor, Actor, Tip]) -> None:
    an, binh, province, tip = opened
    passed, taken = await at_once(
        desk,
        lambda work: work_case.pass_on(work, binh, tip.case.id),
        lambda work: work_case.take_case(work, an, tip.case.id),
        tip.case,
    )
    case = await desk.case(tip.case.id)
    assert isinstance(taken, NotFound), "it is not this unit's any more, and An is not told that it is theirs"
    assert passed.case == case and (case.unit, case.owner, case.waits_for_taker) == (PROVINCE, None, True)
    assert await desk.due(case.id) == {"take": case.take_by}, "the province has its clock: somebody will hear of it"
    assert f"case:{case.id}:card:{case.routed}" in await desk.told(province.id)
    assert "taken" not in await desk.audited(case.id)


async def test_one_takes_it_while_the_other_passes_it_on(desk: Desk, opened: tuple[Actor, Actor, Actor, Tip]) -> None:
    an, binh, province, tip = opened
    taken, passed = await at_once(
        desk,
        lambda work: work_case.take_case(work, an, tip.case.id),
        lambda work: work_case.pass_on(work, binh, tip.case.id),
        tip.case,
    )
    case = await desk.case(tip.case.id)
    assert taken.owner == an.id and passed.case == case
    assert (case.unit, case.owner, case.waits_for_taker) == (PROVINCE, None, True)
    assert await desk.due(case.id) == {"take": case.take_by}
    assert f"case:{case.id}:gone:0" in await desk.told(an.id), "An sees that it went"
    assert f"case:{case.id}:card:{case.routed}" in await desk.told(province.id)


async def test_the_reporter_withdraws_while_an_officer_takes_it(
    desk: Desk, opened: tuple[Actor, Actor, Actor, Tip]
) -> None:
    an, _, _, tip = opened
    reporter = Actor(tip.contact_id, frozenset({tip.contact_id}))
    _, withdrawn = await at_once(
        desk,
        lambda work: work_case.take_case(work, an, tip.case.id),
        lambda work: correct_tip.withdraw_tip(work, reporter, tip.id),
        tip.case,
    )
    assert withdrawn.stays, "what the police have taken up stays with them, and the reporter is told so"
    assert (await desk.case(tip.case.id)).owner == an.id


async def test_what_a_reporter_adds_while_an_officer_takes_it_is_not_lost(
    desk: Desk, opened: tuple[Actor, Actor, Actor, Tip]
) -> None:
    an, _, _, tip = opened
    reporter = Actor(tip.contact_id, frozenset({tip.contact_id}))
    more = Addition(channel=WEB, key="more", text="xe màu đỏ")
    _, added = await at_once(
        desk,
        lambda work: work_case.take_case(work, an, tip.case.id),
        lambda work: add_to_tip(work, reporter, tip.id, more),
        tip.case,
    )
    assert added.tip.case.owner == an.id
    assert any("part" in reason for reason in await desk.told(an.id)), "the officer who took it hears of it"


async def test_who_waits_for_a_case_does_not_keep_its_taker_from_telling_them(desk: Desk) -> None:
    """Each message locks its sender's chat, and each move tells the others. Were the lock so wide that nobody could
    write to a locked chat's outbox, two officers who press at once would wait for each other."""
    database = desk.runtime.database
    if not isinstance(database, PostgresDatabase):
        return
    an, binh = await desk.police("An"), await desk.police("Binh")
    tip = await desk.tells(await desk.person("Ba Tu"))
    vault = desk.runtime.context.vault

    def hold(db: Connection, name: str) -> None:
        contacts.find(db, vault, WEB, ChatId(name), hold=True)

    def second(db: Connection) -> Any:
        hold(db, "Binh")
        return _sync_tried(desk.work(db), lambda work: work_case.take_case(work, binh, tip.case.id))

    async with database.engine.connect() as connection, connection.begin():
        await connection.run_sync(lambda db: hold(db, "An"))
        await connection.run_sync(lambda db: cases.by_id(db, tip.case.id, hold=True))
        later = asyncio.create_task(database.write(second))
        async with patience():
            while not await database.read(lambda db: db.exec_driver_sql(BLOCKED).scalar()):
                pass
        await connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")  # whoever need not wait never meets it
        taken = await connection.run_sync(
            lambda db: _sync_tried(desk.work(db), lambda work: work_case.take_case(work, an, tip.case.id))
        )
    assert taken.owner == an.id and isinstance(await later, TakenBy)
