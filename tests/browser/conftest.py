"""A real Chromium (Debian's), and the demo to look at."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from bot.app.build import build_runtime, lay_out_plans
from bot.demo.demo import build_demo, demo_settings, settle
from tests.doubles.loopback import Loopback

expect.set_options(timeout=20_000)  # a browser on a busy machine; nothing waits longer than necessary
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIETLY = [
    "--no-sandbox",
    "--host-resolver-rules=MAP phuong.test 127.0.0.1",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@dataclass
class Demo:
    """The demo, served."""

    url: str


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """The demo as `make demo` starts it, on a free port."""
    runtime = await build_runtime(await asyncio.to_thread(demo_settings, tmp_path))
    try:
        app = await build_demo(runtime)
        now = app.clock.now()
        await runtime.database.write(lambda db: lay_out_plans(db, runtime, now))
        await runtime.database.write(lambda db: settle(db, runtime, app.clock))
        async with Loopback(app.asgi()) as served, app.running():
            yield Demo(served.url)
    finally:
        await runtime.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield opened
        await opened.close()


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A cheap telephone's browser, in Vietnamese."""
    context = await browser.new_context(
        viewport={"width": 360, "height": 740},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        has_touch=True,
        geolocation={"latitude": 21.2405, "longitude": 106.1131},
        permissions=["geolocation"],
    )
    yield context
    await context.close()
