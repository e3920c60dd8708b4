"""The fingerprint of the running program, which changes with every upgrade even when the version number does not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from core.errors import ROOMS

_READ: Final = frozenset({".py", ".ftl", ".yaml"})


@cache
def fingerprint() -> str:
    """A hash of the code, the catalogs and the plans of this process: 32 hexadecimal digits. Takes 15 ms."""
    digest = hashlib.sha256()
    for room, folder in _folders():
        for file in sorted(folder.rglob("*")):
            if file.suffix in _READ:
                digest.update(f"{room}/{file.relative_to(folder)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:32]


def _folders() -> Iterator[tuple[str, Path]]:
    for room in sorted(ROOMS):
        found = find_spec(room)
        if found is not None and found.origin is not None:
            yield room, Path(found.origin).parent
