"""What `tinbao doctor` says of one thing that it looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fine` False: `words` say what to do."""

    fine: bool
    words: str
