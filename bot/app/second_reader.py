"""A second process that runs triage on messages under load.

Triage of a message costs about as much as storing it. When many people write at once (a flood, a fire that a whole
quarter sees) and the machine has a second core, a second process runs triage while this one writes. It is started on
demand. Nothing depends on it: a message that it has not read in time is read in this process.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

import orjson
import structlog

from bot.app.settings import Settings
from core.messages import Inbound
from core.triage.proposal import Proposal, proposal_from_json
from core.triage.understand import Triage
from storage.jobs import KeyedLocks

log = structlog.get_logger()

RUSH: Final = 6
"""Messages being processed at once from which on the second process is started."""
QUIET_S: Final = 60.0
"""Seconds without load after which the second process is stopped."""
WAIT_S: Final = 0.5
"""Seconds that a message waits for the second process at most."""
AFTER_TROUBLE_S: Final = 60.0

Key = tuple[str, str | None, str | None]


class SecondReader:
    """Triage as handlers use it. `beside` lets the second process read a message where that helps; `propose` returns
    its result, or runs triage here."""

    def __init__(
        self,
        triage: Triage,
        settings: Settings,
        *,
        cores: int | None = None,
        quiet_s: float = QUIET_S,
        wait_s: float = WAIT_S,
    ) -> None:
        self._triage, self._settings = triage, settings
        self._quiet_s, self._wait_s = quiet_s, wait_s
        self.here = asyncio.Event()
        """Set while a second process runs."""
        self._able = (cores or os.cpu_count() or 1) > 1
        self._read: dict[Key, Proposal] = {}
        self._asked: deque[asyncio.Future[Proposal | None]] = deque()
        self._under_way = 0
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._keyed_locks = KeyedLocks()
        self._rush_at = 0.0
        self._not_before = 0.0
        self._starting = False

    def propose(self, text: str, *, province: str | None = None, commune: str | None = None) -> Proposal:
        """The proposal of triage for a text. Never raises."""
        return self._read.pop((text, province, commune), None) or self._triage.propose(
            text, province=province, commune=commune
        )

    async def beside(
        self, heard: Inbound, province: str | None, commune: str | None, receive: Callable[[], Awaitable[None]]
    ) -> None:
        """Call `receive`, after the second process has read the message where that helps. One person's messages stay in
        their order.

        `province` and `commune` are the codes of the deployment; a person with another commune's hint is read in this
        process."""
        self._under_way += 1
        try:
            if self._under_way >= RUSH and self._able:
                self._call()
            if self._process is None:
                await receive()
            else:
                key = (heard.text, province, commune)
                await self._keyed_locks.run(
                    f"{heard.channel.value}:{heard.sender}", lambda: self._helped(heard, key, receive)
                )
        finally:
            self._under_way -= 1

    async def _helped(self, heard: Inbound, key: Key, receive: Callable[[], Awaitable[None]]) -> None:
        read = await self._ask(key) if heard.text and not heard.button else None
        if read is not None:
            self._read[key] = read
        try:
            await receive()
        finally:
            self._read.pop(key, None)

    async def close(self) -> None:
        """Stop the second process gently."""
        process = self._process
        if process is not None:
            self._go(process)
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=2)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def kill(self) -> None:
        """Kill the second process (for tests that nothing depends on it)."""
        if self._process is not None:
            self._process.kill()

    async def gone(self) -> None:
        """Wait until there is no second process."""
        await asyncio.gather(*self._tasks)

    def _call(self) -> None:
        self._rush_at = _seconds()
        if self._process is None and not self._starting and self._rush_at >= self._not_before:
            self._starting = True
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self) -> None:
        """Start the process, pass its answers on, and stop it when the load is over."""
        try:
            process = await asyncio.create_subprocess_exec(
                *_command(self._settings), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        except OSError as error:
            self._trouble(type(error).__name__)
            return
        try:
            await self._pass_on(process)
        finally:
            if self._process is process:
                self._go(process)
                self._trouble("it ended")
            while self._asked:
                asked = self._asked.popleft()
                if not asked.done():
                    asked.set_result(None)
            if process.returncode is None and not _closing(process):
                process.kill()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 2)
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _pass_on(self, process: asyncio.subprocess.Process) -> None:
        """Pass on the process's answers, which come in the order of the requests."""
        answers = process.stdout
        if answers is None or await answers.readline() != READY:
            self._trouble("it did not start")
            return
        log.info("second_reader", state="here")
        self._process, self._starting = process, False
        self.here.set()
        self._leave_when_quiet(process)
        while line := await answers.readline():
            asked = self._asked.popleft()
            if not asked.done():
                asked.set_result(proposal_from_json(orjson.loads(line)))

    def _leave_when_quiet(self, process: asyncio.subprocess.Process) -> None:
        """Close the process's input once there has been no load for a while; it reads what it has and ends."""
        left = self._rush_at + self._quiet_s - _seconds()
        if left > 0:
            asyncio.get_running_loop().call_later(left, self._leave_when_quiet, process)
        elif self._process is process:
            self._go(process)
            log.info("second_reader", state="gone")

    def _go(self, process: asyncio.subprocess.Process) -> None:
        self._process = None
        self.here.clear()
        if process.stdin is not None:
            process.stdin.close()

    async def _ask(self, key: Key) -> Proposal | None:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return None
        try:
            line = orjson.dumps(key)
        except TypeError:  # a lone surrogate, which JSON cannot hold
            return None
        asked: asyncio.Future[Proposal | None] = asyncio.get_running_loop().create_future()
        self._asked.append(asked)
        process.stdin.write(line + b"\n")
        try:
            async with asyncio.timeout(self._wait_s):
                return await asked
        except TimeoutError:
            return None

    def _trouble(self, why: str) -> None:
        self._starting = False
        self._not_before = _seconds() + AFTER_TROUBLE_S
        log.warning("second_reader", state="trouble", why=why)


def _closing(process: asyncio.subprocess.Process) -> bool:
    """Whether the process's input is closed."""
    return process.stdin is None or process.stdin.is_closing()


READY: Final = b"ready\n"


def _command(settings: Settings) -> Sequence[str]:
    """The command of the second process, which loads triage from the same files as this one."""
    told = (str(settings.data_dir), settings.aliases, settings.polygons, settings.places)
    return (sys.executable, "-m", "bot.app.second_reader", *told)


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def main(data_dir: str, aliases: str, polygons: str, places: str) -> None:
    """Run the second process: read a message per line, write a proposal per line, until the input ends."""
    from bot.app.understanding import triage_of

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the first process; this one ends with its input
    triage = triage_of(Path(data_dir), aliases, polygons, places)
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    for line in sys.stdin.buffer:
        text, province, commune = orjson.loads(line)
        try:
            out.write(orjson.dumps(triage.propose(text, province=province, commune=commune).to_json()) + b"\n")
            out.flush()
        except BrokenPipeError:  # the first process is dead
            os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:5])
