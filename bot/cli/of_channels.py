"""The commands that channels provide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import typer

from bot.app.channels import channels
from bot.channel.finding import Finding
from bot.channel.folder import ChannelCommand
from bot.cli.runtime import opened, read


def channel_commands() -> dict[str, typer.Typer]:
    """The command groups of channels, by name."""
    groups: dict[str, typer.Typer] = {}
    for channel in channels():
        for command in channel.commands:
            group = groups.setdefault(command.group, typer.Typer(no_args_is_help=True, help=command.group_help))
            group.command(name=command.name, help=command.help)(_called(command))
    for group in groups.values():
        group.callback()(_nothing)  # Typer makes a group of a single command only when there is a callback
    return groups


def _called(command: ChannelCommand) -> Callable[[], None]:
    async def whole() -> list[Finding]:
        settings = read()
        async with opened(settings) as here:
            return await command.run(settings, here)

    def call() -> None:
        findings = asyncio.run(whole())
        for finding in findings:
            typer.echo(("" if finding.fine else "WRONG: ") + finding.words)
        raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)

    return call


def _nothing() -> None:
    """Do nothing before the command itself."""
