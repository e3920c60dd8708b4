"""Render pages from templates, and serve their static files under addresses that change with their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from core.hotlines import Hotlines
from core.messages import Language
from locales.words import text

FOR_EVER: Final = "public, max-age=31536000, immutable"
_CODE: Final = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class Templates:
    """The templates of a package (`folder/templates`) with its static files (`folder/static`). A template has `say` (a
    sentence of the catalog in the page's language), `language`, `version` (of the static files), `hotlines` (number and
    name of each number to call in danger) and the filter `codes`."""

    def __init__(self, folder: Path, hotlines: Hotlines) -> None:
        self._static, self._hotlines = folder / "static", hotlines
        self._templates = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        digest = hashlib.sha256()
        for path in sorted(self._static.iterdir()):
            digest.update(path.read_bytes())
        self.version = digest.hexdigest()[:12]
        self._templates.globals["version"] = self.version
        self._templates.filters["codes"] = _codes_whole

    def page(self, template: str, language: Language, *, status: int = 200, **values: object) -> HTMLResponse:
        """Render a page in a language; `values` are passed to its template."""
        return HTMLResponse(self.part(template, language, **values), status_code=status)

    def part(self, template: str, language: Language, **values: object) -> str:
        """Render a fragment of HTML, to be inserted into an open page."""
        given = {"say": self._say(language), "language": language.value, "hotlines": self._hotlines.danger(language)}
        return self._templates.get_template(template).render(values | given)

    def say(self, key: str, language: Language) -> str:
        """A sentence of the catalog, for a page's script."""
        return text(key, language, **self._hotlines.arguments(language))

    def static(self) -> StaticFiles:
        """The static files, to be mounted where the templates look for them."""
        return _Static(self._static, self.version)

    def _say(self, language: Language) -> Callable[..., str]:
        return partial(text, language=language, **self._hotlines.arguments(language))


class _Static(StaticFiles):
    """Serves the static files. A request with the present version as its query may be cached for good."""

    def __init__(self, folder: Path, version: str) -> None:
        super().__init__(directory=folder)
        self._version = version.encode()

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Starlette's response with a `Cache-Control` header."""
        response = await super().get_response(path, scope)
        if response.status_code < 400 and scope["query_string"] == self._version:
            response.headers["cache-control"] = FOR_EVER
        return response


def _codes_whole(words: str) -> Markup:
    """The words with codes kept on one line: a code broken at its hyphen is read aloud wrongly."""
    return Markup(_CODE.sub(r'<span class="code">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped before
