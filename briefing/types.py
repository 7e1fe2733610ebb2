"""The values that stages hand to one another: frozen, comparable, without I/O.

Offsets, everywhere: half-open ranges `[start, end)` of Unicode code points. Those of a source point into
`Document.text`; those of a finding point into the text of its claim. Nothing is relative to a chunk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a block of a document is for its reader."""

    BODY = "body"
    HEADLINE = "headline"
    BYLINE = "byline"
    CAPTION = "caption"
    NOTICE = "notice"
    OPINION = "opinion"
    COMMENT = "comment"
    FURNITURE = "furniture"


#: Only these may support a claim of fact.
CITABLE = frozenset({Role.BODY, Role.NOTICE})


#: What a figure counts, who holds a title and what is denied is read in English only; None is too short to tell.
COMPARED_LANGUAGES = frozenset({"en", None})


class Answer(StrEnum):
    """One of the three questions about a claim. `not_checked` is never a pass."""

    PASS = "pass"  # noqa: S105 - an answer, not a secret
    FAIL = "fail"
    NOT_CHECKED = "not_checked"


class Verdict(StrEnum):
    """What the three answers add up to."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    NOT_CHECKED = "not_checked"


#: The only verdicts that are printed as claims; `partly` is printed with that said.
PUBLISHED = frozenset({Verdict.SUPPORTED, Verdict.PARTLY})


class TextAnswer(StrEnum):
    """What a check says of one claim of a text that somebody else wrote. The list is closed."""

    SUPPORTED_BY_CITED = "supported_by_cited"
    SUPPORTED_ELSEWHERE = "supported_elsewhere"
    """Supported, and not by what it cites."""
    SUPPORTED = "supported"
    """It cites nothing."""
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    NOWHERE = "nowhere"
    NOT_CHECKABLE = "not_checkable"
    """A question, a greeting, a reference: nothing is claimed."""
    NOT_CHECKED = "not_checked"


#: Answers that need no second look, where nothing was cited or the citation is right.
BORNE_OUT = frozenset({TextAnswer.SUPPORTED_BY_CITED, TextAnswer.SUPPORTED, TextAnswer.NOT_CHECKABLE})


class FindingKind(StrEnum):
    """Why a claim is not, or not wholly, supported. The list is closed."""

    NUMBER_ABSENT = "number_absent"
    NUMBER_DIFFERS = "number_differs"
    DATE_DIFFERS = "date_differs"
    NAME_ABSENT = "name_absent"
    TITLE_DIFFERS = "title_differs"
    NEGATION_DIFFERS = "negation_differs"
    QUOTATION_ALTERED = "quotation_altered"
    SPEAKER_DIFFERS = "speaker_differs"
    HEDGE_LOST = "hedge_lost"
    ATTRIBUTION_LOST = "attribution_lost"
    NOT_LOCATED = "not_located"
    CITES_EXCLUDED_BLOCK = "cites_excluded_block"
    NOT_ENTAILED = "not_entailed"
    CONTRADICTED_BY_EVIDENCE = "contradicted_by_evidence"


class Match(StrEnum):
    """How exactly a span of a source was found: as it stands, after folding, or approximately."""

    EXACT = "exact"
    FOLDED = "folded"
    FUZZY = "fuzzy"


class Standing(StrEnum):
    """How many independent origins tell it, and whether any of them tells it otherwise."""

    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single_source"
    DISPUTED = "disputed"


class DisputeKind(StrEnum):
    """What sort of value the sources give differently."""

    QUANTITY = "quantity"
    TITLE = "title"
    DATE = "date"
    ATTRIBUTION = "attribution"
    POLARITY = "polarity"


class Assessment(StrEnum):
    """What kind of disagreement it looks like. The program never says which value is true."""

    LIKELY_SLIP = "likely_slip"
    SUPERSEDED = "superseded"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The bytes as they came, and where from."""

    id: str
    """`S1`, `S2`, … in the order given."""
    location: str
    """A path or an address as the user wrote it, or `-` for standard input; one of the articles of a file or a feed
    has its number behind a `#`: `articles.jsonl#3`."""
    data: bytes = field(repr=False)
    """What the document is read from: all the bytes, or the part of them that is this article."""
    sha256: str
    """`sha256:` and the hexadecimal digest of all the bytes as they came: of the file, the answer of the server, or
    standard input."""
    media_type: str
    """Of `data`, such as `text/plain`, `text/html` or `application/pdf`: found from the content, then from the name."""
    address: str | None = None
    """Where on the web it stands: of a page that was fetched, after all redirects. None when nobody said."""
    charset: str | None = None
    """What its server says that it is encoded in. None when nobody said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """Where something is printed: a rectangle on a page, in points (1/72 inch) from its lower left corner."""

    page: int
    """Counted from 1."""
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A run of text with one role, usually a paragraph or a list item; never overlaps another."""

    role: Role
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    """Where it is printed, for texts that come in pages: one box per page and column that it runs over, in order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Where a publisher says that it changed the article."""

    kind: str
    """`update` or `correction`. A notice that is both appears twice, with the same span."""
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One text read from a source. All offsets of the whole program point into `text`."""

    id: str
    """The id of its source."""
    location: str
    sha256: str
    """Of the source's bytes."""
    text: str = field(repr=False)
    text_sha256: str
    """`sha256:` and the digest of `text` in UTF-8 (lone surrogates cannot occur)."""
    media_type: str
    encoding: str
    """A Python codec name: for plain text, `data.decode(encoding)` is `text`, unless `warnings` says otherwise."""
    extractor: str
    """Name and version of what made `text` from the bytes; `decode/1` for plain text."""
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime | None = None
    """With a time zone where the text gives one; else naive. Midnight when only a day is known."""
    published_precision: str | None = None
    """`day`, `minute` or `second`; None when `published` is None."""
    updated: datetime | None = None
    """When the publisher last changed it, as far as it says so; zone and midnight as in `published`."""
    updated_precision: str | None = None
    """`day`, `minute` or `second`; None when `updated` is None."""
    address: str | None = None
    """Where on the web the article stands, as its fetching or the source tells."""
    found_in: tuple[tuple[str, str], ...] = ()
    """(field, where it was found) for each of title, publisher, author, published, updated and address that is known:
    a range of the text as `text 120-141`, or the place in the markup, the feed or the file, as `meta og:title`."""
    shortfall: str | None = None
    """What of the article is missing, when the source plainly has not all of it: `teaser only: 312 characters`."""
    left_out: tuple[tuple[int, str], ...] = ()
    """(offset, characters) that the extractor read at this offset of `text` and left out, such as the hyphen and the
    line break inside a word that a printer parted. Putting them back gives what it read."""
    language: str | None = None
    """ISO 639-1, or None when the text is too short to tell."""
    blocks: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()
    warnings: tuple[str, ...] = ()
    """What was unusual about reading it, one sentence each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One citable sentence."""

    id: str
    """`S2.14`: the fourteenth citable sentence of source 2."""
    source: str
    start: int
    end: int
    text: str
    role: Role
    """`body` or `notice`."""
    block: int
    """Index of its block in `Document.blocks`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """Documents that tell of the same event."""

    id: str
    title: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relay:
    """A source that passes on what another outlet reported."""

    source: str
    outlet: str
    """The outlet's name as the relaying text writes it, or the publisher of `relays` when passages are shared."""
    relays: str | None
    """The source of that outlet among those given, or None when it is not among them."""
    start: int
    end: int
    """Where `source` says so, or where the first shared passage stands in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stories:
    """What belongs together, and what merely repeats."""

    stories: tuple[Story, ...]
    relays: tuple[Relay, ...]
    origins: tuple[tuple[str, str], ...]
    """(source id, origin) for every source; two sources with the same origin count once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A drafted statement and the sentences it cites. Nothing is checked yet."""

    id: str
    story: str
    text: str
    cites: tuple[str, ...]
    """Sentence ids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a drafter yields for all stories, and what a model was and was not shown."""

    drafter: str
    """`extractive` or `model:<name>`."""
    claims: tuple[Claim, ...]
    leads: tuple[tuple[str, tuple[str, ...]], ...]
    """(story id, ids of the claims that open it)."""
    not_shown: tuple[str, ...] = ()
    """Ids of citable sentences that no prompt carried."""
    in_parts: tuple[str, ...] = ()
    """Ids of stories that took several calls, because they did not fit into one."""
    refused: tuple[Refusal, ...] = ()
    """Replies, or parts of them, that could not be used."""
    usage: Usage = field(default_factory=lambda: Usage())  # noqa: PLW0108 - defined further down
    prompts: tuple[tuple[str, str], ...] = ()
    """(name, `sha256:…`) of every prompt template that was used."""
    model: tuple[tuple[str, str], ...] = ()
    """(setting, value) of the model that was asked, without any secret."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Something a model answered that the program would not take, and why."""

    story: str
    error: str
    reply: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A span of a source that supports a claim or gives a value."""

    source: str
    start: int
    end: int
    text: str
    match: Match


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One reason against a claim, with the span of the claim that it is about."""

    kind: FindingKind
    detail: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The three questions about a claim, kept apart."""

    located: Answer
    consistent: Answer
    entailed: Answer


class Action(StrEnum):
    """What a reviewer does about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    COMMENT = "comment"
    CLEAR = "clear"
    """Withdraw whatever was decided and said before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What reviewers decided about a claim, everything that they did about it taken together."""

    action: Action
    """`accept`, `reject` or `edit`; `comment` when nothing but a comment was made."""
    who: str
    when: datetime
    """In UTC, to the millisecond."""
    text: str | None = None
    """The claim in the reviewer's words, for an edit."""
    comment: str | None = None
    was: str | None = None
    """What the claim said before the edit, in a published briefing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StaleDecision:
    """A decision that is applied to nothing, because what it was made about is not there any more."""

    claim: str
    """The id of the claim that stands in its place."""
    decision: Decision
    because: str
    """Which half of what was decided about is another now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """Who went over the claims before publishing, and what became of them."""

    by: tuple[str, ...]
    """Who signed it off; if nobody did, whoever decided on a claim of it."""
    on: datetime
    signed_off: bool
    accepted: int
    edited: int
    rejected: int
    undecided: int
    stale: tuple[StaleDecision, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedClaim:
    """A claim with its verdict and the reasons for it."""

    id: str
    story: str
    text: str
    verdict: Verdict
    answers: Answers
    decided_by: str
    """What settled the verdict: `verbatim`, `rules`, …"""
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()
    score: float | None = None
    """A probability from a calibrated checker, or None when none scored it."""
    moved_from: tuple[str, ...] = ()
    """The sentence ids it cited, when its support was found elsewhere; else empty."""
    corrects: str | None = None
    """The id of the withheld claim that a model was asked to correct, and this is what it wrote."""
    wordings: tuple[str, ...] = ()
    """What it said before a model put it in other words, or made one claim of several; else empty."""
    decision: Decision | None = None
    """What a reviewer decided about it, in a briefing that was published after a review."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeValue:
    """One of the values given for a question, and who gives it where."""

    value: str
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """One question that sources answer differently."""

    id: str
    story: str
    about: str
    kind: DisputeKind
    assessment: Assessment
    values: tuple[DisputeValue, ...]
    note: str = ""
    """One sentence: why it is assessed so."""
    proposed_by: str | None = None
    """The model that said that these sentences are about one thing; None when the rules found it by themselves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedPair:
    """Two sentences of which a model says that they answer one question differently. Nothing is checked yet."""

    first: str
    second: str
    """Sentence ids, of two sources of one story."""
    by: str
    """The model's name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredClaim:
    """A claim of a text that somebody else wrote, held against what it cites, then against all sources."""

    answer: TextAnswer
    checked: CheckedClaim
    """The check that the answer rests on."""
    words: tuple[tuple[int, int], ...] = ()
    """Which words of the claim are not borne out: half-open ranges of `checked.text`."""
    elsewhere: tuple[Evidence, ...] = ()
    """What supports it, where that is not what it cites."""

    @property
    def undecided(self) -> bool:
        """Whether nothing speaks against it, and the model of meaning is not sure enough to call it supported."""
        return self.answer is TextAnswer.PARTLY and self.checked.verdict is Verdict.PARTLY and not self.elsewhere


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimStanding:
    """How a published claim stands across origins."""

    claim: str
    standing: Standing
    origins: int
    corroboration: tuple[Evidence, ...] = ()
    """Spans of other sources that tell the same."""
    disputes: tuple[str, ...] = ()
    """Ids of disputes that touch it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crosscheck:
    """Everything that comparing the sources yields."""

    standings: tuple[ClaimStanding, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A source that could not be read."""

    location: str
    error: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What the model calls of a run cost. `cost_usd` is None when the price is not known."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float | None = None
    unreported: int = 0
    """Requests that went out whole and whose answer, with its count, was lost: they may have been charged too."""

    def __add__(self, other: Usage) -> Usage:
        """Sum two usages; an unknown cost makes the sum unknown, no call at all costs nothing.

        >>> (Usage(calls=1, prompt_tokens=10) + Usage(calls=1, prompt_tokens=5)).prompt_tokens
        15
        """
        known = [u.cost_usd for u in (self, other) if u.calls]
        if not known and (self.unreported or other.unreported):
            known = [None]
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            cost_usd=None if None in known else sum(c for c in known if c is not None),
            unreported=self.unreported + other.unreported,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A range of one source's text."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What made the briefing, so that it can be made again."""

    version: str
    prompts: tuple[tuple[str, str], ...]
    """(name, `sha256:…`) of every prompt template that was used."""
    checker: tuple[tuple[str, str], ...]
    model: tuple[tuple[str, str], ...]
    misjudged: tuple[str, ...] = ()
    """Planted claims that the checker judged wrongly in its own test: a briefing with any of them is not verified."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedClaim:
    """A checked claim together with its standing."""

    checked: CheckedClaim
    standing: ClaimStanding


@dataclass(frozen=True, kw_only=True, slots=True)
class StorySection:
    """One story of the briefing, in reading order. Ids only; the values are in the `Briefing`."""

    story: Story
    lead: tuple[str, ...]
    """Claim ids."""
    claims: tuple[str, ...]
    """Claim ids that follow the lead."""
    disputes: tuple[str, ...]
    origins: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Briefing:
    """The whole result. Markdown and `briefing.json` are two prints of it."""

    title: str
    as_of: datetime
    drafter: str
    documents: tuple[Document, ...]
    stories: Stories
    sections: tuple[StorySection, ...]
    claims: tuple[PublishedClaim, ...]
    disputes: tuple[Dispute, ...]
    withheld: tuple[CheckedClaim, ...]
    not_covered: tuple[Span, ...]
    not_shown: tuple[Span, ...]
    unread: tuple[Unread, ...]
    refused: tuple[Refusal, ...]
    usage: Usage
    provenance: Provenance
    review: Review | None = None
    """None for a briefing that nobody was asked to review."""
