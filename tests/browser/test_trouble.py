"""What a person sees when things go wrong: no words vanish, nothing is said twice, nobody is pulled away."""

from __future__ import annotations

import re

from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Demo

FIRE = "chay nha o to 5 phuong Nenh, lua to lam"


async def says(page: Page, words: str) -> None:
    """Write and send."""
    await page.get_by_label("Viết tin ở đây…").fill(words)
    await page.get_by_role("button", name="Gửi", exact=True).tap()


async def test_a_tip_that_is_refused_stays_on_the_page_and_is_the_same_message_when_sent_again(
    demo: Demo, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/chat")
    keys: list[str] = []

    async def refuse_twice(route: Route) -> None:
        sent = (route.request.post_data_buffer or b"").decode()
        keys.extend(re.findall(r'name="key"\r\n\r\n(\w+)', sent))
        if len(keys) <= 2:
            await route.fulfill(status=429, json={"ok": False, "say": "Gấp thì gọi 113."})
        else:
            await route.continue_()

    await page.route("**/chat/say", refuse_twice)
    await says(page, FIRE)
    unsent = page.locator("li.unsent")
    await expect(unsent).to_contain_text(FIRE)
    await expect(unsent).to_contain_text("Gấp thì gọi 113.")
    await page.get_by_label("Viết tin ở đây…").fill("và đang lan")
    again = unsent.get_by_role("button", name="Gửi lại")
    await again.tap()
    await expect(unsent).to_contain_text("Gấp thì gọi 113.")
    assert len(keys) == 2
    await again.tap()
    await expect(page.get_by_text("GỌI NGAY 114")).to_be_visible()
    await expect(unsent).to_have_count(0)
    assert len(keys) == 3 and len(set(keys)) == 1
    await expect(page.locator("li.mine")).to_have_count(1)
    await expect(page.get_by_label("Viết tin ở đây…")).to_have_value("và đang lan")


async def test_what_was_written_without_a_network_goes_out_when_it_comes_back(
    demo: Demo, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/chat")
    await phone.set_offline(True)
    await says(page, FIRE)
    await expect(page.locator("li.unsent")).to_contain_text("113, 114 hoặc 115")
    await phone.set_offline(False)
    await expect(page.get_by_text("GỌI NGAY 114")).to_be_visible()
    await expect(page.locator("li.mine")).to_have_count(1)


async def test_an_old_page_takes_a_new_token_by_itself_and_keeps_the_words(demo: Demo, phone: BrowserContext) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/chat")
    await phone.clear_cookies()
    await says(page, FIRE)
    await expect(page.get_by_text("GỌI NGAY 114")).to_be_visible()
    await expect(page.locator("li.unsent")).to_have_count(0)


async def test_too_many_words_are_refused_before_they_are_sent_and_stay_in_the_box(
    demo: Demo, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/chat")
    await says(page, "a" * 4001)
    await expect(page.locator("#toast")).to_contain_text("4000 chữ")
    await expect(page.get_by_label("Viết tin ở đây…")).to_have_value("a" * 4001)


async def test_who_reads_further_up_is_not_pulled_to_the_end(demo: Demo, phone: BrowserContext) -> None:
    reading, writing = await phone.new_page(), await phone.new_page()
    for page in (writing, reading):
        await page.goto(f"{demo.url}/chat")
    for words in ("xin chào", FIRE):
        await says(writing, words)
    await expect(reading.get_by_text("GỌI NGAY 114")).to_be_attached()
    await reading.bring_to_front()
    assert await reading.evaluate("(m => m.scrollHeight - m.clientHeight)(document.querySelector('main'))") > 200
    await reading.evaluate("document.querySelector('main').scrollTop = 0")
    await says(writing, "xe màu đỏ, biển số 98B1-123.45")
    await expect(reading.get_by_text("Đã ghi thêm")).to_be_attached()
    assert await reading.evaluate("document.querySelector('main').scrollTop") == 0
    assert (
        await writing.evaluate("(m => m.scrollHeight - m.clientHeight - m.scrollTop)(document.querySelector('main'))")
        < 2
    )


async def test_the_emergency_numbers_are_large_enough_for_a_thumb_and_say_whose_they_are(
    demo: Demo, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/chat")
    for name in ("113 Công an", "114 Cháy", "115 Cấp cứu"):
        link = page.get_by_role("link", name=name)
        box = await link.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44 and box["x"] + box["width"] <= 360


async def test_the_language_changes_and_the_box_keeps_what_is_being_written(demo: Demo, phone: BrowserContext) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/chat")
    await page.get_by_label("Viết tin ở đây…").fill("xe màu đ")
    await page.get_by_role("button", name="English").tap()
    await expect(page.get_by_label("Write here…")).to_have_value("xe màu đ")
    await says_english(page)


async def says_english(page: Page) -> None:
    await page.get_by_label("Write here…").fill(FIRE)
    await page.get_by_role("button", name="Send", exact=True).tap()
    await expect(page.get_by_text("CALL 114 NOW")).to_be_visible()
