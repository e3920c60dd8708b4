"""What a step returns."""

from __future__ import annotations

from dataclasses import dataclass

from core.conversation.commands import Command
from core.conversation.person import ConversationState
from core.replies import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state (None: as before), what to say at once, and what to do. Answers of commands come after these."""

    state: ConversationState | None = None
    replies: tuple[Reply, ...] = ()
    commands: tuple[Command, ...] = ()


IDLE = ConversationState()


def do(*commands: Command, then: ConversationState | None = IDLE) -> Turn:
    """A turn with commands only. The state becomes `then` (default: idle; None: unchanged)."""
    return Turn(then, (), commands)


def reply(*replies: Reply, then: ConversationState | None = IDLE) -> Turn:
    """A turn with replies only. The state becomes `then` (default: idle; None: unchanged)."""
    return Turn(then, replies, ())
