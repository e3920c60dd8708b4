"""Assess a new tip: its kind, urgency and place from the words, the point and the hint, and the unit responsible."""

from __future__ import annotations

from core.ids import Unit
from core.messages import Place
from core.routing import Route, route
from core.tip import NewTip, Reading
from core.triage.accused import Accused, accused
from core.triage.proposal import Category, PlaceGuess, PlaceState, Proposal, Urgency
from handlers.cases import Opening
from handlers.work import Work


def propose(work: Work, text: str, hint: str | None) -> Proposal:
    """Run triage on a text. `hint` is the code of the commune where the person probably is."""
    context = work.context
    return context.triage.propose(text, province=context.province or None, commune=hint or context.commune or None)


def understand(work: Work, new: NewTip) -> tuple[Opening, Reading]:
    """The assessment of a new tip. Triage is run here when `new` has no proposal yet.

    Words that name a commune win over a point (one may stand elsewhere than where it happened), a point over a hint. A
    tip whose media nobody has seen or heard yet counts as urgent, because a voice note may be a cry for help."""
    proposal = new.proposal
    if proposal is None and new.text:
        proposal = propose(work, new.text, new.commune)
    guesses = guesses_of(proposal)
    named = proposal.place if proposal else PlaceGuess()
    pointed = point_place(work, new.place)
    commune, candidates = None, named.communes or pointed.communes
    hint = new.commune or Unit(work.context.commune)
    if named.state is PlaceState.SURE:
        commune = Unit(named.communes[0])
    elif named.state is PlaceState.NONE and pointed.state is PlaceState.SURE:
        commune = Unit(pointed.communes[0])
    elif not candidates and hint:
        commune = hint
    charged = accused(new.text)
    category = guesses[0][0] if guesses else Category.OTHER
    to = routed(work, category, commune, charged)
    opening = Opening(
        unit=to.unit,
        province=to.province,
        commune=commune,
        category=category,
        urgency=proposal.if_tip if proposal else Urgency.URGENT,
    )
    reading = Reading(
        guesses=guesses,
        communes=() if commune else tuple(Unit(code) for code in candidates[:5]),
        place_said=bool(candidates) or new.place is not None,
        accused=charged,
    )
    return opening, reading


def guesses_of(proposal: Proposal | None) -> tuple[tuple[Category, float], ...]:
    """(kind, probability) of the kinds that triage proposes, without "no tip"."""
    return tuple(
        (guess.category, round(guess.confidence, 3))
        for guess in (proposal.guesses if proposal else ())
        if guess.category is not Category.NOT_A_TIP
    )


def point_place(work: Work, place: Place | None) -> PlaceGuess:
    """The communes that may contain a point."""
    if place is None:
        return PlaceGuess()
    return work.context.places.from_point(place.latitude, place.longitude, place.accuracy_m)


def routed(work: Work, category: Category, commune: Unit | None, charged: Accused) -> Route:
    """The route of a case to its unit. `charged` is whom it accuses."""
    context = work.context
    return route(
        category,
        commune or "",
        province_of=context.places.province_of,
        home_commune=context.commune,
        home_province=context.province,
        no_unit=context.rules.no_unit,
        one_level_up=context.rules.one_level_up,
        past_the_unit=charged in context.rules.past_the_unit,
    )
