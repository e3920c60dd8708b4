"""Fills a database with old tips as the nightly sweep leaves them: every row is there with its keys and seals, the
words of what was sent and of what was read are emptied. Made inside SQLite itself, a million in about a minute."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.stage import BOT, COMMUNE
from storage.tables import SENT
from storage.vault import Vault, new_key, parse_keys

FIRST_ID: Final = 1_000
"""Leaves room for those who are there already: the officers."""
COUNT: Final = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
STATEMENTS: Final = (
    "contact (id, channel, address_hash, sealed_address, sealed_name, is_group, language, reachable, created_at)"
    " SELECT i, 'telegram', spread(i), :address, :name, 0, 'vi', 1, :at",
    "conversation (contact_id, step, tip_id, tip_at, tokens, tokens_at, wrote_at) SELECT i, '', i, :at, 29.0, :at, :at",
    "inbox (channel, message_key, contact_id, received_at, state) SELECT 'telegram', :bot || ':' || i, i, :at, 'done'",
    "police_case (id, unit, province, state, category, urgency, commune, received_at, opened_at, taken_at, closed_at,"
    " outcome, level, routed, version)"
    " SELECT i, :unit, '24', 'closed', 'theft_robbery', 'normal', :unit, :at, :at, :at, :at, 'handled', 0, 0, 3",
    "tip (id, case_id, contact_id, channel, message_key, code_hash, sealed_code, received_at, proposed, anonymous)"
    " SELECT i, i, i, 'telegram', :bot || ':' || i, spread(-i), :code, :at, :proposed, 1",
    "tip_part (tip_id, kind, said_at, sealed_text) SELECT i, 'text', :at, :words",
    "outbox (reason, contact_id, channel, lane, state, sealed_reply, slot, language, created_at, ready_at, sent_at,"
    " tries) SELECT 'case:' || i || ':card:0', i, 'telegram', 2, :sent, x'', 'case:' || i, 'vi', :at, :at, :at, 1",
    "outbox (reason, contact_id, channel, lane, state, sealed_reply, slot, language, created_at, ready_at, sent_at,"
    " tries) SELECT 'hear:' || i || ':0', i, 'telegram', 3, :sent, x'', 'tip:' || i, 'vi', :at, :at, :at, 1",
    "audit (chain, seq, case_id, actor, act, at, sealed_detail, mac)"
    " SELECT 'old', i, i, i, 'received', :at, :detail, spread(i)",
    "timer (reason, kind, subject, due_at, detail, done_at, result)"
    " SELECT 'case:' || i || ':take:0:0', 'take', i, :at, '{\"routed\": 0, \"level\": 0}', :at, 'dropped'",
)


def prefill(file: Path, tips: int) -> int:
    """Put so many old tips into a migrated SQLite file that nobody has open; returns how many tips it then holds."""
    db = sqlite3.connect(file, isolation_level=None)
    last = FIRST_ID + tips

    def spread(number: int) -> bytes:
        """Bytes spread as evenly as real hashes, but made in order (backwards for a minus), to fill quickly."""
        part = number if number > 0 else last + FIRST_ID + number
        return ((part << 248) // (last + 1)).to_bytes(32, "big")

    try:
        db.create_function("spread", 1, spread, deterministic=True)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-524288"):
            db.execute(f"PRAGMA {pragma}")
        values = {"first": FIRST_ID + 1, "last": last, **_values()}
        for statement in STATEMENTS:
            table, _, choice = statement.partition(" SELECT ")
            db.execute(f"{COUNT} INSERT INTO {table} SELECT {choice} FROM n", values)
        db.execute("PRAGMA journal_mode=WAL")
        return int(db.execute("SELECT count(*) FROM tip").fetchone()[0])
    finally:
        db.close()


def _values() -> dict[str, Any]:
    """Values of the true size, sealed once for all."""
    vault = Vault(parse_keys(new_key()), b"\0" * 32)
    at = (datetime.now(UTC) - timedelta(days=200)).strftime("%Y-%m-%d %H:%M:%S.%f")
    return {
        "bot": BOT,
        "unit": COMMUNE,
        "at": at,
        "sent": SENT,
        "address": vault.seal("5000000"),
        "name": vault.seal("Ba 1000000"),
        "code": vault.seal("TB-0000-0000"),
        "words": vault.seal("w" * 100),
        "detail": vault.seal_json({"category": "theft_robbery", "urgency": "normal"}),
        "proposed": '{"guesses": [["theft_robbery", 0.93]], "urgency": "normal", "communes": [], "place_said": true}',
    }
