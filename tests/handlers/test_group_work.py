"""What groups, duties, reports and links do, called as a page or a command would: no chat is there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from core.access import SYSTEM, Actor, Duty, Role
from core.activity_kinds import ActivityKind
from core.errors import NotFound, Refusal
from core.ids import ContactId, GroupId, ObligationId, Unit
from core.messages import Channel, Language
from core.plan import Audience
from handlers import contact_settings, join, link, load_plan, show_activities
from handlers.campaign import plan_campaign, run_campaign
from handlers.fix_activity import delete_activity, fix_activity
from handlers.log_activity import ActivityUnclear, Told, log_activity
from handlers.reach import results
from handlers.submit_report import submit_report
from handlers.work import Work
from plans.load import PLANS, load_text
from storage import activities, duties, groups, obligations, timers
from storage.campaigns import BroadcastState
from storage.tables import duty, invite, timer
from tests.handlers.conftest import NEIGHBOUR, NENH, Desk
from tests.stories.town import GROUPS

PATROLS = GroupId("to-tuan-tra")
LEADER = Duty(Role.LEADER, NENH, PATROLS)


async def load(desk: Desk, source: str) -> None:
    plan = load_text(source, "desk.yaml")
    await desk.does(lambda work: load_plan.load_plan(work, plan, source, (NENH,)))


async def joins(desk: Desk, name: str, given: Duty) -> Actor:
    """Somebody takes a duty up with an invite."""
    known = await desk.person(name)
    payload = await desk.does(lambda work: join.make_invite(work, given))
    joined = await desk.does(lambda work: join.use_invite(work, known, payload, name=name))
    return replace(known, duties=joined.duties)


def told(desk: Desk, text: str) -> Told:
    return Told(text=text, said_at=desk.now, channel=Channel("web"))


async def test_a_group_logs_and_mends_and_sums_up_without_a_chat(desk: Desk) -> None:
    await load(desk, GROUPS)
    leader = await joins(desk, "Sau", LEADER)
    done = await desk.does(lambda work: log_activity(work, leader, told(desk, "tuần tra 3 người 22h-1h ấp 4")))
    assert (done.activity.group, done.activity.people, done.missing) == (PATROLS, 3, ())
    fixed = await desk.does(lambda work: fix_activity(work, leader, done.activity.id, told(desk, "5 người")))
    assert (fixed.activity.people, fixed.missing) == (5, ("started_at", "ended_at", "place"))
    summary = await desk.does(lambda work: show_activities.sum_up_month(work, leader))
    (total,) = summary.month.totals
    assert (summary.month.group_name, total.kind, total.people) == ("Tổ tuần tra khu 4", ActivityKind.PATROL, 5)
    await desk.does(lambda work: delete_activity(work, leader, done.activity.id))
    assert (await desk.does(lambda work: show_activities.own_latest(work, leader))) == []


@pytest.mark.parametrize("text", ["", "xin chào"])
async def test_words_that_tell_of_no_work_are_refused_and_leave_nothing(desk: Desk, text: str) -> None:
    await load(desk, GROUPS)
    leader = await joins(desk, "Sau", LEADER)
    with pytest.raises(ActivityUnclear):
        await desk.does(lambda work: log_activity(work, leader, told(desk, text)))
    assert await desk.does(lambda work: show_activities.own_latest(work, leader)) == []


async def test_who_leads_no_group_logs_nothing_and_sums_up_nothing(desk: Desk) -> None:
    await load(desk, GROUPS)
    officer = await desk.police("An")
    for actor in (SYSTEM, officer, await desk.person("Ba Tu")):
        for act in (
            partial(log_activity, by=actor, told=told(desk, "tuần tra 3 người")),
            partial(show_activities.sum_up_month, by=actor),
        ):
            with pytest.raises(NotFound):
                await desk.does(act)
    within = await desk.does(lambda work: activities.latest(
        work.db, work.context.vault, logged_by=[ContactId(1), ContactId(2)], groups=[PATROLS], most=9
    ))  # fmt: skip
    assert within == []


async def test_an_invite_works_once_and_only_for_a_week(desk: Desk) -> None:
    first, second = await desk.person("An"), await desk.person("Binh")
    given = Duty(Role.OFFICER, NENH)
    used = await desk.does(lambda work: join.make_invite(work, given))
    late = await desk.does(lambda work: join.make_invite(work, given))
    await desk.does(lambda work: join.use_invite(work, first, used.lower()[:2] + used[2:].lower()))
    with pytest.raises(join.InviteUnknown):
        await desk.does(partial(join.use_invite, by=second, payload=used))
    desk.later(days=7)
    for payload in (late, "o_00000000"):
        with pytest.raises(join.InviteUnknown):
            await desk.does(partial(join.use_invite, by=second, payload=payload))
    held = await desk.does(lambda work: duties.of_chats(work.db, second.chats))
    assert held == ()
    rows = await desk.does(lambda work: work.db.execute(select(invite.c.used_by)).scalars().all())
    assert sorted(rows, key=str) == [first.id, None]


async def test_the_same_duty_is_held_once_and_police_bind_their_group_chat(desk: Desk) -> None:
    group_chat = (await desk.person("the group")).own_chat
    officer = await desk.person("An")
    for _ in range(2):
        payload = await desk.does(lambda work: join.make_invite(work, Duty(Role.OFFICER, NENH)))
        joined = await desk.does(partial(join.use_invite, by=officer, payload=payload, group_chat=group_chat))
        assert joined.duties == (Duty(Role.OFFICER, NENH),) and joined.is_police
    assert await desk.does(lambda work: duties.of_chats(work.db, [group_chat])) == (Duty(Role.UNIT_CHAT, NENH),)
    clerk = await desk.does(lambda work: join.make_invite(work, Duty(Role.COMMITTEE, NENH)))
    other = (await desk.person("another group")).own_chat
    await desk.does(lambda work: join.use_invite(work, officer, clerk, group_chat=other))
    assert await desk.does(lambda work: duties.of_chats(work.db, [other])) == (), "only the police's chat is the unit's"


async def test_off_duty_is_for_those_who_keep_duty_and_for_that_duty_only(desk: Desk) -> None:
    await load(desk, GROUPS)
    officer = await joins(desk, "An", Duty(Role.OFFICER, NENH))
    both = replace(officer, duties=(await joins(desk, "An", LEADER)).duties)
    await desk.does(lambda work: join.go_on_duty(work, both, on=False))
    rows = await desk.does(lambda work: work.db.execute(select(duty.c.role, duty.c.on_duty)).all())
    assert {row.role: row.on_duty for row in rows} == {"officer": False, "leader": True}
    leader = replace(both, duties=(LEADER,))
    with pytest.raises(NotFound):
        await desk.does(lambda work: join.go_on_duty(work, leader, on=True))
    await desk.does(lambda work: join.leave(work, both))
    assert await desk.does(lambda work: duties.of_chats(work.db, both.chats)) == ()


async def test_a_report_is_in_when_somebody_of_its_unit_says_so_and_by_whom_is_kept(desk: Desk) -> None:
    await load(desk, (PLANS / "vy-2024.yaml").read_text(encoding="utf-8"))
    strangers = [SYSTEM, await desk.person("Ba Tu"), await joins(desk, "Cuong", Duty(Role.COMMITTEE, NEIGHBOUR))]
    clerk = await joins(desk, "Thu ky", Duty(Role.COMMITTEE, NENH))
    for stranger in strangers:
        with pytest.raises(NotFound):
            await desk.does(partial(submit_report, by=stranger, obligation_id=ObligationId(1)))
    with pytest.raises(NotFound):
        await desk.does(lambda work: submit_report(work, clerk, ObligationId(999)))
    first = await desk.does(lambda work: submit_report(work, clerk, ObligationId(1)))
    assert (first.unit, first.submitted_at) == (NENH, None)
    at = desk.now
    desk.later(hours=1)
    await desk.does(lambda work: submit_report(work, replace(clerk, id=ContactId(1)), ObligationId(1)))
    found = await desk.does(lambda work: obligations.by_id(work.db, ObligationId(1)))
    assert found is not None and (found.submitted_at, found.submitted_by) == (at, clerk.id)


async def test_a_wrong_link_code_is_counted_even_where_everything_else_is_undone(desk: Desk) -> None:
    one, other = await desk.person("one"), await desk.person("other")
    code = await desk.does(lambda work: link.make_link(work, one))
    for number in range(5):
        wrong = f"LK-0000-000{number}"
        assert await desk.does(partial(link.use_link, by=other, code=wrong)) is None
    with pytest.raises(Refusal):
        await desk.does(lambda work: link.use_link(work, other, code))
    assert await desk.does(lambda work: link.use_link(work, one, code)) is None, "nobody is linked with themselves"


async def test_a_fifth_chat_is_not_linked_and_the_code_is_not_used_up(desk: Desk) -> None:
    people = [await desk.person(f"chat {number}") for number in range(5)]
    for other in people[1:4]:
        code = await desk.does(lambda work: link.make_link(work, people[0]))
        assert await desk.does(partial(link.use_link, by=other, code=code)) is not None
    code = await desk.does(lambda work: link.make_link(work, people[0]))
    for _ in range(2):
        with pytest.raises(link.LinkUnknown):
            await desk.does(lambda work: link.use_link(work, people[4], code))
    with pytest.raises(link.NotLinked):
        await desk.does(lambda work: link.unlink(work, people[4]))


async def test_a_poster_names_a_commune_of_today(desk: Desk) -> None:
    resident = await desk.person("Ba Tu")
    assert "Nếnh" in await desk.does(lambda work: contact_settings.set_commune(work, resident, NENH))
    with pytest.raises(contact_settings.CommuneUnknown):
        await desk.does(lambda work: contact_settings.set_commune(work, resident, Unit("99999")))


async def test_a_group_takes_its_plans_new_name_and_an_awareness_message_reaches_its_leader_once(desk: Desk) -> None:
    await load(desk, GROUPS)
    await load(desk, GROUPS.replace("Tổ tuần tra khu 4", "Tổ tuần tra mới"))
    found = await desk.does(lambda work: groups.by_id(work.db, PATROLS))
    assert found is not None and (found.name, found.unit, found.active) == ("Tổ tuần tra mới", NENH, True)
    leader = await joins(desk, "Sau", LEADER)

    def sends(work: Work) -> str:
        made = plan_campaign(
            work,
            key="k",
            title="Đề phòng cháy",
            texts={Language.VI: "Khóa van ga."},
            at=work.now,
            audience=Audience(groups=(PATROLS,)),
        )
        assert made is not None
        (due,) = work.db.execute(select(timer.c.id).where(timer.c.kind == "campaign")).scalars().all()
        claimed = timers.claim(work.db, due, work.now)
        assert claimed is not None
        return run_campaign(work, claimed)

    assert await desk.does(sends) == "queued_1"
    assert await desk.told(leader.id) == ["campaign:1"]
    (result,) = await desk.does(lambda work: results(work.db, 5))
    assert (result.broadcast.state, result.delivered.waiting) == (BroadcastState.DONE, 1)
