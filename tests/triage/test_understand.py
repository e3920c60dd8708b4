"""What a message is about and how soon somebody must act."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.triage.gazetteer import BadPlaces
from core.triage.proposal import Category, Urgency
from core.triage.understand import BadModel, Model, Triage
from plans.triage import GAZETTEER, MODEL, unpacked

SHIPPED = [MODEL.parent / name for name in ("examples.jsonl", "stories.jsonl", "rare.jsonl")]
DEVELOPMENT = Path(__file__).parent.parent / "data" / "tips_dev.jsonl"
UNSEEN = DEVELOPMENT.with_name("tips_unseen.jsonl")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("có nhóm thanh niên hút chích ma túy sau nhà văn hóa", Category.DRUGS),
        ("nha em bi trom mat hai con trau dem qua", Category.THEFT_ROBBERY),
        ("bị lừa chuyển khoản 20 triệu mua hàng trên mạng rồi shop chặn luôn", Category.FRAUD),
        ("tụi cho vay nặng lãi tạt sơn vào nhà đòi nợ", Category.LOAN_SHARKING),
        ("danh bai an tien o quan ca phe ngay nao cung co", Category.GAMBLING),
        ("nhà nghỉ chứa mại dâm, gái bán dâm đứng trước cửa kéo khách", Category.PROSTITUTION),
        ("con gai toi bi lua ban sang campuchia, no doi tien chuoc", Category.TRAFFICKING),
        ("chồng say rượu đánh vợ, chị ấy la khóc", Category.ABUSE),
        ("hai nhom cam ma tau chem nhau truoc quan oc", Category.VIOLENCE),
        ("hàng xóm hát karaoke loa kẹo kéo ồn ào tới khuya", Category.PUBLIC_DISORDER),
        ("co nguoi ban phao no va sung tu che", Category.WEAPONS),
        ("tai nạn giao thông, xe tải tông xe máy ở ngã tư", Category.TRAFFIC),
        ("cháy nhà rồi, lửa lan sang nhà bên", Category.FIRE_SAFETY),
        ("kho chua thuoc la lau va hang gia khong ro nguon goc", Category.SMUGGLING),
        ("xưởng xả nước thải hôi thối ra kênh, cá chết", Category.ENVIRONMENT),
        ("can bo doi hoi lo 5 trieu moi ky giay to", Category.CORRUPTION),
        ("chủ trọ cho người nước ngoài ở không đăng ký tạm trú", Category.RESIDENCE),
        ("hai nhà tranh chấp ranh đất cãi nhau, xin hòa giải", Category.DISPUTE),
        ("cu ong bi lan di lac tu sang chua ve", Category.OTHER),
    ],
)
def test_each_category_is_recognised_when_it_is_said_plainly(triage: Triage, text: str, category: Category) -> None:
    proposal = triage.propose(text)
    assert proposal.is_tip
    assert proposal.category is category


@pytest.mark.parametrize(
    "text",
    [
        "cháy nhà, có người kẹt bên trong",
        "dang danh nhau bang dao o truoc cho, co nguoi chay mau",
        "CỨU VỚI nó đang đập cửa nhà em",
        "co nguoi nhay cau, dang chim",
        "trộm đang trong nhà em, em trốn trên gác",
        "tai nan nang, nguoi nam bat dong giua duong",
        # Cries to the neighbours begin like adverts to them.
        "cháy nhà rồi bà con ơi, ở tổ 5!!!",
        "ăn cướp bà con ơi",
        "danh lon roi ba con oi",
        "cứu giùm bà con ơi",
        "có người té sông bà con ơi",
        "chém nhau mọi người ơi",
    ],
)
def test_danger_now_is_an_emergency(triage: Triage, text: str) -> None:
    assert triage.propose(text).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "hôm qua cháy bếp nhưng đã dập tắt, giờ không sao rồi",
        "tháng trước có đánh nhau ở đám cưới, giờ mới báo",
        "nghe nói xóm bên có người nghiện ma túy",
        "ngày nào cũng có người ghi đề ở quán nước",
        "nếu thấy cháy thì em gọi số nào ạ, em hỏi để biết thôi",
        "sáng mai trường diễn tập chữa cháy, bà con đừng lo",
    ],
)
def test_what_is_over_a_habit_hearsay_a_question_or_a_drill_is_no_emergency(triage: Triage, text: str) -> None:
    assert triage.propose(text).urgency is not Urgency.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "cho em hỏi thủ tục đăng ký tạm trú cần giấy tờ gì ạ",
        "cam on cac anh cong an nhieu",
        "bán đất nền giá rẻ, liên hệ zalo 09xx xxx 111",
        "alo",
        "chúc buổi sáng vui vẻ",
        "😀",
        "",
    ],
)
def test_questions_thanks_adverts_and_greetings_are_no_tips(triage: Triage, text: str) -> None:
    proposal = triage.propose(text)
    assert not proposal.is_tip
    assert proposal.category is Category.NOT_A_TIP
    assert proposal.urgency is Urgency.NORMAL


def test_accents_make_little_difference(triage: Triage) -> None:
    told = triage.propose("trộm cạy cửa lấy mất xe máy đêm qua")
    typed = triage.propose("trom cay cua lay mat xe may dem qua")
    assert told.category is typed.category is Category.THEFT_ROBBERY


def test_the_place_comes_with_it(triage: Triage) -> None:
    proposal = triage.propose("đánh nhau ở phường Nếnh", province="24")
    assert proposal.place.communes == ("07795",)


_ANY = st.text(max_size=400) | st.sampled_from(
    ["a" * 100_000, "ă " * 50_000, "\u202e\u200b" * 30_000, "ជំរាបសួរ មានចោរ", "help there is a fire", "\ud800",
     "1900-01-01", "🔥" * 3_000, "xa " * 30_000, "\x00\x1b[31m", "ﷺ" * 2_000]
)  # fmt: skip


@settings(max_examples=120)
@given(_ANY, st.sampled_from([None, "24", "xx"]), st.sampled_from([None, "07795", "?"]))
def test_whatever_is_sent_a_whole_proposal_comes_back(
    triage: Triage, text: str, province: str | None, commune: str | None
) -> None:
    proposal = triage.propose(text, province=province, commune=commune)
    assert len(proposal.guesses) == 3
    assert len({guess.category for guess in proposal.guesses}) == 3
    assert all(0 <= guess.confidence <= 1 for guess in proposal.guesses)
    assert 0 <= proposal.urgency_confidence <= 1
    assert (proposal.category is Category.NOT_A_TIP) == (not proposal.is_tip)
    if not proposal.is_tip:
        assert proposal.urgency is Urgency.NORMAL


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", "null", '{"tip": 1}'])
def test_a_model_file_that_is_no_model_is_refused_in_words(data: str) -> None:
    with pytest.raises(BadModel, match="model file"):
        Model.load(data)


def test_a_model_for_other_labels_is_refused() -> None:
    raw = json.loads(unpacked(MODEL))
    raw["category"]["labels"][0] = "piracy"
    with pytest.raises(BadModel, match="other categories"):
        Model.load(json.dumps(raw))
    raw = json.loads(unpacked(MODEL))
    raw["tip"]["names"] += "\none more"
    with pytest.raises(BadModel, match="does not fit"):
        Model.load(json.dumps(raw))


def test_a_model_survives_being_written_and_read(triage: Triage) -> None:
    again = Model.load(json.dumps(triage.model.to_json()))
    text = "có đánh bạc trong vườn điều, đông lắm"
    places = unpacked(GAZETTEER)
    assert Triage.load(json.dumps(again.to_json()), places).propose(text) == triage.propose(text)
    with pytest.raises(BadPlaces):
        Triage.load(json.dumps(again.to_json()), "{}")


def test_no_shipped_example_is_copied_from_the_messages_that_judge() -> None:
    def texts(file: Path) -> set[str]:
        return {json.loads(line)["text"].strip().lower() for line in file.read_text(encoding="utf-8").splitlines()}

    shipped = {text for file in SHIPPED for text in texts(file)}
    assert len(shipped) >= 8000
    assert not shipped & texts(DEVELOPMENT)
    assert shipped & texts(UNSEEN) <= {"??"}, "two question marks are nobody's own words"


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_the_shipped_examples_cover_everything(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert {Category(row["category"]) for row in rows} == set(Category)
    assert {Urgency(row["urgency"]) for row in rows} == set(Urgency)
    assert all(row["urgency"] == "normal" for row in rows if row["category"] == "not_a_tip")
