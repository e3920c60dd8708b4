"""Commands that run Tin Báo or prepare it to run."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

import typer

from bot.cli.runtime import read


def run(
    roles: Annotated[str, typer.Option(help="Comma-separated: web, courier, scheduler.")] = "web,courier,scheduler",
) -> None:
    """Run Tin Báo with the settings of the environment or .env."""
    from bot.app.start import run_for_ever

    run_for_ever(read(), _roles(roles))


def demo(
    script: Annotated[bool, typer.Option("--script", help="Play the whole story in the terminal and exit.")] = False,
) -> None:
    """Three chats in the browser, with a database of their own in data/demo."""
    from bot.app.logs import set_up_logs

    set_up_logs("warning")
    if script:
        from bot.demo.script import play

        raise typer.Exit(play())
    from bot.demo.demo import run_demo

    run_demo()


def migrate() -> None:
    """Bring the tables up to date (also done at every start)."""
    from storage.database import open_database
    from storage.migrate import migrate as bring_up

    async def work() -> None:
        database = open_database(read().database)
        try:
            await bring_up(database)
        finally:
            await database.close()

    asyncio.run(work())
    typer.echo("The tables are up to date.")


def key() -> None:
    """Make a key for TINBAO_SECRET_KEY."""
    from storage.vault import new_key

    typer.echo(new_key())


def doctor() -> None:
    """Look at settings, key, database, disk and channels; say what is wrong and what to do."""
    from bot.cli.doctor import examine

    raise typer.Exit(asyncio.run(examine(read(), typer.echo)))


COMMANDS: Final = (run, demo, migrate, key, doctor)


def _roles(text: str) -> tuple[str, ...]:
    from bot.app.app import ROLES
    from bot.app.settings import WrongSetting

    roles = tuple(role.strip() for role in text.split(",") if role.strip())
    wrong = [role for role in roles if role not in ROLES]
    if wrong or not roles:
        raise WrongSetting(
            f"--roles takes {', '.join(ROLES)}, separated by commas, not {', '.join(wrong) or 'nothing'}"
        )
    return roles
