"""Commands about invites, tips and cases."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from bot.cli.runtime import with_runtime
from core.access import Role

tips = typer.Typer(no_args_is_help=True, help="Tips, for the operator.")
cases = typer.Typer(no_args_is_help=True, help="Cases: what the police work on.")


def invite(
    role: Annotated[Role, typer.Option(help="What the invited chat will be.")],
    unit: Annotated[str, typer.Option(help="A commune's five digits or a province's two.")] = "",
    group: Annotated[str, typer.Option(help="The group's id, for a leader.")] = "",
) -> None:
    """Make a one-time invite: the start payload on the first line, then links where they are known."""
    from bot.cli.invites import make_invite

    with_runtime(lambda runtime: make_invite(runtime, role, unit, group, typer.echo))


@tips.callback()
def _tips() -> None:
    """Typer makes a group of a single command only when there is a callback."""


@tips.command("list")
def tips_list(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with the decrypted text.")] = False,
) -> None:
    """All tips, oldest first."""
    from bot.cli.tips import list_tips

    with_runtime(lambda runtime: list_tips(runtime, typer.echo, as_json=as_json))


@cases.callback()
def _cases() -> None:
    """Typer makes a group of a single command only when there is a callback."""


@cases.command("list")
def cases_list(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, without any words.")] = False,
) -> None:
    """All cases with their unit, state and next time limit, oldest first."""
    from bot.cli.cases import list_cases

    with_runtime(lambda runtime: list_cases(runtime, typer.echo, as_json=as_json))


COMMANDS: Final = (invite,)
