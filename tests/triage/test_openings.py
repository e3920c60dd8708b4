"""How a message begins and ends is taken off before it is judged; what it comes to is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.triage.openings import without_opening
from core.triage.proposal import Urgency
from core.triage.text import clean
from core.triage.understand import Triage

CRY = "có cháy ở dãy trọ"


@pytest.mark.parametrize(
    "typed",
    [
        "alo, {}", "A LÔ {}", "bà con ơi {}", "các anh công an ơi! {}", "em chào các anh ạ. {}", "mọi người ơi, {}",
        "alo công an phường phải không, {}", "cho hỏi có phải công an không ạ {}", "đây là công an xã phải k? {}",
        "alo công an phường Nếnh đúng không ạ, {}", "có ai trực không, {}", "alo nghe rõ không {}",
        "mọi người ơi, bà con ơi {}", "{} bà con ơi", "{}, công an ơi", "{} alo công an phường phải không?",
    ],
)  # fmt: skip
def test_a_greeting_or_a_call_to_the_neighbours_is_not_read(typed: str) -> None:
    assert without_opening(typed.format(CRY)).strip(" ,.") == CRY


@pytest.mark.parametrize(
    "typed",
    [
        "công an phường làm việc mấy giờ", "bà con kéo tới đông lắm", "công an không giải quyết à",
        "anh công an đánh người", "nhà kia hát tới khuya", "hai nhà cãi nhau",
    ],
)  # fmt: skip
def test_words_that_tell_what_happened_stay(typed: str) -> None:
    assert without_opening(typed) == typed


@pytest.mark.parametrize("typed", ["alo", "alo alo", "công an phường phải không ạ", "em chào anh ạ", "bà con ơi"])
def test_a_greeting_alone_stays_whole_and_is_no_tip(triage: Triage, typed: str) -> None:
    assert without_opening(typed) == typed
    assert not triage.propose(typed).is_tip


@given(st.text(st.sampled_from("alo côngphườikị ơà,.!?\U0001f525")) | st.text())
def test_whatever_is_typed_a_part_of_it_is_left(typed: str) -> None:
    text = clean(typed)
    rest = without_opening(text)
    assert rest in text
    assert bool(rest.strip()) == bool(text.strip())


@pytest.mark.parametrize("typed", ["alo phải công an không, {}", "trời ơi {}", "anh công an cho em báo {}", "{} ạ"])
@pytest.mark.parametrize("cry", ["cháy to quá các bác ơi", "chém nhau rồi", "cháy nhà ông Năm", "có đứa rớt xuống ao"])
def test_a_cry_is_heard_whatever_is_said_around_it(triage: Triage, typed: str, cry: str) -> None:
    assert triage.propose(typed.format(cry)).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("typed", ["alo công an phường phải không, {}", "bà con ơi {}", "các anh ơi {}"])
@pytest.mark.parametrize(
    "said", ["em muốn hỏi làm căn cước cần giấy gì", "shop giảm giá cháy hàng, mua ngay kẻo lỡ", "chúc ngủ ngon nha"]
)
def test_an_opening_makes_no_tip_of_a_question_or_an_advert(triage: Triage, typed: str, said: str) -> None:
    assert not triage.propose(typed.format(said)).is_tip
