"""One message, one transaction: the heart of the house.

The message key, the conversation, the tip, the journal's line and every answer are one commit. Only after it is the
platform told "received". So a crash at any instant loses nothing and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import Connection, bindparam, select

from core.channels import ABLE
from core.conversation import acts
from core.conversation.person import OpenTip, Person, State, Step
from core.conversation.step import WANT_WORDS, step
from core.conversation.turn import Turn
from core.errors import Refusal
from core.messages import Inbound
from core.replies import Reply, merge, say
from core.say import Say
from core.states import OPEN
from core.states import State as CaseState
from core.triage.proposal import Category, Proposal, Urgency
from handlers import (
    add_to_tip,
    ask_police,
    correct_tip,
    join,
    likeness,
    link,
    log_activity,
    receive_tip,
    remind,
    settings,
    show_tips,
    work_case,
)
from handlers.numbers import read_number
from handlers.work import Hearing, House
from storage import cases, contacts, inbox, ways
from storage.contacts import Contact
from storage.database import Database, Unavailable, touch
from storage.outbox import Lane
from storage.tables import case, tip

log = structlog.get_logger()

DO: Final[dict[type[acts.Act], Callable[[Hearing, Any], list[Reply]]]] = {
    acts.FileTip: receive_tip.receive_tip,
    acts.AddToTip: add_to_tip.add_to_tip,
    acts.SplitTip: add_to_tip.split_tip,
    acts.CorrectTip: correct_tip.correct_tip,
    acts.TipMenu: correct_tip.show_menu,
    acts.LetContact: correct_tip.let_contact,
    acts.WithdrawTip: correct_tip.withdraw_tip,
    acts.ShowTip: show_tips.show_tip,
    acts.ShowMyTips: show_tips.show_my_tips,
    acts.SetLanguage: settings.set_language,
    acts.SetCommune: settings.set_commune,
    acts.SetReachable: settings.set_reachable,
    acts.MoveChat: settings.move_chat,
    acts.UseInvite: join.use_invite,
    acts.LeaveDuty: join.leave_duty,
    acts.GoOnDuty: join.go_on_duty,
    acts.ShowCases: work_case.show_cases,
    acts.CaseMenu: work_case.show_case_menu,
    acts.TakeCase: work_case.take_case,
    acts.AskReporter: work_case.ask_reporter,
    acts.PassOn: work_case.pass_on,
    acts.CloseCase: work_case.close_case,
    acts.SameCase: likeness.decide,
    acts.ReopenCase: work_case.reopen_case,
    acts.CorrectCase: work_case.correct_case,
    acts.LogActivity: log_activity.log_activity,
    acts.ShowActivityForm: log_activity.show_form,
    acts.FixActivity: log_activity.fix_activity,
    acts.DeleteActivity: log_activity.delete_activity,
    acts.ListActivities: log_activity.list_activities,
    acts.MonthSummary: log_activity.month_summary,
    acts.AskPolice: ask_police.ask_police,
    acts.ShowQuestion: ask_police.show_question,
    acts.AnswerQuestion: ask_police.answer_question,
    acts.MakeLink: link.make_link,
    acts.UseLink: link.use_link,
    acts.PreferChat: link.prefer_chat,
    acts.Unlink: link.unlink,
    acts.SubmitReport: remind.submit_report,
}
_TIP: Final = (
    select(
        tip.c.id,
        tip.c.sealed_code,
        tip.c.album,
        tip.c.proposed,
        tip.c.withdrawn_at,
        case.c.category,
        case.c.urgency,
        case.c.commune,
        case.c.state,
    )
    .join(case, tip.c.case_id == case.c.id)
    .where(tip.c.id == bindparam("number"))
)
TOLD_AGAIN: Final = timedelta(minutes=1)


async def hear(database: Database, house: House, heard: Inbound, now: datetime) -> None:
    """Take one message in; returns after the commit. Raises `Unavailable` when nothing could be stored.

    A message that breaks a step is kept whole as failed, its sender told that a person will look."""
    key = f"{heard.channel.value}:{heard.sender}"
    try:
        await database.write(lambda db: take_in(db, house, heard, now), key=key)
    except Unavailable:
        raise
    except Exception as error:
        log.error("message_failed", channel=heard.channel.value, error=type(error).__name__, where=where(error))
        kind = type(error).__name__
        await database.write(lambda db: _keep_failed(db, house, heard, now, kind), key=key)


def take_in(db: Connection, house: House, heard: Inbound, now: datetime) -> bool:
    """The transaction itself. False for a redelivery, which changes nothing."""
    me, chat = _meet(db, house, heard, now)
    sealed = house.vault.seal_json(inbox.inbound_to_json(heard))
    inbox_id = inbox.take_in(db, heard, sealed, me.id, now)
    if inbox_id is None:
        return False
    touch(db, f"said:{me.id}")
    _answer(db, house, heard, now, me, chat, inbox_id)
    return True


def replay(db: Connection, house: House, inbox_id: int, heard: Inbound, now: datetime) -> None:
    """Take a failed message in once more, after a fix."""
    me, chat = _meet(db, house, heard, now)
    _answer(db, house, heard, now, me, chat, inbox_id)
    inbox.mark(db, inbox_id, inbox.DONE)


def _meet(db: Connection, house: House, heard: Inbound, now: datetime) -> tuple[Contact, Contact]:
    language = heard.language
    me = contacts.meet(
        db,
        house.vault,
        heard.channel,
        heard.chat if not heard.in_group else _private(heard),
        now=now,
        language=language,
        name=heard.sender_name,
    )
    if not heard.in_group:
        return me, me
    return me, contacts.meet(db, house.vault, heard.channel, heard.chat, now=now, language=language, is_group=True)


def _private(heard: Inbound) -> Any:
    return heard.sender  # in every platform that we know a person's private chat bears the person's own id


def _answer(
    db: Connection, house: House, heard: Inbound, now: datetime, me: Contact, chat: Contact, inbox_id: int
) -> None:
    own = ways.ids_of(db, me.id, me.person)
    duties = () if me.new else contacts.duties_of(db, own)
    tokens = _tokens(house, me, now)
    person = Person(
        id=me.id,
        language=me.language,
        duties=duties,
        commune=me.commune,
        tip=_open_tip(db, house, me, heard),
        new=me.new,
        quiet=tokens < 0,
    )
    work = Hearing(
        db=db,
        house=house,
        now=now,
        heard=heard,
        inbox_id=inbox_id,
        me=me,
        chat=chat,
        person=person,
        duties=duties,
        own=own,
        tip_id=me.tip_id,
        tip_at=me.tip_at,
        state=_state(house, me),
    )
    if tokens < -house.rules.flood:
        inbox.mark(db, inbox_id, inbox.REFUSED, "flood")
        _flooded(work)
        _save(work, tokens)
        return
    meant = read_number(db, house, chat, heard, now, idle=work.state.step not in WANT_WORDS)
    if isinstance(meant, Reply):
        _do(work, Turn(replies=(meant,)))
    else:
        work.heard = meant
        _do(work, step(person, work.state, meant, lambda text: _understand(house, me, text), now, house.answer))
    if -1 <= tokens < 0:
        work.tell(work.to_chat, Reply(lines=(say(Say.SLOW_DOWN),)), reason=f"hear:{inbox_id}:slow")
    _save(work, tokens)


def _do(work: Hearing, turn: Turn) -> None:
    if turn.state is not None:
        work.state = turn.state
    replies = list(turn.replies)
    for act in turn.acts:
        try:
            replies += DO[type(act)](work, act)
        except Refusal as refusal:
            if work.heard.press:
                work.toast, work.alert = refusal.words, True
            else:
                replies.append(Reply(lines=(refusal.words,)))
    heard = work.heard
    if heard.press:
        toast = Reply(lines=(work.toast,) if work.toast else (), press=heard.press, alert=work.alert)
        work.tell(work.to_chat, toast, reason=f"hear:{work.inbox_id}:press", lane=Lane.PRESS)
    elif work.toast is not None and not replies:
        replies.append(Reply(lines=(work.toast,)))  # a button that was pressed by typing its number
    if len(replies) > 1 and ABLE[heard.channel].merged:
        replies = [merge(replies)]
    for number, reply in enumerate(replies):
        if reply.slot and not heard.button:
            reply = replace(reply, fresh=True)  # typed words are answered below them, not somewhere further up
        work.tell(work.to_chat, reply, reason=f"hear:{work.inbox_id}:{number}", lane=work.lane)


def _understand(house: House, me: Contact, text: str) -> Proposal:
    return house.triage.propose(text, province=house.province or None, commune=me.commune or house.commune or None)


def _state(house: House, me: Contact) -> State:
    if not me.step:
        return State()
    draft = house.vault.open_json(me.sealed_draft) if me.sealed_draft else {}
    try:
        return State(Step(me.step), draft)
    except ValueError:
        return State()  # a step that an upgrade has taken away


def _open_tip(db: Connection, house: House, me: Contact, heard: Inbound) -> OpenTip | None:
    if me.tip_id is None or me.tip_at is None:
        return None
    row = db.execute(_TIP, {"number": me.tip_id}).one_or_none()
    if row is None:
        return None
    same_album = bool(heard.album) and row.album == house.vault.hash("album", heard.album)
    return OpenTip(
        id=row.id,
        code=house.vault.open(row.sealed_code),
        category=Category(row.category),
        urgency=Urgency(row.urgency),
        commune=row.commune or "",
        touched_at=me.tip_at,
        open=row.withdrawn_at is None and CaseState(row.state) in OPEN,
        album=heard.album if same_album else "",
        has_text=bool(row.proposed.get("guesses")),
    )


def _tokens(house: House, me: Contact, now: datetime) -> float:
    """What is left of a person's allowance: a burst, then a steady drip. Below zero we listen but hardly answer."""
    rules = house.rules
    if me.tokens is None or me.tokens_at is None:
        return rules.burst - 1
    gained = max((now - me.tokens_at).total_seconds(), 0) / rules.refill_s
    return min(float(rules.burst), me.tokens + gained) - 1


