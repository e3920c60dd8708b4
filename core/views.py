"""Tips and cases as plain, decrypted values, from which cards and receipts are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.case import Case
from core.ids import CaseId, TipId, Unit
from core.states import Outcome
from core.triage.proposal import Category, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as its officers see it. `said` are the reporters' words, oldest first; `commune_name` is a label, "" when
    the commune is unknown. `look_alikes` are (case, code) of open cases that may tell of the same event, while nobody
    has decided. `merged_code` is the code of the case that it was merged into, "" for none."""

    case: Case
    code: str
    commune_name: str
    said: tuple[str, ...]
    photos: int = 0
    voices: int = 0
    videos: int = 0
    files: int = 0
    point: tuple[float, float] | None = None
    owner_name: str = ""
    anonymous: bool = True
    reachable_by: str = ""
    reporters: int = 1
    withdrawn: bool = False
    waiting_for_answer: bool = False
    merged_code: str = ""
    look_alikes: tuple[tuple[CaseId, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TipView:
    """A tip as its reporter sees it. `communes` are (code, label) to choose from while the place is not sure.

    `open`: somebody must still do something about it; `taken`: an officer has it. `outcome` is how it ended.
    `place_known` is false while nobody has said where it is (the commune may still be known from a poster). `call` is
    the number to call when a tip of this kind is an emergency."""

    id: TipId
    code: str
    category: Category
    urgency: Urgency
    commune: Unit | None
    commune_name: str
    received_at: datetime
    call: str
    open: bool = True
    taken: bool = False
    sure: bool = True
    guesses: tuple[Category, ...] = ()
    communes: tuple[tuple[Unit, str], ...] = ()
    anonymous: bool = True
    withdrawn: bool = False
    outcome: Outcome | None = None
    has_text: bool = True
    place_known: bool = True
    new_place: bool = False
