"""Connections that go where was checked, and end when time is up.

A name is resolved once per connection; every answer is checked; one of those very answers is connected to. A name
server that answers otherwise a moment later (DNS rebinding) is not asked a moment later. TLS is then verified against
the name as usual: it is the host of the request, not the number, that the HTTP library hands to it.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import httpcore2

from briefing.addresses import IPAddress, Target
from briefing.fetch_http.network import Network
from briefing.fetch_http.networks import objection
from briefing.fetch_http.patience import Stopwatch

_MOST_TRIED = 4


class Barred(Exception):
    """A name that leads where the program does not go; the message says where."""


class Unresolved(Exception):
    """A name that the name system does not know."""


def checked(target: Target, network: Network, *, allow_private: bool, timeout_s: float) -> list[IPAddress]:
    """Return all network addresses of a host.

    Raises Barred when any of them may not be asked, Unresolved when there is none, TimeoutError.
    """
    found = [target.ip] if target.ip else _resolved(target, network, timeout_s)
    for ip in found:
        if reason := objection(ip, allow_private=allow_private):
            where = str(ip) if target.ip else f"{target.host} is at {ip}"
            raise Barred(f"{where}, {reason}")
    return found


def _resolved(target: Target, network: Network, timeout_s: float) -> list[IPAddress]:
    """Resolve in a thread that may be left behind: the system's resolver knows no time-out."""
    asked: Future[Sequence[str]] = Future()

    def ask() -> None:
        try:
            asked.set_result(network.resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            asked.set_exception(error)

    threading.Thread(target=ask, name="briefing-names", daemon=True).start()
    try:
        found = [ip_address(address.partition("%")[0]) for address in asked.result(timeout_s)]
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:
        raise Unresolved from error
    if not found:
        raise Unresolved
    return found


class PinnedBackend(httpcore2.NetworkBackend):
    """Connects to the given network addresses whatever host it is asked for; what it opens keeps to the stopwatch."""

    def __init__(self, addresses: Sequence[IPAddress], watch: Stopwatch, network: Network) -> None:
        self._addresses = addresses[:_MOST_TRIED]
        self._network = network
        self._watch = watch
        self._streams = list[TimedStream]()
        self._called_off = threading.Event()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - the addresses stand for it
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Try one after the other, each for its share of the time."""
        share = (timeout or 0.0) / len(self._addresses)
        failed: Exception = httpcore2.ConnectError("no address")
        for ip in self._addresses:
            left = self._watch.left(share)
            if left <= 0:
                raise httpcore2.ConnectTimeout("the time is up")
            if self._called_off.is_set():
                raise httpcore2.ConnectError("it was called off")
            try:
                stream = self._network.dial(str(ip), port, left)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            self._streams.append(TimedStream(stream, self._watch))
            if self._called_off.is_set():
                self._streams[-1].cut()
            return self._streams[-1]
        raise failed

    def cut(self) -> None:
        """End what is open and open nothing more, from any thread."""
        self._called_off.set()
        for stream in self._streams:
            stream.cut()


class TimedStream(httpcore2.NetworkStream):
    """A connection of which no reading or writing outlasts the stopwatch."""

    def __init__(self, stream: httpcore2.NetworkStream, watch: Stopwatch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes; raises ReadTimeout."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all; raises WriteTimeout."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Let go of it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Speak TLS from here on."""
        self._stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return self

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection."""
        return self._stream.get_extra_info(info)

    def cut(self) -> None:
        """End it under whoever is reading."""
        with suppress(OSError):
            self.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _left(self, timeout: float | None) -> float:
        left = self._watch.left(timeout or 0.0)
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return left
