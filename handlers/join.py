"""Joining with a one-time invite, leaving, and going on and off duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.access import Actor, Duty, Permission, Role, holds, roles_with
from core.codes import INVITE_BYTES, encode
from core.errors import NotFound, Refusal
from core.ids import ContactId
from core.say import Say
from handlers.work import Work
from storage import audit, contacts, duties, groups, invites
from storage.groups import SelfManagedGroup

VALID: Final = timedelta(days=7)
POLICE: Final = frozenset({Role.OFFICER, Role.COMMANDER})


class InviteUnknown(Refusal):
    """Raised when there is no such invite, it was used already, or it is too old; the error does not tell which."""

    key = Say.INVITE_UNKNOWN


@dataclass(frozen=True, slots=True)
class Joined:
    """The duty that somebody has received, its group where it is a group's duty, and all duties that they hold."""

    duty: Duty
    group: SelfManagedGroup | None
    duties: tuple[Duty, ...]

    @property
    def is_police(self) -> bool:
        """Whether the new duty is to work a unit's cases."""
        return self.duty.role in POLICE


def make_invite(work: Work, duty: Duty) -> str:
    """Make a one-time invite to a duty, valid for seven days. Returns its payload (`o_…`, or `g_…` for a leader), which
    the invited person sends to the bot."""
    prefix = "g_" if duty.role is Role.LEADER else "o_"
    payload = prefix + encode(work.context.random(INVITE_BYTES))
    invites.add(work.db, work.context.vault, payload, duty, now=work.now, until=work.now + VALID)
    return payload


def use_invite(work: Work, by: Actor, payload: str, *, name: str = "", group_chat: ContactId | None = None) -> Joined:
    """Give the actor the duty that an invite is for. `name` is what the person calls themselves ("": not known). Police
    who join in a `group_chat` bind that chat to their unit. Raises `InviteUnknown`."""
    me, vault = by.own_chat, work.context.vault
    duty = invites.use(work.db, vault, payload[:2] + payload[2:].upper(), me, work.now)
    if duty is None:
        raise InviteUnknown
    if name:
        contacts.set_name(work.db, vault, me, name)
    duties.give(work.db, me, duty, work.now)
    if group_chat is not None and duty.unit and duty.role in POLICE:
        duties.give(work.db, group_chat, Duty(Role.UNIT_CHAT, duty.unit), work.now)
    act = f"joined_{duty.role.value}"
    audit.note(work.db, vault, chain=duty.unit, case_id=None, actor=me, act=act, now=work.now)
    group = groups.by_id(work.db, duty.group) if duty.group else None
    return Joined(duty, group, duties.of_chats(work.db, by.chats))


def leave(work: Work, by: Actor) -> None:
    """End all duties of the actor."""
    duties.end(work.db, by.chats, work.now)


def go_on_duty(work: Work, by: Actor, *, on: bool) -> None:
    """Set whether the actor is on duty. Alerts go to those on duty, and to everybody in the unit while nobody is.

    Raises `NotFound` for somebody without a duty that has shifts."""
    if not holds(by.duties, Permission.KEEP_DUTY):
        raise NotFound
    duties.set_on_duty(work.db, by.chats, roles_with(Permission.KEEP_DUTY), on=on)
