"""The pure parts of fetching, against oracles: robots.txt rules, unpacking, kinds, waiting."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import re
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.fetch_http.kinds import refused_kind
from briefing.fetch_http.packing import TooMuch, Unpackable, unpacked
from briefing.fetch_http.robots import read_robots

PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": lambda data: zlib.compress(data, wbits=-15),
    "": bytes,
    "identity": bytes,
}


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """The same bytes in pieces, as a network brings them."""
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in itertools.pairwise(ends) if end > start]


@settings(deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from(sorted(PACKERS)), st.lists(st.integers(0, 2**16), max_size=9))
def test_what_was_packed_comes_out_the_same_however_it_is_cut(data: bytes, packing: str, places: list[int]) -> None:
    pieces = cut(PACKERS[packing](data), places)
    assert unpacked(pieces, packing, max_bytes=len(data)) == data
    if data:
        with pytest.raises(TooMuch):
            unpacked(pieces, packing, max_bytes=len(data) - 1)


@pytest.mark.parametrize("packing", sorted(PACKERS))
def test_nothing_at_all_is_an_empty_body_whatever_its_packing(packing: str) -> None:
    assert unpacked([], packing, max_bytes=9) == b""


@pytest.mark.parametrize("size", [2**18 - 1, 2**18, 2**18 + 1, 2**20])
@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_sizes_around_those_taken_at_once_lose_nothing(size: int, packing: str) -> None:
    data = b"a" * size
    assert unpacked([PACKERS[packing](data)], packing, max_bytes=size) == data


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_garbage_is_unpackable_or_too_much_or_bytes_and_nothing_else(data: bytes, packing: str) -> None:
    with contextlib.suppress(Unpackable, TooMuch):
        assert isinstance(unpacked([data], packing, max_bytes=10_000), bytes)


# robots.txt
# ----------


def oracle(pattern: str, path: str) -> bool:
    """What a pattern means, as a regular expression."""
    bare = pattern.removesuffix("$")
    expression = ".*".join(map(re.escape, bare.split("*"))) + ("$" if bare != pattern else "")
    return re.match(expression, path, re.S) is not None


ALPHABET = st.text("ab/*", max_size=8)


@settings(deadline=None, max_examples=300)
@given(ALPHABET, st.booleans(), st.text("ab/", max_size=10))
@example("*a*b", True, "ab/ab")
@example("a*a", True, "a")
def test_a_pattern_matches_as_a_regular_expression_would(pattern: str, anchored: bool, path: str) -> None:
    rule = f"/{pattern}{'$' if anchored else ''}"
    said = read_robots(f"User-agent: *\nDisallow: {rule}".encode())
    assert said.allows(f"/{path}") is not oracle(rule, f"/{path}")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("USER-AGENT: *\nDISALLOW: /a # all of it", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: briefing\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Briefing/2.0\nDisallow: /", "/a", False),
        ("User-agent: briefings\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: briefing\nDisallow: /", "/a", False),
        ("User-agent: briefing\nDisallow: /a\n\nUser-agent: briefing\nDisallow: /b", "/b", False),
        ("User-agent: *\nCrawl-delay: 2\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /é", "/%C3%A9t%C3%A9", False),
        ("User-agent: *\nDisallow: /*?print=", "/a?x=1&print=1", True),
        ("User-agent: *\nDisallow: /*print=", "/a?x=1&print=1", False),
        ("User-agent: *\nDisallow: /a%2A", "/ab", True),
        ("Sitemap: https://news.example/s.xml\nUser-agent: *\nNoindex: /a\nDisallow: /b", "/b", False),
        ("<html><title>Not found</title>", "/a", True),
    ],
)
def test_what_a_file_allows(text: str, path: str, allowed: bool) -> None:
    assert read_robots(text.encode()).allows(path) is allowed


@given(st.binary(max_size=400), st.text(max_size=40))
@settings(deadline=None)
def test_any_bytes_are_read_as_a_file_that_says_something(data: bytes, path: str) -> None:
    read_robots(b"User-agent: *\nDisallow: " + data).allows(f"/{path}")


@pytest.mark.parametrize(
    "text",
    [
        b"User-agent: *\nDisallow: /" + b"*a" * 40_000 + b"$",
        b"User-agent: *\n" + b"Disallow: /a*a*a*a*a*a*a*a*b\n" * 9_000,
        b"User-agent: *\nCrawl-delay: 1e999\n" + b"User-agent: *\n" * 30_000,
    ],
)
def test_no_file_keeps_the_program_busy(text: bytes) -> None:
    import time

    started = time.process_time()
    assert read_robots(text).allows("/" + "a" * 5_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("content_type", "is_refused"),
    [
        ("", False),
        ("text/html", False),
        ("TEXT/HTML; charset=x", False),
        ("application/rss+xml", False),
        ("application/ld+json", False),
        ("application/octet-stream", False),
        ("garbage", False),
        ("image/webp", True),
        ("image/svg+xml", True),
        ("video/mp4", True),
        ("application/javascript", True),
        ("application/x-tar", True),
        ("text/css", True),
    ],
)
def test_kinds_that_hold_no_article_are_refused(content_type: str, is_refused: bool) -> None:
    assert (refused_kind(content_type) is not None) is is_refused
