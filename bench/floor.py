"""The floor under intake: the same HTTP server, the same reading of updates, the same encryption and the same rows
through plain SQLAlchemy Core (statements built once) in the same batches; no handlers, no triage, no conversation, no
question asked of the data. `python -m bench.floor PORT FOLDER`."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import uvicorn
from sqlalchemy import Connection, Table, bindparam, insert, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.load import PATH
from bot.telegram.read import OwnAccount, read
from core.codes import receipt_code
from core.messages import Inbound
from storage.contacts import address_hash
from storage.database import open_database
from storage.inbox import inbound_to_json
from storage.keys import open_vault
from storage.migrate import migrate
from storage.tables import audit, audit_head, case, contact, conversation, inbox, outbox, timer, tip, tip_part
from storage.vault import Vault, new_key, parse_keys

REPLY: Mapping[str, Any] = {
    "lines": [["tip-received", {"code": "TB-0000-0000"}]] * 4,
    "rows": [[["t:1:ok", ["x", {}]]] * 2] * 3,
}
WITH_ID = {table: insert(table).returning(table.c.id) for table in (contact, case, tip)}
PLAIN = {table: insert(table) for table in (inbox, tip_part, audit, timer, outbox, conversation)}
MOVE_HEAD = update(audit_head).values(seq=bindparam("to_seq"), last_mac=bindparam("to_mac"), mac=bindparam("to_end"))


def insert_id(db: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert a row; returns its id."""
    return int(db.execute(WITH_ID[table], dict(values)).scalar_one())


def insert_row(db: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row."""
    db.execute(PLAIN[table], dict(values))


def rows(db: Connection, vault: Vault, heard: Inbound, now: datetime) -> None:
    """All rows that one new tip of ours writes, with values of the same size, encrypted in the same way."""
    kept = {"channel": "telegram", "reachable": True, "is_group": False, "language": "vi", "created_at": now}
    hashed = address_hash(vault, heard.channel, heard.chat)
    sealed = {"sealed_address": vault.seal(heard.chat), "sealed_name": vault.seal(heard.sender_name)}
    me = insert_id(db, contact, {**kept, **sealed, "address_hash": hashed})
    key = {"channel": "telegram", "message_key": heard.message_key}
    words = vault.seal_json(inbound_to_json(heard))
    insert_row(db, inbox, {**key, "contact_id": me, "received_at": now, "state": "done", "sealed_message": words})
    state = {"state": "new", "category": "theft_robbery", "urgency": "normal", "commune": "07795", "level": 0}
    number = insert_id(
        db,
        case,
        {**state, "unit": "07795", "province": "24", "received_at": now, "opened_at": now, "routed": 0, "version": 0},
    )
    code = receipt_code(secrets.token_bytes(5))
    own = {"case_id": number, "contact_id": me, "code_hash": vault.hash("code", code), "sealed_code": vault.seal(code)}
    mine = insert_id(db, tip, {**key, **own, "received_at": now, "proposed": {"guesses": []}, "anonymous": True})
    insert_row(db, tip_part, {"tip_id": mine, "kind": "text", "said_at": now, "sealed_text": vault.seal(heard.text)})
    mac = vault.mac(heard.message_key.encode())
    act = {"chain": "07795", "seq": number, "case_id": number, "actor": me, "act": "received", "at": now, "mac": mac}
    insert_row(db, audit, {**act, "sealed_detail": vault.seal_json({"category": "x", "urgency": "y"})})
    db.execute(MOVE_HEAD, {"to_seq": number, "to_mac": mac, "to_end": vault.mac(mac)})
    due = {"subject": number, "due_at": now + timedelta(hours=4), "detail": {"routed": 0, "level": 0}}
    for kind in ("take", "likeness"):
        insert_row(db, timer, {**due, "kind": kind, "reason": f"case:{number}:{kind}:0:0"})
    for reason in (f"case:{number}:card:0", f"hear:{number}:0"):
        told = {
            "reason": reason,
            "contact_id": me,
            "channel": "telegram",
            "lane": 2,
            "state": 0,
            "slot": "",
            "language": "vi",
        }
        sealed_reply = vault.seal_json(REPLY)
        insert_row(db, outbox, {**told, "sealed_reply": sealed_reply, "created_at": now, "ready_at": now, "tries": 0})
    insert_row(
        db,
        conversation,
        {
            "contact_id": me,
            "step": "",
            "sealed_draft": None,
            "tip_id": mine,
            "tip_at": now,
            "tokens": 29.0,
            "tokens_at": now,
            "wrote_at": now,
        },
    )


async def serve(port: int, folder: str) -> None:
    """Serve until stopped."""
    database = open_database(f"sqlite:///{folder}/floor.db")
    await migrate(database)
    vault = await database.write(lambda db: open_vault(db, parse_keys(new_key())))
    first = {"chain": "07795", "seq": 0, "last_mac": b"0" * 32, "mac": b"0" * 32}
    await database.write(lambda db: db.execute(insert(audit_head), first))
    us = OwnAccount(700001, "bench_bot")

    async def webhook(request: Request) -> Response:
        now = datetime.now(UTC)
        heard = read(orjson.loads(await request.body()), us, now)
        if heard is not None:
            await database.write(lambda db: rows(db, vault, heard, now))
        return Response(status_code=200)

    app = Starlette(routes=[Route(PATH, webhook, methods=["POST"])])
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off")
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(int(sys.argv[1]), sys.argv[2]))
