"""A plan's groups, households, obligations and campaigns become rows. Loading it again changes only what is new."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from core.plan import Plan
from handlers.campaign import FindPicture, lay_out_campaigns, no_picture
from handlers.remind import lay_out
from handlers.work import Work
from storage.tables import household, plan, self_managed_group
from storage.upsert import insert_if_new


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows are new."""

    groups: int
    households: int
    obligations: int
    campaigns: int


def load_plan(
    work: Work, loaded: Plan, source: str, communes: tuple[str, ...], picture: FindPicture = no_picture
) -> Loaded:
    """Load a checked plan. `source` is its YAML, kept so that the nightly look can lay out the next dates. `picture`
    finds a campaign's picture when the campaign is new."""
    if insert_if_new(work.db, plan, {"code": loaded.code, "content": source, "loaded_at": work.now}) is None:
        work.db.execute(update(plan).where(plan.c.code == loaded.code).values(content=source, loaded_at=work.now))
    groups = 0
    for group in loaded.groups:
        row = {"id": group.id, "name": group.name, "model": group.model, "unit": group.unit, "active": True}
        made = insert_if_new(work.db, self_managed_group, row) is not None
        groups += made
        if not made:
            values = {"name": group.name, "model": group.model, "unit": group.unit}
            work.db.execute(update(self_managed_group).where(self_managed_group.c.id == group.id).values(values))
    households = 0
    for home in loaded.households:
        sealed = work.context.vault.seal(home.label) if home.label else None
        row = {"key": home.key, "unit": home.unit, "group_id": home.group or None, "sealed_label": sealed}
        households += insert_if_new(work.db, household, row) is not None
    return Loaded(groups, households, lay_out(work, loaded, communes), lay_out_campaigns(work, loaded, picture))


def loaded_plans(work: Work) -> list[tuple[str, str]]:
    """(code, YAML) of every plan that was loaded."""
    return [(row.code, row.content) for row in work.db.execute(select(plan).order_by(plan.c.code))]
