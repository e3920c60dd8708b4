"""An Official Account may write to a person only for some days after their last message, and has a limit of messages
per month. Other messages go to the person's next chat, or are recorded as not deliverable."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from bot.app.app import App
from bot.app.build import build_runtime
from bot.app.settings import read_settings
from bot.app.start import assemble
from bot.cli.broadcasts import list_broadcasts, set_broadcast
from bot.zalo_oa.routes import PATH
from core.access import Duty, Role
from core.ids import Unit
from handlers import join
from handlers.work import Work
from storage.tables import DROPPED, WAITING, outbox, sending_count
from tests.channels.web_town import WebPerson
from tests.doubles.loopback import Loopback
from tests.doubles.zalo_oa import Person, ZaloOaDouble
from tests.patience import PATIENCE_S
from tests.stories.listening import commits
from tests.stories.town import NENH, TownClock

THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"


@dataclass
class Town:
    """A running application with an Official Account and the web page."""

    app: App
    zalo: ZaloOaDouble
    clock: TownClock
    url: str
    stack: AsyncExitStack

    async def on_web(self) -> WebPerson:
        """A person on the web page."""
        return WebPerson(await self.stack.enter_async_context(httpx.AsyncClient(base_url=self.url, timeout=PATIENCE_S)))

    async def officer(self, role: Role = Role.OFFICER) -> WebPerson:
        """An officer (or an operator) on the web page."""
        runtime, who, now = self.app.runtime, await self.on_web(), self.clock.now()
        invite = await runtime.database.write(
            lambda db: join.make_invite(Work(db=db, context=runtime.context, now=now), Duty(role, Unit(NENH)))
        )
        await who.says(f"/start {invite}")
        await self.reads(who, lambda page: "đã vào" in page)
        return who

    async def reads(self, who: WebPerson, wanted: Callable[[str], bool]) -> str:
        """The page, once it holds what is wanted."""
        return await self.until(who.page, wanted)

    async def until(self, look: Callable[[], Awaitable[str]], wanted: Callable[[str], bool]) -> str:
        """Look again after each commit."""
        async with commits(self.app.runtime.database) as committed:
            while not wanted(seen := await look()):
                await committed()
        return seen

    async def settled(self) -> None:
        """Nothing waits to be sent any more."""

        async def waiting() -> str:
            return str(await self.count(outbox.c.state == WAITING))

        await self.until(waiting, lambda count: count == "0")

    async def count(self, *what: object) -> int:
        """How many messages."""
        query = select(func.count()).select_from(outbox).where(*what)  # type: ignore[arg-type]  # conditions on columns
        return await self.app.runtime.database.read(lambda db: db.execute(query).scalar_one())


@asynccontextmanager
async def running(key: str, folder: Path, **settings: object) -> AsyncIterator[Town]:
    """A town on SQLite."""
    async with AsyncExitStack() as stack:
        zalo = await stack.enter_async_context(ZaloOaDouble())
        given: dict[str, object] = {
            "data_dir": folder,
            "secret_key": key,
            "commune": NENH,
            "zalo_oa_app_id": zalo.app_id,
            "zalo_oa_app_secret": zalo.app_secret,
            "zalo_oa_secret": zalo.secret,
            "zalo_oa_refresh_token": zalo.refresh_token,
            "zalo_oa_id": zalo.oa_id,
            "zalo_oa_api": zalo.url,
            "zalo_oa_auth_api": zalo.url,
            "zalo_media_hosts": "127.0.0.1",
        }
        runtime = await build_runtime(read_settings(_env_file=None, **(given | settings)))
        stack.push_async_callback(runtime.close)
        clock = TownClock()
        zalo.now = clock.now
        app = assemble(runtime, clock, ("web", "courier", "scheduler"))
        served = await stack.enter_async_context(Loopback(app.asgi()))
        zalo.webhook = served.url + PATH
        await stack.enter_async_context(app.running())
        app.start_channels()
        yield Town(app, zalo, clock, served.url, stack)


@pytest.fixture
async def town(key: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The usual one."""
    async with running(key, tmp_path) as here:
        yield here


