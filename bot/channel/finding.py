"""What `tinbao doctor` says of one thing that it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database
    from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fine` False: `words` say what to do."""

    fine: bool
    words: str


@dataclass(frozen=True, slots=True)
class OpenedDatabase:
    """The operator's database with its vault, and the time (aware)."""

    database: Database
    vault: Vault
    now: datetime
