"""An e-mail: of a newsletter its page, of a letter its words, without what it quotes and how it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from briefing.documents import mime, web
from briefing.documents.authors import is_person
from briefing.documents.decoding import decode
from briefing.documents.head import Head, first_known, stated
from briefing.documents.letters import read_letter
from briefing.documents.outlet_names import OUTLET_WORD
from briefing.documents.reading import LEAVE_OUT, Read
from briefing.errors import SourceEmpty, SourceError
from briefing.types import Source

_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_NEWSLETTER = ("List-Id", "List-Unsubscribe", "List-Post")
_NAMED = 5


def read(source: Source) -> Read:
    """Read a mail: its HTML where it has words, else its text. Raises SourceEmpty, and what reading these raises."""
    return _read(source, mime.parsed(source.data, source.location))


def _read(source: Source, message: EmailMessage) -> Read:
    parts = mime.leaves(message, source.location)
    texts = [part for part in parts if part.get_content_type() in _TEXTS and not part.is_attachment()]
    texts.sort(key=lambda part: part.get_content_type() == "text/plain")
    attached = [part for part in parts if part.is_attachment() or part.get_content_type() not in _TEXTS]
    inner = _first_readable(source, texts)
    if inner is None:
        return _forwarded(source, parts)
    head = _head(message)
    return replace(
        inner,
        head=first_known(head, replace(inner.head, title=head.title or inner.head.title)),
        extractor=f"mail/1 {inner.extractor}",
        warnings=(*inner.warnings, *_broken(message), *_attachments(attached)),
    )


def _first_readable(source: Source, texts: Sequence[EmailMessage]) -> Read | None:
    for part in texts:
        data, charset = mime.content(part), mime.charset(part)
        try:
            if part.get_content_type() != "text/plain":
                return web.read(replace(source, data=data, charset=charset, media_type="text/html"))
            decoded = decode(data, source.location, charset)
            return read_letter(decoded, flowed=str(part.get_param("format", "")).lower() == "flowed")
        except SourceError:
            # Many mails have an empty half: the other one is what people see.
            continue
    return None


def _forwarded(source: Source, parts: Sequence[EmailMessage]) -> Read:
    """Read the mail inside one that has no words of its own."""
    inner = next((part for part in parts if part.get_content_type() == "message/rfc822"), None)
    payload = inner.get_payload() if inner is not None else None
    if not isinstance(payload, list) or not payload or not isinstance(payload[0], EmailMessage):
        named = "; ".join(_attachments(parts)) or "nothing is attached"
        raise SourceEmpty(source.location, f"the mail has no text of its own: {named}", hint=LEAVE_OUT)
    try:
        return _read(source, payload[0])
    except RecursionError as error:
        raise SourceEmpty(source.location, "mails inside mails, and no text", hint=LEAVE_OUT) from error


# The head
# --------


def _head(message: EmailMessage) -> Head:
    return stated(
        "mail",
        title=mime.field(message, "Subject"),
        published=_date(message),
        **_sender(message),
    )


def _date(message: EmailMessage) -> datetime | None:
    """Return the time it was sent; without a zone (`-0000`) it is in UTC, as the standard has it."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(mime.field(message, "Date"))
    except (ValueError, TypeError, OverflowError):
        return None


def _sender(message: EmailMessage) -> dict[str, str]:
    """Tell an outlet's name from a person's; a name that may be either is neither."""
    name = parseaddr(mime.field(message, "From"))[0].strip(" \"'")
    newsletter = any(message.get(field) for field in _NEWSLETTER)
    if not name or "@" in name:
        return {}
    if OUTLET_WORD.search(name) or (newsletter and not is_person(name)):
        return {"publisher": name}
    return {} if newsletter or not is_person(name) else {"author": name}


def _broken(message: EmailMessage) -> Iterator[str]:
    if any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in message.defects):
        yield "The mail breaks off; what was left of it was read."


def _attachments(parts: Sequence[EmailMessage]) -> Iterator[str]:
    """Name what is attached, but for the pictures that a newsletter shows."""
    named = [
        _name(part) for part in parts if part.get_content_maintype() not in ("image", "text") or part.is_attachment()
    ]
    if named:
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        yield f"Attached and not read: {', '.join(named[:_NAMED])}{more}."


def _name(part: EmailMessage) -> str:
    try:
        name = part.get_filename()
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        name = None
    return " ".join((name or part.get_content_type()).encode("utf-8", "replace").decode().split())[:80]
