"""Store a plan's groups, households, obligations and campaigns as rows. Loading it again adds only what is new."""

from __future__ import annotations

from dataclasses import dataclass

from core.plan import Plan
from handlers.campaign import FindPicture, lay_out_campaigns, no_pictures
from handlers.remind import lay_out
from handlers.work import Work
from storage import groups, households, plan_rows
from storage.plan_rows import LoadedPlan


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows are new."""

    groups: int
    households: int
    obligations: int
    campaigns: int


def load_plan(
    work: Work, plan: Plan, source: str, communes: tuple[str, ...], picture: FindPicture = no_pictures
) -> Loaded:
    """Load a checked plan. `source` is its YAML, stored so that the nightly run can create rows for the next dates.
    `communes` are the codes that the system serves. `picture` finds a new campaign's picture."""
    db, vault = work.db, work.context.vault
    plan_rows.keep(db, plan.code, source, work.now)
    return Loaded(
        groups=sum([groups.keep(db, group) for group in plan.groups]),
        households=sum([households.keep(db, vault, home) for home in plan.households]),
        obligations=lay_out(work, plan, communes),
        campaigns=lay_out_campaigns(work, plan, picture),
    )


def loaded_plans(work: Work) -> list[LoadedPlan]:
    """Every plan that was loaded, with its YAML."""
    return plan_rows.every(work.db)
