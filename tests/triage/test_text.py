"""Text made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.triage.text import MAX_CHARS, accents, clean, fold, is_syllable, normal, undo_keyboard, unglue, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Phường Nếnh", "phuong nenh"),
        ("ĐƯỜNG Đ. Đồng", "duong d dong"),
        ("đánh nhau!!!", "danh nhau"),
        ("Tha\u0301i Bi\u0300nh", "thai binh"),
        ("Ta\u200by\u2060 Ninh\u202e", "tay ninh"),
        ("Ea H’Leo và Ea H'Leo", "ea hleo va ea hleo"),
        ("𝐜𝐡𝐚́𝐲 nhà", "chay nha"),
        ("", ""),
    ],
)
def test_the_same_words_fold_to_the_same_characters_however_they_are_typed(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Taan Bieen", "tan bien"),
        ("Ta6n Bie6n", "tan bien"),
        ("ddanhs nhau", "danh nhau"),
        ("nguowif ta", "nguoi ta"),
        ("ko bit j", "khong biet gi"),
        ("hnay csgt", "hom nay canh sat giao thong"),
        ("cháy chợ", "chay cho"),
    ],
)
def test_chat_spelling_and_a_keyboard_left_in_english_are_undone(typed: str, meant: str) -> None:
    assert " ".join(normal(clean(typed))) == meant


def test_a_word_that_is_vietnamese_already_is_left_alone() -> None:
    for word in ("dong", "sos", "taxi", "oan", "ba", "gas", "quen"):
        assert undo_keyboard(word) == word


def test_words_run_together_are_cut_only_where_one_cut_fits() -> None:
    assert unglue("tanbien") == ("tan", "bien")
    assert unglue("danhnhau") == ("danh", "nhau")
    assert unglue("xyzxyz") == ("xyzxyz",)
    assert unglue("nghieng") == ("nghieng",)


def test_the_place_of_the_tone_mark_makes_no_difference() -> None:
    assert accents("hoà") == accents("hòa") != accents("hoá")
    assert accents("thuỷ") == accents("thủy")


@pytest.mark.parametrize("word", ["phuong", "nguyen", "quynh", "khuya", "gi", "giup", "nghieng", "oanh", "thuo"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(max_size=300))
def test_nothing_hidden_and_nothing_unprintable_is_left(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & set("\u200b\u200d\u202e\u2066\ufeff\x00\x1b")
    assert all(word and word == word.lower() for word in normal(cleaned))
    cleaned.encode("utf-8")


@pytest.mark.parametrize("letter", ["a", "ế", "\u0301", "\u200b", "\U0001f525", "\ufdfa"])
def test_a_message_of_a_hundred_thousand_characters_is_cut(letter: str) -> None:
    assert len(clean(letter * 100_000)) <= 2 * MAX_CHARS
    assert len(words(clean((letter + " ") * 50_000))) <= 2 * MAX_CHARS


def test_of_a_long_story_the_beginning_and_the_end_are_kept() -> None:
    story = "mở đầu " + "kể lể " * 5_000 + "cháy nhà ở cuối chợ"
    cleaned = clean(story)
    assert cleaned.startswith("mở đầu") and cleaned.endswith("cháy nhà ở cuối chợ")
