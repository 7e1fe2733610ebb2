"""Which network addresses are the public's, and what the others are. Pure.

The lists are those of IANA's special-purpose registries (RFC 6890 and what was added since), written out: what
`ipaddress.is_global` says has changed from one Python to the next, and it takes 6to4 for public.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from briefing.addresses import IPAddress

#: Where clouds keep the credentials of their machines: nothing to read stands there, whoever asks.
_METADATA = frozenset(
    {
        "169.254.169.254",  # nearly all of them
        "169.254.170.2",  # AWS containers
        "169.254.170.23",
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure; a public number
        "192.0.0.192",  # Oracle
        "fd00:ec2::254",  # AWS
        "fd00:ec2::23",
        "fd20:ce::254",  # Google
        "fd00:c1::a9fe:a9fe",  # Oracle
        "fd00:42::42",  # Scaleway
    }
)
_NOT_A_HOST = {
    "0.0.0.0/32": "an unspecified address",
    "::/128": "an unspecified address",
    "224.0.0.0/4": "a multicast address",
    "ff00::/8": "a multicast address",
    "255.255.255.255/32": "a broadcast address",
}
_NOT_PUBLIC = {
    "127.0.0.0/8": "a loopback address",
    "::1/128": "a loopback address",
    "10.0.0.0/8": "a private address",
    "172.16.0.0/12": "a private address",
    "192.168.0.0/16": "a private address",
    "fc00::/7": "a private address",
    "fec0::/10": "a private address",
    "169.254.0.0/16": "a link-local address",
    "fe80::/10": "a link-local address",
    "100.64.0.0/10": "an address inside a provider's network",
    "0.0.0.0/8": "a reserved address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "a reserved address",
    "192.88.99.0/24": "a reserved address",
    "198.18.0.0/15": "a reserved address",
    "198.51.100.0/24": "a reserved address",
    "203.0.113.0/24": "a reserved address",
    "240.0.0.0/4": "a reserved address",
    "2001::/32": "a tunnel's address",
    "2002::/16": "a tunnel's address",
    "2001::/23": "a reserved address",
    "2001:db8::/32": "a reserved address",
    "3fff::/20": "a reserved address",
}
_UNICAST = IPv6Network("2000::/3")
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})

_Ranges = tuple[tuple[IPv4Network | IPv6Network, str], ...]


def _ranges(listed: dict[str, str]) -> _Ranges:
    return tuple((ip_network(network), name) for network, name in listed.items())


_NEVER_RANGES = _ranges(_NOT_A_HOST)
_PRIVATE_RANGES = _ranges(_NOT_PUBLIC)


def objection(ip: IPAddress, *, allow_private: bool) -> str | None:
    """Say what a network address is instead of one of the public's; None for one that may be asked.

    With `allow_private` only what is no host at all is objected to, and where clouds keep credentials.

    >>> from ipaddress import ip_address
    >>> objection(ip_address("::ffff:10.0.0.1"), allow_private=False)
    'a private address'
    >>> objection(ip_address("10.0.0.1"), allow_private=True)
    >>> objection(ip_address("169.254.169.254"), allow_private=True)
    'where a cloud keeps credentials'
    """
    every = (ip, *_inside(ip))
    if any(str(one) in _METADATA for one in every):
        return "where a cloud keeps credentials"
    for one in every:
        if name := _named(one, _NEVER_RANGES) or (None if allow_private else _private(one)):
            return name
    return None


def _private(ip: IPAddress) -> str | None:
    if name := _named(ip, _PRIVATE_RANGES):
        return name
    if isinstance(ip, IPv6Address) and not any(ip in network for network in (_UNICAST, _MAPPED, _NAT64)):
        return "a reserved address"
    return None


def _named(ip: IPAddress, ranges: _Ranges) -> str | None:
    return next((name for network, name in ranges if ip.version == network.version and ip in network), None)


def _inside(ip: IPAddress) -> list[IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address stands for or is carried to."""
    if isinstance(ip, IPv4Address):
        return []
    number = int(ip)
    low = IPv4Address(number & 0xFFFFFFFF)
    inside = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or (number >> 32) & 0xFFFFFFFF in _ISATAP:
        inside.append(low)
    return [one for one in inside if one is not None]
