"""Settings from the environment or `.env`, prefix `TINBAO_`. A mistake is told with its name and its remedy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REMEDIES: Final = {
    "commune": "write the commune's five digits, such as 07795",
    "province": "write the province's two digits, such as 24",
    "port": "write a number from 0 to 65535, such as 8080",
}
"""For settings where the checker's own words help nobody."""


class WrongSetting(Exception):
    """A setting that cannot be used. The text names it and says what to write."""


class Settings(BaseSettings):
    """What an operator sets. Addresses are http(s) URLs without a slash at the end."""

    model_config = SettingsConfigDict(env_prefix="TINBAO_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    province: str = Field("", pattern=r"^(\d{2})?$")
    commune: str = Field("", pattern=r"^(\d{5})?$")
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    plans: str = ""
    demo: bool = False
    aliases: str = ""
    """Local names of places (markets, industrial parks, hamlets): YAML files, commas between."""
    polygons: str = ""
    """A GeoJSON file with the communes' borders, to tell where a shared point lies."""
    places: str = ""
    """Another gazetteer in place of the shipped one."""
    faq: str = ""
    """The commune's own questions and answers (YAML) in place of the shipped ones."""

    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_secret: SecretStr = SecretStr("")

    zalo_bot_token: SecretStr = SecretStr("")
    zalo_bot_api: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_mode: Literal["polling", "webhook"] = "polling"
    zalo_bot_secret: SecretStr = SecretStr("")
    zalo_bot_monthly_limit: int = Field(3000, ge=0)
    """Messages that may go out in a month; 0: no limit of ours."""

    zalo_oa_app_id: str = Field("", pattern=r"^\d*$")
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_secret: SecretStr = SecretStr("")
    """The "OA Secret Key" of the console's webhook page, which signs what Zalo brings; not the app's secret."""
    zalo_oa_refresh_token: SecretStr = SecretStr("")
    """Only the first one; what follows is kept in the database."""
    zalo_oa_id: str = Field("", pattern=r"^\d*$")
    zalo_oa_api: str = "https://openapi.zalo.me"
    zalo_oa_auth_api: str = "https://oauth.zaloapp.com"
    zalo_oa_monthly_limit: int = Field(0, ge=0)
    """Messages in a month that the account's package pays for, 0: no ceiling of ours."""
    zalo_oa_buttons: Literal["off", "text_template", "list"] = "off"
    zalo_oa_bad_signature_status: Literal["401", "200"] = "401"
    """200 only while the address is being registered: the console's test may come unsigned."""
    zalo_media_hosts: str = "zdn.vn"
    """Hosts, with all below them, from which files that people sent by Zalo are fetched; commas between."""

    @field_validator("public_url", "telegram_api", "zalo_bot_api", "zalo_oa_api", "zalo_oa_auth_api")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @property
    def database(self) -> str:
        """The database's address; a SQLite file in the data folder unless another is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tinbao.db'}"


def read_settings(**given: object) -> Settings:
    """Read the settings; `given` ones win. Raises `WrongSetting`.

    systemd's `LoadCredential=tinbao_secret_key:FILE` counts too, after the environment and `.env`."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials:
        given = {"_secrets_dir": credentials, **given}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks the values itself
    except ValidationError as error:
        lines = []
        for mistake in error.errors(include_input=False, include_url=False):
            name = "_".join(str(part) for part in mistake["loc"])
            lines.append(f"TINBAO_{name.upper()}: {REMEDIES.get(name) or mistake['msg'].removeprefix('Value error, ')}")
        raise WrongSetting("These settings cannot be used:\n  " + "\n  ".join(lines)) from None
