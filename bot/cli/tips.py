"""`tinbao tips list`: print all tips."""

from __future__ import annotations

import json
from functools import partial
from typing import Final

from bot.app.build import Runtime
from bot.cli.echo import Echo
from storage import listing

PAGE: Final = 500
"""Tips that one query reads."""


async def list_tips(runtime: Runtime, echo: Echo, *, as_json: bool) -> int:
    """Print every tip, oldest first; return the exit status."""
    after = 0
    while True:
        page = await runtime.database.read(partial(listing.listed, vault=runtime.context.vault, after=after, most=PAGE))
        if not page:
            return 0
        for tip_id, tip in page:
            after = tip_id
            if as_json:
                echo(json.dumps(tip, ensure_ascii=False))
            else:
                echo("  ".join(str(tip[name]) for name in ("code", "received_at", "state", "urgency", "category")))
