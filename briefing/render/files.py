"""What stands in an output folder, by name: of one briefing, and of the brief of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.days import Edition
from briefing.render.edition import index
from briefing.render.manifest import manifest, manifest_values
from briefing.render.markdown import markdown
from briefing.render.review import review_page
from briefing.types import Briefing


def briefing_files(made: Briefing, *, with_comments: bool = False) -> dict[str, bytes]:
    """Return `briefing.md`, `briefing.json` and `review.html`, without the copies of sources."""
    sources = {document.id: document.text for document in made.documents}
    texts = {
        "briefing.md": markdown(made, with_comments=with_comments),
        "briefing.json": manifest(made),
        "review.html": review_page(manifest_values(made), sources),
    }
    return {name: text.encode() for name, text in texts.items()}


def edition_files(
    edition: Edition, briefs: Mapping[str, Briefing], earlier: Sequence[Edition] = ()
) -> dict[str, bytes]:
    """Return what stands in a day's folder: the index, and three files in the folder of each story.

    `briefs` are by the folder of their story. `earlier` are editions before this one, for links to what was told last.
    Copies of sources are not among the files.
    """
    files = {"index.md": index(edition, earlier).encode()}
    for story in sorted(edition.stories, key=lambda story: story.rank):
        if story.folder:
            made = briefing_files(briefs[story.folder])
            files |= {f"{story.folder}/{name}": data for name, data in made.items()}
    return files
