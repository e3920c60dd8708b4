"""The operator's settings for a Zalo Official Account."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from bot.channel.settings import WebAddress
from bot.zalo.settings import ZaloSettings


class ZaloOaSettings(ZaloSettings):
    """The settings. Without an app id the channel is not used."""

    zalo_oa_app_id: str = Field(default="", pattern=r"^\d*$")
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_secret: SecretStr = SecretStr("")
    """The "OA Secret Key" of the console's webhook page, which signs Zalo's requests; not the app's secret."""
    zalo_oa_refresh_token: SecretStr = SecretStr("")
    """The first refresh token only; later ones are stored in the database."""
    zalo_oa_id: str = Field(default="", pattern=r"^\d*$")
    zalo_oa_api: WebAddress = "https://openapi.zalo.me"
    zalo_oa_auth_api: WebAddress = "https://oauth.zaloapp.com"
    zalo_oa_monthly_limit: int = Field(default=0, ge=0)
    """Messages per month that the account's package pays for; 0: no limit."""
    zalo_oa_buttons: Literal["off", "text_template", "list"] = "off"
    zalo_oa_bad_signature_status: Literal["401", "200"] = "401"
    """The response to a bad signature. 200 only while the URL is being registered, because the console's test may be
    unsigned."""

    @property
    def app_secret(self) -> str:
        """The app's secret."""
        return self.zalo_oa_app_secret.get_secret_value()

    @property
    def signing_secret(self) -> str:
        """The OA Secret Key."""
        return self.zalo_oa_secret.get_secret_value()

    @property
    def seed(self) -> str:
        """The first refresh token."""
        return self.zalo_oa_refresh_token.get_secret_value()
