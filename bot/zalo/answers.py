"""Parse responses of Zalo's servers, for both products."""

from __future__ import annotations

from typing import Any

import httpx
import orjson

from bot.channel import ConnectionFailed


def object_of(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a response of any status. Raises `ConnectionFailed`, without the response's words, for
    anything else."""
    try:
        body = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        raise ConnectionFailed(f"HTTP {answer.status_code} without JSON") from None
    if not isinstance(body, dict):
        raise ConnectionFailed(f"HTTP {answer.status_code} without an answer")
    return body
