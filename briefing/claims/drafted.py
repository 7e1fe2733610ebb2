"""Draft with a model that is shown numbered sentences and answers with claims that cite their numbers.

The model never vouches for anything: what it wrote is a proposal that the checks judge. Nothing of a source
is cut without saying so: a story that does not fit one call is drafted in several, and a sentence that fits
none is named in `Draft.not_shown`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from briefing import tokens
from briefing.errors import ConfigError, ReplyError
from briefing.model import Model, Request
from briefing.prompts import (
    DRAFT_SCHEMA,
    MAX_CITES,
    MAX_LEAD,
    DraftReply,
    Rendered,
    fenced,
    numbered,
    read_draft,
    render,
    visible,
)
from briefing.types import Claim, Document, Draft, Refusal, Sentence, Stories, Story, Usage

_PROMPT = "draft_claims"
#: Room for one claim with its ids in a reply: twice what the longest claims of English news take.
_CLAIM_TOKENS = 160
#: What a chat format adds around two messages; the best known ones add 3 to 8.
_FRAME_TOKENS = 32
#: Estimates are made with another vocabulary than the model's; smaller vocabularies need more tokens.
_ESTIMATE_MARGIN = 0.75
#: Less room than this for sentences, and drafting is not worth a call.
_LEAST_ROOM = 200
_PUBLISHER_CHARACTERS = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """What all calls of a draft share: whom they ask, for how much, and how many tokens they have for what."""

    model: Model
    max_claims: int
    room: int
    """Tokens for sentences and the headers above them, in one call."""
    reply: int
    """Tokens for the reply, at most."""
    exact: bool
    headers: Mapping[str, str]
    """Source id → the line above its sentences."""
    header_tokens: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """One sentence as a prompt shows it."""

    sentence: Sentence
    tokens: int
    place: float
    """How far into its source its middle stands, from 0 to 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """What one call shows, and how many claims it asks for."""

    story: Story
    sentences: tuple[Sentence, ...]
    max_claims: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    """What one call gave: a draft, or the error that says why there is none."""

    part: _Part
    prompt: tuple[str, str]
    usage: Usage
    draft: DraftReply | ReplyError


def draft_with_model(
    stories: Stories,
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    model: Model,
    *,
    max_claims: int,
) -> Draft:
    """Ask `model` for at most `max_claims` claims per story, in one call or in as few as its context allows.

    A reply, or a claim of it, that cannot be used becomes a `Refusal` and the rest goes on; when no call at
    all gave a usable reply, the last `ReplyError` is raised. `ModelUnavailable` and `ModelRefused` are
    raised as they come, and `ConfigError` when the model's context is too small for the instructions. A
    story that takes more than `max_claims` calls gets one claim from each.
    """
    plan = _plan(documents, model, max_claims)
    by_source: dict[str, list[Sentence]] = {document.id: [] for document in documents}
    for sentence in sentences:
        by_source[sentence.source].append(sentence)
    parts = [part for story in stories.stories for part in _parts(story, by_source, plan)]
    answers = [_ask(part, plan) for part in parts]
    _raise_if_none(answers)
    claims, leads = _numbered(stories.stories, answers)
    shown = {sentence.id for part in parts for sentence in part.sentences}
    return Draft(
        drafter=f"model:{model.name}",
        claims=claims,
        leads=leads,
        not_shown=tuple(sentence.id for sentence in sentences if sentence.id not in shown),
        refused=tuple(refusal for answer in answers for refusal in _refusals(answer)),
        usage=sum((answer.usage for answer in answers), Usage()),
        prompts=tuple(dict.fromkeys(answer.prompt for answer in answers)),
        model=(
            ("name", model.name),
            ("temperature", "0"),
            ("seed", "0"),
            ("tokens", "exact" if plan.exact else "estimated"),
        ),
    )


# What fits into a call
# ---------------------


