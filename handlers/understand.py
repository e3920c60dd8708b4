"""From words, a point and a hint to what a new tip is taken for, and whose it is."""

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
    """Triage, with what we know of where the person is: `hint` is a commune's code."""
    context = work.context
    return context.triage.propose(text, province=context.province or None, commune=hint or context.commune or None)


def understand(work: Work, new: NewTip) -> tuple[Opening, Reading]:
    """What a new tip is taken for. A proposal that is missing is asked for.

    Words that name a commune win over a point (one may stand elsewhere than where it happened), a point over a hint.
    Media that nobody has heard or seen yet counts as urgent: a voice note may be a cry for help."""
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
    """The kinds that triage proposes, but for "no tip"."""
    return tuple(
        (guess.category, round(guess.confidence, 3))
        for guess in (proposal.guesses if proposal else ())
        if guess.category is not Category.NOT_A_TIP
    )


def point_place(work: Work, place: Place | None) -> PlaceGuess:
    """The communes that a point may lie in."""
    if place is None:
        return PlaceGuess()
    return work.context.places.from_point(place.latitude, place.longitude, place.accuracy_m)


def routed(work: Work, category: Category, commune: Unit | None, charged: Accused) -> Route:
    """The unit of a case. `charged` is whom it accuses."""
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
