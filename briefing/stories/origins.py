"""Where each document's report comes from, so that repeats of one report count once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from briefing.stories.names import key_of
from briefing.stories.times import age as age_of
from briefing.types import Document, Relay, Story


def trace_origins(
    documents: Sequence[Document], relays: Iterable[Relay], stories: Iterable[Story]
) -> tuple[tuple[str, str], ...]:
    """Return `(source id, origin)` for every document, in the order given.

    The origin of a document that relays another one is that one's origin; of one that relays only outlets outside,
    `outlet:<folded name>`; of one whose publisher has an earlier document in the story, that document's; of any
    other, itself. Conservative: a document with reporting of its own that refers to one report of another outlet
    still shares that outlet's origin, because nothing tells which of its sentences rest on it. Of several documents
    relayed, the first in the order of `relays` counts. In a circle, the one published first is the origin; without
    dates, the one given first.
    """
    age = {document.id: (age_of(document), place) for place, document in enumerate(documents)}
    parents = _same_publisher(documents, stories, age)
    outside: dict[str, str] = {}
    inside: dict[str, str] = {}
    for relay in relays:
        if relay.relays is None:
            outside.setdefault(relay.source, "outlet:" + key_of(relay.outlet))
        else:
            inside.setdefault(relay.source, relay.relays)
    for source in outside:
        parents.pop(source, None)
    parents |= inside
    return tuple((document.id, _origin(document.id, parents, outside, age)) for document in documents)


def _same_publisher(
    documents: Sequence[Document], stories: Iterable[Story], age: Mapping[str, tuple[datetime, int]]
) -> dict[str, str]:
    """Map each document to the first one of its publisher in its story: one newsroom does not confirm itself."""
    publishers = {document.id: key_of(document.publisher) for document in documents if document.publisher}
    parents: dict[str, str] = {}
    for story in stories:
        first: dict[str, str] = {}
        for source in sorted((source for source in story.sources if source in publishers), key=age.__getitem__):
            if (earlier := first.setdefault(publishers[source], source)) != source:
                parents[source] = earlier
    return parents


def _origin(
    source: str,
    parents: Mapping[str, str],
    outside: Mapping[str, str],
    age: Mapping[str, tuple[datetime, int]],
) -> str:
    path = [source]
    while (parent := parents.get(path[-1])) is not None:
        if parent in path:
            root = min(path[path.index(parent) :], key=age.__getitem__)
            return outside.get(root, root)
        path.append(parent)
    return outside.get(path[-1], path[-1])
