"""What a person sees in their app."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One message of the Official Account. `buttons` are (title, payload)."""

    id: str
    text: str
    picture: bytes = b""
    buttons: tuple[tuple[str, str], ...] = ()
