"""Fetching: where the program goes and where not, how much it takes in, and what it tells (`docs/fetching.md`)."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from briefing.errors import (
    AddressGone,
    AddressRefused,
    AddressUnavailable,
    RobotsRefused,
    SourceError,
)
from briefing.fetch import KeptPage
from briefing.fetch_http import HTTPFetcher, Network
from tests import fault_server as faults
from tests.page_server import PUBLIC, QUICK, names, near, page, public, robots, serving, trusted

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

LIMIT = 1_000_000


def error_of(fetcher: HTTPFetcher, address: str, max_bytes: int = LIMIT) -> SourceError:
    """What a fetch raises, which it must within the time that an address may take and a little."""
    started = time.monotonic()
    with fetcher, pytest.raises(SourceError) as caught:
        fetcher.fetch(address, max_bytes=max_bytes)
    assert time.monotonic() - started < 2 * QUICK.total_s
    return caught.value


def test_a_page_comes_with_its_bytes_its_final_address_and_what_its_server_calls_it() -> None:
    with (
        serving(
            {
                "/old": faults.redirect(301, "/new?x=1#part"),
                "/new": page("<p>Hi", content_type="text/html; charset=KOI8-R"),
            }
        ) as server,
        near() as web,
    ):
        fetched = web.fetch(server.at("/old"), max_bytes=LIMIT)
        assert (fetched.address, fetched.data, fetched.charset) == (server.at("/new?x=1"), b"<p>Hi", "KOI8-R")


def test_it_says_who_it_is_and_sends_nothing_else_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serving({"/a": [page(set_cookie="id=1"), page()], "/b": page()}) as server, near() as web:
        for path in ("/a", "/b"):
            web.fetch(server.at(path), max_bytes=LIMIT)
        for headers in server.headers:
            assert headers["user-agent"].startswith("briefing/")
            assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("gzip", lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:])),
    ],
)
def test_a_packed_page_is_unpacked(packing: str, pack: object) -> None:
    text = b"<p>It rained." * 99_999
    with serving({"/a": page(pack(text), content_encoding=packing)}) as server, near() as web:  # type: ignore[operator]
        assert web.fetch(server.at("/a"), max_bytes=len(text)).data == text


def test_a_redirect_into_a_private_network_is_refused_before_anything_is_sent_there() -> None:
    with serving({"/a": faults.redirect(302, "http://127.0.0.1:{}/secret")}) as server:
        server.pages["/a"] = [faults.redirect(302, server.at("/secret"))]
        web, dialled = public(server, "news.test")
        error = error_of(web, "http://news.test/a")
        assert isinstance(error, AddressRefused)
        assert "it leads to http://127.0.0.1" in error.message
        assert "loopback" in error.message
        assert server.asked == ["/a"]
        assert {ip for ip, _ in dialled.to} == {PUBLIC}


def test_a_name_that_moves_into_a_private_network_between_two_looks_is_refused() -> None:
    looks: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        looks.append(host)
        return [PUBLIC] if len(looks) < 3 else ["127.0.0.1"]

    with serving({"/a": page(), "/b": page()}) as server:
        web, dialled = public(server, resolve=rebinding)
        # robots.txt and one page: each connection goes where that very look led.
        assert web.fetch("http://news.test/a", max_bytes=LIMIT).data
        assert len(looks) == len(dialled.to) == 2
        assert isinstance(error_of(web, "http://news.test/b"), AddressRefused)
        assert {ip for ip, _ in dialled.to} == {PUBLIC}


def test_one_private_number_among_public_ones_is_enough_to_refuse_a_name() -> None:
    with serving({"/a": page()}) as server:
        web, dialled = public(server, resolve=lambda *_: [PUBLIC, "10.0.0.1"])
        assert "news.test is at 10.0.0.1, a private address" in error_of(web, "http://news.test/a").message
        assert dialled.to == []


def test_tls_is_verified_against_the_name_and_not_the_number() -> None:
    with serving({"/a": page()}, tls=True) as server:
        network = Network(resolve=names("localhost", "other.test", ip="127.0.0.1"), trust=trusted)
        with near(network=network) as web:
            assert web.fetch(f"https://localhost:{server.port}/a", max_bytes=LIMIT).data
            error = error_of(web, f"https://other.test:{server.port}/a")
        assert isinstance(error, AddressUnavailable)
        assert "certificate" in error.message


def test_a_server_that_nobody_vouches_for_is_told_apart_from_one_that_is_not_there() -> None:
    with serving({"/a": page()}, tls=True) as server:
        network = Network(resolve=names("localhost", ip="127.0.0.1"))
        assert (
            "certificate cannot be trusted"
            in error_of(near(network=network), f"https://localhost:{server.port}/").message
        )
    assert "nobody answers" in error_of(near(), server.at("/").replace("https", "http")).message


def test_a_host_is_asked_once_what_programs_may_read_and_is_obeyed() -> None:
    pages = {
        "/robots.txt": robots("User-agent: *\nDisallow: /private"),
        "/private/a": page(),
        "/b": page(),
        "/c": page(),
    }
    with serving(pages) as server, near() as web:
        with pytest.raises(RobotsRefused, match=r"asks programs to stay away \(save the page"):
            web.fetch(server.at("/private/a"), max_bytes=LIMIT)
        web.fetch(server.at("/b"), max_bytes=LIMIT)
        web.fetch(server.at("/c"), max_bytes=LIMIT)
        assert server.paths == ["/robots.txt", "/b", "/c"]
        assert near(ignore_robots=True).fetch(server.at("/private/a"), max_bytes=LIMIT).data


@pytest.mark.parametrize(("status", "read"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_robots_file_that_is_not_there_allows_and_one_that_cannot_be_had_forbids(status: int, read: bool) -> None:
    with serving({"/robots.txt": page("", status), "/a": page()}) as server:
        if read:
            assert near().fetch(server.at("/a"), max_bytes=LIMIT).data
        else:
            assert isinstance(error_of(near(), server.at("/a")), RobotsRefused)


def test_ten_hosts_are_asked_at_the_same_time_and_pages_come_as_asked_for() -> None:
    together = threading.Barrier(10)

    def when_all_are_here(handler: Any) -> None:
        together.wait(QUICK.silence_s)
        page(handler.path)(handler)

    paths = [f"/{number}" for number in range(10)]
    with serving(dict.fromkeys(paths, when_all_are_here)) as server:
        hosts = [f"h{number}.test" for number in range(10)]
        web, _ = public(server, *hosts, patience=replace(QUICK, hosts=10))
        addresses = [f"http://{host}{path}" for host, path in zip(hosts, paths, strict=True)]
        with web:
            web.prefetch(addresses, max_bytes=LIMIT)
            assert [web.fetch(address, max_bytes=LIMIT).data.decode() for address in addresses] == paths


def test_one_host_is_asked_in_order_one_at_a_time_with_a_pause() -> None:
    paths = [f"/{number}" for number in range(4)]
    with serving({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.1"), **dict.fromkeys(paths, page())}) as server:
        with near() as web:
            web.prefetch([server.at(path) for path in paths], max_bytes=LIMIT)
            for path in paths:
                web.fetch(server.at(path), max_bytes=LIMIT)
        assert server.asked == paths
        assert all(
            later - earlier >= 0.1 for earlier, later in zip(server.arrivals[1:], server.arrivals[2:], strict=False)
        )


def test_errors_are_those_of_the_address_that_was_asked_for() -> None:
    with serving({"/a": faults.redirect(302, "/gone"), "/gone": page("", 410)}) as server:
        error = error_of(near(), server.at("/a"))
        assert isinstance(error, AddressGone)
        assert error.subject == server.at("/a")
        assert error.message.startswith(f"it leads to {server.at('/gone')}: the server says")


def test_a_page_whose_body_nobody_keeps_comes_as_unchanged() -> None:
    known = KeptPage(
        address="", data=None, content_type="text/html", etag='"1"', last_modified="", fetched=datetime.now(UTC)
    )

    class Known:
        def page(self, address: str) -> KeptPage:
            return replace(known, address=address)

        def keep_page(self, page: KeptPage) -> None:
            raise AssertionError(page)

    with serving({"/a": page("", 304), "/old": faults.redirect(301, "/a")}) as server:
        found = near(pages=Known()).fetch(server.at("/old"), max_bytes=LIMIT)
    assert (found.address, found.data, found.etag, found.unchanged) == (server.at("/a"), b"", '"1"', True)


def test_what_was_let_go_of_is_fetched_again_and_still_counts_as_done() -> None:
    with serving({"/a": [page("one"), page("two")]}) as server, near() as web:
        assert web.fetch(server.at("/a"), max_bytes=LIMIT).data == b"one"
        web.release(server.at("/a"))
        web.release(server.at("/none"))
        assert web.progress() == ""
        assert web.fetch(server.at("/a"), max_bytes=LIMIT).data == b"two"
