"""A dict with a maximum size. When it is full, a new key removes the oldest one."""

from __future__ import annotations

from collections import UserDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedDict(UserDict[K, V]):
    """Holds at most `most` entries. Setting a new key beyond that removes the key that was set first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        if key not in self.data and len(self.data) >= self._most:
            del self.data[next(iter(self.data))]
        self.data[key] = value
