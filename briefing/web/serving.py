"""Where it listens, and for how long: until Ctrl-C."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from briefing.errors import ConfigError


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a server listens."""

    host: str
    port: int

    @property
    def hosts(self) -> frozenset[str]:
        """The values of `Host` that a browser on this computer sends."""
        names = (_bracketed(self.host), "127.0.0.1", "localhost", "[::1]")
        # Browsers leave the port of HTTP out.
        return frozenset(f"{name}:{self.port}" for name in names) | frozenset(names if self.port == 80 else ())

    @property
    def url(self) -> str:
        """Where it is, without the token."""
        return f"http://{_bracketed(self.host)}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Say whether only this computer can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, True, False, True)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def bound(host: str, port: int) -> tuple[socket.socket, Place]:
    """Take a port, a free one for 0, before anything is printed. Raises ConfigError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        # From here on who connects waits, and is not turned away, until `serve` begins.
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"--host {host} --port {port}", reason, hint="leave --port out for a free one") from error
    return listening, Place(host=host.strip("[]"), port=int(listening.getsockname()[1]))


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return a server that tells nothing of itself and writes no address anywhere: each holds the token."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=64,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
        )
    )


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Answer until Ctrl-C, then finish what is under way and return."""
    # After closing everything uvicorn raises what it was ended by.
    with listening, suppress(KeyboardInterrupt):
        server_of(app).run(sockets=[listening])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
