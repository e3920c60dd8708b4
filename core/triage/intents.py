"""Plain words that mean a command, folded (no accents): few people on a cheap phone type a slash."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

INTENTS: Final[dict[str, frozenset[str]]] = {
    "help": frozenset(
        {
            "help",
            "menu",
            "giup",
            "giup do",
            "tro giup",
            "huong dan",
            "bat dau",
            "start",
            "xin chao",
            "chao",
            "hello",
            "hi",
            "alo",
            "chao em",
            "chao anh",
            "chao ad",
            "chao admin",
            "a lo",
            "?",
        }
    ),
    "thanks": frozenset(
        {
            "cam on",
            "cam on nhieu",
            "cam on em",
            "cam on anh",
            "cam on cac anh",
            "cam on cong an",
            "cam on ad",
            "thanks",
            "thank you",
            "ok",
            "oke",
            "ok cam on",
            "vang",
            "vang a",
            "da",
            "da vang",
            "da cam on",
            "tks",
            "thank",
            "uh",
            "um",
            "u",
            "ok a",
            "da em cam on",
            "em cam on",
        }
    ),
    "mine": frozenset({"tin cua toi", "tin da gui", "tin toi gui", "my tips", "xem tin", "tin cua em", "tin cua minh"}),
    "withdraw": frozenset(
        {
            "rut tin",
            "rut lai tin",
            "toi rut tin",
            "huy tin",
            "huy tin bao",
            "xoa tin",
            "withdraw",
            "em rut tin",
            "cho toi rut tin",
            "cho em rut tin",
        }
    ),
    "language": frozenset({"ngon ngu", "language", "english", "tieng anh", "tieng viet", "vietnamese"}),
    "code": frozenset({"tra ma", "tra cuu", "xem ket qua", "ket qua", "check code"}),
    "cases": frozenset({"viec", "danh sach viec", "viec dang mo", "cases"}),
    "log": frozenset({"ghi", "ghi hoat dong", "bao hoat dong", "log"}),
    "activities": frozenset({"hoat dong", "nhat ky", "danh sach hoat dong", "activities"}),
    "month": frozenset({"thang nay", "tong ket thang", "bao cao thang", "tong hop thang", "month"}),
}

_OF: Final = {words: intent for intent, phrases in INTENTS.items() for words in phrases}


def fold(text: str) -> str:
    """Lower case, no accents, one space between words."""
    flat = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", letters).strip()


def intent(text: str) -> str:
    """The command that these few words mean, "" when they mean none."""
    if len(text) > 40:
        return ""
    return _OF.get(fold(text).rstrip(" .!"), "") or _OF.get(fold(text), "")
