"""A tip comes in: a case is opened, the duty officer alerted, the reporter answered, all in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.codes import RECEIPT_BYTES, receipt_code
from core.conversation.commands import FileTip
from core.conversation.person import ConversationState, Step
from core.ids import TipId
from core.messages import Place
from core.receipts import receipt
from core.replies import Reply
from core.routing import route
from core.states import State
from core.triage.accused import Accused, accused
from core.triage.proposal import Category, PlaceGuess, PlaceState, Proposal, Urgency
from handlers import alert
from handlers.chat.hearing import Hearing
from handlers.views import Known, tip_view
from handlers.work import Work
from storage import audit, tips
from storage.outbox import Lane
from storage.tables import case, tip
from storage.tips import TipRow
from storage.upsert import insert_id, insert_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a new tip is taken for."""

    category: Category
    urgency: Urgency
    commune: str
    communes: tuple[str, ...]
    guesses: tuple[tuple[str, float], ...]
    place_said: bool
    accused: Accused


def receive_tip(work: Hearing, act: FileTip) -> list[Reply]:
    """File a tip; returns the receipt."""
    proposal = act.proposal
    if proposal is None and act.text:
        proposal = propose(work, act.text)
    understood = understand(work, proposal, act.place, act.text)
    row, filed = _file(work, act, understood)
    work.tip_id, work.tip_at = filed.id, work.now
    if understood.urgency is Urgency.EMERGENCY:
        work.lane = Lane.EMERGENCY
    said = [words for words in (act.text, act.place.name if act.place else "") if words]
    counts = Counter(media.kind.value for media in act.media)
    if understood.urgency is Urgency.EMERGENCY or not _too_many(work):
        alert.alert(work, row, Known([filed], said, counts))
    else:
        alert.start_clock(work, row)
    view = tip_view(work, filed, told=said)
    if not view.place_known or (view.communes and not view.commune):
        work.state = ConversationState(Step.PLACE, {"tip": filed.id})
    return [receipt(view)]


def _too_many(work: Hearing) -> bool:
    """So many tips in an hour from one person are no news any more: they wait in the list, and the clock runs."""
    if work.me.new:
        return False
    since = work.now - timedelta(hours=1)
    return tips.count_since(work.db, work.me.id, since) > work.context.rules.tips_an_hour


def propose(work: Hearing, text: str) -> Proposal:
    """Triage with what we know of where the person is."""
    context = work.context
    return context.triage.propose(
        text, province=context.province or None, commune=work.me.commune or context.commune or None
    )


def understand(work: Hearing, proposal: Proposal | None, place: Place | None, text: str) -> Understood:
    """From the proposal, the point and the poster's hint to one reading.

    Words that name a commune win over a point (one may stand elsewhere than where it happened), a point over a hint.
    Media that nobody has heard or seen yet counts as urgent: a voice note may be a cry for help."""
    guesses = tuple(
        (guess.category.value, round(guess.confidence, 3))
        for guess in (proposal.guesses if proposal else ())
        if guess.category is not Category.NOT_A_TIP
    )
    category = Category(guesses[0][0]) if guesses else Category.OTHER
    urgency = proposal.if_tip if proposal else Urgency.URGENT
    named = proposal.place if proposal else PlaceGuess()
    pointed = point_place(work, place)
    hint = work.me.commune or work.context.commune
    commune, candidates = "", named.communes or pointed.communes
    if named.state is PlaceState.SURE:
        commune = named.communes[0]
    elif named.state is PlaceState.NONE and pointed.state is PlaceState.SURE:
        commune = pointed.communes[0]
    elif not candidates and hint:
        commune = hint
    return Understood(
        category=category,
        urgency=urgency,
        commune=commune,
        communes=() if commune else candidates[:5],
        guesses=guesses,
        place_said=bool(candidates) or place is not None,
        accused=accused(text),
    )


def point_place(work: Work, place: Place | None) -> PlaceGuess:
    """The communes that a point may lie in."""
    if place is None:
        return PlaceGuess()
    return work.context.places.from_point(place.latitude, place.longitude, place.accuracy_m)


def routed(work: Work, category: Category, commune: str, charged: Accused) -> dict[str, Any]:
    """The unit's columns of a case. `charged` is whom it accuses."""
    context = work.context
    to = route(
        category,
        commune,
        province_of_commune=context.places.province_of(commune) if commune else "",
        home_commune=context.commune,
        home_province=context.province,
        one_level_up=context.rules.one_level_up,
        past_the_unit=charged in context.rules.past_the_unit,
    )
    return {"unit": to.unit, "province": to.province}


def _file(work: Hearing, act: FileTip, understood: Understood) -> tuple[Any, TipRow]:
    """Write the case and the tip; both as they now stand."""
    db, vault, now = work.db, work.context.vault, work.now
    row = _open_case(work, understood)
    code = receipt_code(work.context.random(RECEIPT_BYTES))
    proposed: dict[str, Any] = {
        "guesses": [list(guess) for guess in understood.guesses],
        "urgency": understood.urgency.value,
        "communes": list(understood.communes),
        "place_said": understood.place_said,
    }
    if understood.accused:
        proposed["accused"] = understood.accused.value
    tip_id = insert_id(
        db,
        tip,
        {
            "case_id": row.id,
            "contact_id": work.me.id,
            "channel": work.heard.channel.value,
            "message_key": work.heard.message_key,
            "code_hash": vault.hash("code", code),
            "sealed_code": vault.seal(code),
            "received_at": now,
            "proposed": proposed,
            "anonymous": work.context.rules.anonymous_at_first,
            "sealed_point": vault.seal_json([act.place.latitude, act.place.longitude]) if act.place else None,
            "album": vault.hash("album", act.album) if act.album else None,
        },
    )
    if act.text:
        tips.add_part(db, vault, tip_id, "text", act.text, now)
    if act.place is not None and act.place.name:
        tips.add_part(db, vault, tip_id, "text", act.place.name, now)
    tips.add_media(db, vault, work.heard.channel.value, act.media, now, tip_id=tip_id)
    audit.note(
        db,
        vault,
        chain=row.unit,
        case_id=row.id,
        actor=work.me.id,
        act="received",
        now=now,
        detail={"category": understood.category.value, "urgency": understood.urgency.value},
    )
    return row, _as_filed(work, act, row, tip_id, code, proposed)


def _open_case(work: Hearing, understood: Understood) -> Any:
    """A new case where it belongs; its row."""
    to = routed(work, understood.category, understood.commune, understood.accused)
    return insert_whole(
        work.db,
        case,
        {
            **to,
            "state": State.NEW.value,
            "category": understood.category.value,
            "urgency": understood.urgency.value,
            "commune": understood.commune or None,
            "received_at": work.now,
            "opened_at": work.now,
            "level": 0,
            "routed": 0,
            "version": 0,
        },
    )


def _as_filed(work: Hearing, act: FileTip, row: Any, tip_id: int, code: str, proposed: dict[str, Any]) -> TipRow:
    """The tip as it now stands in the database."""
    return TipRow(
        id=TipId(tip_id),
        case_id=row.id,
        contact_id=work.me.id,
        code=code,
        received_at=work.now,
        proposed=proposed,
        anonymous=work.context.rules.anonymous_at_first,
        reachable_by="",
        point=(act.place.latitude, act.place.longitude) if act.place else None,
        withdrawn=False,
        waiting_for_answer=False,
        joined_from=None,
        unit=row.unit,
        state=row.state,
        category=row.category,
        urgency=row.urgency,
        commune=row.commune or "",
        outcome=None,
        owner=None,
    )
