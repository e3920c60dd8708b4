"""`tinbao cases list`: print all cases."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from bot.app.build import Runtime
from bot.cli.echo import Echo
from core.deadlines import next_limit
from handlers.cases import times_of
from handlers.work import Work
from storage import case_lists

PAGE: Final = 500
"""Cases that one query reads."""
SHOWN: Final = ("code", "received_at", "unit", "state", "urgency", "category", "owner", "level")


async def list_cases(runtime: Runtime, echo: Echo, *, as_json: bool) -> int:
    """Print every case, oldest first, without any words of a reporter. Return the exit status."""
    after = 0
    while True:
        page = await runtime.database.read(partial(_page, runtime=runtime, after=after, now=datetime.now(UTC)))
        if not page:
            return 0
        for case_id, line in page:
            after = case_id
            if as_json:
                echo(json.dumps(line, ensure_ascii=False))
            else:
                echo("  ".join(str(line[name] if line[name] is not None else "-") for name in SHOWN))


def _page(db: Connection, runtime: Runtime, after: int, now: datetime) -> list[tuple[int, dict[str, Any]]]:
    work = Work(db=db, context=runtime.context, now=now)
    return [
        (listed.case.id, _line(work, listed, tips))
        for listed, tips in case_lists.every(db, runtime.context.vault, after, PAGE)
    ]


def _line(work: Work, listed: case_lists.Listed, tips: int) -> dict[str, Any]:
    case = listed.case
    limit = next_limit(times_of(work, case), work.context.rules.limits, work.now)
    return {
        "code": listed.code,
        "unit": case.unit,
        "state": case.state.value,
        "category": case.category.value,
        "urgency": case.urgency.value,
        "owner": case.owner,
        "received_at": case.received_at.isoformat(),
        "next_limit": {"kind": limit.key.value, "due_at": limit.at.isoformat(), "source": limit.source}
        if limit is not None
        else None,
        "level": case.level,
        "tips": tips,
        "outcome": case.outcome.value if case.outcome is not None else None,
    }
