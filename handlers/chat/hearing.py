"""One received message: who sent it, what it says, and the conversation state after it."""

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
    """The transaction of one message. Chat handlers set its results: the conversation's `state`, the tip that more may
    be added to, a short notice for a button press (`toast`, in a box if `alert`), and the `lane` of the answer."""

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
        """The chat in which the message was sent."""
        return Recipient(self.chat.id, self.chat.channel.value, self.chat.language)

    @property
    def by_card(self) -> Actor:
        """The actor of an action that is answered with the case's current card."""
        return replace(self.by, shown_in=self.chat.id)

    def talks_of(self, tip: TipId | None) -> None:
        """Remember this tip, so that the person's next words are added to it."""
        self.tip_id, self.tip_at = tip, self.now if tip is not None else None
