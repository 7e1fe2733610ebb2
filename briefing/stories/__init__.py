"""Which documents tell of the same event, and which merely pass on what another outlet reported. Pure.

By event, not by topic: five articles on one telephone call are one story; an article a year later with the same
people and countries is another. No model, no network, the same result for the same documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.profiles import Profile, read_profiles
from briefing.stories.clusters import cluster
from briefing.stories.origins import trace_origins
from briefing.stories.relays import find_relays
from briefing.stories.titles import openings_of, title_of
from briefing.types import Document, Sentence, Stories, Story

__all__ = ["group", "together"]


def group(
    documents: Sequence[Document], sentences: Sequence[Sentence], about: Sequence[Profile] | None = None
) -> Stories:
    """Group documents into stories and say which of them relay others.

    Stories are numbered `T1`, `T2`, … by size, then by their first document. A document without citable
    sentences and without a title is a story of its own, as is every document that resembles no other. `about` are the
    profiles of the documents, where somebody has read them already.
    """
    about = about or read_profiles(documents, sentences)
    groups = sorted(cluster(about), key=lambda members: (-len(members), members[0]))
    openings = openings_of(sentences)
    stories = tuple(
        Story(
            id=f"T{number}",
            title=title_of([documents[i] for i in members], [about[i] for i in members], openings),
            sources=tuple(documents[i].id for i in members),
        )
        for number, members in enumerate(groups, start=1)
    )
    passed_on = find_relays(documents, sentences, stories)
    return Stories(stories=stories, relays=passed_on, origins=trace_origins(documents, passed_on, stories))


def together(documents: Sequence[Document], sentences: Sequence[Sentence], *, title: str | None = None) -> Stories:
    """Take all documents for one story, `T1`, and say which of them relay others.

    Without a `title` it is that of the most central document.
    """
    if title is None:
        title = title_of(documents, read_profiles(documents, sentences), openings_of(sentences))
    story = Story(id="T1", title=title, sources=tuple(document.id for document in documents))
    passed_on = find_relays(documents, sentences, (story,))
    return Stories(stories=(story,), relays=passed_on, origins=trace_origins(documents, passed_on, (story,)))
