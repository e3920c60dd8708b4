"""`tinbao triage` and `tinbao duplicates`: JSON Lines in, JSON Lines out, so that operators can judge on their own
messages how well these are understood. No network, nothing stored."""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO

from core.triage.duplicates import group, traced
from core.triage.proposal import PlaceState
from core.triage.understand import Model, Triage
from plans.triage import load_model, load_triage


class BadInputLine(ValueError):
    """Raised for an input line that cannot be processed. The text says what is wrong with it."""


def triage_lines(
    stdin: TextIO, stdout: TextIO, stderr: TextIO | None = None, *, triage: Triage | None = None
) -> int:  # fmt: skip
    """Answer each line of `id`, `text` and optionally `province` (two digits) and `commune` (five) with what triage
    proposes. `triage` is the deployment's own, None: the shipped one.

    Returns the exit status: 0, or 1 when a line could not be read; such a line is reported on `stderr` and the others
    are still answered.
    """
    triage = triage or load_triage()
    bad = 0
    for number, line in enumerate(stdin, start=1):
        if not line.strip():
            continue
        try:
            answer = _triaged(triage, _row(line))
        except BadInputLine as wrong:
            bad += 1
            print(f"line {number}: {wrong}", file=stderr or sys.stderr)
            continue
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if bad else 0


def duplicates_lines(
    stdin: TextIO, stdout: TextIO, stderr: TextIO | None = None, *, model: Model | None = None
) -> int:  # fmt: skip
    """Answer the lines of `id`, `text`, `minutes` (a number, the same clock for all) and `commune` with the group of
    each: the same value for tips of one event, null for a tip alone. Reads all input before it answers. `model` is the
    deployment's own, None: the shipped one.

    Returns the exit status as `triage_lines` does.
    """
    model = model or load_model()
    rows: list[dict[str, Any]] = []
    bad = 0
    for number, line in enumerate(stdin, start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            row["minutes"] = _number(row, "minutes")
            row["commune"] = _string(row, "commune")
        except BadInputLine as wrong:
            bad += 1
            print(f"line {number}: {wrong}", file=stderr or sys.stderr)
            continue
        rows.append(row)
    # Numbered, so that two lines with one id do not become one tip.
    tips = [traced(model, str(at), row["text"], row["commune"], row["minutes"]) for at, row in enumerate(rows)]
    groups = group(tips)
    for at, row in enumerate(rows):
        first = groups[str(at)]
        name = None if first is None else f"g-{rows[int(first)]['id']}"
        stdout.write(json.dumps({"id": row["id"], "group": name}, ensure_ascii=False) + "\n")
    return 1 if bad else 0


def _triaged(triage: Triage, row: dict[str, Any]) -> dict[str, Any]:
    proposal = triage.propose(row["text"], province=_code(row, "province"), commune=_code(row, "commune"))
    sure = proposal.place.state is PlaceState.SURE
    return {
        "id": row["id"],
        "category": proposal.category,
        "categories": [guess.category for guess in proposal.guesses],
        "urgency": proposal.urgency,
        "not_a_tip": not proposal.is_tip,
        "commune": proposal.place.communes[0] if sure else None,
        "communes": list(proposal.place.communes),
    }


def _row(line: str) -> dict[str, Any]:
    """A line's object with `id` (text or number) and `text`. Raises `BadInputLine`."""
    try:
        row = json.loads(line)
    except ValueError as wrong:
        raise BadInputLine(f"this is not JSON ({wrong})") from wrong
    if not isinstance(row, dict):
        raise BadInputLine("a JSON object was expected, with id and text")
    if not isinstance(row.get("id"), str | int) or isinstance(row.get("id"), bool):
        raise BadInputLine("`id` is missing, or neither text nor a number")
    row["text"] = _string(row, "text")
    return row


def _string(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise BadInputLine(f"`{name}` is missing or is not text")
    return value


def _number(row: dict[str, Any], name: str) -> float:
    value = row.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e12:
        raise BadInputLine(f"`{name}` is missing or is not a number")
    return float(value)


def _code(row: dict[str, Any], name: str) -> str | None:
    """A code where one is given. A number that lost its leading zero is not guessed at. Raises `BadInputLine`."""
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInputLine(f'`{name}` is not text; write the code in quotes, as in "24"')
    return value or None
