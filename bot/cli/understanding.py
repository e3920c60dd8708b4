"""Commands about how messages are understood."""

from __future__ import annotations

import sys
from typing import Final

import typer

from bot.cli.house import in_the_house, read


def learn() -> None:
    """Learn from what officers set right; a model that understands worse is refused."""
    from bot.cli.learn import learn_anew

    in_the_house(lambda runtime: learn_anew(runtime, typer.echo))


def triage() -> None:
    """JSON Lines in, JSON Lines out: what triage makes of messages."""
    from bot.app.understanding import house_triage
    from bot.cli.triage import triage_lines

    raise typer.Exit(triage_lines(sys.stdin, sys.stdout, triage=house_triage(read())))


def duplicates() -> None:
    """JSON Lines in, JSON Lines out: which messages tell of the same event."""
    from bot.app.understanding import house_triage
    from bot.cli.triage import duplicates_lines

    raise typer.Exit(duplicates_lines(sys.stdin, sys.stdout, model=house_triage(read()).model))


COMMANDS: Final = (learn, triage, duplicates)
