"""`tinbao audit verify`: check the chains of the audit log."""

from __future__ import annotations

from bot.app.build import Runtime
from bot.cli.echo import Echo
from storage import audit


async def verify_audit(runtime: Runtime, echo: Echo) -> int:
    """Print how many rows are valid and where chains are broken; return the exit status."""
    good, breaks = await runtime.database.read(lambda db: audit.verify(db, runtime.context.vault))
    for broken in breaks:
        echo(f"BROKEN: unit {broken.chain or '-'}, row {broken.seq}: {broken.why}")
    echo(f"{good} rows hold." if not breaks else f"{good} rows hold, {len(breaks)} chains are broken.")
    return 1 if breaks else 0
