"""The double in a process of its own, for tests that kill the bot and for benches.

    python -m tests.doubles.telegram [--port 0]

The first line that it prints is JSON: `url` and `token`. People act by POST `/double/<name>/<verb>` with the verb's
arguments as JSON (files as base64 under `data`); a name that is new is a new person, who has met the bot. What they
see is at GET `/double/<name>/inbox`, what the bot asked for at GET `/double/calls`, what still waits to be taken at GET
`/double/waiting`; POST `/double/fails` takes `method`, `kind` (a name of `Fault`'s makers), `times` and `with`.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import signal
from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.faults import Fault
from tests.doubles.telegram.people import Person, Said

VERBS = frozenset(
    {"starts", "says", "sends_photo", "sends_voice", "sends_video", "sends_file", "shares_place", "blocks", "unblocks"}
)


class Remote:
    """The test's hands and eyes from outside."""

    def __init__(self, double: TelegramDouble) -> None:
        self.double = double
        self.people: dict[str, Person] = {}

    def routes(self) -> list[Route]:
        """The addresses under `/double`."""
        return [
            Route("/double/calls", self.calls, methods=["GET"]),
            Route("/double/waiting", self.waiting, methods=["GET"]),
            Route("/double/fails", self.fails, methods=["POST"]),
            Route("/double/{name}/inbox", self.inbox, methods=["GET"]),
            Route("/double/{name}/presses", self.presses, methods=["POST"]),
            Route("/double/{name}/{verb}", self.acts, methods=["POST"]),
        ]

    def person(self, request: Request) -> Person:
        """The person of that name."""
        name: str = request.path_params["name"]
        if name not in self.people:
            self.people[name] = self.double.person(name, met=True)
        return self.people[name]

    async def acts(self, request: Request) -> Response:
        """Somebody does something; answers with the message as Telegram has it."""
        verb: str = request.path_params["verb"]
        if verb not in VERBS:
            return JSONResponse({"error": f"nobody can {verb}"}, 404)
        arguments: dict[str, Any] = json.loads(await request.body() or b"{}")
        if "data" in arguments:
            arguments["data"] = base64.b64decode(arguments["data"])
        said = getattr(self.person(request), verb)(**arguments)
        return JSONResponse(said.raw if isinstance(said, Said) else {})

    async def presses(self, request: Request) -> Response:
        """Somebody presses `button` (a label or its data) under the newest message that has it."""
        person, button = self.person(request), (await request.json())["button"]
        seen = next(seen for seen in reversed(person.inbox) if button in str(seen.rows))
        return JSONResponse({"press": person.presses(seen, button).id})

    async def inbox(self, request: Request) -> Response:
        """What somebody sees now."""
        return JSONResponse(
            [{"id": seen.id, "kind": seen.kind, "text": seen.text, "rows": seen.rows, "edits": seen.edits}
             for seen in self.person(request).inbox]
        )  # fmt: skip

    async def calls(self, request: Request) -> Response:
        """How often each method was asked for."""
        return JSONResponse(Counter(call.method for call in self.double.calls))

    async def waiting(self, request: Request) -> Response:
        """How many updates the bot has not taken yet."""
        return JSONResponse({"waiting": len(self.double.updates.pending)})

    async def fails(self, request: Request) -> Response:
        """Trouble to come."""
        asked = await request.json()
        fault = getattr(Fault, asked["kind"])(*asked.get("with", []))
        self.double.fails(asked["method"], fault, times=asked.get("times", 1))
        return JSONResponse({})


async def serve(port: int) -> None:
    """Serve until told to stop."""
    double = TelegramDouble()
    await double.start(port, more=Remote(double).routes())
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    print(json.dumps({"url": double.url, "token": double.token}), flush=True)
    await stop.wait()
    await double.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))
