"""Commands about how messages are understood."""

from __future__ import annotations

import sys
from typing import Final

import typer

from bot.cli.runtime import read, with_runtime


def learn() -> None:
    """Learn from what officers set right; a model that understands worse is refused."""
    from bot.cli.learn import learn_anew

    with_runtime(lambda runtime: learn_anew(runtime, typer.echo))


def triage() -> None:
    """JSON Lines in, JSON Lines out: what triage makes of messages."""
    from bot.app.understanding import configured_triage
    from bot.cli.triage import triage_lines

    raise typer.Exit(triage_lines(sys.stdin, sys.stdout, triage=configured_triage(read())))


def duplicates() -> None:
    """JSON Lines in, JSON Lines out: which messages tell of the same event."""
    from bot.app.understanding import configured_triage
    from bot.cli.triage import duplicates_lines

    raise typer.Exit(duplicates_lines(sys.stdin, sys.stdout, model=configured_triage(read()).model))


COMMANDS: Final = (learn, triage, duplicates)
