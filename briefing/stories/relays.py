"""Which documents pass on what another outlet reported, and where they say so. Pure.

Two kinds of evidence: the text names an outlet that is not its own as its source, or its passages are another
document's. "Officials told X" in X's own article is X's own voice and no relay; "the ministry said" is none
either, because a ministry is no outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.stories.names import key_of, short_forms
from briefing.stories.outlets import Naming, Outlets, read_namings, read_outlets
from briefing.stories.passages import Copy, copies
from briefing.stories.times import age as age_of
from briefing.stories.times import is_earlier
from briefing.types import Document, Relay, Role, Sentence, Story

# "VELD (Reuters) - The …" and "VELD, March 3, Reuters – The …".
_DATELINE = re.compile(r"^[^()]{0,70}\((?P<names>[^()]{2,40})\)\s*(?:[-–—]|$|(?=[A-Z“\"]))")
_BARE_DATELINE = re.compile(r"^(?:[A-Z][\w.,’' -]{0,40}[,\s]\s?)?(?P<names>[A-Z]\w+)\s?[-–—]{1,2}\s")
_SIGNED = re.compile(r"[(–—-]\s?(?P<names>[A-Z][\w /&,-]{1,40}?)\)?[.\s]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Saying:
    """A place where a document names an outlet as its source. Offsets are into the document's text."""

    source: str
    outlet: str
    key: str
    start: int
    end: int
    signed: bool = False
    """It stands as a dateline or signature: the text is the outlet's own."""


def find_relays(
    documents: Sequence[Document], sentences: Sequence[Sentence], stories: Sequence[Story]
) -> tuple[Relay, ...]:
    """Return every relay, one for each document and outlet, in the order of the documents.

    Of one document, shared passages come first, then what it cites in the order of its text. Only a document of
    the same story can be the one that is relayed: an outlet publishes more than one report.
    """
    by_id = {document.id: document for document in documents}
    texts = _by_source(documents, sentences)
    namings = read_namings(sentences)
    outlets = read_outlets(documents, namings)
    sayings = _sayings(namings, texts, outlets)
    order = {document.id: place for place, document in enumerate(documents)}
    found = [
        relay
        for story in stories
        for relay in _of_story([by_id[source] for source in story.sources], texts, sayings, outlets)
    ]
    return tuple(sorted(found, key=lambda relay: order[relay.source]))


def _by_source(documents: Sequence[Document], sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    texts: dict[str, list[Sentence]] = {document.id: [] for document in documents}
    for sentence in sentences:
        texts[sentence.source].append(sentence)
    return texts


def _of_story(
    members: Sequence[Document],
    texts: Mapping[str, Sequence[Sentence]],
    sayings: Mapping[str, Sequence[_Saying]],
    outlets: Outlets,
) -> Iterator[Relay]:
    voices = {d.id: outlets.own[d.id] | {s.key for s in sayings[d.id] if s.signed} for d in members}
    cited = [_cited(saying, members, voices) for member in members for saying in sayings[member.id]]
    by_id = {member.id: member for member in members}
    copied = [_copied(copy, by_id, cited) for copy in copies({member.id: texts[member.id] for member in members})]
    yield from _distinct(copied, cited)


# Relays by what the text says
# ----------------------------


def _sayings(
    namings: Iterable[Naming], texts: Mapping[str, Sequence[Sentence]], outlets: Outlets
) -> dict[str, list[_Saying]]:
    found = {source: list(_signatures(sentences, outlets)) for source, sentences in texts.items()}
    for naming in namings:
        mention, said = naming.mention, naming.said
        full = outlets.full.get((naming.source, mention.key), mention)
        if said and full.key in outlets.known and not _is_one_of(full.key, outlets.own[naming.source]):
            start, end = mention.start - said.before, mention.end + said.after
            found[naming.source].append(_saying(naming.sentence, full.name, full.key, start, end))
    return found


def _signatures(sentences: Sequence[Sentence], outlets: Outlets) -> Iterator[_Saying]:
    body = [sentence for sentence in sentences if sentence.role is Role.BODY]
    for sentence, pattern in ((body[0], _DATELINE), (body[0], _BARE_DATELINE), (body[-1], _SIGNED)) if body else ():
        signed = pattern.search(sentence.text)
        for name in re.finditer(r"[^/,&]+", signed["names"]) if signed else ():
            key = key_of(name.group())
            if signed and key in outlets.known and not _is_one_of(key, outlets.own[sentence.source]):
                start = signed.start("names") + name.start()
                yield _saying(sentence, name.group().strip(), key, start, start + len(name.group()), signed=True)


def _saying(sentence: Sentence, outlet: str, key: str, start: int, end: int, *, signed: bool = False) -> _Saying:
    return _Saying(
        source=sentence.source,
        outlet=outlet,
        key=key,
        start=sentence.start + start,
        end=sentence.start + end,
        signed=signed,
    )


def _is_one_of(key: str, outlets: Iterable[str]) -> bool:
    return any(key in short_forms(outlet) for outlet in outlets)


def _cited(saying: _Saying, members: Sequence[Document], voices: Mapping[str, frozenset[str]]) -> Relay:
    teller = next(member for member in members if member.id == saying.source)
    others = [member for member in members if member.id != teller.id and not is_earlier(teller, member)]
    told = [other for other in others if _is_one_of(saying.key, voices[other.id])]
    relayed = min(told, key=age_of, default=None)
    return Relay(
        source=saying.source,
        outlet=saying.outlet,
        relays=relayed.id if relayed else None,
        start=saying.start,
        end=saying.end,
    )


# Relays by shared passages
# -------------------------


def _copied(copy: Copy, by_id: Mapping[str, Document], cited: Iterable[Relay]) -> Relay:
    original, taker = _direction(copy, by_id, cited)
    return Relay(
        source=copy.pair[taker],
        outlet=_outlet_of(by_id[copy.pair[original]]),
        relays=copy.pair[original],
        start=copy.spans[taker][0],
        end=copy.spans[taker][1],
    )


def _outlet_of(document: Document) -> str:
    return document.publisher or document.location


def _direction(copy: Copy, by_id: Mapping[str, Document], cited: Iterable[Relay]) -> tuple[int, int]:
    """Return which of the pair is the original and which the copy: the earlier, else the one named, else the longer."""
    first, second = (by_id[source] for source in copy.pair)
    names = {(relay.source, relay.relays) for relay in cited}
    for known, reverse in (
        (is_earlier(first, second), is_earlier(second, first)),
        ((second.id, first.id) in names, (first.id, second.id) in names),
    ):
        if known != reverse:
            return (0, 1) if known else (1, 0)
    return (0, 1) if copy.lengths[0] >= copy.lengths[1] else (1, 0)


def _distinct(copied: Sequence[Relay], cited: Sequence[Relay]) -> Iterator[Relay]:
    """Keep one relay for each source and outlet: where the text says so before where a passage is shared."""
    said: dict[tuple[str, str], Relay] = {}
    for relay in sorted(cited, key=lambda relay: relay.start):
        said.setdefault(_identity(relay), relay)
    kept = {_identity(relay): said.get(_identity(relay), relay) for relay in copied}
    return iter((kept | {identity: relay for identity, relay in said.items() if identity not in kept}).values())


def _identity(relay: Relay) -> tuple[str, str]:
    return relay.source, relay.relays or "outlet:" + key_of(relay.outlet)
