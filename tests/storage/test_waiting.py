"""A waiting loop wakes at the first event, and cancels its work when the process stops."""

from __future__ import annotations

import asyncio

import pytest

from storage.waiting import unless, wait_first


async def test_the_first_event_ends_the_wait() -> None:
    wake, stop = asyncio.Event(), asyncio.Event()
    waiting = asyncio.create_task(wait_first(wake, stop))
    await asyncio.sleep(0)
    assert not waiting.done()
    stop.set()
    assert await waiting


async def test_a_wait_that_times_out_returns_false() -> None:
    assert not await wait_first(asyncio.Event(), timeout_s=0)


async def test_an_event_that_is_set_already_still_lets_other_tasks_run() -> None:
    wake = asyncio.Event()
    order: list[str] = []
    wake.set()
    other = asyncio.create_task(_notes(order, "other"))
    assert await wait_first(wake)
    order.append("we")
    await other
    assert order == ["other", "we"]


async def test_work_is_cancelled_when_the_process_stops() -> None:
    stop, begun, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def question() -> str:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return "never"

    asking = asyncio.create_task(unless(stop, question()))
    await begun.wait()
    stop.set()
    assert await asking is None
    await ended.wait()


async def test_results_and_exceptions_are_passed_on() -> None:
    async def answer() -> int:
        return 7

    async def failure() -> int:
        raise ConnectionError

    assert await unless(asyncio.Event(), answer()) == 7
    with pytest.raises(ConnectionError):
        await unless(asyncio.Event(), failure())


async def _notes(order: list[str], name: str) -> None:
    order.append(name)
