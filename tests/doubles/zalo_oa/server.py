"""The double's addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.doubles.zalo_oa.faults import Fault
from tests.doubles.zalo_oa.seen import Seen

if TYPE_CHECKING:
    from tests.doubles.zalo_oa.double import ZaloOaDouble


class Refusal(Exception):
    """Zalo's error number."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class CutOff(Response):
    """Promises more than it sends, so the server closes the connection in the middle."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"error":', "more_body": False})


def zalo_oa_app(double: ZaloOaDouble) -> Starlette:
    """The application that serves a double."""

    def answers(call: str, work: Callable[[ZaloOaDouble, Request], Awaitable[Any]]) -> Any:
        async def endpoint(request: Request) -> Response:
            await request.body()
            fault = double.faults.take(call)
            if fault is not None and fault.held is not None:
                await fault.held.wait()
                fault = None
            if fault is not None and not fault.after:
                double.note(call, None)
                return _wrong(fault)
            try:
                answer = await work(double, request)
            except Refusal as refusal:
                return _wrong(Fault.says(refusal.code))
            double.changes.tell()
            return _wrong(fault) if fault is not None else answer

        return endpoint

    return Starlette(
        routes=[
            Route("/v4/oa/access_token", answers("token", _token), methods=["POST"]),
            Route("/v3.0/oa/message/cs", answers("message", _message), methods=["POST"]),
            Route("/v3.0/oa/group/message", answers("group", _group_message), methods=["POST"]),
            Route("/v2.0/oa/upload/image", answers("upload", _upload), methods=["POST"]),
            Route("/v2.0/oa/getoa", answers("getoa", _getoa), methods=["GET"]),
            Route("/media/{name}", answers("media", _media)),
        ]
    )


async def _token(double: ZaloOaDouble, request: Request) -> Response:
    form = dict(await request.form())
    double.note("token", form)
    if request.headers.get("secret_key") != double.app_secret or form.get("app_id") != double.app_id:
        raise Refusal(-14002)
    if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != double.refresh_token:
        raise Refusal(-14020)
    return JSONResponse(double.new_pair())


async def _message(double: ZaloOaDouble, request: Request) -> Response:
    _check_token(double, request)
    asked = await request.json()
    double.note("message", asked)
    person = double.people.get(asked["recipient"]["user_id"])
    if person is None or not person.follows_us:
        raise Refusal(-213)
    if not person.window_open:
        raise Refusal(-230)
    seen = _seen(double, asked["message"])
    person.inbox.append(seen)
    return _sent(double, {"message_id": seen.id, "user_id": person.id, "sent_time": double.stamp()})


async def _group_message(double: ZaloOaDouble, request: Request) -> Response:
    _check_token(double, request)
    asked = await request.json()
    double.note("group", asked)
    group = double.groups.get(asked["recipient"]["group_id"])
    if group is None or group.disabled:
        raise Refusal(-237)
    seen = _seen(double, asked["message"])
    if seen.buttons:
        raise Refusal(-233)
    group.inbox.append(seen)
    return _sent(double, {"message_id": seen.id, "group_id": group.id})


async def _upload(double: ZaloOaDouble, request: Request) -> Response:
    _check_token(double, request)
    async with request.form() as form:
        file = form.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
    double.note("upload", len(data))
    if len(data) > 1024 * 1024 or not data.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        raise Refusal(-201)
    number = f"upload{double.new_id()}"
    double.uploads[number] = data
    return JSONResponse({"error": 0, "message": "Success", "data": {"attachment_id": number}})


async def _getoa(double: ZaloOaDouble, request: Request) -> Response:
    if not double.access_token or request.headers.get("access_token") != double.access_token:
        raise Refusal(-216)
    double.note("getoa", None)
    data = {"name": "Công an phường Nếnh", "is_verified": double.verified, "package_name": double.package, "oa_type": 4}
    return JSONResponse({"error": 0, "message": "Success", "data": data})


async def _media(double: ZaloOaDouble, request: Request) -> Response:
    name = request.path_params["name"]
    double.note("media", name)
    if name in double.redirects:
        return RedirectResponse(double.redirects[name])
    if name not in double.files:
        return Response(status_code=404)
    if double.hides_sizes:
        return StreamingResponse(_pieces(double.files[name]))
    return Response(double.files[name], media_type="application/octet-stream")


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 100_000):
        yield data[start : start + 100_000]


def _check_token(double: ZaloOaDouble, request: Request) -> None:
    if not double.access_token or request.headers.get("access_token") != double.access_token:
        raise Refusal(-216)
    if double.quota is not None and double.sent >= double.quota:
        raise Refusal(-211)


def _seen(double: ZaloOaDouble, message: dict[str, Any]) -> Seen:
    text = message.get("text", "")
    if len(text.encode("utf-16-le")) > 4000 or not (text or "attachment" in message):
        raise Refusal(-201)
    payload = message.get("attachment", {}).get("payload", {})
    kind = payload.get("template_type", "text_template") if payload else ""
    picture = b""
    if kind == "media":
        (element,) = payload["elements"]
        if element["attachment_id"] not in double.uploads:
            raise Refusal(-100)
        picture = double.uploads[element["attachment_id"]]
    elif kind and kind not in double.shapes:
        raise Refusal(-233)
    buttons = tuple((button["title"], button["payload"]) for button in payload.get("buttons", ()))
    if len(buttons) > 5 or any(not title or len(title) > 20 or len(data) > 1000 for title, data in buttons):
        raise Refusal(-201)
    return Seen(double.new_id(), text, picture, buttons)


def _sent(double: ZaloOaDouble, data: dict[str, Any]) -> Response:
    double.sent += 1
    double.changes.tell()
    return JSONResponse({"error": 0, "message": "Success", "data": {**data, "quota": {"quota_type": "reply"}}})


def _wrong(fault: Fault) -> Response:
    if fault.cut:
        return CutOff()
    if fault.page:
        return Response(fault.page, fault.status, media_type="text/html")
    body = {"error": fault.error, "error_name": "invented", "message": "Zalo says something about you"}
    return JSONResponse(body, fault.status)
