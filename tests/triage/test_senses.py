"""Words that are one without accents, told apart where accents were typed."""

from __future__ import annotations

import pytest

from core.triage.cues import cues
from core.triage.features import features
from core.triage.senses import pattern, sensed
from core.triage.text import clean, normal_pairs


def marked(text: str) -> list[str]:
    return sensed(normal_pairs(clean(text)))


def test_with_accents_each_word_is_what_it_says() -> None:
    assert marked("nhà đang cháy lớn quá") == ["nha", "dang", "chay^", "lon", "qua"]
    assert marked("nó đang chạy về phía cầu") == ["no~", "dang", "chay~", "ve", "phia", "cau"]


def test_without_accents_nothing_is_held_to_be_sure() -> None:
    assert marked("nha dang chay lon qua") == ["nha", "dang", "chay", "lon", "qua"]


def test_one_accent_in_a_message_without_does_not_make_the_others_sure() -> None:
    assert "con" in marked("co hai con nguoi dang cam dao ở truoc cho")


def test_a_pattern_takes_a_sense_any_sense_or_a_sure_one() -> None:
    plain, any_, sure = pattern("chay"), pattern("chay~ ve"), pattern("chay!")
    assert plain.search(" chay lon ") and plain.search(" chay^ lon ") and not plain.search(" chay~ lon ")
    assert any_.search(" chay~ ve ") and any_.search(" chay ve ")
    assert sure.search(" chay^ ") and not sure.search(" chay ")


@pytest.mark.parametrize(
    ("danger", "none"),
    [
        ("có khói trong bếp nhà bên", "tôi muốn khỏi phải đi xa"),
        ("bà ấy bị phỏng nặng lắm", "nó ở phòng nặng mùi lắm"),
        ("hai xe đâm nhau ngoài lộ", "hai đám cưới cùng ngoài lộ"),
    ],
)
def test_a_danger_is_not_heard_in_its_namesakes(danger: str, none: str) -> None:
    assert "c:danger:any:open" in features(danger)
    assert "c:danger:any:open" not in features(none)


def test_an_ambulance_that_has_not_come_takes_nothing_back() -> None:
    assert "denied" not in cues(marked("xe ben tông người, gọi 115 chưa thấy tới"), "")
    assert "over" not in cues(marked("nó chém loạn xạ, dân khóa cửa hết rồi"), "")
