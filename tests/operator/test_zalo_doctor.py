"""The doctor's findings about Zalo: wrong settings, Zalo's answers, people who cannot be reached. It changes nothing
there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.app.build import Runtime
from bot.web import CHANNEL as WEB
from bot.zalo_oa import CHANNEL as ZALO_OA
from storage import tokens
from storage.sending_counts import count
from storage.tables import channel_token, contact, sending_count
from tests.doubles.zalo_bot import ZaloBotDouble
from tests.doubles.zalo_oa import Fault, ZaloOaDouble
from tests.operator.conftest import Operator
from tests.operator.zalo_beside import chat, fetch_tokens, make_officer, served, with_runtime

HTTPS = "https://tinbao.example.vn"


@pytest.fixture
def zalo(operator: Operator) -> Iterator[ZaloOaDouble]:
    """An Official Account whose settings are all right."""
    with served(ZaloOaDouble()) as double:
        operator.sets(
            TINBAO_PUBLIC_URL=HTTPS,
            TINBAO_ZALO_OA_APP_ID=double.app_id,
            TINBAO_ZALO_OA_APP_SECRET=double.app_secret,
            TINBAO_ZALO_OA_SECRET=double.secret,
            TINBAO_ZALO_OA_ID=double.oa_id,
            TINBAO_ZALO_OA_REFRESH_TOKEN=double.refresh_token,
            TINBAO_ZALO_OA_API=double.url,
            TINBAO_ZALO_OA_AUTH_API=double.url,
        )
        yield double


@pytest.fixture
def bot(operator: Operator) -> Iterator[ZaloBotDouble]:
    """A Zalo bot whose settings are all right."""
    with served(ZaloBotDouble()) as double:
        operator.sets(TINBAO_ZALO_BOT_TOKEN=double.token, TINBAO_ZALO_BOT_API=double.url)
        yield double


def lines(operator: Operator) -> list[str]:
    """The doctor's lines, whatever its exit status; none may contain a secret."""
    said = operator.types("doctor")
    told = said.out + said.trouble
    for secret in ("invented-app-secret", "invented-oa-secret-key", "refresh-", "access-", "invented-Secret_1"):
        assert secret not in told
    assert (said.status == 1) == ("WRONG" in said.out)
    return said.out.splitlines()


def wrong(operator: Operator) -> str:
    return "\n".join(line for line in lines(operator) if line.startswith("WRONG") and "police chats" not in line)


def fine(operator: Operator) -> str:
    return "\n".join(line for line in lines(operator) if line.startswith("ok"))


def test_an_account_in_good_health_is_told_so_with_its_package_and_no_refresh_token_is_spent(
    operator: Operator, zalo: ZaloOaDouble
) -> None:
    fetch_tokens(zalo)
    told = fine(operator)
    assert "Zalo knows the Official Account, package Growth, verified" in told
    assert "Access token: lives until" in told
    assert wrong(operator) == ""
    assert zalo.refreshes == 1


def test_before_the_first_start_zalo_is_asked_nothing(operator: Operator, zalo: ZaloOaDouble) -> None:
    told = fine(operator)
    assert "No tokens yet. They are fetched at the next start." in told
    assert "Zalo was not asked about the Official Account" in told
    assert zalo.calls == []


def test_without_any_token_the_way_to_one_is_told(operator: Operator, zalo: ZaloOaDouble) -> None:
    operator.sets(TINBAO_ZALO_OA_REFRESH_TOKEN="")
    assert "WRONG no tokens. Consent again" in wrong(operator)
    assert "WRONG: no tokens. Consent again" in operator.fails("zalo", "status")


def test_an_expired_token_is_not_sent_to_zalo(operator: Operator, zalo: ZaloOaDouble) -> None:
    fetch_tokens(zalo)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with_runtime(lambda _, db: db.execute(update(channel_token).values(access_until=long_ago)))
    told = fine(operator)
    assert "Access token: is over since" in told
    assert "only `tinbao run` gets a new access token" in told
    assert zalo.calls_of("getoa") == []
    assert zalo.refreshes == 1


def test_a_refresh_token_that_zalo_takes_no_more_is_told_with_what_to_do(
    operator: Operator, zalo: ZaloOaDouble
) -> None:
    fetch_tokens(zalo)
    with_runtime(lambda _, db: tokens.gave_up(db, f"zalo_oa:{zalo.app_id}", tokens.REAUTHORISE))
    assert "Zalo takes the refresh token no more. Consent again" in wrong(operator)


