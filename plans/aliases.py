"""Local names of places (markets, industrial parks, hamlets) as checked YAML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from core.triage.gazetteer import Alias, Gazetteer
from plans.nodes import QUICK


class BadAliases(ValueError):
    """An aliases file is wrong. The text names file, line and remedy."""


def load_aliases(file: Path, places: Gazetteer) -> tuple[Alias, ...]:
    """Reads `aliases:`, a list of `name` and `commune` (one five-digit code) or `communes` (several).

    Every code is looked up in `places`. Raises `OSError`, or `BadAliases` with the line of the first fault.
    """
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=QUICK)
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        raise BadAliases(f"{file}:{mark.line + 1 if mark else 1}: this is not YAML; look for a missing quote, "
                         "colon or space of indentation") from wrong  # fmt: skip
    if root is None:
        return ()
    entries = _entries(file, root)
    return tuple(_alias(file, entry, places) for entry in entries)


def _entries(file: Path, root: yaml.Node) -> Iterator[yaml.Node]:
    if not isinstance(root, yaml.MappingNode):
        raise _bad(file, root, "write `aliases:` at the top and a list below it")
    for key, value in root.value:
        if key.value != "aliases":
            raise _bad(file, key, f"`{key.value}` is not known here; only `aliases:` is")
        if isinstance(value, yaml.SequenceNode):
            yield from value.value
        elif value.value:
            raise _bad(file, value, "below `aliases:` comes a list, each entry beginning with a dash")


def _alias(file: Path, entry: yaml.Node, places: Gazetteer) -> Alias:
    if not isinstance(entry, yaml.MappingNode):
        raise _bad(file, entry, "an entry needs `name:` and `commune:`")
    fields: dict[str, yaml.Node] = {}
    for key, value in entry.value:
        if key.value not in ("name", "commune", "communes"):
            raise _bad(file, key, f"`{key.value}` is not known here; write name and commune")
        fields[key.value] = value
    name = fields.get("name")
    if name is None or not isinstance(name, yaml.ScalarNode) or len(str(name.value).strip()) < 2:
        raise _bad(file, name or entry, "an entry needs a `name:` of two characters or more")
    where = fields.get("commune") or fields.get("communes")
    if where is None:
        raise _bad(file, entry, "an entry needs `commune:` with a five-digit code")
    return Alias(str(name.value).strip(), tuple(_codes(file, where, places)))


def _codes(file: Path, where: yaml.Node, places: Gazetteer) -> Iterator[str]:
    nodes: list[Any] = where.value if isinstance(where, yaml.SequenceNode) else [where]
    if not nodes:
        raise _bad(file, where, "write at least one five-digit code")
    for node in nodes:
        code = str(node.value).strip()
        if code not in places.communes:
            raise _bad(file, node, f'{code!r} is no commune\'s code; write five digits in quotes, as in "07795"')
        yield code


def _bad(file: Path, node: yaml.Node, remedy: str) -> BadAliases:
    return BadAliases(f"{file}:{node.start_mark.line + 1}: {remedy}")
