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

from bot.house import Built
from bot.pictures import read_picture
from bot.settings import WrongSetting
from core.access import Role
from core.errors import where
from core.messages import Language
from core.plan import Audience, CatchUp, Plan
from handlers import hear, join
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


async def make_invite(built: Built, role: Role, unit: str, group: str, echo: Echo) -> int:
    """Print an invite, and the links that carry it."""
    house = built.house
    if built.settings.telegram_token.get_secret_value():
        _good_token(built)
    if role is Role.LEADER:
        known = await built.database.read(lambda db: _group_unit(db, group))
        if known is None:
            raise WrongSetting(f"--group: there is no group {group!r}; load its plan first (`tinbao plan load FILE`)")
        unit = unit or known
    else:
        unit = unit or house.commune or house.province
        _must_be_known(built, unit)
    now = datetime.now(UTC)
    payload = await built.database.write(
        lambda db: join.make_invite(db, house, role=role, unit=unit, group_id=group, now=now)
    )
    echo(payload)
    if built.settings.telegram_token.get_secret_value():
        name = await _bot_name(built, echo)
        if name:
            echo(f"https://t.me/{name}?start={payload}")
            if role is not Role.LEADER:
                echo(f"https://t.me/{name}?startgroup={payload}")
    if built.settings.public_url:
        echo(f"{built.settings.public_url}/chat?start={payload}")
    return 0


async def list_tips(built: Built, echo: Echo, *, as_json: bool) -> int:
    """Every tip, oldest first, page by page."""
    after = 0
    while True:
        page = await built.database.read(partial(listing.listed, vault=built.house.vault, after=after, most=PAGE))
        if not page:
            return 0
        for number, tip in page:
            after = number
            if as_json:
                echo(json.dumps(tip, ensure_ascii=False))
            else:
                echo("  ".join(str(tip[name]) for name in ("code", "received_at", "state", "urgency", "category")))


async def verify_audit(built: Built, echo: Echo) -> int:
    """Say what holds, and where it does not."""
    good, breaks = await built.database.read(lambda db: audit.verify(db, built.house.vault))
    for broken in breaks:
        echo(f"BROKEN: unit {broken.chain or '-'}, row {broken.seq}: {broken.why}")
    echo(f"{good} rows hold." if not breaks else f"{good} rows hold, {len(breaks)} chains are broken.")
    return 1 if breaks else 0


async def load_plans(built: Built, files: list[Path], echo: Echo) -> int:
    """Load plans after checking all of them."""
    plans = [(read_plan(path), path.read_text(encoding="utf-8")) for path in files]
    for path, (plan, _) in zip(files, plans, strict=True):
        built.pictures.keep(plan, path.parent)
    now = datetime.now(UTC)
    communes = (built.house.commune,) if built.house.commune else ()
    for plan, source in plans:
        loaded = await built.database.write(
            partial(_load_one, built=built, now=now, plan=plan, source=source, communes=communes)
        )
        echo(
            f"{plan.code}: {loaded.groups} groups, {loaded.households} households, {loaded.obligations} deadlines and "
            f"{loaded.campaigns} campaigns are new."
        )
    return 0


