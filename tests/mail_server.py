"""SMTP servers on the loopback interface: one that works, by aiosmtpd, and one that says what a test tells it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.fault_server import CERTIFICATE

USER, PASSWORD = "desk", "hush-0451"


def trusting() -> ssl.SSLContext:
    """A client's context that trusts the certificate of the tests alone."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def serving() -> ssl.SSLContext:
    """A server's context with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


class Mailbox:
    """Takes what comes, but for recipients at `nowhere.example`; `refusal` is what it says to every message instead."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.raw: list[bytes] = []
        self.recipients: list[str] = []

    @property
    def messages(self) -> list[EmailMessage]:
        """What came, taken apart."""
        return [message_from_bytes(raw, policy=default) for raw in self.raw]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        """Refuse who is nowhere."""
        if address.endswith("@nowhere.example"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message."""
        if self.refusal:
            return self.refusal
        self.raw.append(envelope.original_content or b"")
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """Accept the one user."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right or False)


@contextmanager
def mail_server(mailbox: Mailbox, security: str = "none", *, auth: bool = False) -> Iterator[int]:
    """Serve until the block ends; yields the port."""
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=_free(),
        ready_timeout=30,
        ssl_context=serving() if security == "tls" else None,
        tls_context=serving() if security == "starttls" else None,
        authenticator=knows if auth else None,
        # Over TLS from the first byte it does not see that it is safe.
        auth_required=auth and security == "starttls",
        auth_require_tls=security == "starttls",
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# A server that does as it is told
# --------------------------------

Behaviour = Callable[[socket.socket], None]


def lines(*answers: bytes) -> Behaviour:
    """Greet with the first, answer every further line with the next, and hang up."""

    def behave(client: socket.socket) -> None:
        with client.makefile("rb") as said:
            for answer in answers:
                client.sendall(answer + b"\r\n")
                if not said.readline():
                    return

    return behave


def dripping(client: socket.socket) -> None:
    """Send a greeting a byte at a time, without end."""
    while True:
        client.sendall(b"2")
        time.sleep(0.02)


def silent(client: socket.socket) -> None:
    """Say nothing until the client leaves."""
    client.recv(1)


@contextmanager
def odd_server(behave: Behaviour) -> Iterator[int]:
    """Serve one connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            try:
                client, _ = listening.accept()
                with client:
                    behave(client)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join(5)
