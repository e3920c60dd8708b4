"""Many people write at once: a second process helps to read, and nothing depends on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.second_reader import RUSH, SecondReader
from bot.app.settings import read_settings
from bot.app.understanding import configured_triage
from bot.telegram import CHANNEL as TELEGRAM
from core.messages import ChatId, Inbound, SenderId
from core.triage.proposal import Proposal, proposal_from_json
from core.triage.understand import Triage
from tests.conftest import NOW
from tests.patience import patience

TEXTS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[1] / "data" / "tips_dev.jsonl").read_text(encoding="utf-8").splitlines()[:60]
]


class Counting(Triage):
    """The real triage, which counts how often it ran in this process."""

    def __init__(self, triage: Triage) -> None:
        super().__init__(triage.model, triage.places)
        self.here = 0

    def propose(self, text: str, *, province: str | None = None, commune: str | None = None) -> Proposal:
        self.here += 1
        return super().propose(text, province=province, commune=commune)


class Rush:
    """So many messages at once, each understood while it is taken in."""

    def __init__(self, reader: SecondReader) -> None:
        self.reader = reader
        self.understood: list[tuple[str, Proposal]] = []
        self._together: asyncio.Barrier | None = None

    async def of(self, texts: list[str], *, sender: str = "", together: bool = False) -> None:
        """Take these in; `together`: none is done before all have come."""
        self._together = asyncio.Barrier(len(texts)) if together else None
        await asyncio.gather(*(self._one(number, text, sender) for number, text in enumerate(texts)))

    async def _one(self, number: int, text: str, sender: str) -> None:
        who = sender or f"{number}"
        heard = Inbound(
            channel=TELEGRAM,
            sender=SenderId(who),
            chat=ChatId(who),
            message_key=f"{number}",
            sent_at=NOW,
            text=text,
        )
        await self.reader.beside(heard, "24", "07795", lambda: self._take_in(text))

    async def _take_in(self, text: str) -> None:
        if self._together is not None:
            await self._together.wait()
        self.understood.append((text, self.reader.propose(text, province="24", commune="07795")))


@pytest.fixture
def triage(tmp_path: Path) -> Counting:
    return Counting(configured_triage(read_settings(_env_file=None, data_dir=tmp_path)))


@pytest.fixture
async def reader(triage: Counting, tmp_path: Path) -> AsyncIterator[SecondReader]:
    """A second reader as on a machine with two cores, however many there are."""
    made = SecondReader(triage, read_settings(_env_file=None, data_dir=tmp_path), cores=2, wait_s=60)
    yield made
    await made.close()


async def called(reader: SecondReader) -> Rush:
    """A rush that has started the second process."""
    rush = Rush(reader)
    await rush.of([f"alo {number}" for number in range(RUSH)], together=True)
    async with patience():
        await reader.here.wait()
    return rush


async def test_in_a_rush_a_second_process_reads_just_what_we_would_have_read(
    reader: SecondReader, triage: Counting
) -> None:
    rush = await called(reader)
    before = triage.here
    await rush.of(TEXTS)
    assert triage.here == before, "all of it was read beside"
    for text, read in rush.understood[RUSH:]:
        assert read == Triage.propose(triage, text, province="24", commune="07795")


async def test_a_second_process_that_dies_takes_no_message_along(reader: SecondReader, triage: Counting) -> None:
    rush = await called(reader)
    reader.kill()
    await rush.of(TEXTS)
    assert sorted(text for text, _ in rush.understood[RUSH:]) == sorted(TEXTS)


async def test_a_message_does_not_wait_for_a_second_process_that_is_slow(triage: Counting, tmp_path: Path) -> None:
    reader = SecondReader(triage, read_settings(_env_file=None, data_dir=tmp_path), cores=2, wait_s=0)
    try:
        rush = await called(reader)
        before = triage.here
        await rush.of(TEXTS)
        assert triage.here == before + len(TEXTS)
    finally:
        await reader.close()


async def test_one_persons_messages_stay_in_their_order(reader: SecondReader) -> None:
    rush = await called(reader)
    words = [f"đêm qua mất trộm, chuyện thứ {number}" if number % 2 else "" for number in range(20)]
    await rush.of(words, sender="Ba Tu")
    assert [text for text, _ in rush.understood[RUSH:]] == words


async def test_on_a_quiet_day_there_is_one_process(reader: SecondReader, triage: Counting) -> None:
    rush = Rush(reader)
    for text in TEXTS[:10]:
        await rush.of([text])
    assert not reader.here.is_set() and triage.here == 10


async def test_when_the_rush_is_over_the_second_process_goes(triage: Counting, tmp_path: Path) -> None:
    reader = SecondReader(triage, read_settings(_env_file=None, data_dir=tmp_path), cores=2, quiet_s=0.01)
    try:
        await called(reader)
        async with patience():
            await reader.gone()
    finally:
        await reader.close()


async def test_a_machine_with_one_core_gets_no_second_process(triage: Counting, tmp_path: Path) -> None:
    reader = SecondReader(triage, read_settings(_env_file=None, data_dir=tmp_path), cores=1)
    rush = Rush(reader)
    await rush.of(["alo"] * RUSH * 2, together=True)
    assert not reader.here.is_set()
    await reader.close()


def test_a_proposal_survives_the_way_between_the_processes(triage: Counting) -> None:
    for text in [*TEXTS, "", "\ud800", "🔥"]:
        read = triage.propose(text, province="24")
        assert proposal_from_json(json.loads(json.dumps(read.to_json()))) == read
