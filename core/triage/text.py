"""Normalises text as people type it: no accents, no keyboard slips, at most `MAX_CHARS` characters.

Sources of the rules: the Vietnamese syllable (onset, rime), the Telex and VNI keyboards, and chat spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import Final

MAX_CHARS: Final = 2000
"""Characters. Of a longer message only the beginning and the end are read."""

_TAIL: Final = 400

_TONES: Final = {"̀": "f", "́": "s", "̃": "x", "̉": "r", "̣": "j"}

_ONSETS: Final = "ngh|ng|nh|gh|gi|kh|ch|th|tr|ph|qu|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES: Final = (
    "uyen|uyet|uech|uenh|uynh|uych|ieng|iech|uong|uong|uoc|uot|uop|uom|uon|uoi|uou|ieu|yeu|yen|yet|yem|yeng|iep|iem|ien"
    "|iet|iec|uan|uat|uay|uac|uang|oai|oay|oan|oat|oac|oang|oam|oap|oach|oanh|oen|oet|oeo|uyt|uyu|uya|uyn|uau|uao"
    "|ynh|ang|ach|anh|eng|enh|ech|ing|inh|ich|ong|ung|oong|uu|ua|ue|uy|uo|ui|ia|iu|ie|ya|oa|oe|oi|oo|ai|ao|au|ay|eo|eu"
    "|ac|am|an|ap|at|ec|em|en|ep|et|im|in|ip|it|ic|oc|om|on|op|ot|uc|um|un|up|ut|a|e|i|o|u|y"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})")

TEENCODE: Final[dict[str, str]] = {
    "k": "khong", "ko": "khong", "kg": "khong", "hok": "khong", "khum": "khong", "hông": "khong", "hong": "khong",
    "hổng": "khong", "hem": "hem", "kh": "khong", "dc": "duoc", "đc": "duoc", "dk": "duoc", "đk": "duoc", "j": "gi",
    "z": "vay", "zay": "vay", "zậy": "vay", "zị": "vay", "v": "vay", "r": "roi", "rùi": "roi", "rui": "roi",
    "roài": "roi", "vs": "voi", "ng": "nguoi", "ngta": "nguoi ta", "mn": "moi nguoi", "mng": "moi nguoi",
    "bit": "biet", "bít": "biet", "bik": "biet", "bjt": "biet", "hnay": "hom nay", "hqua": "hom qua", "hq": "hom qua",
    "hn": "hom nay", "wa": "qua", "wá": "qua", "qá": "qua", "lun": "luon", "trc": "truoc", "sr": "xin loi",
    "cx": "cung", "cug": "cung", "cũg": "cung", "nma": "nhung ma", "nhma": "nhung ma", "ntn": "nhu the nao",
    "đag": "dang", "dag": "dang", "xog": "xong", "fai": "phai", "fải": "phai", "phường": "phuong", "fường": "phuong",
    "cax": "cong an xa", "cap": "cong an phuong", "csgt": "canh sat giao thong", "vk": "vo", "ib": "inbox",
    "đt": "dien thoai", "mún": "muon", "nhìu": "nhieu", "nhiu": "nhieu", "thik": "thich", "iu": "yeu", "ms": "moi",
    "mik": "minh", "mk": "minh", "cty": "cong ty", "xe may": "xe may", "ae": "anh em", "ace": "anh chi em",
    "bh": "bay gio", "bjo": "bay gio", "tn": "thanh nien", "hs": "hoc sinh", "sv": "sinh vien", "nv": "nhan vien",
    "bv": "benh vien", "cc": "can cuoc", "cccd": "can cuoc", "cmnd": "can cuoc", "cmt": "can cuoc", "cđ": "cong dong",
    "tks": "cam on", "thanks": "cam on", "ths": "cam on", "thank": "cam on", "pls": "lam on",
}  # fmt: skip
"""Chat spelling -> folded words. Keys may bear accents: what was typed with an accent is meant."""


def _letters() -> dict[int, str]:
    """Every precomposed Vietnamese character -> its plain character."""
    table = {ord("đ"): "d", ord("Đ"): "d"}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        plain = unicodedata.normalize("NFD", chr(code))[0]
        if plain.isascii() and plain.isalpha():
            table[code] = plain.lower()
    return table


_PLAIN: Final = _letters()
_HIDDEN: Final = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
                            "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")  # fmt: skip
_NO_LETTER: Final = re.compile("[\0-\x1f\ud800-\udfff]")
_APOSTROPHES: Final = re.compile("(?<=\\w)['`´‘’ʼ′](?=\\w)")
_WORD: Final = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """The same words without hidden characters (zero width, text direction), composed (NFC), capped in length.

    Characters of other scripts stay as they are. Lone surrogates and control characters become spaces.
    """
    if len(text) > MAX_CHARS:
        text = f"{text[: MAX_CHARS - _TAIL]} {text[-_TAIL:]}"
    text = _HIDDEN.sub("", text)
    return _NO_LETTER.sub(" ", unicodedata.normalize("NFKC", text)[: 2 * MAX_CHARS])


def plain(text: str) -> str:
    """Lower case without accents, đ as d; everything else stays where it is. Expects `clean` text."""
    flat = text.translate(_PLAIN).lower()
    if flat.isascii():
        return flat
    # Marks that NFC could not compose: an accent on a character that has none in Vietnamese.
    return "".join(letter for letter in unicodedata.normalize("NFD", flat) if not unicodedata.combining(letter))


def fold(text: str) -> str:
    """`plain` words with one space between them and no punctuation: what names are compared by."""
    return " ".join(_WORD.findall(plain(_APOSTROPHES.sub("", clean(text)))))


def words(text: str) -> list[str]:
    """The words of a `clean` text, lower case, accents kept."""
    return _WORD.findall(_APOSTROPHES.sub("", text.lower()))


@lru_cache(maxsize=4096)
def accents(word: str) -> str:
    """A word with its tone written last, so that "hoà" and "hòa" are equal. Expects one lower-case word."""
    tone = ""
    letters = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter]
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a folded word could be Vietnamese."""
    return _SYLLABLE.fullmatch(word) is not None


