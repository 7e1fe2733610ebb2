"""Which of the sources a reference means: by number, address, file name, title or outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from briefing.fetch import is_address
from briefing.spans import fold
from briefing.stories.names import LARGEST, NAME, Mention, is_named_like_outlet, key_of, may_be_outlet
from briefing.texts.marks import Aside
from briefing.texts.pieces import Pointer
from briefing.types import Document
from briefing.values import same_name

_SPLIT = re.compile(r"\s*[,;|:“”\"(){}\[\]]\s*|\s+[–—-]\s+")
#: Outlets whose names show neither that they are one nor stand for anything else.
_ONLINE = frozenset("axios semafor huffpost buzzfeed propublica meduza bellingcat techcrunch newsweek".split())
_NO_OUTLET = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Table|Figure|Fig|Note|Appendix|Section|Chapter|Part|Update[ds]?|Corrected|Emphasis)\b.*"
)
_FILE = re.compile(r"[^\s,;]*\w\.(?:txt|md|markdown|html?|mhtml|pdf|docx|eml|mbox|jsonl?|xml|rss|atom)(?:#\d+)?", re.I)
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_SHORT = 5
"""Characters of a first line that may be a name."""
_NOISE = re.compile(r"^(?:see|via|source|sources|from|at|in|cf\.?|report(?:ed)? by|according to)\s*:?\s+", re.I)


class Shelf:
    """The sources given, findable by whatever a text calls them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self._found: dict[str, bool] = {}

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
        if found := self._headed(words):
            return found, "first line"
        host = _host(address) if is_address(address) else ""
        if host and (found := self._of_outlet(_site(host))):
            return found, "outlet"
        return (), "none of the sources is called this"

    def cites(self, aside: Aside, *, named: bool = False) -> bool:
        """Whether an aside is a citation: it names a source, or an outlet where a sentence ends.

        In square brackets, where editors put words of their own, it names a file, or a source where a sentence ends.
        With `named`, which says that the text cites by name elsewhere, any lone name where a sentence ends is taken
        for an outlet's, but for one that may be the short form of what stands before it.
        """
        words = aside.words
        if aside.square and not (aside.last or self._of_file(words) or _FILE.fullmatch(words)):
            return False
        if self.finds(words) and _is_name(words):
            return True
        if aside.square:
            return bool(_FILE.fullmatch(words))
        name = _SPLIT.split(_NOISE.sub("", words).strip())[0]
        announced = _NOISE.match(words) is not None and words[:1] in "sSvV"
        if announced or not aside.last or not NAME.fullmatch(name):
            return announced
        return _is_outlet(name, aside.before) or (named and _may_be_outlet(name))

    def finds(self, words: str) -> bool:
        """Whether words describe any of the sources."""
        if words not in self._found:
            self._found[words] = bool(self.described(Pointer(label=words, words=words))[0])
        return self._found[words]

    def is_common(self, word: str) -> bool:
        """Whether a source writes a word in lower case, so that it is no name."""
        return word in self._common

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(word for d in self.documents for word in _LOWER.findall(d.text))

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

    def _headed(self, words: str) -> tuple[str, ...]:
        """Find by the first line of a text, which may say who wrote it."""
        parts = {_folded(_without_article(part)) for part in _SPLIT.split(words) if len(part) > _SHORT}
        return tuple(d.id for d in self.documents if _folded(_without_article(_first_line(d))) in parts)


def _first_line(document: Document) -> str:
    return document.text.lstrip("\ufeff# \t\r\n").partition("\n")[0].strip()


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


def _is_outlet(name: str, before: str) -> bool:
    bare = _without_article(name)
    if bare.isupper() and _is_short_for(bare, before):
        return False
    known = key_of(bare) in LARGEST or bare.casefold() in _ONLINE
    return known or (len(bare.split()) > 1 and is_named_like_outlet(bare))


def _may_be_outlet(name: str) -> bool:
    """Whether nothing in a name shows that it is something else; capitals alone are mostly short for another name."""
    mention = Mention(name=name, key=key_of(name), start=0, end=len(name))
    return not name.isupper() and may_be_outlet(mention) and not _NO_OUTLET.fullmatch(name)


def _is_short_for(capitals: str, before: str) -> bool:
    """Whether the words before it begin with these letters: "the Associated Press (AP)"."""
    words = [word for word in re.findall(r"\w+", before) if word[0].isupper()][-len(capitals) :]
    return "".join(word[0] for word in words) == capitals
