"""The types of expressions, by annotations alone, and which field of which class they read on the way."""

from __future__ import annotations

import ast
from typing import Final

from tests.plans.shapes import NOTHING, Known, Shape, Type

Read = tuple[str, str]
"""(class by its whole name, field). Class "" where the type of what stands before the dot is not known."""
SAME: Final = {"sorted", "list", "tuple", "reversed", "iter", "set", "frozenset", "replace"}
ONE_OF: Final = {"next", "min", "max"}
PAIRS: Final = {"Mapping", "dict"}


class Expressions:
    """Follows expressions. `names` are the types of the names that are known at that place."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.found: set[tuple[Read, str]] = set()
        """What was read, and the method that reads it ("core.plan.Plan.remind_of"; "" outside of classes)."""
        self._at, self._module = "", ""

    def _visit(self, node: ast.AST, names: dict[str, Type], owner: str) -> None:
        """Every part of a node, for what it reads."""
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                self._type(part, names)
            else:
                self._visit(part, names, owner)

    def _bind(self, target: ast.expr, given: Type, names: dict[str, Type]) -> None:
        match target:
            case ast.Name(id=name):
                names[name] = names.get(name, NOTHING) | given
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for at, one in enumerate(targets):
                    self._bind(one, self._nth(given, at), names)

    def _read(self, of: Type, name: str) -> Type:
        """Note that a field is read; its type."""
        found = NOTHING
        for shape in of:
            fields = self._known.fields.get(shape.name, {})
            if name in fields or f"{name}()" in fields:
                self.found.add(((shape.name, name), self._at))
                found |= fields.get(name, NOTHING)
        if not any(shape.name in self._known.fields for shape in of):
            self.found.add((("", name), self._at))
        return found

    def _type(self, node: ast.expr, names: dict[str, Type]) -> Type:
        match node:
            case ast.Name(id=name):
                return names.get(name, NOTHING)
            case ast.Attribute(value=of, attr=name):
                return self._read(self._type(of, names), name)
            case ast.Call():
                return self._call(node, names)
            case ast.Await(value=value):
                return self._type(value, names)
            case ast.Subscript(value=of, slice=index):
                self._type(index, names)
                return self._nth(self._type(of, names), 1, mapped=True)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp():
                return self._comprehension(node, names)
            case ast.BoolOp(values=several):
                return frozenset().union(*(self._type(one, names) for one in several))
            case ast.IfExp(test=test, body=one, orelse=other):
                self._type(test, names)
                return self._type(one, names) | self._type(other, names)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                names[name] = self._type(value, names)
                return names[name]
            case ast.Tuple(elts=several) | ast.List(elts=several):
                types = tuple(self._type(one.value if isinstance(one, ast.Starred) else one, names) for one in several)
                return frozenset({Shape("tuple", types)})
            case ast.Lambda(body=body):
                self._type(body, dict(names))
            case _:
                self._visit(node, names, "")
        return NOTHING

    def _comprehension(
        self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp, names: dict[str, Type]
    ) -> Type:
        inner = dict(names)
        for part in node.generators:
            self._bind(part.target, self._each(self._type(part.iter, inner)), inner)
            for test in part.ifs:
                self._type(test, inner)
        if isinstance(node, ast.DictComp):
            return frozenset({Shape("dict", (self._type(node.key, inner), self._type(node.value, inner)))})
        return frozenset({Shape("list", (self._type(node.elt, inner),))})

    def _call(self, node: ast.Call, names: dict[str, Type]) -> Type:
        given = [self._type(one, names) for one in node.args]
        for keyword in node.keywords:
            self._type(keyword.value, names)
        first = given[0] if given else NOTHING
        match node.func:
            case ast.Name(id="enumerate"):
                return self._pairs(NOTHING, self._each(first))
            case ast.Name(id="zip"):
                return self._pairs(*(self._each(one) for one in given))
            case ast.Name(id=name) if name in ONE_OF:
                return self._each(first)
            case ast.Name(id=name) if name in SAME:
                return first
            case ast.Name() | ast.Attribute():
                whole = self._known.whole(ast.unparse(node.func), self._module)
                if whole in self._known.fields:
                    return frozenset({Shape(whole)})
                if whole in self._known.functions:
                    return self._known.functions[whole]
                if isinstance(node.func, ast.Attribute):
                    return self._method(self._type(node.func.value, names), node.func.attr)
                return NOTHING
        self._type(node.func, names)
        return NOTHING

    def _method(self, of: Type, name: str) -> Type:
        self._read(of, name)
        found = NOTHING
        for shape in of:
            if shape.name in PAIRS and len(shape.inside) == 2:
                pair = {"items": frozenset({Shape("tuple", shape.inside)}), "values": shape.inside[1]}
                found |= frozenset({Shape("list", (pair[name],))}) if name in pair else NOTHING
                found |= shape.inside[1] if name == "get" else NOTHING
            found |= self._known.fields.get(shape.name, {}).get(f"{name}()", NOTHING)
        return found

    def _pairs(self, *parts: Type) -> Type:
        return frozenset({Shape("list", (frozenset({Shape("tuple", parts)}),))})

    def _each(self, of: Type) -> Type:
        """What comes out of a thing one by one."""
        return frozenset().union(*(one for shape in of for one in shape.inside[: 1 if shape.name in PAIRS else None]))

    def _nth(self, of: Type, at: int, *, mapped: bool = False) -> Type:
        """The part of a tuple at a place; of a mapping the value; of anything else one of it."""
        found = NOTHING
        for shape in of:
            if shape.name == "tuple" and not mapped and at < len(shape.inside):
                found |= shape.inside[at]
            elif shape.name in PAIRS and len(shape.inside) == 2:
                found |= shape.inside[1]
            else:
                found |= self._each(frozenset({shape}))
        return found
