"""The three things taken from the system: names, connections and certificates to trust. Each can be another's."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

    import httpcore2


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the network addresses of a name, in the order to try them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def dial(ip: str, port: int, timeout_s: float) -> httpcore2.NetworkStream:
    """Connect to a network address. Raises what `httpcore2` raises."""
    import httpcore2

    return httpcore2.SyncBackend().connect_tcp(ip, port, timeout_s)


@cache
def certificates() -> ssl.SSLContext:
    """Return what the system trusts; reading that takes 60 ms."""
    import httpx2

    return httpx2.create_ssl_context()


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """How names are resolved, connections made and certificates verified: as the system does, unless told otherwise."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    dial: Callable[[str, int, float], httpcore2.NetworkStream] = dial
    trust: Callable[[], ssl.SSLContext] = certificates
