"""Build the runtime: migrate the database, open the vault, load triage and the plans."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from cryptography.fernet import MultiFernet
from sqlalchemy import Connection

from bot.app.known_places import KnownPlaces
from bot.app.pictures import Pictures
from bot.app.second_reader import SecondReader
from bot.app.settings import Settings, WrongSetting
from bot.app.understanding import configured_answer, configured_questions, configured_triage
from core.activity_kinds import kinds_with
from core.hotlines import Hotlines
from core.plan import PROVINCE_DESK, Desk, Plan
from core.triage.accused import Accused
from core.triage.duplicates import traced
from handlers.likeness import Compared
from handlers.load_plan import Loaded, load_plan, loaded_plans
from handlers.work import AppContext, Rules, Work
from plans.load import PLANS, PlanMistake, load_default, load_text
from plans.load import load_plan as read_plan
from storage import keys
from storage.database import Database, open_database
from storage.media import MediaStore
from storage.migrate import migrate
from storage.vault import parse_keys

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that is read at every start, its YAML, and the folder of its pictures."""

    plan: Plan
    source: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The application context with its database and its media store."""

    context: AppContext
    database: Database
    media_store: MediaStore
    settings: Settings
    reader: SecondReader
    plans: tuple[PlanFile, ...]

    @property
    def pictures(self) -> Pictures:
        """The pictures of the loaded plans."""
        return Pictures(self.settings.data_dir, self.media_store, {file.plan.code: file.folder for file in self.plans})

    async def close(self) -> None:
        """Close the database and the second reader."""
        await self.reader.close()
        await self.database.close()


async def build_runtime(settings: Settings, *, pool: int = 8) -> Runtime:
    """Build the runtime. Raises `WrongKey`, `WrongSetting`, `PlanMistake` or `Unavailable`, each with words for the
    operator."""
    secret = parse_keys(settings.secret_key.get_secret_value())
    try:
        database = open_database(settings.database, pool=pool)
    except ValueError as error:
        raise WrongSetting(str(error)) from None
    try:
        await migrate(database)
        return await _assemble(settings, database, secret)
    except BaseException:
        await database.close()
        raise


def rules_of(plan: Plan) -> Rules:
    """The rules that handlers need, from the plan in force."""
    return Rules(
        limits=plan.limits,
        handling={rule.category: rule.handling for rule in plan.categories},
        one_level_up=frozenset(rule.category for rule in plan.categories if rule.desk is Desk.PROVINCE),
        hotlines=Hotlines(plan.hotlines),
        no_unit="" if plan.routing.no_unit == PROVINCE_DESK else plan.routing.no_unit,
        difficult=frozenset(plan.routing.difficult_units),
        burst=plan.flood.messages_a_minute,
        refill_s=60 / plan.flood.messages_a_minute,
        keep_words_days=plan.retention.inbox_days,
        tips_an_hour=plan.flood.tips_an_hour,
        anonymous_at_first=plan.protection.anonymous_at_first,
        past_the_unit=frozenset(
            who
            for who, desk in (
                (Accused.POLICE, plan.routing.accuses_police),
                (Accused.OFFICIAL, plan.routing.accuses_official),
            )
            if desk is Desk.PROVINCE
        ),
        activities={rule.kind: rule for rule in plan.activities},
        kinds=kinds_with({rule.kind: rule.words for rule in plan.activities}),
        erase=plan.retention,
    )


def lay_out_plans(db: Connection, runtime: Runtime, now: datetime) -> list[Loaded]:
    """Create rows for the plans' dates, groups and campaigns; runs at every start and every night. Plans that were
    loaded by hand are read from their stored YAML."""
    work = Work(db=db, context=runtime.context, now=now)
    communes = (runtime.context.commune,) if runtime.context.commune else ()
    picture = runtime.pictures.stored
    plans = [(file.plan, file.source) for file in runtime.plans]
    named = {plan.code for plan, _ in plans}
    for code, source in loaded_plans(work):
        if code not in named:
            try:
                plans.append((load_text(source, code), source))
            except PlanMistake as mistake:
                log.error("plan_no_longer_fits", plan=code, mistakes=len(mistake.mistakes))
    return [load_plan(work, plan, source, communes, picture) for plan, source in plans]


async def _assemble(settings: Settings, database: Database, secret: MultiFernet) -> Runtime:
    vault = await database.write(lambda db: keys.open_vault(db, secret))
    triage = await asyncio.to_thread(configured_triage, settings)
    reader = SecondReader(triage, settings)
    places = KnownPlaces(triage.places)
    if settings.commune and not places.knows(settings.commune):
        raise WrongSetting(f"TINBAO_COMMUNE: there is no commune {settings.commune} today; use its five-digit code")
    plans = tuple(
        PlanFile(read_plan(path), path.read_text(encoding="utf-8"), path.parent) for path in _plan_files(settings)
    )
    rules = rules_of(plans[0].plan if plans else load_default())
    context = AppContext(
        vault=vault,
        triage=reader,
        places=places,
        rules=rules,
        random=secrets.token_bytes,
        province=settings.province or (places.province_of(settings.commune) if settings.commune else ""),
        commune=settings.commune,
        public_url=settings.public_url,
        answer=configured_answer(configured_questions(settings), rules.hotlines),
        compared=Compared(partial(traced, triage.model)),
    )
    media_store = MediaStore(settings.data_dir / "media", vault)
    return Runtime(
        context=context, database=database, media_store=media_store, settings=settings, reader=reader, plans=plans
    )


def _plan_files(settings: Settings) -> list[Path]:
    """The files of the plans that the operator names: a shipped plan by its name, or a path."""
    files = []
    for name in (part.strip() for part in settings.plans.split(",")):
        if name:
            path = Path(name) if name.endswith((".yaml", ".yml")) else PLANS / f"{name}.yaml"
            if not path.is_file():
                raise WrongSetting(f"TINBAO_PLANS: there is no plan file {path}")
            files.append(path)
    return files
