"""The Vietnamese words by which group leaders log, as data for `core.activity`: folded, without accents.

Patterns are matched on lower case without accents; where that makes two words one, `EXACT` tells how the right one is
typed when it carries accents.
"""

from __future__ import annotations

import re
from typing import Final


def _words(pattern: str) -> re.Pattern[str]:
    """Whole words only."""
    return re.compile(r"(?<![a-z0-9])(?:" + pattern + r")(?![a-z0-9])")


_TYPED: Final = (
    "hop họp|toi tối tới|dem đêm|chieu chiều|trua trưa|ky ký kỳ|ki kí|ngay ngày|truc trực|tuan tuần|thay|dung dựng"
    "|den đèn đến|lap lắp|gan gắn|bong bóng|sua sửa|keo kéo|cam cảm|dien điện diễn|cau cầu|duong đường|truong trường"
    "|dinh đình định|chua chùa chữa|o ở|xom xóm|ngo ngõ|ap ấp|ban bản|chuc chục|ho hộ hỗ|vu vụ vũ|tu từ tư"
)
EXACT: Final = {words.split()[0]: frozenset(words.split()) for words in _TYPED.split("|")}

# What kind of work. The first words in the line win; of two that start together, the kind named first.
_CHECK: Final = r"(?:kiem tra|ktra|kt|ra soat|kiem soat) (?:[^,;.]{0,25}? )?"
KINDS: Final[dict[str, re.Pattern[str]]] = {
    "patrol": _words(
        r"(?:di )?tuan tra(?: kiem soat| nhan dan| khep kin| dem)?|di tuan(?! nay| sau| truoc| roi| toi)|tuan dem"
        r"|truc (?:chot|gac|dem|tuan)|chot truc|canh gac"
    ),
    "mediation": _words(r"hoa giai"),
    "fire_check": _words(
        _CHECK + r"(?:pccc|pc cc|phong chay|an toan chay|chay no|binh chua chay|chua chay|he thong dien|dien)"
        r"|(?:dien tap|thuc tap|tap huan)[^,;.]{0,20}? (?:pccc|chua chay|phong chay)"
    ),
    "lodging_check": _words(
        _CHECK + r"(?:nha tro|phong tro|khu tro|day tro|nha nghi|luu tru|tam tru|tam vang|cu tru|nhan khau)"
        r"|kiem tra hanh chinh"
    ),
    "works": _words(
        r"(?:lap dat|lap|gan|sua chua|sua|thay|bao tri|keo|dung)(?: them| moi| duoc| xong| lai)?"
        r"(?: \w+)?(?: \w+)? (?:camera|cam|bong den|den duong|den|bong|den chieu sang|dien chieu sang|cot den|bien bao)"
        r"|thap sang duong que|lap (?:camera|den)"
    ),
    "meeting": _words(
        r"(?<!phoi )(?<!truong )(?<!tong )(?<!ket )(?<!thich )(?<!to )hop(?: to| dan| ban| nhom| thon| ap| xom| khu pho"
        r"| kp| chi hoi| chi bo| dinh ky| ban dieu hanh| lien gia)?(?! dong| tac| phap| le| ly)"
        r"|to hop(?! tac)|sinh hoat(?: to| nhom| mo hinh| chi hoi| dinh ky| clb)?|giao ban|hoi nghi|so ket|tong ket"
    ),
    "pledge": _words(r"(?:ky|ki)(?: ket)?(?: ban)? cam ket|cam ket"),
    "hand_in": _words(
        r"(?:van dong )?(?:giao nop|nop lai)"
        r"|(?:thu hoi|thu gom|thu|tiep nhan|nop) (?:[^,;.]{0,15}? )?(?:sung|dao|kiem|phao|vu khi|luu dan|min|kich dien"
        r"|cong cu ho tro|vat lieu no|ma tau|vu khi tu che)"
    ),
    "reintegration_help": _words(
        r"(?:giup do|giup|ho tro|tham hoi|tham|dong vien|tiep nhan|cam hoa|giao duc|tao viec lam)[^,;.]{0,30}?"
        r" (?:chap hanh xong|man han|ra tu|tha tu|dac xa|tai hoa nhap|hoan luong|lam lo|lam loi)"
        r"|tai hoa nhap(?: cong dong)?|uoc mo hoan luong"
    ),
    "tip_passed_on": _words(
        r"(?:chuyen|cung cap|tiep nhan|bao)(?: duoc)? (?:\d+|mot|hai|ba|bon|nam) (?:nguon )?tin(?: bao| to giac)?"
        r"(?: (?:cho|len|ve)? ?(?:cong an|ca)(?: xa| phuong)?)?"
        r"|chuyen tin(?: bao)? (?:cho|len) (?:cong an|ca)(?: xa| phuong)?"
    ),
    "awareness": _words(
        r"(?:tuyen truyen|tuyen tuyen|tuyen truyn)(?: van dong| pho bien| nhac nho)?|phat to roi|pho bien phap luat"
        r"|van dong (?:ba con|nhan dan|cac ho)|noi chuyen chuyen de|phat loa|tap huan"
    ),
    "other": _words(
        r"(?:don |tong )*ve sinh (?:duong|moi truong|ngo|thon|xom|khu|duong lang)|ra quan|phat quang"
        r"|(?:boc |tay )?xoa quang cao"
    ),
}

