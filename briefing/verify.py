"""Check a `briefing.json` against its sources again: hashes, spans, roles. No model, no trust in the writer.

Shares with the rest only how bytes become text; what is verified is read from the manifest alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.documents import read_document
from briefing.errors import ManifestError, SourceError
from briefing.fetch import is_address
from briefing.sources import CONTAINERS, STDIN, ReadLimits, read, sha256, suffix, whole_and_number
from briefing.spans import find
from briefing.types import CITABLE, Document

HINT = "give a briefing.json that `briefing make` wrote"

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
COPIES = "sources"
"""The folder beside a manifest that holds what cannot be read again from where it came."""
_OF_SEVERAL = frozenset(suffix(kind) for kind in CONTAINERS)


def copy_name(digest: str, kind: str) -> str:
    """Return the name, below the manifest's folder, of a copy of the bytes with this digest.

    >>> copy_name("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "text/html")
    'sources/e3b0c44298fc1c14.html'
    """
    return f"{COPIES}/{_short(digest)}{suffix(kind)}"


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """One thing in the manifest that the sources do not bear out."""

    where: str
    """`S2`, or the claim or dispute with its span: `C3 S2[120:140]`."""
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What was compared, and everything that disagreed."""

    sources: int
    spans: int
    unreadable: tuple[Disagreement, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def holds(self) -> bool:
        """True when every source was read and nothing disagreed."""
        return not self.unreadable and not self.disagreements


def verify(manifest: Path, *, locations: Mapping[str, str], limits: ReadLimits) -> Verification:
    """Re-read every source and compare hashes and spans.

    `locations` says where a source now lies, by id (`{"S1": "moved/a.txt"}`). A relative location is looked
    for from the current folder, then from the manifest's. Raises ManifestError.
    """
    return recheck(read_manifest(manifest), beside=manifest.parent, locations=locations, limits=limits).verification


@dataclass(frozen=True, kw_only=True, slots=True)
class Rechecked:
    """The sources of a manifest as they read today, and how far it agrees with them."""

    documents: Mapping[str, Document]
    """By id, those that could be read; one that has changed is among them."""
    verification: Verification


def recheck(values: Mapping[str, Any], *, beside: Path, locations: Mapping[str, str], limits: ReadLimits) -> Rechecked:
    """Do what `verify` does for values that `read_manifest` returned; `beside` is the manifest's folder."""
    documents: dict[str, Document] = {}
    unreadable: list[Disagreement] = []
    disagreements: list[Disagreement] = []
    for stored in values["sources"]:
        try:
            document = _reread(stored, beside, locations, limits)
        except SourceError as error:
            unreadable.append(Disagreement(where=stored["id"], message=f"{error.subject}: {error.message}"))
            continue
        documents[document.id] = document
        disagreements += _compare_source(stored, document)
    spans = list(_spans(values))
    unread = {problem.where for problem in unreadable}
    disagreements += [p for span in spans if span[1]["source"] not in unread for p in _compare_span(span, documents)]
    disagreements += [problem for claim in values["claims"] for problem in _compare_claim(claim)]
    return Rechecked(
        documents=documents,
        verification=Verification(
            sources=len(values["sources"]),
            spans=len(spans),
            unreadable=tuple(unreadable),
            disagreements=tuple(disagreements),
        ),
    )


def read_manifest(path: Path) -> dict[str, Any]:
    """Read a `briefing.json`; ManifestError when it is not one, naming the field at fault."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError(str(path), error.strerror or str(error), hint=HINT) from error
    except (ValueError, RecursionError) as error:
        raise ManifestError(str(path), f"not JSON: {error}", hint=HINT) from error
    return _checked_shape(values, path)


def _checked_shape(values: object, path: Path) -> dict[str, Any]:
    """Check the part of the manifest that is read here; other keys may stand beside it."""
    from typing import Literal

    from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

    class Strict(BaseModel):
        model_config = ConfigDict(strict=True, extra="allow")

    class SourceShape(Strict):
        id: str
        location: str
        sha256: str
        text_sha256: str
        encoding: str = "utf-8"

    class EvidenceShape(Strict):
        source: str
        start: NonNegativeInt
        end: NonNegativeInt
        text: str

    class ClaimShape(Strict):
        id: str
        text: str
        decided_by: str
        evidence: list[EvidenceShape]
        corroboration: list[EvidenceShape] = Field(default_factory=list)

    class ValueShape(Strict):
        evidence: list[EvidenceShape]

    class DisputeShape(Strict):
        id: str
        values: list[ValueShape]

    class ChangeShape(Strict):
        kind: str
        before: list[ValueShape]
        after: list[ValueShape]

    class NewsShape(Strict):
        changes: list[ChangeShape]

    class ManifestShape(Strict):
        schema_: Literal["briefing/1"]
        sources: list[SourceShape]
        claims: list[ClaimShape]
        withheld: list[ClaimShape]
        disputes: list[DisputeShape]
        news: NewsShape | None = None

    if isinstance(values, dict):
        values = {("schema_" if key == "schema" else key): value for key, value in values.items()}
    try:
        return ManifestShape.model_validate(values).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]).replace("schema_", "schema") or "the whole"
        raise ManifestError(f"{path}: {field}", first["msg"], hint=HINT) from error


def _reread(stored: Mapping[str, Any], beside: Path, locations: Mapping[str, str], limits: ReadLimits) -> Document:
    location = locations.get(stored["id"]) or _copy_or_location(stored, beside)
    beside_it = str(beside / location)
    chosen = beside_it if not _is_there(location) and _is_there(beside_it) else location
    source = read(chosen, id=stored["id"], limits=limits)
    # What a server said of the encoding, the bytes do not tell.
    charset = stored["encoding"] if is_address(stored["location"]) else None
    return read_document(replace(source, charset=charset))


def _is_there(location: str) -> bool:
    return Path(whole_and_number(location)[0]).exists()


def _copy_or_location(stored: Mapping[str, Any], beside: Path) -> str:
    """Return where to read a source again: its copy, else its file. What was fetched is never asked for again."""
    location = str(stored["location"])
    whole, number = whole_and_number(location)
    copy = kept_copy(stored["sha256"], beside)
    if copy:
        # The number of a page's part means nothing to its copy.
        return f"{copy}#{number}" if number and copy.suffix in _OF_SEVERAL else str(copy)
    if whole != STDIN and not is_address(location):
        return location
    came = "read from standard input" if whole == STDIN else "fetched"
    message = f"it was {came}, and no copy lies in {beside / COPIES}; give one: --source {stored['id']}=FILE"
    raise SourceError(location, message, hint="`briefing make -o FOLDER` keeps copies")


def kept_copy(digest: str, beside: Path) -> Path | None:
    """Return where the copy lies of bytes that cannot be had again, if `make` kept one beside the manifest."""
    copies = sorted(beside.glob(f"{COPIES}/{_short(digest)}.*")) if _DIGEST.fullmatch(digest) else []
    return copies[0] if copies else None


def _compare_source(stored: Mapping[str, Any], document: Document) -> Iterator[Disagreement]:
    if stored["sha256"] != document.sha256:
        yield Disagreement(where=document.id, message=f"{document.location}: the bytes have changed since")
    elif stored["text_sha256"] != sha256(document.text.encode()):
        yield Disagreement(where=document.id, message=f"{document.location}: the same bytes now read as another text")


def _compare_claim(claim: Mapping[str, Any]) -> Iterator[Disagreement]:
    """A published claim has evidence; one taken word for word reads like it."""
    if not claim["evidence"]:
        yield Disagreement(where=claim["id"], message="a published claim without evidence")
    elif claim["decided_by"] == "verbatim" and not find(claim["text"], claim["evidence"][0]["text"]):
        yield Disagreement(where=claim["id"], message="is said to be word for word, and its evidence reads otherwise")


def _spans(values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for claim in (*values["claims"], *values["withheld"]):
        for evidence in (*claim["evidence"], *claim["corroboration"]):
            yield claim["id"], evidence
    for dispute in values["disputes"]:
        for value in dispute["values"]:
            for evidence in value["evidence"]:
                yield dispute["id"], evidence
    for number, change in enumerate((values["news"] or {"changes": []})["changes"], start=1):
        for given in (*change["before"], *change["after"]):
            for evidence in given["evidence"]:
                yield f"news {number} ({change['kind']})", evidence


def _compare_span(span: tuple[str, Mapping[str, Any]], documents: Mapping[str, Document]) -> Iterable[Disagreement]:
    owner, evidence = span
    document = documents.get(evidence["source"])
    if document is None:
        message = "cites a source that the manifest does not list"
        return [Disagreement(where=f"{owner} {evidence['source']}", message=message)]
    start, end = evidence["start"], evidence["end"]
    where = f"{owner} {document.id}[{start}:{end}]"
    found = document.text[start:end]
    if start >= end or found != evidence["text"]:
        return [Disagreement(where=where, message=f"reads {found!r}, the manifest says {evidence['text']!r}")]
    roles = {block.role for block in document.blocks if block.start < end and block.end > start}
    if not roles or not roles <= CITABLE:
        names = ", ".join(sorted(role.value for role in roles)) or "no block"
        return [Disagreement(where=where, message=f"lies in {names}, which may support nothing")]
    return []
