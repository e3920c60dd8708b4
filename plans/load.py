"""Plans, read from YAML and checked. A mistake is told with file, line, column and remedy; all of a file at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from yaml import MappingNode, Node, ScalarNode

from core.plan import Plan
from plans.mistakes import Mistake, Notes, PlanMistake, choose
from plans.nodes import EXTENDS, compose, entries, lay_over, note_doubles, read_file
from plans.rules import check
from plans.shape import Reader

__all__ = ["PLANS", "Mistake", "PlanMistake", "load_default", "load_plan", "load_text"]

PLANS: Final = Path(__file__).parent
"""The plans that come with the system."""
BASE: Final = PLANS / "base.yaml"
OWN: Final = frozenset({"code", "title", "source", "notes"})
"""Fields that a plan never inherits."""
DEEPEST: Final = 5
"""The longest chain of plans that extend each other."""


def load_plan(path: Path) -> Plan:
    """The plan in a file, with all that it extends (`extends: name`, first looked for beside it, then among `PLANS`).

    Raises `PlanMistake`."""
    return _finish(read_file(path), path.parent)


def load_text(text: str, name: str) -> Plan:
    """The plan in a text, `name` standing for the file in mistakes. It extends only `PLANS`. Raises `PlanMistake`."""
    return _finish(compose(text, name), PLANS)


def load_default() -> Plan:
    """The rules that apply where no plan says otherwise (`plans/base.yaml`)."""
    return load_plan(BASE)


def _finish(node: MappingNode, beside: Path) -> Plan:
    notes = Notes()
    whole = _with_base(node, beside, notes, DEEPEST)
    reader = Reader(notes)
    plan = reader.read(whole, Plan)
    check(plan, reader, notes)
    notes.stop_if_any()
    return plan


def _with_base(node: MappingNode, beside: Path, notes: Notes, depth: int) -> Node:
    """The tree merged over the one that it extends, without the `extends` line."""
    note_doubles(node, notes)
    named = entries(node).get(EXTENDS)
    own = _without(node, {EXTENDS})
    if named is None:
        return own
    base = _find(named[1], beside, notes)
    if depth == 0:
        notes.add(named[1].start_mark, "Plans extend each other in a circle", "Let one of them extend base")
        base = BASE
    below = _with_base(read_file(base), base.parent, notes, depth - 1)
    return lay_over(_without(below, OWN) if isinstance(below, MappingNode) else below, own)


def _without(node: MappingNode, names: Collection[str]) -> MappingNode:
    pairs = [pair for name, pair in entries(node).items() if name not in names]
    return MappingNode(node.tag, pairs, node.start_mark, node.end_mark)


def _find(named: Node, beside: Path, notes: Notes) -> Path:
    """The file that `extends` names. When there is none, that is noted and `BASE` stands in, to find the rest."""
    name = named.value if isinstance(named, ScalarNode) else ""
    for folder in (beside, PLANS):
        path = folder / f"{name}.yaml"
        if name and Path(name).name == name and path.is_file():
            return path
    known = sorted({path.stem for folder in (beside, PLANS) for path in folder.glob("*.yaml")})
    notes.add(named.start_mark, f'There is no plan "{name}" to extend', choose(str(name), known))
    return BASE
