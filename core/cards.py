"""The card of a case in a police chat: edited in place as the case moves; its buttons come from the table of states."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.ids import CaseId, ContactId
from core.receipts import category_name, pairs, urgency_name
from core.replies import Choice, Reply, Words, say
from core.say import Say
from core.states import ONE_PRESS, Action, Outcome, possible
from core.triage.proposal import Category, Urgency
from core.views import CaseView

SAID_AT_MOST = 1_800
"""Characters of the reporters' words on a card; the rest is behind a button, so that a card fits every platform."""
READY_QUESTIONS = (Say.QUESTION_WHERE, Say.QUESTION_STILL, Say.QUESTION_HURT)


def card(view: CaseView, now: datetime, *, menu: str = "", fresh: bool = False) -> Reply:
    """The card as of `now`. `menu` (`close`, `ask`, `notours`, `fix`) shows the buttons of one step instead."""
    case = view.case
    lines: list[Words] = [
        say(Say.CARD_TITLE, urgency=urgency_name(case.urgency), category=category_name(case.category)),
        say(Say.CARD_CODE, code=view.code, at=case.opened_at),
        say(Say.CARD_PLACE, place=view.commune_name or say(Say.PLACE_UNKNOWN)),
    ]
    lines += [say(Say.CARD_SAID, text=text) for text in _shortened(view.said)]
    if view.photos + view.voices + view.videos + view.files:
        lines.append(say(Say.CARD_MEDIA, photos=view.photos, voices=view.voices, videos=view.videos, files=view.files))
    if view.reporters > 1:
        lines.append(say(Say.CARD_REPORTERS, count=view.reporters))
    lines.append(_reporter(view))
    lines += _standing(view, now)
    if case.is_open:
        lines += [say(Say.CARD_ALIKE, code=code) for _, code in view.look_alikes[:1]]
    rows = _menu(case.id, menu) if menu else _rows(view)
    return Reply(lines=tuple(lines), rows=rows, slot=f"case:{case.id}", fresh=fresh, point=view.point, protect=True)


def gone(case_id: CaseId, code: str, to: str) -> Reply:
    """What the card shows after the case went to another unit."""
    return Reply(lines=(say(Say.CARD_PASSED_ON, code=code, to=to),), slot=f"case:{case_id}")


def _menu(case_id: CaseId, menu: str) -> tuple[tuple[Choice, ...], ...]:
    back = (Choice(f"c:{case_id}:show", say(Say.BUTTON_BACK)),)
    match menu:
        case "close":
            buttons = [Choice(f"c:{case_id}:end:{o.value}", say(Say(f"outcome-{o.value}"))) for o in Outcome]
            return (*((button,) for button in buttons), back)
        case "ask":
            ready = [Choice(f"c:{case_id}:q:{number}", say(key)) for number, key in enumerate(READY_QUESTIONS)]
            return (*((button,) for button in ready), back)
        case "notours":
            return ((Choice(f"c:{case_id}:province", say(Say.BUTTON_TO_PROVINCE)),), back)
        case "fix":
            urgencies = tuple(Choice(f"c:{case_id}:urg:{u.value}", urgency_name(u)) for u in Urgency)
            kinds = [c for c in Category if c is not Category.NOT_A_TIP]
            return (urgencies, *pairs([Choice(f"c:{case_id}:cat:{c.value}", category_name(c)) for c in kinds]), back)
        case _:
            return (back,)


def time_left(until: datetime, now: datetime) -> Words:
    """How long there is still, in the largest fitting unit, rounded; or for how long it is late."""
    late, span = until < now, abs(until - now)
    if span < timedelta(minutes=59, seconds=30):
        words = say(Say.MINUTES, n=max(round(span / timedelta(minutes=1)), 1))
    elif span < timedelta(hours=47, minutes=30):
        words = say(Say.HOURS, n=round(span / timedelta(hours=1)))
    else:
        words = say(Say.DAYS, n=round(span / timedelta(days=1)))
    return say(Say.LATE_BY if late else Say.TIME_LEFT, time=words)


def colleague(name: str, contact: ContactId | None) -> str | Words:
    """How colleagues see an officer: the name that they gave, or a number when they gave none."""
    return name or say(Say.A_COLLEAGUE, n=contact or 0)


def _reporter(view: CaseView) -> Words:
    if view.anonymous:
        return say(Say.CARD_ANONYMOUS)
    return say(Say.CARD_REACHABLE, by=view.reachable_by) if view.reachable_by else say(Say.CARD_MAY_CONTACT)


def _standing(view: CaseView, now: datetime) -> list[Words]:
    case = view.case
    lines: list[Words] = []
    if view.withdrawn:
        lines.append(say(Say.CARD_WITHDRAWN))
    if case.waits_for_taker:
        lines.append(say(Say.CARD_NEW))
        if case.take_by is not None:
            lines.append(say(Say.CARD_TAKE_BY, left=time_left(case.take_by, now), at=case.take_by))
    elif case.is_worked:
        lines.append(say(Say(f"card-{case.state.value}"), name=colleague(view.owner_name, case.owner)))
        if view.waiting_for_answer:
            lines.append(say(Say.CARD_ASKED))
    elif case.outcome is not None:
        lines.append(say(Say.CARD_CLOSED, outcome=say(Say(f"outcome-{case.outcome.value}"))))
        if view.merged_code:
            lines.append(say(Say.CARD_MERGED, code=view.merged_code))
    if case.is_open and case.answer_by is not None:
        lines.append(say(Say.CARD_ANSWER_BY, left=time_left(case.answer_by, now), at=case.answer_by))
    return lines


def _rows(view: CaseView) -> tuple[tuple[Choice, ...], ...]:
    """The buttons for a case's state. Asking and closing also take the case, so they are offered from the start."""
    case = view.case
    can = set(possible(case.state))
    if case.waits_for_taker:
        can |= {Action.ASK, Action.CLOSE}
    rows: list[tuple[Choice, ...]] = []
    for other, _ in view.look_alikes[:1] if case.is_open else ():
        same = Choice(f"c:{case.id}:same:{other}", say(Say.BUTTON_SAME))
        rows.append((same, Choice(f"c:{case.id}:differ:{other}", say(Say.BUTTON_DIFFER))))
    if Action.TAKE in can:
        rows.append((Choice(f"c:{case.id}:take", say(Say.BUTTON_TAKE)),))
    second = [
        Choice(f"c:{case.id}:{verb}", say(label))
        for action, verb, label in (
            (Action.ASK, "ask", Say.BUTTON_ASK),
            (Action.PASS_ON, "notours", Say.BUTTON_NOT_OURS),
            (Action.CORRECT, "fix", Say.BUTTON_CORRECT),
            (Action.CLOSE, "close", Say.BUTTON_CLOSE),
            *((action, action.value, Say(f"button-{action.value}")) for action in sorted(ONE_PRESS)),
        )
        if action in can and not case.has_joined_another  # it goes on, and ends, in the other case
    ]
    return (*rows, *pairs(second))


def _shortened(said: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    room = SAID_AT_MOST
    for text in said:
        if room <= 0:
            break
        out.append(text if len(text) <= room else text[: room - 1] + "…")
        room -= len(text)
    return out
