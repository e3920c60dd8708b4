"""The reporter sets right what we understood, chooses whether the police may reach him, or takes his tip back."""

from __future__ import annotations

from typing import Any

from core.conversation.commands import CorrectTip, LetContact, TipMenu, WithdrawTip
from core.conversation.person import ConversationState, Step
from core.errors import NotFound
from core.receipts import (
    ask_where,
    choose_category,
    choose_urgency,
    confirm_withdrawal,
    contact_wishes,
    status,
    understood_again,
)
from core.replies import Reply, say
from core.say import Say
from core.states import OPEN, Action, MoveNotAllowed, State, advance
from core.triage.accused import Accused
from core.triage.proposal import Category, Urgency
from handlers import alert
from handlers.chat.hearing import Hearing
from handlers.receive_tip import routed
from handlers.views import tip_view
from handlers.work import Work
from storage import audit, cases, tips
from storage.tips import TipRow


def own_tip(work: Hearing, tip_id: int) -> TipRow:
    """The speaker's own tip. Raises `NotFound` for anybody else's."""
    tip = tips.by_id(work.db, work.context.vault, tip_id)
    if tip is None or tip.contact_id not in work.by.chats:
        raise NotFound
    return tip


def show_menu(work: Hearing, act: TipMenu) -> list[Reply]:
    """A menu of one's own tip."""
    tip = own_tip(work, act.tip)
    view = tip_view(work, tip)
    match act.menu:
        case "fixcat":
            return [choose_category(tip.id, view.guesses, everything=not view.guesses)]
        case "cats":
            return [choose_category(tip.id, view.guesses, everything=True)]
        case "fixurg":
            return [choose_urgency(tip.id)]
        case "fixplace":
            work.state = ConversationState(Step.PLACE, {"tip": tip.id})
            return [ask_where(view)]
        case "withdraw":
            return [confirm_withdrawal(tip.id, tip.code)]
        case "contact":
            work.state = ConversationState(Step.REACHED_BY, {"tip": tip.id})
            return [contact_wishes(tip.id)]
        case "ok":
            tips.change(work.db, tip.id, proposed={**tip.proposed, "confirmed": True})
            work.toast = say(Say.CONFIRMED)
            return []
        case "show":
            return [status(view, own=True)]
        case "add":
            work.tip_id, work.tip_at = tip.id, work.now
            work.state = ConversationState(Step.ADD, {"tip": tip.id})
            return [Reply(lines=(say(Say.ADD_NOW, code=tip.code),), ask_place=True)]
        case _:
            work.state = ConversationState()
            return [understood_again(view)]


def correct_tip(work: Hearing, act: CorrectTip) -> list[Reply]:
    """Another kind, urgency or commune, in the reporter's own judgement."""
    tip = own_tip(work, act.tip)
    if tip.state not in {state.value for state in OPEN}:
        raise MoveNotAllowed
    changes: dict[str, str] = {}
    if act.category is not None:
        changes["category"] = act.category.value
    if act.urgency is not None:
        changes["urgency"] = act.urgency.value
    if act.commune:
        if not work.context.places.knows(act.commune):
            raise NotFound
        changes["commune"] = act.commune
        tips.change(work.db, tip.id, proposed={**tip.proposed, "place_said": True, "communes": []})
    if act.category is not None:
        fresh = {**tip.proposed, "confirmed": True}
        tips.change(work.db, tip.id, proposed=fresh)
    change_case(work, tip.case_id, changes, act="corrected")
    work.tip_id, work.tip_at = tip.id, work.now
    work.toast = say(Say.CORRECTED)
    return [understood_again(tip_view(work, own_tip(work, tip.id)))]


