"""A refresh token works once: two processes use it once, no crash loses the next one unnoticed, and the old access
token stays in use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from structlog.types import EventDict

from bot.channel import AccountDead, Outgoing
from bot.zalo_oa.send import OaPort
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.status import told
from core.messages import ChatId
from storage import tokens
from storage.database import Database, T, open_database
from storage.jobs import Job, OnCommit, Unavailable
from storage.keys import open_vault
from storage.tokens import Kept
from storage.vault import Vault, parse_keys
from tests.channels.zalo_oa_port import port_of
from tests.conftest import NOW
from tests.doubles.zalo_oa import Fault, ZaloOaDouble
from tests.patience import patiently


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def zalo(clock: Clock) -> AsyncIterator[ZaloOaDouble]:
    async with ZaloOaDouble(clock) as double:
        yield double


@pytest.fixture
async def port(zalo: ZaloOaDouble, database: Database, vault: Vault) -> AsyncIterator[OaPort]:
    port = port_of(zalo, database, vault)
    yield port
    await port.close()


async def row(port: OaPort, database: Database, vault: Vault) -> Kept:
    kept = await database.read(lambda db: tokens.kept(db, vault, port.account))
    assert kept is not None
    return kept


def to(zalo: ZaloOaDouble) -> ChatId:
    return ChatId(zalo.person().id)


async def test_the_settings_token_is_spent_at_the_first_message_and_never_again(
    port: OaPort, zalo: ZaloOaDouble, database: Database, vault: Vault
) -> None:
    lan = to(zalo)
    await port.send(lan, Outgoing(text="một"))
    await port.send(lan, Outgoing(text="hai"))
    assert zalo.refreshes == 1
    again = port_of(zalo, database, vault)  # the process was restarted with the old token still in its settings
    await again.send(lan, Outgoing(text="ba"))
    await again.close()
    assert zalo.refreshes == 1
    assert (await row(port, database, vault)).pair == tokens.Pair("access-1", "refresh-1")


async def test_a_token_is_renewed_at_20_of_its_25_hours(port: OaPort, zalo: ZaloOaDouble, clock: Clock) -> None:
    lan = to(zalo)
    await port.send(lan, Outgoing(text="a"))
    clock.moves(hours=19, minutes=59)
    await port.send(lan, Outgoing(text="b"))
    assert zalo.refreshes == 1
    clock.moves(minutes=1)
    await port.send(lan, Outgoing(text="c"))
    assert zalo.refreshes == 2


async def test_a_token_that_zalo_revokes_in_mid_send_is_renewed_and_the_message_goes_once(
    port: OaPort, zalo: ZaloOaDouble
) -> None:
    lan = zalo.person()
    await port.send(ChatId(lan.id), Outgoing(text="a"))
    for code in (-216, -220):
        zalo.fails("message", Fault.says(code))
        await port.send(ChatId(lan.id), Outgoing(text=f"b{code}"))
    assert [seen.text for seen in lan.inbox] == ["a", "b-216", "b-220"]
    assert zalo.refreshes == 3
    zalo.fails("message", Fault.says(-216), times=2)
    with pytest.raises(AccountDead):
        await port.send(ChatId(lan.id), Outgoing(text="c"))
    assert zalo.refreshes == 4


async def test_two_processes_and_many_messages_refresh_exactly_once(
    zalo: ZaloOaDouble, database: Database, vault: Vault, database_url: str, key: str
) -> None:
    other = open_database(database_url)
    others_vault = await other.write(lambda db: open_vault(db, parse_keys(key)))
    ports = [port_of(zalo, database, vault), port_of(zalo, other, others_vault)]
    lan = zalo.person()
    slow = zalo.fails("token", Fault.slow())
    sending = [
        asyncio.create_task(port.send(ChatId(lan.id), Outgoing(text=f"{number}")))
        for number in range(3)
        for port in ports
    ]
    await patiently(slow.arrived.wait())
    slow.let_go()
    await patiently(asyncio.gather(*sending))
    assert len(lan.inbox) == 6
    assert (zalo.refreshes, len(zalo.calls_of("token"))) == (1, 1)
    zalo.fails("message", Fault.says(-216), times=2)
    await asyncio.gather(*(port.send(ChatId(lan.id), Outgoing(text="lần hai")) for port in ports))
    assert (zalo.refreshes, len(zalo.calls_of("token"))) == (2, 2)
    for port in ports:
        await port.close()
    await other.close()


async def test_a_process_that_dies_after_zalo_answered_raises_the_alarm_and_the_old_token_goes_on(
    zalo: ZaloOaDouble, database: Database, vault: Vault, clock: Clock, logs: list[EventDict]
) -> None:
    """The answer is lost, as with a crash between the call and the commit: the refresh token is spent."""
    lan = to(zalo)
    port = port_of(zalo, database, vault)
    await port.send(lan, Outgoing(text="a"))
    clock.moves(hours=21)
    zalo.fails("token", Fault.lost_answer())
    await port.close()
    port = port_of(zalo, database, vault)
    zalo.access_token = "access-1"
    assert await port.tokens.access() == "access-1"  # the refresh failed, and this token is still valid
    assert (await row(port, database, vault)).attempt_at == clock()
    assert zalo.refreshes == 2
    await port.close()

    started_anew = port_of(zalo, database, vault)
    assert await started_anew.tokens.access() == "access-1"
    known = await row(port, database, vault)
    assert (known.trouble, known.attempt_at, known.pair.access) == (tokens.REAUTHORISE, None, "access-1")
    alarms = [line for line in logs if line["event"] == "zalo_reauthorise"]
    assert alarms[0]["log_level"] == "critical"
    assert "TINBAO_ZALO_OA_REFRESH_TOKEN" in alarms[0]["remedy"]
    asked = len(zalo.calls_of("token"))
    clock.moves(hours=5)
    with pytest.raises(AccountDead):
        await started_anew.tokens.access()
    assert len(zalo.calls_of("token")) == asked  # no use in asking Zalo again
    assert "access-" not in repr(logs)
    assert "refresh-" not in repr(logs)
    await started_anew.close()


async def test_a_crash_before_zalo_was_reached_costs_nothing(
    zalo: ZaloOaDouble, database: Database, vault: Vault, port: OaPort, clock: Clock
) -> None:
    await port.tokens.access()
    await database.write(lambda db: tokens.begin(db, port.account, clock()))  # and then the process died
    clock.moves(hours=21)
    after = port_of(zalo, database, vault)
    assert await after.tokens.access() == "access-2"
    known = await row(port, database, vault)
    assert (known.attempt_at, known.trouble) == (None, "")
    await after.close()


async def test_a_refresh_while_zalo_is_down_raises_no_alarm(
    zalo: ZaloOaDouble, database: Database, vault: Vault, port: OaPort
) -> None:
    unreachable = port_of(zalo, database, vault)
    unreachable.tokens._client._auth_api = "http://127.0.0.1:9"
    with pytest.raises(ConnectionError):
        await unreachable.tokens.access()
    known = await row(port, database, vault)
    assert (known.attempt_at, known.trouble) == (None, "")
    assert await port.tokens.access() == "access-1"
    await unreachable.close()


async def test_a_token_that_zalo_refused_is_not_used_again_while_its_servers_are_down(
    zalo: ZaloOaDouble, port: OaPort
) -> None:
    lan = zalo.person()
    await port.send(ChatId(lan.id), Outgoing(text="a"))
    zalo.fails("message", Fault.says(-216))
    zalo.fails("token", Fault.html(502), times=2)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await port.send(ChatId(lan.id), Outgoing(text="b"))
    assert len(zalo.calls_of("message")) == 2
    assert [seen.text for seen in lan.inbox] == ["a"]


async def test_many_who_wait_for_a_refresh_that_fails_do_not_fail_one_by_one(zalo: ZaloOaDouble, port: OaPort) -> None:
    lan = to(zalo)
    held = zalo.fails("token", Fault.slow())
    zalo.access_token = "another"
    zalo.refresh_token = "spent"
    sending = [asyncio.create_task(port.send(lan, Outgoing(text=f"{number}"))) for number in range(8)]
    await patiently(held.arrived.wait())
    held.let_go()
    ends = await patiently(asyncio.gather(*sending, return_exceptions=True))
    assert {type(end).__name__ for end in ends} == {"AccountDead", "ConnectionFailed"}
    assert len(zalo.calls_of("token")) == 1


async def test_a_new_pair_is_not_used_before_its_commit_and_is_not_lost_when_the_database_is_away(
    zalo: ZaloOaDouble, database: Database, vault: Vault, logs: list[EventDict]
) -> None:
    shaky = Shaky(database)
    port = port_of(zalo, shaky, vault)
    held = zalo.fails("token", Fault.slow())
    asking = asyncio.create_task(port.tokens.access())
    await patiently(held.arrived.wait())
    shaky.away = True
    held.let_go()
    with pytest.raises(Unavailable):
        await asking
    assert [line["event"] for line in logs if line["log_level"] == "critical"] == ["zalo_pair_not_saved"]
    shaky.away = False
    assert await port.tokens.access() == "access-1"
    assert (await row(port, database, vault)).pair.refresh == "refresh-1"
    assert zalo.refreshes == 1
    await port.close()


async def test_an_app_that_is_refused_for_another_reason_is_asked_again_a_minute_later(
    zalo: ZaloOaDouble, port: OaPort, database: Database, vault: Vault, clock: Clock
) -> None:
    zalo.fails("token", Fault.says(-14002))
    for _ in range(3):
        with pytest.raises(AccountDead):
            await port.tokens.access()
    assert len(zalo.calls_of("token")) == 1
    assert (await row(port, database, vault)).trouble == "refused -14002"
    clock.moves(minutes=1)
    assert await port.tokens.access() == "access-1"
    assert (await row(port, database, vault)).trouble == ""


async def test_without_a_first_token_nothing_is_sent_and_the_setting_is_named(
    zalo: ZaloOaDouble, database: Database, vault: Vault
) -> None:
    port = port_of(zalo, database, vault, seed="")
    with pytest.raises(AccountDead, match="TINBAO_ZALO_OA_REFRESH_TOKEN"):
        await port.tokens.access()
    await port.close()


async def test_tokens_are_renewed_without_messages_and_old_ones_are_reported(
    zalo: ZaloOaDouble, port: OaPort, clock: Clock, logs: list[EventDict]
) -> None:
    stop = asyncio.Event()
    looking = asyncio.create_task(port.tokens.keep_fresh(stop))
    await zalo.until(lambda: zalo.refreshes == 1)
    stop.set()
    await patiently(looking)
    clock.moves(days=76)
    zalo.fails("token", Fault.html(502))
    stop.clear()
    zalo.lasts = 90000
    looking = asyncio.create_task(port.tokens.keep_fresh(stop))
    await zalo.until(lambda: len(zalo.calls_of("token")) == 2)
    stop.set()
    await patiently(looking)
    told_of = [line["event"] for line in logs if line["log_level"] in ("error", "critical")]
    assert told_of == ["zalo_tokens_not_fresh", "zalo_refresh_token_old"]


async def test_the_operator_reads_the_status_in_words(
    zalo: ZaloOaDouble, port: OaPort, database: Database, vault: Vault, clock: Clock
) -> None:
    settings = ZaloOaSettings(zalo_oa_app_id=zalo.app_id, zalo_oa_refresh_token=SecretStr("refresh-0"))

    async def lines() -> str:
        found = await database.read(lambda db: tokens.status(db, vault, port.account, clock()))
        return "\n".join(finding.words for finding in told(found, settings))

    assert "at the next start" in await lines()
    await port.tokens.access()
    assert "lives until 09:30 21/11/2026" in await lines()
    assert "not used by 18/02/2027" in await lines()
    await database.write(lambda db: tokens.gave_up(db, port.account, tokens.REAUTHORISE))
    assert "Consent again" in await lines()
    assert "refresh-" not in await lines()


class Shaky:
    """The real database, whose writer can be made unavailable."""

    kind = "shaky"

    def __init__(self, database: Database) -> None:
        self.database, self.away = database, False

    async def write(self, job: Job[T], *, key: str = "") -> T:
        if self.away:
            raise Unavailable("away")
        return await self.database.write(job, key=key)

    async def read(self, job: Job[T]) -> T:
        return await self.database.read(job)

    def listen(self, hear: OnCommit) -> None:
        self.database.listen(hear)

    async def start_listening(self) -> None:
        await self.database.start_listening()

    async def close(self) -> None:
        await self.database.close()
