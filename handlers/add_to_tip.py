"""Add words, media, a place, or the answer to a question of the police to an existing tip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from core.access import Actor
from core.case import Change
from core.ids import PartId, TipId, Unit
from core.replies import say
from core.say import Say
from core.states import Action
from core.tip import Addition, Reading, Tip
from core.triage.accused import accused
from core.triage.proposal import PlaceGuess, PlaceState, Urgency
from handlers import alert, cases
from handlers.correct_case import change_case
from handlers.correct_tip import own_tip
from handlers.understand import guesses_of, point_place
from handlers.work import Work
from storage import tips
from storage.tips import PartKind

SOONER: Final = {Urgency.NORMAL: 0, Urgency.URGENT: 1, Urgency.EMERGENCY: 2}
A_NAME_AT_MOST: Final = 60
"""Characters of an answer to "where?" that is looked up as the name of a place."""


@dataclass(frozen=True, slots=True)
class Added:
    """A tip after an addition, and the same tip before it. `escalated`: the addition turned it into an emergency."""

    tip: Tip
    before: Tip
    escalated: bool


def add_to_tip(work: Work, by: Actor, tip_id: TipId, more: Addition) -> Added:
    """Add to one's own tip, in whatever state its case is. Raises `NotFound` for somebody else's tip."""
    before = own_tip(work, by, tip_id)
    part = _write(work, before, more)
    case = cases.apply(work, by, before.case, Action.ADD, entry="added", quiet=True)
    tip = replace(before, case=case)
    if case.is_open:
        tip = _learn_from(work, by, tip, more)
    if more.answer:
        tip = replace(tip, waiting_for_answer=False)
    _tell_police(work, tip, more, part)
    escalated = tip.case.is_emergency and not before.case.is_emergency
    return Added(tip, before, escalated)


def take_last_words_out(work: Work, by: Actor, tip_id: TipId) -> str:
    """Remove the last addition from a tip, for it belongs to another event. Returns the removed words, "" when nothing
    was added. Raises `NotFound`."""
    tip = own_tip(work, by, tip_id)
    last = tips.last_part(work.db, work.context.vault, tip.id)
    if last is None:
        return ""
    part, words = last
    tips.drop_part(work.db, part)
    cases.apply(work, by, tip.case, Action.ADD, entry="split")
    return words


def _write(work: Work, tip: Tip, more: Addition) -> PartId | None:
    db, vault, now = work.db, work.context.vault, work.now
    part = None
    if more.words:
        kind = PartKind.ANSWER if more.answer else PartKind.TEXT
        part = tips.add_part(db, vault, tip.id, kind, more.words, now)
    if more.place is not None:
        tips.set_point(db, vault, tip.id, more.place)
    if more.answer:
        tips.set_question(db, tip.id, None)
    tips.add_media(db, vault, more.channel.value, more.media, now, tip_id=tip.id)
    return part


def _learn_from(work: Work, by: Actor, tip: Tip, more: Addition) -> Tip:
    """Apply what the addition changes: a place or a kind not known before, a higher urgency, an accusation against the
    police. Returns the changed tip."""
    commune, candidates = _place_in(work, tip, more)
    reading, proposal, case = tip.reading, more.proposal, tip.case
    change = Change(commune=commune)
    if proposal is not None and proposal.is_tip and not reading.guesses:
        change = replace(change, category=proposal.category, urgency=proposal.urgency)
        reading = replace(reading, guesses=guesses_of(proposal))
    elif proposal is not None and SOONER[proposal.urgency] > SOONER[case.urgency]:
        change = replace(change, urgency=proposal.urgency)
    if more.asked_where or more.place is not None or candidates or commune is not None:
        reading = replace(reading, place_said=True, communes=candidates or reading.communes)
    charged = accused(more.text)
    if charged and not reading.accused:
        reading = replace(reading, accused=charged)
    if reading != tip.reading:
        tips.set_reading(work.db, tip.id, reading)
    if change != Change() or charged:
        case = change_case(work, by, case, change, entry="understood")
    return replace(tip, reading=reading, case=case)


def _place_in(work: Work, tip: Tip, more: Addition) -> tuple[Unit | None, tuple[Unit, ...]]:
    """(the commune that the addition names without doubt, or None; the candidates to choose from otherwise). (None, ())
    when the tip has a place already or the addition names none."""
    reading: Reading = tip.reading
    if tip.case.commune is not None and not more.asked_where and reading.place_said:
        return None, ()
    named = more.proposal.place if more.proposal else PlaceGuess()
    if named.state is PlaceState.NONE and more.asked_where and more.text and len(more.text) <= A_NAME_AT_MOST:
        found = work.context.places.search(more.text, work.context.province or None)
        state = PlaceState.SURE if len(found) == 1 else PlaceState.SEVERAL
        named = PlaceGuess(state if found else PlaceState.NONE, tuple(found[:5]))
    best = named if named.state is not PlaceState.NONE else point_place(work, more.place)
    if best.state is PlaceState.SURE:
        return Unit(best.communes[0]), ()
    if best.communes and tip.case.commune is None:
        return None, tuple(Unit(code) for code in best.communes)
    return None, ()


def _tell_police(work: Work, tip: Tip, more: Addition, part: PartId | None) -> None:
    case = tip.case
    alert.refresh(work, case)
    if more.place is not None and not more.silent:
        point = (more.place.latitude, more.place.longitude)
        alert.tell_point(work, case, point, reason=f"tip:{tip.id}:point:{more.key}")
    if case.waits_for_taker and not more.answer:
        return  # the card shows the whole case, and a new card notifies by itself
    words = more.text or (more.place.name if more.place else "")
    if words:
        key = Say.NOTE_ANSWER if more.answer else Say.NOTE_ADDED
        note = say(key, code=tip.code, text=words)
        alert.tell_police(work, case, note, reason=f"tip:{tip.id}:part:{part or more.key}")
