"""What a reporter is told about their own tip: receipts, menus for correcting, the state of the tip."""

from __future__ import annotations

from core.replies import Choice, Reply, Words, say
from core.say import Say
from core.states import Outcome
from core.triage.proposal import Category, Urgency
from core.views import TipView

URGENCIES = (Urgency.EMERGENCY, Urgency.URGENT, Urgency.NORMAL)


def category_name(category: Category) -> Words:
    """The category in the reader's language."""
    return say(Say(f"category-{category.value}"))


def urgency_name(urgency: Urgency) -> Words:
    """The urgency in the reader's language."""
    return say(Say(f"urgency-{urgency.value}"))


def receipt(tip: TipView) -> Reply:
    """The first answer: the number to call in an emergency, the code, what was understood, and what is missing."""
    lines: list[Words] = []
    if tip.urgency is Urgency.EMERGENCY:
        lines.append(say(Say.CALL_NOW, number=tip.call))
    lines.append(say(Say.TIP_RECEIVED, code=tip.code))
    lines += _understood(tip)
    lines += _missing(tip)
    return Reply(lines=tuple(lines), rows=_rows(tip), slot=f"tip:{tip.id}", fresh=True, ask_place=not tip.place_known)


def understood_again(tip: TipView) -> Reply:
    """After a correction: what we understand now, with the same buttons."""
    return Reply(
        lines=(say(Say.TIP_CORRECTED, code=tip.code), *_understood(tip), *_missing(tip)),
        rows=_rows(tip),
        slot=f"tip:{tip.id}",
    )


def added(tip: TipView, *, escalated: bool = False) -> Reply:
    """Something was added to a tip. `escalated` when it made an emergency of it."""
    lines: list[Words] = []
    if escalated:
        lines.append(say(Say.CALL_NOW, number=tip.call))
    lines.append(say(Say.TIP_ADDED, code=tip.code))
    if tip.new_place and tip.commune:
        lines.append(say(Say.TIP_PLACE_NOW, place=tip.commune_name))
    lines += _missing(tip)
    rows: tuple[tuple[Choice, ...], ...] = _commune_rows(tip)
    rows += ((Choice(f"t:{tip.id}:split", say(Say.BUTTON_OTHER_MATTER)),),)
    return Reply(lines=tuple(lines), rows=rows, ask_place=not tip.place_known)


def status(tip: TipView, *, own: bool) -> Reply:
    """Where a tip stands. Somebody who only knows the code (`own` false) is told the state and nothing else."""
    if tip.withdrawn:
        line = say(Say.STATUS_WITHDRAWN, code=tip.code)
    elif not tip.open and tip.outcome is not None:
        line = say(Say.STATUS_CLOSED, code=tip.code, outcome=outcome_for_reporter(tip.outcome))
    elif tip.taken:
        line = say(Say.STATUS_TAKEN, code=tip.code)
    else:
        line = say(Say.STATUS_NEW, code=tip.code, at=tip.received_at)
    if not own:
        return Reply(lines=(line,))
    rows: tuple[tuple[Choice, ...], ...] = ()
    if not tip.withdrawn and tip.open:
        rows = (
            (Choice(f"t:{tip.id}:add", say(Say.BUTTON_ADD)),),
            (Choice(f"t:{tip.id}:withdraw", say(Say.BUTTON_WITHDRAW)),),
        )
    return Reply(lines=(line, *_understood(tip)), rows=rows)


def outcome_for_reporter(outcome: Outcome) -> Words:
    """How the case ended, in words for the reporter."""
    return say(Say(f"outcome-told-{outcome.value}"))


def choose_category(tip_id: int, guesses: tuple[Category, ...], *, everything: bool) -> Reply:
    """Buttons to say what it is about: the likely ones first, or all of them."""
    shown = [category for category in Category if category is not Category.NOT_A_TIP] if everything else list(guesses)
    buttons = [Choice(f"t:{tip_id}:cat:{category.value}", category_name(category)) for category in shown]
    if not everything:
        buttons.append(Choice(f"t:{tip_id}:cats", say(Say.BUTTON_MORE)))
    return Reply(lines=(say(Say.CHOOSE_CATEGORY),), rows=(*pairs(buttons), _back(tip_id)), slot=f"tip:{tip_id}")


