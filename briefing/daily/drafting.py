"""How the stories of a day are drafted: by a model, and without it where it fails."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from briefing import __version__, pipeline
from briefing.errors import ModelError
from briefing.model import Model, Request
from briefing.plan import Plan
from briefing.types import Briefing


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafting:
    """Whom to ask, and how; without a model the sentences of the sources are the draft."""

    model: Model | None = None
    judge: Model | None = None
    secret: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    admit: Callable[[Sequence[Request]], None] = lambda _requests: None
    jobs: int = 4
    repairs: int = 1
    entailment: bool = True
    cross_check: bool = False

    @property
    def model_name(self) -> str | None:
        """Who drafts; None where nobody is asked."""
        return self.model.name if self.model else None

    def fingerprint(self, plan: Plan) -> str:
        """Return what an edition depends on besides articles and earlier editions, as one digest."""
        names = [model.name if model else None for model in (self.model, self.judge)]
        how = [__version__, *names, self.repairs, self.entailment, self.cross_check]
        topics = [[t.name, t.keywords, t.must, t.must_not, t.weight] for t in plan.topics]
        which = [plan.title, topics, plan.only_topics, plan.languages, plan.stories, plan.claims, plan.site]
        spans = [plan.max_age.total_seconds(), plan.follow.total_seconds(), str(plan.zone)]
        return "sha256:" + hashlib.sha256(json.dumps([how, which, spans]).encode()).hexdigest()

    def brief(
        self, reading: pipeline.Reading, job: pipeline.Job, untold: frozenset[str]
    ) -> tuple[Briefing, ModelError | None]:
        """Brief a story; where the model fails, do it without, and return why."""
        try:
            return pipeline.brief(
                reading, job, untold=untold, model=self.model, judge=self.judge, admit=self.admit
            ), None
        except ModelError as error:
            return pipeline.brief(reading, job, untold=untold), error
