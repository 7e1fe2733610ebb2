"""An editor's morning in a real browser: open, decide, reload, make again, render."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from briefing.cli import main
from tests.browser import open_page
from tests.review_server import articles, made_in, reviewing

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


def row(page: Page, claim: str) -> str:
    page.locator(f'.item[data-id="{claim}"] [data-go="{claim}"], .item[data-id="{claim}"] button').first.click()
    return f'.item[data-id="{claim}"]'


def test_decisions_made_in_the_page_last_and_are_published(browser: Browser, tmp_path: Path) -> None:
    sources = articles(tmp_path)
    path = made_in(tmp_path / "out", sources)
    store = tmp_path / "s.sqlite"
    claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
    accepted, rejected = claims[0]["id"], claims[1]["id"]
    edited = next(claim for claim in claims if "About 12,000 others" in claim["text"])

    with reviewing(path, store) as server:
        watched = open_page(browser, server.url)
        page = watched.page
        expect(page.locator("#progress")).to_contain_text(f"0 of {len(claims)} decided")
        for claim, key in ((accepted, "1"), (rejected, "2")):
            where = row(page, claim)
            page.keyboard.press(key)
            expect(page.locator(f"{where} .decided")).to_be_visible()
        where = row(page, edited["id"])
        page.keyboard.press("3")
        area = page.locator(f"{where} textarea")
        area.fill("About 15,000 others remain in the valley.")
        expect(page.locator(f"{where} .found-in-edit")).to_contain_text("15,000")
        expect(page.locator(f"{where} .found-in-edit .chips")).to_contain_text("number absent")
        area.fill("About 12,000 others remain in the valley.")
        expect(page.locator(f"{where} .found-in-edit .chips")).not_to_contain_text("number absent")
        area.press("Control+Enter")
        expect(page.locator(f"{where} .decided")).to_contain_text("edited by ann")
        page.reload()
        expect(page.locator("#progress")).to_contain_text(f"3 of {len(claims)} decided")
        assert watched.violations() == 0
        assert [url for url in watched.asked if not url.startswith((server.url, "data:"))] == []
        assert watched.said == []
        page.context.close()

    (sources / "00-circus.txt").write_text("A circus came to Ullen with two bears.\n", encoding="utf-8")
    made_in(tmp_path / "out", sources)
    with reviewing(path, store) as server:
        page = open_page(browser, server.url).page
        expect(page.locator("#progress")).to_contain_text("3 of ")
        page.context.close()

    env = {"BRIEFING_STORE": str(store)}
    published = tmp_path / "published"
    result = CliRunner(env=env).invoke(main, ["render", str(path), "-o", str(published), "--signed-off-by", "Ann Lee"])
    assert result.exit_code == 0, result.output
    markdown = (published / "briefing.md").read_text(encoding="utf-8")
    assert "Reviewed and signed off by Ann Lee" in markdown
    assert "1 accepted, 1 edited, 1 rejected" in markdown
    assert "About 12,000 others remain in the valley." in markdown
    page = open_page(browser, (published / "review.html").as_uri()).page
    expect(page.locator("#title")).to_be_visible()
    page.context.close()
