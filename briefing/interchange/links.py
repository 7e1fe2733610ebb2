"""Evidence as links that open a page at the words: one line each, for sources that stand on the web."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.fragments import link
from briefing.types import Briefing


def links(briefing: Briefing) -> str:
    """Return one line for each span: claim, source and link, with a tab between.

    Sources without an address, and those whose text is not at hand, have none.
    """
    return "".join(f"{line}\n" for line in dict.fromkeys(_lines(briefing)))


def _lines(briefing: Briefing) -> Iterator[str]:
    documents = {document.id: document for document in briefing.documents}
    for claim in briefing.claims:
        for evidence in (*claim.checked.evidence, *claim.standing.corroboration):
            document = documents[evidence.source]
            opened = link(document.address, document.text, evidence.start, evidence.end)
            if opened:
                yield f"{claim.checked.id}\t{document.id}\t{opened}"
