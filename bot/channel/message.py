"""An outgoing message in the reader's own language."""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import Language


@dataclass(frozen=True, slots=True)
class Button:
    """One button in the reader's language."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Stored media, decrypted, to send along. `kind` is a `core.messages.MediaKind` value."""

    kind: str
    data: bytes
    mime: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message in the reader's own language, ready for a platform."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    point: tuple[float, float] | None = None
    place_button: str = ""
    """The label of the platform's own share-my-location button, where one is wanted."""
    wants_answer: bool = False
    protect: bool = False
    more: str = ""
    """When `rows` are one page of a numbered list: the label of "0", which shows the next page."""
    hint: str = ""
    """One line on how to answer a numbered list."""
    language: Language = Language.VI
    """The reader's language, for words that a channel adds."""
