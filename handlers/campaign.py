"""An awareness message to an audience at a time: text and picture, each household's chats once, resumable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, update

from core.calendar import next_send
from core.messages import Language
from core.plan import Audience, CatchUp, Plan
from core.replies import Reply, reply_to_json, say
from core.say import Say
from handlers.work import Work
from storage import media, timers
from storage.media import Stored
from storage.outbox import About, Lane, Subject, Why, put_sealed, recipient
from storage.tables import SENT, attachment, campaign, contact, duty, household, outbox, self_managed_group
from storage.upsert import insert_if_new

FindPicture = Callable[[str, str], Stored | None]
"""From a plan's code and a picture's file name to the picture on the shelf."""
PAGE: Final = 500
"""Recipients that are queued in one transaction: alerts never wait long behind a campaign."""
NOT_NEWS_AFTER: Final = timedelta(hours=12)
"""A campaign this late is sent only when it says `send`."""
AHEAD: Final = timedelta(days=400)


def plan_campaign(
    work: Work,
    *,
    key: str,
    title: str,
    texts: dict[Language, str],
    at: datetime,
    audience: Audience,
    late: CatchUp = CatchUp.SEND,
    picture: Callable[[], Stored | None] = lambda: None,
) -> int | None:
    """Set an awareness message for a time. `picture` puts its picture on the shelf; it is asked only when the message
    is new. None when the key is known already."""
    number: int | None = insert_if_new(
        work.db,
        campaign,
        {
            "key": key,
            "title": title,
            "texts": {language.value: text for language, text in texts.items()},
            "audience": {"units": audience.units, "models": audience.models, "groups": audience.groups},
            "at": at,
            "late": late.value,
            "state": "planned",
            "cursor": 0,
            "queued": 0,
        },
    )
    if number is None:
        return None
    shown = picture()
    if shown is not None:
        media.add_stored(work.db, work.context.vault, "photo", shown, work.now, campaign_id=number)
    timers.schedule(work.db, kind=timers.TimerKind.CAMPAIGN, subject=number, reason=f"campaign:{number}:0", due_at=at)
    return number


def no_picture(_plan: str, _name: str) -> Stored | None:
    """Where no pictures are at hand."""
    return None


def lay_out_campaigns(work: Work, plan: Plan, picture: FindPicture = no_picture) -> int:
    """Set the next sending of each of a plan's campaigns. Doing it again changes nothing. Returns how many are new.

    A picture that cannot be found does not hold up the message."""
    new = 0
    for planned in plan.campaigns:
        at = next_send(planned, work.now)
        if at is None or at - work.now > AHEAD:
            continue
        audience = planned.audience
        if not (audience.units or audience.models or audience.groups):
            audience = Audience(units=tuple(unit.code for unit in plan.units))
        made = plan_campaign(
            work,
            key=f"{plan.code}:{planned.key}:{at:%Y-%m-%d}",
            title=planned.title,
            texts=dict(planned.texts),
            at=at,
            audience=audience,
            late=planned.catch_up,
            picture=partial(picture, plan.code, planned.picture) if planned.picture else lambda: None,
        )
        new += made is not None
    return new


def run_campaign(work: Work, timer: timers.Timer) -> str:
    """Queue one page of an awareness message, and set the timer of the next page: a crash goes on where it stopped."""
    row = work.db.execute(select(campaign).where(campaign.c.id == timer.subject)).one_or_none()
    if row is None or row.state in ("done", "skipped"):
        return "done"
    if row.state == "planned" and row.late == CatchUp.SKIP.value and work.now - row.at > NOT_NEWS_AFTER:
        work.db.execute(update(campaign).where(campaign.c.id == row.id).values(state="skipped"))
        return "skipped"
    people = work.db.execute(
        select(contact.c.id, contact.c.channel, contact.c.language)
        .where(contact.c.id > row.cursor, chats_of(row.audience))
        .order_by(contact.c.id)
        .limit(PAGE)
    ).all()
    sealed: dict[str, bytes] = {}
    for person in people:
        words = sealed.get(person.language) or _seal(work, row, Language(person.language))
        sealed[person.language] = words
        put_sealed(
            work.db,
            recipient(person),
            words,
            reason=f"campaign:{row.id}",
            lane=Lane.BROADCAST,
            now=work.now,
            why=Why.AWARENESS,
            about=About(Subject.CAMPAIGN, row.id),
        )
    done = len(people) < PAGE
    cursor = people[-1].id if people else row.cursor
    work.db.execute(
        update(campaign)
        .where(campaign.c.id == row.id)
        .values(cursor=cursor, queued=campaign.c.queued + len(people), state="done" if done else "running")
    )
    if not done:
        timers.schedule(
            work.db,
            kind=timers.TimerKind.CAMPAIGN,
            subject=row.id,
            reason=f"campaign:{row.id}:{cursor}",
            due_at=timer.due_at,
        )
    return f"queued_{len(people)}"


def coverage(work: Work, unit: str) -> tuple[int, int]:
    """(households with a chat that an awareness message was sent to, all households) of a commune. TN-2024 wants
    three quarters, VY-2024 all."""
    everyone = work.db.execute(select(func.count()).where(household.c.unit == unit)).scalar_one()
    reached = work.db.execute(
        select(func.count(household.c.id.distinct()))
        .join(contact, contact.c.household_id == household.c.id)
        .join(outbox, outbox.c.contact_id == contact.c.id)
        .where(household.c.unit == unit, outbox.c.lane == int(Lane.BROADCAST), outbox.c.state == SENT)
    ).scalar_one()
    return reached, everyone


def _reached(audience: dict[str, Any]) -> ColumnElement[bool]:
    """Who belongs to an audience: residents of its communes (by poster or household), and its groups' people."""
    homes = select(household.c.id)
    groups = select(self_managed_group.c.id)
    if audience.get("groups"):
        wanted = self_managed_group.c.id.in_(audience["groups"])
    elif audience.get("models"):
        wanted = self_managed_group.c.model.in_(audience["models"])
    else:
        wanted = self_managed_group.c.unit.in_(audience.get("units", ()))
    groups = groups.where(wanted)
    leaders = select(duty.c.contact_id).where(duty.c.group_id.in_(groups), duty.c.until.is_(None))
    if audience.get("groups") or audience.get("models"):
        homes = homes.where(household.c.group_id.in_(groups))
        return contact.c.household_id.in_(homes) | contact.c.id.in_(leaders)
    homes = homes.where(household.c.unit.in_(audience.get("units", ())))
    return (
        contact.c.commune.in_(audience.get("units", ())) | contact.c.household_id.in_(homes) | contact.c.id.in_(leaders)
    )


def chats_of(audience: dict[str, Any]) -> ColumnElement[bool]:
    """The chats that an audience is told in. Each person in one chat: where he wants to be told, if he has several."""
    one = contact.c.reachable & (contact.c.person.is_(None) | contact.c.preferred)
    return one & contact.c.is_group.is_(False) & _reached(audience)


def _seal(work: Work, row: Any, language: Language) -> bytes:
    text = row.texts.get(language.value) or row.texts[Language.VI.value]
    pictures = work.db.execute(select(attachment.c.id).where(attachment.c.campaign_id == row.id)).scalars().all()
    reply = Reply(lines=(say(Say.AWARENESS, title=row.title, text=text),), attachments=tuple(pictures))
    return work.context.vault.seal_json(reply_to_json(reply))
