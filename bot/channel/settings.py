"""Base classes for the settings of channels. Each channel has a subclass; all read the same environment."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import AfterValidator
from pydantic_settings import BaseSettings, SettingsConfigDict

S = TypeVar("S", bound="ChannelSettings")

Mode = Literal["polling", "webhook"]
"""`polling`: we ask the platform for updates; `webhook`: the platform sends them to us."""


class WrongSetting(Exception):
    """Raised for a setting that cannot be used. The text names it and says what to write."""


def _web_address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An http(s) URL without a trailing slash, or ""."""


class ChannelSettings(BaseSettings):
    """Settings from the environment or `.env`, prefix `TINBAO_`: a field `viber_token` is `TINBAO_VIBER_TOKEN`. The
    names of fields begin with the channel's name."""

    model_config = SettingsConfigDict(env_prefix="TINBAO_", env_file=".env", extra="ignore")


class SharedSettings(Protocol):
    """The settings of the application that channels may read."""

    @property
    def public_url(self) -> str:
        """The public https URL of this server, "" when there is none."""

    @property
    def demo(self) -> bool:
        """Whether the process is `tinbao demo`."""

    def of(self, kind: type[S]) -> S:
        """A channel's own settings."""
