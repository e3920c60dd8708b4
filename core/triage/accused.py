"""Whom a tip accuses, where it accuses those who would otherwise get it: the police, or the commune's officials.

Only a plain charge counts: who, then the charge, with hardly a word between. "Báo công an: có bọn bảo kê" accuses none
of them, and neither does a tip about somebody who pretends to be police.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from core.triage.text import fold


class Accused(StrEnum):
    """Who is accused, of those who would otherwise investigate the charge."""

    NOBODY = ""
    POLICE = "police"
    OFFICIAL = "official"


_POLICE: Final = (
    r"(?:truong |pho |cac |may |nhung |mot |1 |tay |ong |anh |thang )*"
    r"(?:cong an(?: vien)?|canh sat(?: giao thong| khu vuc)?|csgt|cskv|ca xa|ca phuong|cax|cap)"
)
_OFFICIAL: Final = r"(?:can bo(?: dia chinh| tu phap| xa| phuong)*|chu tich|pho chu tich|bi thu|lanh dao (?:xa|phuong)|uy ban(?: nhan dan)?|ubnd)"
_NAMED: Final = r"(?: (?!oi|cho|xem|xuong|den|toi|giup|em|a|ah|hay|can|vao|ra|qua|nhe|thi|ma|va)[a-z0-9]+){1,3}?"
_WHERE: Final = (
    rf"(?:{_NAMED})?"
    r"(?: (?:xa|phuong|thi tran|huyen|tinh|khu vuc|nay|o|day|do|dia phuong|noi|minh|em|toi|la|ten|\w+ nay|truc|ban))*"
)
_MANNER: Final = r"(?: (?:da|dang|cu|hay|con|lai|co|toan|thuong xuyen|lien tuc|thuong|bi to|dam|nhieu lan|mot so|y))*"
_CHARGE: Final = (
    r" (?:nhan (?:tien|hoi lo|phong bi|lot tay)|an (?:hoi lo|tien|chan|chia|phong bi)|voi (?:tien|vinh)|doi (?:tien|hoi lo|lot tay"
    r"|phong bi|chung chi)|lam tien|bao ke|bao che|danh (?:dan|nguoi|dap)|ep cung|mai lo|thong dong|cau ket|tiep tay|nhung nhieu"
    r"|hach sach|hanh dan|sach nhieu|chay an|tham o|tham nhung|an bot|an chan|lay tien|tu y thu tien|thu tien (?:sai|trai)"
    r"|nhan cua|bat nguoi (?:vo co|sai)|lam ngo (?:de|cho))"
)
_PASSIVE: Final = r"bi(?: (?:mot|1|ong|anh|may|tay|thang))* "
_NOT_HERE: Final = re.compile(
    r"(?:gia danh|gia mao|tu xung(?: la)?|xung(?: la)?|gia|mao danh|dong gia|mac do|bao|nho|goi|kinh gui|gui|moi|voi|thua) $"
)
_SOMEBODY: Final = re.compile(
    r"\b(?:cong an|canh sat|csgt|cskv|ca xa|ca phuong|cax|cap|can bo|chu tich|bi thu|lanh dao|uy ban|ubnd)\b"
)
"""A text without any of these accuses nobody; the slow patterns are then skipped."""
_SIGNS: Final = re.compile(r"[^a-z0-9]+")


def _charges(who: str) -> re.Pattern[str]:
    done = rf"\b(?P<who>{who}){_WHERE}{_MANNER}{_CHARGE}\b"
    suffered = rf"\b{_PASSIVE}(?P<by>{who}){_WHERE}(?:{_CHARGE}| (?:danh|doi|vu khong|hanh hung))\b"
    return re.compile(f"{done}|{suffered}")


_AGAINST_POLICE: Final = _charges(_POLICE)
_AGAINST_OFFICIAL: Final = _charges(_OFFICIAL)


def accused(text: str) -> Accused:
    """Whom a text accuses. Never raises."""
    plain = _SIGNS.sub(" ", fold(text[:4000]))
    if not _SOMEBODY.search(plain):
        return Accused.NOBODY
    if _charged(_AGAINST_POLICE, plain):
        return Accused.POLICE
    return Accused.OFFICIAL if _charged(_AGAINST_OFFICIAL, plain) else Accused.NOBODY


def _charged(charge: re.Pattern[str], plain: str) -> bool:
    return any(not _NOT_HERE.search(plain[: found.start()]) for found in charge.finditer(plain))
