"""Settings from the environment or `.env`, prefix `TINBAO_`. Each mistake is reported with its name and its remedy.

This module has the settings of the application; each channel's package has its own (`bot/<name>/settings.py`)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.app.channels import channels
from bot.channel.settings import ChannelSettings, S, WebAddress, WrongSetting

B = TypeVar("B", bound=BaseSettings)

REMEDIES: Final = {
    "commune": "write the commune's five digits, such as 07795",
    "province": "write the province's two digits, such as 24",
    "port": "write a number from 0 to 65535, such as 8080",
}
"""Remedies for settings whose validation messages do not help an operator."""


class Settings(BaseSettings):
    """The operator's settings of the application."""

    model_config = SettingsConfigDict(env_prefix="TINBAO_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    province: str = Field(default="", pattern=r"^(\d{2})?$")
    commune: str = Field(default="", pattern=r"^(\d{5})?$")
    public_url: WebAddress = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    plans: str = ""
    demo: bool = False
    aliases: str = ""
    """Local names of places (markets, industrial parks, hamlets): paths of YAML files, separated by commas."""
    polygons: str = ""
    """A GeoJSON file with the communes' borders, to find the commune of a shared point."""
    places: str = ""
    """Another gazetteer in place of the shipped one."""
    faq: str = ""
    """The commune's own questions and answers (YAML) in place of the shipped ones."""

    _channels: dict[type[ChannelSettings], ChannelSettings] = PrivateAttr(default_factory=dict)

    @property
    def database(self) -> str:
        """The database's URL; by default a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tinbao.db'}"

    def of(self, kind: type[S]) -> S:
        """A channel's own settings."""
        mine = self._channels[kind]
        assert isinstance(mine, kind)  # stored there under its class
        return mine


def read_settings(**given: object) -> Settings:
    """Read the settings, the channels' too; `given` ones take precedence. Raises `WrongSetting` with all mistakes at
    once.

    systemd's `LoadCredential=tinbao_secret_key:FILE` is read too, after the environment and `.env`."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials:
        given = {"_secrets_dir": credentials, **given}
    wrong: list[str] = []
    settings = _read(Settings, given, wrong)
    of_channels = {folder.settings: _read(folder.settings, given, wrong) for folder in channels()}
    if settings is None or wrong:
        raise WrongSetting("These settings cannot be used:\n  " + "\n  ".join(dict.fromkeys(wrong)))
    settings._channels = {kind: read for kind, read in of_channels.items() if read is not None}
    return settings


def known_settings() -> dict[str, FieldInfo]:
    """All settings, the channels' too, by lower-case name without the prefix."""
    every = dict(Settings.model_fields)
    for folder in channels():
        every |= folder.settings.model_fields
    return every


def _read(kind: type[B], given: Mapping[str, Any], wrong: list[str]) -> B | None:
    try:
        return kind(**given)
    except ValidationError as error:
        for mistake in error.errors(include_input=False, include_url=False):
            name = "_".join(str(part) for part in mistake["loc"])
            wrong.append(f"TINBAO_{name.upper()}: {REMEDIES.get(name) or mistake['msg'].removeprefix('Value error, ')}")
        return None


__all__ = ["Settings", "WrongSetting", "known_settings", "read_settings"]
