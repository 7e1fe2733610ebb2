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

from briefing.stories.cues import Cue, cue_of
from briefing.stories.names import Mention, around, is_outlet, key_of, may_be_outlet, mentions
from briefing.types import Document, Role, Sentence

def read_mentions(sentences: Iterable[Sentence]) -> tuple[tuple[Sentence, Mention], ...]:
    """Return every name in every sentence."""
    return tuple((sentence, mention) for sentence in sentences for mention in mentions(sentence.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlets:
    """Every outlet that the documents give evidence of."""

    known: frozenset[str]
    """Keys of outlets."""
    own: Mapping[str, frozenset[str]]
    """Source id → keys of the outlets that the document itself is of."""


def read_outlets(documents: Sequence[Document], named: Iterable[tuple[Sentence, Mention]]) -> Outlets:
    """Collect the outlets that the documents are published by or name as such.

    A document of unknown publisher in which people speak "to X" is X's own, when X is an outlet and the
    document nowhere cites it as another would.
    """
    published = {document.id: _published_by(document) for document in documents}
    known = {key for keys in published.values() for key in keys}
    evidence: dict[str, set[Cue]] = defaultdict(set)
    spoken_to: dict[str, set[str]] = defaultdict(set)
    cited: dict[str, set[str]] = defaultdict(set)
    for sentence, mention in named:
        before, after = around(sentence.text, mention)
        if mention.key not in known and is_outlet(mention, before, after):
            known.add(mention.key)
        said = cue_of(before, after)
        if said is None:
            continue
        if said.cue is not Cue.CITED and may_be_outlet(mention):
            evidence[mention.key].add(said.cue)
        if said.cue is Cue.TOLD:
            spoken_to[sentence.source].add(mention.key)
        elif sentence.role is Role.BODY:
            cited[sentence.source].add(mention.key)
    known |= {key for key, cues in evidence.items() if len(cues) > 1}
    own = {d.id: published[d.id] or frozenset(spoken_to[d.id] & known - cited[d.id]) for d in documents}
    return Outlets(known=frozenset(known), own=own)


def _published_by(document: Document) -> frozenset[str]:
    host = urlsplit(document.location).hostname if "://" in document.location else None
    return frozenset(key_of(name) for name in (document.publisher, host) if name)
