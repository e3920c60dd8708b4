"""Receipt codes, link codes and invites: short enough to read aloud, too long to guess.

Characters of Crockford's base 32 (no I, L, O, U). A receipt carries 40 random bits and is rate-limited; an
invite 80 bits and works once.
"""

from __future__ import annotations

import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX: Final = "TB"
RECEIPT_BYTES: Final = 5
INVITE_BYTES: Final = 10
_SAID: Final = re.compile(r"(?<![A-Z0-9])T\s?B[\s.\-–]?([0-9A-Z]{4})[\s.\-–]?([0-9A-Z]{4})(?![A-Z0-9])", re.IGNORECASE)
LINK_PREFIX: Final = "LK"
_LINK: Final = re.compile(r"(?:L\s?K[\s.\-–]?|L_)([0-9A-Z]{4})[\s.\-–]?([0-9A-Z]{4})$")
_READ_AS: Final = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def receipt_code(random: bytes) -> str:
    """A receipt code (`TB-4K7M-92XQ`) from five random bytes."""
    code = encode(random[:RECEIPT_BYTES])
    return f"{PREFIX}-{code[:4]}-{code[4:]}"


def find_code(text: str) -> str | None:
    """The receipt code that somebody typed, in its written form; forgiving about case, dashes and look-alikes."""
    found = _SAID.search(text.upper())
    if found is None:
        return None
    code = (found[1] + found[2]).translate(_READ_AS)
    # A plate or a word may look like one; a real code uses only the characters of `ALPHABET`.
    return f"{PREFIX}-{code[:4]}-{code[4:]}" if all(character in ALPHABET for character in code) else None


def link_code(random: bytes) -> str:
    """A one-time code that links two chats of one person (`LK-4K7M-92XQ`) from five random bytes."""
    return f"{LINK_PREFIX}{receipt_code(random)[len(PREFIX) :]}"


def find_link_code(text: str) -> str | None:
    """The link code that somebody typed or opened as a start payload (`l_4K7M92XQ`), in its written form."""
    found = _LINK.match(text.strip().upper())
    if found is None:
        return None
    code = (found[1] + found[2]).translate(_READ_AS)
    return f"{LINK_PREFIX}-{code[:4]}-{code[4:]}" if all(character in ALPHABET for character in code) else None


def encode(data: bytes) -> str:
    """Bytes (their number a multiple of five) in the characters of `ALPHABET`."""
    number = int.from_bytes(data, "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(len(data) * 8 - 5, -1, -5))
