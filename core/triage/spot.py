"""Whether words name any spot: a hamlet, a lane, a market, a house number. The gazetteer finds the commune; when no
spot was named, the bot asks where it is."""

from __future__ import annotations

import re
from typing import Final

from core.triage.intents import fold

_SPOT: Final = re.compile(
    r"\b(ap|thon|xom|khu pho|kp ?\d*|to \d+|to dan pho|tdp|hem|ngo|ngach|duong|pho|cho|truong|nga ba|nga tu|nga 3|nga 4"
    r"|cau|chua|kcn|khu cong nghiep|cong ty|quoc lo|ql ?\d+|tinh lo|tl ?\d+|dt ?\d+|so nha|so \d+|benh vien|ben xe"
    r"|nha van hoa|ubnd|chung cu|toa nha|phong tro so|khu tro|day tro|cho dau moi|vong xoay|ben pha|san van dong"
    r"|cong vien|xa|phuong|thi tran|ban|buon|soc|lang)\b"
)


def names_spot(text: str) -> bool:
    """True when the words point to some spot, however loosely."""
    return _SPOT.search(fold(text)) is not None
