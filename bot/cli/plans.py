"""`tinbao plan check FILE…` and `tinbao plan load FILE…`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from sqlalchemy import Connection

from bot.app.build import Runtime
from bot.app.pictures import missing_pictures
from bot.cli.echo import Echo
from core.calendar import next_occurrence
from core.plan import Plan
from handlers.load_plan import Loaded
from handlers.load_plan import load_plan as store_plan
from handlers.work import Work
from plans.load import PlanMistake, load_plan

FINE: Final = 0
MISTAKES: Final = 1


def check_plans(files: Iterable[Path], today: date, out: TextIO | None = None) -> int:
    """Check each file and print what it contains, or every mistake as `file:line:column: what. remedy`.

    Returns 0 when all files are valid, else 1. `today` is the date in Vietnam, for the next due days."""
    say = out or sys.stdout
    code = FINE
    for path in files:
        try:
            plan = load_plan(path)
        except PlanMistake as mistake:
            code = MISTAKES
            count = len(mistake.mistakes)
            say.write(f"{mistake}\n{path}: {count} mistake{'s' if count > 1 else ''}\n")
        else:
            wrong = missing_pictures(plan, path.parent)
            code = MISTAKES if wrong else code
            say.write("\n".join(wrong or summary(plan, path, today)) + "\n")
    return code


def summary(plan: Plan, path: Path, today: date) -> list[str]:
    """What a plan contains, in a few lines, with the next due day of each recurring obligation."""
    counts = {
        "units": plan.units,
        "group models": plan.group_models,
        "groups": plan.groups,
        "households": plan.households,
        "obligations": plan.obligations,
        "indicators": plan.indicators,
        "campaigns": plan.campaigns,
    }
    lines = [f"{path}: fine. {plan.code}: " + ", ".join(f"{len(entries)} {name}" for name, entries in counts.items())]
    nexts = ((next_occurrence(owed, today), owed) for owed in plan.obligations)
    due = sorted((one.due_day, owed.title) for one, owed in nexts if one is not None)
    return lines + [f"  {day:%d/%m/%Y}  {title}" for day, title in due]


async def load_plans(runtime: Runtime, files: list[Path], echo: Echo) -> int:
    """Load plans after checking all of them; return the exit status."""
    plans = [(load_plan(path), path.read_text(encoding="utf-8")) for path in files]
    for path, (plan, _) in zip(files, plans, strict=True):
        runtime.pictures.keep(plan, path.parent)
    now = datetime.now(UTC)
    communes = (runtime.context.commune,) if runtime.context.commune else ()
    for plan, source in plans:
        loaded = await runtime.database.write(
            partial(_load_one, runtime=runtime, now=now, plan=plan, source=source, communes=communes)
        )
        echo(
            f"{plan.code}: {loaded.groups} groups, {loaded.households} households, {loaded.obligations} deadlines and "
            f"{loaded.campaigns} campaigns are new."
        )
    return 0


def _load_one(
    db: Connection, runtime: Runtime, now: datetime, plan: Plan, source: str, communes: tuple[str, ...]
) -> Loaded:
    return store_plan(Work(db=db, context=runtime.context, now=now), plan, source, communes, runtime.pictures.stored)
