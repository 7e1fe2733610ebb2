"""Evidence as W3C Web Annotations (the model of 23 February 2017), one for each span of each published claim.

Positions count Unicode code points of the text that the manifest's `text_sha256` is the digest of, as the model has it:
"in terms of unicode code points, not in terms of code units".
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.fragments import is_linkable
from briefing.render import utc
from briefing.types import Briefing, CheckedClaim, Document, Evidence

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: Our own terms, which a reader of JSON-LD may leave aside.
_OWN = {"briefing": "urn:x-briefing:", "unit": "briefing:unit", "textSha256": "briefing:textSha256"}
_NAMESPACE = uuid.UUID("8f4f5a5e-6a52-5a1c-9f0e-2d0b6c9b7e11")
#: Code points of the text on either side of a quotation.
_AROUND = 32


def annotated(briefing: Briefing) -> dict[str, Any]:
    """Return an annotation collection as values for JSON; the same briefing gives the same ids."""
    documents = {document.id: document for document in briefing.documents}
    items = [_annotation(claim, e, documents[e.source], briefing) for claim, e in _evidence(briefing)]
    name = _id("collection", *(item["id"] for item in items))
    page = {"id": _id("page", name), "type": "AnnotationPage", "startIndex": 0, "items": items}
    values: dict[str, Any] = {
        "@context": [CONTEXT, _OWN],
        "id": name,
        "type": "AnnotationCollection",
        "label": briefing.title,
        "total": len(items),
    }
    return values | ({"first": page} if items else {})


def _evidence(briefing: Briefing) -> Iterator[tuple[CheckedClaim, Evidence]]:
    for claim in briefing.claims:
        spans = {(e.source, e.start, e.end): e for e in (*claim.checked.evidence, *claim.standing.corroboration)}
        yield from ((claim.checked, evidence) for evidence in spans.values())


def _annotation(claim: CheckedClaim, evidence: Evidence, document: Document, briefing: Briefing) -> dict[str, Any]:
    source = document.address if is_linkable(document.address) else _urn(document.sha256)
    return {
        "id": _id(claim.text, claim.id, document.text_sha256, str(evidence.start), str(evidence.end)),
        "type": "Annotation",
        "motivation": "assessing",
        "created": utc(briefing.as_of),
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": claim.text},
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": claim.verdict.value},
        ],
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [_position(evidence, document), _quotation(evidence, document)],
        },
    }


def _position(evidence: Evidence, document: Document) -> Mapping[str, Any]:
    return {
        "type": "TextPositionSelector",
        "start": evidence.start,
        "end": evidence.end,
        "unit": "Unicode code points",
        "textSha256": document.text_sha256,
    }


def _quotation(evidence: Evidence, document: Document) -> Mapping[str, Any]:
    """Quote the span with what stands around it; nothing around it where the source is not at hand."""
    before = document.text[max(0, evidence.start - _AROUND) : evidence.start]
    after = document.text[evidence.end : evidence.end + _AROUND]
    around = {"prefix": before, "suffix": after}
    return {"type": "TextQuoteSelector", "exact": evidence.text} | {k: words for k, words in around.items() if words}


def _urn(digest: str) -> str:
    """Name bytes by their digest.

    >>> _urn("sha256:00ff")
    'urn:sha256:00ff'
    """
    return f"urn:{digest}"


def _id(*parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, json.dumps(parts)).urn
