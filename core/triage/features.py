"""What the linear models look at in a message: words and their neighbours, pieces of words, accented words, signs.

The same function serves training and the running bot, so that what was learnt is what is used.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from core.triage.cues import cues
from core.triage.lexicon import hits
from core.triage.openings import without_opening
from core.triage.senses import sensed
from core.triage.text import clean, is_syllable, normal_pairs

CUE: Final = 0.08
"""The size of a cue beside words that are as long as 1 together."""

LEXICON: Final = 0.08
"""The size of one lexicon hit; four hits and more count alike."""

_PHONE: Final = re.compile(r"\b(?:\+?84|0)[\dxX.* ]{7,13}\b|\b\d{2,4}x{2,4}\d{0,6}\b", re.IGNORECASE)
_MONEY: Final = re.compile(
    r"\b\d{1,12}(?:[.,]\d{1,9})?\s?(?:tr\d{0,3}|triệu|trieu|tỷ|ty|tỉ|k|ngàn|ngan|nghìn|nghin|đồng|dong|vnd|đ)\b|\b\d{1,9}tr\d",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"\b\d{1,2}\s?(?:h\d{0,2}|giờ|gio|g\d{2})\b|\b\d{1,2}:\d{2}\b", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://\S+|www\.\S+|\b\S+\.(?:com|vn|net|top|xyz)\b", re.IGNORECASE)
_ASKING: Final = frozenset(("khong", "gi", "sao", "dau", "chua", "may", "nhieu", "nao", "nhi", "hem", "hong", "gio"))
_NUMBER: Final = re.compile(r"\d+")


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    """Three- and four-letter pieces of a word with its edges: what is left of a misspelt word."""
    edged = f"<{word}>"
    return tuple(f"p:{edged[at : at + size]}" for size in (3, 4) for at in range(len(edged) - size + 1))


def features(text: str) -> dict[str, float]:
    """The features of a message and their sizes: words together as long as 1, cues and lexicon beside them."""
    return looked_at(text)[0]


def looked_at(text: str) -> tuple[dict[str, float], list[str]]:
    """The features of a message, and its `sensed` words, in which the parts of its story are looked for."""
    text = without_opening(clean(text))
    signs = _signs(text)
    text = _named(text)
    pairs = [(_NUMBER.sub("0", word), typed) for word, typed in normal_pairs(text)]
    line = [word for word, _ in pairs]
    found: set[str] = set()
    before, second = "^", "^"
    for word in line:
        found.add(word)
        found.add(f"{before} {word}")
        found.add(f"{second} {before} {word}")
        if not is_syllable(word):
            found.update(_pieces(word))
        second, before = before, word
    # How a message ends tells a question, also without its mark.
    found.update((f"{before} $", f"{second} {before} $"))
    if before in _ASKING:
        signs.append("s:ends_asking")
    found.update(f"a:{typed}" for _, typed in pairs if not typed.isascii())
    size = 1 / math.sqrt(len(found) + 1)
    out = dict.fromkeys(sorted(found), size)
    out.update((sign, CUE) for sign in signs)
    words = sensed(pairs)
    out.update((f"c:{cue}", CUE) for cue in cues(words, text))
    out.update((f"l:{category}", LEXICON * min(most, 4.0)) for category, most in hits(line).items())
    return out, words


def _named(text: str) -> str:
    """Links, phone numbers, sums and hours as one word each."""
    for pattern, name in ((_LINK, " LINK "), (_PHONE, " PHONE "), (_MONEY, " MONEY "), (_TIME, " HOUR ")):
        text = pattern.sub(name, text)
    return text


def _signs(text: str) -> list[str]:
    """What is seen before any word is read."""
    size = len(text.split())
    letters = list(filter(str.isalpha, text))
    signs = [f"s:size{min(7, size.bit_length())}"]
    if "?" in text or text.rstrip().lower().endswith((" ạ", " a", "ko", "không", "khong")):
        signs.append("s:asks")
    if text.count("!") >= 2:
        signs.append("s:shouts")
    if len(letters) > 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters):
        signs.append("s:capitals")
    for pattern, name in ((_PHONE, "phone"), (_MONEY, "money"), (_TIME, "hour"), (_LINK, "link")):
        if pattern.search(text):
            signs.append(f"s:{name}")
    if text and max(text) > "\U0001f000":
        signs.append("s:picture")
    return signs
