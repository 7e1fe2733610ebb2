"""A server, and how it is asked: with its key, as patiently as allowed, together with all other calls of the run."""

from __future__ import annotations

import asyncio
import base64
import re
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from briefing.errors import ConfigError
from briefing.model_http.answers import is_temporary, reported, settled
from briefing.model_http.patience import Patience, asked_to_wait_s, limit_reset_s
from briefing.model_http.wire import Answer, Call, Fault, Lost, exchange, prepare, started
from briefing.types import Usage

T = TypeVar("T")

_OPENAI = "https://api.openai.com/v1"
#: Shorter ones are what servers without keys are given for form's sake ("none", "ollama", "lm-studio"): no secrets,
#: and words that a reply may well contain.
_LEAST_SECRET = 12
#: The server behind the gateway got the request, and may be working on it still.
_GATEWAY_GAVE_UP = frozenset({504, 524})
_HEADERS = {
    "accept": "application/json",
    # Packed, a small answer could become a large one after it was measured.
    "accept-encoding": "identity",
    "content-type": "application/json",
    "user-agent": "briefing",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where models are asked, and with what key; the key is in no print of it."""

    url: str
    """Without user and password."""
    authorization: str | None = field(default=None, repr=False)
    """The header's value."""
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def host(self) -> str:
        """Name and port."""
        return _host(urlsplit(self.url))

    def clean(self, answer: Answer) -> Answer:
        """Blank the secrets, should the server echo them."""
        if not self.secrets:
            return answer
        pattern = _spellings(self.secrets)
        headers = {name: re.sub(pattern, "[key]", value) for name, value in answer.headers.items()}
        return replace(answer, body=re.sub(pattern.encode(), b"[key]", answer.body), headers=headers)


@cache
def _spellings(secrets: tuple[str, ...]) -> str:
    """Return a pattern of all the ways to write a secret in JSON and in an address.

    >>> bool(re.fullmatch(_spellings(("a/b",)), "\\u0061%2Fb"))
    True
    """
    return "|".join("".join(map(_spelling, secret)) for secret in secrets)


def _spelling(character: str) -> str:
    code = ord(character)
    solidus = r"|\\/" if character == "/" else ""
    return rf"(?:{re.escape(character)}|%(?i:{code:02x})|\\u(?i:{code:04x}){solidus})"


def server_from_environment(environ: Mapping[str, str], *, base_url: str | None = None) -> Server:
    """Return the server at `base_url`, else `OPENAI_BASE_URL`, else OpenAI, with `OPENAI_API_KEY`.

    A server of one's own needs no key. Raises `ConfigError` when there is neither a key nor a server, or when one of
    them cannot be used.

    >>> server_from_environment({"OPENAI_BASE_URL": "http://127.0.0.1:8080/v1"}).host
    '127.0.0.1:8080'
    """
    key = environ.get("OPENAI_API_KEY", "").strip()
    url = (base_url or environ.get("OPENAI_BASE_URL", "")).strip()
    if not key and not url:
        raise ConfigError(
            "OPENAI_API_KEY",
            "it is not set, and a model of OpenAI needs it",
            hint="set it, or set OPENAI_BASE_URL to a server of your own, or name no model",
        )
    return server_at(url or _OPENAI, key or None)


def server_at(url: str, key: str | None = None) -> Server:
    """Return the server at an address; a user and password in it are sent in place of the key.

    Raises `ConfigError` when no request could be made of them.
    """
    # Any other character fails deep in the HTTP client, with an error that shows the whole header.
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ConfigError("OPENAI_API_KEY", "it holds characters that no key has", hint="copy it again")
    parts = _parts(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], path=parts.path.rstrip("/")).geturl()
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        encoded = base64.b64encode(pair.encode()).decode()
        authorization: str | None = f"Basic {encoded}"
        secrets = [unquote(parts.password or ""), encoded]
    else:
        authorization, secrets = f"Bearer {key}" if key else None, [key or ""]
    return Server(
        url=bare,
        authorization=authorization,
        secrets=tuple(secret for secret in secrets if len(secret) >= _LEAST_SECRET),
    )


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    # What stands before an @ may be a password, and what follows the path a key.
    shown = re.split("[?#]", url.rpartition("@")[2])[0]
    hint = "write it like http://127.0.0.1:8080/v1"
    if not usable:
        raise ConfigError("OPENAI_BASE_URL", f"{shown!r} is no web address", hint=hint)
    if parts.query or parts.fragment:
        raise ConfigError("OPENAI_BASE_URL", f"{shown!r} is followed by a ? or #", hint=hint)
    return parts


