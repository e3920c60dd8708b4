"""A case: what the police work on. One case is made of one tip, or of several on the same event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.access import PROVINCE_LEVEL, Whose
from core.ids import CaseId, ContactId, Unit
from core.states import Action, MoveNotAllowed, Outcome, State, advance, is_open, possible, waits_for_taker
from core.triage.proposal import Category, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, as it stood when it was read. All times are aware.

    `unit` works it, `province` is the one above. `commune` is where it happened (None: unknown). `opened_at` is when
    the present unit got it. `owner` is the chat of the officer who took it. `level` is how far it has escalated,
    `routed` how often it was alerted again. `version` grows with every change; a writer must have read the newest one.
    `take_by` and `answer_by` are its limits: when it escalates unless somebody takes it, and when the reporter must
    have an answer. None: that limit does not run."""

    id: CaseId
    unit: Unit
    province: Unit
    state: State
    category: Category
    urgency: Urgency
    commune: Unit | None
    received_at: datetime
    opened_at: datetime
    owner: ContactId | None = None
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    merged_into: CaseId | None = None
    level: int = 0
    routed: int = 0
    version: int = 0
    take_by: datetime | None = None
    answer_by: datetime | None = None

    @property
    def whose(self) -> Whose:
        """Whom it belongs to, for `core.access`."""
        return Whose(unit=self.unit, province=self.province, level=self.level)

    @property
    def is_open(self) -> bool:
        """Somebody must still do something about it."""
        return is_open(self.state)

    @property
    def waits_for_taker(self) -> bool:
        """Nobody has taken it yet."""
        return waits_for_taker(self.state)

    @property
    def is_worked(self) -> bool:
        """An officer has it and works it."""
        return self.is_open and not self.waits_for_taker

    @property
    def is_emergency(self) -> bool:
        """It goes before everything else."""
        return self.urgency is Urgency.EMERGENCY

    @property
    def is_with_province(self) -> bool:
        """It has escalated so far that the province works it too."""
        return self.level >= PROVINCE_LEVEL

    @property
    def has_joined_another(self) -> bool:
        """It was merged into another case, which now holds its tips."""
        return self.merged_into is not None

    def allows(self, action: Action) -> bool:
        """Whether the table of moves has this action for its state."""
        return action in possible(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an action changes besides the state, where it changes anything; None: that stays as it is."""

    unit: Unit | None = None
    province: Unit | None = None
    commune: Unit | None = None
    category: Category | None = None
    urgency: Urgency | None = None
    level: int | None = None
    outcome: Outcome | None = None
    merged_into: CaseId | None = None


NOTHING = Change()


def after(case: Case, action: Action, change: Change, *, by: ContactId | None, now: datetime) -> Case:
    """A case after an action, but for its limits. `by` is the chat of whoever acts (None: the clock).

    A case that goes to another unit starts again at level 0; one that becomes an emergency is alerted again. Raises
    `MoveNotAllowed`."""
    moved = replace(case, state=advance(case.state, action), version=case.version + 1)
    match action:
        case Action.TAKE:
            return replace(moved, owner=by, taken_at=now, outcome=None, closed_at=None)
        case Action.REOPEN:
            if case.has_joined_another:
                raise MoveNotAllowed
            return replace(moved, owner=by, taken_at=now, outcome=None, closed_at=None)
        case Action.CLOSE:
            return replace(moved, outcome=change.outcome, merged_into=change.merged_into, closed_at=now)
        case Action.ESCALATE:
            return replace(moved, level=case.level + 1 if change.level is None else change.level)
        case Action.PASS_ON | Action.REROUTE:
            return replace(
                _understood(moved, change),
                unit=change.unit or case.unit,
                province=change.province or case.province,
                owner=None,
                taken_at=None,
                level=0,
                routed=case.routed + 1,
                opened_at=now,
            )
        case Action.CORRECT:
            corrected = _understood(moved, change)
            rings = corrected.is_emergency and not case.is_emergency
            return replace(corrected, routed=case.routed + 1) if rings else corrected
        case _:
            return moved


def _understood(case: Case, change: Change) -> Case:
    return replace(
        case,
        commune=change.commune or case.commune,
        category=change.category or case.category,
        urgency=change.urgency or case.urgency,
    )
