"""A channel is a folder: one that is dropped beside the others is found, set, served, examined and named, and nothing
other code was changed. An incomplete channel does not start."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import bot
import locales
from bot.app.app import ROLES, App
from bot.app.build import build_runtime
from bot.app.channels import WrongChannel, channels
from bot.app.clock import Clock
from bot.app.settings import known_settings, read_settings
from bot.app.start import assemble
from bot.cli.invites import make_invite
from core.access import Role
from core.channels import channel_name
from core.messages import Language
from locales import words
from storage import listing
from tests.doubles.loopback import Loopback
from tests.operator.conftest import NENH, Operator, operator
from tests.patience import patience

HERE = Path(__file__).parent
ADDED, ADDED_WORDS = HERE / "added", HERE / "added_words"
TOKEN = "a-token-of-the-story"

__all__ = ["operator"]


def forget() -> None:
    """What was found and read once is found and read anew."""
    for kept in (channels, words._bundle, words._label):
        kept.cache_clear()
    for name in [name for name in sys.modules if name.startswith(("bot.tiny", "bot.half"))]:
        del sys.modules[name]


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tiny's folder lies beside the others, and its words beside the others."""
    monkeypatch.setattr(bot, "__path__", [*bot.__path__, str(ADDED)])
    monkeypatch.setattr(locales, "__path__", [*locales.__path__, str(ADDED_WORDS)])
    forget()
    yield
    monkeypatch.undo()
    forget()


@dataclass
class TinyTown:
    """The running application, Tiny's servers, and what its people received."""

    app: App
    url: str
    came: dict[str, list[str]] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def send(self, request: Request) -> Response:
        """What Tiny's servers do with a message of ours."""
        assert request.headers["authorization"] == TOKEN
        message = await request.json()
        async with self.changed:
            self.came.setdefault(message["to"], []).append(message["text"])
            self.changed.notify_all()
        return JSONResponse({})

    async def says(self, who: str, text: str, *, number: str, token: str = TOKEN) -> int:
        """Somebody writes in Tiny; the status of our answer to its servers."""
        async with httpx.AsyncClient(base_url=self.url) as tiny:
            body = {"id": number, "from": who, "text": text}
            return (await tiny.post("/webhook/tiny", json=body, headers={"authorization": token})).status_code

    async def hears(self, who: str, part: str) -> str:
        """What somebody is told that holds these words."""
        async with patience(), self.changed:
            while True:
                for text in self.came.get(who, []):
                    if part in text:
                        return text
                await self.changed.wait()


@pytest.fixture
async def town(added: None, key: str, tmp_path: Path) -> AsyncIterator[TinyTown]:
    """Settings that name Tiny."""
    async with AsyncExitStack() as stack:
        town: list[TinyTown] = []

        async def send(request: Request) -> Response:
            return await town[0].send(request)

        tiny = await stack.enter_async_context(Loopback(Starlette(routes=[Route("/send", send, methods=["POST"])])))
        settings = read_settings(
            _env_file=None, data_dir=tmp_path, secret_key=key, commune=NENH, tiny_api=tiny.url, tiny_token=TOKEN
        )
        runtime = await build_runtime(settings)
        stack.push_async_callback(runtime.close)
        app = assemble(runtime, Clock(), ROLES)
        served = await stack.enter_async_context(Loopback(app.asgi()))
        town.append(TinyTown(app, served.url))
        await stack.enter_async_context(app.running())
        app.start_channels()
        yield town[0]


async def test_a_resident_files_a_tip_there_gets_a_receipt_and_answers_it_by_number(town: TinyTown) -> None:
    assert await town.says("lan", "Cháy nhà ở tổ 4 phường Nếnh, có người bên trong", number="m1") == 200
    receipt = await town.hears("lan", "TB-")
    assert receipt.index("114") < receipt.index("TB-")
    assert "\n1. " in receipt and "\n3. " in receipt and "\n4. " not in receipt
    assert await town.says("lan", "Cháy nhà ở tổ 4 phường Nếnh, có người bên trong", number="m1") == 200
    assert await town.says("lan", "0", number="m2") == 200
    await town.hears("lan", "TB-")
    runtime = town.app.runtime
    ((_, tip),) = await runtime.database.read(lambda db: listing.listed(db, runtime.context.vault, 0, 10))
    assert (tip["channel"], tip["message_key"], tip["urgency"]) == ("tiny", "m1", "emergency")


async def test_nobody_else_gets_in_and_what_cannot_be_read_is_kept(town: TinyTown) -> None:
    assert await town.says("thief", "x", number="m1", token="another") == 401
    assert await town.says("", "x", number="m2") == 200
    counted = await town.app.database.read(lambda db: db.exec_driver_sql("SELECT channel, state FROM inbox").all())
    assert [tuple(row) for row in counted] == [("tiny", "broken")]


async def test_its_link_stands_with_every_invite(town: TinyTown) -> None:
    told: list[str] = []
    assert await make_invite(town.app.runtime, Role.OFFICER, "", "", told.append) == 0
    assert f"https://tiny.example/?start={told[0]}" in told


def test_its_settings_are_known_its_command_is_there_and_the_doctor_asks_it(added: None, operator: Operator) -> None:
    operator.sets(TINBAO_TINY_API="http://127.0.0.1:9", TINBAO_TINY_TOKEN=TOKEN)
    assert {"tiny_api", "tiny_token"} <= set(known_settings())
    operator.does("migrate")
    assert operator.does("tiny", "hello") == "Tiny lives at http://127.0.0.1:9\n"
    told = operator.types("doctor").out
    assert "ok    Tiny is set up: http://127.0.0.1:9" in told
    assert "is no setting" not in told
    operator.sets(TINBAO_TELEGRAM_TOKEN=TOKEN)
    assert "WRONG TINBAO_TINY_TOKEN and TINBAO_TELEGRAM_TOKEN are the same" in operator.types("doctor").out
    operator.sets(TINBAO_TINY_API="nonsense")
    assert "TINBAO_TINY_API: must begin with http" in operator.fails("doctor")


def test_people_read_its_name_in_their_own_language(added: None) -> None:
    channels()
    assert words.render(channel_name("tiny"), Language.VI) == "Tiny của chúng mình"
    assert words.render(channel_name("tiny"), Language.EN) == "our Tiny"


WHOLE = """
from core.channels import Capabilities
from core.messages import Channel
from bot.channel.folder import ChannelFolder

class Half(ChannelFolder):
    name = Channel("half")
    capabilities = Capabilities()
    def wanted(self, settings): return False
    def join(self, host): raise NotImplementedError

FOLDER = Half()
"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (WHOLE, "locales/vi: there is no sentence channel-half, what people call bot/half"),
        (WHOLE.replace("    capabilities = Capabilities()\n", ""), "`capabilities` is missing"),
        (WHOLE.replace('Channel("half")', 'Channel("other")'), "the channel's name must be the folder's, 'half'"),
        (WHOLE.replace("FOLDER =", "folder ="), "FOLDER is missing"),
        (WHOLE.replace("    def wanted(self, settings): return False\n", ""), "wanted"),
    ],
)
def test_a_channel_that_is_not_whole_does_not_start_and_tells_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, told: str
) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "__init__.py").touch()
    (tmp_path / "half" / "connect.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(bot, "__path__", [*bot.__path__, str(tmp_path)])
    forget()
    try:
        with pytest.raises(WrongChannel, match=told):
            read_settings(_env_file=None)
    finally:
        monkeypatch.undo()
        forget()
