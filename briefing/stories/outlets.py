"""Which names are news outlets, and which outlet each document is of. Pure.

People, ministries and governments also "say" and "report", so a name counts as an outlet only with evidence: a
document published by it, a word in it that outlets are named with, a noun beside it ("the news site X"), general
knowledge of the largest, or two different kinds of weak evidence across all documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.stories.cues import Cue, Said, cue_of
from briefing.stories.names import (
    Mention,
    around,
    is_outlet,
    key_of,
    may_be_outlet,
    mentions,
    short_forms,
)
from briefing.types import Document, Role, Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """A name in a sentence, and the cue that brings it in, if any."""

    sentence: Sentence
    mention: Mention
    said: Said | None

    @property
    def source(self) -> str:
        """The document it stands in."""
        return self.sentence.source

    @property
    def is_outlet(self) -> bool:
        """Whether the name or the noun beside it shows that it is an outlet's."""
        return is_outlet(self.mention, *around(self.sentence.text, self.mention))


def read_namings(sentences: Iterable[Sentence]) -> tuple[Naming, ...]:
    """Return every name in every sentence, in order."""
    return tuple(
        Naming(sentence=sentence, mention=mention, said=cue_of(*around(sentence.text, mention)))
        for sentence in sentences
        for mention in mentions(sentence.text)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlets:
    """Every outlet that the documents give evidence of."""

    known: frozenset[str]
    """Keys of outlets."""
    own: Mapping[str, frozenset[str]]
    """Source id → keys of the outlets that the document itself is of."""
    full: Mapping[tuple[str, str], Mention]
    """(source id, key) → the full name that this document means by it: "the Courier" after "The Veld Courier"."""


def read_outlets(documents: Sequence[Document], namings: Sequence[Naming]) -> Outlets:
    """Collect the outlets that the documents are published by or name as such.

    A document of unknown publisher in which people speak "to X" is X's own, when X is an outlet and the
    document nowhere cites it as another would.
    """
    published = {document.id: _published_by(document) for document in documents}
    known = frozenset(key for keys in published.values() for key in keys)
    known |= {naming.mention.key for naming in namings if naming.mention.key not in known and naming.is_outlet}
    known |= _by_weak_evidence(namings) | {short for key in known for short in short_forms(key)}
    by_source: dict[str, list[Naming]] = {document.id: [] for document in documents}
    for naming in namings:
        by_source[naming.source].append(naming)
    own = {source: published[source] or _own_voice(each, known) for source, each in by_source.items()}
    return Outlets(known=known, own=own, full=_full_names(namings, known))


def _published_by(document: Document) -> frozenset[str]:
    host = urlsplit(document.location).hostname if "://" in document.location else None
    return frozenset(key_of(name) for name in (document.publisher, host) if name)


def _by_weak_evidence(namings: Iterable[Naming]) -> set[str]:
    """Names that are spoken to and report, or report and are given as the source, and are nobody's surname."""
    cues: dict[str, set[Cue]] = defaultdict(set)
    surnames: set[str] = set()
    for naming in namings:
        words = naming.mention.key.split()
        surnames |= set(words[-1:] if len(words) > 1 else ())
        if naming.said and naming.said.cue is not Cue.CITED and may_be_outlet(naming.mention):
            cues[naming.mention.key].add(naming.said.cue)
    return {key for key, kinds in cues.items() if len(kinds) > 1 and key not in surnames}


def _own_voice(namings: Sequence[Naming], known: frozenset[str]) -> frozenset[str]:
    told = {n.mention.key for n in namings if n.said and n.said.cue is Cue.TOLD}
    cited = {n.mention.key for n in namings if n.said and n.said.cue is not Cue.TOLD and n.sentence.role is Role.BODY}
    return frozenset(told & known - cited)


def _full_names(namings: Iterable[Naming], known: frozenset[str]) -> dict[tuple[str, str], Mention]:
    named: dict[str, dict[str, Mention]] = defaultdict(dict)
    for naming in namings:
        named[naming.source].setdefault(naming.mention.key, naming.mention)
    return {
        (source, short): names[long]
        for source, names in named.items()
        for long in sorted(names.keys() & known)
        for short in short_forms(long) & names.keys() - {long}
    }
