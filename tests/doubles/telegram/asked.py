"""One request to the Bot API: its parameters, whether they came as JSON, as a form or with files; and its refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request


class ApiError(Exception):
    """An answer of `{"ok": false}`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad_request(why: str) -> ApiError:
    """The commonest refusal."""
    return ApiError(400, f"Bad Request: {why}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent to us."""

    data: bytes
    name: str
    mime: str


class Asked:
    """The parameters of a call. A form carries numbers, lists and objects as text: both ways read alike."""

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
        self.values, self.uploads = dict(values), dict(uploads)

    def text(self, name: str) -> str:
        """Text, "" when it was not sent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number."""
        value = self.values.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError:
            raise bad_request(f'can\'t parse "{name}": it must be a number') from None

    def decimal(self, name: str) -> float:
        """A number that must be there."""
        try:
            return float(str(self.values[name]))
        except (KeyError, ValueError):
            raise bad_request(f"{name} is empty or no number") from None

    def flag(self, name: str) -> bool:
        """True or false."""
        return str(self.values.get(name, "")).lower() in ("true", "1")

    def json(self, name: str) -> Any:
        """A list or an object; None when it was not sent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def upload(self, value: str) -> Upload | None:
        """The file that `attach://name`, or a field of that name, stands for."""
        return self.uploads.get(value.removeprefix("attach://"))


async def read_asked(request: Request) -> Asked:
    """Read a request of any of the kinds that the Bot API takes."""
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        values |= await request.json()
    elif kind:
        async with request.form(max_files=100, max_part_size=60_000_000) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    data = await value.read()
                    uploads[name] = Upload(data, value.filename or name, value.content_type or "")
                else:
                    values[name] = value
    return Asked(values, uploads)
