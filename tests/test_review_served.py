"""The review page where it is served: decisions, edits that are checked as they are typed, and what fails is said."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.render import review_page
from tests.browser import open_page
from tests.manifests import briefing_values, claim_values, source_values

TOKEN = "/0123456789abcdef/"  # noqa: S105 - of a server that runs for a test
TEXT = "Twelve houses were flooded. The mayor slept. Forty boats were lost on Monday."
SPANS = [(0, 27), (28, 44), (45, 77)]


class Server(ThreadingHTTPServer):
    """Keeps decisions as the real one does, and finds fault with every edit that says 99."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.claims = [claim_values(number, TEXT, span) for number, span in enumerate(SPANS, start=1)]
        self.decisions: dict[str, dict[str, Any]] = {}
        self.checked: list[str] = []
        self.full = False

    def page(self) -> str:
        values = briefing_values(source_values(TEXT), self.claims)
        return review_page(values, {"S1": TEXT}, {"base": TOKEN, "who": "Ilse"})

    def decide(self, asked: dict[str, Any]) -> dict[str, Any]:
        decision = asked | {"who": "Ilse", "when": "2031-03-06T09:30:00Z", "state": "current"}
        self.decisions[asked["claim"]] = decision
        if asked["action"] == "clear":
            del self.decisions[asked["claim"]]
        return {"decision": decision}

    def check(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.checked.append(asked["text"])
        claim = next(claim for claim in self.claims if claim["id"] == asked["claim"])
        at = asked["text"].find("99")
        finding = {"kind": "number_absent", "detail": "99 is nowhere", "start": at, "end": at + 2}
        bad = {"verdict": "partly", "findings": [finding]} if at >= 0 else {}
        return {"claim": claim | {"text": asked["text"]} | bad}


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if self.path == TOKEN:
            self._send(self.server.page(), "text/html; charset=utf-8")
        elif self.path == TOKEN + "decisions":
            self._send(json.dumps({"decisions": list(self.server.decisions.values())}))
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.server.full:
            self._send(json.dumps({"error": "the disk is full"}), status=507)
            return
        answer = {"decisions": self.server.decide, "check": self.server.check}[self.path.removeprefix(TOKEN)]
        self._send(json.dumps(answer(asked)))

    def _send(self, body: str, kind: str = "application/json", status: int = 200) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    watched = open_page(browser, f"http://127.0.0.1:{server.server_port}{TOKEN}", wait="#progress:not([hidden])")
    yield watched.page
    assert watched.violations() == 0
    assert {url.partition(TOKEN)[0] for url in watched.asked if url != "data:,"} == {
        f"http://127.0.0.1:{server.server_port}"
    }
    watched.page.context.close()


def decided(page: Page, claim: str) -> Any:
    return page.locator(f".item[data-id={claim}] .decided")


def test_keys_accept_and_reject_and_a_reload_shows_who_and_when(page: Page, server: Server) -> None:
    page.keyboard.press("1")
    expect(decided(page, "C1")).to_contain_text("accepted by Ilse on 6 March 2031, 09:30")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(decided(page, "C2")).to_contain_text("rejected")
    expect(page.locator("#progress")).to_contain_text("2 of 3 decided")
    assert {id_: d["action"] for id_, d in server.decisions.items()} == {"C1": "accept", "C2": "reject"}
    page.reload()
    expect(decided(page, "C2")).to_contain_text("rejected by Ilse")
    page.select_option("[data-filter=decision]", "undecided")
    expect(page.locator("#panel-claims .item:visible")).to_have_count(1)
    page.click("#clear")
    page.keyboard.press("n")
    expect(page.locator(".item.chosen")).to_have_attribute("data-id", "C3")


def test_a_decision_can_be_undone(page: Page, server: Server) -> None:
    page.keyboard.press("1")
    expect(decided(page, "C1")).to_be_visible()
    page.keyboard.press("0")
    expect(decided(page, "C1")).to_have_count(0)
    assert server.decisions == {}


def test_an_edit_is_checked_while_it_is_typed_and_kept(page: Page, server: Server) -> None:
    page.keyboard.press("3")
    area = page.locator(".writing textarea")
    expect(area).to_have_value("Twelve houses were flooded.")
    expect(page.locator(".found-in-edit .verdict")).to_have_text("✓supported")
    area.fill("😀 99 houses were flooded.")
    expect(page.locator(".found-in-edit .verdict")).to_have_text("◐partly supported")
    expect(page.locator(".found-in-edit mark")).to_have_text("99")
    area.press_sequentially(" j1", delay=5)
    expect(page.locator(".found-in-edit .words")).to_contain_text("j1")
    assert len(server.checked) < 6, "asked at every key"
    area.press("Control+Enter")
    expect(decided(page, "C1")).to_contain_text("😀 99 houses were flooded. j1")
    assert server.decisions["C1"]["text"] == "😀 99 houses were flooded. j1"
    assert list(server.decisions) == ["C1"], "keys typed into an edit decided something"


def test_a_comment_is_kept_beside_the_claim(page: Page, server: Server) -> None:
    page.keyboard.press("c")
    page.keyboard.type("Ask the mayor? <b>")
    page.keyboard.press("Control+Enter")
    expect(decided(page, "C1")).to_contain_text("“Ask the mayor? <b>”")
    assert server.decisions["C1"]["comment"] == "Ask the mayor? <b>"


def test_a_stale_decision_is_shown_as_stale_and_counts_as_open(page: Page, server: Server) -> None:
    server.decisions["C3"] = {"claim": "C3", "action": "accept", "who": "Jorun", "when": "2031-03-05T08:00:00Z"}
    server.decisions["C3"] |= {"state": "stale", "stale": "the same words rest on other evidence now"}
    page.reload()
    expect(decided(page, "C3")).to_contain_text("stale: the same words rest on other evidence now")
    expect(page.locator("#progress")).to_contain_text("0 of 3 decided")


def test_what_was_not_saved_is_said_aloud(page: Page, server: Server) -> None:
    server.full = True
    page.keyboard.press("1")
    expect(page.get_by_role("alert")).to_contain_text("C1 was not saved: the disk is full")
    expect(decided(page, "C1")).to_have_count(0)


def test_help_names_the_keys_that_decide_and_axe_has_no_complaint(page: Page, axe: str) -> None:
    page.keyboard.press("1")
    page.keyboard.press("3")
    expect(page.locator(".found-in-edit .verdict")).to_be_visible()
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert "accept" in page.inner_text("#keys")
