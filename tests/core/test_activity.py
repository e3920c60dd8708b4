"""A group leader logs in one line, as really typed; other messages stay tips."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activity import FIELDS, Activity, MediationResult, missing, read_activity
from core.activity_kinds import ActivityKind
from core.vietnam import VIETNAM
from plans.load import load_default

NOW = datetime(2026, 3, 14, 16, 0, tzinfo=VIETNAM)  # a Saturday afternoon


ASKS = {rule.kind: rule.asks for rule in load_default().activities}


def lacks(activity: Activity) -> tuple[str, ...]:
    """What the base plan asks for and the line did not tell."""
    return missing(activity, ASKS[activity.kind])


def read(text: str, now: datetime = NOW) -> Activity:
    activity = read_activity(text, now)
    assert activity is not None, text
    return activity


def at(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def test_a_patrol_past_midnight_is_understood_whole() -> None:
    patrol = read("tuần tra 3 người 22h-1h ấp 4")
    assert patrol.kind is ActivityKind.PATROL
    assert (patrol.started_at, patrol.ended_at) == (at(13, 22), at(14, 1))
    assert (patrol.people, patrol.place, patrol.rest, lacks(patrol)) == (3, "ấp 4", "", ())
    assert patrol.started_at is not None and patrol.started_at.tzinfo is UTC


def test_a_session_typed_without_accents_gives_households_people_and_place() -> None:
    session = read("tuyen truyen 2h chieu nay 15 ho 40 nguoi nha van hoa")
    assert session.kind is ActivityKind.AWARENESS
    assert (session.started_at, session.households, session.people) == (at(14, 14), 15, 40)
    assert session.place == "nha van hoa"
    assert lacks(session) == ()


@pytest.mark.parametrize(
    ("text", "kind", "people", "households", "count"),
    [
        ("hoa giai thanh 1 vu", "mediation", None, None, 1),
        ("họp tổ tối qua 12 ng", "meeting", 12, None, None),
        ("to hop toi qua 12 ng", "meeting", 12, None, None),
        ("kiem tra pccc 8 phong tro", "fire_check", None, None, 8),
        ("ký cam kết 30 hộ", "pledge", None, 30, None),
        ("kiểm tra phòng trọ 12 phòng chiều qua", "lodging_check", None, None, 12),
        ("lắp 3 camera đường Nguyễn Trãi", "works", None, None, 3),
        ("sửa năm bóng đèn ngõ 12", "works", None, None, 5),
        ("vận động giao nộp 2 khẩu súng tự chế", "hand_in", None, None, 2),
        ("thu 3kg pháo hôm qua", "hand_in", None, None, 3),
        ("chuyển 2 tin báo cho công an xã", "tip_passed_on", None, None, 2),
        ("sinh hoạt chi hội ccb 25 hội viên 19h tối thứ 7", "meeting", 25, None, None),
        ("họp dân 1.200 người", "meeting", 1200, None, None),
        ("phát tờ rơi 120 tờ rơi khu trọ Minh Khai", "awareness", None, None, 120),
        ("tuần tra tối qua 5 công nhân, 7 dân quân", "patrol", 12, None, None),
        ("Tổ tuần tra nhân dân ấp 3 đi 22h-24h, 6 người", "patrol", 6, None, None),
        ("tổ hòa giải họp sáng nay 8 người", "meeting", 8, None, None),
        ("TUẦN TRA 4 ĐỒNG CHÍ", "patrol", 4, None, None),
        ("ra quân xóa quảng cáo 15 người", "other", 15, None, None),
    ],
)
def test_each_kind_is_known_by_the_words_that_leaders_use(
    text: str, kind: str, people: int | None, households: int | None, count: int | None
) -> None:
    activity = read(text)
    assert activity.kind == kind
    assert (activity.people, activity.households, activity.count) == (people, households, count)


@pytest.mark.parametrize(
    ("words", "number"),
    [("ba", 3), ("mười", 10), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi tư", 24), ("ba chục", 30), ("chục", 10),
     ("một trăm hai mươi", 120), ("trăm rưỡi", 150), ("hai tram", 200), ("mot tram linh nam", 105)],
)  # fmt: skip
def test_numbers_in_words_count_like_digits(words: str, number: int) -> None:
    assert read(f"tuyên truyền {words} hộ").households == number


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("tuần tra 10h-1h", at(13, 22), at(14, 1)),
        ("tuần tra đêm qua từ 22h đến 1h sáng", at(13, 22), at(14, 1)),
        ("tuần tra 22h tới 1h", at(13, 22), at(14, 1)),
        ("tuần tra 22-1h", at(13, 22), at(14, 1)),
        ("tuần tra đêm qua 1h-3h", at(14, 1), at(14, 3)),
        ("tuần tra 21h30-23h ngày 5/3", at(5, 21, 30), at(5, 23)),
        ("tuần tra tối 12/3 8h-10h", at(12, 20), at(12, 22)),
        ("tuần tra 8h-10h tối qua", at(13, 20), at(13, 22)),
        ("họp 2h chiều nay", at(14, 14), None),
        ("họp dân 2h", at(14, 14), None),
        ("họp 7h tối hôm qua", at(13, 19), None),
        ("họp dân lúc 8 giờ rưỡi sáng nay", at(14, 8, 30), None),
        ("họp dân 30/12 lúc 9h", at(30, 9, month=12, year=2025), None),
        ("họp tổ ngày 3 tháng 3 19:15", at(3, 19, 15), None),
        ("họp dân chủ nhật vừa rồi 8h", at(8, 8), None),
        ("tuần tra 20h trong 2 tiếng", at(13, 20), at(13, 22)),
        ("hoà giải 9h 90 phút", at(14, 9), at(14, 10, 30)),
    ],
)
def test_times_are_read_as_people_say_them(text: str, start: datetime, end: datetime | None) -> None:
    activity = read(text)
    assert (activity.started_at, activity.ended_at, activity.rough) == (start, end, False)


@pytest.mark.parametrize(
    ("text", "start"),
    [("họp tổ tối qua", at(13, 19)), ("tuần tra đêm qua", at(13, 22)), ("họp tổ sáng nay", at(14, 8)),
     ("họp dân hôm kia", at(12, 12)), ("tuần tra hồi sáng", at(14, 8)), ("vừa tuần tra xong", at(14, 16))],
)  # fmt: skip
def test_a_part_of_the_day_gives_a_rough_time_and_says_so(text: str, start: datetime) -> None:
    activity = read(text)
    assert (activity.started_at, activity.rough) == (start, True)


def test_a_patrol_logged_while_it_runs_began_today() -> None:
    patrol = read("tuần tra 22h-1h", at(14, 23))
    assert (patrol.started_at, patrol.ended_at) == (at(14, 22), at(15, 1))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("hoà giải thành 1 vụ", MediationResult.SUCCEEDED),
        ("hoa giai 1 vu khong thanh", MediationResult.FAILED),
        ("hòa giải 2 vụ, 1 vụ thành, 1 vụ không thành", MediationResult.PARTLY),
        ("hòa giải 1 vụ đánh nhau giữa thanh niên trong ấp, thành công", MediationResult.SUCCEEDED),
        ("hòa giải 1 vụ giữa các thanh niên", None),
    ],
)
def test_a_mediation_tells_how_it_ended(text: str, result: MediationResult | None) -> None:
    activity = read(text)
    assert (activity.kind, activity.result) == (ActivityKind.MEDIATION, result)


def test_two_cases_of_which_one_was_settled_are_two() -> None:
    assert read("hòa giải 2 vụ, 1 vụ thành, 1 vụ không thành").count == 2


def test_a_hamlets_number_counts_nobody() -> None:
    patrol = read("tuần tra ấp 4 người dân phối hợp, 5 dân quân")
    assert patrol.people == 5


def test_through_the_network_is_not_yesterday() -> None:
    assert read("tuyên truyền lừa đảo qua mạng 20 hộ").started_at is None


def test_what_is_missing_is_named_so_that_it_can_be_asked_for() -> None:
    assert lacks(read("tuần tra 3 người")) == ("started_at", "ended_at", "place")
    assert lacks(read("kiem tra pccc 12 ho")) == ("started_at",)  # twelve homes are twelve checks
    assert missing(read("tuần tra 3 người"), ("people", "households")) == ("households",)


def test_help_for_people_home_from_prison_is_a_count_and_keeps_no_words() -> None:
    helped = read("giúp đỡ 2 người chấp hành xong án phạt tù là ông Sáu nhà ấp 4")
    assert (helped.kind, helped.people) == (ActivityKind.REINTEGRATION_HELP, 2)
    assert (helped.place, helped.rest, helped.keeps_words) == ("", "", False)


TIPS = """có 3 người đánh nhau ở ấp 4
đêm qua đi tuần tra thấy 2 người đánh nhau ở ấp 4
tuần tra 3 người ấp 4 phát hiện 2 đối tượng trộm xe
tuyên truyền ở nhà văn hóa thì thấy 2 nhóm đánh nhau
có nhóm thanh niên tụ tập họp nhau đánh bạc
nhà trọ số 5 không ai kiểm tra pccc
cháy nhà ở ấp 3 rồi, họp dân xong là cháy
hòa giải không được, đang đánh nhau ở ấp 2
có người tự xưng công an kiểm tra pccc đòi 2 triệu
có nhóm người lạ phát tờ rơi cho vay
mất trộm xe máy 22h tối qua ở ấp 4
có 5 người họp lúc nửa đêm ở nhà hoang ấp 4
đánh nhau ấp 3 tối qua, hòa giải 2 lần không được
3 người nhậu ở ấp 4 từ 22h đến 1h la hét
tuần tra ấp 4 gặp cướp giật, cứu với
hàng xóm lắp camera quay lén phòng trọ nhà tôi
tụi tín dụng đen kéo tới đập phá hôm nay
trưởng thôn thu 200k mỗi hộ để khỏi kiểm tra tạm trú""".splitlines()

NOT_LOGS = """sao lâu rồi không thấy tuần tra
đề nghị tăng cường tuần tra ấp 4
tuần tra đêm nay mấy giờ?
bao giờ họp tổ vậy
tối mai họp tổ 19h
mời bà con họp tổ 19h tối nay
thông báo họp dân 19h
cho em hỏi tuần tra có trợ cấp không
đã tuần tra chưa
trường hợp này thì sao
phối hợp giúp em với
hợp đồng thuê trọ 3 người
xin chào
họp
cảm ơn các anh
không tuần tra 3 hôm nay""".splitlines()


@pytest.mark.parametrize("text", [*TIPS, *NOT_LOGS])
def test_a_tip_a_question_and_a_plan_are_no_activity(text: str) -> None:
    assert read_activity(text, NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        "tuần tra 22h-1h, không phát hiện vụ việc gì",
        "tuần tra 4 người, nhắc nhở 1 nhóm tụ tập",
        "tuyên truyền phòng chống ma túy 20 hộ",
        "tuyên truyền lừa đảo qua mạng 20 hộ",
        "họp tổ 12 người bàn chuyện trộm cắp",
        "xin báo cáo: tổ liên gia tuần tra 22h-24h",
        "kiểm tra pccc 8 phòng, 2 phòng thiếu bình chữa cháy",
    ],
)
def test_a_log_may_name_trouble_as_its_topic_or_say_there_was_none(text: str) -> None:
    assert read_activity(text, NOW) is not None


def test_none_of_four_hundred_residents_messages_is_taken_for_a_log() -> None:
    lines = (Path(__file__).parents[1] / "data" / "tips_dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) == 400
    assert [text for text in texts if read_activity(text, NOW) is not None] == []


def test_with_a_kind_chosen_by_button_any_line_is_an_activity() -> None:
    activity = read_activity("sáng nay 15 người ở đình làng", NOW, kind=ActivityKind.OTHER)
    assert activity is not None
    assert (activity.kind, activity.people, activity.place) == (ActivityKind.OTHER, 15, "đình làng")
    assert activity.started_at == at(14, 8)


def test_each_field_that_a_plan_may_ask_for_can_be_told() -> None:
    every = read("hoà giải thành 1 vụ 5 người 2 hộ 9h-10h sáng nay tại nhà văn hóa")
    assert missing(every, FIELDS) == ()
    assert missing(Activity(kind=ActivityKind.OTHER), FIELDS) == FIELDS


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        read_activity("tuần tra", NOW.replace(tzinfo=None))


WORDS = st.sampled_from(
    [
        "tuần",
        "tra",
        "họp",
        "tổ",
        "ấp",
        "4",
        "22h",
        "-",
        "1h",
        "đến",
        "tối",
        "qua",
        "30/2",
        "12",
        "người",
        "hộ",
        "trăm",
        "rưỡi",
        "mười",
        "thứ",
        "7",
        ",",
        "?",
        "99h",
        "cháy",
    ]
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001


@given(text=st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)), now=MOMENTS)
def test_whatever_is_typed_never_breaks_and_never_ends_before_it_starts(text: str, now: datetime) -> None:
    for kind in (None, ActivityKind.PATROL):
        activity = read_activity(text, now, kind)
        if activity is not None and activity.started_at and activity.ended_at:
            assert timedelta(0) < activity.ended_at - activity.started_at
