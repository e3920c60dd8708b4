"""What `tinbao doctor` finds out about Zalo: settings that do not fit, tokens, budgets, closed windows.

One question goes to each of Zalo's servers, and none changes anything there: a refresh token works once, so the doctor
never spends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Connection

from bot.app.settings import Settings
from bot.channel import AccountDead, TooFast
from bot.cli.finding import Finding
from bot.delivery.budget import WARN_AT
from bot.zalo.media import host_list
from bot.zalo_bot.client import BotClient
from bot.zalo_bot.errors import ShutOut, TooMany
from bot.zalo_bot.set_up import check_secret
from bot.zalo_oa.client import Account, OaClient
from bot.zalo_oa.errors import TokenOver
from bot.zalo_oa.status import told
from bot.zalo_oa.tokens import account_of
from core.messages import Channel
from handlers.reach import silent
from storage import sending_counts, tokens
from storage.vault import Vault

T = TypeVar("T")

ANSWER_S: Final = 10
"""Seconds that each of Zalo's servers has."""
_OURS: Final = "a-secret-of-our-own"
"""Stands for the webhook's secret where the operator set none: ours always has a shape that Zalo takes."""
_OA_SECRETS: Final = ("zalo_oa_app_secret", "zalo_oa_secret")


def zalo_settings(settings: Settings) -> list[Finding]:
    """Which settings are missing, or contradict each other."""
    return [Finding(False, words) for words in (*_bot_settings(settings), *_oa_settings(settings))]


def zalo_rows(db: Connection, vault: Vault, settings: Settings, now: datetime) -> list[Finding]:
    """What the database knows: how the tokens stand, what is left of the month, who cannot be written to now."""
    out: list[Finding] = []
    if settings.zalo_oa_app_id:
        account = account_of(settings.zalo_oa_app_id)
        lines = told(tokens.status(db, vault, account, now), settings)
        out += [Finding(not line.startswith("WRONG: "), line.removeprefix("WRONG: ")) for line in lines]
        out += _budget(db, "Official Account", account, settings.zalo_oa_monthly_limit, now)
        out += _windows(db, now)
    bot_id = settings.zalo_bot_token.get_secret_value().partition(":")[0]
    if bot_id:
        out += _budget(db, "Zalo bot", f"zalo_bot:{bot_id}", settings.zalo_bot_monthly_limit, now)
    return out


def oa_access(db: Connection, vault: Vault, settings: Settings, now: datetime) -> str:
    """The Official Account's access token, "" when there is none that still lives."""
    if not settings.zalo_oa_app_id:
        return ""
    known = tokens.kept(db, vault, account_of(settings.zalo_oa_app_id))
    return known.pair.access if known is not None and known.access_until > now else ""


async def ask_oa(settings: Settings, access: str) -> list[Finding]:
    """What Zalo says of the Official Account. Without a living token (`access` "") it is not asked."""
    if not settings.zalo_oa_app_id:
        return []
    if not access:
        words = "Zalo was not asked about the Official Account: only `tinbao run` gets a new access token"
        return [Finding(True, words)]
    client = OaClient(settings.zalo_oa_api, settings.zalo_oa_auth_api)
    try:
        return [_told_account(await _soon(client.get_account(access)))]
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
        words = _dead_line(settings.zalo_oa_api, "TINBAO_ZALO_OA_API", error)
    except Exception as error:  # any of Zalo's other numbers: the operator should see which
        words = f"Zalo refuses to tell of the Official Account ({error}): look for the number in docs/zalo.md"
    finally:
        await client.close()
    return [Finding(False, words)]


async def ask_bot(settings: Settings) -> list[Finding]:
    """What Zalo says of the bot."""
    token = settings.zalo_bot_token.get_secret_value()
    if not token:
        return []
    try:
        client = BotClient(token, settings.zalo_bot_api)
    except ValueError as error:
        return [Finding(False, f"TINBAO_ZALO_BOT_TOKEN: {error}")]
    try:
        names = await _soon(client.get_me())
        return [Finding(True, f"Zalo knows the bot{f' as {names[0]}' if names else ''}")]
    except AccountDead:
        words = "Zalo does not know the bot's token: ask Zalo Bot Manager for it, set TINBAO_ZALO_BOT_TOKEN"
    except TooMany:
        words = "Zalo was asked too often for the bot, or its messages of this month are used up: try again later"
    except ShutOut:
        words = "Zalo shuts the bot out (403): look at the bot in Zalo Bot Manager, and try again later"
    except (OSError, TimeoutError) as error:
        words = _dead_line(settings.zalo_bot_api, "TINBAO_ZALO_BOT_API", error)
    except Exception as error:  # any of Zalo's other numbers: the operator should see which
        words = f"Zalo refuses to say who the bot is ({error}): look at TINBAO_ZALO_BOT_API"
    finally:
        await client.close()
    return [Finding(False, words)]


