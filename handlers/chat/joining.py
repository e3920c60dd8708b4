"""Commands to join with an invite, leave, and go on and off duty."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.conversation.commands import GoOnDuty, LeaveDuty, UseInvite
from core.conversation.typed import help_for
from core.replies import Reply, Words, say
from core.say import Say
from handlers import alert, join
from handlers.chat.hearing import Hearing
from handlers.join import Joined
from storage import cases

PENDING: Final = 20
"""Open cases at most that are shown to an officer who has just joined."""


def use_invite(work: Hearing, command: UseInvite) -> list[Reply]:
    """Join, and answer with what the person can do now. Police also get the open cases at once."""
    group_chat = work.chat.id if work.heard.in_group else None
    joined = join.use_invite(work, work.by, command.payload, name=work.heard.sender_name, group_chat=group_chat)
    if joined.is_police:
        for case in cases.open_of_units(work.db, [joined.duty.unit], PENDING):
            alert.send_card(work, case, [work.to_chat])
    return [Reply(lines=(_welcome(work, joined),)), help_for(replace(work.person, duties=joined.duties))]


def leave_duty(work: Hearing, command: LeaveDuty) -> list[Reply]:
    """End all duties of the person."""
    join.leave(work, work.by)
    return [Reply(lines=(say(Say.LEFT_DUTY),))]


def go_on_duty(work: Hearing, command: GoOnDuty) -> list[Reply]:
    """Go on or off duty."""
    join.go_on_duty(work, work.by, on=command.on)
    return [Reply(lines=(say(Say.ON_DUTY if command.on else Say.OFF_DUTY),))]


def _welcome(work: Hearing, joined: Joined) -> Words:
    if joined.group is not None:
        return say(Say.JOINED_GROUP, group=joined.group.name)
    unit = work.context.places.label(joined.duty.unit)
    role = say(Say(f"role-{joined.duty.role.value}"))
    return say(Say.JOINED_UNIT if joined.is_police else Say.JOINED_OFFICE, unit=unit, role=role)
