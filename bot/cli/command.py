"""The command `tinbao`. Heavy things are imported only by the commands that need them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from core.access import Role
from core.messages import Language

if TYPE_CHECKING:
    from bot.app.build import Runtime
    from bot.app.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
tips_app = typer.Typer(no_args_is_help=True, help="Tips, for the operator.")
cases_app = typer.Typer(no_args_is_help=True, help="Cases: what the police work on.")
audit_app = typer.Typer(no_args_is_help=True, help="The journal.")
plan_app = typer.Typer(no_args_is_help=True, help="Plans: what a province or commune may change without code.")
app.add_typer(tips_app, name="tips")
app.add_typer(cases_app, name="cases")
app.add_typer(audit_app, name="audit")
zalo_app = typer.Typer(no_args_is_help=True, help="Zalo, for the operator.")
app.add_typer(plan_app, name="plan")
app.add_typer(zalo_app, name="zalo")


def main() -> None:
    """The way in. What an operator can mend is told in one sentence, without a stack of code."""
    from bot.app.serve import PortTaken
    from bot.app.settings import WrongSetting
    from plans.mistakes import PlanMistake
    from storage.database import WrongAddress
    from storage.jobs import Unavailable
    from storage.vault import WrongKey

    try:
        app()
    except (WrongKey, WrongSetting, PlanMistake, PortTaken, Unavailable, WrongAddress) as trouble:
        _give_up(str(trouble))
    except OSError as trouble:
        if trouble.filename is None:
            raise  # no file that the operator could look at: the stack says more
        _give_up(f"{trouble.filename}: {trouble.strerror}; look at its name, owner and rights")


@app.command()
def run(
    roles: Annotated[str, typer.Option(help="Comma-separated: web, courier, scheduler.")] = "web,courier,scheduler",
) -> None:
    """Run Tin Báo with the settings of the environment or .env."""
    from bot.app.start import run_for_ever

    run_for_ever(_settings(), _roles(roles))


@app.command()
def demo(
    script: Annotated[bool, typer.Option("--script", help="Play the whole story in the terminal and exit.")] = False,
) -> None:
    """Three chats in the browser, with a database of their own in data/demo."""
    from bot.app.logs import set_up_logs
    from bot.demo.demo import play_script, run_demo

    set_up_logs("warning")
    if script:
        raise typer.Exit(play_script())
    run_demo()


@app.command()
def migrate() -> None:
    """Bring the tables up to date (also done at every start)."""
    from storage.database import open_database
    from storage.migrate import migrate as bring_up

    async def work() -> None:
        database = open_database(_settings().database)
        try:
            await bring_up(database)
        finally:
            await database.close()

    asyncio.run(work())
    typer.echo("The tables are up to date.")


@app.command()
def key() -> None:
    """Make a key for TINBAO_SECRET_KEY."""
    from storage.vault import new_key

    typer.echo(new_key())


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the invited chat will be.")],
    unit: Annotated[str, typer.Option(help="A commune's five digits or a province's two.")] = "",
    group: Annotated[str, typer.Option(help="The group's id, for a leader.")] = "",
) -> None:
    """Make a one-time invite: the start payload on the first line, then links where they are known."""
    from bot.cli.invites import make_invite

    _with_house(lambda runtime: make_invite(runtime, role, unit, group, typer.echo))


@tips_app.command("list")
def tips_list(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with the decrypted text.")] = False,
) -> None:
    """All tips, oldest first."""
    from bot.cli.tips import list_tips

    _with_house(lambda runtime: list_tips(runtime, typer.echo, as_json=as_json))


@cases_app.command("list")
def cases_list(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, without any words.")] = False,
) -> None:
    """All cases with their unit, state and next time limit, oldest first."""
    from bot.cli.cases import list_cases

    _with_house(lambda runtime: list_cases(runtime, typer.echo, as_json=as_json))


@audit_app.command("verify")
def audit_verify() -> None:
    """Walk the journal of every unit and prove that no row was changed or taken out."""
    from bot.cli.audit import verify_audit

    _with_house(lambda runtime: verify_audit(runtime, typer.echo))


@plan_app.command("check")
def plan_check(files: Annotated[list[Path], typer.Argument(help="Plan files.")]) -> None:
    """Check plan files; every mistake with its line and its remedy."""
    from bot.cli.plans import check_plans
    from core.calendar import vietnamese_day

    raise typer.Exit(check_plans(files, vietnamese_day(datetime.now(UTC))))


@plan_app.command("load")
def plan_load(files: Annotated[list[Path], typer.Argument(help="Plan files.")]) -> None:
    """Load plans: their groups, households, obligations and campaigns become rows."""
    from bot.cli.plans import load_plans

    _with_house(lambda runtime: load_plans(runtime, files, typer.echo))


@plan_app.command("show")
def plan_show(
    code: Annotated[str, typer.Argument(help="A plan's code; without it the plan in force.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: Annotated[Language, typer.Option(help="The language of the page.")] = Language.VI,
) -> None:
    """Print a plan: units, notes, what is owed and when, campaigns, indicators, awards, rules, each with its source."""
    from bot.cli.plan_show import show_plan, show_shipped

    now, settings = datetime.now(UTC), _settings()
    if not settings.secret_key.get_secret_value():
        raise typer.Exit(show_shipped(code, now, typer.echo, language=language, as_json=as_json))
    _with_house(lambda runtime: show_plan(runtime, code, now, typer.echo, language=language, as_json=as_json))


@app.command()
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

    _with_house(
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


@app.command()
def broadcasts() -> None:
    """The latest awareness messages and what became of them."""
    from bot.cli.broadcasts import list_broadcasts

    _with_house(lambda runtime: list_broadcasts(runtime, typer.echo))


@zalo_app.command("status")
def zalo_status() -> None:
    """How the tokens of the Official Account stand."""
    from bot.zalo_oa.status import status_lines

    lines = status_lines(_settings())
    for line in lines:
        typer.echo(line)
    raise typer.Exit(1 if any(line.startswith("WRONG") for line in lines) else 0)


@app.command()
def learn() -> None:
    """Learn from what officers set right; a model that understands worse is refused."""
    from bot.cli.learn import learn_anew

    _with_house(lambda runtime: learn_anew(runtime, typer.echo))


@app.command()
def replay() -> None:
    """Take messages in once more that broke a step, after a fix."""
    from bot.cli.replay import replay_failed

    _with_house(lambda runtime: replay_failed(runtime, typer.echo))


@app.command()
def rotate() -> None:
    """Seal everything with the newest key of TINBAO_SECRET_KEY, so that the older ones can be dropped."""
    from bot.cli.rotate import reseal

    _with_house(lambda runtime: reseal(runtime, typer.echo))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to.")]) -> None:
    """Write the database and the media into one file. The key is not in it: keep it elsewhere."""
    from bot.cli.backup import make_backup

    typer.echo(asyncio.run(make_backup(_settings(), file)))


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file of `tinbao backup`.")]) -> None:
    """Put a backup in place of an empty database and media folder."""
    from bot.cli.backup import restore_backup

    typer.echo(asyncio.run(restore_backup(_settings(), file)))


@app.command()
def doctor() -> None:
    """Look at settings, key, database, disk and channels; say what is wrong and what to do."""
    from bot.cli.doctor import examine

    raise typer.Exit(asyncio.run(examine(_settings(), typer.echo)))


@app.command()
def triage() -> None:
    """JSON Lines in, JSON Lines out: what triage makes of messages."""
    from bot.app.understanding import house_triage
    from bot.cli.triage import triage_lines

    raise typer.Exit(triage_lines(sys.stdin, sys.stdout, triage=house_triage(_settings())))


@app.command()
def duplicates() -> None:
    """JSON Lines in, JSON Lines out: which messages tell of the same event."""
    from bot.app.understanding import house_triage
    from bot.cli.triage import duplicates_lines

    raise typer.Exit(duplicates_lines(sys.stdin, sys.stdout, model=house_triage(_settings()).model))


def _settings() -> Settings:
    from bot.app.logs import set_up_logs
    from bot.app.settings import read_settings

    set_up_logs()
    return read_settings()


def _roles(text: str) -> tuple[str, ...]:
    from bot.app.settings import WrongSetting

    known = ("web", "courier", "scheduler")
    roles = tuple(role.strip() for role in text.split(",") if role.strip())
    wrong = [role for role in roles if role not in known]
    if wrong or not roles:
        raise WrongSetting(
            f"--roles takes {', '.join(known)}, separated by commas, not {', '.join(wrong) or 'nothing'}"
        )
    return roles


def _with_house(work: Callable[[Runtime], Coroutine[Any, Any, int]]) -> None:
    """Build the house, do one thing, leave. Exits with what the thing returns, unless that is 0."""
    from bot.app.build import build_runtime

    async def whole() -> int:
        runtime = await build_runtime(_settings())
        try:
            return await work(runtime)
        finally:
            await runtime.close()

    status = asyncio.run(whole())
    if status:
        raise typer.Exit(status)


def _give_up(why: str) -> NoReturn:
    print(why, file=sys.stderr)  # noqa: T201 - the last words to the operator
    sys.exit(1)
