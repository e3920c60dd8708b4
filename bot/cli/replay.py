"""`tinbao replay`: process again what our own code failed on."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from bot.app.build import Runtime
from bot.cli.echo import Echo
from core.errors import where
from handlers import hear, own_fault
from storage import inbox


async def replay_failed(runtime: Runtime, echo: Echo) -> int:
    """Process failed messages again, each in its own transaction, and release what is set aside for `tinbao run` to try
    again. Return the exit status."""
    context = runtime.context
    failed = await runtime.database.read(lambda db: inbox.failed(db, context.vault))
    good = 0
    for inbox_id, heard in failed:
        now = datetime.now(UTC)
        try:
            await runtime.database.write(partial(hear.replay, context=context, inbox_id=inbox_id, heard=heard, now=now))
            good += 1
        except Exception as error:
            echo(f"message {inbox_id} still fails: {type(error).__name__} at {where(error)}")
    echo(f"{good} of {len(failed)} messages taken in.")
    again = await runtime.database.write(lambda db: own_fault.retry_all(db, datetime.now(UTC)))
    if again.messages or again.timers:
        echo(
            f"{again.messages} messages to send and {again.timers} timers were set aside; `tinbao run` tries them now."
        )
    return 0 if good == len(failed) else 1
