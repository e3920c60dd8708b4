"""Who holds a lease: a process, named so that others on its machine can see whether it still lives.

A process that was killed gives nothing back. Its lease runs out, but an alert should not wait for that where anybody
can see that the holder is dead.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


def here() -> str:
    """This process's name: the machine since it was started, the process's number there, and when it began."""
    machine, pid = _machine(), os.getpid()
    return f"{machine}:{pid}:{_began(pid)}" if machine else secrets.token_hex(12)


def is_gone(holder: str) -> bool:
    """Whether the process of that name lived on this machine and is dead. False wherever that cannot be seen."""
    machine, _, process = holder.partition(":")
    pid, _, began = process.partition(":")
    return bool(began) and machine == _machine() and pid.isdigit() and _began(int(pid)) != began


def _machine() -> str:
    """The machine since its start, and the container in it; "" where the system does not tell."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot[:13]}-{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _began(pid: int) -> str:
    """When a process began, in the machine's own count; "" when there is none of that number. Numbers are used again,
    beginnings are not."""
    try:
        told = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name stands in brackets and may hold anything; the state and eighteen numbers follow, then the beginning.
    state, *numbers = told.rpartition(")")[2].split()
    return "" if state in "ZX" else numbers[18]
