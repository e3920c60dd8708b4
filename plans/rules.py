"""Checks between the values of a plan. Each check notes every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from core.activity_kinds import ActivityKind
from core.hotlines import NAMED, unknown_in
from core.messages import Language
from core.plan import EACH_COMMUNE, PROVINCE_DESK, Plan, Remind, Scale
from core.triage.proposal import Category, Urgency
from plans.activities import check_activities
from plans.check import Check
from plans.due_rules import check_due, check_send
from plans.mistakes import Notes, choose
from plans.shape import Path, Reader
from plans.todays_units import todays_units

LONGEST_MESSAGE: Final = 1500
"""Characters. TN-2024 wants material that is short and easy to remember; a platform's own limit is higher."""


def check(plan: Plan, reader: Reader, notes: Notes) -> None:
    """Every check on a plan that `reader` has read."""
    it = Check(plan, reader, notes)
    it.code(("code",), plan.code, "plan")
    for one in (
        _units,
        _complete,
        _limits,
        _figures,
        _hotlines,
        _groups,
        _households,
        _obligations,
        _indicators,
        _campaigns,
    ):
        one(it)
    _remind(it, ("remind",), plan.remind)


def _units(it: Check) -> None:
    for at, unit in enumerate(it.plan.units):
        path: Path = ("units", at, "code")
        if not re.fullmatch(r"\d{2}|\d{5}", unit.code):
            remedy = "Write the two digits of a province or the five of a commune, in quotes"
            it.note(path, f'"{unit.code}" is no unit\'s code', remedy)
        elif unit.code not in todays_units():
            remedy = "Look the code up in today's list (since 1/7/2025); old communes have merged"
            it.note(path, f"There is no unit {unit.code} today", remedy)
    for at, code in enumerate(it.plan.routing.difficult_units):
        it.known(("routing", "difficult_units", at), code, it.units, "unit")
    no_unit = it.plan.routing.no_unit
    if no_unit != PROVINCE_DESK and no_unit not in todays_units():
        remedy = "Write province, or the code of a commune or province of today, in quotes"
        it.note(("routing", "no_unit"), f'"{no_unit}" is no unit of today', remedy)


def _complete(it: Check) -> None:
    _all_there(it, "categories", (rule.category for rule in it.plan.categories), Category)
    _all_there(it, "activities", (rule.kind for rule in it.plan.activities), ActivityKind)
    check_activities(it)
    for urgency in Urgency:
        if urgency not in it.plan.limits.take:
            it.note(("limits", "take"), f'"{urgency}" is missing', f"Add a block `{urgency}:`")


def _all_there(it: Check, name: str, have: Iterable[str], wanted: Iterable[str]) -> None:
    for lacking in sorted(set(wanted) - set(have)) if it.whole(name) else ():
        it.note((name,), f'"{lacking}" is missing from {name}', "Add an entry for it, or extend plans/base.yaml")


def _limits(it: Check) -> None:
    for urgency, take in it.plan.limits.take.items():
        if take.province <= take.commander and it.sound(("limits", "take", urgency.value)):
            path: Path = ("limits", "take", urgency.value, "province")
            it.note(path, "The province hears of it no later than the commander", "Give the commander the shorter time")
    rule = it.plan.limits.criminal
    steps = ("report", "report_difficult", "hand_file", "decide")
    if not it.sound(("limits", "criminal")):
        return
    for first, then in pairwise(steps):
        if getattr(rule, then) < getattr(rule, first):
            it.note(("limits", "criminal", then), f'"{then}" ends before "{first}"', "Put the limits in order")
    if rule.ask_before >= rule.decide:
        path = ("limits", "criminal", "ask_before")
        it.note(path, "The extension is asked for before the tip comes in", 'Make it shorter than "decide"')


def _figures(it: Check) -> None:
    for name in ("messages_a_minute", "tips_an_hour"):
        it.at_least(("flood", name), getattr(it.plan.flood, name), 1)
    for name in ("case_days", "media_days", "inbox_days", "activity_days"):
        it.at_least(("retention", name), getattr(it.plan.retention, name), 1)
    if it.plan.awards is not None and not 0 <= it.plan.awards.leaders_share <= 1:
        it.note(("awards", "leaders_share"), "A share is between 0 and 100 %", "Write for example 35 %")


