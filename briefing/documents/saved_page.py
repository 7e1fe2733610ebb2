"""A page saved whole as MHTML: its HTML is read as any page, where the file says it stood."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

from briefing.documents import mime, web
from briefing.documents.head import Found, Head, first_known
from briefing.documents.reading import LEAVE_OUT, Read
from briefing.errors import SourceUnsupported
from briefing.types import Source


def read(source: Source) -> Read:
    """Read the page that an MHTML file holds. Raises what reading a page raises, and SourceUnsupported without one."""
    message = mime.parsed(source.data, source.location)
    page = _root(message, mime.leaves(message, source.location))
    if page is None:
        raise SourceUnsupported(source.location, "a saved page without HTML in it", hint=LEAVE_OUT)
    address = _address(page, message)
    inner = replace(
        source, data=mime.content(page), charset=mime.charset(page), address=address, media_type="text/html"
    )
    read_page = web.read(inner)
    stated = Head(address=Found(address, "mhtml Content-Location")) if address else Head()
    return replace(
        read_page,
        head=first_known(read_page.head, stated),
        extractor=f"mhtml/1 {read_page.extractor}",
        warnings=(*read_page.warnings, *_broken(message)),
    )


def _root(message: EmailMessage, parts: list[EmailMessage]) -> EmailMessage | None:
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = [part for part in pages if isinstance(start, str) and mime.field(part, "Content-ID") == start]
    return next(iter((*named, *pages)), None)


def _address(page: EmailMessage, message: EmailMessage) -> str | None:
    stated = (mime.field(page, "Content-Location"), mime.field(message, "Snapshot-Content-Location"))
    return next((one for one in stated if one.lower().startswith(("http://", "https://"))), None)


def _broken(message: EmailMessage) -> tuple[str, ...]:
    """A file that breaks off lacks the line that ends its last part."""
    cut = any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in message.defects)
    return ("The file breaks off; what was left of the page was read.",) if cut else ()
