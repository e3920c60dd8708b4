"""Every sentence has words in both languages, and no words are idle."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.channels import channels
from core.messages import Language
from core.replies import Choice, Reply, Words, reply_from_json, reply_to_json, say
from core.say import Say
from locales.words import MissingWords, keys, render, text

ROOMS = [Path(__file__).parents[2] / room for room in ("bot", "console", "web")]


def test_both_languages_say_the_same_things() -> None:
    assert keys(Language.VI) == keys(Language.EN)


def test_every_key_of_the_code_has_words_and_no_words_are_idle() -> None:
    catalog, named, made = keys(Language.VI), set(), set()
    for path in (file for room in ROOMS for file in (*room.rglob("*.html"), *room.rglob("*.py"))):
        source = path.read_text(encoding="utf-8")
        # Keys stand in quotes where words are asked for; some are put together from a start and what follows.
        named |= set(re.findall(r"""(?<![.\w])(?:say|text)\(\s*["']([a-z][\w-]*\w)["']""", source))
        named |= set(re.findall(r"""["']([a-z]+-[a-z_-]*[a-z])["']""", source)) & catalog
        made |= set(re.findall(r"""["'{]f?["']?([a-z]{3,}-(?:[a-z]+-)*)["'{]""", source))
    assert {key.value for key in Say} <= catalog
    assert named <= catalog
    idle = catalog - {key.value for key in Say} - named - {f"channel-{folder.name}" for folder in channels()}
    # A bot's command list has a test of its own (tests/channels).
    assert {key for key in idle if not key.startswith(tuple(made))} == set()


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_takes_the_same_arguments_in_both_languages(language: Language) -> None:
    folder = Path(__file__).parents[2] / "locales"

    def arguments(name: Language) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path in (folder / name.value).glob("*.ftl"):
            key = ""
            for line in path.read_text(encoding="utf-8").splitlines():
                if match := re.match(r"^([a-z][\w-]*) =", line):
                    key = match[1]
                found.setdefault(key, set()).update(re.findall(r"\{ ?\$(\w+)", line))
        return found

    assert arguments(language) == arguments(Language.VI)


def test_a_missing_sentence_is_an_error_and_not_a_bare_key() -> None:
    with pytest.raises(MissingWords):
        text("no-such-key", Language.VI)


def test_times_are_read_as_in_viet_nam() -> None:
    at = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
    assert "00:05 21/11" in render(say(Say.STATUS_NEW, code="TB-1", at=at), Language.VI)


_plain = st.text(max_size=20) | st.integers(-(10**9), 10**9) | st.datetimes(timezones=st.just(UTC))
_words = st.recursive(
    st.builds(Words, st.sampled_from(Say), st.dictionaries(st.sampled_from("abc"), _plain, max_size=2)),
    lambda inner: st.builds(Words, st.sampled_from(Say), st.dictionaries(st.sampled_from("abc"), inner, max_size=2)),
    max_leaves=3,
)
_choice = st.builds(Choice, st.text("abc:123", min_size=1, max_size=64), _words)
_reply = st.builds(
    Reply,
    lines=st.lists(_words, max_size=3).map(tuple),
    rows=st.lists(st.lists(_choice, max_size=2).map(tuple), max_size=2).map(tuple),
    slot=st.text(max_size=10),
    fresh=st.booleans(),
    press=st.text(max_size=10),
    attachments=st.lists(st.integers(1, 99), max_size=3).map(tuple),
    point=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    protect=st.booleans(),
)


@given(_reply)
def test_a_reply_that_waited_in_the_outbox_comes_back_as_it_was(reply: Reply) -> None:
    import json

    assert reply_from_json(json.loads(json.dumps(reply_to_json(reply)))) == reply


def test_a_button_takes_at_most_64_bytes() -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        Choice("x" * 65, say(Say.HELP))


@given(
    st.text(max_size=60), st.integers(1, 120), st.sampled_from(["a", "\ue000", "\ue000text\ue001", "ấ", "{ $text }"])
)
def test_whatever_people_write_stands_in_the_sentence_as_they_wrote_it(title: str, times: int, characters: str) -> None:
    long = characters * times * 50
    assert render(say(Say.AWARENESS, title=title, text=long), Language.VI) == f"📢 {title}\n{long}"
