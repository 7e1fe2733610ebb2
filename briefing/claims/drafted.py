"""Draft with a model that is shown numbered sentences and answers with claims that cite their numbers.

The model never vouches for anything: what it wrote is a proposal that the checks judge. Nothing of a source
is cut without saying so: a story that does not fit one call is drafted in several, and a sentence that fits
none is named in `Draft.not_shown`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.calls import Calls, grouped, headers_of, refusal, usage_of
from briefing.claims.parts import Part, Room, parts_of
from briefing.errors import ConfigError, ModelError, ReplyError
from briefing.fencing import fenced
from briefing.model import Reply, Request
from briefing.prompts import DRAFT_SCHEMA, MAX_CITES, MAX_LEAD, DraftReply, Rendered, read_draft, render
from briefing.types import Claim, Document, Draft, Refusal, Sentence, Stories, Story, Usage

#: Looks at all calls of a draft before the first is sent, and raises where they may not be.
Admit = Callable[[Sequence[Request]], None]

_PROMPT = "draft_claims"
#: Less room than this for sentences, and drafting is not worth a call.
_LEAST_ROOM = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """All calls of a draft, made out before the first is sent."""

    parts: tuple[Part, ...]
    requests: tuple[Request, ...]
    """One per part."""
    prompt: Rendered
    """As it is without sources."""
    exact: bool
    """Whether tokens were counted with the model's own vocabulary."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drafted:
    """What one call gave: a draft, or the error that says why there is none."""

    part: Part
    draft: DraftReply | ModelError


def draft_with_model(
    stories: Stories,
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    calls: Calls,
    *,
    max_claims: int,
    admit: Admit = lambda _: None,
) -> Draft:
    """Ask for at most `max_claims` claims per story, in one call or in as few as the model's context allows.

    A call that failed, and a reply or a claim of it that cannot be used, becomes a `Refusal`, and the rest goes
    on; when every call failed, the last error is raised, a `ModelError` with the usage of all. Raises
    `ConfigError` when the model's context is too small for the instructions. A story that takes more than
    `max_claims` calls gets one claim from each. The result does not depend on which call is answered first.
    `admit` is called with all requests before the first is sent, and may raise what it likes.
    """
    plan = _plan(stories, documents, sentences, calls, max_claims)
    admit(plan.requests)
    answers = calls.ask(plan.requests)
    drafted = [_Drafted(part=p, draft=_read(p, answer)) for p, answer in zip(plan.parts, answers, strict=True)]
    usage = usage_of(answers)
    _raise_if_none(drafted, usage)
    claims, leads = _numbered(stories.stories, drafted)
    shown = {sentence.id for part in plan.parts for sentence in part.sentences}
    parts_told = Counter(part.story.id for part in plan.parts)
    return Draft(
        drafter=f"model:{calls.model.name}",
        claims=claims,
        leads=leads,
        not_shown=tuple(sentence.id for sentence in sentences if sentence.id not in shown),
        in_parts=tuple(story for story, parts in parts_told.items() if parts > 1),
        refused=tuple(refused for answer in drafted for refused in _refusals(answer)),
        usage=usage,
        prompts=((plan.prompt.name, plan.prompt.sha256),) if plan.parts else (),
        model=(
            ("name", calls.model.name),
            ("temperature", "0"),
            ("seed", "0"),
            ("tokens", "exact" if plan.exact else "estimated"),
        ),
    )


def planned_requests(
    stories: Stories,
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    calls: Calls,
    *,
    max_claims: int,
) -> tuple[Request, ...]:
    """Return what `draft_with_model` would send first. Asks nothing; raises `ConfigError` as it would."""
    return _plan(stories, documents, sentences, calls, max_claims).requests


# Before the first call
# ---------------------


