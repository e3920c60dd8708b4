"""The operator's docs name only settings, commands, paths and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app.settings import known_settings
from bot.cli.command import build_app
from bot.cli.doctor import ELSEWHERE
from bot.zalo_bot.routes import PATH as BOT_PATH
from bot.zalo_oa.routes import PATH as OA_PATH

HOME = Path(__file__).parents[2]
SETTINGS = {f"TINBAO_{name.upper()}" for name in known_settings()} | ELSEWHERE
OF_CADDY = {"TINBAO_SITE", "TINBAO_UPSTREAM"}
"""Read by deploy/Caddyfile, not by us."""
ZALO = [HOME / "docs" / "zalo.md", HOME / "docs" / "zalo.vi.md"]
DOCS = sorted({*HOME.glob("*.md"), *(HOME / "docs").glob("*.md")})


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"(?m)^#?(TINBAO_\w+)=", (HOME / "deploy" / "env.example").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(SETTINGS)


@pytest.mark.parametrize("doc", ZALO, ids=lambda doc: doc.name)
def test_the_docs_on_zalo_name_every_setting_of_zalo_and_both_webhooks(doc: Path) -> None:
    words = doc.read_text(encoding="utf-8")
    listed = {name for line in words.splitlines() if line.startswith("|") for name in _settings(line)}
    assert listed == {name for name in SETTINGS if name.startswith("TINBAO_ZALO_")}
    assert OA_PATH in words
    assert BOT_PATH in words


@pytest.mark.parametrize("doc", ZALO, ids=lambda doc: doc.name)
def test_the_docs_on_zalo_state_the_real_defaults(doc: Path) -> None:
    told = dict(re.findall(r"(?m)^\| `TINBAO_(ZALO_\w+)` \| `([^`]+)`", doc.read_text(encoding="utf-8")))
    assert told == {
        name.upper(): str(field.default)
        for name, field in known_settings().items()
        if name.startswith("zalo_")
        and isinstance(field.default, str | int)
        and str(field.default)[:4] not in ("", "http")
    }


def test_both_docs_on_zalo_have_the_same_parts_tables_and_checks() -> None:
    english, vietnamese = (re.findall(r"(?m)^(#+ |\||\d\. |- \[ \]|- )", doc.read_text("utf-8")) for doc in ZALO)
    assert english == vietnamese


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_no_doc_names_a_setting_a_command_or_a_file_that_does_not_exist(doc: Path) -> None:
    words = doc.read_text(encoding="utf-8")
    assert _settings(words) <= SETTINGS | OF_CADDY
    assert set(re.findall(r"(?:`|^|bin/)tinbao ([a-z]+)", words, re.MULTILINE)) <= _commands()
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", words)
    assert [link for link in links if not (doc.parent / link).exists()] == []


def _settings(words: str) -> set[str]:
    return set(re.findall(r"TINBAO_[A-Z_]+", words))


def _commands() -> set[str]:
    app = build_app()
    own = {str(one.name or one.callback.__name__) for one in app.registered_commands if one.callback is not None}
    return own | {str(group.name) for group in app.registered_groups}
