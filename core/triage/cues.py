"""Phrases that tell when and how surely something happens: now, over, a habit, hearsay, a wish, a question.

They are features of the models, so their weight is learnt. Phrases are folded and separated by commas; 0 stands for
any number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.triage.danger import dangers
from core.triage.senses import pattern

_PATTERNS: Final[dict[str, str]] = {
    "now": """
        dang, nay gio, bay gio, ngay bay gio, luc nay, hien gio, hien dang, hien tai, gio van, van con~, van dang, gio no~, kia ka, ne may, ngay luc nay, con~ dang, nua kia,
    """,
    "just": """
        vua, vua moi, moi xong, moi day, luc nay, hoi nay, phut truoc, vua xong, moi bi, vua bi, moi vua, nay gio, cach day 0 phut, 0 phut
    """,
    "help": """
        cuu, cuu voi, cuu em, cuu con~, xuong ngay, den ngay, toi ngay, toi le, xuong le, ra gap, den gap, toi gap,
        xuong gap, nhanh len, nhanh nhanh, le len, le giup, le di, khan cap, nhanh giup, nhanh voi, mau~ len,
        cap cuu, goi 0, keo chet, khong kip, nhanh di, ra ngay, ra nhanh, xuong nhanh, den nhanh, cu nguoi den,
        cho xe, gap!, len gap, can gap, qua gap, lien!, den lien, toi lien, ra lien, xuong lien, le le, le len di,
        voi, bao 0, goi cong an
    """,
    "hurt": """
        chay mau, bat~ tinh, bi thuong, nguy kich, nguy hiem, ngat, ngat xiu, gay tay, gay chan, sap chet, ngung tho,
        nam~ im, nam~ bat~ dong, nam~ guc, khong tho, co giat, mac ket, ket trong, bi ket, do mau, thung, nam~ giua,
        hap hoi, tu tu, nhay lau, nhay cau, nhay xuong, bat coc, con~ tin, ngop, duoi nuoc, bong!, bi bong,
        bong nang, (?<! nhom )(?<! hien )(?<! say )mau!(?! nong| lua), mau me, day mau, mau nhieu, be bet mau, phong!, bi phong
    """,
    "armed": """
        (?<! ca )dao(?! dong), ma tau, sung(?! nuoc| phun| nhua), tuyp sat, tuyp, phong~ lon, axit, xang, hung khi, luu dan, co le~, dao bau, xeng, con!,
        cay~ con, ong tuyp, cay~ keo, cam keo, bua!, cam bua, cay~ bua, min!, qua min, rua!, cam rua, cay~ rua, gay!,
        cam gay, cay~ gay, gay goc, kiem!, cam kiem, cay~ kiem, gach, cuc gach, cam ma, vac ma
    """,
    "fire": """
        boc chay, gas, xi gas, mui khet, boc khoi, ro ri, chap dien,
        chay(?! may| qua| lai| vao| xe| ra| ve| toi| di| huong| khap| nham| tui| theo| ngang| an| viec| mat| long| thoat| dua| nhanh| toc| loan| bo| ngay| dem| tron| xuong| len| sang| bat| bang),
        no!(?! may), phat no, tieng no, no lon, (?<! do )(?<! xe )(?<! tau )(?<! ten )lua!(?! trai| dan), co lua, ngon lua, lua lon, lua lan, khoi!(?! huong| thuoc| bui), khoi den, khoi bay,
        bay khoi, khoi lua, khoi mu, (?<! xe )(?<! ru )(?<! tay )(?<! nha )(?<! len )(?<! san )(?<! tang )ga!(?! giuong| tau| ra), binh ga, mui ga, xi ga
    """,
    "trapped": """
        nhot, khoa trong, khoa cua, khong ra duoc, tron trong, dang cua, dap cua, pha cua, cay cua, khong cho ra,
        mac ket, bi giu, ket!, ket lai, tron!, dang tron, em tron, con~ tron
    """,
    "yesterday": """
        hom qua, toi qua, dem qua, hom kia, hom truoc, hom no~, bua~ truoc, bua~ no~, tuan truoc, thang truoc, nam ngoai, hoi truoc, hom bua~, hom t0, hom thu, chieu qua, sang qua, trua qua, may hom truoc, hom chu nhat,
        0 hom, 0 ngay nay, may bua~, da~ lau, hom roi, bua~ hom
    """,
    "this_day": """
        sang nay, trua nay, chieu nay, toi nay, dem nay, hom nay, bua~ nay, nay, hoi sang, hoi trua, hoi nua dem,
        rang sang nay, luc trua, luc sang, luc chieu, sang ra, sang som
    """,
    "tomorrow": """
        ngay mai, sang mai, chieu mai, toi mai, cuoi tuan nay, tuan nay, lat~ nua, truoc 0, sap toi, mot lai, mai mot, tuan sau
    """,
    "habit": """
        thuong xuyen, toi nao, dem nao, ngay nao, hom nao, sang nao, chieu nao, lan nao, moi ngay, moi toi,
        moi dem, moi tuan, moi thang, quanh nam, lau nay, bay lau, gan day, tu lau, nua nam, may thang,
        thinh thoang, lau lau, cu toi, cu den, cu dem, (?<! xe )may nam, bua~ nao, tuan nao, mot tuan may lan,
        tuan may lan, ngay 0 lan, tuan 0 lan
    """,
    "hearsay": """
        nghe noi, nghe dau, nghe don, nghe bao, nghe ke, don la, don dai, ke lai, khong biet co phai,
        khong biet that, hong biet, chua chac, nghe may~ (ba|ong|co|chu|anh|chi|dua|nguoi), nghe nguoi ta,
        nguoi ta don, nguoi ta noi, nghe hang xom
    """,
    "over": """
        xong roi, da~ xong, dap~ duoc roi, dap~ tat, tat roi, giai tan, tan roi, yen roi, on roi, khong sao,
        tu dan xep, dan xep, ai ve nha nay, da~ bat, bat duoc, chua van, khong can~, khong co gi, da~ duoc,
        da~ cap cuu, on thoa, roi nhe, da~ giai quyet, nghi~ roi, da~ dung, tu tat, khoi~ den nua, khoi~ can,
        dung xuong nua, da~ ve nha, da~ on, da~ het, tan het roi, ve het roi, giai quyet xong, huong ung xong
    """,
    "fled": """
        da~ di, bo di roi, tau thoat, bo chay~, chay~ mat, chay~ thoat
    """,
    "habit_weak": """
        hay, suot, thuong, lien~ tuc, tuan nay, gan day, dao nay, hoai
    """,
    "denied_weak": """
        khong phai, nham, gioi, khong bi, hong phai, chu khong
    """,
    "tomorrow_weak": """
        sap, hen, lat~ nua, chut nua, toi nay, dem nay, chieu nay, mai, mai lai, chuan bi
    """,
    "ask_weak": """
        o dau, bao gio, khi nao, can~ gi, co bi, lam sao, co phai, co duoc, tinh sao, lam gi
    """,
    "hearsay_weak": """
        chac, nghi~, nghi~ la, doan, hinh nhu, nghi~ ngo, chac la, co le~
    """,
    "denied": """
        khong co gi, chua co gi, khong co dau, chua bi, gui nham, nham so, lo bam, bam nham, hieu nham, khong fai,
        dua thoi, dua ti, noi dua, chua thay gi, dau co ai, dau co gi, dau co chay, dau co danh, khong phai chay,
        hong phai chay, khong co chay, khong co danh, khong phai danh nhau
    """,
    "if": """
        gia su, lo nhu, truong hop, sau nay, hoi cho biet, hoi de biet, vi du, phong~ khi, gia nhu, neu lo,
        neu(?! khong (quay|tra|dua|chuyen|nop|chiu)), hoi cho chac, chi hoi thoi, lo ma
    """,
    "drill": """
        dien tap, thu chuong, tap huan, thuc tap, luyen tap, dong phim, quay phim, coi phim, xem phim, trong phim, trong game, tro choi, test
    """,
    "ask": """
        cho hoi, cho em hoi, cho toi hoi, cho minh hoi, xin hoi, hoi chut, hoi xiu, hoi ti, cho con~ hoi, cho chau hoi, cho bac hoi, muon hoi, hoi ve, the nao, nhu the nao, bao nhieu, may gio, bao gio, so may, duoc khong, can~ giay to, can~ nhung, nop o dau, thu tuc, ho~ so, huong dan, cho xin
    """,
    "procedure": """
        thu tuc, ho~ so, giay to, can~ cuoc, dinh danh~, vneid, tam tru, tam vang, thuong tru, ho~ khau, dang ky xe,
        bang lai, khai sinh, ket~ hon, ho~ chieu, xac nhan, nhap khau, tach khau, ly lich tu phap, phi, le~ phi,
        nop phat, phat nguoi, cap lai, lam lai, dang ky tam tru, dang ky thuong tru, lich tiep dan, gio lam viec, tru so, so dien thoai, dich vu cong
    """,
    "greets": """
        xin chao, chao, alo, hello, hi, chuc, cam on, thank, good morning, chuc mung, happy, hihi, haha, kaka,
        hehe, ok, oke, vang a, da~ vang
    """,
    "sells": """
        giam gia, khuyen mai~, sale, lien~ he, inbox, ship, uy tin, cam ket~, gia re, gia si, mua ngay, dat hang,
        tu van~, mien phi, tuyen, tuyen dung, cho thue, can~ ban, ban gap, ban lai, chinh hang, ho~ tro vay, giai ngan, lai suat thap, chiet khau, combo, xa kho, thanh ly, ai can~, ai co nhu cau, co nhu cau, hoa hong,
        sll, freeship, nhan ngay, click, link
    """,
    "thanks": """
        cam on, biet on, cam kich, thanks, tuyet voi, khen, tuyen duong, hoan nghenh
    """,
    "threat": """
        doa, ham, hua, he, de doa, doi giet, doi chem, tat axit, doa giet, doa danh, dot nha, biet tay, coi chung, xu, thanh toan, tra thu, tim den, quay lai, gui hinh, phat tan, tung anh, tung clip
    """,
    "camera": """
        camera, trich xuat, trich camera, cam, ghi hinh, tu xoa, luu 0, chi luu, ghi de, xoa, bao ngan hang,
        khoa tai khoan, phong~ toa, tau tan, bo tron, tau thoat, sap di, chuyen di, don di, mang di, phi tang,
        tieu huy
    """,
    "many": """
        ca tram, hang chuc, ca chuc, dong lam, keo den, ca nhom, ca dam~, tu tap, doan xe, hon chuc, may chuc, ca doan
    """,
    "child": """
        chau be~, be~, con~ nit, tre em, tre con~, hoc sinh, con~ gai, chau, em be~, dua~ tre, con~ nho, thang be~, thang nho, tuoi, lop
    """,
    "want": """
        de nghi~, nho, mong, xin, yeu cau, kien nghi~, phan anh, bao cao, trinh bao, to giac, to cao, bao tin, xin bao, kiem~ tra, xu ly, xuong xem, vao cuoc, can~ thiep, giai quyet, xac minh
    """,
    "missing": """
        mat tich, di lac, bo nha, khong thay ve, chua ve, tim nguoi, khong lien~ lac, mat lien~ lac, lac, bo di,
        di khoi~ nha, that lac
    """,
    "still": """
        van con~, con~ dang, chua dut, chua tan, chua di, con~ o, van o, chua ve, van chua, con~ nguyen, gio van,
        toi gio
    """,
}  # fmt: skip


_COMPILED: Final = {name: pattern(block) for name, block in _PATTERNS.items()}

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
