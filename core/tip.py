"""A tip: what one reporter told, and what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.case import Case
from core.ids import CaseId, ContactId, TipId, Unit
from core.messages import Channel, Media, Place
from core.triage.accused import Accused
from core.triage.proposal import Category, Proposal

Guesses = tuple[tuple[Category, float], ...]
"""The kinds that a tip may be of, each with a confidence from 0 to 1, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of a tip. `communes` are those to choose from while the place is not sure.

    `place_said`: the reporter told where it is. `confirmed`: the reporter said that we understood. `accused` is whom of
    those who might get the tip it accuses."""

    guesses: Guesses = ()
    communes: tuple[Unit, ...] = ()
    place_said: bool = False
    confirmed: bool = False
    accused: Accused = Accused.NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """A tip, opened, with the case that it is part of. `joined_from` is the case that it came with, where that one has
    joined another since. `point` is a (latitude, longitude); `reachable_by` are the reporter's own words."""

    id: TipId
    contact_id: ContactId
    code: str
    received_at: datetime
    reading: Reading
    case: Case
    anonymous: bool = True
    reachable_by: str = ""
    point: tuple[float, float] | None = None
    withdrawn: bool = False
    waiting_for_answer: bool = False
    joined_from: CaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTip:
    """Something to be filed as a tip. `proposal` is what triage makes of the words (None: not asked yet, or no words).

    `message_key` is unique on the channel. `commune` is a hint (a poster, an earlier tip), which the words overrule."""

    channel: Channel
    message_key: str
    text: str = ""
    proposal: Proposal | None = None
    place: Place | None = None
    media: tuple[Media, ...] = ()
    album: str = ""
    commune: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """More of one's own tip. `answer`: it answers a question of the police. `asked_where`: it answers "where?".

    `key` is unique among messages: what is told because of it is told once. `silent`: no pin of its own is sent on."""

    channel: Channel
    key: str
    text: str = ""
    proposal: Proposal | None = None
    place: Place | None = None
    media: tuple[Media, ...] = ()
    answer: bool = False
    asked_where: bool = False
    silent: bool = False

    @property
    def words(self) -> str:
        """What was said, the name of a shared place included."""
        return "\n".join(part for part in (self.text, self.place.name if self.place else "") if part)
