"""Provide the access token, renewed in time by whichever process comes first.

Zalo's refresh token works once, and its answer is the only copy of the next one. So one process at a time refreshes
(the lease table is the lock), it looks again at the row after it has the lock, and it commits the new pair before
anybody uses it. A timeout or a crash in between leaves `attempt_at`: it is unknown whether the token was used up, so it
is tried once more; if Zalo refuses it then, an administrator must consent again.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.channel import AccountDead, ConnectionFailed, TooFast
from bot.zalo_oa.client import OaClient, RefreshRefused, Renewed
from bot.zalo_oa.errors import NeverReached
from storage import tokens
from storage.database import Database
from storage.jobs import Unavailable
from storage.leases import hold, release
from storage.tokens import REAUTHORISE, WARN_AFTER, Kept
from storage.vault import Vault
from storage.waiting import wait_first

log = structlog.get_logger()

LEASE: Final = timedelta(seconds=60)
"""Longer than any refresh takes. A process that is killed during a refresh holds up the others for this time."""
REFRESH_WAIT_S: Final = 5.0
"""Seconds that a call waits for another process's refresh."""
LOOK_AGAIN_S: Final = 0.05
TRY_AGAIN: Final = timedelta(minutes=1)
"""The pause after a failed refresh while the old access token is valid."""
CHECK_EVERY_S: Final = 600.0
SPENT: Final = -14020
"""Zalo's error code for a refresh token that was used or is too old."""


