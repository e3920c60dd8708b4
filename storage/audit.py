"""The audit log of each unit: every action on a case is a row that holds a keyed hash of the row before it.

There is one chain per unit, so that units do not wait for each other. The key of the hash is stored encrypted only, so
whoever can write to the tables but lacks the secret key cannot repair a chain that they broke.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from storage.quick import ask, change
from storage.tables import audit, audit_head
from storage.upsert import insert_if_new, insert_row
from storage.vault import Vault

START = b"\0" * 32
_HEAD = select(audit_head.c.seq, audit_head.c.last_mac).where(audit_head.c.chain == bindparam("of"))
_HEAD_HELD = _HEAD.with_for_update()
_MOVE_HEAD = (
    update(audit_head)
    .where(audit_head.c.chain == bindparam("of"))
    .values(seq=bindparam("now_seq"), last_mac=bindparam("now_last"), mac=bindparam("now_mac"))
)


@dataclass(frozen=True, slots=True)
class Break:
    """The place where a chain is broken."""

    chain: str
    seq: int
    why: str


def note(
    db: Connection,
    vault: Vault,
    *,
    chain: str,
    case_id: int | None,
    actor: int | None,
    act: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Append an action to a unit's audit log. Locks the end of the chain until the transaction ends."""
    find = _HEAD_HELD if db.dialect.name == "postgresql" else _HEAD
    held = ask(db, find, {"of": chain})
    if not held:
        first = {"chain": chain, "seq": 0, "last_mac": START, "mac": _head_mac(vault, chain, 0, START)}
        insert_if_new(db, audit_head, first)
        held = ask(db, find, {"of": chain})
    head = held[0]
    before: bytes = head.last_mac
    seq = head.seq + 1
    sealed = vault.seal_json(detail) if detail else None
    mac = _row_mac(vault, before, chain, seq, case_id, actor, act, now, sealed)
    row = {"chain": chain, "seq": seq, "case_id": case_id, "actor": actor, "act": act, "at": now}
    insert_row(db, audit, {**row, "sealed_detail": sealed, "mac": mac})
    end = _head_mac(vault, chain, seq, mac)
    change(db, _MOVE_HEAD, {"of": chain, "now_seq": seq, "now_last": mac, "now_mac": end})


def verify(db: Connection, vault: Vault) -> tuple[int, list[Break]]:
    """Check all chains: (number of valid rows, the first break of each broken chain)."""
    breaks: list[Break] = []
    good = 0
    heads = {row.chain: row for row in db.execute(select(audit_head))}
    chains = {row.chain for row in db.execute(select(audit.c.chain).distinct())} | set(heads)
    for chain in sorted(chains):
        before, seq = START, 0
        broken: Break | None = None
        for row in db.execute(select(audit).where(audit.c.chain == chain).order_by(audit.c.seq)):
            if row.seq != seq + 1:
                broken = Break(chain, seq + 1, "a row is missing")
                break
            mac = _row_mac(vault, before, chain, row.seq, row.case_id, row.actor, row.act, row.at, row.sealed_detail)
            if mac != row.mac:
                broken = Break(chain, row.seq, "a row was changed")
                break
            before, seq = mac, row.seq
            good += 1
        head = heads.get(chain)
        if broken is None and (head is None or head.seq != seq or head.mac != _head_mac(vault, chain, seq, before)):
            broken = Break(chain, seq + 1, "the end of the chain is missing")
        if broken is not None:
            breaks.append(broken)
    return good, breaks


def _row_mac(
    vault: Vault,
    before: bytes,
    chain: str,
    seq: int,
    case_id: int | None,
    actor: int | None,
    act: str,
    at: datetime,
    sealed: bytes | None,
) -> bytes:
    facts = [chain, seq, case_id, actor, act, at.astimezone(UTC).isoformat(timespec="microseconds")]
    return vault.mac(before + json.dumps(facts).encode() + b"\x1f" + (sealed or b""))


def _head_mac(vault: Vault, chain: str, seq: int, last: bytes) -> bytes:
    return vault.mac(b"head" + chain.encode() + str(seq).encode() + last)
