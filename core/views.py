"""What is known of a tip and of a case when something is to be said about them. Plain values, already decrypted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.access import Whose
from core.states import Outcome, State
from core.triage.proposal import Category, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as its officers see it. `said` are the reporters' words, oldest first; communes are labels, not codes.

    `take_by` is when it escalates unless somebody takes it; `answer_by` the service or legal limit. `look_alikes` are
    (case, code) of open cases that may tell of the same event, while nobody has decided."""

    id: int
    code: str
    state: State
    category: Category
    urgency: Urgency
    unit: str
    province: str
    level: int
    commune: str
    commune_name: str
    opened_at: datetime
    said: tuple[str, ...]
    photos: int = 0
    voices: int = 0
    videos: int = 0
    files: int = 0
    point: tuple[float, float] | None = None
    owner: int | None = None
    owner_name: str = ""
    take_by: datetime | None = None
    answer_by: datetime | None = None
    anonymous: bool = True
    reachable_by: str = ""
    reporters: int = 1
    withdrawn: bool = False
    waiting_for_answer: bool = False
    outcome: Outcome | None = None
    merged_code: str = ""
    look_alikes: tuple[tuple[int, str], ...] = ()

    @property
    def whose(self) -> Whose:
        """For `core.access`."""
        return Whose(unit=self.unit, province=self.province, level=self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class TipView:
    """A tip as its reporter sees it. `communes` are (code, label) to choose from while the place is not sure.

    `place_known` is false while nobody has said where it is (the commune may still be known from a poster)."""

    id: int
    code: str
    category: Category
    urgency: Urgency
    commune: str
    commune_name: str
    state: State
    received_at: datetime
    sure: bool = True
    guesses: tuple[Category, ...] = ()
    communes: tuple[tuple[str, str], ...] = ()
    anonymous: bool = True
    withdrawn: bool = False
    outcome: Outcome | None = None
    has_text: bool = True
    place_known: bool = True
    new_place: bool = False
