"""Which of the sources a reference means: by number, address, file name, title or outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from briefing.fetch import is_address
from briefing.spans import fold
from briefing.stories.names import LARGEST, NAME, is_named_like_outlet
from briefing.texts.pieces import Pointer
from briefing.types import Document
from briefing.values import same_name

_SPLIT = re.compile(r"\s*[,;|:“”\"(){}\[\]]\s*|\s+[–—-]\s+")
_NOISE = re.compile(r"^(?:see|via|source|sources|from|at|in|cf\.?|report(?:ed)? by|according to)\s*:?\s+", re.I)


class Shelf:
    """The sources given, findable by whatever a text calls them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents

    def find(self, pointer: Pointer, references: Mapping[str, Pointer]) -> tuple[tuple[str, ...], str]:
        """Return the ids of the sources that a reference means, and what told; none with the reason.

        A number means what the text's own references say; only where it has none, the order of the sources.
        """
        if pointer.key:
            if pointer.key.casefold() in references:
                return self.described(references[pointer.key.casefold()])
            return self._numbered(pointer.key, any(key.isdigit() for key in references))
        return self.described(pointer)

    def _numbered(self, key: str, listed: bool) -> tuple[tuple[str, ...], str]:
        named = [d.id for d in self.documents if d.id.casefold() == key.casefold()]
        if named:
            return tuple(named), "number"
        if listed or not key.isdigit():
            return (), f"the text defines no reference {key}"
        if 0 < int(key) <= len(self.documents):
            return (self.documents[int(key) - 1].id,), "number"
        return (), f"there is no source number {key}"

    def described(self, pointer: Pointer) -> tuple[tuple[str, ...], str]:
        """Find what an address or words describe; the most telling of them decides.

        An address of another place is not overruled by an outlet's name: that would be another article of it.
        """
        address, words = pointer.address, _NOISE.sub("", pointer.words)
        found = self._at(address) if address else ()
        if found:
            return found, "address" if is_address(address) else "file"
        if found := self._of_file(words):
            return found, "file"
        if found := self._titled(words):
            return found, "title"
        if is_address(address) and any(d.address or is_address(d.location) for d in self.documents):
            return (), "no source has this address"
        if found := self._of_outlet(words):
            return found, "outlet"
        host = _host(address) if is_address(address) else ""
        if host and (found := self._of_outlet(_site(host))):
            return found, "outlet"
        return (), "none of the sources is called this"

    def cites(self, words: str, *, last: bool) -> bool:
        """Whether words in parentheses are a citation: they name a source, or an outlet where a sentence ends."""
        if self.described(Pointer(label=words, words=words))[0] and _is_name(words):
            return True
        name = _SPLIT.split(_NOISE.sub("", words).strip())[0]
        announced = _NOISE.match(words) is not None and words[:1] in "sSvV"
        return announced or (last and bool(NAME.fullmatch(name)) and _is_outlet(name))

    def _at(self, address: str) -> tuple[str, ...]:
        if not is_address(address):
            return self._of_file(unquote(address))
        wanted = _plain(address)
        return tuple(d.id for d in self.documents if wanted in {_plain(a) for a in (d.address, d.location) if a})

    def _of_file(self, words: str) -> tuple[str, ...]:
        parts = {part.strip() for part in (words, *_SPLIT.split(words))}
        names = {PurePath(part).name for part in parts if part}
        files = (d for d in self.documents if not is_address(d.location))
        return tuple(d.id for d in files if any(_is_called(d, name) for name in names))

    def _titled(self, words: str) -> tuple[str, ...]:
        told = _folded(words)
        return tuple(d.id for d in self.documents if d.title and len(d.title) > 12 and _folded(d.title) in told)

    def _of_outlet(self, words: str) -> tuple[str, ...]:
        """Find by publisher; a day beside the name chooses among its articles."""
        parts = [part for part in _SPLIT.split(words) if any(ch.isupper() for ch in part)]
        found = [d for d in self.documents if _names(d) and any(_agree(part, _names(d)) for part in parts)]
        dated = [d for d in found if _is_dated(d, words)]
        return tuple(d.id for d in dated or found)


def _is_called(document: Document, name: str) -> bool:
    """Whether a source is the file of this name. Without its ending a mere word, "(one)", is none; "(Lantern)" is."""
    path = PurePath(document.location)
    if name == path.name:
        return True
    told = name[:1].isupper() or not name.isalpha()
    return told and name.casefold() == path.stem.casefold()


def _names(document: Document) -> list[str]:
    """Return what the outlet of a source may be called: its publisher, else its file without numbers."""
    if document.publisher:
        return [document.publisher]
    if document.address or is_address(document.location):
        return [_site(_host(document.address or document.location))]
    words = re.sub(r"[\d_-]+", " ", PurePath(document.location).stem).split()
    return [" ".join(word.capitalize() for word in words)] if len(words) > 1 else []


def _agree(part: str, names: Iterable[str]) -> bool:
    bare = _without_article(part)
    return any(same_name(bare, _without_article(name)) for name in names)


def _without_article(name: str) -> str:
    return re.sub(r"^the\s+", "", name.strip(), flags=re.I)


def _site(host: str) -> str:
    labels = host.removeprefix("www.").split(".")
    return labels[-2].replace("-", " ").title() if len(labels) > 1 else host


def _host(address: str) -> str:
    """Return the host of an address; nothing for one that has none, such as `https://[`."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _plain(address: str) -> str:
    host = _host(address)
    if not host:
        return address
    parts = urlsplit(address)
    return f"{host.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".casefold().rstrip("?")


def _folded(text: str) -> str:
    return " ".join(fold(text).text.casefold().split())


def _is_dated(document: Document, words: str) -> bool:
    day = document.published
    if day is None:
        return False
    written = (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%Y-%m-%d}")
    return any(form.casefold() in words.casefold() for form in written)


def _is_name(words: str) -> bool:
    """Words that only mention a source in passing are no citation of it: "(the Herald has not seen it)"."""
    return not re.search(r"\b(?:has|have|had|was|were|is|are|did|said|says|not|but|which|who)\b", words)


def _is_outlet(name: str) -> bool:
    bare = _without_article(name)
    return bare.casefold() in LARGEST or (len(bare.split()) > 1 and is_named_like_outlet(bare))