def _plan(documents: Iterable[Document], model: Model, max_claims: int) -> _Plan:
    """Share the model's context between the instructions, the sentences and the reply."""
    empty = _prompt(fenced([]), max_claims)
    instructions = tokens.count(empty.system + empty.user + json.dumps(DRAFT_SCHEMA), model.name)
    reply = min(_reply_tokens(max_claims), model.context_tokens // 2)
    prompt = model.context_tokens - reply
    if not instructions.exact:
        prompt = int(prompt * _ESTIMATE_MARGIN)
    room = prompt - instructions.tokens - _FRAME_TOKENS
    if room < _LEAST_ROOM:
        raise ConfigError(
            model.name,
            f"a context of {model.context_tokens} tokens leaves no room for sources",
            hint="set a larger context, or ask for fewer claims",
        )
    headers = {document.id: _header(document) for document in documents}
    return _Plan(
        model=model,
        max_claims=max_claims,
        room=room,
        reply=reply,
        exact=instructions.exact,
        headers=headers,
        header_tokens={source: _line_tokens(header, model) for source, header in headers.items()},
    )


def _line_tokens(line: str, model: Model) -> int:
    # With its line break: no vocabulary joins what stands on both sides of one, so that the counts add up.
    return tokens.count(f"{line}\n", model.name).tokens


def _reply_tokens(max_claims: int) -> int:
    return 200 + _CLAIM_TOKENS * max_claims


def _header(document: Document) -> str:
    publisher = visible(document.publisher or "publisher not known")[:_PUBLISHER_CHARACTERS]
    published = document.published.date().isoformat() if document.published else "date not known"
    return f"{document.id} | {publisher} | {published}"


def _parts(story: Story, by_source: Mapping[str, Sequence[Sentence]], plan: _Plan) -> list[_Part]:
    """Cut a story into as few parts as fit, each a passage of every source from about the same place.

    News says the most important first, so the openings of all sources meet in the first part, where a model
    can see that they disagree. A sentence that fits no call is in no part.
    """
    lines = [line for source in story.sources for line in _lines(by_source[source], plan)]
    runs = _balanced(sorted(lines, key=lambda line: line.place), plan)
    order = {line.sentence.id: position for position, line in enumerate(lines)}
    return [
        _Part(
            story=story,
            sentences=tuple(sorted((line.sentence for line in run), key=lambda sentence: order[sentence.id])),
            max_claims=share,
        )
        for run, share in zip(runs, _shares(runs, plan.max_claims), strict=True)
    ]


def _lines(sentences: Sequence[Sentence], plan: _Plan) -> Iterator[_Line]:
    """Measure the sentences of one source, and leave out those that no call has room for."""
    lengths = [_line_tokens(numbered(sentence.id, sentence.text), plan.model) for sentence in sentences]
    whole = sum(lengths)
    for sentence, length, end in zip(sentences, lengths, accumulate(lengths), strict=True):
        if length + plan.header_tokens[sentence.source] <= plan.room:
            yield _Line(sentence=sentence, tokens=length, place=(end - length / 2) / whole)


def _balanced(lines: Sequence[_Line], plan: _Plan) -> list[list[_Line]]:
    """Fill as few runs as the room of a call allows, then even them out, so that none holds a mere rest."""
    runs = _filled(lines, plan.header_tokens, plan.room)
    low, high = 0, plan.room
    while len(runs) > 1 and high - low > plan.room // 32:
        middle = (low + high) // 2
        evened = _filled(lines, plan.header_tokens, middle)
        if len(evened) > len(runs):
            low = middle
        else:
            runs, high = evened, middle
    return runs


def _filled(lines: Iterable[_Line], header_tokens: Mapping[str, int], most: int) -> list[list[_Line]]:
    """Fill runs in order with up to `most` tokens each; a line longer than that gets a run of its own."""
    runs: list[list[_Line]] = []
    used, headed = 0, set[str]()
    for line in lines:
        source = line.sentence.source
        cost = line.tokens + (0 if source in headed else header_tokens[source])
        if not runs or used + cost > most:
            runs.append([])
            used, headed = 0, set()
            cost = line.tokens + header_tokens[source]
        runs[-1].append(line)
        headed.add(source)
        used += cost
    return runs


def _shares(runs: Sequence[Sequence[_Line]], max_claims: int) -> list[int]:
    """Share the claims out by length, at least one to each run.

    The shares are differences of rounded running sums, so that they add up to `max_claims` where it suffices.
    """
    ends = list(accumulate(sum(line.tokens for line in run) for run in runs))
    marks = [0, *(max_claims * end // ends[-1] for end in ends)]
    return [max(1, after - before) for before, after in pairwise(marks)]


# One call
# --------


def _ask(part: _Part, plan: _Plan) -> _Answer:
    rendered = _prompt(_block(part, plan.headers), part.max_claims)
    request = Request(
        system=rendered.system,
        user=rendered.user,
        schema_name=_PROMPT,
        schema=DRAFT_SCHEMA,
        max_tokens=min(plan.reply, _reply_tokens(part.max_claims)),
    )
    reply = plan.model.ask(request)
    draft: DraftReply | ReplyError
    try:
        draft = read_draft(reply, shown={sentence.id for sentence in part.sentences})
    except ReplyError as error:
        draft = error
    return _Answer(part=part, prompt=(rendered.name, rendered.sha256), usage=reply.usage, draft=draft)


def _prompt(sources: str, max_claims: int) -> Rendered:
    return render(_PROMPT, sources=sources, max_claims=max_claims, max_cites=MAX_CITES, max_lead=MAX_LEAD)


def _block(part: _Part, headers: Mapping[str, str]) -> str:
    return fenced(
        (headers[source], [(sentence.id, sentence.text) for sentence in group])
        for source, group in groupby(part.sentences, key=lambda sentence: sentence.source)
    )


def _raise_if_none(answers: Sequence[_Answer]) -> None:
    errors = [answer.draft for answer in answers if isinstance(answer.draft, ReplyError)]
    if errors and len(errors) == len(answers):
        raise errors[-1]


def _refusals(answer: _Answer) -> Iterator[Refusal]:
    draft, part = answer.draft, answer.part
    for error in (draft,) if isinstance(draft, ReplyError) else draft.refused:
        yield Refusal(story=part.story.id, error=f"{type(error).__name__}: {error.message}", reply=error.reply)
    surplus = () if isinstance(draft, ReplyError) else draft.claims[part.max_claims :]
    for claim in surplus:
        printed = json.dumps({"text": claim.text, "cites": claim.cites}, ensure_ascii=False)
        yield Refusal(story=part.story.id, error=f"more than {part.max_claims} claims", reply=printed)


# All calls together
# ------------------


def _numbered(
    stories: Iterable[Story], answers: Sequence[_Answer]
) -> tuple[tuple[Claim, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Number the claims of all stories in order, each text once per story, and say which open each story."""
    claims: list[Claim] = []
    leads = []
    for story in stories:
        ids: dict[str, str] = {}
        lead: tuple[str, ...] = ()
        for draft, most in _drafts(story, answers):
            for drafted in draft.claims[:most]:
                if (folded := _folded(drafted.text)) not in ids:
                    ids[folded] = f"C{len(claims) + 1}"
                    claims.append(Claim(id=ids[folded], story=story.id, text=drafted.text, cites=drafted.cites))
            # The first part that names a lead has the openings of all sources.
            lead = lead or _lead(draft, most, ids)
        leads.append((story.id, lead))
    return tuple(claims), tuple(leads)


def _drafts(story: Story, answers: Iterable[_Answer]) -> Iterator[tuple[DraftReply, int]]:
    for answer in answers:
        if answer.part.story.id == story.id and isinstance(answer.draft, DraftReply):
            yield answer.draft, answer.part.max_claims


def _lead(draft: DraftReply, most: int, ids: Mapping[str, str]) -> tuple[str, ...]:
    texts = (draft.claims[position].text for position in draft.lead if position < most)
    return tuple(dict.fromkeys(ids[_folded(text)] for text in texts))


def _folded(text: str) -> str:
    return text.casefold().strip(" .")
