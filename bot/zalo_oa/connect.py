"""A Zalo Official Account as a part of the running house."""

from __future__ import annotations

from bot.app.app import App
from bot.app.settings import Settings, WrongSetting
from core.messages import Channel


def wanted(settings: Settings) -> bool:
    """Whether the operator named an account's app."""
    return bool(settings.zalo_oa_app_id)


def add(app: App) -> None:
    """The account, by webhook. Raises `WrongSetting` when a part of its settings is missing."""
    from bot.zalo.media import host_list
    from bot.zalo_oa.client import OaClient
    from bot.zalo_oa.read import Us
    from bot.zalo_oa.routes import zalo_oa_routes
    from bot.zalo_oa.send import OaPort
    from bot.zalo_oa.tokens import Tokens

    runtime, settings, now = app.runtime, app.runtime.settings, app.clock.now
    for name in ("zalo_oa_app_secret", "zalo_oa_secret"):
        if not getattr(settings, name).get_secret_value():
            raise WrongSetting(f"TINBAO_{name.upper()} is empty, and TINBAO_ZALO_OA_APP_ID is set: set both or neither")
    client = OaClient(settings.zalo_oa_api, settings.zalo_oa_auth_api, now)
    tokens = Tokens(
        database=runtime.database,
        vault=runtime.context.vault,
        client=client,
        app_id=settings.zalo_oa_app_id,
        app_secret=settings.zalo_oa_app_secret.get_secret_value(),
        seed=settings.zalo_oa_refresh_token.get_secret_value(),
        now=now,
    )
    port = OaPort(
        client,
        tokens,
        buttons=settings.zalo_oa_buttons,
        media_hosts=host_list(settings.zalo_media_hosts),
        monthly=settings.zalo_oa_monthly_limit,
    )
    routes = zalo_oa_routes(
        us=Us(settings.zalo_oa_app_id, settings.zalo_oa_id),
        secret=settings.zalo_oa_secret.get_secret_value(),
        hear=app.hear,
        keep_broken=app.keep_broken,
        bad_signature_status=int(settings.zalo_oa_bad_signature_status),
        now=now,
    )
    app.add(Channel.ZALO_OA, port, routes)


async def start(app: App) -> None:
    """Look after the account's tokens where messages are sent: an unused refresh token dies after three months."""
    port = app.ports.get(Channel.ZALO_OA.value)
    if port is None or "courier" not in app.roles:
        return
    from bot.zalo_oa.send import OaPort

    if isinstance(port, OaPort):
        app.start_loop(port.tokens.keep_fresh(app.stop))
