"""Who may ask: the right host, the right origin, the password where there is one, and the token in the path.

Every request passes here before anything of it is looked at further, and every answer leaves with the same headers. A
page of another site can neither read an answer (no CORS header, ever) nor have a decision saved (the token, its own
origin, JSON as content type, all three are asked for).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
_ASKING = frozenset({"GET", "HEAD"})
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, kw_only=True)
class Password:
    """A password, kept as its digest, and how often one address may get it wrong.

    >>> door = Password(digest=Password.digested("open sesame"), wrong=2, within_s=60.0)
    >>> door.admits("open sesame", "10.0.0.1"), door.admits("open barley", "10.0.0.1")
    (True, False)
    """

    digest: bytes
    wrong: int = 5
    within_s: float = 60.0
    """Seconds after which a wrong try is forgotten."""
    _tries: OrderedDict[str, list[float]] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @staticmethod
    def digested(password: str) -> bytes:
        """Return what is kept of it."""
        return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()

    def wait_s(self, address: str) -> float:
        """Return for how long this address has to wait before it may try again."""
        with self._lock:
            recent = self._recent(address)
            return recent[-self.wrong] + self.within_s - time.monotonic() if len(recent) >= self.wrong else 0.0

    def admits(self, password: str, address: str) -> bool:
        """Compare in constant time, and remember a wrong one."""
        right = hmac.compare_digest(self.digested(password), self.digest)
        if not right:
            with self._lock:
                self._tries[address] = [*self._recent(address), time.monotonic()]
                while len(self._tries) > 1000:
                    self._tries.popitem(last=False)
        return right

    def _recent(self, address: str) -> list[float]:
        since = time.monotonic() - self.within_s
        return [at for at in self._tries.get(address, []) if at > since]


@dataclass(frozen=True, kw_only=True)
class Door:
    """What a request must bring."""

    token: str
    hosts: frozenset[str]
    """The values of `Host` that are answered; empty, behind a proxy, where the password takes the place of this."""
    password: Password | None = None


class Guard:
    """Lets in what may come in, takes the token off its path, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        sends = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, sends)
            return
        rest = scope["path"].removeprefix(f"/{self._door.token}")
        inner = {**scope, "path": rest, "raw_path": rest.encode(), "root_path": ""}
        await self._app(inner, receive, sends)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        return (
            self._wrong_host(headers)
            or self._wrong_password(scope, headers)
            or self._wrong_path(scope)
            or self._wrong_origin(scope, headers)
            or self._wrong_body(scope, headers)
        )

    def _wrong_host(self, headers: Headers) -> Response | None:
        host = headers.getlist("host")
        if len(host) != 1 or (self._door.hosts and host[0].lower() not in self._door.hosts):
            return problem(421, "this is not the host that this server is asked by", "use the address that was printed")
        return None

    def _wrong_password(self, scope: Scope, headers: Headers) -> Response | None:
        """Ask for the password; who named himself with it is the reviewer."""
        password = self._door.password
        if password is None:
            return None
        address = scope["client"][0] if scope.get("client") else ""
        wait = password.wait_s(address)
        if wait > 0:
            answer = problem(429, "too many wrong passwords", "wait a minute")
            answer.headers["retry-after"] = str(int(wait) + 1)
            return answer
        given = _basic(headers.get("authorization", ""))
        if given is None or not password.admits(given[1], address):
            answer = problem(
                401, "a password is asked for", "your name, and the password that the server was started with"
            )
            answer.headers["www-authenticate"] = 'Basic realm="briefing review", charset="UTF-8"'
            return answer
        scope["reviewer"] = given[0]
        return None

    def _wrong_path(self, scope: Scope) -> Response | None:
        parts = scope["path"].split("/", 2)
        first = parts[1] if len(parts) == 3 else ""
        if not hmac.compare_digest(first.encode("utf-8", "surrogatepass"), self._door.token.encode()):
            return problem(404, "there is nothing here", "use the whole address that was printed")
        return None

    def _wrong_origin(self, scope: Scope, headers: Headers) -> Response | None:
        """A browser says where a request that changes something comes from; one that does not say so is refused too."""
        origins = headers.getlist("origin")
        foreign = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        if origins or scope["method"] not in _ASKING:
            allowed = len(origins) == 1 and _host_of(origins[0]) == headers["host"].lower() and not foreign
        else:
            # Whoever follows a link to the page comes from elsewhere.
            allowed = not foreign or headers.get("sec-fetch-mode") == "navigate"
        return (
            None
            if allowed
            else problem(403, "this comes from another page", "decide on the page that this server shows")
        )

    def _wrong_body(self, scope: Scope, headers: Headers) -> Response | None:
        if scope["method"] in _ASKING:
            return None
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return problem(415, "this is not JSON", "send it as application/json")
        length = headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 12 or int(length) > MAX_BODY):
            return too_large()
        return None


def too_large() -> Response:
    """Say that more was sent than is ever read."""
    return problem(413, f"more than {MAX_BODY:,} bytes", "shorten it")


def problem(status: int, error: str, hint: str) -> JSONResponse:
    """Return an error as the page shows it."""
    return JSONResponse({"error": error, "hint": hint}, status_code=status)


def _host_of(origin: str) -> str | None:
    """Return host and port of an origin as `Host` writes them."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc.lower() if parts.scheme in ("http", "https") and not parts.path else None


def _basic(header: str) -> tuple[str, str] | None:
    """Read the name and the password of HTTP Basic."""
    scheme, _, given = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(given.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def _with_headers(send: Send) -> Send:
    async def sends(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("content-security-policy", _NOTHING)
        await send(message)

    return sends
