"""One request and its answer, in bounded time and memory. Follows nothing, repeats nothing, keeps nothing.

What goes wrong is a SourceError with the address that was asked as its subject. Proxies, cookies, `.netrc` and whatever
else an environment may hold are not looked at: nothing here reads them.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.addresses import SAVE, IPAddress, Target
from briefing.errors import (
    AddressFailed,
    AddressRefused,
    AddressUnavailable,
    SourceNotText,
    SourceTooLarge,
)
from briefing.fetch import shown
from briefing.fetch_http.kinds import refused_kind
from briefing.fetch_http.network import Network
from briefing.fetch_http.packing import TooMuch, Unpackable, unpacked
from briefing.fetch_http.patience import Patience, Stopwatch

if TYPE_CHECKING:
    import httpcore2

    from briefing.fetch_http.pinning import PinnedBackend

_LATER = "try again later, or save the page and give the file"


class BrokenOff(AddressUnavailable):
    """The connection ended before the answer did; asking again may help."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A whole answer, whatever it says."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters; of a name that comes twice the first."""
    body: bytes = field(repr=False)
    """Packing undone; empty but for a 200, since nobody reads the body of an error."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wire:
    """How to ask: within which bounds, and where not."""

    patience: Patience
    allow_private: bool
    network: Network
    opened: Callable[[PinnedBackend], None]
    """Told of every connection before it is made, so that it can be cut."""

    def ask(
        self,
        target: Target,
        headers: Mapping[str, str],
        watch: Stopwatch,
        *,
        max_bytes: int,
        any_kind: bool = False,
        cut_short: bool = False,
    ) -> Answer:
        """Send one GET and read the answer.

        `any_kind` reads the body whatever the server calls it; `cut_short` takes the first `max_bytes` of a body that
        is longer, where otherwise SourceTooLarge is raised.
        """
        import httpcore2

        from briefing.fetch_http.pinning import PinnedBackend

        watch.start()
        try:
            backend = PinnedBackend(self._addresses(target, watch), watch, self.network)
            self.opened(backend)
            trust = self._trust(target) if target.scheme == "https" else None
            origin = httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port)
            connection = httpcore2.HTTPConnection(origin, ssl_context=trust, network_backend=backend)
            with _translated(target, watch), connection:
                response = connection.handle_request(_request(target, headers, self.patience))
                return _read(response, target, max_bytes, any_kind=any_kind, cut_short=cut_short)
        finally:
            watch.stop()

    def _trust(self, target: Target) -> ssl.SSLContext:
        try:
            return self.network.trust()
        except OSError as error:
            message = "the certificates to trust cannot be read"
            raise AddressUnavailable(shown(target.address), message, hint="check what SSL_CERT_FILE names") from error

    def _addresses(self, target: Target, watch: Stopwatch) -> Sequence[IPAddress]:
        from briefing.fetch_http.pinning import Barred, Unresolved, checked

        left = watch.left(self.patience.connect_s)
        try:
            return checked(target, self.network, allow_private=self.allow_private, timeout_s=max(0.0, left))
        except Barred as error:
            hint = "if it is yours and you mean it, give --allow-private"
            raise AddressRefused(shown(target.address), str(error), hint=hint) from error
        except Unresolved as error:
            message = f"no host of the name {target.host} is known"
            hint = "check the spelling, and that this computer is online"
            raise AddressUnavailable(shown(target.address), message, hint=hint) from error
        except TimeoutError as error:
            message = f"the name {target.host} was not resolved in time"
            raise AddressUnavailable(shown(target.address), message, hint=_LATER) from error


def _request(target: Target, headers: Mapping[str, str], patience: Patience) -> httpcore2.Request:
    import httpcore2

    url = httpcore2.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    sent = {"host": target.netloc, **headers, "connection": "close"}
    timeout = {"connect": patience.connect_s, "read": patience.silence_s, "write": patience.silence_s}
    return httpcore2.Request("GET", url, headers=list(sent.items()), extensions={"timeout": timeout})


def _read(response: httpcore2.Response, target: Target, max_bytes: int, *, any_kind: bool, cut_short: bool) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    if response.status != 200:
        return Answer(status=response.status, headers=headers, body=b"")
    if not any_kind and (kind := refused_kind(headers.get("content-type", ""))):
        raise SourceNotText(shown(target.address), f"the server sends {kind}", hint="give the address of the article")
    pieces: Iterator[bytes] = iter(response.iter_stream())
    if cut_short:
        pieces = _first(pieces, max_bytes)
    elif headers.get("content-length", "").isdecimal() and int(headers["content-length"]) > max_bytes:
        raise _too_large(target, f"{int(headers['content-length']):,} bytes", max_bytes)
    try:
        body = unpacked(pieces, headers.get("content-encoding", ""), max_bytes=max_bytes)
    except TooMuch as error:
        raise _too_large(target, "more bytes", max_bytes) from error
    except Unpackable as error:
        raise AddressFailed(shown(target.address), str(error), hint=SAVE) from error
    return Answer(status=200, headers=headers, body=body)


def _first(pieces: Iterator[bytes], max_bytes: int) -> Iterator[bytes]:
    left = max_bytes
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _too_large(target: Target, size: str, max_bytes: int) -> SourceTooLarge:
    message = f"{size}, and the limit is {max_bytes:,}"
    return SourceTooLarge(shown(target.address), message, hint="raise --max-source-bytes, or save the article alone")


@contextmanager
def _translated(target: Target, watch: Stopwatch) -> Iterator[None]:
    """Turn what the HTTP library raises into errors of ours."""
    import httpcore2

    subject = shown(target.address)
    try:
        yield
    except httpcore2.TimeoutException as error:
        message = "no whole answer within the time" if watch.left(1.0) <= 0 else "the server fell silent"
        if isinstance(error, httpcore2.ConnectTimeout):
            message = "no connection within the time"
        raise AddressUnavailable(subject, message, hint="raise --fetch-timeout, or save the page") from error
    except httpcore2.ConnectError as error:
        reason = tls_reason(error) or "nobody answers there"
        raise AddressUnavailable(subject, reason, hint=_LATER) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
        raise BrokenOff(subject, "the connection broke off before the answer was whole", hint=_LATER) from error


def tls_reason(error: BaseException) -> str:
    """Return why TLS failed; nothing when the connection failed otherwise."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate cannot be trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "it does not speak TLS, or none that is safe"
        cause = cause.__cause__ or cause.__context__
    return ""