class Tokens:
    """The tokens of one account in the database. `seed` is the settings' refresh token."""

    def __init__(
        self,
        *,
        database: Database,
        vault: Vault,
        client: OaClient,
        app_id: str,
        app_secret: str,
        seed: str,
        now: Callable[[], datetime],
    ) -> None:
        self.account = account_of(app_id)
        self._database, self._vault, self._client, self._now = database, vault, client, now
        self._app_id, self._app_secret, self._seed = app_id, app_secret, seed
        self._turn = asyncio.Lock()
        self._known: Kept | None = None
        self._planted = self._stale = False
        self._not_before: datetime | None = None
        self._failures = 0
        self._late: tuple[Kept, Renewed, datetime] | None = None

    async def access(self) -> str:
        """A valid access token. It is renewed ahead of time; while that fails, the old one is used as long as it is
        valid.

        Raises `AccountDead` when only the operator can help, `ConnectionError` for "try again"."""
        known = await self._look()
        now = self._now()
        if now < _renew_at(known):
            return known.pair.access
        alive = bool(known.pair.access) and now < known.access_until
        if alive and self._not_before is not None and now < self._not_before:
            return known.pair.access
        try:
            return await self._renew(known)
        except (AccountDead, ConnectionError, TooFast, Unavailable) as error:
            if not alive:
                raise
            self._not_before = now + TRY_AGAIN
            log.warning("zalo_refresh_failed", account=self.account, error=type(error).__name__)
            return known.pair.access

    async def instead_of(self, refused: str) -> str:
        """Another access token than `refused`, which Zalo has rejected. Raises what `access` raises."""
        known = await self._read()
        if known.pair.access and known.pair.access != refused:
            return known.pair.access  # another process has a new one already
        return await self._renew(known, refused)

    async def keep_fresh(self, stop: asyncio.Event) -> None:
        """Renew the tokens in time until `stop` is set, even without messages: an unused refresh token expires after 90
        days."""
        while not stop.is_set():
            try:
                await self.access()
            except (AccountDead, ConnectionError, TooFast, Unavailable) as error:
                log.error("zalo_tokens_not_fresh", account=self.account, error=type(error).__name__)
            self._warn_when_old()
            await wait_first(stop, timeout_s=CHECK_EVERY_S)

    def _warn_when_old(self) -> None:
        age = self._now() - self._known.refreshed_at if self._known is not None else timedelta(0)
        if age > WARN_AFTER:
            log.critical("zalo_refresh_token_old", account=self.account, days=age.days)

    async def _look(self) -> Kept:
        """The account's row, from memory as long as no refresh is due."""
        if self._known is not None and not self._stale and self._now() < _renew_at(self._known):
            return self._known
        return await self._read()

    async def _read(self) -> Kept:
        account, vault = self.account, self._vault
        if not self._planted and self._seed:
            now = self._now()
            await self._database.write(lambda db: tokens.plant(db, vault, account, self._seed, now))
            self._planted = True
        known = await self._database.read(lambda db: tokens.kept(db, vault, account))
        if known is None:
            raise AccountDead("no tokens yet: set TINBAO_ZALO_OA_REFRESH_TOKEN")
        self._known, self._stale = known, False
        return known

    async def _renew(self, seen: Kept, refused: str = "") -> str:
        """The access token of a newer pair than `seen`, made by this task or meanwhile by another task or process."""
        failures = self._failures
        async with self._turn:
            if self._failures != failures:
                raise ConnectionFailed(
                    "the refresh has just failed"
                )  # many tasks may wait here and must not fail one after the other
            holder = secrets.token_hex(8)
            try:
                newer = await self._locked(seen, holder)
                return newer or await self._spend(await self._read(), refused)
            except Exception:
                self._failures += 1
                self._stale = True
                raise
            finally:
                await self._database.write(lambda db: release(db, holder))

    async def _locked(self, seen: Kept, holder: str) -> str:
        """Acquire the lock. Returns another process's newer token as soon as there is one, or "" when the lock is
        acquired and there is none."""
        end = asyncio.get_running_loop().time() + REFRESH_WAIT_S
        while True:
            await self._save_late()
            ours = await self._hold(holder)
            known = await self._read()
            if known.pair.access != seen.pair.access:
                return known.pair.access
            if ours:
                return ""
            if asyncio.get_running_loop().time() > end:
                raise ConnectionFailed("another process is refreshing")
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _hold(self, holder: str) -> bool:
        now = self._now()
        return await self._database.write(lambda db: hold(db, f"{self.account}:refresh", holder, now, now + LEASE))

    async def _spend(self, known: Kept, refused: str) -> str:
        """Make one refresh request and return the new access token. The caller holds the lock, and `known` is the
        present row."""
        account, now = self.account, self._now()
        if refused:
            await self._database.write(lambda db: tokens.expire(db, account, now))
        just_refused = known.trouble and self._not_before is not None and now < self._not_before
        if known.trouble == REAUTHORISE or just_refused:
            raise self._dead(known.trouble)
        await self._database.write(lambda db: tokens.begin(db, account, now))
        try:
            renewed = await self._client.refresh(self._app_id, self._app_secret, known.pair.refresh)
        except NeverReached:
            if known.attempt_at is None:  # otherwise the result of the earlier attempt is still unknown
                await self._database.write(lambda db: tokens.gave_up(db, account, known.trouble))
            raise
        except RefreshRefused as no:
            for_good = no.code == SPENT or known.attempt_at is not None
            trouble = REAUTHORISE if for_good else f"refused {no.code}"
            await self._database.write(lambda db: tokens.gave_up(db, account, trouble))
            self._not_before = now + TRY_AGAIN
            raise self._dead(trouble) from None
        self._late = (known, renewed, self._now())
        await self._save_late()
        self._not_before = None
        log.info("zalo_refreshed", account=account)
        return (await self._read()).pair.access

    async def _save_late(self) -> None:
        """Commit a received pair. It stays in memory while the database is unavailable, because it is the only copy."""
        if self._late is None:
            return
        known, renewed, at = self._late
        account, vault = self.account, self._vault
        until = at + renewed.lasts
        try:
            await self._database.write(lambda db: tokens.renewed(db, vault, account, known, renewed.pair, at, until))
        except Unavailable:
            log.critical("zalo_pair_not_saved", account=account, remedy="repair the database, do not stop this process")
            raise
        self._late = None

    def _dead(self, trouble: str) -> AccountDead:
        if trouble == REAUTHORISE:
            log.critical(
                "zalo_reauthorise",
                account=self.account,
                remedy="consent again, put the new refresh token into TINBAO_ZALO_OA_REFRESH_TOKEN, and restart",
            )
        return AccountDead(trouble)


def account_of(app_id: str) -> str:
    """The name of an app's account in the tables."""
    return f"zalo_oa:{app_id}"


def _renew_at(known: Kept) -> datetime:
    """When to renew a token: a fifth of its lifetime before its end (after 20 of 25 hours)."""
    if not known.pair.access:
        return known.refreshed_at
    return known.access_until - max(known.access_until - known.refreshed_at, timedelta(0)) / 5