WEAK: Final = re.compile(
    r"hop|to\s+hop|sinh\s+hoat|giao\s+ban|hoi\s+nghi|so\s+ket|tong\s+ket|cam\s+ket|ra\s+quan|tap\s+huan|canh\s+gac"
    r"|(?:lap|gan|sua|thay|bao|keo|dung)\s.*|kiem\s+tra\s+.*dien"
)
"""Too common to be an activity by themselves: they need a number or a time beside them."""

GROUP_WORD: Final = re.compile(r"(?:^|[^a-z])(?:to|doi|nhom|mo hinh|luc luong|ban)\s+$")
"""Before a kind's words these make a group's name of them: the mediation group, the patrol team."""

# What is no log: trouble, alarm, questions, wishes, plans.
_TROUBLE: Final = (
    r"danh nhau|danh lon|au da|xo xat|hon chien|chem|dam nhau|dam chet|cuop|giat do|giat tui|trom"
    r"|mat (?:xe|cap|do|tien)|danh bac|co bac|bai bac|sat phat|xoc dia|da ga|ma tuy|hut chich|choi da|ngao da"
    r"|lua dao|nang lai|doi no|xiet no"
    r"|mai dam|bao luc|danh (?:vo|con|dap|me|cha)|hiep dam|xam hai|quay roi|gay roi|quay pha|tu tap|dua xe|lang lach"
    r"|boc dau|tai nan|tong xe|dam xe|chay (?:nha|lon|xe|rung|roi|quan|kho|cho)|boc chay|boc khoi|no (?:binh|gas|lon)"
    r"|mau thuan|cai nhau|chui boi|de doa|doa giet|cam (?:dao|sung|gay|ma tau)|buon lau|nhap lau|do rac|xa thai"
    r"|o nhiem|gay on|on ao|nghi (?:van|la|co|ban)|kha nghi|nguoi la|la mat|doi tuong|bi (?:danh|mat|trom|lua|cuop|bat)"
    r"|say (?:ruou|xin)|phat hien|bat (?:qua tang|duoc)|gia danh|tu xung|gia mao|quay len|nhin trom|chua dang ky"
)
INCIDENT: Final = _words(_TROUBLE)
WITNESSED: Final = _words(
    r"(?:thay|gap|phat hien|xay ra|nghe|co(?! bac))(?: (?!khong|phong)\w+){0,4}? (?:" + _TROUBLE + ")"
)
"""Somebody saw trouble: that is for the police, whatever else the line tells."""
NOTHING_FOUND: Final = _words(
    r"(?:khong|chua|ko|k|kg)(?: \w+)? (?:phat hien|co|thay|xay ra|ghi nhan|de xay ra)[^,;.]*"
    r"|(?:khong|chua|ko|k|kg) (?:phat hien|co|thay|xay ra|ghi nhan)[^,;.]*"
    r"|(?:da )?(?:nhac nho|giai tan|nhac)(?! lai)[^,;.]*"
)
INCIDENT_EXCUSED: Final = _words(
    r"phong,? chong[^,;.]*|to giac[^,;.]*|phat hien[^,;.]*(?:tam tru|pccc|chua chay|loi|day dien|het han|thieu)[^,;.]*"
    r"|(?:chua dang ky)? (?:tam tru|tam vang)|chua dang ky tam (?:tru|vang)"
)
ALARM: Final = _words(
    r"keu cuu|cuu (?:voi|toi|em|nguoi|chung)|(?:den|toi|ra|xuong) ngay(?! \d)|(?:den|toi|xuong) (?:gap|le|nhanh)"
    r"|dang (?:chay|danh|chem|cuop|dap|gay|quay|bi|dam|no|co (?:nguoi|nhom|mot|vu|dam))|bat tinh|chet nguoi|bi thuong"
)
ASKS: Final = re.compile(
    r"\?|(?<![a-z])(?:bao gio|khi nao|luc nao|the nao|nhu nao|lam sao|tai sao|vi sao|sao (?:khong|chua|ko|k|lau|mai))"
    r"(?![a-z])|(?<!o )(?<!tai )(?<!san )(?<!cong )(?<!duoi )(?<![a-z])(?:khong|ko|hong|hok|chua)"
    r"(?:\s+(?:a|ak|ah|vay|z|nhi|the|anh|chi|em|ban|ad|ta))*[\s.!]*$"
)
WISHED_OR_PLANNED: Final = _words(
    r"de nghi|kien nghi|yeu cau|mong|nho (?:cong an|ca|cac|anh|chi|may)|can (?:tang cuong|co|duoc|phai)|muon"
    r"|xin (?:tang cuong|cong an|cac anh|duoc|hoi|phep)|cho (?:em |toi |minh )?hoi|gia ma|uoc gi|se|sap toi|sap"
    r"|du kien|chuan bi|moi (?:ba con|cac|moi nguoi|toan the|anh|ong)|thong bao|lich|ke hoach"
    r"|(?:khong|ko|k|chua|chang|it|hiem khi|dung)(?: (?:thay|ai|co|duoc|he|bao gio|nguoi|cong an|ca|to|doi|xa))*"
)
"""Before the activity's words: it is wished for, planned, announced, or did not happen."""
TOMORROW: Final = _words(r"(?:sang|trua|chieu|toi|dem|ngay|hom) mai|tuan (?:sau|toi)|thang (?:sau|toi)")
SOMEBODY: Final = _words(
    r"thay(?! den| bong| camera)|sao|may ong|(?:co|nghe|phat hien)(?: \d+| mot| may| vai| nhieu| hai| ba)? (?:nguoi"
    r"|nhom|may|dam|ai|ke|thang|ba|ong|thanh nien|doi tuong|xe)"
)
"""Before the activity's words: a witness speaks of others."""
TOPIC_MAY_BE_A_CRIME: Final = frozenset(
    {"awareness", "pledge", "mediation", "hand_in", "tip_passed_on", "meeting", "reintegration_help"}
)
"""In these the words of a crime may be what the talk or the quarrel was about."""

