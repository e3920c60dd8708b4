"""The checks of `tinbao doctor` for the Official Account: settings, tokens, budget, closed messaging windows.

They make one request, which changes nothing. A refresh token works once, so the doctor never uses it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.channel import AccountDead, TooFast
from bot.channel.finding import Finding, OpenedDatabase
from bot.zalo.doctor import budget, dead_line, hosts, soon
from bot.zalo_oa import CHANNEL
from bot.zalo_oa.client import Account, OaClient
from bot.zalo_oa.errors import TokenOver
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.status import told
from bot.zalo_oa.tokens import account_of
from handlers.reach import silent
from storage import tokens
from storage.vault import Vault


async def examine(settings: ZaloOaSettings, public_url: str, opened: OpenedDatabase | None) -> list[Finding]:
    """Findings about the settings, the database's data, and Zalo's answer. Without a database Zalo is not asked."""
    out = [Finding(False, words) for words in _settings(settings, public_url)]
    if not settings.zalo_oa_app_id:
        return out
    out += hosts(settings)
    if opened is None:
        return out
    vault, now = opened.vault, opened.now
    out += await opened.database.read(lambda db: _rows(db, vault, settings, now))
    access = await opened.database.read(lambda db: _access(db, vault, settings, now))
    return [*out, await _ask(settings, access)]


def _rows(db: Connection, vault: Vault, settings: ZaloOaSettings, now: datetime) -> list[Finding]:
    """Findings about the tokens, the month's remaining messages, and closed messaging windows."""
    account = account_of(settings.zalo_oa_app_id)
    out = told(tokens.status(db, vault, account, now), settings)
    out += budget(db, "Official Account", account, settings.zalo_oa_monthly_limit, now)
    return out + _windows(db, now)


def _access(db: Connection, vault: Vault, settings: ZaloOaSettings, now: datetime) -> str:
    """The access token, "" when there is no valid one."""
    known = tokens.kept(db, vault, account_of(settings.zalo_oa_app_id))
    return known.pair.access if known is not None and known.access_until > now else ""


async def _ask(settings: ZaloOaSettings, access: str) -> Finding:
    """Zalo's answer about the account, as a finding. Without a valid token (`access` "") it is not asked."""
    if not access:
        words = "Zalo was not asked about the Official Account: only `tinbao run` gets a new access token"
        return Finding(True, words)
    client = OaClient(settings.zalo_oa_api, settings.zalo_oa_auth_api)
    try:
        return _told_account(await soon(client.get_account(access)))
    except TokenOver:
        words = (
            "Zalo does not take the access token of the Official Account: while `tinbao run` runs it gets a new one by "
            "itself; look again in ten minutes with `tinbao zalo status`"
        )
    except AccountDead as error:
        words = f"Zalo shuts the Official Account out: {error}. Look at it in Zalo's consoles (docs/zalo.md)"
    except TooFast:
        words = "Zalo was asked too often for the Official Account and answers nothing now: try again in a minute"
    except (OSError, TimeoutError) as error:
        words = dead_line(settings.zalo_oa_api, "TINBAO_ZALO_OA_API", error)
    except Exception as error:  # any other error code of Zalo: the operator should see which
        words = f"Zalo refuses to tell of the Official Account ({error}): look for the number in docs/zalo.md"
    finally:
        await client.close()
    return Finding(False, words)


def _settings(settings: ZaloOaSettings, public_url: str) -> list[str]:
    """A sentence for each setting that is missing or contradicts another."""
    given = {
        "APP_SECRET": settings.app_secret,
        "SECRET": settings.signing_secret,
        "REFRESH_TOKEN": settings.seed,
        "ID": settings.zalo_oa_id,
    }
    if not settings.zalo_oa_app_id:
        left = ", ".join(sorted(f"TINBAO_ZALO_OA_{name}" for name, value in given.items() if value))
        alone = "TINBAO_ZALO_OA_APP_ID is empty, so there is no Official Account: set it, or take out"
        return [f"{alone} {left}"] if left else []
    out = [
        f"TINBAO_ZALO_OA_{name} is empty, and TINBAO_ZALO_OA_APP_ID is set"
        for name in ("APP_SECRET", "SECRET")
        if not given[name]
    ]
    if settings.signing_secret and settings.signing_secret == settings.app_secret:
        out.append(
            "TINBAO_ZALO_OA_SECRET and TINBAO_ZALO_OA_APP_SECRET are the same: the first is the OA Secret Key of the "
            "console's webhook page, the second the app's secret"
        )
    if settings.zalo_oa_id and settings.zalo_oa_id == settings.zalo_oa_app_id:
        out.append("TINBAO_ZALO_OA_ID is the app's number: set it to the Official Account's own, or leave it empty")
    if not public_url.startswith("https://"):
        out.append("the Official Account's webhook needs TINBAO_PUBLIC_URL, an https address")
    if settings.zalo_oa_bad_signature_status == "200":
        out.append(
            "TINBAO_ZALO_OA_BAD_SIGNATURE_STATUS is 200, which is for registering only: once the address is saved in "
            "Zalo's console set it to 401 and restart"
        )
    return out


def _windows(db: Connection, now: datetime) -> list[Finding]:
    found = silent(db, CHANNEL, now)
    words = (
        f"Official Account: {found.closed} of {found.chats} people have not written for more than seven days, and Zalo "
        f"lets nobody write to them there; {found.other_chat} of them have another chat"
    )
    out = [Finding(True, words)]
    if found.unreached_duties:
        remedy = "have each write one word there, or link another app with /noi"
        out.append(Finding(False, f"{found.unreached_duties} of them are police and hear of nothing: {remedy}"))
    return out


def _told_account(account: Account) -> Finding:
    words = "Zalo knows the Official Account"
    if account.package:
        words += f", package {account.package}"
    if account.verified is False:
        return Finding(False, f"{words}, and says that it is not verified: have it verified, or Zalo may refuse (-221)")
    return Finding(True, f"{words}, verified" if account.verified else words)
