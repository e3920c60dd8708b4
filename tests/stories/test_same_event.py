"""Three neighbours tell of one fire: the officer sees one event, the neighbours never see each other."""

from __future__ import annotations

import pytest

from tests.stories.town import Person, Seen, Town, card, press, says

pytestmark = pytest.mark.channels("telegram", "zalo_oa")
FIRST = "chay xe o bai giu xe cho Nenh roi, khoi den mu mit, phuong Nenh"
SECOND = "bãi giữ xe chợ Nếnh đang cháy, khói đen bốc cao lắm, phường Nếnh"
OTHER = "đêm qua nhà tôi ở tổ dân phố Sen Hồ, phường Nếnh bị trộm mất con chó"


def alike(seen: Seen) -> bool:
    return "Có thể cùng một vụ với" in seen.text


async def two_of_one(town: Town) -> tuple[Person, list[Person], Seen]:
    """An officer, two witnesses of one fire, and the card that says so."""
    officer = await town.police("An")
    witnesses = [await town.resident("Ba Tu"), await town.resident("Ba Nam")]
    for witness, words in zip(witnesses, (FIRST, SECOND), strict=True):
        witness.says(words)
        await witness.hears(says("Đã nhận tin báo"))
    await town.time_passes(seconds=1)
    for words in (FIRST, SECOND):
        await officer.hears(lambda seen, own=words: alike(seen) and own in seen.text)  # type: ignore[misc]
    return officer, witnesses, next(seen for seen in reversed(officer.inbox) if alike(seen))


async def test_two_witnesses_of_one_fire_are_proposed_as_one_and_the_officer_confirms(town: Town) -> None:
    officer, witnesses, shown = await two_of_one(town)
    codes = {tip["text"]: tip["code"] for tip in await town.tips()}
    assert codes[FIRST] in shown.text
    press(officer, shown, "Cùng một vụ")
    one = await officer.hears(lambda seen: card(seen) and "2 người cùng báo" in seen.text)
    assert FIRST in one.text and SECOND in one.text
    press(officer, one, "Kết thúc")
    press(
        officer,
        await officer.hears(lambda seen: town.comes_after(one)(seen) and "Đã giải quyết" in seen.labels),
        "Đã giải quyết",
    )
    for witness, own in zip(witnesses, (FIRST, SECOND), strict=True):
        await witness.hears(says(f"Tin {codes[own]}: công an đã giải quyết xong"))
        other = next(code for text, code in codes.items() if text != own)
        assert all(other not in seen.text and "cùng báo" not in seen.text for seen in witness.inbox)


@pytest.mark.channels("telegram")
async def test_what_the_officer_keeps_apart_stays_apart(town: Town) -> None:
    officer, _, shown = await two_of_one(town)
    same = next(data for data in _buttons(shown) if ":same:" in data)
    press(officer, shown, "Khác vụ")
    await officer.hears(lambda seen: town.comes_after(shown)(seen) and not alike(seen))
    assert {tip["state"] for tip in await town.tips()} == {"new"}
    again = officer.puts_press(shown, same)
    assert "Không tìm thấy" in await again.is_answered()


async def test_another_event_in_the_same_commune_is_not_proposed(town: Town) -> None:
    officer, witness, other = await town.police("An"), await town.resident("Ba Tu"), await town.resident("Ba Nam")
    witness.says(FIRST)
    await officer.hears(lambda seen: card(seen) and FIRST in seen.text)
    other.says(OTHER)
    await officer.hears(lambda seen: card(seen) and OTHER in seen.text)
    await town.time_passes(minutes=1)
    assert not any(alike(seen) for seen in officer.inbox)


def _buttons(seen: Seen) -> list[str]:
    return [button["callback_data"] for row in seen.raw["reply_markup"]["inline_keyboard"] for button in row]
