"""A plan as a person reads it, top to bottom: what it is, what is owed and when, what is measured, which rules hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from core.calendar import next_occurrence, next_send, vietnamese_day
from core.hotlines import Hotlines
from core.messages import Language
from core.plan import EACH_COMMUNE, Audience, Campaign, CatchUp, Obligation, Plan, Remind
from core.plan_dates import OnDemand
from core.plan_figures import awards_lines, indicator_lines
from core.plan_lines import PlanLine, day, headed, source
from core.plan_rules_view import rules_lines
from core.replies import Words, say
from core.say import Say
from core.vietnam import VIETNAM


class Standing(StrEnum):
    """What a plan is to this system."""

    IN_FORCE = "in-force"
    """Its rules hold here."""
    LOADED = "loaded"
    """Its dates, groups and campaigns are rows; another plan's rules hold."""
    SHIPPED = "shipped"
    """It comes with the system and was not loaded."""


def plan_lines(plan: Plan, standing: Standing, now: datetime, language: Language) -> list[PlanLine]:
    """The whole page. `now` is for the next days; `language` chooses among the plan's own texts."""
    return [
        PlanLine(0, say(Say.PLAN_TITLE, code=plan.code, title=plan.title)),
        source(plan.source, 1),
        PlanLine(1, say(Say(f"plan-{standing.value}"))),
        *headed(Say.PLAN_UNITS, _units(plan)),
        *headed(Say.PLAN_NOTES, (PlanLine(1, say(Say.AS_IS, text=note)) for note in plan.notes)),
        *headed(Say.PLAN_OBLIGATIONS, _obligations(plan, now)),
        *headed(Say.PLAN_CAMPAIGNS, _campaigns(plan, now, language)),
        *headed(Say.PLAN_INDICATORS, (line for one in plan.indicators for line in indicator_lines(one))),
        *headed(Say.PLAN_AWARDS, awards_lines(plan.awards) if plan.awards else ()),
        *headed(Say.PLAN_GROUPS, _groups(plan)),
        *rules_lines(plan, language),
    ]


def _units(plan: Plan) -> Iterator[PlanLine]:
    for unit in plan.units:
        yield PlanLine(1, say(Say.PLAN_UNIT, code=unit.code, name=unit.name))
        if unit.was:
            yield PlanLine(2, say(Say.PLAN_UNIT_WAS, names="; ".join(unit.was)))


def _obligations(plan: Plan, now: datetime) -> Iterator[PlanLine]:
    if plan.obligations:
        yield PlanLine(1, _remind(plan.remind))
    for owed in plan.obligations:
        yield PlanLine(1, say(Say.PLAN_ENTRY, title=owed.title, code=owed.key))
        whose = say(Say.PLAN_EACH_COMMUNE) if owed.unit == EACH_COMMUNE else _unit_name(plan, owed.unit)
        yield PlanLine(2, say(Say.PLAN_OWED_BY, unit=whose))
        yield PlanLine(2, _due(owed, now))
        yield PlanLine(2, say(Say.PLAN_TOLD), tuple(say(Say(f"role-{role.value}")) for role in owed.to))
        if owed.remind is not None:
            yield PlanLine(2, _remind(owed.remind))
        yield PlanLine(2, _late(owed.catch_up))
        yield source(owed.source)


def _due(owed: Obligation, now: datetime) -> Words:
    if isinstance(owed.due, OnDemand):
        return say(Say.PLAN_DUE_ON_DEMAND)
    one = next_occurrence(owed, vietnamese_day(now))
    if one is None:
        return say(Say.PLAN_DUE_PAST)
    return say(Say.PLAN_DUE, day=day(one.due_day), start=day(one.period_start), end=day(one.period_end))


def _remind(rule: Remind) -> Words:
    before = ", ".join(str(days) for days in rule.before)
    if not rule.at_most:
        return say(Say.PLAN_REMIND_BEFORE, before=before)
    late = {"first": rule.first_after, "then": rule.then_every, "most": rule.at_most}
    return say(Say.PLAN_REMIND, before=before, **late)


def _late(catch_up: CatchUp) -> Words:
    return say(Say.PLAN_LATE_SEND if catch_up is CatchUp.SEND else Say.PLAN_LATE_SKIP)


def _campaigns(plan: Plan, now: datetime, language: Language) -> Iterator[PlanLine]:
    hotlines = Hotlines(plan.hotlines)
    for campaign in plan.campaigns:
        yield PlanLine(1, say(Say.PLAN_ENTRY, title=campaign.title, code=campaign.key))
        yield PlanLine(2, _send(campaign, now))
        names = tuple(say(Say.AS_IS, text=name) for name in _audience(plan, campaign.audience))
        yield PlanLine(2, say(Say.PLAN_TO), names) if names else PlanLine(2, say(Say.PLAN_TO_ALL))
        text = campaign.texts.get(language) or campaign.texts[Language.VI]
        yield PlanLine(2, say(Say.PLAN_TEXT, text=hotlines.filled_in(text)))
        if campaign.picture:
            yield PlanLine(2, say(Say.PLAN_PICTURE, name=campaign.picture))
        yield PlanLine(2, _late(campaign.catch_up))
        yield source(campaign.source)


def _send(campaign: Campaign, now: datetime) -> Words:
    at = next_send(campaign, now)
    if at is None:
        return say(Say.PLAN_SEND_NEVER)
    local = at.astimezone(VIETNAM)
    return say(Say.PLAN_SEND_NEXT, clock=f"{local:%H:%M}", day=day(local.date()))


def _audience(plan: Plan, audience: Audience) -> Iterable[str]:
    yield from (_unit_name(plan, code) for code in audience.units)
    yield from (model.name for model in plan.group_models if model.key in audience.models)
    yield from (group.name for group in plan.groups if group.id in audience.groups)


def _groups(plan: Plan) -> Iterator[PlanLine]:
    models = {model.key: model.name for model in plan.group_models}
    for group in plan.groups:
        homes = sum(home.group == group.id for home in plan.households)
        yield PlanLine(1, say(Say.PLAN_ENTRY, title=group.name, code=group.id))
        yield PlanLine(
            2, say(Say.PLAN_GROUP, model=models[group.model], unit=_unit_name(plan, group.unit), homes=homes)
        )


def _unit_name(plan: Plan, code: str) -> str:
    return next((f"{unit.name} ({code})" for unit in plan.units if unit.code == code), code)
