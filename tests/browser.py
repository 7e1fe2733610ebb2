"""A real browser for tests of pages: where it is, how it starts, and what a page did that it should not have done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".node" / "node_modules" / "axe-core" / "axe.min.js"
NO_BROWSER = "NO CHROMIUM: the review page was not opened (apt-get install chromium, or set CHROMIUM)"
NO_AXE = "NO AXE-CORE: accessibility was not tested (npm install --prefix .node --no-save axe-core@4)"
#: Without a sandbox because tests may run as root; the rest keeps Chromium from speaking to anybody.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
#: Milliseconds; only a page that is broken, or a machine with much else to do, takes so long.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def launched() -> Iterator[Browser]:
    """Run a browser for the block. Playwright speaks to it over pipes, so it needs no network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watched:
    """A page, and what it did since it was opened."""

    page: Page
    said: list[str] = field(default_factory=list)
    """Everything on its console, and errors that nobody caught."""
    asked: list[str] = field(default_factory=list)
    """Every address that it asked for."""

    def violations(self) -> int:
        """How often the content security policy refused something."""
        return int(self.page.evaluate("window.refusedByPolicy"))


def open_page(
    browser: Browser, url: str, *, width: int = 1280, height: int = 800, scheme: str = "light", wait: str = "#title"
) -> Watched:
    """Open `url` in a fresh profile and keep an eye on it."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(
        "window.refusedByPolicy = 0;"
        "document.addEventListener('securitypolicyviolation', () => { window.refusedByPolicy += 1; });"
    )
    watched = Watched(page=page)
    page.on("console", lambda message: watched.said.append(message.text))
    page.on("pageerror", lambda error: watched.said.append(str(error)))
    page.on("request", lambda request: watched.asked.append(request.url))
    page.goto(url)
    page.wait_for_selector(wait)
    return watched
