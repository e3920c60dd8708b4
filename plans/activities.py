"""What must hold for the kinds of group work of a plan, and for the words that they are logged with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from core.activity import FIELDS, read_activity
from core.activity_kinds import ActivityKind, Kinds, WorkKind, kinds_with, owner_of
from core.messages import Language
from core.plan import ActivityRule
from core.triage.text import fold
from plans.check import Check
from plans.mistakes import choose, likely
from plans.shape import Path

LEAST_WORDS: Final = 2
"""One word without accents means too much ("cho": market, for, dog): tips would be taken for a log."""
SOME_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
PROOF: Final = "5"
"""With a number beside them the words need prove nothing else."""


def check_activities(it: Check) -> None:
    """Every check on the plan's kinds of work."""
    kinds = kinds_with({rule.kind: rule.words for rule in it.plan.activities})
    owners: dict[str, WorkKind] = {}
    for at, rule in enumerate(it.plan.activities):
        path: Path = ("activities", at)
        _called(it, path, rule)
        for asked, name in enumerate(rule.asks):
            if name not in FIELDS:
                it.note((*path, "asks", asked), f'"{name}" is nothing to ask for', choose(name, FIELDS))
        for nth, words in enumerate(rule.words):
            owner = owner_of(words) or owners.setdefault(fold(words), rule.kind)
            _words(it, (*path, "words", nth), words, rule.kind, owner, kinds)


def _called(it: Check, path: Path, rule: ActivityRule) -> None:
    if rule.names and Language.VI not in rule.names:
        it.note((*path, "names"), "The Vietnamese name is missing", "Add `vi: …`")
    if isinstance(rule.kind, ActivityKind):
        return
    if not rule.name and not rule.names:
        meant = likely(rule.kind, ActivityKind)
        ours = f'Did you mean "{meant}"? ' if meant else ""
        it.note((*path, "kind"), f'"{rule.kind}" is a new kind without a name', f"{ours}A new one needs `name: …`")
    else:
        it.code((*path, "kind"), rule.kind, "activity kind")


def _words(it: Check, path: Path, words: str, kind: WorkKind, owner: WorkKind, kinds: Kinds) -> None:
    if len(fold(words).split()) < LEAST_WORDS:
        it.note(path, f'"{words}" is too short', f"Write {LEAST_WORDS} words or more: one alone means many things")
    elif owner != kind:
        it.note(path, f'"{words}" is logged as "{owner}" already', "Choose other words, or take them out")
    else:
        read = read_activity(f"{words} {PROOF}", SOME_DAY, kinds=kinds)
        if read is None or read.kind != kind:
            remedy = "Leave out words of a crime, a wish, a question or another kind of work"
            it.note(path, f'A line with "{words}" would not be logged as "{kind}"', remedy)
