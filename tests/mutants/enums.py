"""The members of every enum of the project, read from the source text without importing it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

KINDS = {"Enum", "StrEnum", "IntEnum", "IntFlag", "Flag"}

Enums = dict[str, list[str]]
"""The name of each enum → the names of its members, in the order of the source."""


def members_of_enums(rooms: Iterable[Path]) -> Enums:
    """The enums of all files below these folders. Two enums of one name are left out: nothing tells which is meant."""
    found: Enums = {}
    double: set[str] = set()
    for file in (file for room in rooms for file in sorted(room.rglob("*.py"))):
        for node in ast.parse(file.read_bytes()).body:
            if isinstance(node, ast.ClassDef) and KINDS & {ast.unparse(base) for base in node.bases}:
                if node.name in found:
                    double.add(node.name)
                found[node.name] = [
                    target.id
                    for line in node.body
                    if isinstance(line, ast.Assign)
                    for target in line.targets
                    if isinstance(target, ast.Name)
                ]
    return {name: members for name, members in found.items() if name not in double and len(members) > 1}


def member(node: ast.expr, enums: Enums) -> tuple[str, str] | None:
    """("State", "NEW") if the expression is a member of an enum that we know, else None."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        name = node.value.id
        if node.attr in enums.get(name, ()):
            return name, node.attr
    return None


def make(name: str, attribute: str) -> ast.Attribute:
    """The expression `name.attribute`."""
    return ast.Attribute(ast.Name(name, ast.Load()), attribute, ast.Load())
