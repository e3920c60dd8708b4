"""What an operator sets for a Zalo Official Account."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from bot.channel.settings import WebAddress
from bot.zalo.settings import ZaloSettings


class ZaloOaSettings(ZaloSettings):
    """Without an app's id there is no Official Account."""

    zalo_oa_app_id: str = Field(default="", pattern=r"^\d*$")
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_secret: SecretStr = SecretStr("")
    """The "OA Secret Key" of the console's webhook page, which signs what Zalo brings; not the app's secret."""
    zalo_oa_refresh_token: SecretStr = SecretStr("")
    """Only the first one; what follows is kept in the database."""
    zalo_oa_id: str = Field(default="", pattern=r"^\d*$")
    zalo_oa_api: WebAddress = "https://openapi.zalo.me"
    zalo_oa_auth_api: WebAddress = "https://oauth.zaloapp.com"
    zalo_oa_monthly_limit: int = Field(default=0, ge=0)
    """Messages in a month that the account's package pays for, 0: no ceiling of ours."""
    zalo_oa_buttons: Literal["off", "text_template", "list"] = "off"
    zalo_oa_bad_signature_status: Literal["401", "200"] = "401"
    """200 only while the address is being registered: the console's test may come unsigned."""

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
