"""Commands for maintenance: backups, keys, the audit log, failed messages."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.runtime import read, with_runtime

audit = typer.Typer(no_args_is_help=True, help="The audit log.")


@audit.callback()
def _audit() -> None:
    """Typer makes a group of a single command only when there is a callback."""


@audit.command("verify")
def audit_verify() -> None:
    """Check the audit log of every unit: was any row changed or removed?"""
    from bot.cli.audit import verify_audit

    with_runtime(lambda runtime: verify_audit(runtime, typer.echo))


def replay() -> None:
    """After a fix, process failed messages again and release what is set aside."""
    from bot.cli.replay import replay_failed

    with_runtime(lambda runtime: replay_failed(runtime, typer.echo))


def rotate() -> None:
    """Encrypt everything with the newest key of TINBAO_SECRET_KEY, so that older keys can be dropped."""
    from bot.cli.rotate import reseal

    with_runtime(lambda runtime: reseal(runtime, typer.echo))


def backup(file: Annotated[Path, typer.Argument(help="Where to.")]) -> None:
    """Write the database and the media into one file. The key is not in it; keep it elsewhere."""
    from bot.cli.backup import make_backup

    typer.echo(asyncio.run(make_backup(read(), file)))


def restore(file: Annotated[Path, typer.Argument(help="A file of `tinbao backup`.")]) -> None:
    """Restore a backup into an empty database and media folder."""
    from bot.cli.backup import restore_backup

    typer.echo(asyncio.run(restore_backup(read(), file)))


COMMANDS: Final = (replay, rotate, backup, restore)
