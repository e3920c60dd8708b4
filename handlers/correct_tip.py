"""The reporter corrects what was understood, chooses whether the police may reach them, or withdraws their tip."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.access import Actor
from core.case import Change
from core.errors import NotFound
from core.ids import TipId, Unit
from core.replies import say
from core.say import Say
from core.states import Action, MoveNotAllowed
from core.tip import Tip
from core.triage.proposal import Category, Urgency
from handlers import alert, cases
from handlers.correct_case import change_case
from handlers.views import case_file
from handlers.work import Work
from storage import tips


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawn tip. `stays`: the police had taken up its case, which therefore goes on."""

    tip: Tip
    stays: bool


def own_tip(work: Work, by: Actor, tip_id: TipId) -> Tip:
    """A tip that the actor sent from any of their chats; its case is locked until the transaction ends. Raises
    `NotFound` for somebody else's tip."""
    tip = tips.by_id(work.db, work.context.vault, tip_id, hold=True)
    if tip is None or not by.owns(tip.contact_id):
        raise NotFound
    return tip


def confirm_tip(work: Work, by: Actor, tip_id: TipId) -> Tip:
    """Record that the reporter confirms what was understood; returns the tip. Raises `NotFound`."""
    tip = own_tip(work, by, tip_id)
    tips.set_reading(work.db, tip.id, replace(tip.reading, confirmed=True))
    return tip


def correct_tip(
    work: Work,
    by: Actor,
    tip_id: TipId,
    *,
    category: Category | None = None,
    urgency: Urgency | None = None,
    commune: str = "",
) -> Tip:
    """Set another kind, urgency or commune, as the reporter judges it. Returns the changed tip.

    Raises `NotFound` for somebody else's tip or an unknown commune, `MoveNotAllowed` once the case has ended."""
    tip = own_tip(work, by, tip_id)
    if not tip.case.is_open:
        raise MoveNotAllowed
    reading = tip.reading
    if commune:
        if not work.context.places.knows(commune):
            raise NotFound
        reading = replace(reading, place_said=True, communes=())
    if category is not None:
        reading = replace(reading, confirmed=True)
    if reading != tip.reading:
        tips.set_reading(work.db, tip.id, reading)
    change = Change(category=category, urgency=urgency, commune=Unit(commune) if commune else None)
    case = change_case(work, by, tip.case, change, entry="corrected")
    return replace(tip, reading=reading, case=case)


def let_contact(work: Work, by: Actor, tip_id: TipId, how: str | None) -> Tip:
    """Set whether the police may see how to reach the reporter; returns the tip. `how` is in the reporter's words; ""
    means only through this chat, None takes the permission back. Raises `NotFound`."""
    tip = own_tip(work, by, tip_id)
    tips.let_contact(work.db, work.context.vault, tip.id, how)
    entry = "anonymous" if how is None else "may_contact"
    case = cases.apply(work, by, tip.case, Action.ADD, entry=entry)
    return replace(tip, anonymous=how is None, reachable_by=how or "", case=case)


def withdraw_tip(work: Work, by: Actor, tip_id: TipId) -> Withdrawn:
    """Withdraw a tip. A case that the police have taken up stays with them, and they are told. A case with other
    reporters goes on. Raises `NotFound` or `MoveNotAllowed`."""
    tip = own_tip(work, by, tip_id)
    if tip.withdrawn or not tip.case.is_open:
        raise MoveNotAllowed
    others = [other for other in case_file(work, tip.case).tips if other.id != tip.id and not other.withdrawn]
    tips.withdraw(work.db, tip.id, work.now)
    action = Action.ADD if others else Action.WITHDRAW
    case = cases.apply(work, by, tip.case, action, entry="withdrawn")
    if case.is_worked:
        words = say(Say.NOTE_WITHDRAWN, code=tip.code)
        alert.tell_police(work, case, words, reason=f"tip:{tip.id}:withdrawn")
    return Withdrawn(replace(tip, withdrawn=True, case=case), stays=case.is_worked)