_TELEX_SHAPES: Final = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("uw", "u"), ("ow", "o"), ("aw", "a"))


_FOREIGN: Final = frozenset(
    (
        "gas",
        "bus",
        "sos",
        "max",
        "box",
        "fax",
        "pos",
        "ads",
        "sms",
        "gps",
        "tax",
        "mix",
        "sex",
        "bar",
        "car",
        "tour",
        "ios",
        "os",
    )
)
"""Words of everyday use that end like a Telex tone key."""


@lru_cache(maxsize=8192)
def undo_keyboard(word: str) -> str:
    """A folded word typed with the input method off ("bieen", "bie6n", "ddanhs"), as it was meant; else unchanged."""
    if is_syllable(word) or word in _FOREIGN or not word.isascii() or len(word) < 3 or word.isdigit():
        return word
    bare = re.sub(r"(?<=[a-z])[1-9]", "", word)
    if bare != word and bare.isalpha() and is_syllable(bare):
        return bare
    meant = word
    for shape, letter in _TELEX_SHAPES:
        meant = meant.replace(shape, letter)
    if is_syllable(meant):
        return meant
    without = re.sub(r"(?<=[aeiouymnpcthg])[sfrxj]$", "", meant) if len(meant) > 2 else meant
    without = re.sub(r"(?<=[aeiouy])w", "", without)
    return without if is_syllable(without) else word


@lru_cache(maxsize=8192)
def unglue(word: str) -> tuple[str, ...]:
    """A folded word that is several syllables run together ("tanbien"), cut into two where exactly one cut fits."""
    if len(word) < 5 or is_syllable(word) or not word.isalpha():
        return (word,)
    cuts = [
        (word[:cut], word[cut:])
        for cut in range(2, len(word) - 1)
        if is_syllable(word[:cut]) and is_syllable(word[cut:])
    ]
    return cuts[0] if len(cuts) == 1 else (word,)


def normal(text: str) -> list[str]:
    """Folded words with chat spelling and keyboard slips undone. Expects `clean` text."""
    return [word for word, _ in normal_pairs(text)]


def normal_pairs(text: str) -> list[tuple[str, str]]:
    """The words of `normal`, each with what was typed in lower case. Expects `clean` text."""
    out: list[tuple[str, str]] = []
    for word in islice(words(text), MAX_CHARS):
        meant = _meant(word)
        if " " in meant:
            out.extend((part, part) for part in meant.split())
        else:
            out.append((meant, word))
    return out


@lru_cache(maxsize=16384)
def _meant(word: str) -> str:
    """One typed word folded, its chat spelling and keyboard slips undone; may be several words."""
    meant = TEENCODE.get(word)
    if meant is None:
        meant = plain(word)
        meant = TEENCODE.get(meant) or undo_keyboard(meant)
    return meant
