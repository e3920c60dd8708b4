"""YAML files as trees of nodes with their lines; and merging one file over the file that it extends.

No objects are constructed from tags, and anchors are refused, so that each value stands where it is used.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode

from plans.mistakes import Mistake, Notes, PlanMistake

EXTENDS = "extends"
NAMED_BY = ("key", "id", "code", "category", "kind")
"""An entry of a list is known by the first of these that it has: laid over another list, it replaces that entry's
fields."""
DEEPEST = 12
"""The deepest nesting. A deeper file is broken or hostile, and is refused."""
QUICK: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads long simple lists ten times as fast, where the library has its C part."""


class _Loader(yaml.SafeLoader):
    """Refuses anchors and aliases, and what nests too deep."""

    depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        mark = self.get_mark()
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "an alias (*name) stands here", mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, "it nests too deep", mark)
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def compose(text: str, name: str) -> MappingNode:
    """The tree of one YAML text; `name` stands in every mark. Raises `PlanMistake`."""
    try:
        loader = _Loader(text)
        loader.name = name
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise PlanMistake([Mistake(name, *at, f"This is no YAML: {error.problem}", _syntax_remedy(error))]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what, remedy = "A character that cannot be shown stands here", "Type the line again"
        raise PlanMistake([Mistake(name, line, 1, what, remedy)]) from None
    if not isinstance(node, MappingNode):
        what = "The file is empty" if node is None else "The file is not a list of `name: value` lines"
        raise PlanMistake([Mistake(name, 1, 1, what, "Begin with `code:` and `title:`; plans/base.yaml is an example")])
    return node


def read_file(path: Path) -> MappingNode:
    """The tree of a file. Raises `PlanMistake`, also when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PlanMistake([Mistake(str(path), 1, 1, "The file is not in UTF-8", "Save it as UTF-8")]) from None
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}"
        raise PlanMistake([Mistake(str(path), 1, 1, what, "Check the name and the rights")]) from None
    return compose(text, str(path))


def entries(node: MappingNode) -> dict[str, tuple[Node, Node]]:
    """Name → (the name's node, the value's node); the last of a name that stands twice."""
    return {key.value: (key, value) for key, value in node.value if isinstance(key, ScalarNode)}


def note_doubles(node: Node, notes: Notes) -> None:
    """Note every name that stands twice in one mapping, and every entry that stands twice in one list of one file."""
    if isinstance(node, MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                notes.add(key.start_mark, "A name belongs before the colon", "Write one word there")
                continue
            if key.value in seen:
                what = f'"{key.value}" stands twice (first in line {seen[key.value]})'
                notes.add(key.start_mark, what, "Take one of them out")
            seen.setdefault(key.value, key.start_mark.line + 1)
            note_doubles(value, notes)
    elif isinstance(node, SequenceNode):
        _note_double_entries(node, notes)
        for entry in node.value:
            note_doubles(entry, notes)


def lay_over(base: Node, over: Node) -> Node:
    """`over` on `base`: mappings field by field, lists of named entries entry by entry; anything else is replaced."""
    if isinstance(base, MappingNode) and isinstance(over, MappingNode):
        below, above = entries(base), entries(over)
        if _rule(below) != _rule(above) and "rule" in above:
            return over  # a different rule: none of the old fields applies
        pairs = [
            (key, lay_over(value, above[name][1]) if name in above else value) for name, (key, value) in below.items()
        ]
        pairs += [pair for name, pair in above.items() if name not in below]
        return MappingNode(over.tag, pairs, over.start_mark, over.end_mark)
    if isinstance(base, SequenceNode) and isinstance(over, SequenceNode):
        return _lay_list(base, over)
    return over


def _lay_list(base: SequenceNode, over: SequenceNode) -> SequenceNode:
    if not all(_name(entry) for entry in (*base.value, *over.value)):
        return over
    above = {_name(entry): entry for entry in over.value}
    below = {_name(entry) for entry in base.value}
    merged = [lay_over(entry, above[_name(entry)]) if _name(entry) in above else entry for entry in base.value]
    merged += [entry for entry in over.value if _name(entry) not in below]
    return SequenceNode(over.tag, merged, over.start_mark, over.end_mark)


def _name(entry: Node) -> str | None:
    """What an entry of a list is known by; None when it has no name."""
    if not isinstance(entry, MappingNode):
        return None
    values = entries(entry)
    named = next((values[name][1] for name in NAMED_BY if name in values), None)
    return named.value if isinstance(named, ScalarNode) else None


def _rule(values: dict[str, tuple[Node, Node]]) -> str | None:
    value = values["rule"][1].value if "rule" in values else None
    return value if isinstance(value, str) else None


def _note_double_entries(node: SequenceNode, notes: Notes) -> None:
    seen: dict[str, Mark] = {}
    for entry in node.value:
        name = _name(entry)
        if name is None:
            continue
        if name in seen:
            what = f'"{name}" is in this list twice (first in line {seen[name].line + 1})'
            notes.add(entry.start_mark, what, "Give one of them another name, or take it out")
        seen.setdefault(name, entry.start_mark)


def _syntax_remedy(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "\\t" in problem or "'\\t'" in problem:
        return "Indent with blanks, not with tabs"
    if "alias" in problem:
        return "Write it out in full"
    if "mapping values" in problem:
        return 'Put a text that holds ": " into quotes, and check the indents above'
    if "expected <block end>" in problem or "could not find expected ':'" in problem:
        return "Check that the lines of one list or block begin in the same column, and each name ends in a colon"
    return "Check the quotes, colons and indents of this line and the one above"
