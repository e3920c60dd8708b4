"""States of danger that hold until somebody says otherwise: a fire, a fight, a person on a bridge's railing.

"Cháy nhà" needs no "now": it is an emergency unless the same message speaks of yesterday, of a habit, of "if". So each
kind of danger is a cue of its own, once when nothing in the message takes it back and once when something does.

Patterns are folded, separated by commas; brackets hold alternatives, (?! ...) what must not follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_PATTERNS: Final[dict[str, str]] = {
    "fire": """
        chay(?! may| qua| lai| vao| xe| ra| ve| toi| di| huong| khap| nham| tui| theo| ngang| an| viec| mat| long
        | thoat| dua| nhanh| toc| loan),
        boc chay, boc khoi, khoi den, khoi mu, khoi lua, lua (chay|lon|cao|bung|bat|lan|ben|to|do|nguyen),
        phat hoa, bat lua, dap lua, chap dien, chua chay
    """,
    "gas": """
        (mui|xi|ro|ri|ro ri|no|hoi) (gas|ga|khi), binh gas, gas, ro ri hoa chat, mui (khet|khi) (dien|no),
        tran dau, xang chay, hoa chat
    """,
    "blast": """
        tieng no, no lon, phat no, no (cai )?(dung|bum|am), no (lo hoi|binh|mai|banh|tung), bom, dau dan,
        luu dan, dan coi, qua dan, min, qua phao
    """,
    "fight": """
        danh nhau, danh lon, dap nhau, chem, dam nhau, oanh nhau, uynh, hon chien, ruot, rut dao,
        cam (dao|ma tau|rua|bua|kiem|gay|tuyp|ke[ou]|xeng|cuoc|gach|da|axit|hung khi), chia dao, xo xat, au da,
        danh (hoi dong|chet|dap|em|toi|vo|con|me|chau|ba|ong|no|chong|ban), dap pha, dap cua, pha cua,
        nem (da|gach|chai|vo), vac (dao|xeng|gay|ma), bop co, khong che, truy duoi, keo toc
    """,
    "crash": """
        tai nan, tong, dam (vao|xe|nhau|trung|ngang|dai), lat (xe|ngang|nghieng|xuong|up), xe lat,
        can (qua|trung|chet), lao xuong, lao vao, va cham, doi dau, te xe, quet (trung|te|nhau),
        ui (vao|trung), mat lai, mat phanh, dam
    """,
    "hurt": """
        chay mau, mau (chay|me|nhieu|dau|mui|tran|tum), bat tinh, ngat, nam (im|bat dong|guc|duoi|giua|0),
        bi thuong, nguy kich, gay (chan|tay|xuong), ngung tho, co giat, khong tho, kho tho, sui bot, ngo doc,
        dot quy, nhoi mau, duoi (nuoc|suc), chim, nga xuong, bi bong, phong, tuot, hon me, cap cuu, hap hoi,
        chet nguoi, khong xong
    """,
    "height": """
        lan can, thanh cau, nhay (cau|lau|song|xuong), doi nhay, tu tu, tu van, treo (ra|len), leo (ra|len),
        thuoc (tru sau|sau|chuot|co), uong thuoc, thu tuyet menh, khong muon song, nghi quan, that co
    """,
    "missing": """
        mat tich, di lac, bi lac, tim (nguoi|con|be|chau|ba|ong|me|bo|tre), khong thay ve, chua ve,
        khong mo cua, goi khong (thua|tra), khong ai thua, mat lien lac, bo nha di, xac nguoi, thi the,
        xac (chet|troi)
    """,
    "captive": """
        bi (nhot|giam|giu|bat|xich|troi|khoa|ep|lua ban|trung|duoi), nhot, xich, bat coc, loi (len|vao|keo),
        khong cho (ra|ve|di|an|chay), giu (giay to|can cuoc|ho chieu|dien thoai|cccd), tien chuoc, chuoc,
        khoa ngoai, troi tay, cuu (con|em|toi|chau|me|ba|anh|chi)
    """,
    "trapped": """
        ket (trong|duoi|o|lai|trong do|cabin|giua|tren), mac ket, bi ket,
        con (nguoi|em be|ba gia|tre|hai|0) (nguoi )?(ben )?trong, ben trong (con|co|hinh), chua ra duoc,
        khong ra duoc, khong xuong duoc, sap (nha|mai|gian|ham|do), vui lap, nuoc (cuon|ngap|len|dang), lu
    """,
    "thief": """
        (dang|nay) (cay|cat|be|leo|lay|trom|pha|khieng|rut|nay|mo|thao|dat|bat), trong nha,
        leo (tuong|vao|rao), bat (cuop|trom), cuop, giat (tui|do|dien|day|bop|vong), giut,
        vua (giat|cuop|lay|trom|bi giat|bi cuop), chay (huong|ve phia|ve huong|xe), quan co dao
    """,
    "money": """
        otp, dang (chuyen|bi rut|nhan tin|nhan cho|goi|dang nhap|rut|di rut|muon),
        vua (chuyen|dua|doc|bam|nap|quet|mat), bi tru tien, khong (dang nhap|vao) duoc, dang nhap khong,
        con nguoi (dang|chuyen), phut truoc, sap chuyen, nguoi dang chuyen, con dang
    """,
    "racing": """
        boc dau, net po, nep po, dua xe, lang lach, danh vong, chan (xe|duong|het xe|ngang), ca tram,
        may chuc (chiec|xe|thang|dua), hang chuc, chan het
    """,
    "dredge": """
        hut cat, tau (hut|cuoc|cat|xang), cua (go|cay|may), xa (thai|nuoc|trom), do trom, lam tac, kich dien
    """,
    "beast": """
        ran (ho|doc|to|luc|bo), ho mang, cho (dai|can|du), ca sau, tran, trau (dien|hung), bo dien,
        ong (vo ve|dot), dien giat, day dien (dut|roi|xuong|sa), ho (mang|lon), con gi, ky da
    """,
    "siege": """
        dang (chan|dap|doa|siet|xiet|ngoi|bao|vay|keo|dung), keo (toi|den|nguoi), chan (cua|truoc|cong|khong),
        dung (truoc|ngoai|chan|cho), vay nha, siet (do|xe|no), xit son, tat son,
        khong cho (khach|ai|chay|vo|vao|ra)
    """,
}  # fmt: skip


def _pattern(block: str) -> re.Pattern[str]:
    phrases = "|".join(re.sub(r"\s*\n\s*\|", "|", part).strip() for part in block.split(","))
    return re.compile(rf" (?:{phrases.replace('(', '(?:').replace('(?:?!', '(?!')})(?= )")


_COMPILED: Final = {name: _pattern(block) for name, block in _PATTERNS.items()}

TAKEN_BACK: Final = frozenset({"yesterday", "habit", "over", "denied", "ask", "if", "drill", "hearsay", "tomorrow"})
"""Cues (see `cues`) after which a danger is not surely one now."""

HOLDING: Final = frozenset({"now", "just", "help", "still"})
"""Cues that put it back into the present."""


OPEN: Final = "danger:any:open"
"""The cue of a danger that nothing in the message takes back."""


def dangers(joined: str, cues: Collection[str]) -> list[str]:
    """The kinds of danger in folded words (`joined`, with a space at either end), given the cues found in them."""
    found = [name for name, pattern in _COMPILED.items() if pattern.search(joined)]
    if not found:
        return []
    have = set(cues)
    held, back = bool(have & HOLDING), bool(have & TAKEN_BACK)
    mode = "open" if not back else "mixed" if held else "shut"
    out = [f"danger:{name}:{mode}" for name in found] + [f"danger:any:{mode}"]
    if len(found) > 1:
        out.append(f"danger:many:{mode}")
    if held:
        out.append("danger:held")
    return out
