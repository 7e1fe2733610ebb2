"""The digest of a day reaches a mailbox and a webhook, or says why not; nothing raises, and no secret is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import ssl
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.delivery import Outcome, key_of, send_mail, send_webhook
from briefing.plan import Mail, Plan, Webhook
from briefing.render import Digest
from tests.conftest import ROOT
from tests.fault_server import (
    FaultServer,
    answer,
    dripping_body,
    dripping_header,
    hang_up,
    no_http,
    redirect,
    reset_mid_body,
    running,
    silence,
)
from tests.mail_server import PASSWORD, USER, Mailbox, dripping, lines, mail_server, odd_server, silent, trusting

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

DAY = date(2031, 3, 6)
AT = datetime(2031, 3, 6, 5, 10, tzinfo=UTC)
PLAN = Plan(path=Path("/desk/briefing.toml"), title="Ferry desk")
KEY = key_of(PLAN, DAY)
TEAM = ("ann@pell.example", "bo@pell.example")
DIGEST = Digest(
    subject="Ferry desk: Thursday 6 March 2031",
    text="1. Ferry aground off Pél\n   - Evacuated: 3,000 → 3,100\n.\n--=briefing\n",
    html="<p>Ferry aground off Pél</p>",
    values={"schema": "briefing-digest/1", "day": "2031-03-06", "title": "Pél \u2028 \ud800"},
)


def mail(port: int, security: str = "none", **more: Any) -> Mail:
    known: dict[str, Any] = {"sender": "Ferry desk <desk@pell.example>", "recipients": TEAM}
    return Mail(host="127.0.0.1", port=port, security=security, **(known | more))


def send(to: Mail, *, digest: Digest = DIGEST, **more: Any) -> Outcome:
    bounds: dict[str, Any] = {"silence_s": 5.0, "total_s": 10.0, "trust": trusting()} | more
    return send_mail(to, digest, key=KEY, at=AT, **bounds)


# Mail
# ----


@pytest.mark.parametrize(
    ("security", "auth"), [("none", False), ("starttls", False), ("starttls", True), ("tls", True)]
)
def test_a_digest_reaches_every_mailbox_as_text_and_as_html(security: str, auth: bool) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, security, auth=auth) as port:
        to = mail(port, security, user=USER if auth else None)
        outcome = send(to, password=PASSWORD if auth else None)
    assert outcome == Outcome(sent=True, detail=f"127.0.0.1:{port}: taken for 2 recipients")
    assert mailbox.recipients == list(TEAM)
    (message,) = mailbox.messages
    assert message["subject"] == DIGEST.subject
    assert message["from"] == "Ferry desk <desk@pell.example>"
    assert message["message-id"] == f"<{KEY}@pell.example>"
    assert message["date"] == "Thu, 06 Mar 2031 05:10:00 +0000"
    assert message["auto-submitted"] == "auto-generated"
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == DIGEST.text
    assert html.get_content().strip() == DIGEST.html


def test_sending_again_sends_the_same_bytes() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert send(mail(port)).sent
        assert send(mail(port)).sent
    first, second = mailbox.raw
    assert first == second


def test_a_key_is_of_one_plan_and_one_day() -> None:
    others = {key_of(PLAN, date(2031, 3, 7)), key_of(replace(PLAN, title="Dam desk"), DAY)}
    assert KEY not in others
    assert len(others | {key_of(replace(PLAN, path=Path("/other/briefing.toml")), DAY)}) == 3


@pytest.mark.parametrize(
    "subject", ["Ferry\r\nBcc: eve@evil.example", "Ferry\nBcc: eve@evil.example\n\nbody", "F" * 3000]
)
def test_no_title_adds_a_header(subject: str) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert send(mail(port), digest=replace(DIGEST, subject=subject)).sent
    (message,) = mailbox.messages
    assert message["bcc"] is None
    assert mailbox.recipients == list(TEAM)
    assert message["subject"] == " ".join(subject.split())


def test_a_sender_that_would_add_a_header_is_refused() -> None:
    outcome = send(mail(1, sender="desk@pell.example\r\nBcc: eve@evil.example"))
    assert not outcome.sent
    assert not outcome.retryable
    assert "no message can be made" in outcome.detail


def test_who_is_not_taken_is_named_and_the_others_get_it() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        outcome = send(mail(port, recipients=("ann@pell.example", "eve@nowhere.example")))
        assert outcome.sent
        assert outcome.detail.endswith("taken for 1 recipient; not for eve@nowhere.example (550 no such user here)")
        none = send(mail(port, recipients=("eve@nowhere.example",)))
    assert (none.sent, none.retryable) == (False, False)
    assert len(mailbox.raw) == 1


@pytest.mark.parametrize(("refusal", "retryable"), [("451 busy, later", True), ("552 too large", False)])
def test_a_refusal_for_now_may_be_tried_again_and_one_for_good_may_not(refusal: str, retryable: bool) -> None:
    with mail_server(Mailbox(refusal)) as port:
        outcome = send(mail(port))
    assert outcome == Outcome(sent=False, detail=f"127.0.0.1:{port}: {refusal}", retryable=retryable)


def test_a_wrong_password_is_named_nowhere() -> None:
    with mail_server(Mailbox(), "starttls", auth=True) as port:
        outcome = send(mail(port, "starttls", user=USER), password=PASSWORD[::-1])
    assert outcome == Outcome(sent=False, detail=f"127.0.0.1:{port}: user and password are not accepted (535)")


def test_a_password_that_a_server_echoes_is_blanked() -> None:
    echo = lines(b"220 hi", b"250-hi\r\n250 AUTH PLAIN", b"999 you said hush-0451 and aHVzaC0wNDUx")
    with odd_server(echo) as port:
        outcome = send(mail(port), password=PASSWORD)
    assert outcome.sent is False
    assert "0451" not in outcome.detail
    assert "aHVzaC0wNDUx" not in outcome.detail
    assert "you said … and …" in outcome.detail


@pytest.mark.parametrize(
    ("security", "password", "said"),
    [
        ("starttls", None, "no password: set BRIEFING_SMTP_PASSWORD"),
        ("none", PASSWORD, "over an encrypted connection only"),
        ("tls", "pässword", "characters that no SMTP server takes"),
    ],
)
def test_what_cannot_be_sent_safely_is_not_tried(security: str, password: str | None, said: str) -> None:
    outcome = send(mail(9, security, user=USER), password=password)
    assert said in outcome.detail
    assert not outcome.retryable
    assert "ssw" not in outcome.detail.replace("password", "").replace("PASSWORD", "")


def test_a_server_without_starttls_gets_nothing_in_the_clear() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        outcome = send(mail(port, "starttls"))
    assert (outcome.sent, outcome.retryable) == (False, False)
    assert "STARTTLS" in outcome.detail
    assert mailbox.raw == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(security: str) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, security) as port:
        outcome = send(mail(port, security), trust=ssl.create_default_context())
    assert "certificate cannot be trusted" in outcome.detail
    assert mailbox.raw == []


def test_a_server_that_is_not_there_speaks_no_tls_or_hangs_up_may_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    for behave, security in (
        (None, "none"),
        (lines(b"220 hi"), "tls"),
        (lines(b"220 hi"), "none"),
        (lines(b"hm"), "none"),
    ):
        if behave is None:
            outcome = send(mail(port))
        else:
            with odd_server(behave) as odd:
                outcome = send(mail(odd, security))
        assert (outcome.sent, outcome.retryable) == (False, True), outcome
        assert outcome.detail.isprintable()


@pytest.mark.parametrize("behave", [silent, dripping])
def test_a_server_that_never_ends_is_left(behave: Any) -> None:
    started = time.monotonic()
    with odd_server(behave) as port:
        outcome = send(mail(port), silence_s=0.3, total_s=0.6)
    assert time.monotonic() - started < 5
    assert (outcome.sent, outcome.retryable) == (False, True)


def test_a_host_that_is_none_is_said_to_be_none() -> None:
    outcome = send(replace(mail(25), host="a" * 70 + ".example"))
    assert outcome == Outcome(sent=False, detail=f"{'a' * 70}.example:25: this is no name of a host")


# The webhook
# -----------


def post(server: FaultServer, **more: Any) -> Outcome:
    bounds: dict[str, Any] = {"allow_private": True, "total_s": 10.0, "trust": trusting()} | more
    return send_webhook(Webhook(address=server.url + "/hook?token=hush-0451"), DIGEST, key=KEY, **bounds)


@pytest.mark.parametrize("tls", [False, True])
def test_a_webhook_gets_the_digest_signed(tls: bool) -> None:
    with running(answer(204, b""), tls=tls) as server:
        outcome = post(server, secret=PASSWORD)
    assert outcome == Outcome(sent=True, detail="127.0.0.1 answered 204")
    assert server.received == [DIGEST.values]
    (headers,) = server.headers
    body = json.dumps(DIGEST.values, separators=(",", ":")).encode()
    assert headers["content-type"] == "application/json"
    assert headers["idempotency-key"] == KEY
    assert headers["x-briefing-signature"] == "sha256=" + hmac.new(PASSWORD.encode(), body, hashlib.sha256).hexdigest()
    assert PASSWORD not in str(headers)
    assert server.paths == ["/v1/hook?token=hush-0451"]


def test_a_receiver_checks_the_signature_as_the_documentation_says() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own documentation
    with running(answer(204, b"")) as server:
        post(server, secret=PASSWORD)
    body = json.dumps(DIGEST.values, separators=(",", ":")).encode()
    headers = {"X-Briefing-Signature": server.headers[0]["x-briefing-signature"]}
    assert names["is_ours"](body, headers, PASSWORD)
    assert not names["is_ours"](body + b" ", headers, PASSWORD)


def test_without_a_secret_nothing_is_signed() -> None:
    with running(answer(200, "thanks")) as server:
        assert post(server).sent
    assert "x-briefing-signature" not in server.headers[0]


@pytest.mark.parametrize(
    ("status", "retryable"),
    [(400, False), (401, False), (404, False), (408, True), (429, True), (500, True), (503, True)],
)
def test_an_answer_says_whether_to_try_again(status: int, retryable: bool) -> None:
    with running(answer(status, "hush-0451")) as server:
        outcome = post(server)
    assert outcome == Outcome(sent=False, detail=f"127.0.0.1 answered {status}", retryable=retryable)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with running(answer(200, "ok")) as other, running(redirect(status, other.url)) as server:
        outcome = post(server)
    assert (outcome.sent, outcome.retryable) == (False, False)
    assert "a redirect, and none is followed" in outcome.detail
    assert other.received == []


@pytest.mark.parametrize("fault", [hang_up, no_http, silence, dripping_header], ids=lambda fault: fault.__name__)
def test_a_fault_of_the_network_is_a_value_and_takes_no_time(fault: Any) -> None:
    started = time.monotonic()
    with running(fault) as server:
        outcome = post(server, total_s=0.8)
    assert time.monotonic() - started < 5
    assert (outcome.sent, outcome.retryable) == (False, True)
    assert "0451" not in outcome.detail


@pytest.mark.parametrize("body", [dripping_body, reset_mid_body], ids=lambda body: body.__name__)
def test_once_it_is_answered_what_else_the_server_says_does_not_matter(body: Any) -> None:
    with running(body) as server:
        assert post(server, total_s=2.0).sent


def test_a_webhook_that_is_not_there_or_not_trusted_is_told_apart() -> None:
    with running(answer(200, "ok"), tls=True) as server:
        outcome = post(server, trust=ssl.create_default_context())
    assert "its certificate cannot be trusted" in outcome.detail
    outcome = post(server)
    assert outcome.detail == "127.0.0.1: the connection could not be made, or broke off"
    assert outcome.retryable


@pytest.mark.parametrize(
    ("address", "allow_private", "said"),
    [
        ("http://127.0.0.1:9/x", False, "over https only"),
        ("http://hooks.example/x", True, "over https only"),
        ("ftp://hooks.example/x", True, "only http and https"),
        ("https://me:hush-0451@hooks.example/", False, "it holds a user or a password"),
        ("https://hooks.example/a b", False, "a space or a sign"),
    ],
)
def test_an_address_that_is_not_safe_is_not_asked(address: str, allow_private: bool, said: str) -> None:
    outcome = send_webhook(Webhook(address=address), DIGEST, key=KEY, allow_private=allow_private)
    assert (outcome.sent, outcome.retryable) == (False, False)
    assert said in outcome.detail
    assert "0451" not in outcome.detail
