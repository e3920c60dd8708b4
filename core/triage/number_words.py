"""Small numbers as people write them in words, Vietnamese and English."""

from __future__ import annotations

from typing import Final

NUMBER_WORDS: Final[dict[str, int]] = {
    "khong": 0, "zero": 0, "mot": 1, "one": 1, "hai": 2, "two": 2, "ba": 3, "three": 3, "bon": 4, "tu": 4, "four": 4,
    "nam": 5, "lam": 5, "five": 5, "sau": 6, "six": 6, "bay": 7, "seven": 7, "tam": 8, "eight": 8, "chin": 9, "nine": 9,
}  # fmt: skip
"""Folded word -> number."""

ACCENTED: Final = frozenset(
    {"không", "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín"}
)
"""What these words look like with accents: "nấm" (a mushroom) is no five."""
