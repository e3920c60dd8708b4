"""The number of queries for one button press or one list. Everybody who waits for the writer pays for each query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.web import CHANNEL as WEB
from core.access import Actor
from core.messages import ChatId, Inbound, SenderId
from handlers.hear import hear
from storage.sqlite import SqliteDatabase
from tests.handlers.conftest import Desk

TAKE_AT_MOST, LIST_AT_MOST = 12, 6


@pytest.fixture
def database_url(tmp_path: Any) -> str:
    """The queries are counted at the driver of SQLite; PostgreSQL gets the same ones."""
    return f"sqlite:///{tmp_path / 'tinbao.db'}"


async def questions(desk: Desk, who: str, *, text: str = "", button: str = "") -> list[str]:
    """The SELECTs that one message makes on the writer's connection."""
    database = desk.runtime.database
    assert isinstance(database, SqliteDatabase)
    asked: list[str] = []

    def trace(db: Connection, heard: Callable[[str], object] | None) -> None:
        driver: Any = db.connection.dbapi_connection
        driver.set_trace_callback(heard)

    await database.write(lambda db: trace(db, asked.append))
    heard = Inbound(
        channel=WEB,
        sender=SenderId(who),
        chat=ChatId(who),
        message_key=f"count-{next(desk.keys)}",
        sent_at=desk.now,
        text=text,
        button=button,
        press="press" if button else "",
    )
    await hear(database, desk.runtime.context, heard, desk.now)
    await database.write(lambda db: trace(db, None))
    return [statement for statement in asked if statement.lstrip().upper().startswith("SELECT")]


async def greeted(desk: Desk, name: str, make: Callable[[str], Any]) -> Actor:
    """An officer who has written before."""
    officer: Actor = await make(name)
    await questions(desk, name, text="/viec")
    return officer


async def test_a_press_of_take_asks_twelve_times_at_most(desk: Desk) -> None:
    await greeted(desk, "An", desk.police)
    await greeted(desk, "Binh", desk.police)
    tip = await desk.tells(await desk.person("Ba Tu"))
    asked = await questions(desk, "An", button=f"c:{tip.case.id}:take")
    assert (await desk.case(tip.case.id)).is_worked
    assert len(asked) <= TAKE_AT_MOST, "\n".join(asked)


async def test_a_list_of_ten_cases_asks_six_times_at_most(desk: Desk) -> None:
    await greeted(desk, "An", desk.police)
    for number in range(10):
        await desk.tells(await desk.person(f"Ba Tu {number}"))
    asked = await questions(desk, "An", text="/viec")
    assert len(asked) <= LIST_AT_MOST, "\n".join(asked)
