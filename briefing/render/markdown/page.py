"""Print a briefing as Markdown: number the footnotes, name the sources, hand short values to the template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefing.render.markdown.claims import Reviewed, claim_of, lead_notes
from briefing.render.markdown.disputes import dispute_of, not_compared
from briefing.render.markdown.news import news_of
from briefing.render.markdown.notes import Notes
from briefing.render.markdown.sources import source_of, usage_of
from briefing.render.markdown.withheld import corrected_in, is_rejected, rejected_of, review_of, withheld_of
from briefing.render.templating import markdown_templates
from briefing.render.words import count_of, day, plural
from briefing.types import Briefing, Dispute, Document, PublishedClaim, StorySection


def markdown(briefing: Briefing, *, with_comments: bool = False) -> str:
    """Print the briefing as Markdown with footnotes; ends with one line break.

    What reviewers said about claims that are published is printed only with `with_comments`.
    """
    documents = {document.id: document for document in briefing.documents}
    notes = Notes(documents)
    claims = {claim.checked.id: claim for claim in briefing.claims}
    disputes = {dispute.id: dispute for dispute in briefing.disputes}
    news = news_of(briefing, documents, notes)
    sections = [
        _section(section, claims, disputes, documents, notes, Reviewed(with_comments)) for section in briefing.sections
    ]
    failed = [claim for claim in briefing.withheld if not is_rejected(claim)]
    corrected = corrected_in(briefing)
    text = (
        markdown_templates()
        .get_template("briefing.md.j2")
        .render(
            title=briefing.title,
            as_of=f"{day(briefing.as_of)}, {briefing.as_of:%H:%M} UTC",
            head=_head(briefing),
            misjudged=len(briefing.provenance.misjudged),
            news=news,
            sections=sections,
            review=review_of(briefing.review) if briefing.review else None,
            withheld=[withheld_of(claim, corrected) for claim in failed],
            withheld_why=count_of(f.kind.value for claim in failed for f in claim.findings),
            rejected=[rejected_of(claim) for claim in briefing.withheld if is_rejected(claim)],
            refused=len(briefing.refused),
            sources=[source_of(document, briefing) for document in briefing.documents],
            unread=briefing.unread,
            not_covered=len(briefing.not_covered),
            not_shown=len(briefing.not_shown),
            usage=usage_of(briefing),
            notes=notes.all(),
        )
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _head(briefing: Briefing) -> list[str]:
    origins = len({origin for _, origin in briefing.stories.origins})
    parts = [plural(len(briefing.documents), "source") + ", " + plural(origins, "origin")]
    if len(briefing.sections) > 1:
        parts.append(plural(len(briefing.sections), "story", "stories"))
    parts.append(plural(len(briefing.claims), "claim"))
    parts.append(plural(len(briefing.disputes), "disagreement"))
    parts.append(f"{len(briefing.withheld)} withheld")
    return parts


def _section(
    section: StorySection,
    claims: Mapping[str, PublishedClaim],
    disputes: Mapping[str, Dispute],
    documents: Mapping[str, Document],
    notes: Notes,
    reviewed: Reviewed,
) -> dict[str, Any]:
    lead = [claim_of(claims[i], documents, notes, reviewed) for i in section.lead]
    return {
        "title": section.story.title,
        "articles": len(section.story.sources),
        "origins": section.origins,
        "lead": lead,
        "lead_notes": lead_notes(lead),
        "claims": [claim_of(claims[i], documents, notes, reviewed) for i in section.claims],
        "disputes": [dispute_of(disputes[i], documents, notes) for i in section.disputes],
        "not_compared": not_compared(section, documents),
    }
