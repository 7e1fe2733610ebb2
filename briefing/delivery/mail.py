"""The digest of a day by SMTP, in bounded time. A password goes over an encrypted connection and nowhere else."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from briefing.delivery.message import addresses, message_of
from briefing.delivery.outcome import Outcome, failed, one_line, sent
from briefing.plan import Mail
from briefing.render import Digest, plural

PASSWORD = "BRIEFING_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
_SILENCE_S = 30.0
_TOTAL_S = 120.0


def send_mail(
    mail: Mail,
    digest: Digest,
    *,
    key: str,
    at: datetime,
    password: str | None = None,
    trust: ssl.SSLContext | None = None,
    silence_s: float = _SILENCE_S,
    total_s: float = _TOTAL_S,
) -> Outcome:
    """Send the digest to all recipients in one message; raises nothing that a server or a network does.

    `key` is `key_of` the day, `at` the date of the message. `trust` is whom to trust for TLS; None is what the system
    trusts. `silence_s` bounds each wait for the server, `total_s` the whole.
    """
    if reason := _not_possible(mail, password):
        return failed(reason, retryable=False)
    try:
        message = message_of(mail, digest, key=key, at=at)
    except (ValueError, IndexError) as error:
        return failed(f"no message can be made for these addresses: {error}", retryable=False)
    where = _Where(mail=mail, trust=trust or ssl.create_default_context(), silence_s=silence_s, total_s=total_s)
    outcome = _sent(where, message, password)
    return replace(outcome, detail=one_line(f"{mail.host}:{mail.port}: {_blanked(outcome.detail, password)}"))


def _not_possible(mail: Mail, password: str | None) -> str:
    if mail.user is None:
        return ""
    if password is None:
        return f"no password: set {PASSWORD} in the environment"
    if mail.security == "none":
        return "a password is sent over an encrypted connection only: set security to starttls or tls"
    if not (mail.user.isascii() and password.isascii()):
        return "the user or the password has characters that no SMTP server takes"
    return ""


# Speaking to the server
# ----------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Where:
    mail: Mail
    trust: ssl.SSLContext
    silence_s: float
    total_s: float


def _sent(where: _Where, message: EmailMessage, password: str | None) -> Outcome:
    sender, recipients = addresses(where.mail)
    try:
        with _connected(where) as server:
            if where.mail.user is not None and password is not None:
                server.login(where.mail.user, password)
            refused = server.send_message(message, sender, recipients)
    except smtplib.SMTPException as error:
        return _refused(error)
    except (OSError, UnicodeError) as error:
        return failed(_said(error), retryable=not isinstance(error, UnicodeError))
    taken = f"taken for {plural(len(recipients) - len(refused), 'recipient')}"
    return sent(f"{taken}; not for {_refusals(refused)}" if refused else taken)


@contextmanager
def _connected(where: _Where) -> Iterator[smtplib.SMTP]:
    """Connect, and leave politely; a message that was taken stays taken when the farewell fails."""
    mail = where.mail
    bounds = {"timeout": where.silence_s, "total_s": where.total_s}
    server = (
        _TLS(mail.host, mail.port, context=where.trust, **bounds)
        if mail.security == "tls"
        else _InTime(mail.host, mail.port, **bounds)
    )
    try:
        if mail.security == "starttls":
            server.starttls(context=where.trust)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


class _InTime(smtplib.SMTP):
    """Cuts its connection after so many seconds in all: a server that drips bytes never falls silent."""

    def __init__(self, *args: Any, total_s: float, **named: Any) -> None:
        self._clock = threading.Timer(total_s, self._cut)
        self._clock.daemon = True
        self._clock.start()
        try:
            super().__init__(*args, **named)
        except BaseException:
            self._clock.cancel()
            raise

    def _cut(self) -> None:
        with suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close, and stop the clock."""
        self._clock.cancel()
        super().close()


class _TLS(_InTime, smtplib.SMTP_SSL):
    pass


# What went wrong
# ---------------


def _blanked(text: str, password: str | None) -> str:
    """Blank a password, also as SMTP writes it, should a server echo it."""
    if not password:
        return text
    spelt = (password, base64.b64encode(password.encode()).decode())
    return text.replace(spelt[0], "…").replace(spelt[1], "…")


def _refused(error: smtplib.SMTPException) -> Outcome:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # What the server says beside it may hold what it was sent.
        return failed(f"user and password are not accepted ({error.smtp_code})", retryable=_for_now(error.smtp_code))
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers: Mapping[str, tuple[int, bytes]] = error.recipients
        retryable = any(_for_now(code) for code, _ in answers.values())
        return failed(f"no recipient is taken: {_refusals(answers)}", retryable=retryable)
    if isinstance(error, smtplib.SMTPResponseException):
        return failed(_reply(error.smtp_code, error.smtp_error), retryable=_for_now(error.smtp_code))
    return failed(str(error), retryable=not isinstance(error, smtplib.SMTPNotSupportedError))


def _refusals(answers: Mapping[str, tuple[int, bytes]]) -> str:
    return ", ".join(f"{who} ({_reply(*answer)})" for who, answer in answers.items())


def _for_now(code: int) -> bool:
    """Whether a refusal may pass: 4xx, or no SMTP at all."""
    return not 500 <= code < 600


def _reply(code: int, said: bytes | str) -> str:
    text = said if isinstance(said, str) else said.decode("utf-8", "replace")
    return f"{code} {text}"


def _said(error: Exception) -> str:
    from briefing.fetch_http.wire import tls_reason

    if reason := tls_reason(error):
        return reason
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, UnicodeError):
        return "this is no name of a host"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
