"""The e-mail of a day: the same bytes for the same digest, and headers that no title can add to."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from briefing.plan import Mail
from briefing.render import Digest


def message_of(mail: Mail, digest: Digest, *, key: str, at: datetime) -> EmailMessage:
    """Return the message, text and HTML. Raises ValueError for an address that no header can hold.

    `key` makes its Message-ID, by which a mailbox drops what it has already; `at` is its date.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.recipients)
    message["Subject"] = " ".join(digest.subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{key}@{_domain(mail.sender)}>"
    # RFC 3834: nobody's holiday notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(digest.text, cte="quoted-printable")
    message.add_alternative(digest.html, subtype="html", cte="quoted-printable")
    # Else a boundary by chance, and other bytes at each attempt. Quoted, no part has a bare "=" before a word.
    message.set_boundary(f"={key}=")
    return message


def addresses(mail: Mail) -> tuple[str, list[str]]:
    """Return the bare addresses of the sender and of the recipients.

    >>> addresses(Mail(host="h", port=25, security="none", sender="Desk <d@x.example>", recipients=("a@x.example",)))
    ('d@x.example', ['a@x.example'])
    """
    return parseaddr(mail.sender)[1], [parseaddr(one)[1] for one in mail.recipients]


def _domain(sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")
