"""The name of a lease's owner: a process, named so that others on its machine can see whether it is alive.

A process that was killed does not release its lease. The lease expires, but an alert should not wait for that where
others can see that the owner is dead.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


def here() -> str:
    """This process's name: the machine's boot id, the process id, and the start time of the process."""
    machine, pid = _machine(), os.getpid()
    return f"{machine}:{pid}:{_began(pid)}" if machine else secrets.token_hex(12)


def is_gone(holder: str) -> bool:
    """Whether the named process ran on this machine and is dead. False when that cannot be determined."""
    machine, _, process = holder.partition(":")
    pid, _, began = process.partition(":")
    return bool(began) and machine == _machine() and pid.isdigit() and _began(int(pid)) != began


def _machine() -> str:
    """The boot id of the machine and the process namespace; "" where the system has neither."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot[:13]}-{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _began(pid: int) -> str:
    """The start time of a process in clock ticks since boot; "" when there is no process with this id. Process ids are
    reused, start times are not."""
    try:
        told = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name is in brackets and may contain anything; after it come the state, eighteen numbers, and the start time.
    state, *numbers = told.rpartition(")")[2].split()
    return "" if state in "ZX" else numbers[18]
