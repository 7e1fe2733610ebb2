"""The `openai` client over connections in bounds. Importing it takes half a second: only `wire` does, in its thread."""

from __future__ import annotations

import logging
import ssl
from typing import Any

import httpx2
import openai

# Else the first question would import it.
import openai.resources.chat

from briefing.model_http.wire import THREAD, Call

_LOG = logging.getLogger(__name__)
_CONNECT_S = 10.0
#: Of a request; HTTP itself needs them.
_NEEDED = frozenset({"host", "connection", "content-length"})
#: Of an answer; with them a small one could become a large one after it was measured.
_PACKING = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


async def ask(call: Call, client: Client) -> httpx2.Response:
    """Return what the server answers, whatever its status. Raises `TooLarge`, `openai.APIConnectionError`."""
    server = openai.AsyncOpenAI(
        # Without one it looks for one in the environment. It goes nowhere: `client` sends the headers of `call` alone.
        api_key="none",
        base_url=call.server,
        max_retries=0,
        default_headers=call.headers,
        http_client=client,
    )
    try:
        if call.page:
            return await server.get(call.page, cast_to=httpx2.Response)
        answered = await server.chat.completions.with_raw_response.create(**call.arguments)
    except openai.APIStatusError as error:
        return error.response
    found: httpx2.Response = answered.http_response
    return found


class TooLarge(Exception):
    """The answer is larger than allowed."""


class Client(httpx2.AsyncClient):
    """For one request: sends the headers named and no others, reads at most `most_bytes` and leaves them as they came.

    `openai` reads an answer whole, packed or not, in whatever encoding it names, and adds headers from the environment.
    """

    def __init__(self, *, headers: frozenset[str], most_bytes: int, verify: ssl.SSLContext) -> None:
        super().__init__(verify=verify, timeout=httpx2.Timeout(None, connect=_CONNECT_S))
        self._named = headers | _NEEDED
        self._most_bytes = most_bytes
        self.sent = False
        """Whether the request has gone out whole."""

    async def send(self, request: httpx2.Request, **_: Any) -> httpx2.Response:
        """Send, and read the answer to its end."""
        response = await super().send(self._bare(request), stream=True)
        try:
            body = await self._body(response)
        finally:
            await response.aclose()
        _LOG.info("%s %s: %d", request.method, request.url, response.status_code)
        return httpx2.Response(response.status_code, headers=_headers(response), content=body, request=request)

    def _bare(self, request: httpx2.Request) -> httpx2.Request:
        return httpx2.Request(
            request.method,
            request.url,
            headers=[(name, value) for name, value in request.headers.multi_items() if name in self._named],
            content=request.content or None,
            extensions={**request.extensions, "trace": self._trace},
        )

    async def _trace(self, event: str, _: dict[str, Any]) -> None:
        self.sent = self.sent or event.endswith("send_request_body.complete")

    async def _body(self, response: httpx2.Response) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > self._most_bytes:
                raise TooLarge
        return bytes(body)


def _headers(response: httpx2.Response) -> list[tuple[bytes, bytes]]:
    pairs = [(name.lower(), value) for name, value in response.headers.raw]
    kept = [(name, value) for name, value in pairs if name not in _PACKING]
    return [(name, value.partition(b";")[0] if name == b"content-type" else value) for name, value in kept]


# What the libraries write down
# -----------------------------
# A server may echo the key in a header or beside the status.

logging.getLogger("httpcore2").setLevel(logging.INFO)
logging.getLogger("openai").setLevel(logging.INFO)
logging.getLogger("httpx2").addFilter(lambda record: record.threadName != THREAD)
