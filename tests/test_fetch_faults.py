"""Every way a page can fail to come: what the caller gets after how many requests (`docs/fetching.md`)."""

from __future__ import annotations

import gzip
import re
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from briefing.errors import (
    AddressFailed,
    AddressGone,
    AddressRefused,
    AddressUnavailable,
    RobotsRefused,
    SourceEmpty,
    SourceError,
    SourceNotText,
    SourceTooLarge,
)
from briefing.fetch_http import Network
from tests import fault_server as faults
from tests.conftest import ROOT
from tests.fault_server import Behaviour, redirect
from tests.page_server import QUICK, PageServer, names, near, not_found, page, public, robots, serving, trusted

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

LIMIT = 1_000_000
#: Only where the time runs out is it short: a machine that is busy needs more for everything else.
PATIENT = replace(QUICK, total_s=20, silence_s=10, connect_s=10)
HASTY = replace(QUICK, total_s=0.6, silence_s=0.3)
PLENTY = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Case:
    """A fault, and what the caller gets after how many requests for the page."""

    fault: str
    does: Behaviour | Sequence[Behaviour]
    error: type[SourceError]
    message: str
    requests: int = 1
    robots: Behaviour = field(default=not_found)
    tls: bool = False


def failing(status: int, retry_after: str | None = None) -> Behaviour:
    return page("no", status, headers={"retry-after": retry_after} if retry_after else None)


def endless_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    handler.trickle(iter(lambda: b"x-more: " + b"x" * 1_000 + b"\r\n", b""), 0)


