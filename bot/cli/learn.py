"""`tinbao learn`: train triage with officers' corrections."""

from __future__ import annotations

import asyncio

from bot.app.build import Runtime
from bot.cli.echo import Echo
from plans.learn import learn_from
from storage import examples


async def learn_anew(runtime: Runtime, echo: Echo) -> int:
    """Train a model with officers' corrections. Returns 0 when the new model is in use or there were too few
    corrections, 1 when the new model was refused."""
    corrections = await runtime.database.read(lambda db: examples.corrections(db, runtime.context.vault))
    report = await asyncio.to_thread(learn_from, corrections, runtime.settings.data_dir)
    for line in report.lines():
        echo(line)
    if report.live:
        echo("Restart `tinbao run` to use it.")
    return 0 if report.live or report.learnt.reason == "few" else 1
