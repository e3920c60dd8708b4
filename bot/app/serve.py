"""Run the web server of an app and stop it gracefully."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable, Generator

import uvicorn

from bot.app.app import App


class GentleServer(uvicorn.Server):
    """uvicorn without its signal handlers, which would end the process before the courier has finished sending."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class PortTaken(Exception):
    """Raised when another program listens on the port. The text says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({error.strerror}). Stop the program that holds it, or set TINBAO_PORT to "
            "another port."
        ) from None
    return sock


async def serve(app: App, sock: socket.socket, *, also: Callable[[App], Awaitable[None]] | None = None) -> None:
    """Serve until SIGINT or SIGTERM, or until one of the app's loops fails. Once everything runs, the channels are
    started and `also` is called."""
    config = uvicorn.Config(
        app.asgi(),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=65,
        lifespan="off",
    )
    server = GentleServer(config)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, app.stop.set)
    async with app.running():
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        app.start_channels()
        if also is not None:
            await also(app)
        stopping = asyncio.create_task(app.stop.wait())
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        app.end_channels()
        await serving
        stopping.cancel()
