"""What a person sees: the chat on a telephone and the demo with its three chats, in a real browser.

With TINBAO_PICTURES=docs the pictures of the README are made anew."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.pictures import jpeg

FIRE = "chay nha o to 5 phuong Nenh, lua to lam"


async def picture(page: Page, name: str) -> None:
    """Keep a picture for the README when asked to."""
    folder = os.environ.get("TINBAO_PICTURES")
    if folder:
        await page.screenshot(path=Path(folder) / name)


async def opened(context: BrowserContext, url: str, strangers: list[str], trouble: list[str]) -> Page:
    """A page that notes whom else it asks, and what the browser complains of."""
    page = await context.new_page()
    page.on(
        "request", lambda request: None if request.url.startswith((url, "blob:")) else strangers.append(request.url)
    )
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return page


async def test_a_fire_is_reported_on_a_telephone_and_nobody_else_is_asked_for_anything(
    demo: Demo, phone: BrowserContext
) -> None:
    strangers: list[str] = []
    trouble: list[str] = []
    page = await opened(phone, demo.url, strangers, trouble)
    await page.goto(f"{demo.url}/chat")
    await page.get_by_label("Viết tin ở đây…").fill(FIRE)
    await page.get_by_role("button", name="Gửi", exact=True).tap()
    await expect(page.get_by_text("GỌI NGAY 114")).to_be_visible()
    await expect(page.get_by_text("Đã nhận tin báo")).to_be_visible()
    await page.get_by_role("button", name="Sửa mức gấp").tap()
    await page.get_by_role("button", name="Bình thường").tap()
    await expect(page.get_by_text("Đã sửa tin")).to_be_visible()
    await page.locator(".write [data-place]").tap()
    await expect(page.get_by_text("Đã gửi vị trí")).to_be_visible()
    await page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    await page.get_by_role("button", name="Gửi", exact=True).tap()
    await expect(page.get_by_text("Đã gửi một ảnh")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert strangers == [] and trouble == []
    await page.evaluate("document.querySelector('main').scrollTop = 0")
    await picture(page, "chat.png")


async def test_the_page_works_without_its_script_and_without_encryption(demo: Demo, browser: Browser) -> None:
    # Over plain HTTP, elsewhere than on its own machine, a browser does not say whence a form comes.
    demo = Demo(demo.url.replace("127.0.0.1", "phuong.test"))
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 600})
    page = await context.new_page()
    await page.goto(f"{demo.url}/chat?c=07795")
    await page.get_by_role("button", name="Bắt đầu").click()
    await expect(page.get_by_text("Chào bà con phường Nếnh")).to_be_visible()
    await page.get_by_label("Viết tin ở đây…").fill(FIRE)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.get_by_text("GỌI NGAY 114")).to_be_visible()
    await page.get_by_role("button", name="Rút tin").click()
    await expect(page.get_by_text("muốn rút tin")).to_be_visible()
    await context.close()


async def test_the_demo_shows_three_chats_that_talk_to_each_other(demo: Demo, browser: Browser) -> None:
    strangers: list[str] = []
    trouble: list[str] = []
    context = await browser.new_context(
        viewport={"width": 1440, "height": 960}, locale="vi-VN", reduced_motion="reduce"
    )
    page = await opened(context, demo.url, strangers, trouble)
    await page.goto(f"{demo.url}/demo")
    resident, leader, officer = (page.frame_locator(f"#{role}") for role in ("resident", "leader", "officer"))
    await expect(officer.get_by_text("Đồng chí đã vào")).to_be_attached()
    await expect(leader.get_by_text("ghi hoạt động ngay tại đây")).to_be_attached()
    await expect(resident.get_by_text("Chào bà con phường Nếnh")).to_be_attached()
    await page.get_by_role("button", name="cháy nhà ở tổ 5").click()
    await resident.get_by_role("button", name="Gửi", exact=True).click()
    await officer.get_by_role("button", name="Tôi nhận việc này").click()
    await expect(resident.get_by_text("Công an đã nhận việc")).to_be_visible()
    await page.get_by_role("button", name="tuần tra 3 người").click()
    await leader.get_by_role("button", name="Gửi", exact=True).click()
    await expect(leader.get_by_text("Đã ghi hoạt động")).to_be_visible()
    await picture(page, "demo.png")
    before = await page.locator("#clock").text_content()
    await page.get_by_role("button", name="+1 ngày").click()
    await expect(page.locator("#clock")).not_to_have_text(before or "")
    assert strangers == [] and trouble == []
    await context.close()


async def test_the_demo_on_a_telephone_shows_one_chat_at_a_time_and_where_something_was_said(
    demo: Demo, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    await page.goto(f"{demo.url}/demo")
    resident, officer = (page.frame_locator(f"#{role}") for role in ("resident", "officer"))
    tab = page.get_by_role("tab", name="Cán bộ trực")
    await expect(officer.get_by_text("Đồng chí đã vào")).to_be_attached()
    await expect(page.locator("#officer")).not_to_be_visible()
    await tab.tap()
    await page.get_by_role("tab", name="Người dân").tap()
    await expect(tab).not_to_have_class("news")
    await page.get_by_role("button", name="cháy nhà ở tổ 5").tap()
    await resident.get_by_role("button", name="Gửi", exact=True).tap()
    await expect(tab).to_have_class("news")
    await tab.tap()
    await officer.get_by_role("button", name="Tôi nhận việc này").tap()
    await expect(officer.get_by_text("đang xử lý").first).to_be_visible()
    for measure in ("scrollWidth", "scrollHeight"):
        assert await page.evaluate(f"document.documentElement.{measure}") <= {"scrollWidth": 360}.get(measure, 740)


async def test_an_alert_that_is_left_lying_rings_again_when_the_clock_moves(demo: Demo, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 960})
    page = await context.new_page()
    await page.goto(f"{demo.url}/demo")
    resident, officer = (page.frame_locator(f"#{role}") for role in ("resident", "officer"))
    await expect(officer.get_by_text("Đồng chí đã vào")).to_be_attached()
    await page.get_by_role("button", name="cháy nhà ở tổ 5").click()
    await resident.get_by_role("button", name="Gửi", exact=True).click()
    await expect(officer.get_by_role("button", name="Tôi nhận việc này")).to_be_visible()
    await page.get_by_role("button", name="+1 giờ").click()
    await expect(officer.get_by_text("vẫn chưa ai nhận").first).to_be_attached()
    await context.close()
