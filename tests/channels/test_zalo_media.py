"""Links to people's files: followed to Zalo's hosts only, never into our own network, never without end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from bot.channel import GoneMedia, TooLarge
from bot.zalo.links import fetch
from bot.zalo.settings import host_list
from tests.doubles.zalo_oa import Fault, ZaloOaDouble

HERE = ("127.0.0.1",)


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOaDouble]:
    async with ZaloOaDouble() as double:
        yield double


async def whole(url: str, hosts: tuple[str, ...] = HERE, limit: int = 1_000_000) -> bytes:
    return b"".join([chunk async for chunk in fetch(url, hosts, limit)])


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The answers of the name server in this test."""
    book: dict[str, str] = {}

    async def look_up(self: Any, host: str, port: int, **how: Any) -> list[Any]:
        if host not in book:
            raise OSError("no such name")
        return [(0, 0, 0, "", (address, port)) for address in book[host].split()]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", look_up)
    return book


async def test_a_file_is_fetched_whole(zalo: ZaloOaDouble) -> None:
    data = b"\xff\xd8\xff" + bytes(300_000)
    assert await whole(zalo.keep_file(data, ".jpg")) == data


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example.vn/a.jpg",
        "https://zdn.vn.example.com/a.jpg",
        "https://notzdn.vn/a.jpg",
        "http://f9.zdn.vn/a.jpg",
        "https://f9.zdn.vn:8443/a.jpg",
        "https://user@f9.zdn.vn/a.jpg",
        "https://f9.zdn.vn@evil.example.vn/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://[::1]/a.jpg",
        "file:///etc/passwd",
        "ftp://f9.zdn.vn/a",
        "https://",
        "",
        "khong phai link",
        "https://f9.zdn.vn:99999999/a",
        "https://\x00.zdn.vn/",
    ],
)
async def test_a_link_to_anywhere_else_is_not_followed(link: str, names: dict[str, str]) -> None:
    names |= dict.fromkeys(("f9.zdn.vn", "notzdn.vn", "evil.example.vn", "zdn.vn.example.com"), "8.8.8.8")
    with pytest.raises(GoneMedia):
        await whole(link, ("zdn.vn",))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0", "::ffff:10.0.0.1"],
)
async def test_a_name_of_zalos_that_points_into_our_network_is_not_followed(
    address: str, names: dict[str, str]
) -> None:
    names["f9.zdn.vn"] = f"8.8.8.8 {address}"
    with pytest.raises(GoneMedia):
        await whole("https://f9.zdn.vn/a.jpg", ("zdn.vn",))


async def test_each_hop_of_a_redirect_is_looked_at(zalo: ZaloOaDouble) -> None:
    good = zalo.keep_file(b"data", "a")
    zalo.redirects |= {"one": "/media/two", "two": good, "out": "http://localhost:1/x", "round": "/media/round"}
    assert await whole(f"{zalo.url}/media/one") == b"data"
    for name in ("out", "round"):
        with pytest.raises(GoneMedia):
            await whole(f"{zalo.url}/media/{name}")
    assert zalo.calls_of("media").count("round") == 4
    zalo.redirects["broken"] = "http://[/"
    with pytest.raises(GoneMedia):
        await whole(f"{zalo.url}/media/broken")


@pytest.mark.parametrize("hides_sizes", [True, False])
async def test_a_huge_file_is_not_begun_or_given_up_in_the_middle(zalo: ZaloOaDouble, hides_sizes: bool) -> None:
    zalo.hides_sizes = hides_sizes
    link = zalo.keep_file(bytes(3_000_000), "a")
    got = 0
    with pytest.raises(TooLarge):
        async for chunk in fetch(link, HERE, 1_000_000):
            got += len(chunk)
    assert 0 < got <= 1_000_000 if hides_sizes else got == 0


async def test_a_dead_link_is_gone_and_a_server_in_trouble_is_tried_again(zalo: ZaloOaDouble) -> None:
    with pytest.raises(GoneMedia):
        await whole(f"{zalo.url}/media/nothing")
    link = zalo.keep_file(b"data", "a")
    for fault in (Fault.html(502), Fault.broken_line()):
        zalo.fails("media", fault)
        with pytest.raises(ConnectionError):
            await whole(link)
    with pytest.raises(ConnectionError):
        await whole("http://127.0.0.1:9/a")
    assert await whole(link) == b"data"


async def test_a_refused_link_is_told_of_without_the_link() -> None:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with capture_logs() as logs, pytest.raises(GoneMedia):
        await whole("https://evil.example.vn/private-name.jpg", ("zdn.vn",))
    structlog.configure(**before)
    assert [line["why"] for line in logs] == ["host"]
    assert "evil" not in repr(logs)


@pytest.mark.parametrize(
    ("setting", "hosts"),
    [("zdn.vn", ("zdn.vn",)), (" .ZDN.vn, zadn.vn ,", ("zdn.vn", "zadn.vn")), ("", ())],
)
def test_hosts_are_read_as_people_write_them(setting: str, hosts: tuple[str, ...]) -> None:
    assert host_list(setting) == hosts
