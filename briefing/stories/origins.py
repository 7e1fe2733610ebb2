"""Where each document's report comes from, so that repeats of one report count once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from briefing.stories.outlets import key_of
from briefing.types import Document, Relay


def origins(documents: Sequence[Document], relays: Sequence[Relay]) -> tuple[tuple[str, str], ...]:
    """Return `(source id, origin)` for every document, in the order given.

    The origin of a document that relays another one is that one's origin; of a document that relays only outlets
    outside, `outlet:<folded name>`; of any other, itself. Conservative: a document with reporting of its own that
    refers to one report of another outlet still shares that outlet's origin, because nothing tells which of its
    sentences rest on it. Of several documents relayed, the one named first counts. In a circle, the document
    published first is the origin; without dates, the one given first.
    """
    parents = _parents(relays)
    outside = _outside(relays)
    age = {document.id: (_published(document), place) for place, document in enumerate(documents)}
    return tuple((document.id, _origin(document.id, parents, outside, age)) for document in documents)


def _parents(relays: Sequence[Relay]) -> dict[str, str]:
    parents: dict[str, str] = {}
    for relay in sorted(relays, key=lambda relay: relay.start):
        if relay.relays is not None:
            parents.setdefault(relay.source, relay.relays)
    return parents


def _outside(relays: Sequence[Relay]) -> dict[str, str]:
    outside: dict[str, str] = {}
    for relay in sorted(relays, key=lambda relay: relay.start):
        if relay.relays is None:
            outside.setdefault(relay.source, "outlet:" + key_of(relay.outlet))
    return outside


def _origin(
    source: str, parents: dict[str, str], outside: dict[str, str], age: dict[str, tuple[datetime, int]]
) -> str:
    path = [source]
    while (parent := parents.get(path[-1])) is not None and parent not in path:
        path.append(parent)
    if parent is None:
        return outside.get(path[-1], path[-1])
    return min(path[path.index(parent) :], key=lambda each: age[each])


def _published(document: Document) -> datetime:
    when = document.published
    if when is None:
        return datetime.max.replace(tzinfo=UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
