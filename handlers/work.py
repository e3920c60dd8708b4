"""What every handler is given: the database connection, the time, and the application context with keys, gazetteer and
rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection

from core.activity_kinds import SHIPPED, Kinds, WorkKind
from core.case import Case
from core.hotlines import Hotlines
from core.ids import CaseId
from core.plan import ActivityRule, Handling, Retention, ServiceLimits
from core.replies import Reply
from core.states import Stale
from core.triage.accused import Accused
from core.triage.faq import Faq
from core.triage.proposal import Category, PlaceGuess, Proposal
from storage.case_files import CaseFile
from storage.outbox import About, Lane, Recipient, Why, put
from storage.savepoint import savepoint
from storage.vault import Vault

T = TypeVar("T")
TRIES: Final = 3


class Places(Protocol):
    """The part of the gazetteer that handlers use."""

    def knows(self, commune: str) -> bool: ...
    def label(self, code: str) -> str: ...
    def province_of(self, commune: str) -> str: ...
    def search(self, text: str, province: str | None = None) -> list[str]: ...
    def from_point(self, latitude: float, longitude: float, accuracy_m: float | None = None) -> PlaceGuess: ...


class Understanding(Protocol):
    """The part of triage that handlers use."""

    def propose(self, text: str, *, province: str | None = None, commune: str | None = None) -> Proposal: ...


class Comparing(Protocol):
    """The cache of open cases (`handlers.likeness.Compared`)."""

    def like(self, work: Work, case: Case, others: Sequence[CaseId]) -> list[tuple[CaseId, float]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of handlers that a plan may change.

    `burst` messages may come at once from one person, then one every `refill_s` seconds; `flood` more are still kept,
    quietly, before any is refused. More than `tips_an_hour` from one person are kept and wait in the list, but ring
    nobody unless they are emergencies. A tip that accuses one of `past_the_unit` goes one level up. `no_unit` is the
    unit that gets what names no commune where none is served; "" is the province's desk. `activities` say what kinds of
    group work are called and what is asked of them, `kinds` with which words they are logged. `erase` says when
    personal data is erased; None keeps it."""

    limits: ServiceLimits
    handling: Mapping[Category, Handling]
    one_level_up: frozenset[Category]
    hotlines: Hotlines
    no_unit: str = ""
    difficult: frozenset[str] = frozenset()
    burst: int = 30
    refill_s: float = 2.0
    flood: int = 300
    keep_words_days: int = 30
    tips_an_hour: int = 12
    anonymous_at_first: bool = True
    past_the_unit: frozenset[Accused] = frozenset({Accused.POLICE, Accused.OFFICIAL})
    activities: Mapping[WorkKind, ActivityRule] = field(default_factory=dict)
    kinds: Kinds = SHIPPED
    erase: Retention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContext:
    """The objects that are made once, at the start of a process. `answer` finds the answer to a common question,
    `compared` caches open cases to find similar ones."""

    vault: Vault
    triage: Understanding
    places: Places
    rules: Rules
    random: Callable[[int], bytes]
    province: str
    commune: str
    public_url: str = ""
    answer: Callable[[str], Faq | None] = lambda _: None
    compared: Comparing | None = None


@dataclass(slots=True, kw_only=True)
class Work:
    """One transaction: its connection, its time (aware) and the application context."""

    db: Connection
    context: AppContext
    now: datetime
    files: dict[CaseId, CaseFile] = field(default_factory=dict)
    """Cache of the case files that were read in this transaction."""

    def tell(
        self,
        to: Recipient,
        reply: Reply,
        *,
        reason: str,
        why: Why,
        about: About | None = None,
        lane: Lane = Lane.ANSWER,
    ) -> None:
        """Queue a message in the outbox, once for each reason and recipient."""
        put(self.db, self.context.vault, to, reply, reason=reason, lane=lane, now=self.now, why=why, about=about)

    def attempt(self, act: Callable[[], T]) -> T:
        """Run an act in a savepoint, so that a refusal leaves no change in the database.

        When somebody else changed the case in the meantime (`Stale`), the act is run once more on the current state,
        where it is usually refused with words. Raises what the act raises."""
        for _ in range(TRIES - 1):
            try:
                return self._in_savepoint(act)
            except Stale:
                continue
        return self._in_savepoint(act)

    def _in_savepoint(self, act: Callable[[], T]) -> T:
        try:
            with savepoint(self.db):
                return act()
        except BaseException:
            self.files.clear()  # cached files may hold changes that were undone
            raise
