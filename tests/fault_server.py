"""An OpenAI-compatible server on the loopback interface that fails in every way a test asks for.

A test gives a script: what to do with the first request, the second …, the last for ever. What was asked is kept.
`fault_server.pem` is a self-signed certificate of `localhost` with its key, worth nothing anywhere else.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

#: What the server counts for every completion, unless told otherwise.
USAGE = {"prompt_tokens": 20, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 16}}
CERTIFICATE = Path(__file__).with_name("fault_server.pem")


class FaultServer(ThreadingHTTPServer):
    """Follows its script; `received` and `headers` are what came, `arrivals` when (monotonic seconds)."""

    daemon_threads = True

    def __init__(self, *answers: Behaviour, tls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = list(answers) or [completion()]
        self.received: list[Any] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.arrivals: list[float] = []
        self.ending = threading.Event()
        self._lock = threading.Lock()
        self._scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def authorizations(self) -> list[str | None]:
        """The header of each request."""
        return [headers.get("authorization") for headers in self.headers]

    def next_behaviour(self, handler: _Handler) -> Behaviour:
        """Note a request and return what to do with it."""
        with self._lock:
            self.arrivals.append(time.monotonic())
            self.received.append(handler.asked)
            self.paths.append(handler.path)
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def shutdown_request(self, request: Any) -> None:
        """Close at once: the orderly farewell of the base class would turn a reset into an end."""
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet: clients that go away are what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    server: FaultServer
    asked: Any
    """The body of the request."""

    def do_POST(self) -> None:
        """Do what the script says."""
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        self.asked = json.loads(body) if body else None
        self.server.next_behaviour(self)(self)

    def do_GET(self) -> None:
        """Do what the script says."""
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep quiet."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status line and the headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def trickle(self, pieces: Iterator[bytes], pause_s: float) -> None:
        """Send piece after piece until there is none, the client leaves or the server ends."""
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            if self.server.ending.wait(pause_s):
                return


Behaviour = Callable[[_Handler], None]


@contextmanager
def running(*answers: Behaviour, tls: bool = False) -> Iterator[FaultServer]:
    """Serve in a thread until the block ends."""
    with FaultServer(*answers, tls=tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()
            thread.join()


# Answers
# -------


def completion(
    content: Any = "{}",
    finish_reason: str | None = "stop",
    *,
    usage: Mapping[str, Any] | None = USAGE,
    headers: Mapping[str, str] | None = None,
    **message: Any,
) -> Behaviour:
    """Answer with a chat completion."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}}
    values: dict[str, Any] = {"object": "chat.completion", "model": "m-1-2031"}
    values["choices"] = [choice | {"finish_reason": finish_reason}]
    return answer(200, values if usage is None else values | {"usage": usage}, headers)


def failure(status: int, message: str = "no", headers: Mapping[str, str] | None = None, **more: Any) -> Behaviour:
    """Answer with an error as OpenAI words it."""
    return answer(status, {"error": {"message": message, "type": "invalid_request_error", **more}}, headers)


def answer(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer with these bytes or this text, or with this value as JSON."""
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    sent = {"content-type": "application/json", "content-length": str(len(data)), **(headers or {})}

    def behave(handler: _Handler) -> None:
        handler.head(status, sent)
        handler.wfile.write(data)

    return behave


def web_page(status: int) -> Behaviour:
    """Answer with HTML, as proxies do."""
    return answer(status, "<html><title>Oops</title></html>", {"content-type": "text/html"})


def redirect(status: int, to: str) -> Behaviour:
    """Send the client elsewhere."""
    return answer(status, b"", {"location": to})


# Faults below HTTP
# -----------------


def reset_mid_body(handler: _Handler) -> None:
    """Promise a body, send a part and tear the connection down."""
    handler.head(200, {"content-type": "application/json", "content-length": "1000"})
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()
    # With no time to linger, closing sends a reset.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def end_mid_body(handler: _Handler) -> None:
    """Promise a body, send a part and close in good order."""
    handler.head(200, {"content-type": "application/json", "content-length": "1000"})
    handler.wfile.write(b'{"choices": [')


def hang_up(handler: _Handler) -> None:
    """Close without a word."""


def bare(data: bytes) -> Behaviour:
    """Answer with these bytes alone, in place of a status line and all that follows it."""

    def behave(handler: _Handler) -> None:
        handler.wfile.write(data)

    return behave


#: Something that is not HTTP.
no_http = bare(b"220 mail.example ESMTP\r\n\r\n")


def silence(handler: _Handler) -> None:
    """Say nothing until the server ends."""
    handler.server.ending.wait()


def dripping_header(handler: _Handler) -> None:
    """Send header after header, a byte at a time, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nx-drip: ")
    handler.trickle(iter(lambda: b"x", b""), 0.02)


def dripping_body(handler: _Handler) -> None:
    """Send a body a byte at a time, without end."""
    handler.head(200, {"content-type": "application/json"})
    handler.trickle(iter(lambda: b" ", b""), 0.02)


def endless_stream(handler: _Handler) -> None:
    """Send events as fast as they are taken, without end."""
    handler.head(200, {"content-type": "text/event-stream"})
    handler.trickle(iter(lambda: b'data: {"choices": []}\n\n' * 1_000, b""), 0)


def huge_body(handler: _Handler) -> None:
    """Send one reply that is a hundred times too large, with its length announced."""
    handler.head(200, {"content-type": "application/json", "content-length": str(10**9)})
    handler.trickle((b" " * 65_536 for _ in range(10**9 // 65_536)), 0)
