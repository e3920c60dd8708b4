"""Failures of the web chat: no words are lost, and every error page has the numbers to call."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from bot.intake.fetcher import Fetcher
from bot.web.streams import STREAMS_EACH
from storage import listing
from storage.tables import attachment, outbox
from tests.channels.web_town import WebPerson, WebTown, web_town
from tests.patience import PATIENCE_S, patience
from tests.pictures import jpeg

FIRE = "cháy nhà rồi bà con ơi, ở tổ 5 phường Nếnh!!!"
THEFT = "đêm qua bị trộm mất xe máy ở tổ dân phố Ninh Khánh, phường Nếnh"
CSS = Path(__file__).parents[2] / "bot" / "web" / "static" / "chat.css"
PROGRAM = b"MZ this is a program"


@pytest.fixture
async def town(key: str, tmp_path: Path) -> AsyncIterator[WebTown]:
    """The whole system with the web chat; what is told here does not depend on the database."""
    async with web_town(f"sqlite:///{tmp_path / 'tinbao.db'}", key, tmp_path) as here:
        yield here


async def tips(town: WebTown) -> list[listing.TipInList]:
    page = await town.runtime.database.read(lambda db: listing.listed(db, town.runtime.context.vault, 0, 1000))
    return [tip for _, tip in page]


def files(folder: Path) -> list[Path]:
    """All files in the media store."""
    return [path for path in (folder / "media").rglob("*") if path.is_file()]


@contextlib.contextmanager
def database_away(folder: Path) -> Iterator[None]:
    """Make the database unavailable inside the block."""
    with contextlib.closing(sqlite3.connect(folder / "tinbao.db", timeout=10)) as db:
        db.execute("ALTER TABLE contact RENAME TO contact_away")
        yield
        db.execute("ALTER TABLE contact_away RENAME TO contact")


async def test_a_browser_that_hides_its_origin_is_checked_by_the_form_token_alone(town: WebTown) -> None:
    resident = await town.person({"origin": "null"})
    assert (await resident.says(FIRE)).status_code == 200
    assert len(await tips(town)) == 1
    for wrong in ({"sec-fetch-site": "cross-site"}, {"token": "é"}):
        data = await resident.form() | {"text": THEFT} | wrong
        answer = await resident.client.post(
            "/chat/say", data=data, headers={k: v for k, v in wrong.items() if "-" in k}
        )
        assert answer.status_code == 403
    assert len(await tips(town)) == 1


async def test_a_fifth_open_page_closes_the_oldest_and_one_that_is_shut_frees_its_place(town: WebTown) -> None:
    resident, pages = await town.person(), town.pages.streams
    await resident.says("xin chào")
    async with contextlib.AsyncExitStack() as stack, contextlib.AsyncExitStack() as others:
        first = await stack.enter_async_context(resident.client.stream("GET", "/chat/stream"))
        lines = first.aiter_lines()
        await anext(lines)
        readers = []
        for _ in range(STREAMS_EACH):
            opened = await others.enter_async_context(resident.client.stream("GET", "/chat/stream"))
            assert opened.status_code == 200
            readers.append(opened.aiter_lines())
            await anext(readers[-1])
        rest = [line async for line in lines]
        assert "event: enough" in rest, "it is told, and comes to its end"
        assert pages.count() == STREAMS_EACH
        await others.aclose()
        async with patience():
            while pages.count():
                await resident.page()


async def stored(town: WebTown, person: WebPerson, count: int) -> None:
    """Wait until `count` attachments are in the media store and none waits."""
    rows: list[tuple[str, int]] = []
    async with patience():
        while rows != [("stored", count)] or len(files(town.folder)) != count:
            await person.page()
            found = await town.runtime.database.read(
                lambda db: db.exec_driver_sql("SELECT state, count(*) FROM attachment GROUP BY state").all()
            )
            rows = [(row[0], row[1]) for row in found]


async def test_an_upload_leaves_one_file_however_often_it_is_sent(town: WebTown) -> None:
    resident = await town.person()
    for _ in range(2):
        answer = await resident.uploads(jpeg(), "a.jpg", THEFT, key="0123456789abcdef")
        assert answer.status_code == 200
        await stored(town, resident, 1)
    await resident.uploads(jpeg(), "b.jpg", "ảnh nữa")
    await stored(town, resident, 2)
    assert len(await tips(town)) == 1


async def test_a_file_whose_message_was_never_stored_is_swept_away_and_no_other(town: WebTown) -> None:
    resident, runtime = await town.person(), town.runtime
    await resident.uploads(jpeg(), "a.jpg", THEFT)
    await stored(town, resident, 1)
    source = await runtime.database.read(lambda db: db.execute(select(attachment.c.sealed_source)).scalar_one())
    late = {"state": "waiting", "file": "", "ready_at": town.app.clock.now() + timedelta(days=9)}
    await resident.uploads(jpeg(), "b.jpg", "ảnh nữa")
    await stored(town, resident, 2)
    await runtime.database.write(lambda db: db.execute(update(attachment).where(attachment.c.id == 1).values(late)))
    (still,) = await runtime.database.read(
        lambda db: db.execute(select(attachment.c.file).where(attachment.c.id == 2)).one()
    )
    waits = runtime.media_store.put(jpeg(), "image/jpeg", name=json.loads(runtime.context.vault.open(source))["ref"])
    runtime.media_store.put(jpeg(), "image/jpeg")
    fetcher = Fetcher(town.app.ports, runtime.database, runtime.context, runtime.media_store, town.app.clock.now)
    assert await fetcher.sweep() == 0, "it may still get its message"
    assert await fetcher.sweep(after_s=-1) == 2, "one without a message, and the copy of the one that waits again"
    assert {path.name for path in files(town.folder)} == {still, waits.file}


@pytest.mark.parametrize("words", [["a-key-of-an-older-version", {}], ["card-code", {}]])
async def test_a_line_that_we_cannot_put_into_words_any_more_does_not_take_the_page_with_it(
    town: WebTown, words: list[object]
) -> None:
    resident, vault = await town.person(), town.runtime.context.vault
    await resident.says("chào các anh công an")
    old = update(outbox).where(outbox.c.id == 1).values(sealed_reply=vault.seal_json({"lines": [words]}))
    await town.runtime.database.write(lambda db: db.execute(old))
    await resident.says(FIRE)
    page = await resident.page()
    assert "chào các anh công an" in page and "Đã nhận tin báo" in page


async def test_an_officer_who_closes_their_chat_hands_on_what_only_they_had(town: WebTown) -> None:
    officer, desk, resident = await town.police(), await town.police("24"), await town.person()
    await resident.says(FIRE)
    assert FIRE in await officer.page() and FIRE not in await desk.page()
    token = (await officer.form())["token"]
    await officer.client.post("/chat/forget", data={"token": token}, follow_redirects=True)
    assert FIRE in await desk.page() and FIRE not in await officer.page()


async def test_several_files_of_one_form_are_one_tip_and_each_is_shown_as_what_it_is(town: WebTown) -> None:
    officer, resident = await town.police(), await town.person()
    given = [("a.jpg", jpeg()), ("b.ogg", b"OggS" + bytes(200)), ("c.mp4", b"\0\0\0\x18ftypisom" + bytes(200))]
    await resident.uploads_all([*given, ("d.pdf", b"%PDF-1.7" + bytes(200))], THEFT)
    await stored(town, resident, 4)
    page = await officer.page()
    assert [tip["media"] for tip in await tips(town)] == [4]
    for shown in ("<img ", "<audio controls", "<video controls", "📄 Mở tệp"):
        assert page.count(shown) == 1


async def test_one_forbidden_file_among_good_ones_leaves_nothing_behind(town: WebTown) -> None:
    resident = await town.person()
    answer = await resident.uploads_all([("a.jpg", jpeg()), ("b.exe", PROGRAM)], THEFT)
    assert answer.status_code == 415
    assert files(town.folder) == [] and await tips(town) == []


async def test_while_the_database_is_away_words_are_given_back_with_the_numbers_and_sent_once_later(
    town: WebTown,
) -> None:
    resident = await town.person()
    await resident.says("xin chào")
    data = await resident.form() | {"text": FIRE + " <b>nhanh lên</b>"}
    with database_away(town.folder):
        for path in ("/chat", "/chat/stream", "/chat/media/1"):
            answer = await resident.client.get(path)
            assert answer.status_code == 503 and 'href="tel:114"' in answer.text
        answer = await resident.client.post("/chat/say", data=data)
        told = await resident.client.post("/chat/say", data=data, headers={"accept": "application/json"})
    assert answer.status_code == 503 and 'href="tel:114"' in answer.text
    assert told.status_code == 503 and "113" in told.json()["say"]
    kept = re.search(r"<textarea[^>]*>([^<]*)</textarea>", answer.text)
    key = re.search(r'name="key" value="([^"]+)"', answer.text)
    assert kept and key and unescape(kept[1]) == data["text"] and key[1] == data["key"]
    for _ in range(2):
        await resident.client.post("/chat/say", data=data | {"text": unescape(kept[1])})
    assert [tip["text"] for tip in await tips(town)] == [data["text"]]


async def test_a_session_that_ran_out_does_not_take_the_words_with_it(town: WebTown) -> None:
    resident = await town.person()
    data = await resident.form() | {"text": FIRE}
    resident.client.cookies.clear()
    answer = await resident.client.post("/chat/say", data=data)
    assert answer.status_code == 403 and FIRE in answer.text
    token = re.search(r'name="token" value="([^"]+)"', answer.text)
    assert token
    await resident.client.post("/chat/say", data=data | {"token": token[1]})
    assert len(await tips(town)) == 1


@pytest.mark.parametrize("after", ["²1.2", "1.²", "9" * 39, "1.2.3", "-1.2", "9" * 17 + "." + "9" * 17])
async def test_an_invalid_cursor_starts_from_the_beginning(town: WebTown, after: str) -> None:
    resident = await town.person()
    await resident.says("xin chào")
    async with resident.client.stream("GET", "/chat/stream", params={"after": after}) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("place", ["[" * 100_000, "[" * 150, "[1e999,0,0]", "[NaN,0,0]", "{}", "[1,2]", "x"])
async def test_an_invalid_place_is_refused_in_words(town: WebTown, place: str) -> None:
    resident = await town.person()
    answer = await resident.says(place=place)
    assert answer.status_code == 403 and "tel:113" in answer.text


async def test_too_many_files_and_too_many_words_are_refused_in_words_and_nothing_is_cut(town: WebTown) -> None:
    resident = await town.person()
    answer = await resident.uploads_all([(f"{n}.jpg", jpeg()) for n in range(11)], THEFT)
    assert answer.status_code == 413 and "10 tệp" in answer.text
    long = "a" * 3999 + "\r\n" + "b"
    answer = await resident.says(long)
    assert answer.status_code == 413 and "4000 chữ" in answer.text and "a" * 3999 in answer.text
    assert (await resident.says("a" * 2_000_000)).status_code == 413
    assert await tips(town) == []
    fits = THEFT + "\r\n" + "a" * (4000 - len(THEFT) - 1)
    assert (await resident.says(fits)).status_code == 200
    assert [tip["text"] for tip in await tips(town)] == [fits.replace("\r\n", "\n")]


@pytest.mark.parametrize("pressed", ["button", "start", "language"])
async def test_without_the_script_a_button_leaves_the_box_alone(town: WebTown, pressed: str) -> None:
    resident = await town.person()
    await resident.says(THEFT)
    buttons = re.findall(r'name="button" value="([^"]+)"', await resident.page())
    value = {"button": buttons[0], "start": "/start c_07795", "language": "en"}[pressed]
    answer = await resident.says("xe màu đ", **{pressed: value})
    box = re.search(r"<textarea[^>]*>([^<]*)</textarea>", answer.text)
    assert answer.status_code == 200 and box and unescape(box[1]) == "xe màu đ"
    assert (await tips(town))[0]["text"] == THEFT, "half a sentence is not sent"
    assert "xe màu đ" not in (await resident.page()).split("</ol>")[0]


async def test_a_new_visitors_language_stays_and_its_command_is_not_shown(town: WebTown) -> None:
    resident = await town.person()
    page = await resident.page("?lang=en")
    action = re.search(r'action="(/chat/say[^"]*)"', page)
    assert action and "Write here" in page
    form = await resident.form("?lang=en")
    await resident.client.post(unescape(action[1]), data=form | {"text": FIRE})
    assert "CALL 114 NOW" in await resident.page()
    await resident.says(language="vi")
    page = await resident.page()
    assert "Viết tin ở đây" in page and "/language" not in page


async def test_static_files_are_kept_by_the_browser_until_they_change(town: WebTown) -> None:
    resident = await town.person()
    found = re.findall(r'(?:href|src)="(/chat/static/[^"]+)"', await resident.page())
    assert len(found) == 3
    for address in found:
        assert (await resident.client.get(address)).headers["cache-control"].endswith("immutable")
        other = await resident.client.get(address.split("?")[0])
        assert other.status_code == 200 and other.headers["cache-control"] == "no-store"


async def test_who_sends_too_fast_is_told_how_long_to_wait_and_keeps_their_words(town: WebTown) -> None:
    resident = await town.person()
    data = await resident.form() | {"text": THEFT}
    answers = [await resident.client.post("/chat/say", data=data) for _ in range(40)]
    late = next(answer for answer in answers if answer.status_code == 429)
    assert late.headers["retry-after"].isdigit() and THEFT in late.text and 'href="tel:113"' in late.text


async def test_a_posters_link_to_the_root_page_keeps_its_commune(town: WebTown) -> None:
    resident = await town.person()
    answer = await resident.client.get("/?c=07795&lang=en")
    assert answer.headers["location"] == "/chat?c=07795&lang=en"


async def test_a_receipts_code_is_not_broken_over_two_lines(town: WebTown) -> None:
    resident = await town.person()
    await resident.says(THEFT)
    code = (await tips(town))[0]["code"]
    assert f'<span class="code">{code}</span>' in await resident.page()


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1])
def test_words_and_the_focus_ring_can_be_told_from_what_they_stand_on(theme: int) -> None:
    css = CSS.read_text(encoding="utf-8")
    rings = re.findall(r"outline(?:-color)?: (?:3px solid )?var\(--([a-z-]+)\)", css)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", re.findall(r":root {([^}]*)}", css)[theme]))
    assert rings == ["ink", "bar-ink", "ink"]

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((_light(colours[one]), _light(colours[other])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for words, ground in (("ink", "paper"), ("ink", "page"), ("ink", "mine"), ("soft", "paper"), ("soft", "mine")):
        assert contrast(words, ground) >= 4.5, (words, ground)
    for words, ground in (
        ("green", "paper"),
        ("green-ink", "green"),
        ("bar-ink", "bar"),
        ("red", "mine"),
        ("red", "paper"),
    ):
        assert contrast(words, ground) >= 4.5, (words, ground)
    assert contrast("green", "page") >= 3


async def test_no_path_of_the_chat_answers_without_words(town: WebTown) -> None:
    async with httpx.AsyncClient(base_url=town.served.url, timeout=PATIENCE_S) as client:
        assert (await client.get("/chat/say")).headers["location"] == "/chat"
        for body in (b"", b"--x", b"--x\r\n\r\n"):
            answer = await client.post(
                "/chat/say", content=body, headers={"content-type": "multipart/form-data; boundary=x"}
            )
            assert answer.status_code in (403, 413) and "tel:113" in answer.text
