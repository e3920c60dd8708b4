"""A platform's token pair, stored encrypted: a short-lived access token, and a refresh token that works once.

Losing the newest refresh token locks the account until an administrator consents again. So a refresh is recorded before
it begins (`begin`), and the new pair is committed (`renewed`) before anybody uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select, update

from storage.tables import channel_token
from storage.upsert import insert_if_new
from storage.vault import Vault

REAUTHORISE: Final = "reauthorise"
"""The `trouble` of a refresh token that the platform rejects: an administrator must consent again."""
REFRESH_LASTS: Final = timedelta(days=90)
"""How long an unused refresh token stays valid at Zalo ("3 months")."""
WARN_AFTER: Final = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class Pair:
    """The access token for calls, and the refresh token for the next pair. Never to be shown or logged."""

    access: str
    refresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An account's row. `seed` is a keyed hash (hex) of the token in the settings that it began with.

    `attempt_at`: when a refresh began whose result is unknown. `trouble` says why no refresh can work."""

    pair: Pair
    seed: str
    access_until: datetime
    refreshed_at: datetime
    attempt_at: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenStatus:
    """The status of an account's tokens for the operator: times only, no token."""

    account: str
    known: bool = False
    access_until: datetime | None = None
    refreshed_at: datetime | None = None
    attempt_at: datetime | None = None
    trouble: str = ""
    alive: bool = False
    """The access token is still valid."""
    old: bool = False
    """The refresh token should be used soon, before it expires."""


def kept(db: Connection, vault: Vault, account: str) -> Kept | None:
    """The account's tokens, None when there never were any. Raises `WrongKey`."""
    row = db.execute(select(channel_token).where(channel_token.c.account == account)).one_or_none()
    if row is None:
        return None
    sealed = vault.open_json(row.sealed_pair)
    return Kept(
        pair=Pair(sealed["access"], sealed["refresh"]),
        seed=sealed["seed"],
        access_until=row.access_until,
        refreshed_at=row.refreshed_at,
        attempt_at=row.attempt_at,
        trouble=row.trouble or "",
    )


def plant(db: Connection, vault: Vault, account: str, refresh: str, now: datetime) -> bool:
    """Store the settings' refresh token as the account's first one. True when it was stored.

    Afterwards the setting is ignored, until the row is in trouble (whatever the platform's error number) and the
    setting holds another token than the one that the row began with."""
    seed = vault.hash("seed", account, refresh).hex()
    values: dict[str, Any] = {
        "sealed_pair": _sealed(vault, Pair("", refresh), seed),
        "access_until": now,
        "refreshed_at": now,
    }
    if insert_if_new(db, channel_token, {"account": account, **values}) is not None:
        return True
    known = kept(db, vault, account)
    if known is None or not known.trouble or known.seed == seed:
        return False
    # The previous access token may be valid for hours more, so it stays in use.
    values |= {
        "sealed_pair": _sealed(vault, Pair(known.pair.access, refresh), seed),
        "access_until": known.access_until,
    }
    _change(db, account, sealed_before=_pair_of(db, account), attempt_at=None, trouble=None, **values)
    return True


def begin(db: Connection, account: str, now: datetime) -> None:
    """Record that a refresh begins."""
    _change(db, account, attempt_at=now)


def renewed(
    db: Connection, vault: Vault, account: str, known: Kept, pair: Pair, now: datetime, access_until: datetime
) -> None:
    """Store the new pair after a refresh, and keep the previous one for diagnosis."""
    _change(
        db,
        account,
        sealed_pair=_sealed(vault, pair, known.seed),
        sealed_before=_pair_of(db, account),
        access_until=access_until,
        refreshed_at=now,
        attempt_at=None,
        trouble=None,
    )


def gave_up(db: Connection, account: str, trouble: str) -> None:
    """Record that a refresh ended without a new pair and that the platform did not consume the old one unnoticed.
    `trouble` says why it was refused, "" when the platform was never reached."""
    _change(db, account, attempt_at=None, trouble=trouble[:80] or None)


def expire(db: Connection, account: str, now: datetime) -> None:
    """Record that the platform rejects the access token, whatever lifetime it promised."""
    _change(db, account, access_until=now)


def status(db: Connection, vault: Vault, account: str, now: datetime) -> TokenStatus:
    """The status of the account's tokens at `now`. Raises `WrongKey`."""
    known = kept(db, vault, account)
    if known is None:
        return TokenStatus(account=account)
    return TokenStatus(
        account=account,
        known=True,
        access_until=known.access_until,
        refreshed_at=known.refreshed_at,
        attempt_at=known.attempt_at,
        trouble=known.trouble,
        alive=bool(known.pair.access) and known.access_until > now,
        old=now - known.refreshed_at > WARN_AFTER,
    )


def _sealed(vault: Vault, pair: Pair, seed: str) -> bytes:
    return vault.seal_json({"access": pair.access, "refresh": pair.refresh, "seed": seed})


def _pair_of(db: Connection, account: str) -> bytes:
    sealed: bytes = db.execute(
        select(channel_token.c.sealed_pair).where(channel_token.c.account == account)
    ).scalar_one()
    return sealed


def _change(db: Connection, account: str, **values: Any) -> None:
    db.execute(update(channel_token).where(channel_token.c.account == account).values(values))
