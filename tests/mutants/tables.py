"""Faults of tables: an entry that is missing, or one too many. Our rules are tables (states, access), so a wrong cell
is the most likely fault of all."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from tests.mutants.enums import Enums, make, member


def is_a_table(node: ast.AST, enums: Enums) -> bool:
    """Whether a set holds nothing but an enum's members, or a dict has no other keys."""
    cells = node.elts if isinstance(node, ast.Set) else node.keys if isinstance(node, ast.Dict) else []
    return bool(cells) and all(cell is not None and _cell(cell, enums) for cell in cells)


def faults_of_a_set(node: ast.Set, enums: Enums) -> Iterator[tuple[ast.expr, str]]:
    """Of a set of an enum's members: without each, and with each that is not in it. Each fault with its name."""
    for left_out in node.elts:
        kept = [element for element in node.elts if element is not left_out]
        emptied = ast.Set(kept) if kept else ast.Call(ast.Name("set", ast.Load()), [], [])
        yield emptied, f"without {ast.unparse(left_out)}"
    cells = [member(element, enums) for element in node.elts]
    for name in sorted({cell[0] for cell in cells if cell}):
        for attribute in enums[name]:
            if (name, attribute) not in cells:
                yield ast.Set([*node.elts, make(name, attribute)]), f"with {name}.{attribute}"


def faults_of_a_dict(node: ast.Dict, enums: Enums) -> Iterator[tuple[ast.expr, str]]:
    """Of a table whose keys are members of enums (or pairs of them): without each entry, and with each that is not in
    it, bearing the value of the first. Each fault with its name."""
    known = [cell for key in node.keys if key is not None and (cell := _cell(key, enums))]
    for index, cell in enumerate(known):
        entries = node.keys[:index] + node.keys[index + 1 :], node.values[:index] + node.values[index + 1 :]
        yield ast.Dict(*entries), f"without {_told(cell)}"
    columns = [enums[name] for name, _ in known[0]]
    names = [name for name, _ in known[0]]
    for attributes in itertools.product(*columns):
        wanted = tuple(zip(names, attributes, strict=True))
        if wanted not in known:
            parts: list[ast.expr] = [make(name, attribute) for name, attribute in wanted]
            key = parts[0] if len(parts) == 1 else ast.Tuple(parts, ast.Load())
            yield ast.Dict([*node.keys, key], [*node.values, node.values[0]]), f"with {_told(wanted)}"


def _cell(key: ast.expr, enums: Enums) -> tuple[tuple[str, str], ...] | None:
    parts = key.elts if isinstance(key, ast.Tuple) else [key]
    found = [cell for part in parts if (cell := member(part, enums))]
    return tuple(found) if len(found) == len(parts) else None


def _told(cell: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name}.{attribute}" for name, attribute in cell)