async def reports(town: Town) -> tuple[Person, WebPerson]:
    """A resident on Zalo has reported, and an officer on the page has the card."""
    officer = await town.officer()
    resident = town.zalo.person("Ba Tu")
    await resident.says(THEFT)
    await resident.hears(lambda seen: "Đã nhận tin báo" in seen.text)
    await town.reads(officer, lambda page: "xe máy" in page)
    await town.settled()
    return resident, officer


async def takes(town: Town, officer: WebPerson) -> None:
    """The officer looks at what is open, and takes it."""
    await officer.says("/viec")
    await town.reads(officer, lambda page: "việc đang mở" in page)
    await officer.presses("TB-")
    await town.reads(officer, lambda page: "Tôi nhận việc này" in page)
    await officer.presses("Tôi nhận việc này")


async def test_an_answer_after_seven_days_is_not_sent_blindly_and_is_recorded_as_not_deliverable(town: Town) -> None:
    resident, officer = await reports(town)
    town.clock.move(timedelta(days=7, minutes=1))
    before = len(resident.inbox)
    await takes(town, officer)
    await town.settled()
    assert len(resident.inbox) == before
    assert await town.count(outbox.c.state == DROPPED, outbox.c.error == "WindowClosed") >= 1


async def test_the_persons_next_message_opens_the_window_again(town: Town) -> None:
    resident, officer = await reports(town)
    town.clock.move(timedelta(days=8))
    await resident.says("/tin")
    await resident.hears(lambda seen: "đang chờ nhận" in seen.text)
    await takes(town, officer)
    await resident.hears(lambda seen: "Công an đã nhận việc" in seen.text)


async def test_a_message_in_a_group_opens_no_private_window(town: Town) -> None:
    resident, officer = await reports(town)
    town.clock.move(timedelta(days=8))
    group = town.zalo.group()
    await resident.says("/giup", at=group)
    await town.settled()
    assert group.inbox, "the group is answered"
    before = len(resident.inbox)
    await takes(town, officer)
    await town.settled()
    assert len(resident.inbox) == before
    assert await town.count(outbox.c.state == DROPPED, outbox.c.error == "WindowClosed") >= 1


async def test_outside_the_window_the_answer_goes_to_the_linked_app(town: Town) -> None:
    resident, officer = await reports(town)
    page = await town.on_web()
    await page.says("/noi")
    shown = await town.reads(page, lambda text: "LK" in text.split("<form")[0])
    code = re.search(r"LK-\w{4}-\w{4}", shown)
    assert code is not None
    await resident.says(code[0])
    offer = await resident.hears(lambda seen: "nhận tin trả lời ở đâu" in seen.text)
    number = next(line[0] for line in offer.text.splitlines() if line.endswith("Zalo OA"))
    await town.settled()
    town.clock.move(timedelta(seconds=10))
    await resident.says(number)
    await resident.hears(lambda seen: "nhắn bà con qua Zalo OA" in seen.text)
    town.clock.move(timedelta(days=8))
    before = len(resident.inbox)
    await takes(town, officer)
    await town.reads(page, lambda text: "Công an đã nhận việc" in text)
    assert len(resident.inbox) == before


async def test_a_window_that_zalo_refuses_is_closed_whatever_the_clock_says(town: Town) -> None:
    resident, officer = await reports(town)
    resident.window_open = False
    await takes(town, officer)
    await town.settled()
    assert not any("Công an đã nhận việc" in seen.text for seen in resident.inbox)
    assert await town.count(outbox.c.state == DROPPED, outbox.c.error == "WindowClosed") >= 1