def endless_line(handler: Any) -> None:
    handler.head(200, {"content-type": "text/html"})
    handler.trickle((b"x" * 100_000 for _ in range(PLENTY // 100_000)), 0)


def announced(handler: Any) -> None:
    handler.head(200, {"content-type": "text/html", "content-length": str(PLENTY)})
    handler.server.ending.wait(5)


def body_never_comes(content_type: str) -> Behaviour:
    def behave(handler: Any) -> None:
        handler.head(200, {"content-type": content_type})
        handler.server.ending.wait(5)

    return behave


def packed(data: bytes, packing: str) -> Behaviour:
    return page(data, content_encoding=packing)


BOMB = b"\0" * PLENTY
CASES = [
    Case(fault="silence", does=faults.silence, error=AddressUnavailable, message="fell silent"),
    Case(
        fault="slow drip of headers",
        does=faults.dripping_header,
        error=AddressUnavailable,
        message="within the time",
    ),
    Case(fault="slow drip of a body", does=faults.dripping_body, error=AddressUnavailable, message="within the time"),
    Case(fault="headers without end", does=endless_headers, error=AddressUnavailable, message="broke off", requests=2),
    Case(
        fault="connection closed without a word",
        does=faults.hang_up,
        error=AddressUnavailable,
        message="broke off",
        requests=2,
    ),
    Case(
        fault="connection reset mid-body",
        does=faults.reset_mid_body,
        error=AddressUnavailable,
        message="broke off",
        requests=2,
    ),
    Case(
        fault="body shorter than announced",
        does=page("short", content_length="1000"),
        error=AddressUnavailable,
        message="broke off",
        requests=2,
    ),
    Case(
        fault="something that is not HTTP",
        does=faults.no_http,
        error=AddressUnavailable,
        message="broke off",
        requests=2,
    ),
    Case(
        fault="429 with Retry-After",
        does=failing(429, retry_after="0"),
        error=AddressUnavailable,
        message="busy (429)",
        requests=2,
    ),
    Case(
        fault="429 with a Retry-After beyond patience",
        does=failing(429, retry_after="3600"),
        error=AddressUnavailable,
        message="asks to come back after 3600",
    ),
    Case(fault="503 without Retry-After", does=failing(503), error=AddressUnavailable, message="busy (503)"),
    Case(fault="404", does=failing(404), error=AddressGone, message="nothing stands there (404)"),
    Case(fault="410", does=failing(410), error=AddressGone, message="nothing stands any more (410)"),
    Case(fault="403", does=failing(403), error=AddressFailed, message="does not hand it out to everybody (403)"),
    Case(fault="500", does=failing(500), error=AddressFailed, message="status 500"),
    Case(fault="redirect without a place", does=failing(302), error=AddressFailed, message="status 302"),
    Case(
        fault="redirects in circles", does=redirect(302, "/a"), error=AddressFailed, message="more than 5", requests=6
    ),
    Case(
        fault="redirect to a file",
        does=redirect(302, "file:///etc/passwd"),
        error=AddressRefused,
        message="it leads to file:///etc/passwd: file is not fetched",
    ),
    Case(
        fault="redirect to a cloud's metadata",
        does=redirect(302, "http://169.254.169.254/latest"),
        error=AddressRefused,
        message="where a cloud keeps credentials",
    ),
    Case(
        fault="redirect from https to http",
        does=redirect(302, "http://localhost/b"),
        error=AddressRefused,
        message="from https to http",
        tls=True,
    ),
    Case(
        fault="forbidden by robots.txt",
        does=page(),
        error=RobotsRefused,
        message="asks programs to stay away",
        requests=0,
        robots=robots("User-agent: *\nDisallow: /"),
    ),
    Case(
        fault="robots.txt answers 500",
        does=page(),
        error=RobotsRefused,
        message="status 500",
        requests=0,
        robots=failing(500),
    ),
    Case(fault="a picture", does=body_never_comes("image/png"), error=SourceNotText, message="a picture (image/png)"),
    Case(fault="an archive", does=body_never_comes("application/zip"), error=SourceNotText, message="application/zip"),
    Case(fault="larger than allowed, and says so", does=announced, error=SourceTooLarge, message="100,000,000 bytes"),
    Case(fault="100 MB of one line", does=endless_line, error=SourceTooLarge, message="more bytes"),
    Case(
        fault="gzip bomb", does=packed(gzip.compress(BOMB), "gzip"), error=SourceTooLarge, message="limit is 1,000,000"
    ),
    Case(
        fault="deflate bomb",
        does=packed(zlib.compress(BOMB), "deflate"),
        error=SourceTooLarge,
        message="limit is 1,000,000",
    ),
    Case(
        fault="packed in a way that was not asked for",
        does=packed(b"\x0b\x02", "br"),
        error=AddressFailed,
        message="'br', which was not asked for",
    ),
    Case(fault="broken packing", does=packed(b"no", "gzip"), error=AddressFailed, message="packing is broken"),
    Case(
        fault="packing that ends too early",
        does=packed(gzip.compress(b"text" * 999)[:-9], "gzip"),
        error=AddressFailed,
        message="ends too early",
    ),
    Case(fault="no bytes", does=page(""), error=SourceEmpty, message="no bytes"),
]


RUNS_OUT = {"silence", "slow drip of headers", "slow drip of a body"}


def caught(server: PageServer, case: Case) -> SourceError:
    network = Network(resolve=names("localhost", ip="127.0.0.1"), trust=trusted)
    address = server.at("/a").replace("127.0.0.1", "localhost") if case.tls else server.at("/a")
    patience = HASTY if case.fault in RUNS_OUT else PATIENT
    with near(network=network, patience=patience) as web, pytest.raises(case.error) as error:
        web.fetch(address, max_bytes=LIMIT)
    assert error.value.subject == address
    return error.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_each_fault_gets_its_error_in_bounded_time_after_so_many_requests(case: Case) -> None:
    with serving({"/a": case.does, "/robots.txt": case.robots}, tls=case.tls) as server:
        started = time.monotonic()
        error = caught(server, case)
        # Twice the time for a page: that of its robots.txt is its own.
        assert time.monotonic() - started < 2 * (HASTY if case.fault in RUNS_OUT else PATIENT).total_s + 1
        assert case.message in error.message
        assert error.hint
        assert len(server.asked) == case.requests


@pytest.mark.parametrize("fault", ["gzip bomb", "deflate bomb", "100 MB of one line", "headers without end"])
def test_what_is_too_much_takes_memory_of_the_order_of_the_limit(fault: str) -> None:
    (case,) = [case for case in CASES if case.fault == fault]
    with serving({"/a": case.does}) as server:
        near().fetch  # noqa: B018 - what is imported on the way is not counted
        tracemalloc.start()
        try:
            caught(server, case)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 8 * LIMIT


def test_nobody_listening_and_an_unknown_name_and_a_foreign_certificate_are_told_at_once() -> None:
    with serving({}) as server:
        closed = server.at("/a")
    with near() as web, pytest.raises(AddressUnavailable, match="nobody answers"):
        web.fetch(closed, max_bytes=LIMIT)
    with near(network=Network(resolve=names())) as web, pytest.raises(AddressUnavailable, match="no host of the name"):
        web.fetch("http://unknown.test/a", max_bytes=LIMIT)
    with serving({"/a": page()}, tls=True) as server:
        network = Network(resolve=names("other.test", ip="127.0.0.1"), trust=trusted)
        with near(network=network) as web, pytest.raises(AddressUnavailable, match="certificate cannot be trusted"):
            web.fetch(f"https://other.test:{server.port}/a", max_bytes=LIMIT)
        assert server.paths == []


def test_certificates_that_cannot_be_read_are_told_and_nothing_is_sent() -> None:
    def missing() -> ssl.SSLContext:
        return ssl.create_default_context(cafile="no/such/file.pem")

    with serving({"/a": page()}, tls=True) as server:
        network = Network(resolve=names("localhost", ip="127.0.0.1"), trust=missing)
        with near(network=network) as web, pytest.raises(AddressUnavailable, match="check what SSL_CERT_FILE names"):
            web.fetch(f"https://localhost:{server.port}/a", max_bytes=LIMIT)
        assert server.paths == []


def test_nothing_is_opened_after_closing() -> None:
    with serving({"/a": page()}) as server:
        web = near(ignore_robots=True)
        web.close()
        with pytest.raises(AddressUnavailable):
            web.fetch(server.at("/a"), max_bytes=LIMIT)
        assert server.paths == []


def test_the_page_lists_the_faults_that_are_tested_here_and_no_others() -> None:
    text = (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| `(\w+)` \| (\d) \|$", text, re.M)
    tested = [(case.fault, case.error.__name__, str(case.requests)) for case in CASES]
    told_at_once = ("nobody listening", "name unknown", "certificate of another host")
    tested += [(fault, "AddressUnavailable", "0") for fault in told_at_once]
    assert sorted(rows) == sorted(tested)


def test_a_connection_that_breaks_off_once_does_no_harm() -> None:
    with serving({"/a": [faults.reset_mid_body, page("<p>Hi")]}) as server, near() as web:
        assert web.fetch(server.at("/a"), max_bytes=LIMIT).data == b"<p>Hi"


def test_a_host_that_is_busy_for_a_moment_is_waited_for() -> None:
    with serving({"/a": [failing(503, retry_after="1"), page("<p>Hi")]}) as server:
        patience = replace(HASTY, longest_wait_s=2)
        with near(patience=patience) as web:
            assert web.fetch(server.at("/a"), max_bytes=LIMIT).data == b"<p>Hi"
        first, second = server.arrivals[-2:]
        assert second - first >= 0.9


def test_a_host_that_wants_to_be_left_alone_is_asked_for_nothing_else() -> None:
    with serving({"/a": failing(429, retry_after="3600"), "/b": page()}) as server, near() as web:
        for path in ("/a", "/b"):
            with pytest.raises(AddressUnavailable, match=r"3600|left alone for another 3[56]"):
                web.fetch(server.at(path), max_bytes=LIMIT)
        assert server.asked == ["/a"]


def test_a_host_that_is_not_there_costs_one_attempt_however_many_pages_of_it_are_wanted() -> None:
    with serving({}) as server:
        web, dialled = public(server, "news.test")
    with web:
        for number in range(20):
            with pytest.raises(AddressUnavailable):
                web.fetch(f"http://news.test/{number}", max_bytes=LIMIT)
    assert len(dialled.to) == 1


def test_closing_ends_what_is_under_way_and_what_waits() -> None:
    with serving({"/a": faults.silence, "/b": page()}) as server:
        web = near(patience=replace(HASTY, total_s=60, silence_s=60))
        web.prefetch([server.at("/a"), server.at("/b")], max_bytes=LIMIT)
        while not server.asked:
            time.sleep(0.01)
        started = time.monotonic()
        web.close()
        for path in ("/a", "/b"):
            with pytest.raises(AddressUnavailable):
                web.fetch(server.at(path), max_bytes=LIMIT)
        assert time.monotonic() - started < 5
