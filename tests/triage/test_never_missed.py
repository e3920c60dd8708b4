"""Cries for help that nobody in a commune would misunderstand. Each must be a tip and an emergency, however it is
typed: with accents or without, in capitals, with the whole quarter greeted first."""

from __future__ import annotations

import pytest

from core.triage.proposal import Category, Proposal, Urgency
from core.triage.text import fold
from core.triage.understand import Triage

CRIES = {
    Category.FIRE_SAFETY: (
        "cháy nhà rồi bà con ơi",
        "cháy rồi mọi người ơi cứu với",
        "nhà ông Năm đang cháy",
        "cháy chợ rồi!!!",
        "cháy to quá các bác ơi",
        "đang cháy xưởng gỗ cạnh nhà tôi, lửa lan nhanh lắm",
        "bà con ơi cháy dãy trọ",
        "khói mù mịt bốc ra từ nhà bên, gọi cứu hỏa giùm",
        "xì ga nồng nặc cả hẻm, sắp nổ rồi",
        "dây điện đứt rơi xuống đường đang tóe lửa",
        "có người kẹt trong đám cháy",
    ),
    Category.VIOLENCE: (
        "chém nhau rồi công an ơi",
        "có đánh nhau đổ máu ở quán nhậu",
        "cứu với, nó cầm dao đuổi chém người",
        "hai nhóm đang hỗn chiến bằng mã tấu",
        "có người bị đâm nằm giữa đường",
        "chồng em đang đánh em, cứu em với",
        "nó dọa giết cả nhà tôi, đang đập cửa",
    ),
    Category.THEFT_ROBBERY: (
        "cướp! cướp! bà con ơi",
        "trộm đang ở trong nhà tôi",
        "nó vừa giật túi tôi đang chạy về phía chợ",
        "có thằng đang cạy cửa nhà hàng xóm",
    ),
    Category.TRAFFIC: (
        "tai nạn rồi, có người nằm bất tỉnh giữa đường",
        "xe tải đụng xe máy, người ta chảy máu nhiều quá",
        "tai nạn giao thông nghiêm trọng gọi cấp cứu giùm",
    ),
    Category.TRAFFICKING: ("con tôi bị bắt cóc", "có người lạ đang kéo cháu bé lên xe"),
    Category.OTHER: ("có người nhảy cầu tự tử", "có đứa nhỏ rớt xuống sông", "có người đuối nước cứu với"),
}
GREETED = ("{}", "{}!!!", "bà con ơi {}", "alo công an phường phải không, {}", "{} ở tổ 5 phường Nếnh")


@pytest.mark.parametrize("cry", [cry for cries in CRIES.values() for cry in cries])
def test_a_cry_for_help_is_heard_however_it_is_typed(triage: Triage, cry: str) -> None:
    missed = []
    for greeted in GREETED:
        for typed in (greeted.format(cry), fold(greeted.format(cry)), greeted.format(cry).upper()):
            read: Proposal = triage.propose(typed, province="24", commune="07795")
            if read.category is Category.NOT_A_TIP or read.urgency is not Urgency.EMERGENCY:
                missed.append((typed, read.category.value, read.urgency.value))
    assert not missed
