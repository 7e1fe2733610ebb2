"""What a judge is asked in one call: a few claims with the sentences they cite, planted ones among them.

Claim and evidence are text from outside, so all of it stands inside the fence. Order and planting depend on the
claims alone: the same claims give the same calls.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing import tokens
from briefing.fencing import fenced
from briefing.judging.planted import Planted, planted_beside
from briefing.judging.replies import JUDGE_SCHEMA, MAX_WORDS
from briefing.model import Model, Request
from briefing.prompts import Rendered, render
from briefing.types import CheckedClaim, Document

_PROMPT = "judge"
#: Room for one judgement in a reply: three passages of a long sentence's length.
_JUDGEMENT_TOKENS = 160
#: What a chat format adds around two messages, and what one set of planted claims takes more than another.
_SLACK_TOKENS = 64
#: Estimates are made with another vocabulary than the model's; smaller vocabularies need more tokens.
_ESTIMATE_MARGIN = 0.75
_PUBLISHER_CHARACTERS = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """The claims of one call, in the order of their numbers."""

    items: tuple[CheckedClaim | Planted, ...]
    request: Request
    prompt: tuple[str, str]
    """(name, `sha256:…`) of the template."""

    @property
    def claims(self) -> tuple[CheckedClaim, ...]:
        """Those that are not planted."""
        return tuple(item for item in self.items if isinstance(item, CheckedClaim))


def batches(
    claims: Sequence[CheckedClaim], documents: Sequence[Document], model: Model, *, most: int, secret: bytes
) -> tuple[Batch, ...]:
    """Put the claims into as few calls as hold `most` each and fit the model's context.

    A claim whose evidence fits no call is in none of them.
    """
    origins = {document.id: _origin(document) for document in documents}
    return tuple(_batch(run, origins, secret) for run in _runs(claims, origins, model, most))


def _origin(document: Document) -> str:
    publisher = (document.publisher or "a publisher not known")[:_PUBLISHER_CHARACTERS]
    published = document.published.date().isoformat() if document.published else "date not known"
    return f"From {publisher}, {published}:"


def _runs(
    claims: Iterable[CheckedClaim], origins: Mapping[str, str], model: Model, most: int
) -> list[list[CheckedClaim]]:
    room = _room(model)
    runs: list[list[CheckedClaim]] = []
    used = 0
    for claim in claims:
        cost = _tokens_of(_block([claim], origins, b""), model) + _JUDGEMENT_TOKENS
        if cost > room:
            continue
        if not runs or len(runs[-1]) >= most or used + cost > room:
            runs.append([])
            used = 0
        runs[-1].append(claim)
        used += cost
    return runs


def _room(model: Model) -> int:
    """Return the tokens of a call that are left for claims, their evidence and the judgements about them."""
    planted = tuple(planted_beside(""))
    empty = _prompt(_block(planted, {}, b""))
    fixed = tokens.count(empty.system + empty.user + json.dumps(JUDGE_SCHEMA), model.name)
    whole = model.context_tokens if fixed.exact else int(model.context_tokens * _ESTIMATE_MARGIN)
    return whole - fixed.tokens - _SLACK_TOKENS - _reply_tokens(len(planted))


def _tokens_of(text: str, model: Model) -> int:
    return tokens.count(text, model.name).tokens


# One call
# --------


def _batch(claims: Sequence[CheckedClaim], origins: Mapping[str, str], secret: bytes) -> Batch:
    # In an order that follows from the texts, so that nothing but reading tells the planted claims from the others.
    mixed: list[CheckedClaim | Planted] = [*claims, *planted_beside(claims[0].text)]
    items = tuple(sorted(mixed, key=_shuffled))
    rendered = _prompt(_block(items, origins, secret))
    request = Request(
        system=rendered.system,
        user=rendered.user,
        schema_name=_PROMPT,
        schema=JUDGE_SCHEMA,
        max_tokens=_reply_tokens(len(items)),
    )
    return Batch(items=items, request=request, prompt=(rendered.name, rendered.sha256))


def _shuffled(item: CheckedClaim | Planted) -> bytes:
    return hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).digest()


def _reply_tokens(claims: int) -> int:
    return 50 + _JUDGEMENT_TOKENS * claims


def _prompt(claims: str) -> Rendered:
    return render(_PROMPT, claims=claims, max_words=MAX_WORDS)


def _block(items: Sequence[CheckedClaim | Planted], origins: Mapping[str, str], secret: bytes) -> str:
    # Planted claims name the outlet of a real one: a name of their own would give them away.
    real = next((origins[item.evidence[0].source] for item in items if isinstance(item, CheckedClaim)), "")
    return fenced(
        (group for number, item in enumerate(items, start=1) for group in _groups(number, item, origins, real)),
        secret=secret,
    )


_Group = tuple[str, Sequence[tuple[str, str]]]


def _groups(number: int, item: CheckedClaim | Planted, origins: Mapping[str, str], real: str) -> Iterator[_Group]:
    yield f"Claim {number}: {item.text}", ()
    if isinstance(item, Planted):
        yield real, [(f"S{number}.1", item.sentence)]
        return
    numbered = enumerate(item.evidence, start=1)
    for source, group in groupby(numbered, key=lambda pair: pair[1].source):
        yield origins[source], [(f"S{number}.{place}", evidence.text) for place, evidence in group]
