"""What a province or commune may change without code, as plain values. `plans/` reads them from YAML and checks them.

Text here is data for people, in Vietnamese first. A `source` says where a figure or a rule comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from fractions import Fraction

from core.access import Role
from core.activity_kinds import WorkKind
from core.messages import Language
from core.plan_dates import DueRule, SendRule
from core.triage.proposal import Category, Urgency

EACH_COMMUNE = "each_commune"
"""Instead of a unit's code: every commune of the plan that the system serves."""
PROVINCE_DESK = "province"
"""Instead of a unit's code: the duty desk of the province that the system serves."""


class Desk(StrEnum):
    """The level of the unit that gets a tip first. The plan file's word for it is `desk`."""

    COMMUNE = "commune"
    PROVINCE = "province"


class Handling(StrEnum):
    """The legal procedure for a tip. Each has its own time limits."""

    CRIMINAL = "criminal"
    DENUNCIATION = "denunciation"
    SERVICE = "service"


class CatchUp(StrEnum):
    """What to do with something that fell due while the system was down."""

    SEND = "send"
    SKIP = "skip"


class Comparison(StrEnum):
    """How a figure is compared with its target."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"


class Scale(StrEnum):
    """What an indicator's target is: a share of a whole, a change against the year before, or a plain number."""

    SHARE = "share"
    CHANGE = "change"
    COUNT = "count"


class Measure(StrEnum):
    """Figures that come out of the system's own data. Others are entered by a person for each period."""

    TIPS_HANDLED = "tips_handled"
    TIPS_RESOLVED = "tips_resolved"
    HOUSEHOLDS_REACHED = "households_reached"
    GROUPS_WITH_CHAT = "groups_with_chat"
    GROUPS_ACTIVE = "groups_active"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanUnit:
    """A commune (five digits) or province (two) of today. `was` are the old names that the plan itself uses."""

    code: str
    name: str
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """How a category of tips is handled, and which unit gets it first."""

    category: Category
    handling: Handling
    desk: Desk = Desk.COMMUNE
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Where a tip goes that its category alone does not decide. `difficult_units` have 24 hours to report, not 12.

    `no_unit` gets a tip when no commune is known and the system serves none of its own: `PROVINCE_DESK`, or the code of
    a unit."""

    accuses_police: Desk
    accuses_official: Desk
    no_unit: str
    difficult_units: tuple[str, ...] = ()
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLimit:
    """How long an alert may wait for somebody to take it. Both times count from the alert."""

    commander: timedelta
    province: timedelta
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriminalLimits:
    """Times counted from receipt; an extension counts from the end of the limit before it."""

    report: timedelta
    report_difficult: timedelta
    hand_file: timedelta
    report_source: str
    decide: timedelta
    decide_source: str
    extend_months: int
    extensions: int
    ask_before: timedelta
    extend_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DenunciationLimits:
    """An ordinary denunciation, which is no crime."""

    decide: timedelta
    extend: timedelta
    extensions: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLimit:
    """The commune's own time limit for everything else."""

    answer: timedelta
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLimits:
    """Every time limit on a tip."""

    take: Mapping[Urgency, TakeLimit]
    criminal: CriminalLimits
    denunciation: DenunciationLimits
    service: ServiceLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """An emergency telephone number (`core.hotlines`). `names` say in each language who answers; the
    Vietnamese name is always there."""

    key: str
    number: str
    names: Mapping[Language, str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRule:
    """A kind of activity: what it is called, with which `words` it is logged beside the system's own
    (`core.activity_words`), and what its line should tell (`core.activity.FIELDS`).

    `names` go by language, `name` is for all; with neither it is called as in the catalogs. A kind that the catalogs
    do not know is one that this plan adds."""

    kind: WorkKind
    name: str = ""
    names: Mapping[Language, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupModel:
    """A kind of self-managed group."""

    key: str
    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One self-managed group of a commune."""

    id: str
    name: str
    model: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A household of a group. `label` tells where ("room 3"), never who."""

    key: str
    unit: str
    group: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """Days before the last good day on which to remind (0 is the day itself), and after it: first `first_after` days
    late, then every `then_every` days, `at_most` times in all."""

    before: tuple[int, ...]
    first_after: int
    then_every: int
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A report, meeting or plan that somebody owes. `unit` is a code of the plan, or `EACH_COMMUNE`."""

    key: str
    title: str
    unit: str
    due: DueRule
    to: tuple[Role, ...]
    source: str
    remind: Remind | None = None
    """None: as the plan says for all."""
    catch_up: CatchUp = CatchUp.SEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure that the plan sets. `measure` tells which of our own figures it is; None: a person enters it."""

    key: str
    title: str
    target: Fraction
    comparison: Comparison
    scale: Scale = Scale.SHARE
    measure: Measure | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom a campaign speaks to; all empty: everybody in the plan's units."""

    units: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A message that goes out on days of the calendar, at `clock` (Vietnamese time). `picture` is a file name beside
    the plan."""

    key: str
    title: str
    texts: Mapping[Language, str]
    at: SendRule
    source: str
    clock: time = time(8)
    picture: str = ""
    audience: Audience = field(default_factory=Audience)
    catch_up: CatchUp = CatchUp.SEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Awards:
    """How many may be proposed, and the highest share of leaders among the individuals."""

    collectives: int
    individuals: int
    leaders_share: Fraction
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """How a reporter is protected."""

    anonymous_at_first: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """Past these, one person's further messages are answered with the number to call and kept, not alerted."""

    messages_a_minute: int
    tips_an_hour: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """After how many days personal data is erased: a closed case's, its media, an answered message's raw copy, an
    activity's words."""

    case_days: int
    media_days: int
    inbox_days: int
    activity_days: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan with everything that it inherits."""

    code: str
    title: str
    source: str
    units: tuple[PlanUnit, ...] = ()
    notes: tuple[str, ...] = ()
    categories: tuple[CategoryRule, ...]
    routing: Routing
    limits: ServiceLimits
    hotlines: tuple[Hotline, ...]
    protection: Protection
    flood: FloodLimits
    retention: Retention
    remind: Remind
    activities: tuple[ActivityRule, ...]
    group_models: tuple[GroupModel, ...]
    groups: tuple[Group, ...] = ()
    households: tuple[Household, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    awards: Awards | None = None

    def remind_of(self, obligation: Obligation) -> Remind:
        """When to remind of it: as it says itself, or as the plan says for all."""
        return obligation.remind or self.remind
