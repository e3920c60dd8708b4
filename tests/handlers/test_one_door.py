"""A case changes through `cases.apply` only: each move leaves its audit row, timers and messages; a refused one leaves
nothing."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import insert

from bot.cli.cases import list_cases
from core.access import SYSTEM, Role
from core.case import Change
from core.errors import NotFound
from core.ids import TimerId
from core.states import ONE_PRESS, Action, MoveNotAllowed, Outcome, Stale
from core.triage.proposal import Category, Urgency
from handlers import cases, correct_tip, escalate, work_case
from handlers.likeness import decide
from handlers.work_case import TakenBy
from storage import cases as rows
from storage import likeness
from storage.tables import wrong_code
from storage.timers import Timer, TimerKind
from tests.handlers.conftest import NEIGHBOUR, NENH, PROVINCE, Desk


async def test_a_case_from_the_tip_to_the_end_and_open_again(desk: Desk) -> None:
    officer, reporter = await desk.police("An"), await desk.person("Ba Tu")
    tip = await desk.tells(reporter)
    case = await desk.case(tip.case.id)
    take_by = desk.runtime.context.rules.limits.take[case.urgency].commander
    assert (case.unit, case.owner, case.take_by) == (NENH, None, desk.now + take_by)
    assert await desk.due(case.id) == {"take": case.take_by}

    desk.later(minutes=1)
    case = await desk.does(lambda work: work_case.take_case(work, officer, case.id))
    assert (case.owner, case.taken_at, case.take_by) == (officer.id, desk.now, None)
    assert await desk.due(case.id) == {"answer": case.answer_by}

    case = await desk.does(lambda work: work_case.ask_reporter(work, officer, case.id, words="Xe màu gì?"))
    case = await desk.does(lambda work: work_case.close_case(work, officer, case.id, Outcome.HANDLED))
    assert (case.outcome, case.closed_at, case.answer_by) == (Outcome.HANDLED, desk.now, None)
    assert await desk.due(case.id) == {}

    desk.later(days=1)
    colleague = await desk.police("Binh")
    case = await desk.does(lambda work: work_case.act_on_case(work, colleague, case.id, Action.REOPEN))
    assert (case.is_worked, case.owner, case.outcome, case.closed_at) == (True, colleague.id, None, None)
    assert await desk.due(case.id) == {"answer": case.answer_by}, "a case that is open again has its clock again"
    assert await desk.audited(case.id) == ["received", "taken", "asked", "closed", "reopened"]
    steps = [reason.split(":")[2] for reason in await desk.told(reporter.id)]
    assert steps == ["take", "asked", "close", "reopen"], "the reporter hears of each step once"


async def test_closing_a_case_also_takes_it(desk: Desk) -> None:
    officer = await desk.police("An")
    tip = await desk.tells(await desk.person("Ba Tu"))
    await desk.does(lambda work: work_case.close_case(work, officer, tip.case.id, Outcome.UNFOUNDED))
    assert await desk.audited(tip.case.id) == ["received", "taken", "closed"]


async def test_a_refused_action_changes_nothing(desk: Desk) -> None:
    officer = await desk.police("An")
    tip = await desk.tells(await desk.person("Ba Tu"))
    before = await desk.case(tip.case.id), await desk.due(tip.case.id), await desk.audited(tip.case.id)
    with pytest.raises(NotFound):
        await desk.does(lambda work: work_case.ask_reporter(work, officer, tip.case.id, ready=99))
    with pytest.raises(NotFound):
        await desk.does(
            lambda work: work_case.close_case(work, officer, tip.case.id, Outcome.DUPLICATE, same_as="TB-AAAA-AAAA")
        )
    with pytest.raises(NotFound):
        await desk.does(lambda work: work_case.pass_on(work, officer, tip.case.id, to="xa khong co that"))
    with pytest.raises(MoveNotAllowed):
        await desk.does(lambda work: work_case.act_on_case(work, officer, tip.case.id, Action.REOPEN))
    assert (await desk.case(tip.case.id), await desk.due(tip.case.id), await desk.audited(tip.case.id)) == before
    assert before[0].waits_for_taker, '"not found" has not taken the case'


async def test_a_case_that_is_passed_on_starts_again_with_the_other_unit(desk: Desk) -> None:
    officer, neighbour = await desk.police("An"), await desk.police("Cuong", NEIGHBOUR)
    tip = await desk.tells(await desk.person("Ba Tu"))
    await desk.does(lambda work: work_case.take_case(work, officer, tip.case.id))
    desk.later(minutes=5)
    passed = await desk.does(lambda work: work_case.pass_on(work, officer, tip.case.id, to=NEIGHBOUR))
    case = await desk.case(tip.case.id)
    assert passed.case == case and passed.to == NEIGHBOUR
    assert (case.unit, case.commune, case.owner, case.taken_at) == (NEIGHBOUR, NEIGHBOUR, None, None)
    assert (case.level, case.opened_at, case.waits_for_taker) == (0, desk.now, True)
    assert await desk.due(case.id) == {"take": case.take_by}
    assert await desk.told(neighbour.id) == [f"case:{case.id}:card:{case.routed}"]
    with pytest.raises(NotFound):
        await desk.does(lambda work: work_case.take_case(work, officer, case.id))
    with pytest.raises(MoveNotAllowed):
        await desk.does(lambda work: work_case.pass_on(work, neighbour, case.id, to=NEIGHBOUR))


async def test_a_case_whose_urgency_is_set_right_has_another_clock(desk: Desk) -> None:
    officer = await desk.police("An")
    tip = await desk.tells(await desk.person("Ba Tu"))
    take = desk.runtime.context.rules.limits.take
    assert tip.case.urgency is Urgency.URGENT
    case = await desk.does(lambda work: work_case.correct_case(work, officer, tip.case.id, urgency=Urgency.NORMAL))
    assert case.take_by == case.opened_at + take[Urgency.NORMAL].commander
    assert await desk.due(case.id) == {"take": case.take_by}
    rang = await desk.told(officer.id)
    case = await desk.does(lambda work: work_case.correct_case(work, officer, tip.case.id, urgency=Urgency.EMERGENCY))
    assert case.routed == tip.case.routed + 1
    assert await desk.told(officer.id) == [*rang, f"case:{case.id}:card:{case.routed}"], "an emergency rings anew"


async def test_a_taken_case_that_becomes_an_emergency_keeps_its_owner_and_its_clock(desk: Desk) -> None:
    officer = await desk.police("An")
    tip = await desk.tells(await desk.person("Ba Tu"))
    await desk.does(lambda work: work_case.take_case(work, officer, tip.case.id))
    case = await desk.does(lambda work: work_case.correct_case(work, officer, tip.case.id, urgency=Urgency.EMERGENCY))
    assert (case.owner, case.is_worked) == (officer.id, True)
    assert await desk.due(case.id) == {"answer": case.answer_by}


async def test_a_bribe_that_an_officer_recognises_goes_up_and_is_out_of_their_hands(desk: Desk) -> None:
    officer, desk_officer = await desk.police("An"), await desk.police("Truc ban tinh", PROVINCE)
    tip = await desk.tells(await desk.person("Ba Tu"))
    case = await desk.does(
        lambda work: work_case.correct_case(work, officer, tip.case.id, category=Category.CORRUPTION)
    )
    assert (case.unit, case.category) == (PROVINCE, Category.CORRUPTION)
    assert await desk.told(desk_officer.id) == [f"case:{case.id}:card:{case.routed}"]


async def test_the_second_of_two_officers_learns_who_has_it(desk: Desk) -> None:
    first, second = await desk.police("An"), await desk.police("Binh")
    tip = await desk.tells(await desk.person("Ba Tu"))
    await desk.does(lambda work: work_case.take_case(work, first, tip.case.id))
    with pytest.raises(TakenBy) as refused:
        await desk.does(lambda work: work_case.take_case(work, second, tip.case.id))
    assert refused.value.name == "An"
    with pytest.raises(MoveNotAllowed):
        await desk.does(lambda work: work_case.take_case(work, first, tip.case.id))


async def test_an_action_on_an_older_version_is_refused_and_may_be_retried(desk: Desk) -> None:
    officer, reporter = await desk.police("An"), await desk.person("Ba Tu")
    tip = await desk.tells(reporter)
    seen = await desk.case(tip.case.id)
    await desk.does(lambda work: correct_tip.let_contact(work, reporter, tip.id, ""))
    with pytest.raises(Stale):
        await desk.does(lambda work: cases.apply(work, officer, seen, Action.TAKE))
    assert (await desk.case(seen.id)).waits_for_taker
    with pytest.raises(Stale):
        await desk.runtime.database.write(lambda db: rows.save(db, seen, seen))
    tries: list[int] = []

    def at_last(work: object) -> str:
        tries.append(1)
        if len(tries) < 2:
            raise Stale
        return "done"

    assert await desk.does(at_last) == "done", "what was stale is done once more, on what stands now"


async def test_what_was_written_before_a_refusal_in_the_same_transaction_stays(desk: Desk) -> None:
    officer = await desk.person("An")

    def both(db: object) -> None:
        work = desk.work(db)
        work.db.execute(insert(wrong_code).values(contact_id=officer.id, at=desk.now))

        def refused() -> None:
            work.db.execute(insert(wrong_code).values(contact_id=officer.id, at=desk.now))
            raise NotFound

        with pytest.raises(NotFound):
            work.attempt(refused)

    await desk.runtime.database.write(both)
    count = "SELECT count(*) FROM wrong_code"
    assert await desk.runtime.database.read(lambda db: db.exec_driver_sql(count).scalar()) == 1


async def test_an_alert_that_nobody_takes_climbs_and_ends_at_the_province(desk: Desk) -> None:
    await desk.police("An")
    commander, province = await desk.police("Truong", role=Role.COMMANDER), await desk.police("Tinh", PROVINCE)
    tip = await desk.tells(await desk.person("Ba Tu"))
    for level, hears in ((1, commander), (2, province)):
        case = await desk.case(tip.case.id)
        due = await desk.due(case.id)
        desk.now = due["take"]
        timer = Timer(
            id=TimerId(1),
            kind=TimerKind.TAKE,
            subject=case.id,
            reason="",
            due_at=due["take"],
            routed=case.routed,
            level=case.level,
        )
        done = await desk.does(lambda work, timer=timer: escalate.escalate(work, timer))  # type: ignore[misc]
        assert done == f"level_{level}"
        assert f"case:{case.id}:late:0:{level}" in await desk.told(hears.id)
        again = await desk.does(lambda work, timer=timer: escalate.escalate(work, timer))  # type: ignore[misc]
        assert again == "moved", "the same timer rings once"
    case = await desk.case(tip.case.id)
    assert case.is_with_province and (await desk.due(case.id))["take"] > desk.now
    await desk.does(lambda work: work_case.take_case(work, province, case.id))
    assert await desk.due(case.id) == {"answer": (await desk.case(case.id)).answer_by}


async def test_a_unit_without_anybody_hands_its_tips_to_the_province_at_once(desk: Desk) -> None:
    province = await desk.police("Tinh", PROVINCE)
    tip = await desk.tells(await desk.person("Ba Tu"))
    case = await desk.case(tip.case.id)
    assert case.unit == NENH and case.is_with_province
    assert await desk.told(province.id) == [f"case:{case.id}:card:0"]
    assert (await desk.due(case.id))["take"] == case.take_by


async def test_a_case_that_joined_another_ends_there_and_is_not_opened_again(desk: Desk) -> None:
    officer = await desk.police("An")
    one, two = [await desk.tells(await desk.person(name)) for name in ("Ba Tu", "Chi Hai")]
    await desk.runtime.database.write(lambda db: likeness.found(db, two.case.id, one.case.id, 0.9, desk.now))
    joined = await desk.does(lambda work: decide(work, officer, two.case.id, one.case.id, same=True))
    assert (joined.merged_into, joined.outcome) == (one.case.id, Outcome.DUPLICATE)
    with pytest.raises(MoveNotAllowed):
        await desk.does(lambda work: work_case.act_on_case(work, officer, two.case.id, Action.REOPEN))
    with pytest.raises(NotFound):
        await desk.does(lambda work: decide(work, officer, two.case.id, one.case.id, same=True))


async def test_a_withdrawn_tip_may_still_be_looked_into(desk: Desk) -> None:
    officer, reporter = await desk.police("An"), await desk.person("Ba Tu")
    tip = await desk.tells(reporter)
    done = await desk.does(lambda work: correct_tip.withdraw_tip(work, reporter, tip.id))
    assert not done.stays and not done.tip.case.is_open and await desk.due(tip.case.id) == {}
    with pytest.raises(MoveNotAllowed):
        await desk.does(lambda work: correct_tip.withdraw_tip(work, reporter, tip.id))
    case = await desk.does(lambda work: work_case.take_case(work, officer, tip.case.id))
    assert case.is_worked and case.owner == officer.id


async def test_a_tip_is_only_its_reporters_to_change(desk: Desk) -> None:
    reporter, stranger = await desk.person("Ba Tu"), await desk.person("Ke la")
    officer = await desk.police("An")
    tip = await desk.tells(reporter)
    before = await desk.case(tip.case.id)
    for somebody in (stranger, officer, SYSTEM):
        for act in (
            lambda work, by: correct_tip.withdraw_tip(work, by, tip.id),
            lambda work, by: correct_tip.let_contact(work, by, tip.id, "0900 000 000"),
            lambda work, by: correct_tip.correct_tip(work, by, tip.id, urgency=Urgency.NORMAL),
            lambda work, by: correct_tip.confirm_tip(work, by, tip.id),
        ):
            with pytest.raises(NotFound):
                await desk.does(lambda work, act=act, by=somebody: act(work, by))  # type: ignore[misc]
    assert await desk.case(tip.case.id) == before


async def test_only_what_the_table_knows_changes_and_the_change_is_in_the_audit(desk: Desk) -> None:
    officer = await desk.police("An")
    tip = await desk.tells(await desk.person("Ba Tu"))
    handled = Change(outcome=Outcome.HANDLED)
    with pytest.raises(MoveNotAllowed):
        await desk.does(lambda work: cases.apply(work, officer, tip.case, Action.CLOSE, handled))
    assert (await desk.audited(tip.case.id)) == ["received"]


async def test_an_open_case_from_before_limits_were_stored_gets_them_with_its_timers(desk: Desk) -> None:
    tip = await desk.tells(await desk.person("Ba Tu"))
    officer = await desk.police("An")
    taken = await desk.tells(await desk.person("Chi Hai"))
    await desk.does(lambda work: work_case.take_case(work, officer, taken.case.id))
    before = [await desk.case(case_id) for case_id in (tip.case.id, taken.case.id)]
    await desk.runtime.database.write(
        lambda db: db.exec_driver_sql("UPDATE police_case SET take_by = NULL, answer_by = NULL")
    )
    assert await desk.does(cases.set_missing_limits) == 2
    for was in before:
        case = await desk.case(was.id)
        assert (case.take_by, case.answer_by) == (was.take_by, was.answer_by)
    assert await desk.does(cases.set_missing_limits) == 0


async def test_the_command_lists_cases_with_what_is_due_next_and_no_words(desk: Desk) -> None:
    tip = await desk.tells(await desk.person("Ba Tu"))
    told: list[str] = []
    assert await list_cases(desk.runtime, told.append, as_json=True) == 0
    line = json.loads(told[0])
    assert (line["code"], line["unit"], line["state"], line["tips"], line["owner"]) == (tip.code, NENH, "new", 1, None)
    assert set(line["next_limit"]) == {"kind", "due_at", "source"} and "xe máy" not in told[0]


async def test_one_press_does_only_what_needs_nothing_more(desk: Desk) -> None:
    officer = await desk.police("An")
    tip = await desk.tells(await desk.person("Ba Tu"))
    for action in set(Action) - ONE_PRESS:
        with pytest.raises(NotFound):
            await desk.does(lambda work, action=action: work_case.act_on_case(work, officer, tip.case.id, action))  # type: ignore[misc]
    assert await desk.audited(tip.case.id) == ["received"]
