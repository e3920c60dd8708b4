"""The courier's queue: in order, one message at a time for each chat, and of a card only the newest state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.ids import ContactId, OutboxId
from storage.sending import Waiting


@dataclass(slots=True)
class SendQueue:
    """Messages that are due. A card that is queued several times is sent once, in its newest state and at its first
    position."""

    _order: list[Waiting] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._order)

    def __iter__(self) -> Iterator[Waiting]:
        return iter(self._order)

    def put(self, found: Iterable[Waiting], under_way: Iterable[OutboxId]) -> None:
        """Replace the queue by the messages of a new query, without those that are being sent."""
        gone = set(under_way)
        order: list[Waiting] = []
        places: dict[tuple[ContactId, str], int] = {}
        for one in found:
            if one.id in gone:
                continue
            place = places.get((one.contact_id, one.slot)) if one.slot else None
            if place is None:
                if one.slot:
                    places[one.contact_id, one.slot] = len(order)
                order.append(one)
            elif one.id > order[place].id:
                order[place] = one
        self._order = order

    def keep(self, left: list[Waiting]) -> None:
        """Keep the messages in the queue that could not be started now."""
        self._order = left