async def set_broadcast(
    built: Built,
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
        units = [built.house.commune] if built.house.commune else []
    if not units and not groups:
        raise WrongSetting("--unit or --group: whom is it for?")
    for unit in units:
        _must_be_known(built, unit)
    for group in groups:
        if await built.database.read(partial(_group_unit, group=group)) is None:
            raise WrongSetting(f"--group: there is no group {group!r}; load its plan first (`tinbao plan load FILE`)")
    if when < now:
        raise WrongSetting(f"--at: {at} has passed; the time is Vietnamese time, and `now` sends it at once")
    audience = Audience(units=tuple(units), groups=tuple(groups))
    asked = {"units": audience.units, "models": (), "groups": audience.groups}
    for line in told_reach(await built.database.read(lambda db: reach(db, asked, now))):
        echo(line)
    if preview:
        return 0
    stored = None
    if picture is not None:
        data = await asyncio.to_thread(read_picture, picture)
        stored = await asyncio.to_thread(built.shelf.put, data, "image/jpeg")
    number = await built.database.write(
        lambda db: plan_campaign(
            Work(db=db, house=built.house, now=now),
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


async def list_broadcasts(built: Built, echo: Echo, most: int = 20) -> int:
    """The latest awareness messages and what became of them."""
    for one in await built.database.read(lambda db: results(db, most)):
        when = f"{one.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        echo(
            f"{when}  {one.state:<8} {one.title}: {one.sent} sent, {one.waiting} waiting, {one.moved} moved to another "
            f"app, {one.not_deliverable} not deliverable"
        )
    return 0


async def learn_anew(built: Built, echo: Echo) -> int:
    """Learn from officers' corrections. 0 when the house goes on with a new model or had too little to learn from; 1
    when the new one was refused."""
    rows = await built.database.read(lambda db: examples.all_of_them(db, built.house.vault))
    corrections = [Correction(*row) for row in rows]
    report = await asyncio.to_thread(learn_from, corrections, built.settings.data_dir)
    for line in report.lines():
        echo(line)
    if report.live:
        echo("Restart `tinbao run` to use it.")
    return 0 if report.live or report.learnt.reason == "few" else 1


async def replay_failed(built: Built, echo: Echo) -> int:
    """Take failed messages in again, each in its own transaction."""
    house = built.house
    failed = await built.database.read(lambda db: inbox.failed(db, house.vault))
    good = 0
    for number, heard in failed:
        now = datetime.now(UTC)
        try:
            await built.database.write(partial(hear.replay, house=house, inbox_id=number, heard=heard, now=now))
            good += 1
        except Exception as error:
            echo(f"message {number} still fails: {type(error).__name__} at {where(error)}")
    echo(f"{good} of {len(failed)} messages taken in.")
    return 0 if good == len(failed) else 1


async def reseal(built: Built, echo: Echo) -> int:
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
            done = await built.database.write(partial(_reseal_page, built=built, table=table, sealed=sealed, page=page))
            count += done
            if done == 0:
                break
    files = await asyncio.to_thread(built.shelf.reseal)
    echo(f"{count} rows and {files} files are sealed with the newest key; the older keys can be dropped.")
    return 0


def _load_one(
    db: Connection, built: Built, now: datetime, plan: Plan, source: str, communes: tuple[str, ...]
) -> Loaded:
    return load_plan(Work(db=db, house=built.house, now=now), plan, source, communes, built.pictures.stored)


def _pages() -> Iterator[int]:
    page = 0
    while True:
        yield page
        page += 1


def _reseal_page(db: Connection, built: Built, table: Any, sealed: list[Any], page: int) -> int:
    keys = list(table.primary_key)
    rows = db.execute(select(*keys, *sealed).order_by(*keys).limit(PAGE).offset(page * PAGE)).all()
    for row in rows:
        fresh = {
            column.name: built.house.vault.reseal(getattr(row, column.name))
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


def _must_be_known(built: Built, unit: str) -> None:
    places = built.house.places
    if not unit or not (places.knows(unit) or places.label(unit) != unit):
        raise WrongSetting(f"--unit: there is no unit {unit!r}; a commune has five digits, a province two")


def _vietnamese_time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        return when if when.tzinfo else when.replace(tzinfo=VIETNAM)
    except ValueError:
        raise WrongSetting(f"--at: {text!r} is no time; write it like 2026-12-01T08:00") from None


def _good_token(built: Built) -> None:
    from aiogram.utils.token import TokenValidationError, validate_token

    try:
        validate_token(built.settings.telegram_token.get_secret_value())
    except TokenValidationError:
        raise WrongSetting("TINBAO_TELEGRAM_TOKEN has the wrong shape: it looks like 123456:letters") from None


async def _bot_name(built: Built, echo: Echo) -> str:
    from bot.telegram.send import TelegramPort

    settings = built.settings
    port = TelegramPort(settings.telegram_token.get_secret_value(), settings.telegram_api)
    try:
        await asyncio.wait_for(port.get_me(), 3)
    except Exception as error:  # the payload is printed already; only the link is missing
        echo(f"(no link: Telegram does not answer, {type(error).__name__})")
    finally:
        await port.close()
    return port.username
