"""One exchange with a server, in bounded time and memory. Follows nothing, retries nothing; a failure is a value.

All exchanges run on one event loop in one thread of their own: there, a deadline holds for everything alike (names,
connections, a header that drips, a body that never ends), any thread may ask, and a call can be called off.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

#: Far more than any reply to our requests: 2,600 tokens are some 10,000 characters, and models that think aloud
#: have been seen to send fifty times that.
MOST_BYTES = 8 * 1024 * 1024
THREAD = "briefing-http"
"""The name of the thread of exchanges."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """What to ask of which server."""

    server: str
    """Its address, without user, password and query, which would be logged."""
    headers: Mapping[str, str] = field(repr=False)
    """All that are sent; names in small letters."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    """Of `openai`'s `chat.completions.create`."""
    page: str = ""
    """The address to get instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A whole answer, whatever it says."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes


class Fault(Enum):
    """Why no whole answer came."""

    NO_CONNECTION = auto()
    NOT_TRUSTED = auto()
    """TLS: the certificate does not vouch for the host, or the host speaks no TLS."""
    BROKEN_OFF = auto()
    TIME = auto()
    RUN_TIME = auto()
    """The time for all calls of the run is up."""
    TOO_LARGE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """No whole answer."""

    fault: Fault
    sent: bool
    """Whether the request had gone out whole, so that the server may have worked, and charged, for it."""
    detail: str = ""


async def exchange(call: Call, *, timeout_s: float) -> Answer | Lost:
    """Send `call` and read the answer to its end within `timeout_s` seconds."""
    import httpx2
    import openai

    from briefing.model_http.transport import Client, TooLarge, ask

    try:
        trust = _trust(call.server)
    except OSError:
        return Lost(fault=Fault.NOT_TRUSTED, sent=False, detail="the certificates to trust cannot be read")
    client = Client(headers=frozenset(call.headers), most_bytes=MOST_BYTES, verify=trust)
    try:
        async with asyncio.timeout(timeout_s), client:
            response = await ask(call, client)
    except TimeoutError:
        return Lost(fault=Fault.TIME, sent=client.sent)
    except TooLarge:
        return Lost(fault=Fault.TOO_LARGE, sent=True)
    except openai.APIConnectionError as error:
        return _lost(error.__cause__ or error, client.sent)
    except (httpx2.TransportError, httpx2.InvalidURL, OSError) as error:
        return _lost(error, client.sent)
    return Answer(status=response.status_code, headers=dict(response.headers), body=response.content)


def _lost(error: BaseException, sent: bool) -> Lost:
    import httpx2

    if not isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError, httpx2.InvalidURL)):
        return Lost(fault=Fault.BROKEN_OFF, sent=sent)
    tls = _tls_reason(error)
    return Lost(fault=Fault.NOT_TRUSTED if tls else Fault.NO_CONNECTION, sent=False, detail=tls)


def _trust(url: str) -> ssl.SSLContext:
    # Reading the certificates of the system takes 60 ms, which a server without TLS need not cost.
    return _certificates() if url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def _certificates() -> ssl.SSLContext:
    import httpx2

    return httpx2.create_ssl_context()


def _tls_reason(error: BaseException) -> str:
    """Return why TLS failed for good; nothing when the connection failed otherwise."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        if isinstance(cause, ssl.SSLError) and cause.reason in _NO_TLS:
            return "what listens there does not speak TLS"
        cause = cause.__cause__ or cause.__context__
    return ""


_NO_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"}


# The thread
# ----------


def started(work: Coroutine[Any, Any, T]) -> Future[T]:
    """Let `work` run in the thread of exchanges; cancelling the future cuts its connection."""
    return asyncio.run_coroutine_threadsafe(work, _loop())


def prepare() -> None:
    """Begin to import what the first exchange needs, so that less of that is left to wait for."""
    _loop().call_soon_threadsafe(import_module, "briefing.model_http.transport")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name=THREAD, daemon=True).start()
    return loop


if hasattr(os, "register_at_fork"):
    # A forked process has the loop but not its thread.
    os.register_at_fork(after_in_child=_loop.cache_clear)
