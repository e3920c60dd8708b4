"""One message being taken in: who speaks, what was said, and what the conversation is left with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from core.access import Actor
from core.conversation.person import ConversationState, Person
from core.ids import InboxId, TipId
from core.messages import Inbound
from core.replies import Words
from handlers.work import Work
from storage.contacts import Contact
from storage.outbox import Lane, Recipient


@dataclass(slots=True, kw_only=True)
class Hearing(Work):
    """The transaction of one message. The chat's handlers set what the conversation is left with: its `state`, the tip
    to which more may be added, a short notice for a press (`toast`, boxed if `alert`), and the `lane` of the answer."""

    heard: Inbound
    inbox_id: InboxId
    me: Contact
    chat: Contact
    person: Person
    by: Actor
    state: ConversationState = field(default_factory=ConversationState)
    tip_id: TipId | None = None
    tip_at: datetime | None = None
    toast: Words | None = None
    alert: bool = False
    lane: Lane = Lane.ANSWER

    @property
    def to_chat(self) -> Recipient:
        """Where they spoke."""
        return Recipient(self.chat.id, self.chat.channel.value, self.chat.language)

    @property
    def by_card(self) -> Actor:
        """Who acts, where the answer is the case's card as it then stands."""
        return replace(self.by, shown_in=self.chat.id)

    def talks_of(self, tip: TipId | None) -> None:
        """What is said next belongs to this tip."""
        self.tip_id, self.tip_at = tip, self.now if tip is not None else None
