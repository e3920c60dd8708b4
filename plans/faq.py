"""Reads the list of questions and answers, checked, with errors that name file, line and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

from core.hotlines import NAMED, unknown_in
from core.triage.faq import Faq, Questions
from plans.nodes import QUICK

FAQ: Final = Path(__file__).parent / "faq.yaml"


class BadFaq(ValueError):
    """A list of questions is wrong. The text names file, line and remedy."""


def load_faq(file: Path | None = None) -> Questions:
    """The shipped list, or the commune's own `file` in its place. Answers may name the plan's hotlines (`{police}`).
    Raises `OSError` or `BadFaq`."""
    file = file or FAQ
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=QUICK)
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        raise BadFaq(
            f"{file}:{mark.line + 1 if mark else 1}: this is not YAML; look for a missing quote, colon or indentation"
        ) from wrong
    if not isinstance(root, yaml.MappingNode) or [key.value for key, _ in root.value] != ["questions"]:
        raise BadFaq(f"{file}:1: write `questions:` at the top and a list below it")
    entries = root.value[0][1]
    if not isinstance(entries, yaml.SequenceNode):
        raise _bad(file, entries, "below `questions:` comes a list, each entry beginning with a dash")
    found: dict[str, Faq] = {}
    for entry in entries.value:
        faq = _question(file, entry)
        if faq.id in found:
            raise _bad(file, entry, f"the id {faq.id!r} stands twice; give this one another")
        found[faq.id] = faq
    return Questions(found.values())


def _question(file: Path, entry: yaml.Node) -> Faq:
    if not isinstance(entry, yaml.MappingNode):
        raise _bad(file, entry, "an entry needs `id:`, `asks:` and `answer:`")
    fields: dict[str, yaml.Node] = {}
    for key, value in entry.value:
        if key.value not in ("id", "asks", "answer", "local"):
            raise _bad(file, key, f"`{key.value}` is not known here; write id, asks, answer or local")
        fields[key.value] = value
    id_, answer = (_words(file, entry, fields.get(name), name) for name in ("id", "answer"))
    for name in unknown_in(answer):
        known = ", ".join(f"{{{key}}}" for key in NAMED)
        raise _bad(file, fields["answer"], f"{{{name}}} names no number; only {known} do")
    asks = fields.get("asks")
    if not isinstance(asks, yaml.SequenceNode) or not asks.value:
        raise _bad(file, asks or entry, "`asks:` needs a list with at least one way to ask")
    linked_contacts = tuple(_words(file, node, node, "asks") for node in asks.value)
    local = fields.get("local")
    if local is not None and local.value not in ("true", "false"):
        raise _bad(file, local, "`local:` is true or false")
    return Faq(id_, linked_contacts, answer, local is not None and local.value == "true")


def _words(file: Path, near: yaml.Node, node: yaml.Node | None, name: str) -> str:
    if node is None or not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
        raise _bad(file, node or near, f"`{name}:` is missing or empty")
    return str(node.value).strip()


def _bad(file: Path, node: yaml.Node, remedy: str) -> BadFaq:
    return BadFaq(f"{file}:{node.start_mark.line + 1}: {remedy}")
