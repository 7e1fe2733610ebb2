"""Ask a model which sentences of different sources contradict one another. It proposes; the cross-check decides.

Only sentences that hold something to compare are shown, story by story, in as few calls as the context allows. What a
reply names is a pair of sentence ids and nothing else, so nothing that it could invent gets any further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.calls import Calls, grouped, headers_of, refusal, usage_of
from briefing.errors import ModelError, ReplyError
from briefing.fencing import fenced, numbered
from briefing.model import Reply, Request
from briefing.prompts import MAX_PAIRS, PAIR_SCHEMA, Rendered, read_pairs, render
from briefing.types import (
    COMPARED_LANGUAGES,
    Document,
    Draft,
    ProposedPair,
    Refusal,
    Sentence,
    Stories,
    Usage,
)
from briefing.values import read_moments, read_negations, read_quantities

_PROMPT = "cross_check"
#: A pair of ids takes about 20 tokens.
_REPLY_TOKENS = 100 + 24 * MAX_PAIRS


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposals:
    """The pairs that a model named, and what asking cost."""

    pairs: tuple[ProposedPair, ...] = ()
    refused: tuple[Refusal, ...] = ()
    usage: Usage = field(default_factory=Usage)
    prompts: tuple[tuple[str, str], ...] = ()
    """(name, `sha256:…`) of the template, when it was used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Batch:
    story: str
    sentences: tuple[Sentence, ...]


def propose(stories: Stories, documents: Sequence[Document], sentences: Sequence[Sentence], calls: Calls) -> Proposals:
    """Ask about every story that two or more sources tell, in languages that are compared.

    A call that fails, and a reply or a pair of it that cannot be used, becomes a `Refusal`; no `ModelError` is raised.
    """
    batches = list(_batches(stories, documents, sentences, calls))
    if not batches:
        return Proposals()
    headers = headers_of(documents)
    answers = calls.ask([_request(batch, headers, calls) for batch in batches])
    pairs: dict[ProposedPair, None] = {}
    refused: list[Refusal] = []
    for batch, answer in zip(batches, answers, strict=True):
        named, errors = _read(batch, answer)
        pairs |= dict.fromkeys(ProposedPair(first=a, second=b, by=calls.model.name) for a, b in named)
        refused += [refusal(batch.story, error, about="cross-check") for error in errors]
    prompt = _prompt("")
    return Proposals(
        pairs=tuple(pairs),
        refused=tuple(refused),
        usage=usage_of(answers),
        prompts=((prompt.name, prompt.sha256),),
    )


def noted(draft: Draft, proposals: Proposals) -> Draft:
    """Add what proposing cost, which prompt it took and what was refused to the record of the draft."""
    return replace(
        draft,
        usage=draft.usage + proposals.usage,
        refused=(*draft.refused, *proposals.refused),
        prompts=tuple(dict.fromkeys((*draft.prompts, *proposals.prompts))),
    )


# What is shown
# -------------


def _batches(
    stories: Stories, documents: Sequence[Document], sentences: Sequence[Sentence], calls: Calls
) -> Iterator[_Batch]:
    room, _ = calls.room(_prompt(fenced([], secret=b"")), PAIR_SCHEMA, reply=_REPLY_TOKENS)
    headers = headers_of(documents)
    compared = {document.id for document in documents if document.language in COMPARED_LANGUAGES}
    for story in stories.stories:
        own = [
            [s for s in sentences if s.source == source and _is_telling(s)]
            for source in story.sources
            if source in compared
        ]
        told = [part for part in own if part]
        if len(told) < 2:
            continue
        left = room - sum(calls.line_tokens(headers[part[0].source]) for part in told)
        yield from (_Batch(story=story.id, sentences=tuple(run)) for run in _runs(told, left, calls))


def _is_telling(sentence: Sentence) -> bool:
    """Whether it holds a figure, a date or a denial: nothing else is compared."""
    return bool(
        any(quantity.comparable for quantity in read_quantities(sentence.text))
        or read_moments(sentence.text)
        or read_negations(sentence.text)
    )


def _runs(told: Sequence[Sequence[Sentence]], room: int, calls: Calls) -> Iterator[list[Sentence]]:
    """Cut all sources of a story into the same number of stretches: reports of one event tell it in like order."""
    cost = sum(_cost(sentence, calls) for part in told for sentence in part)
    count = -(-cost // room) if room > 0 else 0
    for at in range(count):
        run = [s for part in told for s in part[len(part) * at // count : len(part) * (at + 1) // count]]
        kept = list(_fitting(run, room, calls))
        if len({sentence.source for sentence in kept}) > 1:
            yield kept


def _fitting(run: Iterable[Sentence], room: int, calls: Calls) -> Iterator[Sentence]:
    used = 0
    for sentence in run:
        used += _cost(sentence, calls)
        if used <= room:
            yield sentence


def _cost(sentence: Sentence, calls: Calls) -> int:
    return calls.line_tokens(numbered(sentence.id, sentence.text))


# One call
# --------


def _request(batch: _Batch, headers: Mapping[str, str], calls: Calls) -> Request:
    prompt = _prompt(fenced(grouped(batch.sentences, headers), secret=calls.secret))
    return Request(
        system=prompt.system,
        user=prompt.user,
        schema_name=_PROMPT,
        schema=PAIR_SCHEMA,
        max_tokens=_REPLY_TOKENS,
    )


def _prompt(sources: str) -> Rendered:
    return render(_PROMPT, sources=sources, max_pairs=MAX_PAIRS)


def _read(batch: _Batch, answer: Reply | ModelError) -> tuple[tuple[tuple[str, str], ...], tuple[ModelError, ...]]:
    if isinstance(answer, ModelError):
        return (), (answer,)
    try:
        read = read_pairs(answer, shown={sentence.id for sentence in batch.sentences})
    except ReplyError as error:
        return (), (error,)
    return read.pairs, read.refused
