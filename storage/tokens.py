"""A platform's token pair, sealed: a short-lived access token, and a refresh token that works once.

Losing the newest refresh token shuts the account until an administrator consents again. So a refresh is written down
before it begins (`begin`), and the new pair is committed (`renewed`) before anybody uses it.
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
"""The trouble of a refresh token that the platform does not take any more: an administrator must consent again."""
REFRESH_LASTS: Final = timedelta(days=90)
"""How long a refresh token that nobody uses stays good at Zalo ("3 months")."""
WARN_AFTER: Final = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class Pair:
    """What calls are signed with, and what gets the next pair. Never to be shown or logged."""

    access: str
    refresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An account's row. `seed` tells which token of the settings it began with, as a keyed hash in hex.

    `attempt_at`: a refresh was begun then and its end is not known. `trouble` says why no refresh can work."""

    pair: Pair
    seed: str
    access_until: datetime
    refreshed_at: datetime
    attempt_at: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenStatus:
    """How an account's tokens stand, for the operator: times only, no token."""

    account: str
    known: bool = False
    access_until: datetime | None = None
    refreshed_at: datetime | None = None
    attempt_at: datetime | None = None
    trouble: str = ""
    alive: bool = False
    """The access token still lives."""
    old: bool = False
    """The refresh token should be used soon, or it dies."""


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
    """Take the settings' refresh token as the first one; True when it was taken.

    Afterwards the row is the truth and the setting is passed over, until the row is in trouble (whatever the platform's
    number for it) and the setting holds another token than the one that it began with."""
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
    # The access token of before may still live for hours; it goes on.
    values |= {
        "sealed_pair": _sealed(vault, Pair(known.pair.access, refresh), seed),
        "access_until": known.access_until,
    }
    _change(db, account, sealed_before=_pair_of(db, account), attempt_at=None, trouble=None, **values)
    return True


def begin(db: Connection, account: str, now: datetime) -> None:
    """A refresh begins."""
    _change(db, account, attempt_at=now)


def renewed(
    db: Connection, vault: Vault, account: str, known: Kept, pair: Pair, now: datetime, access_until: datetime
) -> None:
    """A refresh succeeded: keep the new pair, and the one before for diagnosis."""
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
    """A refresh ended without a new pair, and the platform did not use the old one up unseen. `trouble` says why it
    was refused, "" when the platform was never reached."""
    _change(db, account, attempt_at=None, trouble=trouble[:80] or None)


def expire(db: Connection, account: str, now: datetime) -> None:
    """The platform takes the access token no more, whatever it promised."""
    _change(db, account, access_until=now)


def status(db: Connection, vault: Vault, account: str, now: datetime) -> TokenStatus:
    """How the account's tokens stand at `now`. Raises `WrongKey`."""
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
