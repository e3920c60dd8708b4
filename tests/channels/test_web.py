"""The web chat without its script: the same promises as on other channels, and what an attacker cannot do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.web import CHANNEL as WEB
from bot.web.session import chat_of
from core.bounded_dict import BoundedDict
from core.ids import InboxId
from core.messages import ChatId, Inbound, SenderId
from storage import inbox, listing
from tests.channels.web_town import WebPerson, WebTown, web_town
from tests.patience import PATIENCE_S, patience
from tests.pictures import jpeg

FIRE = "cháy nhà rồi bà con ơi, ở tổ 5 phường Nếnh!!!"


@pytest.fixture
async def town(database_url: str, key: str, tmp_path: Path) -> AsyncIterator[WebTown]:
    """The whole system with the web chat."""
    async with web_town(database_url, key, tmp_path) as here:
        yield here


async def tips(town: WebTown) -> list[listing.TipInList]:
    page = await town.runtime.database.read(lambda db: listing.listed(db, town.runtime.context.vault, 0, 1000))
    return [tip for _, tip in page]


async def test_a_resident_reports_and_the_officer_answers_all_in_the_browser(town: WebTown) -> None:
    officer, resident = await town.police(), await town.person()
    await resident.says(FIRE)
    assert "GỌI NGAY 114" in await resident.page()
    assert FIRE in await officer.page()
    await officer.presses("Tôi nhận việc này")
    assert "Công an đã nhận việc" in await resident.page()
    await officer.presses("Hỏi người báo")
    await officer.says("Có ai trong nhà không?")
    assert "Có ai trong nhà không?" in await resident.page()
    await resident.says("không có ai")
    assert "không có ai" in await officer.page()
    await officer.presses("Kết thúc")
    await officer.presses("Đã giải quyết")
    assert "giải quyết xong" in await resident.page()
    assert [(tip["channel"], tip["state"]) for tip in await tips(town)] == [("web", "closed")]


async def test_a_double_tap_is_one_message(town: WebTown) -> None:
    resident = await town.person()
    await resident.page()
    await asyncio.gather(*(resident.says(FIRE, key="0123456789abcdef") for _ in range(4)))
    assert len(await tips(town)) == 1
    assert (await resident.page()).count("Đã nhận tin báo") == 1


async def test_a_photo_is_taken_in_and_shown_to_the_officer_only(town: WebTown) -> None:
    officer, resident = await town.police(), await town.person()
    await resident.uploads(jpeg(gps=True), "a.jpg", FIRE)

    async def picture() -> str:
        event = town.chats.watch((await town.chats.who(chat_of_last(officer)))[0])
        async with patience():
            while "/chat/media/" not in (page := await officer.page()):
                event.clear()
                await event.wait()
        return page.split('src="/chat/media/')[1].split('"')[0]

    number = await picture()
    shown = await officer.client.get(f"/chat/media/{number}")
    assert shown.status_code == 200 and b"Exif" not in shown.content
    assert "sandbox" in shown.headers["content-security-policy"]
    assert (await resident.client.get(f"/chat/media/{number}")).status_code == 404
    stranger = await town.person()
    await stranger.says("xin chào")
    assert (await stranger.client.get(f"/chat/media/{number}")).status_code == 404


def chat_of_last(person: WebPerson) -> ChatId:

    return chat_of(person.client.cookies["tinbao"])


async def test_a_forbidden_or_huge_file_is_refused_in_words_with_the_number_to_call(town: WebTown) -> None:
    resident = await town.person()
    answer = await resident.uploads(b"MZ this is a program", "a.exe", FIRE)
    assert answer.status_code == 415 and "JPEG" in answer.text and "113" in answer.text
    answer = await resident.uploads(b"\xff\xd8\xff" + b"x" * (23 * 1024 * 1024), "a.jpg")
    assert answer.status_code == 413 and "20 MB" in answer.text
    assert await tips(town) == []


async def test_another_site_cannot_send_a_form(town: WebTown) -> None:
    resident = await town.person()
    await resident.page()
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        answer = await resident.client.post("/chat/say", data={"text": FIRE, "key": "0123456789"}, headers=headers)
        assert answer.status_code == 403
    answer = await resident.client.post("/chat/say", data={"text": FIRE, "key": "0123456789", "token": "x"})
    assert answer.status_code == 403
    assert await tips(town) == []


async def test_the_page_asks_nobody_else_for_anything_and_keeps_nothing(town: WebTown) -> None:
    resident = await town.person()
    answer = await resident.client.get("/chat")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store" and answer.headers["referrer-policy"] == "same-origin"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert "http://" not in answer.text.replace("http://www.w3.org", "") and "https://" not in answer.text
    script = (await resident.client.get("/chat/static/chat.js")).text
    assert "localStorage" not in script and "sessionStorage" not in script and "indexedDB" not in script


async def test_a_database_reader_cannot_make_the_cookie(town: WebTown) -> None:
    resident = await town.person()
    await resident.says(FIRE)
    session = resident.client.cookies["tinbao"]
    dump = await town.runtime.database.read(
        lambda db: [str(row) for row in db.exec_driver_sql("SELECT * FROM contact").all()]
    )
    assert session not in " ".join(dump)


async def test_words_are_shown_as_words_and_never_as_a_page(town: WebTown) -> None:
    officer, resident = await town.police(), await town.person()
    await resident.says(FIRE + "<script>alert(1)</script>")
    for page in (await resident.page(), await officer.page()):
        assert "<script>alert" not in page and "&lt;script&gt;" in page


async def test_a_chat_that_is_deleted_is_empty_and_the_tip_stays(town: WebTown) -> None:
    officer, resident = await town.police(), await town.person()
    await resident.says(FIRE)
    token = (await resident.page()).split('name="token" value="')[1].split('"')[0]
    await resident.client.post("/chat/forget", data={"token": token}, follow_redirects=True)
    assert FIRE not in await resident.page()
    assert FIRE in await officer.page() and len(await tips(town)) == 1


async def test_who_asks_too_fast_is_told_whom_to_call(town: WebTown) -> None:
    resident = await town.person()
    await resident.page()
    now = 0.0
    for limit in (town.pages._by_session, town.pages._by_address):
        limit.seconds, limit._buckets = (lambda: now), BoundedDict(10)
    answers = [await resident.says("xin chào", key=f"message-{number:04}") for number in range(32)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429] * 2
    assert "113" in answers[-1].text
    now += 1
    assert (await resident.says("xin chào")).status_code == 200, "a second later one more is let in"


async def test_lines_come_by_themselves_while_the_page_is_open(town: WebTown) -> None:
    resident = await town.person()
    await resident.says("xin chào")
    async with patience(), resident.client.stream("GET", "/chat/stream") as stream:
        lines = stream.aiter_lines()
        while "Cứ nhắn như nói chuyện" not in await anext(lines):
            continue
        await town.app.hear(await said(town, resident, FIRE))
        while "GỌI NGAY 114" not in await anext(lines):
            continue


async def said(town: WebTown, person: WebPerson, text: str) -> Inbound:

    chat = chat_of(person.client.cookies["tinbao"])
    return Inbound(
        channel=WEB,
        sender=SenderId(chat),
        chat=chat,
        message_key="later-1",
        sent_at=town.clock.now(),
        text=text,
    )


async def test_health_and_metrics_name_nobody(town: WebTown) -> None:
    resident = await town.person()
    await resident.says(FIRE)
    async with httpx.AsyncClient(base_url=town.served.url, timeout=PATIENCE_S) as client:
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get("/health/ready")).json() == {"ready": True}
        metrics = (await client.get("/metrics")).text
        assert "tinbao_heard_total" in metrics and "Nếnh" not in metrics
        assert 'tinbao_outbox_waiting{channel="web"}' in metrics
        assert "tinbao_inbox_failed 0.0" in metrics
        await town.runtime.database.write(lambda db: inbox.mark(db, InboxId(1), inbox.FAILED))
        assert "tinbao_inbox_failed 1.0" in (await client.get("/metrics")).text