# Numbers and what is counted.
UNITS: Final = {
    "khong": 0,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "lam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
AFTER_TEN: Final = {**UNITS, "mot": 1, "tu": 4, "nham": 5}
TEN, TENS, HUNDRED, HALF = "muoi", "chuc", "tram", "ruoi"
NUMBER: Final = (
    r"(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,4}(?![\d/:])"
    r"|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|(?<!to )chuc|tram)"
    r"(?: (?:mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|chuc|tram|ruoi|linh|le)){0,5})"
)
NO_DIGIT: Final = frozenset({"linh", "le"})
"""Said between a hundred and what is left of it."""
PLACE_NUMBER: Final = re.compile(r"(?:^|[^a-z])(?:ap|thon|kp|khu pho|so|hem|ngo|duong|xom|khu|tdp)\s*$")
"""Before a number these make it the name of a place."""
PLAIN_PEOPLE: Final = re.compile(r"nguoi|ng(?:i|ui)?$")
"""People called just that; others are counted by what they are (workers, members)."""
PEOPLE: Final = (
    r"(?:luot )?(?:nguoi|ngi|ngui|ng|thanh vien|tv|dong chi|d/c|dc|can bo|hoi vien|doan vien|to vien|hoc sinh|sinh vien"
    r"|cong nhan|anh em|dan quan|chi em|ba con|dai bieu|chien si|doi vien|nhan dan|nguoi dan|luot)"
)
HOUSEHOLDS: Final = r"(?:luot )?(?:ho gia dinh|ho dan|ho kinh doanh|ho|gia dinh)"
THINGS: Final = (
    r"(?:vu viec|vu|phong tro|phong o|phong|nha tro|nha nghi|day tro|khu tro|co so|bong den|bong|den|camera|cam|mat"
    r" camera|mat|cot den|cot|khau|qua phao|qua|kg|vien|cay|con dao|dao|kiem|nguon tin|tin bao|tin|truong hop|to roi"
    r"|ban cam ket|ban|buoi|binh chua chay|binh|bien bao|bien|tuyen duong)"
)

# Times of day and days.
CLOCK: Final = r"(\d{1,2})\s*(?:(?:h|g|gio)(?![a-z])|:(?=\d\d))\s*(\d{2}(?!\d)|ruoi)?\s*(?:(?:phut|ph|p)(?![a-z]))?"
PART: Final = r"(rang sang|sang som|sang|trua|chieu|toi|dem|khuya)(?![a-z])"
RANGE: Final = re.compile(
    rf"(?<![\d/])(?:{CLOCK}|(\d{{1,2}}))\s*(?:{PART})?\s*(?:-|–|—|~|->|=>|den|toi|cho den)\s*{CLOCK}"
    rf"\s*(?:{PART})?(?:\s*(?:ngay )?hom sau)?"
)
ONE_CLOCK: Final = re.compile(rf"(?<![\d/])(?:luc\s+)?{CLOCK}\s*(?:{PART})?")
DAY: Final = re.compile(
    rf"(?<![a-z])(?:ngay\s+)?(?:(?:luc|hoi|buoi|vao)\s+)?(?:{PART}\s*)?(?:ngay\s+)?"
    r"(hom nay|bua nay|hnay|nay|hom qua|bua qua|hqua|hom wa|qua|wa|hom kia|bua kia)(?![a-z])"
)
EARLIER_PART: Final = re.compile(rf"(?<![a-z])(?:hoi|buoi|luc)\s+{PART}")
DAYS_AGO: Final = {
    "hom nay": 0,
    "bua nay": 0,
    "hnay": 0,
    "nay": 0,
    "hom qua": 1,
    "bua qua": 1,
    "hqua": 1,
    "hom wa": 1,
    "qua": 1,
    "wa": 1,
    "hom kia": 2,
    "bua kia": 2,
}
BARE_DAY: Final = frozenset({"nay", "qua", "wa"})
"""Name a day only with a part of it before them."""
DATE: Final = re.compile(
    r"(?<!\d)(?<!so )(?<!hem )(?<!ngo )(?<!nha )(?<!ngach )(?<!duong )(?<!kiet )(?:ngay\s+)?"
    r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])"
)
DATE_IN_WORDS: Final = re.compile(
    r"(?<![a-z])ngay\s+(\d{1,2})(?:\s+thang\s+|[-.])(\d{1,2})(?:(?:\s+nam\s+|[-.])(\d{4}))?(?!\d)"
)
WEEKDAY: Final = re.compile(
    r"(?<![a-z])(?:thu\s*(hai|ba|tu|nam|sau|bay|[2-7])(?!\d)|(chu nhat|(?<!\d )(?<!\d)cn))(?![a-z])"
    r"(?!\s+(?:khau|qua|kg|con|cay|vien|bo))(?:\s+(?:tuan truoc|vua roi|vua qua|tuan nay|roi))?"
)
WEEKDAYS: Final = {
    "hai": 0,
    "ba": 1,
    "tu": 2,
    "nam": 3,
    "sau": 4,
    "bay": 5,
    "2": 0,
    "3": 1,
    "4": 2,
    "5": 3,
    "6": 4,
    "7": 5,
}
JUST_NOW: Final = _words(r"(?:vua|moi) (?:\w+ ){0,3}?xong|vua (?:moi|roi)")
DURATION: Final = re.compile(
    rf"(?<![a-z0-9])(?:(?:trong|suot|khoang)\s+({NUMBER})\s*(gio|tieng|phut)|({NUMBER})\s*(tieng|gio dong ho|phut))"
    r"(\s+ruoi)?(?![a-z])"
)
PART_BEFORE: Final = re.compile(r"(?<![a-z])(sang|trua|chieu|toi|dem|khuya)\s+$")
"""A part of the day right before a date."""
HALF_PAST: Final = "ruoi"
MINUTES: Final = "phut"
SAID_FOR_ONE: Final = frozenset({"sang", "rang sang"})
"""Said after a span of hours these belong to its end only: "22h-1h sang" does not start in the morning."""
ROUGH_HOUR: Final = {
    "rang sang": 4,
    "sang som": 5,
    "sang": 8,
    "trua": 11,
    "chieu": 14,
    "toi": 19,
    "dem": 22,
    "khuya": 23,
    "": 12,
}
"""Our guess of the clock time when the line names only a part of the day, or a day."""
AFTERNOON_HOURS: Final = {
    "trua": range(1, 3),
    "chieu": range(1, 7),
    "toi": range(5, 12),
    "dem": range(6, 12),
    "khuya": range(9, 12),
}
"""In these parts of the day such an hour is one after noon: "2h chiều" is 14:00."""
MIDNIGHT_PARTS: Final = frozenset({"toi", "dem", "khuya", "sang", "rang sang"})
"""In these parts twelve o'clock is midnight."""
NIGHT: Final = frozenset({"toi", "dem", "khuya"})

