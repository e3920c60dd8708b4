"""The result of one check of `tinbao doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database
    from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `fine` False: `words` say what to do."""

    fine: bool
    words: str


@dataclass(frozen=True, slots=True)
class OpenedDatabase:
    """The open database with its vault, and the time (aware)."""

    database: Database
    vault: Vault
    now: datetime
