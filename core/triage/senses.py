"""Which of several words a folded one is: "cháy" (burns) and "chạy" (runs) are both "chay" without accents.

Where the writer used accents, they tell the dangerous word from its homographs; where not, the words around it do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.triage.text import accents

_MEANT: Final[dict[str, str]] = {
    "chay": "cháy", "no": "nổ nỗ", "phong": "phỏng phõng", "dam": "đâm", "khoi": "khói", "lua": "lửa lữa",
    "min": "mìn", "sung": "súng", "dao": "dao", "gay": "gậy gãy gẫy gẩy", "gach": "gạch", "bua": "búa", "con": "côn",
    "mau": "máu", "chem": "chém", "cuu": "cứu", "ket": "kẹt", "ngat": "ngất", "duoi": "đuối", "chim": "chìm",
    "tong": "tông", "nhay": "nhảy nhãy", "tron": "trốn", "lat": "lật", "can": "cán cắn", "te": "té", "quet": "quẹt",
    "giu": "giữ giử", "bat": "bắt", "nem": "ném", "trom": "trộm", "lu": "lũ", "danh": "đánh", "ran": "rắn",
    "xang": "xăng", "bong": "bỏng bõng", "nga": "ngã ngả", "nhot": "nhốt", "xich": "xích", "ruot": "rượt",
    "cay": "cạy", "be": "bẻ", "gap": "gấp", "le": "lẹ", "lien": "liền", "hen": "hẹn", "mai": "mai", "ga": "ga",
    "kiem": "kiếm", "rua": "rựa", "chet": "chết", "sap": "sắp sập", "thung": "thủng", "nguy": "nguy", "xu": "xử",
    "ham": "hăm", "hua": "hứa", "vua": "vừa", "giat": "giật", "cuop": "cướp", "treo": "treo", "da": "đá", "xeng": "xẻng",
    "tran": "trăn tràn", "ho": "hổ", "van": "vẫn", "nghi": "nghi", "dua": "đùa", "chac": "chắc", "nham": "nhầm",
    "bom": "bom", "may": "mấy mầy", "nam": "năm", "troi": "trói trôi", "khoa": "khóa khoá", "dap": "đập", "pha": "phá", "leo": "leo",
}  # fmt: skip
"""Folded word -> how it is written when it means what the lists of cues mean by it."""

_FORMS: Final = {word: frozenset(accents(form) for form in forms.split()) for word, forms in _MEANT.items()}

SURE, OTHER = "^", "~"
"""What is added to a word that surely means it, and to one that surely means something else."""


def sensed(line: Sequence[tuple[str, str]]) -> list[str]:
    """Folded words, each ambiguous one marked. Expects pairs: the folded word, and the word as typed in lower case."""
    accented = sum(not typed.isascii() for _, typed in line)
    full = accented >= 3 and accented >= 0.4 * len(line)
    out = []
    for word, typed in line:
        forms = _FORMS.get(word)
        if forms is None or (typed.isascii() and not full):
            out.append(word)
        else:
            out.append(word + (SURE if accents(typed) in forms else OTHER))
    return out


def pattern(block: str) -> re.Pattern[str]:
    """Phrases separated by commas as one pattern for `sensed` words joined by spaces.

    A plain word also stands for itself when its sense is known to be meant; `word~` for any sense; `word!` only for one
    that is sure. Brackets hold alternatives, (?! …) what must not follow, (?<! …) what must not stand before.
    """
    phrases = "|".join(" ".join(part.split()) for part in re.sub(r"\s*\n\s*\|", "|", block).split(",") if part.strip())
    phrases = phrases.replace("(", "(?:").replace("(?:?", "(?")
    return re.compile(rf" (?:{re.sub(r'[a-z0-9]+[~!]?', _word, phrases)})(?= )")


def _word(found: re.Match[str]) -> str:
    word = found.group()
    if word.endswith("~"):
        return f"{word[:-1]}[~^]?"
    if word.endswith("!"):
        return f"{word[:-1]}\\^"
    return f"{word}\\^?" if word in _MEANT else word
