"""What a plan file may hold, something reads: a commune that edits a line sees that something changes.

The fields of `Plan` and of all that it is made of are compared with the reads in the source. What only loads and checks
a plan (`plans/`) does not count, nor do the methods of the format's own classes, unless somebody calls them. What only
`tinbao plan show` reads is for people, and has to be named here: a rule that is merely shown is a promise broken.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args, get_type_hints

import pytest

from core.plan import Plan
from tests.plans.expressions import Read
from tests.plans.reads import Reads
from tests.plans.shapes import Known, known_of, modules

FORMAT: Final = {"core.plan", "core.plan_dates"}
NOT_YET: Final[dict[Read, str]] = {}
"""Fields that nothing reads, by class and name, each with the reason."""
PAGE: Final = {"core.plan_view", "core.plan_rules_view", "core.plan_figures"}
"""What `tinbao plan show` prints."""
ONLY_SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "Plan": ("title", "notes", "awards"),
    "PlanUnit": ("name", "was"),
    "GroupModel": ("key", "name"),
    "Indicator": ("key", "title", "target", "comparison", "scale", "measure"),
    "Awards": ("collectives", "individuals", "leaders_share"),
}
"""Fields that tell people something and that no rule depends on; besides them every `source`."""


def dataclasses_in(kind: Any) -> Iterator[type]:
    """The dataclasses that a type names, also between its brackets."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        yield kind
    for inner in get_args(kind):
        yield from dataclasses_in(inner)


def reachable(kind: type, seen: set[type]) -> set[type]:
    """A dataclass and all that it is made of."""
    if kind not in seen:
        seen.add(kind)
        for hint in get_type_hints(kind).values():
            for inner in dataclasses_in(hint):
                reachable(inner, seen)
    return seen


CLASSES: Final = sorted(reachable(Plan, set()), key=lambda kind: kind.__name__)


def reads_of(trees: Mapping[str, ast.Module], known: Known) -> set[tuple[Read, str]]:
    """Everything that these modules read."""
    reads = Reads(known)
    for module, tree in trees.items():
        reads.walk(module, tree)
    return reads.found


@cache
def read_outside(*, page: bool) -> frozenset[Read]:
    """What the source reads of the plan's classes; without `page`, apart from what is only shown."""
    trees = {module: tree for module, tree in modules() if not module.startswith("plans")}
    known = known_of(trees)
    apart = FORMAT if page else FORMAT | PAGE
    found = {read for read, _ in reads_of({name: tree for name, tree in trees.items() if name not in apart}, known)}
    within = reads_of({name: trees[name] for name in FORMAT}, known)
    called = {f"{kind}.{name}" for kind, name in found}
    return frozenset(found | {read for read, method in within if method in called})


def fields_of(kind: type) -> set[Read]:
    """The fields of a dataclass, as the walk names them."""
    return {(_whole(kind), field.name) for field in dataclasses.fields(kind)}


def _whole(kind: type) -> str:
    return f"{kind.__module__}.{kind.__name__}"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_field_that_a_plan_may_hold_is_read(kind: type) -> None:
    assert fields_of(kind) - read_outside(page=True) - set(NOT_YET) == set()


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_fields_that_are_only_shown_are_listed(kind: type) -> None:
    only = {name for _, name in fields_of(kind) - read_outside(page=False) - set(NOT_YET)}
    assert only == {name for name in only if name == "source"} | set(ONLY_SHOWN.get(kind.__name__, ()))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_method_of_the_format_is_called(kind: type) -> None:
    own = {name for name, value in vars(kind).items() if inspect.isfunction(value) or isinstance(value, property)}
    methods = {(_whole(kind), name) for name in own if not name.startswith("_")}
    assert methods - read_outside(page=True) == set()


def test_every_listed_exception_is_still_needed() -> None:
    fields = {read for kind in CLASSES for read in fields_of(kind)}
    assert set(NOT_YET) <= fields - read_outside(page=True), "somebody reads it now: take it off the list"


BOXES = """
class Box:
    inside: tuple[Thing, ...]
    named: Mapping[str, Thing]
    spare: Thing | None
    lid: str
class Thing:
    size: int
    lid: str
    hue: str
    def larger(self) -> Thing: ...
def made() -> Box: ...
"""
KEEPERS = """
import boxes
from boxes import Box as Crate, Thing, made
class Box:
    spare: int
class Keeper:
    def __init__(self, box: Crate, other: int) -> None:
        self._box, self._other = box, other
    def look(self) -> None:
        print(self._box.named)
def sizes(other: Box) -> list[int]:
    print(other.spare)
    return [thing.size for thing in sorted(made().inside)]
def hues(box: Crate) -> None:
    for name, thing in box.named.items():
        match thing:
            case Thing(hue=hue):
                print(name, hue)
def lids(things: list[Thing], stranger) -> str:
    return things[0].larger().lid + stranger.lid
"""


def test_the_walk_follows_annotated_types_and_does_not_mix_up_things_of_one_name() -> None:
    trees = {"boxes": ast.parse(BOXES), "keepers": ast.parse(KEEPERS)}
    found = {read for read, _ in reads_of(trees, known_of(trees))}
    expected = {("boxes.Box", "inside"), ("boxes.Box", "named"), ("keepers.Box", "spare")}
    expected |= {("boxes.Thing", name) for name in ("size", "hue", "lid")}
    assert expected <= found
    assert ("boxes.Box", "lid") not in found and ("boxes.Box", "spare") not in found
    assert ("", "lid") in found, "of the stranger nothing is known"
