"""Which commune a message means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.triage.gazetteer import Gazetteer
from core.triage.proposal import PlaceState

DEVELOPMENT = Path(__file__).parent.parent / "data" / "places_dev.jsonl"


@pytest.mark.parametrize(
    ("text", "home", "label"),
    [
        ("có đánh nhau ở phường Nếnh", "24", "phường Nếnh, Bắc Ninh"),
        ("danh nhau o xa nenh", "24", "phường Nếnh, Bắc Ninh"),
        ("trộm chó ở Tăng Tiến, Việt Yên", None, "phường Nếnh, Bắc Ninh"),
        ("tt Tân Biên cũ có sòng bạc", "80", "xã Tân Biên, Tây Ninh"),
        ("cháy ở xa tan bien t.ninh", None, "xã Tân Biên, Tây Ninh"),
        ("P.Sao Đỏ, TP. Chí Linh, HD", None, "phường Chu Văn An, Hải Phòng"),
        ("p. Bến Nghé q1 mất xe", None, "phường Sài Gòn, Hồ Chí Minh"),
        ("ở phường 10, Lâm Đồng", None, "phường Xuân Hương - Đà Lạt, Lâm Đồng"),
        ("xa Ea H'Leo co pha rung", "66", "xã Ea H’Leo, Đắk Lắk"),
        ("xã Ea H’Leo có phá rừng", "66", "xã Ea H’Leo, Đắk Lắk"),
        ("đang hút cát ở xã Taan Bieen", "80", "xã Tân Biên, Tây Ninh"),
        ("ở xã TânBiên nè", "80", "xã Tân Biên, Tây Ninh"),
        ("mất bò ở xã Tân Bien", "80", "xã Tân Biên, Tây Ninh"),
        ("xã Tân Bêin có cháy", "80", "xã Tân Biên, Tây Ninh"),
        ("huyen Binh Son Quang Ngai, xa Binh Chau", None, "xã Đông Sơn, Quảng Ngãi"),
        ("tỉnh Long An, huyện Đức Hòa, xã Đức Lập Hạ, ấp 3", "80", "xã Đức Lập, Tây Ninh"),
        ("nhà tôi ở xã Tân Biên nhưng chuyện xảy ra ở xã Tân Châu", "80", "xã Tân Châu, Tây Ninh"),
        ("gọi 113 hoặc công an phường Nếnh: tin ở phường Vân Hà", "24", "phường Vân Hà, Bắc Ninh"),
        ("chay o phuong 5 quan 3", "79", "phường Bàn Cờ, Hồ Chí Minh"),
        ("ở TP Bắc Giang trước đây, phường Thọ Xương cũ", "24", "phường Bắc Giang, Bắc Ninh"),
    ],
)
def test_a_commune_is_found_under_any_name_people_give_it(
    places: Gazetteer, text: str, home: str | None, label: str
) -> None:
    guess = places.find(text, home)
    assert guess.communes
    assert places.label(guess.communes[0]) == label


@pytest.mark.parametrize(
    "text",
    [
        "đánh nhau chỗ giáp ranh xã Tân Biên và xã Thạnh Bình",
        "chay rung giap ranh xa Tan Bien va xa Thanh Binh",
        "ranh giới giữa xã Tân Biên với Thạnh Bình có người đổ rác",
    ],
)
def test_on_the_border_of_two_communes_the_reporter_is_asked_which(places: Gazetteer, text: str) -> None:
    guess = places.find(text, "80")
    assert guess.state is PlaceState.SEVERAL
    assert {places.label(code) for code in guess.communes} == {"xã Tân Biên, Tây Ninh", "xã Thạnh Bình, Tây Ninh"}


@pytest.mark.parametrize(
    "text", ["cháy ở xã Tân Biên, chỗ giáp ranh xã Thạnh Bình", "xã Tân Biên giáp ranh nhà ông Ba và ông Tư có cháy"]
)
def test_a_commune_that_is_only_bordered_on_is_not_asked_about(places: Gazetteer, text: str) -> None:
    guess = places.find(text, "80")
    assert guess.state is PlaceState.SURE
    assert places.label(guess.communes[0]) == "xã Tân Biên, Tây Ninh"


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("cháy lớn quá các anh ơi", "24"),
        ("Bắc Ninh dạo này trộm nhiều", "24"),
        ("nó hứa thành công mà không làm", "19"),
        ("ông Đức bán cá, bà Tám Bình Dương bán bánh", "75"),
        ("đường Nguyễn Trãi kẹt xe", "31"),
        ("quán Trần Phú mở nhạc to", "24"),
        ("quê em ở xã Tân Biên", "80"),
        ("xe biển số Tây Ninh", "80"),
    ],
)
def test_ordinary_words_streets_and_home_towns_are_no_places(places: Gazetteer, text: str, home: str) -> None:
    assert places.find(text, home).state is not PlaceState.SURE


def test_a_name_that_several_provinces_bear_is_asked_about(places: Gazetteer) -> None:
    guess = places.find("mất trộm ở xã Tân Tiến")
    assert guess.state is PlaceState.SEVERAL
    assert 2 <= len(guess.communes) <= 5


def test_the_bots_own_province_decides_where_the_text_names_none(places: Gazetteer) -> None:
    for home in ("24", "19"):
        for code in places.find("mất trộm ở xã Tân Tiến", home).communes:
            assert places.communes[code].province == home or home == "19"


def test_the_text_wins_over_the_bots_own_province(places: Gazetteer) -> None:
    guess = places.find("có đánh bạc ở xã Tân Biên, tỉnh Tây Ninh", "24")
    assert guess.state is PlaceState.SURE
    assert places.communes[guess.communes[0]].province == "80"


def test_an_old_district_alone_offers_its_communes(places: Gazetteer) -> None:
    guess = places.find("có đua xe ở huyện Tân Biên", "80")
    assert guess.state is PlaceState.SEVERAL
    assert {places.communes[code].province for code in guess.communes} == {"80"}


def test_a_deep_links_commune_is_a_hint_that_words_overrule(places: Gazetteer) -> None:
    several = places.find("mất trộm ở xã Tân Tiến").communes
    assert places.find("mất trộm ở xã Tân Tiến", None, several[-1]).communes[0] == several[-1]
    assert places.find("cháy ở phường Nếnh", "24", several[-1]).communes[0] == "07795"


def test_what_did_not_happen_there_is_not_the_place(places: Gazetteer) -> None:
    guess = places.find("ở xã Tân Biên chứ không phải xã Tân Châu, em nhắn nhầm", "80")
    assert places.label(guess.communes[0]) == "xã Tân Biên, Tây Ninh"


def test_a_typed_commune_name_is_looked_up(places: Gazetteer) -> None:
    assert places.search("nếnh", "24")[0] == "07795"
    assert places.label(places.search("xa tan bien", "80")[0]) == "xã Tân Biên, Tây Ninh"
    assert places.search("nenh") == ["07795"]
    assert places.search("qwertyuiop zxcv", "24") == []
    assert places.search("", "24") == []


def test_most_of_the_development_places_are_right_and_hardly_any_is_surely_wrong(places: Gazetteer) -> None:
    right = wrong = 0
    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        guess = places.find(row["text"], row["context_province_code"])
        wrong += guess.state is PlaceState.SURE and guess.communes[0] != row["gold_code"]
        if row["gold_code"]:
            right += bool(guess.communes) and guess.communes[0] == row["gold_code"]
        elif row["gold_codes"]:
            right += len(guess.communes) > 1 and bool(set(guess.communes) & set(row["gold_codes"]))
        else:
            right += not guess.communes
    assert right / len(rows) >= 0.95
    assert wrong / len(rows) <= 0.02


_PIECES = st.sampled_from(
    ["xã", "phường", "p.", "TX", "huyện", "ở", "Tân", "Thành", "Nếnh", "1", ",", "(", "cũ", "mới", "từ", "ĐN",
     "Long An", "Hải Dương", "không phải", "\u200b", "\u202e", "😀", "ភ្នំពេញ", "'", "-", "xyz", "Bieen"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=80), st.sampled_from([None, "24", "80", "99", ""])
)
def test_whatever_is_typed_the_answer_holds_together(places: Gazetteer, text: str, home: str | None) -> None:
    guess = places.find(text, home)
    assert len(set(guess.communes)) == len(guess.communes) <= 5
    assert all(code in places.communes for code in guess.communes)
    assert (guess.state is PlaceState.SURE) == (len(guess.communes) == 1)
    assert (guess.state is PlaceState.NONE) == (not guess.communes)