def choose_urgency(tip_id: int) -> Reply:
    """Buttons to say how soon somebody must come."""
    return Reply(
        lines=(say(Say.CHOOSE_URGENCY),),
        rows=(
            *((Choice(f"t:{tip_id}:urg:{urgency.value}", urgency_name(urgency)),) for urgency in URGENCIES),
            _back(tip_id),
        ),
        slot=f"tip:{tip_id}",
    )


def ask_where(tip: TipView) -> Reply:
    """Ask for the commune: by name, by a shared point, or by one of the likely ones."""
    return Reply(lines=(say(Say.ASK_PLACE),), rows=_commune_rows(tip), ask_place=True)


def confirm_withdrawal(tip_id: int, code: str) -> Reply:
    """Asks the reporter once to confirm a withdrawal."""
    return Reply(
        lines=(say(Say.WITHDRAW_SURE, code=code),),
        rows=(
            (
                Choice(f"t:{tip_id}:withdraw!", say(Say.BUTTON_WITHDRAW_YES)),
                Choice(f"t:{tip_id}:keep", say(Say.BUTTON_KEEP)),
            ),
        ),
        slot=f"tip:{tip_id}",
    )


def contact_wishes(tip_id: int) -> Reply:
    """Asks whether the police may see how to reach the reporter: by telephone number, or only through this chat."""
    return Reply(
        lines=(say(Say.ASK_REACHED_BY),),
        rows=((Choice(f"t:{tip_id}:chat", say(Say.BUTTON_ONLY_HERE)),), _back(tip_id)),
        slot=f"tip:{tip_id}",
    )


def pairs(buttons: list[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """Buttons in rows of two, which fit the screen of a small phone."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _understood(tip: TipView) -> list[Words]:
    place: str | Words = tip.commune_name or say(Say.PLACE_UNKNOWN)
    lines = [say(Say.UNDERSTOOD, category=category_name(tip.category), place=place, urgency=urgency_name(tip.urgency))]
    lines.append(say(Say.YOU_ARE_ANONYMOUS if tip.anonymous else Say.YOU_MAY_BE_CONTACTED))
    return lines


def _back(tip_id: int) -> tuple[Choice, ...]:
    return (Choice(f"t:{tip_id}:keep", say(Say.BUTTON_BACK)),)


def _missing(tip: TipView) -> list[Words]:
    if not tip.has_text:
        return [say(Say.ASK_WHAT if tip.place_known else Say.ASK_WHAT_AND_WHERE)]
    if not tip.commune and tip.communes:
        return [say(Say.ASK_WHICH_PLACE)]
    return [] if tip.place_known else [say(Say.ASK_PLACE)]


def _commune_rows(tip: TipView) -> tuple[tuple[Choice, ...], ...]:
    if tip.commune:
        return ()
    return tuple((Choice(f"t:{tip.id}:com:{code}", say(Say.AS_IS, text=label)),) for code, label in tip.communes)


def _rows(tip: TipView) -> tuple[tuple[Choice, ...], ...]:
    contact = (
        Choice(f"t:{tip.id}:contact", say(Say.BUTTON_MAY_CONTACT))
        if tip.anonymous
        else Choice(f"t:{tip.id}:anon", say(Say.BUTTON_ANONYMOUS))
    )
    rows = _commune_rows(tip)
    if not tip.sure and tip.has_text and len(tip.guesses) > 1:
        # Two kinds are close: one tap decides, and the choice is in the first row.
        rows += (tuple(Choice(f"t:{tip.id}:cat:{c.value}", category_name(c)) for c in tip.guesses[:2]),)
    return (
        *rows,
        (
            Choice(f"t:{tip.id}:ok", say(Say.BUTTON_RIGHT)),
            Choice(f"t:{tip.id}:fixcat", say(Say.BUTTON_FIX_CATEGORY)),
        ),
        (
            Choice(f"t:{tip.id}:fixplace", say(Say.BUTTON_FIX_PLACE)),
            Choice(f"t:{tip.id}:fixurg", say(Say.BUTTON_FIX_URGENCY)),
        ),
        (contact, Choice(f"t:{tip.id}:withdraw", say(Say.BUTTON_WITHDRAW))),
    )