def test_a_refresh_token_that_expires_soon_is_reported(operator: Operator, zalo: ZaloOaDouble) -> None:
    fetch_tokens(zalo)
    long_ago = datetime.now(UTC) - timedelta(days=80)
    with_runtime(lambda _, db: db.execute(update(channel_token).values(refreshed_at=long_ago)))
    assert "the refresh token is about to die" in wrong(operator)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.says(-216), "does not take the access token"),
        (Fault.says(-204), "shuts the Official Account out: the Official Account is disabled (-204)"),
        (Fault.says(-224), "the package of the Official Account is too small (-224)"),
        (Fault.says(-32), "asked too often"),
        (Fault.says(-211), "refuses to tell of the Official Account (error -211)"),
        (Fault.html(502), "Zalo cannot be reached at"),
        (Fault.broken_line(), "Zalo cannot be reached at"),
    ],
)
def test_what_zalo_says_against_the_account_is_told_apart(
    operator: Operator, zalo: ZaloOaDouble, fault: Fault, words: str
) -> None:
    fetch_tokens(zalo)
    zalo.fails("getoa", fault)
    told = wrong(operator)
    assert words in told
    assert "says something about you" not in told


def test_an_account_that_is_not_verified_is_told(operator: Operator, zalo: ZaloOaDouble) -> None:
    fetch_tokens(zalo)
    zalo.verified = False
    assert "package Growth, and says that it is not verified" in wrong(operator)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TINBAO_ZALO_OA_APP_ID": ""}, "there is no Official Account: set it, or take out TINBAO_ZALO_OA_APP_SECRET,"),
        ({"TINBAO_ZALO_OA_SECRET": ""}, "TINBAO_ZALO_OA_SECRET is empty"),
        ({"TINBAO_ZALO_OA_APP_SECRET": ""}, "TINBAO_ZALO_OA_APP_SECRET is empty"),
        ({"TINBAO_ZALO_OA_SECRET": "invented-app-secret"}, "TINBAO_ZALO_OA_APP_SECRET are the same"),
        ({"TINBAO_ZALO_OA_ID": "1102233445566778899"}, "TINBAO_ZALO_OA_ID is the app's number"),
        ({"TINBAO_PUBLIC_URL": ""}, "the Official Account's webhook needs TINBAO_PUBLIC_URL"),
        ({"TINBAO_PUBLIC_URL": "http://tinbao.example.vn"}, "the Official Account's webhook needs TINBAO_PUBLIC_URL"),
        ({"TINBAO_ZALO_OA_BAD_SIGNATURE_STATUS": "200"}, "set it to 401 and restart"),
        ({"TINBAO_ZALO_MEDIA_HOSTS": " "}, "TINBAO_ZALO_MEDIA_HOSTS is empty"),
    ],
)
def test_settings_of_the_account_that_do_not_fit_are_told(
    operator: Operator, zalo: ZaloOaDouble, settings: dict[str, str], words: str
) -> None:
    operator.sets(**settings)
    assert words in wrong(operator)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TINBAO_ZALO_BOT_MODE": "webhook"}, "TINBAO_ZALO_BOT_MODE=webhook needs TINBAO_PUBLIC_URL"),
        ({"TINBAO_ZALO_BOT_SECRET": "short"}, "TINBAO_ZALO_BOT_SECRET: 8 to 256"),
        ({"TINBAO_ZALO_BOT_SECRET": "7012345678901:invented-Secret_1"}, "must not be the bot's token"),
        ({"TINBAO_ZALO_BOT_TOKEN": "", "TINBAO_ZALO_BOT_SECRET": "long-enough"}, "without TINBAO_ZALO_BOT_TOKEN"),
        ({"TINBAO_TELEGRAM_TOKEN": "7012345678901:invented-Secret_1"}, "TINBAO_TELEGRAM_TOKEN are the same"),
        ({"TINBAO_ZALO_MEDIA_HOSTS": ","}, "TINBAO_ZALO_MEDIA_HOSTS is empty"),
    ],
)
def test_settings_of_the_bot_that_do_not_fit_are_told(
    operator: Operator, bot: ZaloBotDouble, settings: dict[str, str], words: str
) -> None:
    if "TINBAO_ZALO_BOT_SECRET" in settings:
        operator.sets(TINBAO_ZALO_BOT_MODE="webhook", TINBAO_PUBLIC_URL=HTTPS)
    operator.sets(**settings)
    assert words in wrong(operator)


