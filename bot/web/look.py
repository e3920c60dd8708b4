"""How the pages look: their templates, and their static files under an address that changes with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.web.lines import Line
from core.hotlines import Hotlines
from core.messages import Language
from locales.words import text

HERE: Final = Path(__file__).parent
FOR_EVER: Final = "public, max-age=31536000, immutable"
_CODE: Final = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class Look:
    """Templates in, pages out. `hotlines` are the numbers that the pages tell."""

    def __init__(self, hotlines: Hotlines) -> None:
        self._hotlines = hotlines
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        digest = hashlib.sha256()
        for path in sorted((HERE / "static").iterdir()):
            digest.update(path.read_bytes())
        self.version = digest.hexdigest()[:12]
        self._templates.globals["version"] = self.version
        self._templates.filters["codes"] = _codes_whole

    def page(self, template: str, language: Language, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in a language; `values` are for its template."""
        made = self._templates.get_template(template)
        values |= {"say": self._say(language), "hotlines": self._hotlines.danger(language)}
        return HTMLResponse(made.render(language=language.value, **values), status_code=status)

    def line(self, line: Line, language: Language) -> str:
        """One line of a chat, to be put into an open page."""
        return self._templates.get_template("line.html").render(line=line, say=self._say(language))

    def say(self, key: str, language: Language) -> str:
        """A sentence for a page's script."""
        return text(key, language, **self._hotlines.arguments(language))

    def _say(self, language: Language) -> Callable[..., str]:
        return partial(text, language=language, **self._hotlines.arguments(language))


class Static(StaticFiles):
    """The static files. One that is asked for by its version never changes, and is not asked for again."""

    def __init__(self, version: str) -> None:
        super().__init__(directory=HERE / "static")
        self._version = version.encode()

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As Starlette does it, with the time that the browser may keep it."""
        response = await super().get_response(path, scope)
        if response.status_code < 400 and scope["query_string"] == self._version:
            response.headers["cache-control"] = FOR_EVER
        return response


def _codes_whole(words: str) -> Markup:
    """Codes are not broken at their hyphens: half a code on each line is read aloud wrongly."""
    return Markup(_CODE.sub(r'<span class="code">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped before
