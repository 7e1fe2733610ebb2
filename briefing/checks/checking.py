"""The order of things: what a claim cites, then the sentence before it, then whatever else may bear it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.checks.clauses import clauses
from briefing.checks.policy import POLICY, CheckPolicy
from briefing.checks.trials import Sources, Trial, antecedents, excluded, hold, nameless, says_it, unlocated
from briefing.checks.verdicts import checked, contradicted, objected, publishable, sure
from briefing.checks.weighing import between, weigh, words_of
from briefing.consistency import settled
from briefing.entailment import Entailment
from briefing.retrieval import Index
from briefing.terms import content_terms
from briefing.types import COMPARED_LANGUAGES, CheckedClaim, Claim, Document, Sentence, Story


def check(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    stories: Sequence[Story] = (),
    *,
    entailment: Entailment | None = None,
    policy: CheckPolicy = POLICY,
) -> tuple[CheckedClaim, ...]:
    """Check every claim against the sentences it cites; then, if those are silent, against all others.

    A claim that its own citation contradicts is never rescued by another source: that is a dispute. A claim that
    cites nothing is checked against everything. With `stories`, support for a claim of one is not looked for in
    another. Without `entailment` the rules decide alone, and no reworded claim gets beyond `partly`.
    """
    checker = _Checker(Sources(documents, sentences, stories, kin=entailment is not None), policy, entailment)
    return tuple(checker.check(claim) for claim in claims)


@dataclass(frozen=True, slots=True)
class _Checker:
    sources: Sources
    policy: CheckPolicy
    entailment: Entailment | None

    def check(self, claim: Claim) -> CheckedClaim:
        if not claim.cites:
            return checked(claim, self._anywhere(claim), self.policy)
        trial = self._cited(claim)
        if not publishable(trial, self.policy) and not contradicted(trial):
            moved = self._with_antecedents(claim, trial) or self._elsewhere(claim)
            if moved:
                return checked(claim, moved, self.policy, moved_from=claim.cites)
        return checked(claim, trial, self.policy)

    def _cited(self, claim: Claim) -> Trial:
        cited = self.sources.cited(claim)
        if not cited:
            return excluded(claim)
        return self._weighed(claim, self._held(claim, cited), least=self.policy.least_located)

    def _with_antecedents(self, claim: Claim, trial: Trial) -> Trial | None:
        """Try again with the sentences that say whom a pronoun means.

        Only for sentences that were cited: in a search of the whole text it lets more false claims through than
        true ones.
        """
        added = antecedents(trial.cited, self.sources)
        if not added:
            return None
        again = self._weighed(claim, self._held(claim, [*trial.cited, *added]), least=self.policy.least_located)
        return again if publishable(again, self.policy) else None

    def _elsewhere(self, claim: Claim) -> Trial | None:
        """Look for sentences it did not cite that bear it out; to move a claim takes more than to leave it."""
        found = self._found(claim, besides=claim.cites)
        return found if found and sure(found, self.policy) else None

    def _anywhere(self, claim: Claim) -> Trial:
        """Hold a claim without a citation against what bears it out, else against what is most like it.

        The latter says what is wrong with it.
        """
        found = self._found(claim)
        if found and sure(found, self.policy):
            return found
        nearest = hold(claim, self.sources.nearest(claim, 1), self.sources, least=self.policy.least_located)
        if found and publishable(found, self.policy) and not self._told_otherwise(nearest):
            return found
        if objected(nearest, self.policy):
            return nearest
        return found or unlocated(claim, nearest)

    def _told_otherwise(self, nearest: Trial) -> bool:
        """Whether the sentence most like a claim has most of its words and says the contrary."""
        return nearest.share >= self.policy.least_retold and contradicted(nearest)

    def _found(self, claim: Claim, besides: Sequence[str] = ()) -> Trial | None:
        """Return the trial of the first sentences that bear the claim out, else of the likeliest without objections."""
        likeliest = self._likeliest(claim, besides)
        if likeliest is None or sure(likeliest, self.policy):
            return likeliest
        closer = (self._beside_passage(claim, *look) for look in self._closer(claim, besides))
        return next((trial for trial in closer if sure(trial, self.policy)), likeliest)

    def _likeliest(self, claim: Claim, besides: Sequence[str]) -> Trial | None:
        likeliest: Trial | None = None
        asked = 0
        for cited in self._choices(claim, besides):
            trial = self._completed(claim, hold(claim, cited, self.sources, least=self._least_moved()))
            if objected(trial, self.policy):
                continue
            trial = self._beside_passage(claim, trial)
            if objected(trial, self.policy):
                continue
            if sure(trial, self.policy):
                return trial
            likeliest = trial if likeliest is None else max(likeliest, trial, key=_likelihood)
            asked += 1
            if asked == self.policy.asked_elsewhere:
                break
        return likeliest

    def _closer(self, claim: Claim, besides: Sequence[str]) -> Iterable[tuple[Trial, str]]:
        """Yield what a closer look may settle, and what of it the model is to read.

        That is a clause of a sentence, which must hold all that the sentence has of the claim, and the best sentence
        with its context.
        """
        near = [s for s in self.sources.nearest(claim, self.policy.looked_closer) if s.id not in besides]
        alone = [hold(claim, (sentence,), self.sources, least=self._least_moved()) for sentence in near]
        for sentence, trial in zip(near, alone, strict=True):
            if not objected(trial, self.policy):
                yield from ((trial, part) for part in self._clauses(claim, sentence))
        if near and (nameless(alone[0]) or not objected(alone[0], self.policy)) and says_it(claim, near[0]):
            for both in self._in_context(claim, near[0]):
                yield both, words_of(both.cited)

    def _in_context(self, claim: Claim, sentence: Sentence) -> Iterable[Trial]:
        """Yield a sentence with the one before it, and with the first of its document where that has more of the claim.

        These may only say who or what it is about: every figure of the claim, and who says it, stands in the sentence
        itself.
        """
        lacking = set(content_terms(claim.text)) - set(content_terms(sentence.text))
        before, opening = self.sources.before(sentence), self.sources.opening(sentence)
        if before:
            yield hold(claim, (before, sentence), self.sources, least=self._least_moved())
        if opening and opening not in (before, sentence) and lacking & set(content_terms(opening.text)):
            yield hold(claim, (opening, sentence), self.sources, least=self._least_moved())

    def _clauses(self, claim: Claim, sentence: Sentence) -> Iterable[str]:
        wanted = set(content_terms(claim.text))
        parts = (sentence.text[start:end] for start, end in clauses(sentence.text))
        held = wanted & set(content_terms(sentence.text))
        return [part for part in parts if held <= set(content_terms(part))][:1]

    def _completed(self, claim: Claim, trial: Trial) -> Trial:
        wider = self.sources.completed(claim, trial) if objected(trial, self.policy) else trial.cited
        if len(set(wider)) == len(trial.cited):
            return trial
        return hold(claim, wider, self.sources, least=self._least_moved())

    def _choices(self, claim: Claim, besides: Sequence[str]) -> Iterable[tuple[Sentence, ...]]:
        """Yield single sentences, best first, and after the first of them the passage of its document."""
        near = [s for s in self.sources.nearest(claim, self.policy.tried_elsewhere) if s.id not in besides]
        for position, sentence in enumerate(near):
            yield (sentence,)
            if not position:
                yield self.sources.passage(claim, sentence.source)

    def _least_moved(self) -> float:
        return self.policy.least_moved if self.entailment is None else self.policy.least_weighed

    def _held(self, claim: Claim, cited: Sequence[Sentence]) -> Trial:
        least = self.policy.least_located if self.entailment is None else self.policy.least_weighed
        return hold(claim, cited, self.sources, least=least)

    def _beside_passage(self, claim: Claim, trial: Trial, part: str = "") -> Trial:
        """Weigh sentences that were found for a claim, or a part of them, and what their document has of it besides.

        A sentence alone can look as if it bore out what the rest of its document tells otherwise.
        """
        alone = self._weighed(claim, trial, part, least=self.policy.least_moved)
        if self.entailment is None or alone.score is None or alone.score < self.policy.withhold:
            return alone
        passage = self.sources.passage(claim, trial.cited[0].source)
        whole = self._score(claim, replace(trial, cited=passage), words_of(passage), self.entailment)
        return alone if whole is None or whole >= alone.score else replace(alone, score=between(alone.score, whole))

    def _weighed(self, claim: Claim, trial: Trial, passage: str = "", *, least: float) -> Trial:
        """Ask the entailment model, where the rules leave anything to ask and the model knows the language.

        It reads `passage`, or all the sentences of the trial. A claim that shares less than `least` of its words with
        the sentences counts as located only if it is likely.
        """
        if self.entailment is None or trial.verbatim or objected(trial, self.policy):
            return trial
        score = self._score(claim, trial, passage or words_of(trial.cited), self.entailment)
        if trial.share < least and (score is None or score < self.policy.located):
            return unlocated(claim, trial)
        return replace(trial, score=score)

    def _score(self, claim: Claim, trial: Trial, passage: str, entailment: Entailment) -> float | None:
        if any(self.sources.documents[s.source].language not in COMPARED_LANGUAGES for s in trial.cited):
            return None
        return weigh(settled(claim.text, self.sources.passages(trial.cited)), passage, entailment)


def likelihood(text: str, sentences: Sequence[Sentence], entailment: Entailment) -> float:
    """Return the probability that the sentences of one document bear a statement out, rules aside.

    Only the passage of it that holds most of the statement's terms is weighed.
    """
    return weigh(text, words_of(Index(sentences).passage(text)), entailment)


def _likelihood(trial: Trial) -> float:
    return trial.score or 0.0
