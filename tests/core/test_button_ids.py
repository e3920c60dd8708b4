"""Anybody can make a button's id by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.conversation.button_ids import id_in


@given(st.integers(0, 10**18 - 1))
def test_a_rows_id_is_read(number: int) -> None:
    assert id_in(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "1 ", "²", "٣", "1e3", "x", "9" * 19])
def test_anything_else_is_no_id(text: str) -> None:
    assert id_in(text) is None


@given(st.text(max_size=40))
def test_whatever_stands_there_never_breaks_and_fits_into_a_row(text: str) -> None:
    found = id_in(text)
    assert found is None or 0 <= found < 2**63
