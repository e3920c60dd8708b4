"""The small words around a place's name: what kind of unit follows, that a place follows, or that it is not meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


TYPES: Final[dict[tuple[str, ...], str]] = {
    ("phuong",): "phường", ("p",): "phường", ("f",): "phường", ("fuong",): "phường", ("phuog",): "phường",
    ("xa",): "xã", ("x",): "xã",
    ("thi", "tran"): "thị trấn", ("tt",): "thị trấn", ("t", "tran"): "thị trấn", ("ttr",): "thị trấn",
    ("dac", "khu"): "đặc khu", ("dk",): "đặc khu",
    ("quan",): "quận", ("q",): "quận", ("huyen",): "huyện", ("h",): "huyện",
    ("thi", "xa"): "thị xã", ("tx",): "thị xã", ("t", "xa"): "thị xã",
    ("thanh", "pho"): "thành phố", ("tp",): "thành phố", ("t", "pho"): "thành phố",
    ("tinh",): "tỉnh", ("t",): "tỉnh",
}  # fmt: skip
"""Type words and their short forms, folded. Single letters count only right before a name."""

COMMUNE_TYPES: Final = frozenset({"phường", "xã", "thị trấn", "đặc khu"})
DISTRICT_TYPES: Final = frozenset({"quận", "huyện", "thị xã", "thành phố"})

PLACE_WORDS: Final = _words("""
    o tai thuoc ngay gan den toi qua sang vao len xuong trong ngoai khu vung quanh dia ban canh doi
""")
"""Words after which a place is likely."""

SPOT_WORDS: Final = _words("""
    ap thon xom to kp tdp hem ngo ngach duong khu so nha cho chua cau truong ubnd uy ban dinh ben kenh dong
""")
"""A spot inside a commune: the name that follows it after a comma is the commune's."""

HAMLET_WORDS: Final = _words("""
    ap thon xom to buon soc lang kp tdp bon plei ban doi kcn ccn
""")
"""Right before a name: a hamlet's name, not a commune's."""

STREET_WORDS: Final = _words("""
    duong pho ngo ngach hem kiet cho cau chua den dinh mieu truong quan tiem nghi san hang vien pha xe bo moi
    song suoi  kenh rach ho dam deo nui doi cang cty karaoke phe tho hieu hang may bida phong ga
""")
"""Right before a name: a street, a market, a brand; not the commune of that name."""

TITLES: Final = _words("""
    ong ba co chu bac anh chi em thang con di cau mo thim duong thay bo me
""")
"""Right before a name: a person."""

OLD_WORDS: Final = frozenset({"cu", "truoc", "xua"})
NEW_WORDS: Final = frozenset({"moi", "nay"})

AGAINST: Final[tuple[tuple[tuple[str, ...], float], ...]] = (
    (("khong", "phai"), 12.0), (("chu", "khong"), 12.0), (("hong", "phai"), 12.0), (("chang", "phai"), 12.0),
    (("que",), 6.0), (("goc",), 5.0), (("ho", "khau"), 6.0), (("thuong", "tru"), 5.0), (("nguoi",), 5.0),
    (("dan",), 3.0), (("bien",), 8.0), (("bien", "so"), 8.0), (("tu",), 5.0), (("cach",), 5.0), (("giap",), 5.0),
    (("tuyen",), 6.0), (("chay", "ve"), 6.0), (("ve",), 4.0), (("ve", "den"), 5.0), (("dang", "ky"), 4.0),
    (("tru", "so"), 3.0), (("huong",), 4.0), (("di",), 2.0), (("no", "o"), 3.0), (("toi", "o"), 2.0),
    (("song", "o"), 0.5), (("nham",), 6.0), (("tuong",), 4.0), (("hoi", "truoc"), 3.0), (("lan", "truoc"), 4.0),
    (("noi", "dang", "ky"), 4.0), (("chuyen", "ve"), 4.0), (("lam", "o"), 2.0), (("sinh", "ra"), 6.0),
)  # fmt: skip
"""Words right before a name that say: it did not happen there; and how strongly."""

LOOSE: Final = frozenset(
    {("khong", "phai"), ("chu", "khong"), ("hong", "phai"), ("chang", "phai"), ("que",), ("goc",), ("ho", "khau"),
     ("thuong", "tru"), ("dang", "ky"), ("tru", "so"), ("nham",), ("tuong",), ("hoi", "truoc"), ("lan", "truoc")}
)  # fmt: skip
"""Those between which and the name "ở", "tại" and the like may stand."""

NOT_THERE: Final = 5.0
"""From this strength on a name is not even asked about."""


def short_provinces(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Short forms of folded province names ("tn", "t ninh", "hcm") -> the names that each may mean."""
    found: dict[str, list[str]] = {}
    for name in names:
        parts = name.split()
        if len(parts) < 2:
            continue
        found.setdefault("".join(part[0] for part in parts), []).append(name)
        if len(parts) == 2:
            found.setdefault(f"{parts[0][0]} {parts[1]}", []).append(name)
    for short, name in (
        ("hcm", "ho chi minh"), ("tphcm", "ho chi minh"), ("sg", "ho chi minh"), ("sai gon", "ho chi minh"),
        ("tp hcm", "ho chi minh"), ("hcmc", "ho chi minh"), ("brvt", "ba ria vung tau"), ("vt", "ba ria vung tau"),
        ("vung tau", "ba ria vung tau"), ("br vt", "ba ria vung tau"), ("dak lak", "dak lak"), ("dac lac", "dak lak"),
        ("daklak", "dak lak"), ("dak nong", "dak nong"), ("dac nong", "dak nong"), ("daknong", "dak nong"),
        ("thua thien hue", "hue"), ("tt hue", "hue"), ("bac can", "bac kan"), ("kontum", "kon tum"),
        ("gialai", "gia lai"), ("hanoi", "ha noi"),
    ):  # fmt: skip
        found.setdefault(short, []).append(name)
    return {short: tuple(dict.fromkeys(meant)) for short, meant in found.items()}
