"""The double is checked with two independent clients: aiogram and python-telegram-bot."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from tests.channels.telegram_clients import AiogramClient, Client, PtbClient, Trouble
from tests.doubles.telegram import Fault, Person, TelegramDouble
from tests.patience import PATIENCE_S, patiently

PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture(params=[AiogramClient, PtbClient], ids=["aiogram", "ptb"])
async def client(
    request: pytest.FixtureRequest, telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the library's new way; it warns of the old one
    make: Callable[[str, str], Client] = request.param
    client = make(telegram.url, telegram.token)
    await client.start()
    yield client
    await client.stop()


async def test_it_says_who_the_bot_is(client: Client, telegram: TelegramDouble) -> None:
    assert await client.name() == telegram.username


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_words_photos_places_and_files_reach_the_bot(
    client: Client, telegram: TelegramDouble, lan: Person, way: str
) -> None:
    await client.listen(way)

    lan.starts("c_00001")
    lan.says("Có cháy ở đầu ngõ")
    lan.sends_photo(PICTURE, caption="ảnh đây", album="a1")
    lan.sends_voice(b"OggS....")
    lan.sends_video(b"....ftypmp42", album="a1")
    lan.sends_file(b"%PDF-1.7", name="don.pdf")
    lan.sends_sticker("👍")
    lan.shares_place(10.5, 106.25, accuracy_m=12)
    lan.shares_place(10.5, 106.25, title="Nhà văn hoá")
    lan.shares_contact("+84000000000")
    await telegram.all_taken()

    heard = await client.has_heard(10, telegram)
    assert [kind for kind, _ in heard] == [
        "text", "text", "photo", "voice", "video", "document", "sticker", "location", "venue", "contact",
    ]  # fmt: skip
    assert heard[0][1] == "/start c_00001"
    assert heard[7][1] == "10.5 106.25"
    assert await client.download(heard[2][1]) == PICTURE
    assert await client.download(heard[5][1]) == b"%PDF-1.7"


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_corrections_and_live_places_arrive_as_edits(
    client: Client, telegram: TelegramDouble, lan: Person, way: str
) -> None:
    await client.listen(way)
    said = lan.says("Chay nha")
    lan.edits(said, "Cháy nhà")
    walk = lan.shares_live_place(10.5, 106.5)
    lan.moves_to(walk, 10.75, 106.5)
    heard = await client.has_heard(4, telegram)
    assert heard == [
        ("text", "Chay nha"), ("edit", "Cháy nhà"), ("location", "10.5 106.5"), ("edit", "10.75 106.5")
    ]  # fmt: skip


async def test_being_blocked_and_let_in_again_is_told(client: Client, telegram: TelegramDouble, lan: Person) -> None:
    await client.listen("polling")
    lan.blocks()
    with pytest.raises(Trouble, match="forbidden"):
        await client.send_text(lan.id, "nghe không?")
    lan.unblocks()
    assert await client.send_text(lan.id, "nghe không?")
    assert await client.has_heard(2, telegram) == [("member", "kicked"), ("member", "member")]


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(
    client: Client, telegram: TelegramDouble, lan: Person
) -> None:
    await client.listen("polling")
    group = telegram.group("Tổ tự quản số 3", [lan])
    number = await client.send_text(group.id, "Chào cả tổ")
    lan.says("Chiều nay họp nhé", at=group)
    lan.says("/thang@other_bot", at=group)
    lan.says(f"/thang@{telegram.username}", at=group)
    lan.says("Vâng", at=group, answering=group.chat.sent[number])
    lan.removes_bot(group)
    with pytest.raises(Trouble, match="forbidden"):
        await client.send_text(group.id, "còn ai không")
    heard = await client.has_heard(3, telegram)
    assert heard == [("text", f"/thang@{telegram.username}"), ("text", "Vâng"), ("member", "kicked")]


async def test_a_group_that_moves_tells_its_new_id(client: Client, telegram: TelegramDouble, lan: Person) -> None:
    await client.listen("polling")
    group = telegram.group("Tổ tự quản số 4", [lan], supergroup=False)
    old = group.id
    new = group.becomes_supergroup(by=lan)
    with pytest.raises(Trouble, match=f"moved {new}"):
        await client.send_text(old, "còn đây không")
    assert await client.send_text(new, "còn đây không")
    assert (await client.has_heard(2, telegram))[0] == ("moved", str(new))


async def test_sent_things_arrive_whole(client: Client, telegram: TelegramDouble, lan: Person) -> None:
    await client.send_text(lan.id, "Bác chọn đi", [("Có", "t:1:yes"), ("Không", "t:1:no")])
    await client.send_photo(lan.id, PICTURE, "hiện trường")
    await client.send_place(lan.id, 10.5, 106.5)
    await client.send_album(lan.id, [PICTURE, PICTURE + b"2"])

    words, photo, pin, first, second = lan.inbox
    assert words.rows == [[("Có", "t:1:yes"), ("Không", "t:1:no")]]
    assert photo.upload is not None
    assert (photo.text, photo.upload.data) == ("hiện trường", PICTURE)
    assert pin.place == (10.5, 106.5)
    assert first.album == second.album != ""


async def test_edits_show_and_an_idle_one_is_refused(client: Client, lan: Person) -> None:
    number = await client.send_text(lan.id, "Chưa ai nhận", [("Nhận", "c:1")])
    await client.edit_text(lan.id, number, "Anh Ba đã nhận")
    (seen,) = lan.inbox
    assert (seen.text, seen.rows, seen.edits) == ("Anh Ba đã nhận", [], 1)
    with pytest.raises(Trouble, match="message is not modified"):
        await client.edit_text(lan.id, number, "Anh Ba đã nhận")
    with pytest.raises(Trouble, match="message to edit not found"):
        await client.edit_text(lan.id, number + 100, "gì đó")


async def test_a_press_is_answered_once_and_in_time(client: Client, telegram: TelegramDouble, lan: Person) -> None:
    await client.listen("polling")
    await client.send_text(lan.id, "Nhận việc?", [("Nhận", "c:1:take")])
    (card,) = lan.inbox
    press = lan.presses(card, "Nhận")
    heard = await client.has_heard(1, telegram)
    assert heard == [("press", "c:1:take")]
    await client.answer_press(press.id, "Đã nhận")
    assert await press.is_answered() == "Đã nhận"
    old = lan.presses(card, "c:1:take", too_old_to_show=True)
    old.expires()
    await client.has_heard(2, telegram)
    with pytest.raises(Trouble, match="query is too old"):
        await client.answer_press(old.id, "Đã nhận")


@pytest.mark.parametrize(
    ("text", "data", "why"),
    [
        ("", "x", "message text is empty"),
        ("😀" * 2049, "x", "message is too long"),
        ("chào", "ư" * 33, "button_data_invalid"),
    ],
)
async def test_limits_are_telegrams(client: Client, lan: Person, text: str, data: str, why: str) -> None:
    with pytest.raises(Trouble, match=why):
        await client.send_text(lan.id, text, [("Nút", data)])
    assert lan.inbox == []
    assert await client.send_text(lan.id, "😀" * 2048, [("Nút", "ư" * 32)])


async def test_a_bot_cannot_write_first_nor_to_an_unknown_chat(client: Client, telegram: TelegramDouble) -> None:
    stranger = telegram.person("Người lạ")
    with pytest.raises(Trouble, match="forbidden"):
        await client.send_text(stranger.id, "chào")
    with pytest.raises(Trouble, match="chat not found"):
        await client.send_text(99, "chào")


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault.too_fast(7), "too_fast 7"),
        (Fault.blocked(), "forbidden"),
        (Fault.no_chat(), "chat not found"),
        (Fault.moved(-1001), "moved -1001"),
        (Fault.unauthorized(), "unauthorized"),
        (Fault.server(500), "network"),
        (Fault.html(502), "network"),
        (Fault.broken_line(), "network"),
        (Fault.lost_answer(), "network"),
    ],
)
async def test_faults_look_like_telegrams(
    client: Client, telegram: TelegramDouble, lan: Person, fault: Fault, trouble: str
) -> None:
    telegram.fails("sendMessage", fault, chat=lan.id)
    with pytest.raises(Trouble, match=trouble):
        await client.send_text(lan.id, "một")
    assert len(lan.inbox) == (1 if fault.after else 0)
    await client.send_text(lan.id, "hai")
    assert lan.inbox[-1].text == "hai"


async def test_commands_are_kept_by_scope_and_language(client: Client, telegram: TelegramDouble) -> None:
    await client.set_commands([("trogiup", "Giúp tôi")], "vi")
    assert telegram.commands["all_private_chats", "vi"] == [{"command": "trogiup", "description": "Giúp tôi"}]


async def test_a_wrong_token_and_an_unknown_method_are_refused_in_telegrams_words(telegram: TelegramDouble) -> None:
    async with httpx.AsyncClient(base_url=telegram.url, trust_env=False, timeout=PATIENCE_S) as http:
        wrong = await http.get("/bot1:wrong/getMe")
        shapeless = await http.get("/botnonsense/getMe")
        unknown = await http.get(f"/bot{telegram.token}/makeCoffee")
        small = await http.get(f"/bot{telegram.token}/getme")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert (shapeless.status_code, shapeless.json()["description"]) == (404, "Not Found")
    assert (unknown.status_code, unknown.json()["description"]) == (404, "Not Found: method not found")
    assert small.json()["ok"]


async def test_it_can_be_played_from_another_process() -> None:
    program = (sys.executable, "-m", "tests.doubles.telegram")
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        served = json.loads(await patiently(process.stdout.readline()))
        async with httpx.AsyncClient(base_url=served["url"], trust_env=False, timeout=PATIENCE_S) as http:
            api = f"/bot{served['token']}"
            said = (await http.post("/double/Lan/says", json={"text": "Có cháy"})).json()
            await http.post("/double/Lan/sends_photo", json={"data": base64.b64encode(PICTURE).decode()})
            updates = (await http.get(f"{api}/getUpdates")).json()["result"]
            assert [update["message"].get("text") for update in updates] == ["Có cháy", None]
            await http.post("/double/fails", json={"method": "sendMessage", "kind": "too_fast", "with": [3]})
            words = {"chat_id": said["chat"]["id"], "text": "Đã nhận"}
            assert (await http.post(f"{api}/sendMessage", json=words)).status_code == 429
            await http.post(f"{api}/sendMessage", json=words)
            assert [seen["text"] for seen in (await http.get("/double/Lan/inbox")).json()] == ["Đã nhận"]
            assert (await http.get("/double/waiting")).json() == {"waiting": 2}
            assert (await http.get("/double/calls")).json()["sendmessage"] == 2
    finally:
        process.terminate()
        await patiently(process.wait())
    assert process.returncode == 0
