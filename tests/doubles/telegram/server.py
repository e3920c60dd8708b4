"""The Bot API's addresses: `/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.doubles.telegram.account import METHODS
from tests.doubles.telegram.asked import ApiError, Asked, read_asked
from tests.doubles.telegram.faults import Fault

if TYPE_CHECKING:
    from tests.doubles.telegram.double import TelegramDouble


class _CutOff(Response):
    """Promises more than it sends, so the server closes the connection in the middle."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": False})


def telegram_app(double: TelegramDouble, more: Sequence[Route] = ()) -> Starlette:
    """The application that serves a double."""

    async def method(request: Request) -> Response:
        name: str = request.path_params["method"]
        refusal = _refuse_token(double, request.path_params["token"])
        if refusal is not None:
            return _refused(refusal)
        asked = await read_asked(request)
        double.note_call(name, asked.values)
        chat = asked.text("chat_id")
        fault = double.faults.take(name, int(chat) if re.fullmatch(r"-?\d+", chat) else None)
        if fault is not None and fault.held is not None:
            await fault.held.wait()
            fault = None
        if fault is not None and not fault.after:
            return _wrong(fault)
        try:
            result = await _run(double, name, asked)
        except ApiError as error:
            return _refused(error)
        if fault is not None:
            return _wrong(fault)
        return JSONResponse({"ok": True, "result": result})

    async def file(request: Request) -> Response:
        name: str = request.path_params["name"]
        upload = double.files.get(name)
        if request.path_params["token"] != double.token or upload is None:
            return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
        double.note_call("file", {"name": name})
        fault = double.faults.take("file", None)
        return _wrong(fault) if fault is not None else Response(upload.data, media_type="application/octet-stream")

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
            Route("/file/bot{token}/files/{name}", file, methods=["GET"]),
            *more,
        ]
    )


async def _run(double: TelegramDouble, name: str, asked: Asked) -> Any:
    method = METHODS.get(name.lower())
    if method is None:
        raise ApiError(404, "Not Found: method not found")
    return await method(double, asked)


def _refuse_token(double: TelegramDouble, token: str) -> ApiError | None:
    if not re.fullmatch(r"\d+:[\w-]+", token):
        return ApiError(404, "Not Found")
    return None if token == double.token else ApiError(401, "Unauthorized")


def _refused(error: ApiError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, error.code)


def _wrong(fault: Fault) -> Response:
    if fault.cut:
        return _CutOff()
    if fault.page:
        return Response(fault.page, fault.code, media_type="text/html")
    return _refused(ApiError(fault.code, fault.description, **fault.parameters))