def _hotlines(it: Check) -> None:
    _all_there(it, "hotlines", (hotline.key for hotline in it.plan.hotlines), NAMED)
    for at, hotline in enumerate(it.plan.hotlines):
        path: Path = ("hotlines", at)
        it.code((*path, "key"), hotline.key, "hotline")
        if not re.fullmatch(r"\d{3,11}", hotline.number):
            it.note((*path, "number"), f'"{hotline.number}" is no telephone number', "Write digits only")
        if Language.VI not in hotline.names:
            it.note((*path, "names"), "The Vietnamese name is missing", "Add `vi: …`")


def _groups(it: Check) -> None:
    models = {model.key for model in it.plan.group_models}
    for at, model in enumerate(it.plan.group_models):
        it.code(("group_models", at, "key"), model.key, "model")
    for at, group in enumerate(it.plan.groups):
        it.code(("groups", at, "id"), group.id, "group")
        it.known(("groups", at, "model"), group.model, models, "group model")
        it.known(("groups", at, "unit"), group.unit, it.units, "unit")


def _households(it: Check) -> None:
    groups = {group.id: group.unit for group in it.plan.groups}
    for at, home in enumerate(it.plan.households):
        it.code(("households", at, "key"), home.key, "household")
        it.known(("households", at, "unit"), home.unit, it.units, "unit")
        if home.group:
            it.known(("households", at, "group"), home.group, groups, "group")
            if groups.get(home.group, home.unit) != home.unit:
                what = f'The group "{home.group}" is in unit {groups[home.group]}'
                it.note(("households", at, "unit"), what, "Give the household its group's unit")


def _obligations(it: Check) -> None:
    for at, owed in enumerate(it.plan.obligations):
        path: Path = ("obligations", at)
        it.code((*path, "key"), owed.key, "obligation")
        it.known((*path, "unit"), owed.unit, {*it.units, EACH_COMMUNE}, "unit")
        if not owed.to:
            it.note((*path, "to"), "Nobody is reminded", "Name a role, for example [committee]")
        for what, field, remedy in check_due(owed.due) if it.sound((*path, "due")) else ():
            it.note((*path, "due", field), what, remedy)
        if owed.remind is not None:
            _remind(it, (*path, "remind"), owed.remind)


def _remind(it: Check, path: Path, rule: Remind) -> None:
    if not it.sound(path):
        return
    tidy = sorted(set(rule.before), reverse=True)
    if list(rule.before) != tidy:
        what = "The days before are not in order, or one stands twice"
        it.note((*path, "before"), what, f"Write {tidy}: the earliest reminder first")
    if any(days > 180 for days in rule.before):
        it.note((*path, "before"), "A reminder is more than 180 days early", "Leave it out")
    if rule.at_most:
        it.at_least((*path, "first_after"), rule.first_after, 1)
        it.at_least((*path, "then_every"), rule.then_every, 1)
    if rule.at_most > 60:
        it.note((*path, "at_most"), f"{rule.at_most} reminders are too many", "Use 60 or fewer")


def _indicators(it: Check) -> None:
    for at, figure in enumerate(it.plan.indicators):
        path: Path = ("indicators", at)
        it.code((*path, "key"), figure.key, "indicator")
        if figure.scale is Scale.SHARE and not 0 <= figure.target <= 1:
            it.note((*path, "target"), "A share is between 0 and 100 %", "Write for example 75 %, with the sign")
        if figure.measure is not None and figure.scale is not Scale.SHARE:
            it.note((*path, "scale"), f'"{figure.measure}" is computed as a share', "Write `scale: share`")


def _campaigns(it: Check) -> None:
    groups, models = {group.id for group in it.plan.groups}, {model.key for model in it.plan.group_models}
    for at, campaign in enumerate(it.plan.campaigns):
        path: Path = ("campaigns", at)
        it.code((*path, "key"), campaign.key, "campaign")
        if Language.VI not in campaign.texts:
            it.note((*path, "texts"), "The Vietnamese text is missing", "Add a line `vi: …`")
        for language, text in campaign.texts.items():
            for name in unknown_in(text):
                what = f'"{{{name}}}" names no hotline'
                it.note((*path, "texts", language.value), what, choose(name, NAMED))
            if len(text) > LONGEST_MESSAGE:
                it.note(
                    (*path, "texts", language.value), f"{len(text)} characters are too many", "People read short texts"
                )
        for name, known, what in (
            ("units", it.units, "unit"),
            ("models", models, "group model"),
            ("groups", groups, "group"),
        ):
            for which, code in enumerate(getattr(campaign.audience, name)):
                it.known((*path, "audience", name, which), code, known, what)
        for breach, field, remedy in check_send(campaign.at) if it.sound((*path, "at")) else ():
            it.note((*path, "at", field), breach, remedy)
