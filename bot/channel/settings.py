"""What an operator sets for one channel. Each folder has a class of its own; all read the same environment."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import AfterValidator
from pydantic_settings import BaseSettings, SettingsConfigDict

S = TypeVar("S", bound="ChannelSettings")

Mode = Literal["polling", "webhook"]
"""We ask a platform for its updates, or it brings them."""


class WrongSetting(Exception):
    """A setting that cannot be used. The text names it and says what to write."""


def _web_address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An http(s) address without a slash at its end, or nothing."""


class ChannelSettings(BaseSettings):
    """Settings from the environment or `.env`, prefix `TINBAO_`: a field `viber_token` is `TINBAO_VIBER_TOKEN`. The
    names begin with the channel's."""

    model_config = SettingsConfigDict(env_prefix="TINBAO_", env_file=".env", extra="ignore")


class SharedSettings(Protocol):
    """What all channels may ask of the settings."""

    @property
    def public_url(self) -> str:
        """The https address under which we are reached, "" when there is none."""

    @property
    def demo(self) -> bool:
        """Whether this is `tinbao demo`."""

    def of(self, kind: type[S]) -> S:
        """A channel's own settings."""