def _plan(
    stories: Stories, documents: Sequence[Document], sentences: Iterable[Sentence], calls: Calls, max_claims: int
) -> _Plan:
    empty = _prompt(fenced([], secret=b""), max_claims)
    reply = calls.reply_tokens(max_claims)
    tokens, exact = calls.room(empty, DRAFT_SCHEMA, reply=reply)
    if tokens < _LEAST_ROOM:
        raise ConfigError(
            calls.model.name,
            f"a context of {calls.model.context_tokens} tokens leaves no room for sources",
            hint="set a larger context, or ask for fewer claims",
        )
    headers = headers_of(documents)
    header_tokens = {source: calls.line_tokens(header) for source, header in headers.items()}
    room = Room(tokens=tokens, header_tokens=header_tokens, line_tokens=calls.line_tokens)
    by_source: dict[str, list[Sentence]] = {document.id: [] for document in documents}
    for sentence in sentences:
        by_source[sentence.source].append(sentence)
    parts = tuple(part for s in stories.stories for part in parts_of(s, by_source, room, max_claims=max_claims))
    return _Plan(
        parts=parts,
        requests=tuple(_request(part, headers, calls) for part in parts),
        prompt=empty,
        exact=exact,
    )


def _request(part: Part, headers: Mapping[str, str], calls: Calls) -> Request:
    prompt = _prompt(fenced(grouped(part.sentences, headers), secret=calls.secret), part.max_claims)
    return Request(
        system=prompt.system,
        user=prompt.user,
        schema_name=_PROMPT,
        schema=DRAFT_SCHEMA,
        max_tokens=calls.reply_tokens(part.max_claims),
    )


def _prompt(sources: str, max_claims: int) -> Rendered:
    return render(_PROMPT, sources=sources, max_claims=max_claims, max_cites=MAX_CITES, max_lead=MAX_LEAD)


# One answer
# ----------


def _read(part: Part, answer: Reply | ModelError) -> DraftReply | ModelError:
    if isinstance(answer, ModelError):
        return answer
    try:
        return read_draft(answer, shown={sentence.id for sentence in part.sentences})
    except ReplyError as error:
        return error


def _raise_if_none(drafted: Sequence[_Drafted], usage: Usage) -> None:
    errors = [answer.draft for answer in drafted if isinstance(answer.draft, ModelError)]
    if errors and len(errors) == len(drafted):
        errors[-1].usage = usage
        raise errors[-1]


def _refusals(answer: _Drafted) -> Iterator[Refusal]:
    draft, part = answer.draft, answer.part
    for error in (draft,) if isinstance(draft, ModelError) else draft.refused:
        yield refusal(part.story.id, error)
    surplus = () if isinstance(draft, ModelError) else draft.claims[part.max_claims :]
    for claim in surplus:
        printed = json.dumps({"text": claim.text, "cites": claim.cites}, ensure_ascii=False)
        yield Refusal(story=part.story.id, error=f"more than {part.max_claims} claims", reply=printed)


# All answers together
# --------------------


def _numbered(
    stories: Iterable[Story], drafted: Sequence[_Drafted]
) -> tuple[tuple[Claim, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Number the claims of all stories in order, each text once per story, and say which open each story."""
    claims: list[Claim] = []
    leads = []
    for story in stories:
        ids: dict[str, str] = {}
        lead: tuple[str, ...] = ()
        for draft, most in _drafts(story, drafted):
            for claim in draft.claims[:most]:
                if (folded := folded_text(claim.text)) not in ids:
                    ids[folded] = f"C{len(claims) + 1}"
                    claims.append(Claim(id=ids[folded], story=story.id, text=claim.text, cites=claim.cites))
            # The first part that names a lead has the openings of all sources.
            lead = lead or _lead(draft, most, ids)
        leads.append((story.id, lead))
    return tuple(claims), tuple(leads)


def _drafts(story: Story, drafted: Iterable[_Drafted]) -> Iterator[tuple[DraftReply, int]]:
    for answer in drafted:
        if answer.part.story.id == story.id and isinstance(answer.draft, DraftReply):
            yield answer.draft, answer.part.max_claims


def _lead(draft: DraftReply, most: int, ids: Mapping[str, str]) -> tuple[str, ...]:
    texts = (draft.claims[position].text for position in draft.lead if position < most)
    return tuple(dict.fromkeys(ids[folded_text(text)] for text in texts))


def folded_text(text: str) -> str:
    """Fold what does not make two claims two.

    >>> folded_text("A ferry sank.") == folded_text("a ferry sank")
    True
    """
    return text.casefold().strip(" .")
