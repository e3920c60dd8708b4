"""Draw the pictures of the shipped plans from `deploy/pictures/*.html`: `python deploy/make_pictures.py`. Needs
Chromium; what it draws is committed, so nobody else does."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Final

from playwright.async_api import async_playwright

SIDE: Final = 1080
SOURCES: Final = Path(__file__).parent / "pictures"
PLANS: Final = Path(__file__).parent.parent / "plans"


async def main() -> None:
    """A square JPEG for each page, beside the plans."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": SIDE, "height": SIDE})
        for source in sorted(SOURCES.glob("*.html")):
            await page.goto(source.as_uri())
            await page.screenshot(path=PLANS / f"{source.stem}.jpg", type="jpeg", quality=82)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
