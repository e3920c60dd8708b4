"""What the annotations of the source say: which class has which fields, what a function returns. Read with `ast`.

A type is a set of `Shape`s (more than one for a union). Of what is not understood nothing is known: the empty set.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
NOT_ROOMS: Final = {"tests", "bench", "deploy", "docs"}


@dataclass(frozen=True)
class Shape:
    """A class by its name, with the types between its brackets."""

    name: str
    inside: tuple[frozenset[Shape], ...] = ()


Type = frozenset[Shape]
NOTHING: Final[Type] = frozenset()


@dataclass
class Known:
    """All that the annotations say. Names are taken to mean one thing in the whole source."""

    fields: dict[str, dict[str, Type]] = field(default_factory=dict)
    """Of each class: its fields, and what its methods and properties give back (named with brackets when called)."""
    functions: dict[str, Type] = field(default_factory=dict)
    aliases: dict[str, ast.expr] = field(default_factory=dict)

    def type_of(self, note: ast.expr | None) -> Type:
        """The type that an annotation names."""
        match note:
            case ast.Constant(value=str(text)):
                return self.type_of(ast.parse(text, mode="eval").body)
            case ast.Name(id=name) if name in self.aliases:
                return self.type_of(self.aliases[name])
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return frozenset({Shape(name)})
            case ast.BinOp(left=left, right=right):
                return self.type_of(left) | self.type_of(right)
            case ast.Subscript(value=ast.Name(id=("Final" | "ClassVar" | "Annotated")), slice=inner):
                return self.type_of(inner.elts[0] if isinstance(inner, ast.Tuple) else inner)
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
                parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return frozenset({Shape(name, tuple(self.type_of(part) for part in parts))})
        return NOTHING


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of every room, parsed. Tests and tools are none."""
    for room in sorted(path.parent for path in ROOT.glob("*/__init__.py")):
        if room.name not in NOT_ROOMS:
            for path in sorted(room.rglob("*.py")):
                yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def known_of(trees: Iterable[ast.Module]) -> Known:
    """Collect what the annotations of these modules say."""
    known = Known()
    whole = list(trees)
    for statement in (statement for tree in whole for statement in tree.body):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.BinOp | ast.Subscript):
            known.aliases |= {to.id: statement.value for to in statement.targets if isinstance(to, ast.Name)}
    for tree in whole:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                _add_class(known, node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                known.functions[node.name] = known.functions.get(node.name, NOTHING) | known.type_of(node.returns)
    return known


def _add_class(known: Known, node: ast.ClassDef) -> None:
    fields = known.fields.setdefault(node.name, {})
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            fields[part.target.id] = known.type_of(part.annotation)
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            property_ = any(isinstance(mark, ast.Name) and "property" in mark.id for mark in part.decorator_list)
            fields[part.name if property_ else f"{part.name}()"] = known.type_of(part.returns)
            if part.name == "__init__":
                fields.update(_set_in(known, part))


def _set_in(known: Known, made: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, Type]:
    """The fields that `__init__` takes straight from its arguments: `self.plan = plan`, also several in one line."""
    given = {one.arg: known.type_of(one.annotation) for one in (*made.args.args, *made.args.kwonlyargs)}
    found: dict[str, Type] = {}
    for node in ast.walk(made):
        if isinstance(node, ast.Assign):
            for target, value in zip(_each(node.targets[0]), _each(node.value), strict=False):
                if isinstance(target, ast.Attribute) and isinstance(value, ast.Name):
                    found[target.attr] = given.get(value.id, NOTHING)
    return found


def _each(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
