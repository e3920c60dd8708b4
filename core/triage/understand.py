"""Text in, proposal out: category, urgency and place of one message. Pure; a few milliseconds at most."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.triage.features import CUE, features
from core.triage.gazetteer import Gazetteer
from core.triage.linear import Linear
from core.triage.proposal import Category, Guess, PlaceGuess, Proposal, Urgency


class BadModel(ValueError):
    """The model file cannot be used. The text says why."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: three linear models and two thresholds.

    A message whose probability of being a tip is below `tip_from` is none; one whose probability of being an emergency
    reaches `emergency_from` is one. `examples` counts the messages that taught it, `common` says how rare the words are
    that occur in several of them.
    """

    tip: Linear
    category: Linear
    urgency: Linear
    tip_from: float
    emergency_from: float
    examples: int = 0
    common: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, data: bytes | str) -> Model:
        """Reads a model's JSON text. Raises `BadModel`."""
        try:
            raw = json.loads(data)
            tip, category, urgency = (Linear.from_json(raw[name]) for name in ("tip", "category", "urgency"))
            numbers = float(raw["tip_from"]), float(raw["emergency_from"])
            model = cls(tip, category, urgency, *numbers, int(raw["examples"]), raw.get("common", {}))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise BadModel(f"the model file cannot be read: {type(wrong).__name__}: {wrong}") from wrong
        if set(model.category.labels) - set(Category) or set(model.urgency.labels) != set(Urgency):
            raise BadModel("the model file was made for other categories or urgencies")
        return model

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "tip": self.tip.to_json(), "category": self.category.to_json(), "urgency": self.urgency.to_json(),
            "tip_from": self.tip_from, "emergency_from": self.emergency_from, "examples": self.examples,
            "common": dict(self.common),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words alone say: probabilities, before any threshold."""

    tip: float
    categories: Mapping[str, float]
    urgencies: Mapping[str, float]


def read(model: Model, text: str) -> Reading:
    """Runs the three models over one text."""
    seen = features(text)
    tip = model.tip.probabilities(seen)["tip"]
    categories = model.category.probabilities(seen)
    return Reading(tip, categories, model.urgency.probabilities({**seen, **crossed(seen, categories)}))


def crossed(seen: Mapping[str, float], categories: Mapping[str, float]) -> dict[str, float]:
    """Further features for urgency: the likely categories, and each with the cues of time and danger.

    "Now" means more beside violence than beside noise.
    """
    out: dict[str, float] = {}
    cues = [name for name in seen if name.startswith("c:")]
    for category, likely in categories.items():
        if likely >= 0.2:
            out[f"g:{category}"] = CUE * 4 * likely
            out.update((f"g:{category}&{cue}", CUE * 2 * likely) for cue in cues)
    return out


class Triage:
    """Understands tips. Made once, used for every message; holds no state of its own."""

    def __init__(self, model: Model, places: Gazetteer) -> None:
        self.model = model
        self.places = places

    @classmethod
    def load(cls, model: bytes | str, places: bytes | str) -> Triage:
        """From the JSON texts of the model and of the places. Raises `BadModel` or `gazetteer.BadPlaces`."""
        return cls(Model.load(model), Gazetteer.load(places))

    def propose(self, text: str, *, province: str | None = None, commune: str | None = None) -> Proposal:
        """What a message seems to say.

        `province` is the two-digit code of the bot's own province, `commune` the five-digit code of a deep link's
        commune: hints both, a place named in the text wins. Never raises, whatever the text.
        """
        said = read(self.model, text)
        place = self.find(text, province=province, commune=commune)
        ranked = sorted(said.categories.items(), key=lambda item: (-item[1], item[0]))
        guesses = [Guess(Category(name), round(said.tip * likely, 4)) for name, likely in ranked[:3]]
        if said.tip < self.model.tip_from:
            guesses = [Guess(Category.NOT_A_TIP, round(1 - said.tip, 4)), *guesses[:2]]
            return Proposal(False, tuple(guesses), Urgency.NORMAL, round(1 - said.tip, 4), place)
        urgency = self._urgency(said.urgencies)
        return Proposal(True, tuple(guesses), urgency, round(said.urgencies[urgency], 4), place)

    def _urgency(self, likely: Mapping[str, float]) -> Urgency:
        """Errs towards emergency: its own threshold lies below one half."""
        if likely[Urgency.EMERGENCY] >= self.model.emergency_from:
            return Urgency.EMERGENCY
        return Urgency.URGENT if likely[Urgency.URGENT] >= likely[Urgency.NORMAL] else Urgency.NORMAL

    def find(self, text: str, *, province: str | None = None, commune: str | None = None) -> PlaceGuess:
        """The place alone."""
        return self.places.find(text, province, commune)