def change_case(work: Hearing, case_id: int, changes: dict[str, str], *, act: str) -> None:
    """Change what a case is taken for. Another unit may now be the right one, and an emergency rings again."""
    row = cases.by_id(work.db, case_id)
    if row is None:
        raise NotFound
    changes = {name: value for name, value in changes.items() if getattr(row, name) != value}
    category = Category(changes.get("category", row.category))
    commune = changes.get("commune", row.commune or "")
    charged = charged_in(work, case_id)
    to = routed(work, category, commune, charged)
    moves = to["unit"] != row.unit and row.state == State.NEW.value
    if moves and "commune" not in changes:
        # Where an officer passed it on by hand, only another place moves it again.
        as_it_was = Category(row.category), row.commune or ""
        moves = row.unit in {routed(work, *as_it_was, who)["unit"] for who in (Accused.NOBODY, charged)}
    if not changes and not moves:
        return
    audit.note(
        work.db,
        work.context.vault,
        chain=row.unit,
        case_id=case_id,
        actor=work.me.id,
        act=act,
        now=work.now,
        detail={name: [getattr(row, name), value] for name, value in changes.items()},
    )
    rings = changes.get("urgency") == Urgency.EMERGENCY.value
    if moves:
        move_to(work, row, to, **changes)
    elif rings:
        cases.change(work.db, case_id, **changes, routed=row.routed + 1)
        alert.alert(work, cases.by_id(work.db, case_id))
    else:
        cases.change(work.db, case_id, **changes)
        alert.refresh(work, case_id)


def charged_in(work: Work, case_id: int) -> Accused:
    """Whom the tips of a case accuse."""
    for tip in tips.of_case(work.db, work.context.vault, case_id):
        if tip.proposed.get("accused"):
            return Accused(tip.proposed["accused"])
    return Accused.NOBODY


def move_to(work: Work, row: Any, to: dict[str, Any], **changes: Any) -> None:
    """Give a case to another unit: the old one's cards are taken back, the new one is alerted, its clock starts."""
    of_case = tips.of_case(work.db, work.context.vault, row.id)
    code = of_case[0].code if of_case else ""
    alert.take_cards_back(work, row, work.context.places.label(to["unit"]), code)
    cases.change(
        work.db,
        row.id,
        **to,
        **changes,
        state=State.NEW.value,
        owner=None,
        taken_at=None,
        level=0,
        routed=row.routed + 1,
        opened_at=work.now,
    )
    audit.note(
        work.db, work.context.vault, chain=to["unit"], case_id=row.id, actor=None, act="routed_here", now=work.now
    )
    alert.alert(work, cases.by_id(work.db, row.id))


def let_contact(work: Hearing, act: LetContact) -> list[Reply]:
    """May the police see how to reach the reporter? `by` "" means: only through this chat."""
    tip = own_tip(work, act.tip)
    if act.by is None:
        tips.change(work.db, tip.id, anonymous=True, sealed_reachable_by=None)
    else:
        sealed = work.context.vault.seal(act.by) if act.by else None
        tips.change(work.db, tip.id, anonymous=False, sealed_reachable_by=sealed)
    audit.note(
        work.db,
        work.context.vault,
        chain=tip.unit,
        case_id=tip.case_id,
        actor=work.me.id,
        act="anonymous" if act.by is None else "may_contact",
        now=work.now,
    )
    cases.change(work.db, tip.case_id)
    alert.refresh(work, tip.case_id)
    return [understood_again(tip_view(work, own_tip(work, tip.id)))]


def withdraw_tip(work: Hearing, act: WithdrawTip) -> list[Reply]:
    """The reporter takes it back. What the police have taken up stays with them; they are told."""
    tip = own_tip(work, act.tip)
    if tip.withdrawn or tip.state not in {state.value for state in OPEN}:
        raise MoveNotAllowed
    tips.change(work.db, tip.id, withdrawn_at=work.now)
    others = [other for other in tips.of_case(work.db, work.context.vault, tip.case_id) if not other.withdrawn]
    before = State(tip.state)
    after = before if others else advance(before, Action.WITHDRAW)
    cases.move(work.db, tip.case_id, before, state=after.value)
    audit.note(
        work.db,
        work.context.vault,
        chain=tip.unit,
        case_id=tip.case_id,
        actor=work.me.id,
        act="withdrawn",
        now=work.now,
    )
    alert.refresh(work, tip.case_id)
    if after is State.TAKEN:
        words = say(Say.NOTE_WITHDRAWN, code=tip.code)
        alert.tell_police(work, tip.case_id, words, reason=f"tip:{tip.id}:withdrawn")
    work.tip_id, work.tip_at = None, None
    key = Say.WITHDRAWN_TAKEN if after is State.TAKEN else Say.WITHDRAWN
    return [Reply(lines=(say(key, code=tip.code),), slot=f"tip:{tip.id}")]
