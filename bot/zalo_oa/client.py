"""The requests to Zalo's servers. Each returns a plain result or raises one of our errors.

Tokens and ids are in headers and bodies only. No error's text contains them, or any of Zalo's texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
import orjson

from bot.channel import ConnectionFailed, TooFast
from bot.zalo.answers import object_of
from bot.zalo_oa.errors import TOO_FAST, NeverReached, meaning
from storage.tokens import Pair

OFFICIAL_API: Final = "https://openapi.zalo.me"
OFFICIAL_AUTH_API: Final = "https://oauth.zaloapp.com"
ANSWER_S: Final = 20
UPLOAD_S: Final = 120
ACCESS_LASTS: Final = timedelta(hours=25)
"""The lifetime that Zalo documents, used when its response does not say."""
_TOO_MANY: Final = 429
_MINUTE_S: Final = 60.0


class RefreshRefused(Exception):
    """Zalo answered without a new pair. `code` is its error code, 0 where there was none."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Renewed:
    """A new pair, and how long its access token is valid."""

    pair: Pair
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Account:
    """Zalo's data about an Official Account. `verified` is None and `package` "" when Zalo does not say."""

    verified: bool | None = None
    package: str = ""


class OaClient:
    """A client of the API and the consent server. `now` is for errors that depend on the time of day."""

    def __init__(
        self,
        api: str = OFFICIAL_API,
        auth_api: str = OFFICIAL_AUTH_API,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._api, self._auth_api, self._now = api, auth_api, now
        self._http = httpx.AsyncClient(trust_env=False, timeout=ANSWER_S, follow_redirects=False)

    async def send(self, access: str, to: Mapping[str, str], message: Mapping[str, Any], *, group: bool) -> str:
        """Send one message to a person (`{"user_id": …}`) or a group (`{"group_id": …}`). Returns its id."""
        path = "/v3.0/oa/group/message" if group else "/v3.0/oa/message/cs"
        body = orjson.dumps({"recipient": to, "message": message})
        headers = {"access_token": access, "Content-Type": "application/json"}
        data = await self._ask("POST", self._api + path, headers=headers, content=body)
        number = data.get("message_id")
        return str(number) if isinstance(number, str | int) else ""

    async def upload_image(self, access: str, data: bytes, mime: str) -> str:
        """Upload a picture (JPEG or PNG, at most 1 MB). Returns the id to send it with, valid for seven days."""
        files = {"file": (f"picture.{mime.partition('/')[2]}", data, mime)}
        url = f"{self._api}/v2.0/oa/upload/image"
        answer = await self._ask("POST", url, headers={"access_token": access}, files=files, timeout=UPLOAD_S)
        number = answer.get("attachment_id")
        if not isinstance(number, str) or not number:
            raise ConnectionFailed("an upload without an id")
        return number

    async def get_account(self, access: str) -> Account:
        """The data of our account. Changes nothing."""
        data = await self._ask("GET", f"{self._api}/v2.0/oa/getoa", headers={"access_token": access})
        verified, package = data.get("is_verified"), data.get("package_name")
        return Account(
            verified=verified if isinstance(verified, bool) else None,
            package=" ".join(package.split())[:60] if isinstance(package, str) else "",
        )

    async def refresh(self, app_id: str, secret: str, refresh: str) -> Renewed:
        """Exchange a refresh token (it works once) for a new pair. Raises `RefreshRefused`; `NeverReached` when it
        cannot have been spent; `ConnectionFailed` when that is unknown."""
        form = {"refresh_token": refresh, "app_id": app_id, "grant_type": "refresh_token"}
        url = f"{self._auth_api}/v4/oa/access_token"
        status, answer = await self._call("POST", url, headers={"secret_key": secret}, data=form)
        access, following = answer.get("access_token"), answer.get("refresh_token")
        if isinstance(access, str) and isinstance(following, str) and access and following:
            return Renewed(Pair(access, following), _lasts(answer.get("expires_in")))
        if status >= 500 or "error" not in answer:
            raise ConnectionFailed(f"HTTP {status} without tokens")
        code = _number(answer["error"])
        raise TooFast(_MINUTE_S) if code == TOO_FAST else RefreshRefused(code)

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _ask(self, method: str, url: str, **how: Any) -> dict[str, Any]:
        status, answer = await self._call(method, url, **how)
        code = _number(answer.get("error", 0))
        if code:
            raise meaning(code, self._now())
        if status >= 400:
            raise ConnectionFailed(f"HTTP {status}")
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    async def _call(self, method: str, url: str, **how: Any) -> tuple[int, dict[str, Any]]:
        try:
            answer = await self._http.request(method, url, **how)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NeverReached(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise ConnectionFailed(type(error).__name__) from None
        if answer.status_code == _TOO_MANY:
            raise TooFast(_MINUTE_S)
        return answer.status_code, object_of(answer)


def _number(value: object) -> int:
    """Zalo's error code; one that cannot be parsed counts as an error too."""
    try:
        return int(str(value))
    except ValueError:
        return 1


def _lasts(seconds: object) -> timedelta:
    """The lifetime of a token. Zalo sends it as text, in seconds."""
    number = str(seconds)
    return timedelta(seconds=int(number)) if number.isdecimal() and 0 < len(number) < 10 else ACCESS_LASTS