def _bot_settings(settings: Settings) -> list[str]:
    token, secret = (one.get_secret_value() for one in (settings.zalo_bot_token, settings.zalo_bot_secret))
    if not token:
        return ["TINBAO_ZALO_BOT_SECRET is set without TINBAO_ZALO_BOT_TOKEN: set both or neither"] if secret else []
    out = []
    try:
        check_secret(settings.zalo_bot_mode, secret or _OURS, settings.public_url, token)
    except ValueError as error:
        out.append(str(error))
    if settings.telegram_token.get_secret_value() == token:
        out.append("TINBAO_ZALO_BOT_TOKEN and TINBAO_TELEGRAM_TOKEN are the same: each bot has its own")
    if not host_list(settings.zalo_media_hosts):
        out.append("TINBAO_ZALO_MEDIA_HOSTS is empty: no photo that comes by Zalo is fetched; set it to zdn.vn")
    return out


def _oa_settings(settings: Settings) -> list[str]:
    given = {name: getattr(settings, name).get_secret_value() for name in (*_OA_SECRETS, "zalo_oa_refresh_token")}
    if not settings.zalo_oa_app_id:
        left = [_name(name) for name, value in {**given, "zalo_oa_id": settings.zalo_oa_id}.items() if value]
        alone = "TINBAO_ZALO_OA_APP_ID is empty, so there is no Official Account: set it, or take out "
        return [alone + ", ".join(sorted(left))] if left else []
    out = [f"{_name(name)} is empty, and TINBAO_ZALO_OA_APP_ID is set" for name in _OA_SECRETS if not given[name]]
    if given["zalo_oa_secret"] and given["zalo_oa_secret"] == given["zalo_oa_app_secret"]:
        out.append(
            "TINBAO_ZALO_OA_SECRET and TINBAO_ZALO_OA_APP_SECRET are the same: the first is the OA Secret Key of the "
            "console's webhook page, the second the app's secret"
        )
    if settings.zalo_oa_id and settings.zalo_oa_id == settings.zalo_oa_app_id:
        out.append("TINBAO_ZALO_OA_ID is the app's number: set it to the Official Account's own, or leave it empty")
    if not settings.public_url.startswith("https://"):
        out.append("the Official Account's webhook needs TINBAO_PUBLIC_URL, an https address")
    if settings.zalo_oa_bad_signature_status == "200":
        out.append(
            "TINBAO_ZALO_OA_BAD_SIGNATURE_STATUS is 200, which is for registering only: once the address is saved in "
            "Zalo's console set it to 401 and restart"
        )
    if not settings.zalo_bot_token.get_secret_value() and not host_list(settings.zalo_media_hosts):
        out.append("TINBAO_ZALO_MEDIA_HOSTS is empty: no photo that comes by Zalo is fetched; set it to zdn.vn")
    return out


def _budget(db: Connection, who: str, account: str, limit: int, now: datetime) -> list[Finding]:
    if not limit:
        return []
    used = sending_counts.counted(db, account, now)
    words = f"{who}: {used} of {limit} messages of this month are used"
    if used < limit * WARN_AT:
        return [Finding(True, words)]
    words += "; the last tenth is kept for alerts and answers"
    if used >= limit:
        words = f"{who}: all {limit} messages of this month are used, and nothing goes out there any more"
    remedy = f"get more from Zalo and raise TINBAO_{_limit_of(account)}, or have people link another app (/noi)"
    return [Finding(False, f"{words}: {remedy}")]


def _limit_of(account: str) -> str:
    return f"{account.partition(':')[0].upper()}_MONTHLY_LIMIT"


def _windows(db: Connection, now: datetime) -> list[Finding]:
    found = silent(db, Channel.ZALO_OA, now)
    words = (
        f"Official Account: {found.closed} of {found.chats} people have not written for more than seven days, and Zalo "
        f"lets nobody write to them there; {found.another_way} of them have another chat"
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


def _dead_line(where: str, setting: str, error: Exception) -> str:
    why = str(error) or type(error).__name__
    return f"Zalo cannot be reached at {where} ({why}): look at the network and at {setting}"


async def _soon(asked: Awaitable[T]) -> T:
    return await asyncio.wait_for(asked, ANSWER_S)


def _name(setting: str) -> str:
    return f"TINBAO_{setting.upper()}"
