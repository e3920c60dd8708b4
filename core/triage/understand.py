"""Text in, proposal out: category, urgency and place of one message. Pure; a few milliseconds at most."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.triage.danger import OPEN
from core.triage.features import CUE, looked_at
from core.triage.gazetteer import Gazetteer
from core.triage.linear import Linear, softmax
from core.triage.openings import is_opening
from core.triage.proposal import Category, Guess, PlaceGuess, Proposal, Urgency
from core.triage.second_look import SecondLook, sight
from core.triage.text import MAX_CHARS

SURELY_AN_EMERGENCY = 0.8
BELIEVED_SOONER = 0.5
"""Factor on the threshold for tips when the probability of an emergency reaches `SURELY_AN_EMERGENCY`."""

OPEN_EMERGENCY = 0.65
OPEN_BELIEVED_SOONER = 0.01
"""The same when the text also tells of an open danger. Of 201 messages that are no tips, which the models had not
seen, it lets none through."""

IN_DOUBT = (0.08, 0.92)
"""A probability of emergency between these gets a second look, unless it is surely no tip. Of 279 emergencies that the
linear models had not seen three lay below, and of what lay above one was something else."""

SURELY_NO_TIP = 0.02
"""A message whose probability of being a tip is below this gets no second look."""

SECOND_SHARE = 0.6
"""The share of the second look in the log-odds; the rest is the linear model's. Any share from 0.5 to 0.8 was as
good."""


class BadModel(ValueError):
    """The model file cannot be used. The text says why."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: three linear models and three thresholds.

    A message whose probability of being a tip is below `tip_from` is none. One whose probability of being an emergency
    reaches `emergency_from` is one if it tells of a danger that nothing in it takes back (see `danger`); without that
    it must reach `emergency_else`. `examples` counts the messages that taught it, `common` says how rare the words are
    that occur in several of them. `second_look` judges what may be an emergency where `urgency` is in doubt; `taught`
    is how far this deployment's corrections moved `urgency` from the shipped model; it counts beside the second look.
    """

    tip: Linear
    category: Linear
    urgency: Linear
    tip_from: float
    emergency_from: float
    emergency_else: float = 0.5
    examples: int = 0
    common: Mapping[str, float] = field(default_factory=dict)
    second_look: SecondLook | None = None
    taught: Linear | None = None

    @classmethod
    def load(cls, data: bytes | str) -> Model:
        """Reads a model's JSON text. Raises `BadModel`."""
        try:
            raw = json.loads(data)
            tip, category, urgency = (Linear.from_json(raw[name]) for name in ("tip", "category", "urgency"))
            numbers = float(raw["tip_from"]), float(raw["emergency_from"]), float(raw["emergency_else"])
            look = SecondLook.from_json(raw["second_look"]) if raw.get("second_look") else None
            taught = Linear.from_json(raw["taught"]) if raw.get("taught") else None
            model = cls(tip, category, urgency, *numbers, int(raw["examples"]), raw.get("common", {}), look, taught)
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise BadModel(f"the model file cannot be read: {type(wrong).__name__}: {wrong}") from wrong
        if set(model.category.labels) - set(Category) or set(model.urgency.labels) != set(Urgency):
            raise BadModel("the model file was made for other categories or urgencies")
        if model.taught and model.taught.labels != model.urgency.labels:
            raise BadModel("what was learnt here does not fit the model's urgencies")
        return model

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "tip": self.tip.to_json(), "category": self.category.to_json(), "urgency": self.urgency.to_json(),
            "tip_from": self.tip_from, "emergency_from": self.emergency_from, "emergency_else": self.emergency_else,
            "examples": self.examples,
            "common": dict(self.common),
            "second_look": self.second_look.to_json() if self.second_look else None,
            "taught": self.taught.to_json() if self.taught else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the words alone say: probabilities, before any threshold, and whether they tell of a danger that is not over."""

    tip: float
    categories: Mapping[str, float]
    urgencies: Mapping[str, float]
    open_danger: bool = False

    def is_tip(self, model: Model) -> bool:
        """Whether it is a tip, by the model's threshold. The threshold is lower for what sounds like an emergency, because
        "fire, neighbours!" begins like an advert."""
        chance = self.urgencies[Urgency.EMERGENCY]
        if self.open_danger and chance >= OPEN_EMERGENCY:
            return self.tip >= model.tip_from * OPEN_BELIEVED_SOONER
        return self.tip >= model.tip_from * (BELIEVED_SOONER if chance >= SURELY_AN_EMERGENCY else 1.0)

    def is_emergency(self, model: Model) -> bool:
        """Whether it is a tip about an emergency, by the model's thresholds."""
        return self.is_tip(model) and self.urgency(model) is Urgency.EMERGENCY

    def urgency(self, model: Model) -> Urgency:
        """How urgent it is if it is a tip; errs towards an emergency while a danger is open."""
        needed = model.emergency_from if self.open_danger else model.emergency_else
        if self.urgencies[Urgency.EMERGENCY] >= needed:
            return Urgency.EMERGENCY
        return Urgency.URGENT if self.urgencies[Urgency.URGENT] >= self.urgencies[Urgency.NORMAL] else Urgency.NORMAL


