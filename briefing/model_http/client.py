"""The model itself: asks in the dialect that its server understands, and remembers which that is."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import Self

from briefing.errors import ModelError, ModelUnavailable
from briefing.model import Reply, Request
from briefing.model_http.answers import Asked, failure, is_final, reply, said
from briefing.model_http.connection import Connection, Server, server_from_environment
from briefing.model_http.dialects import Capabilities, arguments, simpler, unwrapped
from briefing.model_http.patience import Patience
from briefing.model_http.wire import Answer, Lost
from briefing.types import Usage

_CONTEXT_TOKENS = 128_000
#: What a request that is not understood comes back with.
_NOT_UNDERSTOOD = frozenset({400, 422})
_PATIENCE = Patience()
_CAPABILITIES = Capabilities()


def model_from_environment(
    name: str,
    environ: Mapping[str, str],
    *,
    base_url: str | None = None,
    context_tokens: int | None = None,
    patience: Patience = _PATIENCE,
    capabilities: Capabilities = _CAPABILITIES,
) -> HTTPModel:
    """Return the model of that name on the server that `server_from_environment` finds; raises what that raises.

    >>> model_from_environment("qwen", {"OPENAI_BASE_URL": "http://127.0.0.1:8080/v1"})
    HTTPModel('qwen', host='127.0.0.1:8080')
    """
    server = server_from_environment(environ, base_url=base_url)
    return HTTPModel(name, server, context_tokens=context_tokens, patience=patience, capabilities=capabilities)


class HTTPModel:
    """A model of a server; any number of threads may ask it. Raises `ModelError` and nothing else.

    `capabilities` is where it begins; what the server turns out not to understand is left out from then on. Whatever
    a failed call is known to have cost is the error's `usage`. As a context manager it ends with `close`.
    """

    def __init__(
        self,
        name: str,
        server: Server,
        *,
        context_tokens: int | None = None,
        patience: Patience = _PATIENCE,
        capabilities: Capabilities = _CAPABILITIES,
    ) -> None:
        self._name = name
        self._context_tokens = context_tokens
        self._capabilities = capabilities
        self.connection = Connection(server, patience)

    def __repr__(self) -> str:
        return f"HTTPModel({self._name!r}, host={self.connection.server.host!r})"

    @property
    def name(self) -> str:
        """The name the server knows it by."""
        return self._name

    @property
    def server(self) -> str:
        """The server's address, without user and password."""
        return self.connection.server.url

    @property
    def context_tokens(self) -> int:
        """As given, else as the server says, else 128,000."""
        return self._context_tokens or self._capabilities.context_tokens or _CONTEXT_TOKENS

    @property
    def capabilities(self) -> Capabilities:
        """What is known by now of what the server understands."""
        return self._capabilities

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Cut the calls under way in whatever thread, which raise `ModelUnavailable`, and make no others."""
        self.connection.close()

    def ask(self, request: Request) -> Reply:
        """Answer, or raise `ModelUnavailable`, `ModelRefused`, or a `ReplyError` when what came holds no reply."""
        try:
            outcome = self.connection.run(self._asked(request))
        except CancelledError:
            # What a call that was cut has cost, nobody knows.
            usage = Usage(unreported=1)
            outcome = ModelUnavailable(self._name, "the call was cut short", hint="ask again", usage=usage)
        if isinstance(outcome, ModelError):
            raise outcome
        return outcome

    async def _asked(self, request: Request) -> Reply | ModelError:
        """Send the request in the first dialect that the server accepts, and remember which that was."""
        dialect, refused, spent = self._capabilities, None, Usage()
        while True:
            outcome, cost = await self.connection.complete(arguments(self._name, request, dialect))
            spent += cost
            if isinstance(outcome, Answer) and outcome.status < 300:
                self._capabilities = dialect
                return self._read(outcome, dialect, spent)
            following = _following(dialect, outcome)
            if isinstance(outcome, Answer) and outcome.status in _NOT_UNDERSTOOD:
                # The first message is about the request as it was meant, later ones about our concessions.
                refused = refused or outcome
                outcome = refused
            if following is None:
                error = failure(outcome, self._asked_whom)
                error.usage += spent
                return error
            dialect = following

    def _read(self, answer: Answer, dialect: Capabilities, spent: Usage) -> Reply | ModelError:
        read = reply(answer, self._asked_whom)
        if isinstance(read, ModelError):
            read.usage += spent
            return read
        text = unwrapped(read.text) if dialect.reply_format == "plain" else read.text
        return replace(read, text=text, usage=read.usage + spent)

    @property
    def _asked_whom(self) -> Asked:
        patience = self.connection.patience
        return Asked(
            name=self._name,
            host=self.connection.server.host,
            timeout_s=patience.timeout_s,
            run_timeout_s=patience.run_timeout_s,
        )


def _following(dialect: Capabilities, outcome: Answer | Lost) -> Capabilities | None:
    """Return the dialect to try next, or None when another would not help."""
    if isinstance(outcome, Lost) or outcome.status not in _NOT_UNDERSTOOD or is_final(outcome):
        return None
    return simpler(dialect, said(outcome.body))
