"""What triage says of a message: a proposal, never a finding. The words of `categories` are the plans' own codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Category(StrEnum):
    """What a tip is mainly about (the codes are stable: reports and outside tests use them)."""

    DRUGS = "drugs"
    THEFT_ROBBERY = "theft_robbery"
    FRAUD = "fraud"
    LOAN_SHARKING = "loan_sharking"
    GAMBLING = "gambling"
    PROSTITUTION = "prostitution"
    TRAFFICKING = "trafficking"
    ABUSE = "abuse"
    VIOLENCE = "violence"
    PUBLIC_DISORDER = "public_disorder"
    WEAPONS = "weapons"
    TRAFFIC = "traffic"
    FIRE_SAFETY = "fire_safety"
    SMUGGLING = "smuggling"
    ENVIRONMENT = "environment"
    CORRUPTION = "corruption"
    RESIDENCE = "residence"
    DISPUTE = "dispute"
    OTHER = "other"
    NOT_A_TIP = "not_a_tip"


class Urgency(StrEnum):
    """How soon somebody must act."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


class PlaceState(StrEnum):
    """How well the words name a commune."""

    SURE = "sure"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Guess:
    """A category and how likely it is (0 to 1)."""

    category: Category
    confidence: float


@dataclass(frozen=True, slots=True)
class PlaceGuess:
    """The communes that the words may mean, best first, by five-digit code. `communes` has one entry when sure."""

    state: PlaceState = PlaceState.NONE
    communes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Text in, proposal out.

    `guesses` are the best three categories, best first; the first is `not_a_tip` when `is_tip` is false.
    `urgency_confidence` and the guesses' confidences are calibrated probabilities. `if_tip` is how urgent it is should
    the sender say that what we took for none is a tip after all.
    """

    is_tip: bool
    guesses: tuple[Guess, ...]
    urgency: Urgency
    urgency_confidence: float
    place: PlaceGuess
    if_tip: Urgency = Urgency.NORMAL

    @property
    def category(self) -> Category:
        """The likeliest category."""
        return self.guesses[0].category

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "tip": self.is_tip,
            "guesses": [[guess.category.value, guess.confidence] for guess in self.guesses],
            "urgency": [self.urgency.value, self.urgency_confidence, self.if_tip.value],
            "place": [self.place.state.value, *self.place.communes],
        }


def proposal_from_json(data: Mapping[str, Any]) -> Proposal:
    """The inverse of `Proposal.to_json`. Raises `ValueError` or `KeyError` for anything else."""
    urgency, confidence, if_tip = data["urgency"]
    state, *communes = data["place"]
    return Proposal(
        is_tip=data["tip"],
        guesses=tuple(Guess(Category(category), likely) for category, likely in data["guesses"]),
        urgency=Urgency(urgency),
        urgency_confidence=confidence,
        place=PlaceGuess(PlaceState(state), tuple(communes)),
        if_tip=Urgency(if_tip),
    )
