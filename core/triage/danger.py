"""States of danger that hold until somebody says otherwise: a fire, a fight, a person on a bridge's railing.

"Cháy nhà" needs no "now": it is an emergency unless the same message speaks of yesterday, of a habit, of "if". So each
kind of danger is a cue of its own, once when nothing in the message takes it back and once when something does.

How the patterns are written, says `senses.pattern`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from core.triage.senses import pattern

_PATTERNS: Final[dict[str, str]] = {
    "fire": """
        chay(?! may| qua| lai| vao| xe| ra| ve| toi| di| huong| khap| nham| tui| theo| ngang| an| viec| mat| long | thoat| dua| nhanh| toc| loan),
        boc chay, boc khoi, khoi den, khoi mu, khoi lua, lua (chay|lon|cao|bung|bat|lan|ben|to|do|nguyen),
        phat hoa, dap~ lua, chap dien, khoi!(?! huong| thuoc| bui),
        (?<! do )(?<! xe )(?<! tau )(?<! ten )lua!(?! trai| dan)
    """,
    "gas": """
        (mui|xi|ro|ri|ro ri|no|hoi) (gas|ga|khi), binh gas, gas, ro ri hoa chat, mui (khet|khi) (dien|no),
        tran dau, xang chay, hoa chat
    """,
    "blast": """
        tieng no, no lon, phat no, no (cai )?(dung|bum|am), no (lo hoi|binh|mai|banh|tung), dau dan,
        luu dan, dan coi, qua dan, min!, qua min, trai min, bom!, co bom, dat bom, trai bom
    """,
    "fight": """
        danh nhau, danh lon, dap nhau, chem, dam nhau, oanh nhau, uynh, hon chien, ruot, rut dao,
        cam (dao|ma tau|rua|bua|kiem|gay|tuyp|ke[ou]|xeng|cuoc|gach|da|axit|hung khi), chia dao, xo xat, au da~,
        danh (hoi dong|chet|dap|em|toi|vo|con~|me|chau|ba|ong|no~|chong|ban), dap pha, dap cua, pha cua,
        nem (da|gach|chai|vo), vac (dao|xeng|gay|ma), bop co, khong che, truy duoi~, keo toc
    """,
    "crash": """
        tai nan, tong!, tong (vao|xe|trung|chet|nhau|phai|lien|thang|duoi), (xe|bi|vua) tong, dam (vao|xe|nhau|trung|ngang|dai), lat (xe|ngang|nghieng|xuong|up), xe lat,
        can (qua|trung|chet), lao xuong, lao vao, va cham, doi dau, te xe, quet (trung|te|nhau),
        ui (vao|trung), mat lai, mat phanh, dam!
    """,
    "hurt": """
        chay mau, mau (chay|me|nhieu|dau|mui|tran|tum), bat~ tinh, ngat, nam~ (im|bat~ dong|guc|duoi~|giua|0),
        bi thuong, nguy kich, gay (chan|tay|xuong), ngung tho, co giat, khong tho, kho tho, sui bot, ngo doc, khong nhuc nhich, bat~ dong,
        dot quy, nhoi mau, duoi (nuoc|suc), chim!, (dang|bi) chim, chim (xuong|do|ghe|tau), nga xuong, (rot|roi|te|lot) xuong (song|kenh|ao|ho|gieng|muong|cong|bien|suoi|ham|be), bi bong, phong!, bi phong, hon me, cap cuu, hap hoi,
        chet nguoi, khong xong
    """,
    "height": """
        lan can~, thanh cau, nhay (cau|lau|song|xuong), doi nhay, tu tu, tu van, treo (ra|len), leo (ra|len),
        thuoc (tru sau|sau|chuot|co), uong thuoc, thu tuyet menh, khong muon song, nghi~ quan, that co
    """,
    "missing": """
        mat tich, di lac, bi lac, tim (nguoi|con~|be~|chau|ba|ong|me|bo|tre), khong thay ve, chua ve,
        khong mo cua, goi khong (thua|tra), khong ai thua, mat lien~ lac, bo nha di, xac nguoi, thi the,
        xac (chet|troi)
    """,
    "captive": """
        bi (nhot|giam|giu|bat|xich|troi|khoa|ep|lua ban), nhot, xich, bat coc, loi (len|vao|keo),
        khong cho (ra|ve|di|an|chay), tien chuoc, chuoc,
        khoa ngoai, troi tay, cuu (con~|em|toi|chau|me|ba|anh|chi)
    """,
    "trapped": """
        ket (trong|duoi|o|lai|trong do|cabin|giua|tren), mac ket, bi ket,
        con~ (nguoi|em be|ba gia|tre|hai|0) (nguoi )?(ben )?trong, ben trong (con~|co|hinh), chua ra duoc,
        khong ra duoc, khong xuong duoc, sap (nha|mai|gian|ham|do), vui lap, nuoc (cuon|ngap|len|dang), lu!, nuoc lu, lu (ve|quet|cuon)
    """,
    "thief": """
        (dang|nay) (cay|cat|be|leo|lay|trom|pha|khieng|rut|nay|mo|thao|dat|bat), trong nha,
        leo (tuong|vao|rao), bat (cuop|trom), cuop, giat (tui|do|dien|day|bop|vong), giut,
        vua (giat|cuop|lay|trom|bi giat|bi cuop), chay~ (huong|ve phia|ve huong)
    """,
    "money": """
        otp, dang (chuyen|bi rut|nhan tin|nhan cho|goi|dang nhap|rut|di rut|muon),
        vua (chuyen|dua|doc|bam|nap|quet|mat), bi tru tien, khong (dang nhap|vao) duoc, dang nhap khong,
        con~ nguoi (dang|chuyen), phut truoc, sap chuyen, nguoi dang chuyen, con~ dang
    """,
    "racing": """
        boc dau, dua~ xe, lang lach, danh vong, chan (xe|het xe|ngang),
        may chuc (chiec|xe|thang|dua), doan xe
    """,
    "dredge": """
        hut cat, tau (hut|cuoc|cat|xang), do trom, lam tac, kich dien
    """,
    "stalk": """
        (bam|di|chay~) theo (em|chau|toi|con~|tui|minh), rinh (em|chau|nha|truoc|ngoai|toi), chan duong (em|chau|toi|con~),
        (khong|hong|ko) dam~ (ve|ra|mo|di), axit, cam chai, dang (cho|doi|dung) (em|chau|toi|ngoai|truoc), doa (giet|dot)
    """,
    "lure": """
        (tren|len|lua~|lua~ len) xe (di|roi|qua|khach), dang (tren duong|bi dua|di), (ban|dua~|dat|chay~|lua~) (qua|sang) (cam|do|bien|ben|trung),
        sang nay no~ (di|xach|bo), sap qua (bien|cua khau), cua khau, bi lua~ ban
    """,
    "quarrel": """
        nem (trung|dep|ghe|ly), keo toc, nam~ toc, giat toc, vat nhau, xau xe, nhao vo, xong (vao|vo|toi), lao (vao|toi|vo),
        la het, keu cuu, khoc (thet|la|het), tat (toi tap|em|con~|chau|lia lia), dap (pha|do|ban|cua|xe)
    """,
    "beast": """
        ran (ho|doc|to|luc|bo), ho mang, cho (dai|can|du), ca sau, tran!, con~ tran, trau (dien|hung), bo dien,
        ong (vo ve|dot), dien giat, day dien (dut|roi|xuong|sa), ho mang, ky da
    """,
    "siege": """
        dang (chan|dap|doa|siet|xiet|ngoi|bao|vay|keo|dung), keo (toi|den|nguoi), chan (cua|truoc|cong|khong),
        dung (truoc|ngoai|chan) (cua|nha|cong), vay nha, siet (do|xe|no), xit son, tat son,
        khong cho (khach|ai|chay|vo|vao|ra)
    """,
}  # fmt: skip


_COMPILED: Final = {name: pattern(block) for name, block in _PATTERNS.items()}

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
