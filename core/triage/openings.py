"""How people begin, and sometimes end: greetings, calls to the neighbours, "is this the police?". They say nothing of
what happened.

The models must not read them: "alo, công an phường phải không" begins a question about documents as well as a report of a fire,
and as a question it would weigh against the fire.
"""

from __future__ import annotations

import re
from typing import Final

from core.triage.text import clean, plain

_NOT: Final = "(?:khong|ko|kg|k|hong|hok|hem|hk|ha)"
_RIGHT: Final = "(?:phai|fai|dung)"
_POLICE: Final = (
    r"(?:cong an|ca|canh sat)(?: (?:phuong|xa|khu vuc|thi tran|dac khu|huyen|tinh|khu|minh)(?: \w+){0,3}?)?"
)
_SELF: Final = "(?:em|toi|tui|chau|con|minh)"
_PERSON: Final = (
    "(?:anh chi em|anh chi|anh em|chi em|co chu|co bac|chu bac|ong ba|ba con|lang xom|lang nuoc|hang xom|moi nguoi|mn|mng"
    "|dong chi|can bo|anh|chi|bac|chu|co|ong|sep|ban|ad|admin)"
)
_CALLED: Final = f"(?:(?:(?:cac|may|quy) )?{_PERSON}(?: {_POLICE}| truc ban| lang xom| trong xom)?|{_POLICE})"
_ASKS: Final = f"(?:(?:cho|xin)(?: {_SELF})? hoi )?"
_WHO: Final = f"(?:(?:cac|may) )?(?:{_PERSON} )?{_POLICE}"
_POLITE: Final = "(?: (?:a|ah|ak|oi|vay))*"

_TURNS: Final = (
    # "alo", "em chào các anh công an ạ", "bà con ơi"
    "(?:a ?lo+|hello|hi)+",
    f"(?:da )?(?:{_SELF} )?(?:xin |kinh )?chao(?: {_CALLED})?",
    f"{_CALLED} oi+",
    f"(?:da )?(?:kinh )?thua {_CALLED}",
    # "công an phường phải không", "cho hỏi có phải công an không", "có ai không", "nghe rõ không"
    f"{_ASKS}{_WHO} (?:(?:day|do|co) )*{_RIGHT} {_NOT}",
    f"{_ASKS}(?:(?:day|do|so nay|ben do|co|la|{_RIGHT}) )+{_WHO} {_NOT}",
    f"(?:{_POLICE} )?(?:co )?(?:ai|can bo)(?: (?:o do|o day|truc|nghe|do|may))* {_NOT}",
    f"(?:{_POLICE} )?(?:co )?nghe(?: (?:ro|thay|may|em|toi|tui))* {_NOT}",
    f"{_POLICE} co (?:o )?do {_NOT}",
    # "anh công an cho em báo", "tôi xin báo là"
    f"(?:da )?(?:{_CALLED} )?(?:cho|de|xin) (?:phep )?{_SELF} (?:xin )?bao(?: cao| tin)?(?: la)?(?! (?:gia|dong|chi)\\b)",
    f"(?:da )?{_SELF} xin bao(?: cao| tin)?(?: la)?(?! (?:gia|dong|chi)\\b)",
)
_TURN: Final = "|".join(f"(?:{turn}){_POLITE}" for turn in _TURNS)
_FIRST: Final = re.compile(rf"[\W_]*(?:{_TURN})(?!\w)[\s.,!?;:-]*")
_LAST: Final = re.compile(rf"(?<!\w)(?:{_TURN})[\s.,;:?-]*$")
_WORD: Final = re.compile(r"[^\W_]+")
_MOST: Final = 5
"""At most this many phrases are removed from either end."""

_END: Final = 60
"""Characters. Closing phrases are looked for in this much of the end."""

_NOTHING: Final = frozenset("a ah ak da vang oi nhe nha em anh chi u um cam on".split())
"""Words that alone say nothing."""


def without_opening(text: str) -> str:
    """The message without its greetings; all of it when it is nothing but a greeting. Expects `clean` text."""
    return _rest(text) or text


def is_opening(text: str) -> bool:
    """Whether a message is nothing but greeting ("bà con ơi", "alo công an phường phải không ạ")."""
    return len(text) <= _END and not _rest(clean(text))  # a longer one says more, and need not be looked at


def _rest(text: str) -> str:
    """The message without opening and closing phrases; "" when nothing is left. Expects `clean` text."""
    flat = plain(text)
    if len(flat) != len(text):  # Characters of other scripts that fold into several: no opening is looked for there.
        return text
    start, end = 0, len(flat)
    for _ in range(_MOST):
        found = _FIRST.match(flat, start)
        if found is None:
            break
        start = found.end()
    for _ in range(_MOST):
        found = _LAST.search(flat, max(start, end - _END), end)
        if found is None:
            break
        end = found.start()
    return text[start:end] if set(_WORD.findall(flat[start:end])) - _NOTHING else ""