def _flooded(work: Hearing) -> None:
    """Past all patience: say so once a minute, with the number to call."""
    minute = int(work.now.timestamp() // TOLD_AGAIN.total_seconds())
    work.tell(work.to_chat, Reply(lines=(say(Say.TOO_MANY),)), reason=f"flood:{work.me.id}:{minute}")


def _save(work: Hearing, tokens: float) -> None:
    state = work.state
    values: dict[str, Any] = {
        "step": state.step.value,
        "sealed_draft": work.house.vault.seal_json(dict(state.draft)) if state.draft else None,
        "tip_id": work.tip_id,
        "tip_at": work.tip_at,
        "tokens": tokens,
        "tokens_at": work.now,
    }
    contacts.save_conversation(work.db, work.me, values)


def _keep_failed(db: Connection, house: House, heard: Inbound, now: datetime, error: str) -> None:
    me, chat = _meet(db, house, heard, now)
    sealed = house.vault.seal_json(inbox.inbound_to_json(heard))
    inbox_id = inbox.take_in(db, heard, sealed, me.id, now)
    if inbox_id is None:
        return
    inbox.mark(db, inbox_id, inbox.FAILED, error)
    work = Hearing(
        db=db,
        house=house,
        now=now,
        heard=heard,
        inbox_id=inbox_id,
        me=me,
        chat=chat,
        person=Person(id=me.id, language=me.language),
    )
    work.tell(work.to_chat, Reply(lines=(say(Say.TROUBLE),)), reason=f"hear:{inbox_id}:trouble")
    alarm = Reply(lines=(say(Say.MESSAGE_FAILED, number=inbox_id, error=error),))
    for operator in cases.operators(db):
        work.tell(operator, alarm, reason=f"failed:{now:%Y%m%d%H}", lane=Lane.ALERT)  # once an hour says it all


def where(error: BaseException | None) -> str:
    """File and line of an error, without its text: that might hold somebody's words."""
    trace = error.__traceback__ if error is not None else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}" if trace else ""
