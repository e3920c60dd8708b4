"""The rules of a plan as a person reads them: numbers to call, routing, time limits, protection, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from core.activity_names import kind_name
from core.hotlines import name_of
from core.messages import Language
from core.plan import PROVINCE_DESK, CategoryRule, CriminalLimits, Desk, Plan, Routing, ServiceLimits
from core.plan_lines import PlanLine, headed, source, span
from core.receipts import category_name, urgency_name
from core.replies import Words, say
from core.say import Say


def rules_lines(plan: Plan, language: Language) -> list[PlanLine]:
    """Every section of rules, each figure with its source."""
    return [
        *headed(Say.PLAN_HOTLINES, _hotlines(plan, language)),
        *headed(Say.PLAN_CATEGORIES, _categories(plan)),
        *headed(Say.PLAN_ROUTING, _routing(plan.routing)),
        *headed(Say.PLAN_LIMITS, _limits(plan.limits)),
        *headed(Say.PLAN_CARE, _care(plan)),
        *headed(Say.PLAN_ACTIVITIES, _activities(plan)),
        *headed(Say.PLAN_MODELS, _models(plan)),
    ]


def _hotlines(plan: Plan, language: Language) -> Iterator[PlanLine]:
    for line in plan.hotlines:
        words = say(Say.PLAN_HOTLINE, number=line.number, name=name_of(line, language), code=line.key)
        yield PlanLine(1, say(Say.PLAN_SOURCED, what=words, source=line.source))


def _categories(plan: Plan) -> Iterator[PlanLine]:
    def alike(rule: CategoryRule) -> tuple[str, str, str]:
        return rule.handling.value, rule.desk.value, rule.source

    for (handling, desk, why), rules in groupby(sorted(plan.categories, key=alike), key=alike):
        names = tuple(category_name(rule.category) for rule in rules)
        yield PlanLine(1, say(Say(f"plan-handling-{handling}"), desk=_desk(Desk(desk))), names)
        yield source(why)


def _routing(rule: Routing) -> Iterator[PlanLine]:
    yield PlanLine(1, say(Say.PLAN_ACCUSES_POLICE, desk=_desk(rule.accuses_police)))
    yield PlanLine(1, say(Say.PLAN_ACCUSES_OFFICIAL, desk=_desk(rule.accuses_official)))
    nowhere: Words | str = _desk(Desk.PROVINCE) if rule.no_unit == PROVINCE_DESK else rule.no_unit
    yield PlanLine(1, say(Say.PLAN_NO_UNIT, unit=nowhere))
    if rule.difficult_units:
        yield PlanLine(1, say(Say.PLAN_DIFFICULT), tuple(say(Say.AS_IS, text=code) for code in rule.difficult_units))
    yield source(rule.source)


def _limits(limits: ServiceLimits) -> Iterator[PlanLine]:
    for urgency, take in limits.take.items():
        spans = {"commander": span(take.commander), "province": span(take.province)}
        yield PlanLine(1, say(Say.PLAN_TAKE, urgency=urgency_name(urgency), **spans))
        yield source(take.source)
    yield from _criminal(limits.criminal)
    other = limits.denunciation
    spans = {"decide": span(other.decide), "extend": span(other.extend)}
    yield PlanLine(1, say(Say.PLAN_DENUNCIATION, times=other.extensions, **spans))
    yield source(other.source)
    yield PlanLine(1, say(Say.PLAN_SERVICE, answer=span(limits.service.answer)))
    yield source(limits.service.source)


def _criminal(rule: CriminalLimits) -> Iterator[PlanLine]:
    spans = {"report": span(rule.report), "difficult": span(rule.report_difficult), "file": span(rule.hand_file)}
    yield PlanLine(1, say(Say.PLAN_CRIMINAL_REPORT, **spans))
    yield source(rule.report_source)
    yield PlanLine(1, say(Say.PLAN_CRIMINAL_DECIDE, decide=span(rule.decide)))
    yield source(rule.decide_source)
    before = span(rule.ask_before)
    yield PlanLine(1, say(Say.PLAN_CRIMINAL_EXTEND, months=rule.extend_months, times=rule.extensions, before=before))
    yield source(rule.extend_source)


def _care(plan: Plan) -> Iterator[PlanLine]:
    hidden = plan.protection.anonymous_at_first
    yield PlanLine(1, say(Say.PLAN_ANONYMOUS if hidden else Say.PLAN_NAMED))
    yield source(plan.protection.source)
    flood, kept = plan.flood, plan.retention
    yield PlanLine(1, say(Say.PLAN_FLOOD, messages=flood.messages_a_minute, tips=flood.tips_an_hour))
    yield source(flood.source)
    days = {"cases": kept.case_days, "media": kept.media_days, "inbox": kept.inbox_days}
    yield PlanLine(1, say(Say.PLAN_RETENTION, activities=kept.activity_days, **days))
    yield source(kept.source)


def _activities(plan: Plan) -> Iterator[PlanLine]:
    for rule in plan.activities:
        words = kind_name(rule.kind, rule)
        yield PlanLine(1, say(Say.PLAN_SOURCED, what=words, source=rule.source) if rule.source else words)


def _models(plan: Plan) -> Iterator[PlanLine]:
    for model in plan.group_models:
        words = say(Say.PLAN_ENTRY, title=model.name, code=model.key)
        yield PlanLine(1, say(Say.PLAN_SOURCED, what=words, source=model.source))


def _desk(desk: Desk) -> Words:
    return say(Say(f"plan-desk-{desk.value}"))
