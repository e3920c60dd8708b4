"""Reads a YAML tree into the dataclasses of `core.plan`, by their annotations, and notes mistakes with their lines.

The dataclasses are the only description of the format: a field added there can be written in a file at once.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode

from plans.mistakes import Notes, choose, likely
from plans.nodes import entries
from plans.values import PLACEHOLDERS, READERS, Unreadable

T = TypeVar("T")
Path = tuple[str | int, ...]


class Reader:
    """Reads one tree, to its end: where something is wrong it notes it, puts a placeholder there and goes on, so that
    every mistake of a file is told at once.

    `marks` tells afterwards where each value stood, by its path ("obligations", 0, "due"); `bad` are the paths of
    placeholders.
    """

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.marks: dict[Path, Mark] = {}
        self.bad: set[Path] = set()

    def read(self, node: Node, kind: type[T]) -> T:
        """The whole tree as `kind`; of use only when nothing was noted."""
        return cast(T, self._read(node, kind, ()))

    def _read(self, node: Node, kind: Any, path: Path) -> Any:
        self.marks[path] = node.start_mark
        origin = get_origin(kind)
        if kind in READERS:
            return self._scalar(node, kind, path)
        if origin in (Union, types.UnionType):
            return self._one_of(node, kind, path)
        if origin is tuple:
            return self._list(node, kind, path)
        if origin is Mapping:
            return self._mapping(node, kind, path)
        if dataclasses.is_dataclass(kind):
            return self._record(node, cast(type, kind), path)
        return self._scalar(node, kind, path)

    def _record(self, node: Node, kind: type, path: Path, *, beside: tuple[str, ...] = ()) -> Any:
        if not isinstance(node, MappingNode):
            return self._wrong(node, kind, path, "A block of `name: value` lines belongs here", f"Give {_names(kind)}")
        hints, given = _hints(kind), entries(node)
        missing = [name for name in _required(kind) if name not in given]
        for name, (key, _) in given.items():
            if name not in hints and name not in beside:
                meant = likely(name, missing)
                missing = [one for one in missing if one != meant]
                self.bad |= {(*path, meant)} if meant else set()
                remedy = f'Did you mean "{meant}"?' if meant else choose(name, hints)
                self.notes.add(key.start_mark, f'"{name}" is not known here', remedy)
        for name in missing:
            self.bad.add((*path, name))
            self.notes.add(node.start_mark, f'"{name}" is missing', f"Add a line `{name}: …`")
        values = {}
        for name, hint in hints.items():
            if name in given:
                values[name] = self._read(given[name][1], hint, (*path, name))
            elif name in _required(kind):
                values[name] = placeholder(hint)
        return kind(**values)

    def _one_of(self, node: Node, kind: Any, path: Path) -> Any:
        kinds = [one for one in get_args(kind) if one is not type(None)]
        if len(kinds) == 1:
            return None if _is_null(node) else self._read(node, kinds[0], path)
        rules = {one.RULE: one for one in kinds}
        rule = entries(node).get("rule") if isinstance(node, MappingNode) else None
        if rule is None or not isinstance(rule[1], ScalarNode):
            remedy = f"Add a line `rule: …` with one of: {', '.join(rules)}"
            return self._wrong(node, kind, path, '"rule" is missing', remedy)
        if rule[1].value not in rules:
            return self._wrong(rule[1], kind, path, f'"{rule[1].value}" is no rule', choose(rule[1].value, rules))
        return self._record(node, rules[rule[1].value], path, beside=("rule",))

    def _list(self, node: Node, kind: Any, path: Path) -> Any:
        if not isinstance(node, SequenceNode):
            return self._wrong(node, kind, path, "A list belongs here", "Begin each entry with `- `, or write [a, b]")
        return tuple(self._read(entry, get_args(kind)[0], (*path, at)) for at, entry in enumerate(node.value))

    def _mapping(self, node: Node, kind: Any, path: Path) -> Any:
        if not isinstance(node, MappingNode):
            remedy = "Indent it below this name"
            return self._wrong(node, kind, path, "A block of `name: value` lines belongs here", remedy)
        key_kind, value_kind = get_args(kind)
        return {
            self._scalar(key, key_kind, (*path, name)): self._read(value, value_kind, (*path, name))
            for name, (key, value) in entries(node).items()
        }

    def _scalar(self, node: Node, kind: Any, path: Path) -> Any:
        if not isinstance(node, ScalarNode) or _is_null(node):
            what = "A value is missing here" if _is_null(node) else "A single value belongs here"
            return self._wrong(node, kind, path, what, "Write it on the same line, after the colon")
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            known = [one.value for one in kind]
            if node.value in known:
                return kind(node.value)
            return self._wrong(node, kind, path, f'"{node.value}" is no {_spoken(kind)}', choose(node.value, known))
        try:
            return READERS[kind](node.value)
        except Unreadable as error:
            return self._wrong(node, kind, path, error.what, error.remedy)

    def _wrong(self, node: Node, kind: Any, path: Path, what: str, remedy: str) -> Any:
        self.notes.add(node.start_mark, what, remedy)
        self.bad.add(path)
        return placeholder(kind)


def placeholder(kind: Any) -> Any:
    """A value of this kind that stands in for one that could not be read."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return placeholder(get_args(kind)[0])
    if origin is tuple:
        return ()
    if origin is Mapping:
        return {}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    if kind in PLACEHOLDERS:
        return PLACEHOLDERS[kind]
    return kind(**{name: placeholder(_hints(kind)[name]) for name in _required(kind)})


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in dataclasses.fields(kind)}


@cache
def _required(kind: type) -> tuple[str, ...]:
    nothing = dataclasses.MISSING
    return tuple(
        one.name for one in dataclasses.fields(kind) if one.default is nothing and one.default_factory is nothing
    )


def _names(kind: type) -> str:
    return ", ".join(_required(kind) or _hints(kind))


def _spoken(kind: type) -> str:
    """ "CatchUp" as "catch up"."""
    return "".join(f" {character.lower()}" if character.isupper() else character for character in kind.__name__).strip()
