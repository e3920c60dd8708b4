"""Commands about plans and awareness messages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.runtime import read, with_runtime
from core.messages import Language

plan = typer.Typer(no_args_is_help=True, help="Plans: what a province or commune may change without code.")


@plan.command("check")
def plan_check(files: Annotated[list[Path], typer.Argument(help="Plan files.")]) -> None:
    """Check plan files; every mistake with its line and its remedy."""
    from bot.cli.plans import check_plans
    from core.calendar import vietnamese_day

    raise typer.Exit(check_plans(files, vietnamese_day(datetime.now(UTC))))


@plan.command("load")
def plan_load(files: Annotated[list[Path], typer.Argument(help="Plan files.")]) -> None:
    """Load plans: their groups, households, obligations and campaigns become rows."""
    from bot.cli.plans import load_plans

    with_runtime(lambda runtime: load_plans(runtime, files, typer.echo))


@plan.command("show")
def plan_show(
    code: Annotated[str, typer.Argument(help="A plan's code; without it the plan in force.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: Annotated[Language, typer.Option(help="The language of the page.")] = Language.VI,
) -> None:
    """Print a plan: units, notes, what is owed and when, campaigns, indicators, awards, rules, each with its source."""
    from bot.cli.plan_show import show_plan, show_shipped

    now = datetime.now(UTC)
    if not read().secret_key.get_secret_value():
        raise typer.Exit(show_shipped(code, now, typer.echo, language=language, as_json=as_json))
    with_runtime(lambda runtime: show_plan(runtime, code, now, typer.echo, language=language, as_json=as_json))


def broadcast(
    text: Annotated[str, typer.Option(help="What to say, in Vietnamese.")],
    title: Annotated[str, typer.Option(help="Its headline.")],
    at: Annotated[str, typer.Option(help="When: 2026-12-01T08:00 (Vietnamese time), or now.")] = "now",
    unit: Annotated[list[str] | None, typer.Option(help="Communes of the audience.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="Groups of the audience.")] = None,
    picture: Annotated[Path | None, typer.Option(help="A picture to send along.")] = None,
    skip_when_late: Annotated[bool, typer.Option(help="Do not send it when it is over half a day late.")] = False,
    preview: Annotated[bool, typer.Option(help="Only tell whom it can reach and at what price.")] = False,
) -> None:
    """Set an awareness message for a time."""
    from bot.cli.broadcasts import set_broadcast

    with_runtime(
        lambda runtime: set_broadcast(
            runtime,
            typer.echo,
            title=title,
            text=text,
            at=at,
            units=unit or [],
            groups=group or [],
            picture=picture,
            skip_when_late=skip_when_late,
            preview=preview,
        )
    )


def broadcasts() -> None:
    """The latest awareness messages and what became of them."""
    from bot.cli.broadcasts import list_broadcasts

    with_runtime(lambda runtime: list_broadcasts(runtime, typer.echo))


COMMANDS: Final = (broadcast, broadcasts)
