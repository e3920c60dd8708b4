"""What the courier is about to send: in order, one at a time for each chat, and of a card only its newest state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.ids import ContactId, OutboxId
from storage.sending import Waiting


@dataclass(slots=True)
class SendQueue:
    """Messages that are due. A card that waits several times goes once, as it is by then, where it first stood."""

    _order: list[Waiting] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._order)

    def __iter__(self) -> Iterator[Waiting]:
        return iter(self._order)

    def put(self, found: Iterable[Waiting], under_way: Iterable[OutboxId]) -> None:
        """What a fresh look has found replaces what was queued; what is under way is left out."""
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
        """Keep in the queue what could not be started now."""
        self._order = left