def test_a_bot_in_good_health_is_told_by_its_name_and_its_updates_are_left_alone(
    operator: Operator, bot: ZaloBotDouble
) -> None:
    operator.sets(TINBAO_ZALO_BOT_MODE="webhook", TINBAO_PUBLIC_URL=HTTPS)
    assert "Zalo knows the bot as Bot Tin Báo" in fine(operator)
    assert wrong(operator) == ""
    assert {name for name, _ in bot.calls} == {"getMe"}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.says(401, 401), "does not know the bot's token"),
        (Fault.says(404, 200), "does not know the bot's token"),
        (Fault.says(429, 429), "asked too often"),
        (Fault.says(403, 403), "shuts the bot out"),
        (Fault.says(400, 400), "refuses to say who the bot is (error 400)"),
        (Fault.html(502), "(HTTP 502 without JSON)"),
        (Fault.broken_line(), "Zalo cannot be reached at"),
    ],
)
def test_what_zalo_says_against_the_bot_is_told_apart(
    operator: Operator, bot: ZaloBotDouble, fault: Fault, words: str
) -> None:
    bot.fails("getMe", fault)
    told = wrong(operator)
    assert words in told
    assert "says something about you" not in told


def test_nobody_at_the_address_and_a_token_of_the_wrong_shape_are_told(operator: Operator, bot: ZaloBotDouble) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        nobody = f"http://127.0.0.1:{other.getsockname()[1]}"
    operator.sets(TINBAO_ZALO_BOT_API=nobody)
    assert f"Zalo cannot be reached at {nobody}" in wrong(operator)
    operator.sets(TINBAO_ZALO_BOT_TOKEN="nonsense")
    assert "TINBAO_ZALO_BOT_TOKEN: the token of the Zalo bot has the wrong shape" in wrong(operator)


def test_a_months_messages_are_counted_and_told_when_most_are_gone(operator: Operator, bot: ZaloBotDouble) -> None:
    operator.sets(TINBAO_ZALO_BOT_MONTHLY_LIMIT="10")
    account = f"zalo_bot:{bot.bot_id}"
    with_runtime(lambda _, db: count(db, account, datetime.now(UTC), 1))
    assert "Zalo bot: 1 of 10 messages of this month are used" in fine(operator)
    with_runtime(lambda _, db: db.execute(update(sending_count).values(used=8)))
    told = wrong(operator)
    assert "8 of 10 messages of this month are used; the last tenth is kept for alerts and answers" in told
    assert "raise TINBAO_ZALO_BOT_MONTHLY_LIMIT" in told
    with_runtime(lambda _, db: db.execute(update(sending_count).values(used=10)))
    assert "all 10 messages of this month are used, and nothing goes out there" in wrong(operator)
    operator.sets(TINBAO_ZALO_BOT_MONTHLY_LIMIT="0")
    assert "of this month" not in "\n".join(lines(operator))


def test_people_who_were_silent_for_seven_days_are_counted(operator: Operator, zalo: ZaloOaDouble) -> None:
    def people(runtime: Runtime, db: Connection) -> None:
        for number, days in enumerate((0, 6, 7, 30)):
            chat(runtime, db, f"lan{number}", ZALO_OA, days)
        group = chat(runtime, db, "to-tuan-tra", ZALO_OA, 30)
        db.execute(update(contact).where(contact.c.id == group).values(is_group=True))
        left = chat(runtime, db, "minh", ZALO_OA, 30)
        db.execute(update(contact).where(contact.c.id == left).values(reachable=False))

    with_runtime(people)
    assert "2 of 4 people have not written for more than seven days" in fine(operator)
    assert "hear of nothing" not in wrong(operator)


def test_police_whom_no_alert_can_reach_are_a_finding_until_they_link_another_chat(
    operator: Operator, zalo: ZaloOaDouble
) -> None:
    def officer(runtime: Runtime, db: Connection) -> None:
        make_officer(db, chat(runtime, db, "hung", ZALO_OA, 8))

    with_runtime(officer)
    assert "1 of them are police and hear of nothing" in wrong(operator)

    def linked(runtime: Runtime, db: Connection) -> None:
        other = chat(runtime, db, "hung-web", WEB, 8)
        first = db.execute(select(contact.c.id).where(contact.c.channel == "zalo_oa")).scalar_one()
        db.execute(update(contact).where(contact.c.id.in_([other, first])).values(person=first))

    with_runtime(linked)
    assert "hear of nothing" not in wrong(operator)
    assert "1 of 1 people have not written for more than seven days" in fine(operator)
    assert "1 of them have another chat" in fine(operator)
