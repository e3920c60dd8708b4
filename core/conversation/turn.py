"""What a step gives back."""

from __future__ import annotations

from dataclasses import dataclass

from core.conversation.commands import Command
from core.conversation.person import ConversationState
from core.replies import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state, what to say at once, and what to do (acts say more by themselves). `state` None: as before."""

    state: ConversationState | None = None
    replies: tuple[Reply, ...] = ()
    acts: tuple[Command, ...] = ()


IDLE = ConversationState()


def do(*acts: Command, then: ConversationState | None = IDLE) -> Turn:
    """Only acts; the conversation rests afterwards, unless `then` says otherwise."""
    return Turn(then, (), acts)


def reply(*replies: Reply, then: ConversationState | None = IDLE) -> Turn:
    """Only words."""
    return Turn(then, replies, ())
