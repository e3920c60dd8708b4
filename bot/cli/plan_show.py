"""`tinbao plan show [CODE]`: print a plan as text or as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from bot.app.build import Runtime
from bot.cli.echo import Echo
from core.messages import Language
from core.plan import Plan
from core.plan_lines import PlanLine
from core.plan_view import Standing, plan_lines
from handlers.load_plan import loaded_plans
from handlers.work import Work
from locales.words import render
from plans.as_json import plan_json
from plans.load import BASE, PLANS, load_default, load_plan, load_text

FOUND: Final = 0
UNKNOWN: Final = 1


async def show_plan(
    runtime: Runtime, code: str, now: datetime, echo: Echo, *, language: Language = Language.VI, as_json: bool = False
) -> int:
    """Print the plan with this code: one of `TINBAO_PLANS`, a loaded or a shipped one; for "" the plan in force.
    Returns the exit status, 1 when there is no such plan. Raises `PlanMistake` for a loaded plan that is no longer
    valid."""
    named = [file.plan for file in runtime.plans]
    in_force = named[0] if named else load_default()
    code = code or in_force.code
    loaded = dict(await runtime.database.read(lambda db: loaded_plans(Work(db=db, context=runtime.context, now=now))))
    plan = next((plan for plan in (in_force, *named) if plan.code == code), None)
    if plan is None and code in loaded:
        plan = load_text(loaded[code], code)
    standing = Standing.IN_FORCE if plan is in_force else Standing.LOADED
    if plan is None:
        plan, standing = shipped(code), Standing.SHIPPED
    if plan is None:
        known = {*loaded, *(plan.code for plan in named), *shipped_codes()}
        echo(f"There is no plan {code!r}. Known: {', '.join(sorted(known))}")
        return UNKNOWN
    echo(page(plan, standing, now, language=language, as_json=as_json))
    return FOUND


def show_shipped(
    code: str, now: datetime, echo: Echo, *, language: Language = Language.VI, as_json: bool = False
) -> int:
    """Print a shipped plan, without settings and database; for "" the plan that applies where none is named. Returns
    the exit status, 1 when there is no such plan."""
    plan = shipped(code or BASE.stem)
    if plan is None:
        echo(f"There is no plan {code!r} among the shipped ones: {', '.join(shipped_codes())}")
        return UNKNOWN
    echo(page(plan, Standing.SHIPPED, now, language=language, as_json=as_json))
    return FOUND


def shipped(code: str) -> Plan | None:
    """The shipped plan with this code, or None."""
    return load_plan(PLANS / f"{code}.yaml") if code in shipped_codes() else None


def shipped_codes() -> list[str]:
    """The codes of the shipped plans, which are the names of their files."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in PLANS.glob("*.yaml")}
    return sorted(name for name, text in texts.items() if f"\ncode: {name}\n" in text)


def page(plan: Plan, standing: Standing, now: datetime, *, language: Language, as_json: bool) -> str:
    """The whole plan as text, or as one JSON object."""
    if as_json:
        return json.dumps({"standing": standing.value, **plan_json(plan, now)}, ensure_ascii=False, indent=2)
    return "\n".join(_said(line, language) for line in plan_lines(plan, standing, now, language)).lstrip()


def _said(line: PlanLine, language: Language) -> str:
    words = render(line.words, language)
    if line.listed:
        words += ": " + " · ".join(render(one, language) for one in line.listed)
    return ("" if line.depth else "\n") + "  " * line.depth + words
