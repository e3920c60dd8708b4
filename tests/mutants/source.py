"""The mutants of one file: each is the file's text with one fault in it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.mutants.enums import KINDS, Enums, member
from tests.mutants.faults import faults_of_a_statement, faults_of_a_table, faults_of_an_expression
from tests.mutants.read_code import head, is_a_log_line, is_text, name_of, shortened
from tests.mutants.tables import is_a_table

DOES_NOTHING = {"annotation", "returns", "decorator_list", "bases", "type_params", "ctx"}
"""Parts of the syntax whose faults change nothing when the code runs, or stop it from being imported."""
CONDITIONS = {"test", "ifs", "guard"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where we are in a file: the function or table, the lines of the statement, and whether it runs only when a
    function is called (not at import)."""

    where: str
    lines: range = range(0)
    in_a_function: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault in one file, and the whole text of the file with it."""

    path: str
    place: Place
    change: str
    text: str
    nth: int = 1

    @property
    def name(self) -> str:
        """Tells it apart from every other, and stays when lines move."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.path} {self.place.where}: {self.change}{again}"


def mutants_of(path: str, enums: Enums, root: Path = Path()) -> list[Mutant]:
    """Every mutant of the file `path`, which is told from `root`."""
    text = (root / path).read_bytes()
    found = _File(path, text, enums).statements(ast.parse(text).body, Place(where="module"))
    seen: Counter[str] = Counter()
    numbered = []
    for mutant in found:
        seen[mutant.name] += 1
        numbered.append(replace(mutant, nth=seen[mutant.name]))
    return numbered


class _File:
    def __init__(self, path: str, text: bytes, enums: Enums) -> None:
        self.path, self.text, self.enums = path, text, enums
        self.starts = [0, *(end.end() for end in re.finditer(rb"\n", text))]

    def statements(self, body: list[ast.stmt], above: Place) -> Iterator[Mutant]:
        """The mutants of a block."""
        for node in body:
            place = replace(above, where=name_of(node, above.where), lines=head(node))
            match node:
                case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Assert():
                    continue
                case ast.ClassDef():
                    if not KINDS & {ast.unparse(base) for base in node.bases}:
                        yield from self.statements(node.body, place)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield from self.below(node.args, place)
                    yield from self.statements(node.body, replace(place, in_a_function=True))
                case _ if not is_a_log_line(node):
                    for fault in faults_of_a_statement(node):
                        yield self.mutant(node, fault, place)
                    if not isinstance(node, ast.Raise):
                        yield from self.below(node, place)

    def below(self, node: ast.AST, place: Place) -> Iterator[Mutant]:
        """The mutants of every expression, and every block, below a node."""
        if isinstance(node, ast.JoinedStr) or is_a_log_line(node):
            return
        for field, value in ast.iter_fields(node):
            children = value if isinstance(value, list) else [value]
            if field in DOES_NOTHING or (field == "elts" and is_a_table(node, self.enums)):
                continue
            if children and isinstance(children[0], ast.stmt):
                yield from self.statements(children, place)
                continue
            for child in children:
                if isinstance(child, ast.expr):
                    yield from self.expression(child, place, condition=field in CONDITIONS, of=node)
                elif isinstance(child, ast.AST):
                    yield from self.below(child, place)

    def expression(self, node: ast.expr, place: Place, *, condition: bool, of: ast.AST) -> Iterator[Mutant]:
        """The mutants of one expression and of those in it."""
        condition = condition and not isinstance(node, ast.Constant)
        for fault in faults_of_an_expression(node, self.enums, condition=condition):
            if not (isinstance(of, ast.While) and ast.unparse(fault) == "True"):
                yield self.mutant(node, fault, place)
        for table, change in faults_of_a_table(node, self.enums):
            yield self.mutant(node, table, place, change)
        if isinstance(node, ast.Dict) and is_a_table(node, self.enums):
            for key, value in zip(node.keys, node.values, strict=True):
                cell = replace(place, where=f"{place.where}[{ast.unparse(key) if key else ''}]")
                yield from self.expression(value, cell, condition=False, of=node)
            return
        decided = condition and isinstance(node, ast.Compare)
        for child in ast.iter_child_nodes(node) if decided else ():
            # Always true and never true stand for a comparison with another word or state.
            if isinstance(child, ast.expr) and not member(child, self.enums) and not is_text(child):
                yield from self.expression(child, place, condition=False, of=node)
        if not decided:
            yield from self.below(node, place)

    def mutant(self, node: ast.expr | ast.stmt, fault: ast.AST, place: Place, change: str = "") -> Mutant:
        """The file with `fault` in the place of `node`."""
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before, after = ast.unparse(node), ast.unparse(ast.fix_missing_locations(fault))
        new = after if isinstance(node, ast.stmt) else f"({after})"
        return Mutant(
            path=self.path,
            place=place,
            change=change or f"{shortened(before)} -> {shortened(after)}",
            text=(self.text[:start] + new.encode() + self.text[end:]).decode(),
        )
