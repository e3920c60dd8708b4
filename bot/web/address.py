"""What the address of a request says."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request

from core.messages import Language

START: Final = ("c_", "g_", "o_", "l_")
LONGEST_START: Final = 64


def by_script(request: Request) -> bool:
    """Whether the page's script asks, which wants JSON instead of a page."""
    return request.headers.get("accept", "").startswith("application/json")


def start_payload(request: Request) -> str:
    """The start payload of a link or a poster, "" when there is none of a known shape."""
    given = request.query_params.get("start", "")
    if "c" in request.query_params:
        given = f"c_{request.query_params['c']}"
    good = given.startswith(START) and given.replace("_", "").isalnum() and len(given) <= LONGEST_START
    return given if good else ""


def kept_query(request: Request) -> str:
    """The part of the query to keep in links: which of the demo's chats, and the language of a new visitor."""
    asked = request.query_params
    role, language = asked.get("demo", ""), asked.get("lang", "")
    kept = {"demo": role} if role.isascii() and role.isalpha() else {}
    kept |= {"lang": language} if language in set(Language) else {}
    return f"?{urlencode(kept)}" if kept else ""


def asked_language(request: Request) -> Language:
    """The language that the query asks for; a known person's own choice takes precedence."""
    asked = request.query_params.get("lang", "")
    return Language(asked) if asked in set(Language) else Language.VI


def cursor_of(value: str) -> tuple[int, int]:
    """The two numbers of a cursor (`7.12`), zeros for anything else."""
    first, _, second = value.partition(".")
    good = all(part.isascii() and part.isdigit() and len(part) < 18 for part in (first, second))
    return (int(first), int(second)) if good else (0, 0)