async def test_of_a_long_message_every_piece_counts_against_the_month(key: str, tmp_path: Path) -> None:
    async with running(key, tmp_path, zalo_oa_monthly_limit=100) as town:
        runtime, resident = town.app.runtime, town.zalo.person("Ba Tu")
        await resident.says(f"/start c_{NENH}")
        await resident.hears(lambda seen: "Chào bà con" in seen.text)
        await set_broadcast(
            runtime, lambda _: None, title="Đề phòng cháy", text="Khóa van ga. " * 300, at="now", units=[NENH],
            groups=[], picture=None, skip_when_late=False, now=town.clock.now(),
        )  # fmt: skip
        assert town.app.clockwork is not None
        await town.app.clockwork.catch_up()
        await town.settled()
        used = await runtime.database.read(lambda db: db.execute(select(sending_count.c.used)).scalar_one())
        assert used == len(resident.inbox) == 3, "the welcome, and a text of 3,900 characters in two"


async def test_a_broadcast_tells_before_its_launch_whom_it_reaches_and_at_what_price(town: Town) -> None:
    people = [town.zalo.person(f"Người {number}") for number in range(3)]
    for days, person in zip((0, 3, 5), people, strict=True):
        await person.says(f"/start c_{NENH}")
        await person.hears(lambda seen: "Chào bà con" in seen.text)
        await town.settled()
        town.clock.move(timedelta(days=days))
    # eight days, eight days and five days ago; one more writes now
    late = town.zalo.person("Người cuối")
    await late.says(f"/start c_{NENH}")
    await late.hears(lambda seen: "Chào bà con" in seen.text)
    await town.settled()
    said: list[str] = []
    runtime = town.app.runtime
    now = town.clock.now()
    await set_broadcast(
        runtime, said.append, title="Đề phòng cháy", text="Khóa van ga.", at="now", units=[NENH], groups=[],
        picture=None, skip_when_late=False, preview=True, now=now,
    )  # fmt: skip
    assert said == ["zalo_oa: 1 free, 1 paid, 2 not deliverable"]
    assert await town.count(outbox.c.reason.like("campaign:%")) == 0, "a preview launches nothing"


async def test_the_last_tenth_of_a_months_messages_is_reserved_for_alerts_and_answers(key: str, tmp_path: Path) -> None:
    async with running(key, tmp_path, zalo_oa_monthly_limit=20) as town:
        operator = await town.officer(Role.OPERATOR)
        resident = town.zalo.person("Ba Tu")
        for number in range(1, 17):
            await resident.says(f"/start c_{NENH}")
            await resident.hears(lambda _, n=number: len(resident.inbox) == n)  # type: ignore[misc]
            await town.settled()
            town.clock.move(timedelta(minutes=1))
        await town.reads(operator, lambda page: "đã dùng 16/20 tin của tháng này" in page)
        runtime = town.app.runtime
        used = await runtime.database.read(lambda db: db.execute(select(sending_count.c.used)).scalar_one())
        assert used == 16
        for number in range(17, 19):
            await resident.says(f"/start c_{NENH}")
            await resident.hears(lambda _, n=number: len(resident.inbox) == n)  # type: ignore[misc]
            await town.settled()
            town.clock.move(timedelta(minutes=1))
        now = town.clock.now()
        await set_broadcast(
            runtime, lambda _: None, title="Đề phòng cháy", text="Khóa van ga.", at="now", units=[NENH], groups=[],
            picture=None, skip_when_late=False, now=now,
        )  # fmt: skip
        if town.app.clockwork is not None:
            await town.app.clockwork.catch_up()
        await town.settled()
        assert await town.count(outbox.c.reason.like("campaign:%"), outbox.c.error == "QuotaUsedUp") == 1
        said: list[str] = []
        await list_broadcasts(runtime, said.append)
        assert "0 sent, 0 waiting, 0 moved to another app, 1 not deliverable" in said[0]
        await resident.says("cháy nhà số 9 tổ dân phố Ninh Khánh phường Nếnh, lửa đang lan!!!")
        await resident.hears(lambda seen: "GỌI NGAY 114" in seen.text)
