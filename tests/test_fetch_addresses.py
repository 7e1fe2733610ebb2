"""Addresses that should lead nowhere, as `docs/fetching.md` lists them, and whatever else can be spelt."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.addresses import Target, followed, target
from briefing.errors import AddressError, AddressRefused
from briefing.fetch import shown
from briefing.fetch_http.networks import objection
from tests.conftest import ROOT
from tests.fault_server import bare
from tests.page_server import PUBLIC, public, serving

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

PAGE = (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)`(?: \(at ([^)]+)\))? \| ([^|]+) \|$", PAGE, re.M)
NAMED = {
    re.sub(r"^\w+://|/.*", "", address): re.findall(r"[\d.:a-f]*\d[\d.:a-f]*", at) for address, at, _ in ROWS if at
}


def resolve(host: str, _: int) -> list[str]:
    """Every name is public, but for those whose numbers the table gives."""
    return NAMED.get(host, [PUBLIC])


def test_the_table_is_there() -> None:
    assert len(ROWS) > 60


@pytest.mark.parametrize(("address", "reason"), [(address, reason) for address, _, reason in ROWS])
def test_an_address_of_the_table_gets_what_the_table_says_and_nothing_is_sent(address: str, reason: str) -> None:
    with serving({}) as server:
        web, dialled = public(server, resolve=resolve)
        with pytest.raises(AddressError, match=re.escape(reason)) as caught:
            web.fetch(address, max_bytes=1_000)
        assert dialled.to == []
        assert "secret" not in str(caught.value)


#: Where a redirect may be written like this, and leads back to the public host.
MENDED = {"http://news.example/a b", "http://"}


@pytest.mark.parametrize("address", [address for address, *_ in ROWS if address not in MENDED])
def test_a_redirect_to_an_address_of_the_table_is_not_followed(address: str) -> None:
    head = f"HTTP/1.1 302 x\r\nlocation: {address}\r\n\r\n".encode()
    with serving({}) as server:
        server.pages["/a"] = [bare(head)]
        web, dialled = public(server, resolve=resolve)
        with pytest.raises(AddressError):
            web.fetch("http://start.example/a", max_bytes=1_000)
        assert server.asked == ["/a"]
        assert {ip for ip, _ in dialled.to} == {PUBLIC}


V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
PRIVATE_V4 = V4.filter(lambda ip: not ip.is_global) | st.sampled_from(["127.0.0.1", "10.9.8.7", "192.168.0.1"]).map(
    IPv4Address
)


@settings(deadline=None)
@given(PRIVATE_V4, st.sampled_from(["::ffff:0:0", "64:ff9b::", "::", "2606:4700::5efe:0:0", "2002::", "2001::"]))
def test_no_way_to_carry_a_private_number_in_a_longer_one_is_public(inner: IPv4Address, prefix: str) -> None:
    outer = IPv6Address(int(IPv6Address(prefix)) | int(inner))
    assert objection(outer, allow_private=False)


@settings(deadline=None)
@given(V4 | st.integers(0, 2**128 - 1).map(IPv6Address))
@example(ip_address("192.0.0.9"))
def test_what_the_standard_library_calls_not_global_is_never_public_here(ip: IPv4Address | IPv6Address) -> None:
    if not ip.is_global or ip.is_multicast:
        assert objection(ip, allow_private=False)


@settings(deadline=None)
@given(
    PRIVATE_V4, st.lists(st.sampled_from(["d", "x", "o"]), min_size=1, max_size=4), st.sampled_from(["", ".", ":80"])
)
def test_no_spelling_of_a_private_number_passes(ip: IPv4Address, styles: list[str], end: str) -> None:
    """As many parts as there are styles; the last holds what is left, as the C library reads it."""
    number = int(ip)
    parts = [(number >> (24 - 8 * place)) & 0xFF for place in range(len(styles) - 1)]
    parts.append(number & (2 ** (8 * (5 - len(styles))) - 1))
    spell: dict[str, Callable[[int], str]] = {"d": str, "x": hex, "o": lambda part: f"0{part:o}"}
    host = ".".join(spell[style](part) for style, part in zip(styles, parts, strict=True))
    try:
        found = target(f"http://{host}{end}/", allow_private=False)
    except AddressRefused:
        return
    assert found.ip is not None
    assert objection(found.ip, allow_private=False)


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(["http://", "https://", "//", "http:", "http:/\\", ""]))
@example("a.example:80\\@127.0.0.1", "http://")
@example("[::ffff:127.0.0.1%25x]", "http://")
@example("a.example/\udc80", "http://")
def test_any_text_is_taken_apart_or_refused_and_nothing_else(text: str, scheme: str) -> None:
    base = target("https://news.example/", allow_private=False)
    header = (scheme + text).encode("utf-8", "replace").decode("latin-1")
    takes: list[Callable[[], Target]] = [
        lambda: target(scheme + text, allow_private=False),
        lambda: followed(base, header, allow_private=False),
    ]
    for take in takes:
        try:
            found = take()
        except AddressRefused:
            continue
        # What goes onto the wire is one line of plain ASCII, and read again it leads to the same place.
        assert re.fullmatch(r"[!-~]+", found.netloc + found.path)
        assert target(found.address, allow_private=False) == found


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="/?#\\@", exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_no_password_is_shown(password: str) -> None:
    assert f"x{password}y" not in shown(f"https://me:x{password}y@news.example/a")


@pytest.mark.parametrize("name", ["token", "api_key", "X-Amz-Signature", "accessToken", "sid", "client-secret", "auth"])
def test_secrets_of_a_query_are_not_shown(name: str) -> None:
    address = f"https://news.example/a?id=7&{name}=8f3c#b"
    assert shown(address) == f"https://news.example/a?id=7&{name}=…#b"


def test_what_is_no_secret_stays() -> None:
    address = "https://news.example/@writer/monkey?page=2&keyword=bridge&tokenizer=no#part-3"
    assert shown(address) == address
