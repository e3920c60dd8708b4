"""More of the same tip: words, media, a place, or the answer to a question of the police."""

from __future__ import annotations

from core.conversation.commands import AddToTip, FileTip, SplitTip
from core.conversation.person import ConversationState, Step
from core.receipts import added, receipt
from core.replies import Reply, say
from core.say import Say
from core.states import OPEN, State
from core.triage.accused import accused
from core.triage.proposal import Category, PlaceGuess, PlaceState, Urgency
from handlers import alert
from handlers.chat.hearing import Hearing
from handlers.correct_tip import change_case
from handlers.receive_tip import point_place, propose, receive_tip
from handlers.views import tip_view
from storage import audit, cases, tips
from storage.outbox import Lane
from storage.tips import TipRow

SOONER = {Urgency.NORMAL: 0, Urgency.URGENT: 1, Urgency.EMERGENCY: 2}


def add_to_tip(work: Hearing, act: AddToTip) -> list[Reply]:
    """Add to one's own tip. A tip that is closed or gone makes room for a new one: nothing said is lost."""
    db, vault = work.db, work.context.vault
    mine = tips.by_id(db, vault, act.tip)
    if mine is None or mine.contact_id not in work.by.chats:
        return receive_tip(work, FileTip(text=act.text, proposal=act.proposal, place=act.place, media=act.media))
    part = _write(work, act, mine)
    escalated = _learn_from(work, act, mine)
    work.tip_id, work.tip_at = mine.id, work.now
    if act.answer:
        tips.change(db, mine.id, question_at=None)
    _tell_police(work, act, mine, part)
    fresh = tips.by_id(db, vault, mine.id)
    if fresh is None:
        raise RuntimeError("a tip vanished while it was being added to")
    if act.answer:
        return [Reply(lines=(say(Say.ANSWER_SENT, code=mine.code),))]
    if escalated:
        work.lane = Lane.EMERGENCY
    view = tip_view(work, fresh, new_place=fresh.commune != mine.commune)
    if act.quiet and not escalated:
        return []
    if not mine.proposed.get("guesses") and act.text:
        return [receipt(view)]  # it began with a photo or a voice note: now we can say what we understand
    if not view.commune and view.communes:
        work.state = ConversationState(Step.PLACE, {"tip": mine.id})
    return [added(view, escalated=escalated)]


def split_tip(work: Hearing, act: SplitTip) -> list[Reply]:
    """The last addition was another matter after all: it becomes a tip of its own."""
    mine = tips.by_id(work.db, work.context.vault, act.tip)
    last = tips.last_part(work.db, work.context.vault, act.tip) if mine and mine.contact_id in work.by.chats else None
    if last is None:
        return [Reply(lines=(say(Say.BUTTON_STALE),))]
    number, words = last
    tips.drop_part(work.db, number)
    alert.refresh(work, mine.case_id if mine else 0)
    return receive_tip(work, FileTip(text=words, proposal=propose(work, words)))


def _write(work: Hearing, act: AddToTip, mine: TipRow) -> int:
    db, vault, now = work.db, work.context.vault, work.now
    words = "\n".join(text for text in (act.text, act.place.name if act.place else "") if text)
    part = tips.add_part(db, vault, mine.id, "answer" if act.answer else "text", words, now) if words else 0
    if act.place is not None:
        tips.set_point(db, vault, mine.id, act.place)
    tips.add_media(db, vault, work.heard.channel.value, act.media, now, tip_id=mine.id)
    audit.note(db, vault, chain=mine.unit, case_id=mine.case_id, actor=work.me.id, act="added", now=now)
    return part


def _learn_from(work: Hearing, act: AddToTip, mine: TipRow) -> bool:
    """What the addition changes: a place or a kind not known before, a higher urgency. True for a new emergency."""
    if mine.state not in {state.value for state in OPEN}:
        return False
    proposal = act.proposal
    changes: dict[str, str] = {}
    communes: tuple[str, ...] = ()
    if not mine.commune or act.asked_where or not mine.proposed.get("place_said"):
        named = proposal.place if proposal else PlaceGuess()
        if named.state is PlaceState.NONE and act.asked_where and act.text and len(act.text) <= 60:
            found = work.context.places.search(act.text, work.context.province or None)
            state = PlaceState.SURE if len(found) == 1 else PlaceState.SEVERAL
            named = PlaceGuess(state if found else PlaceState.NONE, tuple(found[:5]))
        pointed = point_place(work, act.place)
        best = named if named.state is not PlaceState.NONE else pointed
        if best.state is PlaceState.SURE:
            changes["commune"] = best.communes[0]
        elif best.communes and not mine.commune:
            communes = best.communes
    proposed = dict(mine.proposed)
    if proposal is not None and proposal.is_tip and not mine.proposed.get("guesses"):
        changes["category"] = proposal.category.value
        changes["urgency"] = proposal.urgency.value
        proposed["guesses"] = [
            (g.category.value, round(g.confidence, 3)) for g in proposal.guesses if g.category is not Category.NOT_A_TIP
        ]
    elif proposal is not None and SOONER[proposal.urgency] > SOONER[Urgency(mine.urgency)]:
        changes["urgency"] = proposal.urgency.value
    if act.asked_where or act.place is not None or communes or "commune" in changes:
        proposed |= {"place_said": True, "communes": list(communes or proposed.get("communes", ()))}
    charged = accused(act.text)
    if charged and not proposed.get("accused"):
        proposed["accused"] = charged.value
    if proposed != mine.proposed:
        tips.change(work.db, mine.id, proposed=proposed)
    if changes or charged:
        change_case(work, mine.case_id, changes, act="understood")
    return changes.get("urgency") == Urgency.EMERGENCY.value and mine.urgency != Urgency.EMERGENCY.value


def _tell_police(work: Hearing, act: AddToTip, mine: TipRow, part: int) -> None:
    row = cases.by_id(work.db, mine.case_id)
    if row is None:
        return
    cases.change(work.db, row.id)
    alert.refresh(work, row.id)
    if act.place is not None and not act.quiet:
        alert.tell_point(
            work, row.id, (act.place.latitude, act.place.longitude), reason=f"tip:{mine.id}:point:{work.inbox_id}"
        )
    if row.state == State.NEW.value and not act.answer:
        return  # the card says it all, and rings when it is new
    words = act.text or (act.place.name if act.place else "")
    key = Say.NOTE_ANSWER if act.answer else Say.NOTE_ADDED
    if words:
        alert.tell_police(
            work, row.id, say(key, code=mine.code, text=words), reason=f"tip:{mine.id}:part:{part or work.inbox_id}"
        )
