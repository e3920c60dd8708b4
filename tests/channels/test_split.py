"""Long texts are cut so that a platform takes every piece and a reader loses nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.split import split, units

WORDS = st.text(alphabet=st.sampled_from("aảbđ. \n😀"), max_size=200)


@given(text=WORDS, most=st.integers(2, 60))
def test_no_piece_is_too_long_or_empty_and_no_character_is_lost(text: str, most: int) -> None:
    pieces = split(text, most)
    assert all(piece.strip() == piece != "" and units(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(text=st.text(max_size=50))
def test_length_is_counted_as_telegram_counts_it(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_short_text_stays_whole() -> None:
    assert split("Đã nhận.\n\nCảm ơn bà con.", 60) == ["Đã nhận.\n\nCảm ơn bà con."]


def test_a_cut_falls_between_paragraphs_then_lines_then_sentences_then_words() -> None:
    assert split("một hai\n\nba bốn\nnăm", 13) == ["một hai", "ba bốn\nnăm"]
    assert split("một hai\nba bốn năm", 12) == ["một hai", "ba bốn năm"]
    assert split("một hai. Ba bốn năm", 13) == ["một hai.", "Ba bốn năm"]
    assert split("một hai ba bốn", 9) == ["một hai", "ba bốn"]
    assert split("😀😀😀", 5) == ["😀😀", "😀"]
