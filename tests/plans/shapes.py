"""What the annotations of the source say: which class has which fields, what a function returns. Read with `ast`.

Classes and functions bear their whole name ("core.plan.Plan"), whatever a module that imports them calls them. A type
is a set of `Shape`s (more than one for a union). Of what is not understood nothing is known: the empty set.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
NOT_ROOMS: Final = {"tests", "bench", "deploy", "docs"}


@dataclass(frozen=True)
class Shape:
    """A class by its whole name, with the types between its brackets. What is not our own bears its last name."""

    name: str
    inside: tuple[frozenset[Shape], ...] = ()


Type = frozenset[Shape]
NOTHING: Final[Type] = frozenset()


@dataclass
class Known:
    """All that the annotations say."""

    fields: dict[str, dict[str, Type]] = field(default_factory=dict)
    """Of each class: its fields, and what its methods and properties give back (named with brackets when called)."""
    functions: dict[str, Type] = field(default_factory=dict)
    aliases: dict[str, tuple[ast.expr, str]] = field(default_factory=dict)
    """What an alias stands for, and in which module."""
    scopes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each module: what its names mean elsewhere."""

    def whole(self, name: str, module: str) -> str:
        """The whole name of what a module calls so ("timers.Timer" too); its last part when it is not our own."""
        first, _, rest = name.partition(".")
        meant = self.scopes.get(module, {}).get(first, f"{module}.{first}")
        whole = f"{meant}.{rest}" if rest else meant
        home, _, last = whole.rpartition(".")
        if home in self.scopes and home != module and last in self.scopes[home]:
            return self.whole(last, home)  # that module has it from another
        ours = whole in self.fields or whole in self.functions or whole in self.aliases
        return whole if ours else last

    def type_of(self, note: ast.expr | None, module: str) -> Type:
        """The type that an annotation in a module names."""
        match note:
            case ast.Constant(value=str(text)):
                return self.type_of(ast.parse(text, mode="eval").body, module)
            case ast.Name() | ast.Attribute():
                whole = self.whole(ast.unparse(note), module)
                return self.type_of(*self.aliases[whole]) if whole in self.aliases else frozenset({Shape(whole)})
            case ast.BinOp(left=left, right=right):
                return self.type_of(left, module) | self.type_of(right, module)
            case ast.Subscript(value=outer, slice=inner):
                parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                name = self.whole(ast.unparse(outer), module)
                if name in ("Final", "ClassVar", "Annotated"):
                    return self.type_of(parts[0], module)
                return frozenset({Shape(name, tuple(self.type_of(part, module) for part in parts))})
        return NOTHING


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of every room by its name, parsed. Tests and tools are none."""
    for room in sorted(path.parent for path in ROOT.glob("*/__init__.py")):
        if room.name not in NOT_ROOMS:
            for path in sorted(room.rglob("*.py")):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def known_of(trees: Mapping[str, ast.Module]) -> Known:
    """Collect what the annotations of these modules say."""
    known = Known()
    for module, tree in trees.items():
        _add_names(known, module, tree)
    for module, tree in trees.items():
        for part in tree.body:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                known.functions[f"{module}.{part.name}"] = known.type_of(part.returns, module)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                _add_class(known, node, module)
    return known


def _add_names(known: Known, module: str, tree: ast.Module) -> None:
    scope = known.scopes.setdefault(module, {})
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            scope |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.ClassDef):
            known.fields[f"{module}.{node.name}"] = {}
    for part in tree.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            known.functions[f"{module}.{part.name}"] = NOTHING
        elif isinstance(part, ast.Assign) and isinstance(part.value, ast.BinOp | ast.Subscript):
            names = [to.id for to in part.targets if isinstance(to, ast.Name)]
            known.aliases |= {f"{module}.{name}": (part.value, module) for name in names}


def _add_class(known: Known, node: ast.ClassDef, module: str) -> None:
    fields = known.fields[f"{module}.{node.name}"]
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            fields[part.target.id] = known.type_of(part.annotation, module)
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            property_ = any(isinstance(mark, ast.Name) and "property" in mark.id for mark in part.decorator_list)
            fields[part.name if property_ else f"{part.name}()"] = known.type_of(part.returns, module)
            if part.name == "__init__":
                fields.update(_set_in(known, part, module))


def _set_in(known: Known, made: ast.FunctionDef | ast.AsyncFunctionDef, module: str) -> dict[str, Type]:
    """The fields that `__init__` takes straight from its arguments: `self.plan = plan`, also several in one line."""
    given = {one.arg: known.type_of(one.annotation, module) for one in (*made.args.args, *made.args.kwonlyargs)}
    found: dict[str, Type] = {}
    for node in ast.walk(made):
        if isinstance(node, ast.Assign):
            for target, value in zip(_each(node.targets[0]), _each(node.value), strict=False):
                if isinstance(target, ast.Attribute) and isinstance(value, ast.Name):
                    found[target.attr] = given.get(value.id, NOTHING)
    return found


def _each(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
