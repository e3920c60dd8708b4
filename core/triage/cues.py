"""Turns of speech that tell when and how surely something happens: now, over, a habit, hearsay, a wish, a question.

They are features of the models, so their weight is learnt. Phrases are folded and separated by commas; 0 stands for
any number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.triage.danger import dangers

_PATTERNS: Final[dict[str, str]] = {
    "now": """
        dang, nay gio, bay gio, ngay bay gio, luc nay, hien gio, hien dang, hien tai, gio van, van con, van
        dang, gio no, kia ka, ne may, ngay luc nay, con dang, nua kia, toi noi
    """,
    "just": """
        vua, vua moi, moi xong, moi day, luc nay, hoi nay, phut truoc, vua xong, moi bi, vua bi, moi vua, nay
        gio, cach day 0 phut, 0 phut
    """,
    "help": """
        cuu, cuu voi, cuu em, cuu con, xuong ngay, den ngay, toi ngay, toi le, xuong le, ra gap, den gap, toi
        gap, xuong gap, nhanh len, nhanh nhanh, le len, le giup, le di, gap, khan cap, lien, nhanh giup, nhanh
        voi, mau len, cap cuu, goi 0, keo chet, khong kip, nhanh di, ra ngay, ra nhanh, xuong nhanh, den nhanh,
        cu nguoi den, cho xe
    """,
    "hurt": """
        mau, chay mau, bat tinh, bi thuong, nguy kich, nguy hiem, ngat, ngat xiu, gay tay, gay chan, chet, ngung
        tho, nam im, nam bat dong, nam guc, khong tho, co giat, mac ket, ket trong, bi ket, do mau, thung, bong,
        nam giua, hap hoi, tu tu, nhay lau, nhay cau, nhay xuong, bat coc, con tin, ngop, duoi nuoc
    """,
    "armed": """
        dao, ma tau, kiem, sung, rua, bua, tuyp sat, tuyp, gay, gach, phong lon, axit, xang, hung khi, min, luu
        dan, co le, dao bau, con, xeng, keo
    """,
    "fire": """
        chay, boc chay, lua, khoi, no, gas, ga, xi gas, mui khet, boc khoi, ro ri, chap dien
    """,
    "trapped": """
        ket, nhot, khoa trong, khoa cua, khong ra duoc, tron trong, tron, dang cua, dap cua, pha cua, cay cua,
        khong cho ra, mac ket, bi giu, giu giay to
    """,
    "yesterday": """
        hom qua, toi qua, dem qua, hom kia, hom truoc, hom no, bua truoc, bua no, tuan truoc, thang truoc, nam
        ngoai, hoi truoc, hom bua, hom t0, hom thu, chieu qua, sang qua, trua qua, may hom truoc, hom chu nhat,
        0 hom, 0 ngay nay, may bua, da lau, hom roi, bua hom
    """,
    "this_day": """
        sang nay, trua nay, chieu nay, toi nay, dem nay, hom nay, bua nay, nay, hoi sang, hoi trua, hoi nua dem,
        rang sang nay, luc trua, luc sang, luc chieu, sang ra, sang som
    """,
    "tomorrow": """
        ngay mai, mai, sang mai, chieu mai, toi mai, mai lai, cuoi tuan nay, tuan nay, sap, chuan bi, hen, lat
        nua, chut nua, toi nay, dem nay, truoc 0, sap toi, mot lai, mai mot, tuan sau, chieu nay
    """,
    "habit": """
        hay, thuong, thuong xuyen, toi nao, dem nao, ngay nao, hom nao, sang nao, chieu nao, lan nao, suot, moi
        ngay, moi toi, moi dem, moi tuan, moi thang, hoai, lien tuc, quanh nam, lau nay, bay lau, dao nay, gan
        day, tu lau, nua nam, tuan nay, may thang, may nam, thinh thoang, lau lau, cu toi, cu den, cu dem
    """,
    "hearsay": """
        nghe noi, nghe dau, nghe don, nghe bao, nghe may, nghe ke, don la, don dai, ke lai, hinh nhu, nghi la,
        chac la, chac, khong biet co phai, khong biet that, thay bao, nghi ngo, nghi, doan, hong biet, chua
        chac, hinh nhu la
    """,
    "over": """
        xong roi, het roi, da xong, dap duoc roi, dap tat, tat roi, giai tan, tan roi, yen roi, on roi, khong
        sao, tu dan xep, dan xep, da ve, ai ve nha nay, thoi roi, da bat, bat duoc, chua van, da di, chay mat,
        bo chay, khong can, khoi den, dung xuong, khong co gi, da duoc, da cap cuu, on thoa, roi nhe, da giai
        quyet, nghi roi, bo di roi, da dung, tu tat
    """,
    "denied": """
        khong phai, khong co gi, dau co, hong phai, chua thay, chua co gi, khong co dau, chua bi, khong bi,
        nham, gui nham, nham so, lo bam, bam nham, hieu nham, khong fai, chu khong, dua thoi, dua ti, noi dua,
        gioi
    """,
    "if": """
        neu, gia su, lo, nho, lo nhu, truong hop, sau nay, khi nao, hoi truoc, hoi cho biet, hoi de biet, vi du,
        phong khi, gia nhu, neu lo
    """,
    "drill": """
        dien tap, thu chuong, tap huan, thuc tap, luyen tap, test, thu nghiem, thu, dong phim, quay phim, phim,
        kich, trong phim, trong game, game, tro choi
    """,
    "ask": """
        cho hoi, cho em hoi, cho toi hoi, cho minh hoi, xin hoi, hoi chut, hoi xiu, hoi ti, cho con hoi, cho
        chau hoi, cho bac hoi, muon hoi, hoi ve, co phai, the nao, lam sao, nhu the nao, bao nhieu, may gio, bao
        gio, khi nao, o dau, so may, co duoc, duoc khong, co bi, can gi, can giay to, can nhung, nop o dau, thu
        tuc, ho so, huong dan, cho xin
    """,
    "procedure": """
        thu tuc, ho so, giay to, can cuoc, dinh danh, vneid, tam tru, tam vang, thuong tru, ho khau, dang ky xe,
        bang lai, khai sinh, ket hon, ho chieu, xac nhan, nhap khau, tach khau, ly lich tu phap, phi, le phi,
        nop phat, phat nguoi, cap lai, lam lai, dang ky tam tru, dang ky thuong tru, lich tiep dan, gio lam
        viec, tru so, so dien thoai, dich vu cong
    """,
    "greets": """
        xin chao, chao, alo, hello, hi, chuc, cam on, thank, good morning, chuc mung, happy, hihi, haha, kaka,
        hehe, ok, oke, vang a, da vang
    """,
    "sells": """
        giam gia, khuyen mai, sale, lien he, inbox, ship, uy tin, cam ket, gia re, gia si, mua ngay, dat hang,
        tu van, mien phi, tuyen, tuyen dung, cho thue, can ban, ban gap, ban lai, chinh hang, ho tro vay, giai
        ngan, lai suat thap, chiet khau, combo, xa kho, thanh ly, ai can, ai co nhu cau, co nhu cau, hoa hong,
        sll, freeship, nhan ngay, click, link
    """,
    "thanks": """
        cam on, biet on, cam kich, thanks, tuyet voi, khen, tuyen duong, hoan nghenh
    """,
    "threat": """
        doa, ham, hua, he, de doa, doi giet, doi chem, tat axit, doa giet, doa danh, dot nha, biet tay, coi
        chung, xu, thanh toan, tra thu, tim den, quay lai, gui hinh, phat tan, tung anh, tung clip
    """,
    "camera": """
        camera, trich xuat, trich camera, cam, ghi hinh, tu xoa, luu 0, chi luu, ghi de, xoa, bao ngan hang,
        khoa tai khoan, phong toa, tau tan, bo tron, tau thoat, sap di, chuyen di, don di, mang di, phi tang,
        tieu huy
    """,
    "many": """
        ca tram, hang chuc, ca chuc, dong lam, keo den, ca nhom, ca dam, tu tap, doan xe, hon chuc, may chuc, ca
        doan
    """,
    "child": """
        chau be, be, con nit, tre em, tre con, hoc sinh, con gai, chau, em be, dua tre, con nho, thang be, thang
        nho, tuoi, lop
    """,
    "want": """
        de nghi, nho, mong, xin, yeu cau, kien nghi, phan anh, bao cao, trinh bao, to giac, to cao, bao tin, xin
        bao, kiem tra, xu ly, xuong xem, vao cuoc, can thiep, giai quyet, xac minh
    """,
    "missing": """
        mat tich, di lac, bo nha, khong thay ve, chua ve, tim nguoi, khong lien lac, mat lien lac, lac, bo di,
        di khoi nha, that lac
    """,
    "still": """
        van con, con dang, chua dut, chua tan, chua di, con o, van o, chua ve, van chua, con nguyen, gio van,
        toi gio
    """,
}  # fmt: skip


def _pattern(block: str) -> re.Pattern[str]:
    phrases = sorted({part.strip() for part in block.split(",")}, key=len, reverse=True)
    return re.compile(rf" (?:{'|'.join(phrases)})(?= )")


_COMPILED: Final = {name: _pattern(block) for name, block in _PATTERNS.items()}

_PAIRS: Final = (
    ("now", "armed"), ("now", "hurt"), ("now", "fire"), ("just", "hurt"), ("just", "armed"), ("yesterday", "habit"),
    ("habit", "want"), ("now", "help"), ("yesterday", "threat"), ("tomorrow", "threat"), ("now", "trapped"),
    ("habit", "now"), ("yesterday", "now"), ("over", "fire"), ("over", "hurt"), ("ask", "procedure"), ("if", "ask"),
    ("hearsay", "yesterday"), ("yesterday", "hurt"), ("yesterday", "armed"), ("child", "missing"), ("child", "hurt"),
    ("child", "trapped"), ("camera", "yesterday"), ("just", "camera"), ("denied", "fire"), ("drill", "fire"),
)  # fmt: skip


def cues(line: Sequence[str], text: str) -> list[str]:
    """The cues that a message's folded words (`line`) bear, and some pairs of them."""
    joined = f" {' '.join(line)} "
    found = [name for name, pattern in _COMPILED.items() if pattern.search(joined)]
    have = set(found)
    found += [f"{left}+{right}" for left, right in _PAIRS if left in have and right in have]
    if have & {"now", "just", "help"} and not have & {"yesterday", "habit", "over", "denied", "ask", "if", "drill"}:
        found.append("clearly_now")
    if have & {"yesterday", "habit", "over", "hearsay"} and not have & {"now", "just", "help", "still"}:
        found.append("clearly_not_now")
    if "!" in text and "help" in have:
        found.append("shouts_help")
    return found + dangers(joined, found)
