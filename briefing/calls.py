"""What every call to a model needs, whatever it is about: whom to ask, how much fits, what to do with a failure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from briefing import tokens
from briefing.errors import ModelError
from briefing.fencing import visible
from briefing.model import Model, Reply, Request, ask_all
from briefing.prompts import Rendered
from briefing.types import Document, Refusal, Sentence, Usage

#: Room for one claim with its ids in a reply: twice what the longest claims of English news take.
CLAIM_TOKENS = 160
#: What a chat format adds around two messages; the best known ones add 3 to 8.
_FRAME_TOKENS = 32
#: Estimates are made with another vocabulary than the model's; smaller vocabularies need more tokens.
_ESTIMATE_MARGIN = 0.75
_PUBLISHER_CHARACTERS = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Calls:
    """How a model is asked: by several threads, with text of sources fenced under a secret."""

    model: Model
    secret: bytes
    """What makes the marker lines around text of sources unpredictable."""
    jobs: int = 1

    def ask(self, requests: Sequence[Request]) -> tuple[Reply | ModelError, ...]:
        """Ask all, at most `jobs` at a time; the answers stand in the order of the requests."""
        return ask_all(self.model, requests, jobs=self.jobs)

    def line_tokens(self, line: str) -> int:
        """Count one line of a prompt."""
        # With its line break: no vocabulary joins what stands on both sides of one, so that the counts add up.
        return tokens.count(f"{line}\n", self.model.name).tokens

    def reply_tokens(self, claims: int) -> int:
        """Return the limit for a reply of that many claims: never more than half of the context."""
        return min(200 + CLAIM_TOKENS * claims, self.model.context_tokens // 2)

    def room(self, empty: Rendered, schema: Mapping[str, Any], *, reply: int) -> tuple[int, bool]:
        """Return how many tokens are left for what a prompt is to show, and whether they were counted exactly."""
        instructions = tokens.count(empty.system + empty.user + json.dumps(schema), self.model.name)
        prompt = self.model.context_tokens - reply
        if not instructions.exact:
            prompt = int(prompt * _ESTIMATE_MARGIN)
        return prompt - instructions.tokens - _FRAME_TOKENS, instructions.exact


def headers_of(documents: Iterable[Document]) -> dict[str, str]:
    """Return, for each source, the line that stands above its sentences."""
    return {document.id: _header(document) for document in documents}


def _header(document: Document) -> str:
    publisher = visible(document.publisher or "publisher not known")[:_PUBLISHER_CHARACTERS]
    published = document.published.date().isoformat() if document.published else "date not known"
    return f"{document.id} | {publisher} | {published}"


def grouped(sentences: Iterable[Sentence], headers: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Put neighbouring sentences of one source under its header, as `fenced` takes them."""
    return [
        (headers[source], [(sentence.id, sentence.text) for sentence in group])
        for source, group in groupby(sentences, key=lambda sentence: sentence.source)
    ]


def usage_of(answers: Iterable[Reply | ModelError]) -> Usage:
    """Add up what the answers cost, those that failed included."""
    return sum((answer.usage for answer in answers), Usage())


def refusal(story: str, error: ModelError, *, about: str = "") -> Refusal:
    """Keep an error, and the reply that it is about, for the manifest.

    >>> from briefing.errors import ModelUnavailable
    >>> refusal("T1", ModelUnavailable("m", "no answer", hint="wait"), about="repair").error
    'repair: ModelUnavailable: no answer'
    """
    said = f"{type(error).__name__}: {error.message}"
    return Refusal(story=story, error=f"{about}: {said}" if about else said, reply=getattr(error, "reply", ""))
