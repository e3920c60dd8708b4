"""Which field of which class a module reads: a walk over its statements that follows annotated types."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.plans.expressions import Expressions
from tests.plans.shapes import Shape, Type


class Reads(Expressions):
    """Everything that the modules which it walks read: `found`."""

    def walk(self, module: str, tree: ast.Module) -> None:
        """Note everything that a module reads."""
        self._module = module
        self._block(tree.body, {}, "")

    def _block(self, body: Iterable[ast.stmt], names: dict[str, Type], owner: str) -> None:
        for statement in body:
            self._statement(statement, names, owner)

    def _statement(self, node: ast.stmt, names: dict[str, Type], owner: str) -> None:
        match node:
            case ast.ClassDef(name=name, body=body):
                self._block(body, dict(names), f"{self._module}.{name}")
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                inner = dict(names)
                for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                    inner[one.arg] = self._known.type_of(one.annotation, self._module)
                    if one.arg == "self" and owner:
                        inner["self"] = frozenset({Shape(owner)})
                before, self._at = self._at, f"{owner}.{node.name}" if owner else self._at
                self._block(node.body, inner, "")
                self._at = before
            case ast.Assign(targets=targets, value=value):
                given = self._type(value, names)
                for target in targets:
                    self._bind(target, given, names)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=note, value=value):
                if value is not None:
                    self._type(value, names)
                names[name] = self._known.type_of(note, self._module)
            case ast.For(target=target, iter=source) | ast.AsyncFor(target=target, iter=source):
                self._bind(target, self._each(self._type(source, names)), names)
                self._block([*node.body, *node.orelse], names, owner)
            case ast.Match(subject=subject, cases=cases):
                self._type(subject, names)
                for case in cases:
                    self._pattern(case.pattern, names)
                    self._block(case.body, names, owner)
            case _:
                self._visit(node, names, owner)

    def _visit(self, node: ast.AST, names: dict[str, Type], owner: str) -> None:
        for part in ast.iter_child_nodes(node):
            match part:
                case ast.stmt():
                    self._statement(part, names, owner)
                case ast.expr():
                    self._type(part, names)
                case _:
                    self._visit(part, names, owner)

    def _pattern(self, pattern: ast.pattern, names: dict[str, Type]) -> None:
        match pattern:
            case ast.MatchClass(cls=ast.Name(id=kind), kwd_attrs=fields, kwd_patterns=inner):
                shape = Shape(self._known.whole(kind, self._module))
                for name, one in zip(fields, inner, strict=True):
                    given = self._read(frozenset({shape}), name)
                    if isinstance(one, ast.MatchAs) and one.name:
                        names[one.name] = given
            case ast.MatchOr(patterns=several):
                for one in several:
                    self._pattern(one, names)
