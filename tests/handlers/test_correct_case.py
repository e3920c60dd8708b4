"""A case is taken for something else, or happened somewhere else: it goes where it belongs, and only then."""

from __future__ import annotations

from core.triage.proposal import Category, Urgency
from handlers import correct_tip, work_case
from tests.handlers.conftest import NEIGHBOUR, NENH, PROVINCE, Desk


async def test_a_reporter_names_another_commune_and_its_police_get_the_case(desk: Desk) -> None:
    await desk.police("An")
    neighbour, reporter = await desk.police("Cuong", NEIGHBOUR), await desk.person("Ba Tu")
    tip = await desk.tells(reporter)
    done = await desk.does(lambda work: correct_tip.correct_tip(work, reporter, tip.id, commune=NEIGHBOUR))
    case = await desk.case(tip.case.id)
    assert done.case == case and (case.unit, case.commune) == (NEIGHBOUR, NEIGHBOUR)
    assert f"case:{case.id}:card:{case.routed}" in await desk.told(neighbour.id)
    assert await desk.told(reporter.id) == [], (
        "nobody passed it on: the reporter said so, and is answered by the receipt"
    )


async def test_only_another_place_moves_a_case_that_an_officer_passed_on_by_hand(desk: Desk) -> None:
    officer, province = await desk.police("An"), await desk.police("Tinh", PROVINCE)
    tip = await desk.tells(await desk.person("Ba Tu"))
    await desk.does(lambda work: work_case.pass_on(work, officer, tip.case.id))
    case = await desk.does(lambda work: work_case.correct_case(work, province, tip.case.id, category=Category.FRAUD))
    assert (case.unit, case.category) == (PROVINCE, Category.FRAUD)
    assert case.commune == NENH


async def test_a_bribe_stays_with_the_province_whatever_else_is_set_right(desk: Desk) -> None:
    await desk.police("An")
    province, reporter = await desk.police("Tinh", PROVINCE), await desk.person("Ba Tu")
    tip = await desk.tells(reporter)
    await desk.does(lambda work: correct_tip.correct_tip(work, reporter, tip.id, category=Category.CORRUPTION))
    case = await desk.does(lambda work: work_case.correct_case(work, province, tip.case.id, urgency=Urgency.NORMAL))
    assert (case.unit, case.category, case.urgency) == (PROVINCE, Category.CORRUPTION, Urgency.NORMAL)


async def test_what_is_so_already_changes_nothing(desk: Desk) -> None:
    reporter = await desk.person("Ba Tu")
    await desk.police("An")
    tip = await desk.tells(reporter)
    before = await desk.case(tip.case.id), await desk.audited(tip.case.id)
    done = await desk.does(
        lambda work: correct_tip.correct_tip(work, reporter, tip.id, category=before[0].category, commune=NENH)
    )
    assert done.case == before[0]
    assert (await desk.case(tip.case.id), await desk.audited(tip.case.id)) == before
