"""Fetch files that people sent by Zalo. Both products give a public link, which soon expires.

The link comes from outside, so a stranger chooses the request that we send. Therefore it is followed only over https,
only to listed hosts, and never into our own network; each redirect is checked again.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Sequence
from typing import Final

import httpx
import structlog

from bot.channel import GoneMedia, TooLarge
from bot.intake.fields import BrokenUpdate, Fields

log = structlog.get_logger()

LONGEST_LINK: Final = 2_000
MOST_HOPS: Final = 3
QUIET_S: Final = 20
"""Seconds that a server may send nothing."""
DOWNLOAD_S: Final = 180
_GONE: Final = frozenset({400, 401, 403, 404, 410})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class _Forbidden(Exception):
    """Raised for a link that is not followed. Says why, but not the URL."""


def link_in(part: Fields, name: str) -> str:
    """The link in a field of a message, "" when none was sent. Raises `BrokenUpdate` for one that is too long."""
    link = part.text(name)
    if len(link) > LONGEST_LINK:
        raise BrokenUpdate("a link without end")
    return link


async def fetch(url: str, hosts: Sequence[str], limit: int) -> AsyncIterator[bytes]:
    """The bytes behind a link, in chunks. `hosts` are suffixes ("zdn.vn" allows "f9.zdn.vn"); an address of our own
    network, and plain http, are allowed only where the list names that very address ("127.0.0.1", for tests).

    Raises `GoneMedia` for a dead or a forbidden link, `TooLarge` past `limit` bytes, `ConnectionError` for "try again".
    """
    try:
        async with asyncio.timeout(QUIET_S), contextlib.AsyncExitStack() as stack:
            answer = await _open(stack, url, hosts)
            kept = stack.pop_all()
    except _Forbidden as why:
        log.warning("media_link_refused", why=str(why))
        raise GoneMedia from None
    except httpx.InvalidURL:  # of a redirect
        log.warning("media_link_refused", why="no link")
        raise GoneMedia from None
    except (httpx.HTTPError, OSError) as error:  # a timeout is an OSError too
        raise ConnectionError(type(error).__name__) from None
    async with kept:
        async for chunk in _body(answer, limit):
            yield chunk


async def _open(stack: contextlib.AsyncExitStack, url: str, hosts: Sequence[str]) -> httpx.Response:
    client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=QUIET_S))
    for _ in range(MOST_HOPS + 1):
        request = await _request(client, url, hosts)
        answer = await client.send(request, stream=True)
        stack.push_async_callback(answer.aclose)
        if answer.status_code in _MOVED:
            # Relative to the link's own host name, because the request was sent to an IP address.
            url = str(httpx.URL(url).join(answer.headers.get("Location", "")))
        elif answer.status_code in _GONE:
            raise GoneMedia
        elif answer.status_code != 200:
            raise httpx.HTTPError(f"HTTP {answer.status_code}")
        else:
            return answer
    raise _Forbidden("too many redirects")


async def _request(client: httpx.AsyncClient, link: str, hosts: Sequence[str]) -> httpx.Request:
    """The request to the IP address that was checked, because the name could resolve to another one a moment later."""
    try:
        url = httpx.URL(link)
    except (httpx.InvalidURL, ValueError):
        raise _Forbidden("no link") from None
    host = url.host.lower().rstrip(".")
    if not any(host == suffix or host.endswith(f".{suffix}") for suffix in hosts):
        raise _Forbidden("host")
    named = host in hosts and _is_address(host)
    if url.userinfo or not (named or (url.scheme == "https" and url.port in (None, 443))):
        raise _Forbidden("scheme")
    address = host if named else await _public_address(host, url.port or 443)
    headers = {"Host": url.netloc.decode(), "Accept-Encoding": "identity"}
    return client.build_request("GET", url.copy_with(host=address), headers=headers, extensions={"sni_hostname": host})


async def _public_address(host: str, port: int) -> str:
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(ipaddress.ip_address(address.partition("%")[0]).is_global for address in addresses):
        raise _Forbidden("our own network")
    return addresses[0]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def _body(answer: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    said = answer.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > limit:
        raise TooLarge
    end = asyncio.get_running_loop().time() + DOWNLOAD_S
    size = 0
    try:
        async for chunk in answer.aiter_raw():  # never decompressed: a small response could become a huge one
            size += len(chunk)
            if size > limit:
                raise TooLarge
            if asyncio.get_running_loop().time() > end:
                raise ConnectionError("too slow")
            yield chunk
    except httpx.HTTPError as error:
        raise ConnectionError(type(error).__name__) from None
