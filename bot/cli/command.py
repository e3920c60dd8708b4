"""The command `tinbao` with its subcommands. Each of them has its heavy imports inside its function."""

from __future__ import annotations

import sys
from typing import Final, NoReturn

import typer

from bot.cli import keeping, messages, people, process, understanding
from bot.cli.of_channels import channel_commands

HELP: Final = (
    "Tin Báo: residents' tips by chat, each before the right duty officer and kept moving until it is answered.\n\n"
    "Settings come from the environment or from .env (deploy/env.example names them all); `tinbao doctor` says what is "
    "missing or wrong, and what to do about it."
)


def build_app() -> typer.Typer:
    """The command-line application with all commands, the channels' too. Raises `WrongChannel`."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)
    for command in (*process.COMMANDS, *people.COMMANDS, *messages.COMMANDS, *keeping.COMMANDS):
        app.command()(command)
    for command in understanding.COMMANDS:
        app.command()(command)
    groups = {"tips": people.tips, "cases": people.cases, "audit": keeping.audit, "plan": messages.plan}
    for name, group in groups.items():
        app.add_typer(group, name=name)
    for name, group in channel_commands().items():
        app.add_typer(group, name=name)
    return app


def main() -> None:
    """The entry point. A mistake that the operator can fix is reported in one sentence, without a traceback."""
    from bot.app.channels import WrongChannel
    from bot.app.serve import PortTaken
    from bot.app.settings import WrongSetting
    from plans.mistakes import PlanMistake
    from storage.database import WrongAddress
    from storage.jobs import Unavailable
    from storage.vault import WrongKey

    try:
        build_app()()
    except (WrongKey, WrongSetting, WrongChannel, PlanMistake, PortTaken, Unavailable, WrongAddress) as trouble:
        _give_up(str(trouble))
    except OSError as trouble:
        if trouble.filename is None:
            raise  # not about a file of the operator's, so the traceback says more
        _give_up(f"{trouble.filename}: {trouble.strerror}; look at its name, owner and rights")


def _give_up(why: str) -> NoReturn:
    print(why, file=sys.stderr)  # noqa: T201 - the last words to the operator
    sys.exit(1)