def _host(parts: SplitResult) -> str:
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""


class Connection:
    """Sends requests for any number of threads. What one call learns about rate limits holds for all of them."""

    def __init__(self, server: Server, patience: Patience) -> None:
        self.server = server
        self.patience = patience
        # These are read and written in the thread of exchanges alone.
        self._not_before = 0.0
        self._ends: float | None = None
        self._unreachable = False
        self._lock = threading.Lock()
        self._under_way = set[Future[Any]]()
        self._closed = False
        prepare()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for `work`, a `complete` or `get`. Raises `CancelledError` when `close` is called meanwhile, or was."""
        with self._lock:
            if self._closed:
                work.close()
                raise CancelledError
            future = started(work)
            self._under_way.add(future)
        try:
            return future.result()
        finally:
            # Only after Ctrl-C is it not done.
            future.cancel()
            with self._lock:
                self._under_way.discard(future)

    def close(self) -> None:
        """Cut every connection, from any thread, and open no other."""
        with self._lock:
            self._closed = True
            for future in self._under_way:
                future.cancel()

    async def complete(self, arguments: Mapping[str, Any]) -> tuple[Answer | Lost, Usage]:
        """Ask for a chat completion until there is an answer worth reading or patience ends.

        Says as well what the attempts before the last one cost.
        """
        return await self._fetch(Call(server=self.server.url, headers=self._headers(), arguments=arguments))

    async def get(self, page: str) -> tuple[Answer | Lost, Usage]:
        """Get what stands at an address of the server, as patiently."""
        return await self._fetch(Call(server=self.server.url, headers=self._headers(), page=page))

    def _headers(self) -> dict[str, str]:
        key = {"authorization": self.server.authorization} if self.server.authorization else {}
        return {**_HEADERS, **key}

    async def _fetch(self, call: Call) -> tuple[Answer | Lost, Usage]:
        spent = Usage()
        # Where one call has waited for the server in vain, the others need not.
        retries = 0 if self._unreachable else self.patience.retries
        for attempt in count():
            if not await self._turn():
                return Lost(fault=Fault.RUN_TIME, sent=False), spent
            outcome = await self._attempt(call)
            spent += _cost(outcome)
            wait_s = self._heeded(outcome)
            again = attempt < retries and spent.unreported <= self.patience.resends
            if not (again and is_temporary(outcome) and (wait_s or 0) <= self.patience.longest_wait_s):
                break
            if wait_s is None:
                await asyncio.sleep(min(self.patience.back_off_s(attempt), self._left_s()))
        self._unreachable = isinstance(outcome, Lost) and outcome.fault is Fault.NO_CONNECTION
        return outcome, spent

    async def _attempt(self, call: Call) -> Answer | Lost:
        outcome = await exchange(call, timeout_s=min(self.patience.timeout_s, self._left_s()))
        if isinstance(outcome, Answer):
            return settled(self.server.clean(outcome))
        if outcome.fault is Fault.TIME and self._left_s() <= 0:
            return replace(outcome, fault=Fault.RUN_TIME)
        return outcome

    async def _turn(self) -> bool:
        """Wait until the server may be asked again; False when the time of the run is up before."""
        now = asyncio.get_running_loop().time()
        if self._ends is None:
            self._ends = now + (self.patience.run_timeout_s or float("inf"))
        while (wait_s := self._not_before - asyncio.get_running_loop().time()) > 0:
            if wait_s >= self._left_s():
                return False
            await asyncio.sleep(wait_s + self.patience.stagger_s())
        return self._left_s() > 0

    def _left_s(self) -> float:
        now = asyncio.get_running_loop().time()
        return float("inf") if self._ends is None else max(0.0, self._ends - now)

    def _heeded(self, outcome: Answer | Lost) -> float | None:
        """Hold up all calls for as long as the server asks; return how long that is, None when it does not ask."""
        if isinstance(outcome, Lost):
            return None
        if is_temporary(outcome):
            wait_s = asked_to_wait_s(outcome.headers, now=datetime.now(UTC))
        else:
            wait_s = limit_reset_s(outcome.headers)
        now = asyncio.get_running_loop().time()
        self._not_before = max(self._not_before, now + min(wait_s or 0, self.patience.longest_wait_s))
        return wait_s


def _cost(outcome: Answer | Lost) -> Usage:
    """Return what a failed attempt cost; that of a success is in its reply."""
    if isinstance(outcome, Lost):
        return Usage(unreported=1 if outcome.sent else 0)
    if outcome.status in _GATEWAY_GAVE_UP:
        return Usage(unreported=1)
    return Usage() if outcome.status < 300 else reported(outcome.body)
