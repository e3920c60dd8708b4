"""The double's addresses: `/bot<TOKEN>/<method>` and people's files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.zalo_bot.people import Seen
from tests.doubles.zalo_oa.faults import Fault
from tests.doubles.zalo_oa.server import CutOff

if TYPE_CHECKING:
    from tests.doubles.zalo_bot.double import ZaloBotDouble


class Refusal(Exception):
    """Zalo's error number, which is the HTTP status too."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def zalo_bot_app(double: ZaloBotDouble) -> Starlette:
    """The application that serves a double."""

    async def api(request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        asked = await request.json()
        double.note(method, asked)
        fault = double.faults.take(method)
        if fault is not None and fault.held is not None:
            await fault.held.wait()
            fault = None
        if fault is not None and not fault.after:
            return _wrong(fault)
        try:
            if token != double.token:
                raise Refusal(401)
            if method not in _METHODS:
                raise Refusal(404)
            result = await _METHODS[method](double, asked)
        except Refusal as refusal:
            return _wrong(Fault.says(refusal.code, refusal.code))
        double.changes.tell()
        return _wrong(fault) if fault is not None else JSONResponse({"ok": True, "result": result})

    async def media(request: Request) -> Response:
        name = request.path_params["name"]
        double.note("media", name)
        if name not in double.files:
            return Response(status_code=404)
        return Response(double.files[name], media_type="application/octet-stream")

    return Starlette(
        routes=[Route("/bot{token}/{method}", api, methods=["POST"]), Route("/media/{name}", media, methods=["GET"])]
    )


async def _send_message(double: ZaloBotDouble, asked: dict[str, Any]) -> dict[str, Any]:
    text = asked["text"]
    if not text.strip() or len(text.encode("utf-16-le")) > 4000:
        raise Refusal(400)
    receiver = double.people.get(asked["chat_id"]) or double.groups.get(asked["chat_id"])
    if receiver is None:
        raise Refusal(400)
    if double.quota is not None:
        if double.quota <= 0:
            raise Refusal(429)
        double.quota -= 1
    seen = Seen(double.new_id(), text)
    receiver.inbox.append(seen)
    return {"message_id": seen.id, "date": _stamp(double)}


async def _get_me(double: ZaloBotDouble, _asked: dict[str, Any]) -> dict[str, Any]:
    named = {"account_name": "bot.tinbao", "display_name": double.name}
    return {"id": double.bot_id, **named, "account_type": "BASIC", "can_join_groups": True}


async def _get_updates(double: ZaloBotDouble, asked: dict[str, Any]) -> dict[str, Any]:
    if double.webhook:
        raise Refusal(400)
    assert int(asked["timeout"]) > 0
    try:
        return await double.until(double.next_update, double.idle_s)
    except TimeoutError:
        raise Refusal(408) from None


async def _set_webhook(double: ZaloBotDouble, asked: dict[str, Any]) -> dict[str, Any]:
    if not 8 <= len(asked["secret_token"]) <= 256:
        raise Refusal(400)
    double.webhook, double.secret = asked["url"], asked["secret_token"]
    looked = await double.look_at(double.webhook)
    return {"url": double.webhook, "updated_at": _stamp(double), "verification": looked}


async def _delete_webhook(double: ZaloBotDouble, _asked: dict[str, Any]) -> dict[str, Any]:
    double.webhook = double.secret = ""
    return {"url": "", "updated_at": _stamp(double)}


_METHODS: Final[dict[str, Callable[[ZaloBotDouble, dict[str, Any]], Awaitable[dict[str, Any]]]]] = {
    "sendMessage": _send_message,
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
}


def _stamp(double: ZaloBotDouble) -> int:
    return int(double.now().timestamp() * 1000)


def _wrong(fault: Fault) -> Response:
    if fault.cut:
        return CutOff()
    if fault.page:
        return Response(fault.page, fault.status, media_type="text/html")
    body = {"ok": False, "error_code": fault.error, "description": "Zalo says something about you"}
    return JSONResponse(body, fault.status)
