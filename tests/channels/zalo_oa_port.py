"""Our side of the Official Account for tests: a port on a database, as one process has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.zalo_oa.client import OaClient
from bot.zalo_oa.compose import Shape
from bot.zalo_oa.send import OaPort
from bot.zalo_oa.tokens import Tokens
from storage.database import Database
from storage.vault import Vault
from tests.doubles.zalo_oa import ZaloOaDouble


def port_of(
    zalo: ZaloOaDouble,
    database: Database,
    vault: Vault,
    *,
    seed: str = "refresh-0",
    buttons: Shape = "off",
    now: Callable[[], datetime] | None = None,
) -> OaPort:
    """One process's port."""
    clock = now or zalo.now
    client = OaClient(zalo.url, zalo.url, clock)
    tokens = Tokens(
        database=database,
        vault=vault,
        client=client,
        app_id=zalo.app_id,
        app_secret=zalo.app_secret,
        seed=seed,
        now=clock,
    )
    return OaPort(client, tokens, buttons=buttons, media_hosts=("127.0.0.1",))
