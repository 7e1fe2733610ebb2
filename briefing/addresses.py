"""An address taken apart by one reader, so that what is checked is what is asked. Pure.

Readers of addresses differ over stray spaces, backslashes, numbers that stand for hosts and letters that look like
others; what two of them could read differently is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

from briefing.errors import AddressRefused
from briefing.fetch import shown

IPAddress = IPv4Address | IPv6Address

#: More than browsers put into a request line; servers refuse less.
_LONGEST = 8_000
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Services that take an HTTP request for their own commands, or answer it with what is not for the web: the ports above
# 1023 that browsers refuse (Fetch standard, "bad port"), and those of common databases.
_SERVICES = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
    | {1433, 1521, 2375, 2376, 2379, 3306, 5432, 5984, 6379, 9042, 9200, 9300, 11211, 27017}
)
_LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan", "intranet", "corp", "home")
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff]|\\")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z", re.I)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_KEPT_AS_WRITTEN = "%/:=&?~#+!$,;'@()*[]|"
SAVE = "save the page and give the file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where to connect and what to ask for."""

    scheme: str
    host: str
    """Small letters, look-alikes in punycode; an IPv6 address without brackets."""
    port: int
    path: str
    """With the query; begins with a slash."""

    @property
    def ip(self) -> IPAddress | None:
        """The host, where it is written as a network address."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def netloc(self) -> str:
        """What stands in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """In full."""
        return f"{self.scheme}://{self.netloc}{self.path}"


def target(address: str, *, allow_private: bool) -> Target:
    """Take an address apart. Raises AddressRefused for what may not be asked, as far as its spelling tells.

    >>> target("https://Café.example:443/a b", allow_private=False)
    Traceback (most recent call last):
    ...
    briefing.errors.AddressRefused: https://...: a space or a sign that no address has, at position 26 (...)
    >>> target("https://Café.example:443/a#top", allow_private=False).address
    'https://xn--caf-dma.example/a'
    """
    _refuse_odd(address)
    try:
        parts = urlsplit(address)
        name = parts.hostname or ""
    except ValueError as error:
        # What the error says may repeat a password.
        raise _refused(
            address, "it cannot be read as an address: no host stands in it", "write it as the browser shows it"
        ) from error
    try:
        port = parts.port
    except ValueError as error:
        raise _refused(
            address,
            "it cannot be read as an address: its port is no number up to 65,535",
            "write it as the browser shows it",
        ) from error
    if parts.scheme not in _DEFAULT_PORTS:
        message = f"{parts.scheme or 'no scheme'} is not fetched, only http and https"
        raise _refused(address, message)
    if "@" in parts.netloc:
        raise _refused(address, "it holds a user or a password, and none is sent", "take out what stands before the @")
    host = _host(name, address)
    if not allow_private:
        _refuse_local(host, port, address)
    path = quote(parts.path or "/", safe=_KEPT_AS_WRITTEN) + (
        "?" + quote(parts.query, safe=_KEPT_AS_WRITTEN) if parts.query else ""
    )
    return Target(
        scheme=parts.scheme,
        host=host,
        port=_DEFAULT_PORTS[parts.scheme] if port is None else port,
        path=path,
    )


def followed(base: Target, location: str, *, allow_private: bool) -> Target:
    """Return where a redirect leads; `location` is a header's value, its bytes read as Latin-1.

    Raises AddressRefused, with the place that it names as subject.

    >>> base = target("https://news.example/a/b", allow_private=False)
    >>> followed(base, "../c", allow_private=False).address
    'https://news.example/c'
    """
    try:
        joined = urljoin(base.address, location.strip("\t\n\r "))
    except ValueError as error:
        raise _refused(location, f"it cannot be read as an address: {error}") from error
    # Bytes beyond ASCII go back as they came, as browsers do it; in the name of a host that is refused.
    following = target(quote(joined, safe=_KEPT_AS_WRITTEN, encoding="latin-1"), allow_private=allow_private)
    if base.scheme == "https" and following.scheme == "http":
        message = "it leads from https to http, where anybody on the way may alter the page"
        raise _refused(following.address, message, "give the http address yourself if you accept that")
    return following


def _refused(address: str, message: str, hint: str = SAVE) -> AddressRefused:
    return AddressRefused(shown(address), message, hint=hint)


def _refuse_odd(address: str) -> None:
    if len(address) > _LONGEST:
        message = f"an address of {len(address):,} characters, and the limit is {_LONGEST:,}"
        raise AddressRefused(shown(address[:200]) + "…", message, hint=SAVE)
    if odd := _ODD.search(address):
        message = f"a space or a sign that no address has, at position {odd.start()}"
        raise _refused(address, message, "write it as the browser shows it, or write the sign as %20 and the like")


def _host(name: str, address: str) -> str:
    if ":" in name:
        return str(_ipv6(name, address))
    if not name or "%" in name:
        raise _refused(address, "it names no host that can be read", "write it as the browser shows it")
    host = _ascii(name, address).removesuffix(".")
    labels = host.split(".")
    if _NUMBER.match(labels[-1]):
        return str(_ipv4(host, address))
    if len(host) > 253 or not all(_LABEL.match(label) for label in labels):
        raise _refused(address, f"{host[:100]!r} is no name of a host", "write it as the browser shows it")
    return host


def _ascii(name: str, address: str) -> str:
    if name.isascii():
        return name.lower()
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise _refused(
            address, "its host is no valid name in any script", "write it as the browser shows it"
        ) from error


def _ipv6(name: str, address: str) -> IPv6Address:
    try:
        ip = IPv6Address(name)
    except ValueError as error:
        raise _refused(address, f"{name[:60]!r} is no IPv6 address", SAVE) from error
    if ip.scope_id:
        raise _refused(address, "an address within one network, with the name of a network card", SAVE)
    return ip


def _ipv4(host: str, address: str) -> IPv4Address:
    """Four decimal numbers, as everybody reads them; 2130706433, 0177.1 and 0x7f.1 are read as hosts by some only."""
    try:
        return IPv4Address(host)
    except ValueError as error:
        message = f"{host[:60]!r} is an odd way to write a network address"
        raise _refused(address, message, "write it as four decimal numbers") from error


def _refuse_local(host: str, port: int | None, address: str) -> None:
    lift = "if it is yours and you mean it, give --allow-private"
    if any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
        raise _refused(address, "a name inside a private network", lift)
    if port is not None and (port in _SERVICES or (port < 1024 and port not in _DEFAULT_PORTS.values())):
        raise _refused(address, f"web pages do not stand at port {port}", lift)
