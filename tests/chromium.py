"""The browser of the tests: find it, launch it, tell when a page is finished."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.patience import PATIENCE_MS

BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}
PHONE: dict[str, Any] = {
    "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156 Mobile Safari",
    "viewport": {"width": 390, "height": 844},
    "locale": "zh-CN",
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
expect.set_options(timeout=PATIENCE_MS)

IS_FINISHED_SCRIPT = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const pending = "[data-stale=true], [data-testid^=stSkeleton], [data-testid=stAppSkeleton], [data-testid=stSpinner]";
  const drawn = (chart) => chart.querySelector(".main-svg, canvas");
  return app?.dataset.testScriptState === "notRunning"
    && !document.querySelector(pending)
    && [...document.querySelectorAll("[data-testid=stPlotlyChart], [data-testid=stDeckGlJsonChart]")].every(drawn);
}"""


def installed_browser() -> str | None:
    """Return the Chromium, Chrome or Edge of this computer, if there is one."""
    return next(filter(None, map(shutil.which, BROWSER_NAMES)), None)


def launch_browser(playwright: Playwright, *more_flags: str) -> Browser:
    """Start the installed browser, or else the one that Playwright has downloaded."""
    return playwright.chromium.launch(executable_path=installed_browser(), args=[*BROWSER_FLAGS, *more_flags])


def wait_until_drawn(page: Page) -> Page:
    """Wait until the script has run, nothing on the screen is stale and every chart is drawn.

    After a click the script may not have started yet: first `expect` what the click shows.
    """
    page.wait_for_function(IS_FINISHED_SCRIPT, timeout=PATIENCE_MS)
    return page


def visit_page(page: Page, url: str) -> Page:
    """Open an address and wait until the page is finished."""
    page.goto(url, timeout=PATIENCE_MS)
    return wait_until_drawn(page)


def main() -> int:
    """Return 0 where a browser can be launched, 1 where one must be installed first."""
    with sync_playwright() as playwright:
        return 0 if installed_browser() or Path(playwright.chromium.executable_path).exists() else 1


if __name__ == "__main__":
    raise SystemExit(main())