def read(model: Model, text: str) -> Prediction:
    """Runs the three models over one text."""
    seen, words = looked_at(text)
    # Nobody reports anything without a word, or by a greeting.
    tip = model.tip.probabilities(seen)["tip"] if has_words(text) and not is_opening(text) else 0.0
    categories = model.category.probabilities(seen)
    both = {**seen, **crossed(seen, categories)}
    urgencies = model.urgency.probabilities(both)
    doubtful = IN_DOUBT[0] < urgencies[Urgency.EMERGENCY] < IN_DOUBT[1]
    if model.second_look and doubtful and tip >= SURELY_NO_TIP:
        second = model.second_look.log_odds(sight(seen, categories, words))
        odds = _log_odds(urgencies[Urgency.EMERGENCY])
        # Beside what a deployment taught the linear model, the second look stands in for a part of the shipped one only.
        urgencies = reconsidered(urgencies, odds + SECOND_SHARE * (second - odds + _taught(model, both, odds)))
    return Prediction(tip, categories, urgencies, f"c:{OPEN}" in seen)


def reconsidered(urgencies: Mapping[str, float], log_odds: float) -> dict[str, float]:
    """The urgencies with these log-odds of an emergency; the others keep their proportion."""
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
    rest = (1 - chance) / (1 - urgencies[Urgency.EMERGENCY])
    return {name: chance if name == Urgency.EMERGENCY else one * rest for name, one in urgencies.items()}


def _taught(model: Model, seen: Mapping[str, float], odds: float) -> float:
    """By how much this deployment's corrections raised the linear model's log-odds of an emergency."""
    if model.taught is None:
        return 0.0
    moved = model.taught.scores(seen)
    shipped = [now - by for now, by in zip(model.urgency.scores(seen), moved, strict=True)]
    return odds - _log_odds(softmax(shipped, model.urgency.temperature)[model.urgency.labels.index(Urgency.EMERGENCY)])


def _log_odds(chance: float) -> float:
    chance = max(1e-6, min(1 - 1e-6, chance))
    return math.log(chance / (1 - chance))


def has_words(text: str) -> bool:
    """Whether a message contains any alphabetic character."""
    return any(letter.isalpha() for letter in text[:MAX_CHARS])


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
    """Classifies messages. Built once and used for every message; it keeps no state."""

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
        urgency = said.urgency(self.model)
        if not said.is_tip(self.model):
            guesses = [Guess(Category.NOT_A_TIP, round(1 - said.tip, 4)), *guesses[:2]]
            if urgency is Urgency.EMERGENCY and not said.open_danger:
                urgency = Urgency.URGENT  # how urgent a thing is was learnt from tips: of the rest it says little
            return Proposal(False, tuple(guesses), Urgency.NORMAL, round(1 - said.tip, 4), place, urgency)
        return Proposal(True, tuple(guesses), urgency, round(said.urgencies[urgency], 4), place, urgency)

    def find(self, text: str, *, province: str | None = None, commune: str | None = None) -> PlaceGuess:
        """The place alone."""
        return self.places.find(text, province, commune)