# How a mediation ended, and where things happened.
FAILED: Final = _words(r"(?:khong|chua|ko|k|kg) (?:hoa giai )?(?:thanh|duoc|dat)|that bai|bat thanh")
SUCCEEDED: Final = _words(r"thanh cong|thanh(?! nien| vien| pho| lap| phan| tra)|dat ket qua|hoa giai xong|dong thuan")
AT: Final = _words(r"(?:tai|o|ngoai|khu vuc|quanh|tren dia ban) ?")
"""Before a place; not a part of it."""
PLACE: Final = _words(
    r"tai|o|ngoai|khu vuc|quanh|tren dia ban"
    r"|(?:ap|thon|khu pho|kp|tdp|to dan pho|to|xom|khom|ban|buon|khu|duong|hem|ngo|ngach|lien gia) ?\d+\w*"
    r"|ap|thon|khu pho|kp|tdp|to dan pho|xom|khom|buon|nha van hoa|nvh|hoi truong|truong|dinh|chua|cong ty|cty|kcn"
    r"|ubnd|tru so|tuyen duong|duong|hem|ngo|nga ba|nga tu|cau|day tro|nha tro|khu tro"
)
AFTER_PLACE: Final = re.compile(
    r"co|di|voi|duoc|gom|cung|luc|tham|du|noi|ve|do|va|nhac|khong|an|tinh|ket|da|vao|hom|sang|chieu|toi|dem|trua|nay|thu|hoi|"
    r"phat|khoang|gan|hon|tong|nghe|dam|phoi|xong|on|bao|giua|thanh|vu"
)
FILLER: Final = re.compile(
    r"co|voi|duoc|gom|luc|tu|den|cho|va|tai|o|da|bao|cao|xin|em|toi|anh|chi|a|ah|nhe|nha|the|cac|cung|khoang|hon|gan|tong"
    r"|so|trong|di|vao|ngay|to|chuc|tien|hanh|chung|nhom|minh|doi|nay|hom|tham|gia"
)
LEAD: Final = re.compile(
    r"to|doi|nhom|ban|chi|hoi|mo|hinh|luc|luong|an|ninh|so|dan|quan|phong|phu|nu|cuu|chien|binh|thanh|nien|cong|nhan|ca"
    r"|xa|phuong|ap|thon|khu|pho|kp|phoi|hop|vua|moi|xong|chuc|tien|hanh|hoat|dong|ket|qua|gui|qly|quan|ly|lien|gia|tu"
    r"|nong|truong|bao|ve|co|so|tiep|tuc|buoi|lan|tich|cuc|hoa|giai|tuan|tra|nha|tro|camera|ccb|dieu|thuong|xuyen"
)
"""Beside `FILLER` and numbers, what a log may begin with before it comes to the activity: who, with whom."""
