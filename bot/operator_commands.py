"""What the operator's commands do. Each is given the built house and returns an exit status."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, LargeBinary, select, update

from bot.build import Runtime
from bot.pictures import read_picture
from bot.settings import WrongSetting
from core.access import Role
from core.errors import where
from core.messages import Language
from core.plan import Audience, CatchUp, Plan
from handlers import hear, join, own_fault
from handlers.campaign import plan_campaign
from handlers.load_plan import Loaded, load_plan
from handlers.reach import Reach, reach, results
from handlers.work import Work
from plans.learn import Correction, learn_from
from plans.load import load_plan as read_plan
from storage import audit, examples, inbox, listing
from storage.tables import metadata, self_managed_group

Echo = Callable[[str], object]
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
PAGE: Final = 500


async def make_invite(runtime: Runtime, role: Role, unit: str, group: str, echo: Echo) -> int:
    """Print an invite, and the links that carry it."""
    context = runtime.context
    if runtime.settings.telegram_token.get_secret_value():
        _good_token(runtime)
    if role is Role.LEADER:
        known = await runtime.database.read(lambda db: _group_unit(db, group))
        if known is None:
            raise WrongSetting(f"--group: there is no group {group!r}; load its plan first (`tinbao plan load FILE`)")
        unit = unit or known
    else:
        unit = unit or context.commune or context.province
        _must_be_known(runtime, unit)
    now = datetime.now(UTC)
    payload = await runtime.database.write(
        lambda db: join.make_invite(db, context, role=role, unit=unit, group_id=group, now=now)
    )
    echo(payload)
    if runtime.settings.telegram_token.get_secret_value():
        name = await _bot_name(runtime, echo)
        if name:
            echo(f"https://t.me/{name}?start={payload}")
            if role is not Role.LEADER:
                echo(f"https://t.me/{name}?startgroup={payload}")
    if runtime.settings.public_url:
        echo(f"{runtime.settings.public_url}/chat?start={payload}")
    return 0


async def list_tips(runtime: Runtime, echo: Echo, *, as_json: bool) -> int:
    """Every tip, oldest first, page by page."""
    after = 0
    while True:
        page = await runtime.database.read(partial(listing.listed, vault=runtime.context.vault, after=after, most=PAGE))
        if not page:
            return 0
        for number, tip in page:
            after = number
            if as_json:
                echo(json.dumps(tip, ensure_ascii=False))
            else:
                echo("  ".join(str(tip[name]) for name in ("code", "received_at", "state", "urgency", "category")))


async def verify_audit(runtime: Runtime, echo: Echo) -> int:
    """Say what holds, and where it does not."""
    good, breaks = await runtime.database.read(lambda db: audit.verify(db, runtime.context.vault))
    for broken in breaks:
        echo(f"BROKEN: unit {broken.chain or '-'}, row {broken.seq}: {broken.why}")
    echo(f"{good} rows hold." if not breaks else f"{good} rows hold, {len(breaks)} chains are broken.")
    return 1 if breaks else 0


async def load_plans(runtime: Runtime, files: list[Path], echo: Echo) -> int:
    """Load plans after checking all of them."""
    plans = [(read_plan(path), path.read_text(encoding="utf-8")) for path in files]
    for path, (plan, _) in zip(files, plans, strict=True):
        runtime.pictures.keep(plan, path.parent)
    now = datetime.now(UTC)
    communes = (runtime.context.commune,) if runtime.context.commune else ()
    for plan, source in plans:
        loaded = await runtime.database.write(
            partial(_load_one, runtime=runtime, now=now, plan=plan, source=source, communes=communes)
        )
        echo(
            f"{plan.code}: {loaded.groups} groups, {loaded.households} households, {loaded.obligations} deadlines and "
            f"{loaded.campaigns} campaigns are new."
        )
    return 0


async def set_broadcast(
    runtime: Runtime,
    echo: Echo,
    *,
    title: str,
    text: str,
    at: str,
    units: list[str],
    groups: list[str],
    picture: Path | None,
    skip_when_late: bool,
    preview: bool = False,
    now: datetime | None = None,
) -> int:
    """Set an awareness message for a time, after telling whom it can reach and at what price. `preview` only tells."""
    now = now or datetime.now(UTC)
    when = now if at == "now" else _vietnamese_time(at)
    if not units and not groups:
        units = [runtime.context.commune] if runtime.context.commune else []
    if not units and not groups:
        raise WrongSetting("--unit or --group: whom is it for?")
    for unit in units:
        _must_be_known(runtime, unit)
    for group in groups:
        if await runtime.database.read(partial(_group_unit, group=group)) is None:
            raise WrongSetting(f"--group: there is no group {group!r}; load its plan first (`tinbao plan load FILE`)")
    if when < now:
        raise WrongSetting(f"--at: {at} has passed; the time is Vietnamese time, and `now` sends it at once")
    audience = Audience(units=tuple(units), groups=tuple(groups))
    asked = {"units": audience.units, "models": (), "groups": audience.groups}
    for line in told_reach(await runtime.database.read(lambda db: reach(db, asked, now))):
        echo(line)
    if preview:
        return 0
    stored = None
    if picture is not None:
        data = await asyncio.to_thread(read_picture, picture)
        stored = await asyncio.to_thread(runtime.media_store.put, data, "image/jpeg")
    number = await runtime.database.write(
        lambda db: plan_campaign(
            Work(db=db, context=runtime.context, now=now),
            key=f"operator:{now.isoformat()}",
            title=title,
            texts={Language.VI: text},
            at=when,
            audience=audience,
            late=CatchUp.SKIP if skip_when_late else CatchUp.SEND,
            picture=lambda: stored,
        )
    )
    echo(f"Message {number} goes out at {when.astimezone(VIETNAM):%H:%M %d/%m/%Y} (Vietnamese time).")
    return 0


def told_reach(parts: list[Reach]) -> list[str]:
    """Whom an awareness message can reach, a line for each app."""
    if not parts:
        return ["Nobody in this audience has a chat with us yet."]
    lines = []
    for part in parts:
        counts = {
            "free": part.free,
            "paid": part.paid,
            "by another app of theirs": part.another_way,
            "not deliverable": part.not_deliverable,
        }
        lines.append(f"{part.channel}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items() if count))
    return lines


async def list_broadcasts(runtime: Runtime, echo: Echo, most: int = 20) -> int:
    """The latest awareness messages and what became of them."""
    for one in await runtime.database.read(lambda db: results(db, most)):
        when = f"{one.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        echo(
            f"{when}  {one.state:<8} {one.title}: {one.sent} sent, {one.waiting} waiting, {one.moved} moved to another "
            f"app, {one.not_deliverable} not deliverable"
        )
    return 0


async def learn_anew(runtime: Runtime, echo: Echo) -> int:
    """Learn from officers' corrections. 0 when the house goes on with a new model or had too little to learn from; 1
    when the new one was refused."""
    rows = await runtime.database.read(lambda db: examples.all_of_them(db, runtime.context.vault))
    corrections = [Correction(*row) for row in rows]
    report = await asyncio.to_thread(learn_from, corrections, runtime.settings.data_dir)
    for line in report.lines():
        echo(line)
    if report.live:
        echo("Restart `tinbao run` to use it.")
    return 0 if report.live or report.learnt.reason == "few" else 1


async def replay_failed(runtime: Runtime, echo: Echo) -> int:
    """Take failed messages in again, each in its own transaction; let `tinbao run` try again what is set aside."""
    context = runtime.context
    failed = await runtime.database.read(lambda db: inbox.failed(db, context.vault))
    good = 0
    for number, heard in failed:
        now = datetime.now(UTC)
        try:
            await runtime.database.write(partial(hear.replay, context=context, inbox_id=number, heard=heard, now=now))
            good += 1
        except Exception as error:
            echo(f"message {number} still fails: {type(error).__name__} at {where(error)}")
    echo(f"{good} of {len(failed)} messages taken in.")
    again = await runtime.database.write(lambda db: own_fault.retry_all(db, datetime.now(UTC)))
    if again.messages or again.timers:
        echo(
            f"{again.messages} messages to send and {again.timers} timers were set aside; `tinbao run` tries them now."
        )
    return 0 if good == len(failed) else 1


async def reseal(runtime: Runtime, echo: Echo) -> int:
    """Seal every value anew with the newest key, table by table, page by page; media files too."""
    count = 0
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, LargeBinary)]
        sealed = [column for column in columns if column.name.startswith("sealed_")]
        if table.name == "setting":
            sealed = [table.c.value]
        if not sealed:
            continue
        for page in _pages():
            done = await runtime.database.write(
                partial(_reseal_page, runtime=runtime, table=table, sealed=sealed, page=page)
            )
            count += done
            if done == 0:
                break
    files = await asyncio.to_thread(runtime.media_store.reseal)
    echo(f"{count} rows and {files} files are sealed with the newest key; the older keys can be dropped.")
    return 0


def _load_one(
    db: Connection, runtime: Runtime, now: datetime, plan: Plan, source: str, communes: tuple[str, ...]
) -> Loaded:
    return load_plan(Work(db=db, context=runtime.context, now=now), plan, source, communes, runtime.pictures.stored)


def _pages() -> Iterator[int]:
    page = 0
    while True:
        yield page
        page += 1


def _reseal_page(db: Connection, runtime: Runtime, table: Any, sealed: list[Any], page: int) -> int:
    keys = list(table.primary_key)
    rows = db.execute(select(*keys, *sealed).order_by(*keys).limit(PAGE).offset(page * PAGE)).all()
    for row in rows:
        fresh = {
            column.name: runtime.context.vault.reseal(getattr(row, column.name))
            for column in sealed
            if getattr(row, column.name)
        }
        if fresh:
            mine = [key == getattr(row, key.name) for key in keys]
            db.execute(update(table).where(*mine).values(fresh))
    return len(rows)


def _group_unit(db: Connection, group: str) -> str | None:
    unit: str | None = db.execute(
        select(self_managed_group.c.unit).where(self_managed_group.c.id == group)
    ).scalar_one_or_none()
    return unit


def _must_be_known(runtime: Runtime, unit: str) -> None:
    places = runtime.context.places
    if not unit or not (places.knows(unit) or places.label(unit) != unit):
        raise WrongSetting(f"--unit: there is no unit {unit!r}; a commune has five digits, a province two")


def _vietnamese_time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        return when if when.tzinfo else when.replace(tzinfo=VIETNAM)
    except ValueError:
        raise WrongSetting(f"--at: {text!r} is no time; write it like 2026-12-01T08:00") from None


def _good_token(runtime: Runtime) -> None:
    from aiogram.utils.token import TokenValidationError, validate_token

    try:
        validate_token(runtime.settings.telegram_token.get_secret_value())
    except TokenValidationError:
        raise WrongSetting("TINBAO_TELEGRAM_TOKEN has the wrong shape: it looks like 123456:letters") from None


async def _bot_name(runtime: Runtime, echo: Echo) -> str:
    from bot.telegram.send import TelegramPort

    settings = runtime.settings
    port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
    try:
        await asyncio.wait_for(port.get_me(), 3)
    except Exception as error:  # the payload is printed already; only the link is missing
        echo(f"(no link: Telegram does not answer, {type(error).__name__})")
    finally:
        await port.close()
    return port.username
