"""The digest of a day as JSON to a webhook: one POST, in bounded time, to where the plan says and nowhere else."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import ssl

from briefing import __version__
from briefing.addresses import Target, target
from briefing.delivery.outcome import Outcome, failed, sent
from briefing.errors import AddressRefused
from briefing.plan import Webhook
from briefing.render import Digest

SECRET = "BRIEFING_WEBHOOK_SECRET"  # noqa: S105 - the name of the variable
SIGNATURE = "X-Briefing-Signature"
_TOTAL_S = 30.0
#: Besides 5xx: too slow, too early, too often.
_FOR_NOW = frozenset({408, 425, 429})


def send_webhook(
    webhook: Webhook,
    digest: Digest,
    *,
    key: str,
    secret: str | None = None,
    allow_private: bool = False,
    trust: ssl.SSLContext | None = None,
    total_s: float = _TOTAL_S,
) -> Outcome:
    """Post the values of the digest; raises nothing that a server or a network does.

    `key` is `key_of` the day and goes as `Idempotency-Key`. With a `secret` the body is signed: `X-Briefing-Signature:
    sha256=` and the hexadecimal HMAC-SHA256 of the bytes of the body. Only https is spoken, and http to this computer
    with `allow_private`. Redirects are not followed, proxies of the environment not used. What an address has beyond
    its host is often a secret, so no outcome repeats it.
    """
    try:
        where = target(webhook.address, allow_private=True)
    except AddressRefused as error:
        return failed(f"the webhook's address: {error.message}", retryable=False)
    if where.scheme != "https" and not (allow_private and _is_this_computer(where)):
        return failed(f"{where.host}: a webhook is posted to over https only", retryable=False)
    body = json.dumps(digest.values, separators=(",", ":"), allow_nan=False).encode("ascii")
    headers = _headers(body, key, secret)
    try:
        status = asyncio.run(_post(where, body, headers, trust or ssl.create_default_context(), total_s))
    except TimeoutError:
        return failed(f"{where.host}: no answer in {total_s:g} s", retryable=True)
    except _NotAnswered as error:
        return failed(f"{where.host}: {error}", retryable=True)
    return _outcome(where, status)


def signature(body: bytes, secret: str) -> str:
    """Sign a body, as a receiver checks it.

    >>> signature(b"{}", "hush")[:23]
    'sha256=505c20ac604f6629'
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _headers(body: bytes, key: str, secret: str | None) -> dict[str, str]:
    signed = {SIGNATURE: signature(body, secret)} if secret else {}
    return {
        "Content-Type": "application/json",
        "User-Agent": f"briefing/{__version__}",
        "Idempotency-Key": key,
        **signed,
    }


def _is_this_computer(where: Target) -> bool:
    return where.host == "localhost" or (where.ip is not None and where.ip.is_loopback)


class _NotAnswered(Exception):
    pass


async def _post(where: Target, body: bytes, headers: dict[str, str], trust: ssl.SSLContext, total_s: float) -> int:
    """Return the status; what stands in the body of an answer is nobody's business."""
    import httpx2

    client = httpx2.AsyncClient(verify=trust, timeout=total_s, follow_redirects=False, trust_env=False)
    async with asyncio.timeout(total_s), client:
        try:
            async with client.stream("POST", where.address, content=body, headers=headers) as response:
                return int(response.status_code)
        except httpx2.TimeoutException as error:
            raise TimeoutError from error
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise _NotAnswered(_reason(error)) from error


def _reason(error: BaseException) -> str:
    """Say why nothing came, without the address."""
    from briefing.fetch_http.wire import tls_reason

    return tls_reason(error) or "the connection could not be made, or broke off"


def _outcome(where: Target, status: int) -> Outcome:
    if 200 <= status < 300:
        return sent(f"{where.host} answered {status}")
    if 300 <= status < 400:
        return failed(f"{where.host} answered {status}, a redirect, and none is followed", retryable=False)
    return failed(f"{where.host} answered {status}", retryable=status >= 500 or status in _FOR_NOW)
