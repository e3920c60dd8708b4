"""Joining with an invite, leaving, going on and off duty: read the command, do it, say what holds now."""

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
"""So many open cases are shown to an officer who has just joined."""


def use_invite(work: Hearing, command: UseInvite) -> list[Reply]:
    """Join; what one can do here now is told. Police are shown what is open: it does not wait for the next tip."""
    group_chat = work.chat.id if work.heard.in_group else None
    joined = join.use_invite(work, work.by, command.payload, name=work.heard.sender_name, group_chat=group_chat)
    if joined.is_police:
        for case in cases.open_of_units(work.db, [joined.duty.unit], PENDING):
            alert.send_card(work, case, [work.to_chat])
    return [Reply(lines=(_welcome(work, joined),)), help_for(replace(work.person, duties=joined.duties))]


def leave_duty(work: Hearing, command: LeaveDuty) -> list[Reply]:
    """Give all duties back."""
    join.leave(work, work.by)
    return [Reply(lines=(say(Say.LEFT_DUTY),))]


def go_on_duty(work: Hearing, command: GoOnDuty) -> list[Reply]:
    """On duty, or off."""
    join.go_on_duty(work, work.by, on=command.on)
    return [Reply(lines=(say(Say.ON_DUTY if command.on else Say.OFF_DUTY),))]


def _welcome(work: Hearing, joined: Joined) -> Words:
    if joined.group is not None:
        return say(Say.JOINED_GROUP, group=joined.group.name)
    unit = work.context.places.label(joined.duty.unit)
    role = say(Say(f"role-{joined.duty.role.value}"))
    return say(Say.JOINED_UNIT if joined.is_police else Say.JOINED_OFFICE, unit=unit, role=role)
