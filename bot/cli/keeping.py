"""Commands that keep the house in order: backups, keys, the journal, messages that once failed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.runtime import read, with_runtime

audit = typer.Typer(no_args_is_help=True, help="The journal.")


@audit.callback()
def _audit() -> None:
    """So that one command alone is a group all the same."""


@audit.command("verify")
def audit_verify() -> None:
    """Walk the journal of every unit and prove that no row was changed or taken out."""
    from bot.cli.audit import verify_audit

    with_runtime(lambda runtime: verify_audit(runtime, typer.echo))


def replay() -> None:
    """Take messages in once more that broke a step, and try again what is set aside, after a fix."""
    from bot.cli.replay import replay_failed

    with_runtime(lambda runtime: replay_failed(runtime, typer.echo))


def rotate() -> None:
    """Seal everything with the newest key of TINBAO_SECRET_KEY, so that the older ones can be dropped."""
    from bot.cli.rotate import reseal

    with_runtime(lambda runtime: reseal(runtime, typer.echo))


def backup(file: Annotated[Path, typer.Argument(help="Where to.")]) -> None:
    """Write the database and the media into one file. The key is not in it: keep it elsewhere."""
    from bot.cli.backup import make_backup

    typer.echo(asyncio.run(make_backup(read(), file)))


def restore(file: Annotated[Path, typer.Argument(help="A file of `tinbao backup`.")]) -> None:
    """Put a backup in place of an empty database and media folder."""
    from bot.cli.backup import restore_backup

    typer.echo(asyncio.run(restore_backup(read(), file)))


COMMANDS: Final = (replay, rotate, backup, restore)
