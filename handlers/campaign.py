"""Send an awareness message (text and picture) to an audience at a set time: each person in one chat, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from core.calendar import next_send
from core.ids import CampaignId, Unit
from core.messages import Language
from core.plan import Audience, CatchUp, Plan
from core.replies import Reply, reply_to_json, say
from core.say import Say
from handlers.work import Work
from storage import audiences, campaigns, households, media, timers
from storage.campaigns import Broadcast, BroadcastState
from storage.households import Coverage
from storage.media import Stored
from storage.outbox import About, Lane, Subject, Why, put_sealed
from storage.timers import Timer, TimerKind

FindPicture = Callable[[str, str], Stored | None]
"""(a plan's code, a picture's file name) → the picture among the stored media."""
PAGE: Final = 500
"""Recipients that one transaction queues, so that alerts never wait long behind a campaign."""
OUT_OF_DATE_AFTER: Final = timedelta(hours=12)
"""A campaign that is later than this is sent only when its `late` is `send`."""
AHEAD: Final = timedelta(days=400)


def no_picture() -> Stored | None:
    """Return None: the message has no picture."""
    return None


def no_pictures(_plan: str, _name: str) -> Stored | None:
    """Return None: no pictures are available to the caller."""
    return None


def plan_campaign(
    work: Work,
    *,
    key: str,
    title: str,
    texts: Mapping[Language, str],
    at: datetime,
    audience: Audience,
    late: CatchUp = CatchUp.SEND,
    picture: Callable[[], Stored | None] = no_picture,
) -> CampaignId | None:
    """Schedule an awareness message for `at` (aware). Returns its id, or None when the key is known already. `picture`
    stores its picture, and is called only when the message is new."""
    made = campaigns.add_if_new(work.db, key=key, title=title, texts=texts, audience=audience, at=at, late=late)
    if made is None:
        return None
    shown = picture()
    if shown is not None:
        media.add_stored(work.db, work.context.vault, "photo", shown, work.now, campaign_id=made)
    timers.schedule(work.db, kind=TimerKind.CAMPAIGN, subject=made, reason=f"campaign:{made}:0", due_at=at)
    return made


def lay_out_campaigns(work: Work, plan: Plan, picture: FindPicture = no_pictures) -> int:
    """Schedule the next sending of each of a plan's campaigns. Doing it again changes nothing. Returns how many are
    new.

    A message whose picture cannot be found is sent without one."""
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
            texts=planned.texts,
            at=at,
            audience=audience,
            late=planned.catch_up,
            picture=partial(picture, plan.code, planned.picture) if planned.picture else no_picture,
        )
        new += made is not None
    return new


def run_campaign(work: Work, timer: Timer) -> str:
    """Queue one page of an awareness message and set the timer of the next page, so that sending resumes after a crash.
    Returns what was done."""
    found = campaigns.by_id(work.db, CampaignId(timer.subject))
    if found is None or found.is_over:
        return "done"
    late = work.now - found.at > OUT_OF_DATE_AFTER
    if late and found.late is CatchUp.SKIP and found.state is BroadcastState.PLANNED:
        campaigns.skip(work.db, found.id)
        return "skipped"
    queued = _queue_page(work, found)
    return f"queued_{queued}"


def coverage(work: Work, unit: str) -> Coverage:
    """How many households of a commune an awareness message was sent to, and how many there are. Plan TN-2024 wants
    three quarters of them, VY-2024 all."""
    return households.coverage(work.db, Unit(unit))


def _queue_page(work: Work, broadcast: Broadcast) -> int:
    people = audiences.page(work.db, broadcast.audience, after=broadcast.cursor, most=PAGE)
    sealed: dict[Language, bytes] = {}
    for person in people:
        if person.language not in sealed:
            sealed[person.language] = _seal(work, broadcast, person.language)
        put_sealed(
            work.db,
            person,
            sealed[person.language],
            reason=f"campaign:{broadcast.id}",
            lane=Lane.BROADCAST,
            now=work.now,
            why=Why.AWARENESS,
            about=About(Subject.CAMPAIGN, broadcast.id),
        )
    last, done = people[-1].id if people else broadcast.cursor, len(people) < PAGE
    campaigns.note_page(work.db, broadcast.id, queued=len(people), last=last, done=done)
    if not done:
        reason = f"campaign:{broadcast.id}:{last}"
        timers.schedule(work.db, kind=TimerKind.CAMPAIGN, subject=broadcast.id, reason=reason, due_at=broadcast.at)
    return len(people)


def _seal(work: Work, broadcast: Broadcast, language: Language) -> bytes:
    text = say(
        Say.AWARENESS, title=broadcast.title, text=work.context.rules.hotlines.filled_in(broadcast.text(language))
    )
    reply = Reply(lines=(text,), attachments=campaigns.pictures(work.db, broadcast.id))
    return work.context.vault.seal_json(reply_to_json(reply))
