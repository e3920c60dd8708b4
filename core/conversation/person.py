"""Who speaks, and the state of the conversation with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.access import Duty, Permission, holds
from core.messages import Language
from core.triage.proposal import Category, Urgency


class Step(StrEnum):
    """What the bot waits for. After each question stands the field that its draft holds."""

    IDLE = ""
    PLACE = "place"
    """Where did it happen? `tip`"""
    MAYBE = "maybe"
    """Was that a tip? `text`"""
    REACHED_BY = "reached_by"
    """How may the police call you? `tip`"""
    ANSWER = "answer"
    """The police asked. `tip`"""
    QUESTION = "question"
    """What shall the reporter be asked? `case`"""
    WHOSE = "whose"
    """Whose case is it then? `case`"""
    SAME_AS = "same_as"
    """Which case is it the same as? `case`"""
    ACTIVITY = "activity"
    """What was done? `kind`"""
    FIX_ACTIVITY = "fix_activity"
    """What is right instead? `activity`"""
    ADD = "add"
    """More of one's own tip, asked for by button. `tip`"""
    CODE = "code"
    """Which code?"""
    ASK_POLICE = "ask_police"
    """What is the question for the police?"""
    REPLY = "reply"
    """What shall the one who asked be answered? `question`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTip:
    """The reporter's latest tip, to which more may be added. `touched_at` (aware) is their last message about it."""

    id: int
    code: str
    category: Category
    urgency: Urgency
    commune: str
    touched_at: datetime
    open: bool = True
    album: str = ""
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class ConversationState:
    """The step and its draft. The draft is kept encrypted."""

    step: Step = Step.IDLE
    draft: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a step knows about the person who speaks. `quiet`: past the rate limit, so store but do not answer."""

    id: int
    language: Language
    duties: tuple[Duty, ...] = ()
    commune: str = ""
    tip: OpenTip | None = None
    new: bool = False
    quiet: bool = False

    def can(self, permission: Permission) -> bool:
        """Whether one of their duties allows this for anything at all."""
        return holds(self.duties, permission)
