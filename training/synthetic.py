"""Training pairs made from real sentences: what follows from them, and what narrowly does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random

from training.corpus import Prose
from training.corrupt import Surroundings, corrupt
from training.grammar import Token, Tokens, render
from training.joining import antecedent, join, merged, mistaken
from training.pairs import ENTAILED, NEUTRAL, NOT_ENTAILED, Pair, pick, shown, terms
from training.parsing import is_reported, is_well_formed, parse
from training.rewrite import rewrite

_ROUNDS = 12
_FEWEST_SENTENCES = 4
_REPEATED = 4
_FEWEST_WORDS = 6
# Shares of the claims: of two facts with the evidence of one; without their evidence; verbatim, of those that no
# rewriting touched; of two sentences; given to the wrong person, of those with a pronoun resolved; made twice.
_HALF_SHOWN = 0.08
_REMOVED = 0.10
_VERBATIM = 0.3
_JOINED = 0.45
_MISTAKEN = 0.5
_TWICE = 0.2
#: Share of a claim's terms above which other sentences may tell it too.
_ALREADY_TOLD = 0.5


@dataclass(frozen=True, kw_only=True)
class Source:
    """One document: all its sentences, and the parses of those worth rewriting, by index."""

    sentences: tuple[str, ...]
    parsed: dict[int, Tokens]


@dataclass(frozen=True, kw_only=True)
class Library:
    """The documents that pairs are made from."""

    sources: tuple[Source, ...]

    @classmethod
    def of(cls, documents: Iterable[Prose], parses: Mapping[str, Tokens]) -> Library:
        """Return the documents that have enough sentences among `parses`; what several have is furniture."""
        kept = tuple(documents)
        told = Counter(sentence for document in kept for sentence in set(document.sentences))
        own = {sentence: tokens for sentence, tokens in parses.items() if told[sentence] == 1}
        sources = (_source(document, own) for document in kept)
        return cls(sources=tuple(source for source in sources if len(source.parsed) >= _FEWEST_SENTENCES))

    def places(self) -> list[tuple[Source, int]]:
        """Return every sentence to start from; the rare ones whose pronoun can be resolved, more than once."""
        found: list[tuple[Source, int]] = []
        for source in self.sources:
            for at, tokens in source.parsed.items():
                before = source.parsed.get(at - 1)
                found += [(source, at)] * (_REPEATED if before and antecedent(before, tokens) else 1)
        return found


def _source(document: Prose, parses: Mapping[str, Tokens]) -> Source:
    sentences = tuple(dict.fromkeys(document.sentences))
    return Source(sentences=sentences, parsed={at: parses[s] for at, s in enumerate(sentences) if s in parses})


def parse_all(documents: Iterable[Prose], cache: Path | None) -> dict[str, Tokens]:
    """Return the parse of every sentence worth rewriting; `cache` keeps the parses between runs."""
    worth = {s for document in documents for s in document.sentences if is_well_formed(s) and is_reported(s)}
    known = dict(_kept(cache)) if cache and cache.exists() else {}
    missing = sorted(worth - known.keys())
    known |= dict(zip(missing, parse(missing), strict=True))
    if cache and missing:
        _keep(known, cache)
    return {sentence: known[sentence] for sentence in sorted(worth)}


def _kept(cache: Path) -> Iterator[tuple[str, Tokens]]:
    names = [field.name for field in fields(Token)]
    with cache.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            sentence, rows = json.loads(line)
            yield sentence, tuple(Token(**dict(zip(names, row, strict=True))) for row in rows)


def _keep(parses: Mapping[str, Tokens], cache: Path) -> None:
    names = [field.name for field in fields(Token)]
    with cache.open("w", encoding="utf-8", newline="\n") as out:
        for sentence, tokens in parses.items():
            rows = [[getattr(token, name) for name in names] for token in tokens]
            out.write(json.dumps([sentence, rows], ensure_ascii=False) + "\n")


def generate(library: Library, rng: Random, rows: int) -> list[Pair]:
    """Return `rows` pairs, drawn over all documents in turn; somewhat fewer than half are entailed."""
    made: dict[tuple[str, str], Pair] = {}
    places = library.places()
    for _ in range(_ROUNDS):
        rng.shuffle(places)
        for source, at in places:
            for pair in _family(library, source, at, rng):
                made.setdefault((pair.a, pair.b), pair)
            if len(made) >= rows:
                return list(made.values())[:rows]
    return list(made.values())


@dataclass(frozen=True, kw_only=True)
class _Claim:
    tokens: Tokens
    done: tuple[str, ...]
    at: tuple[int, ...]
    """The sentences that it rests on."""


def _family(library: Library, source: Source, at: int, rng: Random) -> Iterator[Pair]:
    """Yield a claim that follows from sentence `at`, and changed ones that do not."""
    draw = rng.random()
    if draw < _HALF_SHOWN:
        yield from _half_shown(source, at, rng)
        return
    claim = _claim(source, at, rng)
    text = render(claim.tokens)
    if len(text.split()) < _FEWEST_WORDS:
        return
    if draw > 1 - _REMOVED:
        yield from _unshown(source, text, claim.at, rng)
        return
    evidence = _evidence(source, text, claim.at, rng)
    if claim.done or rng.random() < _VERBATIM:
        yield Pair(a=evidence, b=text, y=ENTAILED, kind=_kind(claim))
    if rng.random() < _TWICE:
        again = _claim(source, at, rng)
        text = render(again.tokens)
        if again.done:
            yield Pair(a=_evidence(source, text, again.at, rng), b=text, y=ENTAILED, kind=_kind(again))
    changed = _changed(library, source, claim, evidence, rng)
    if changed is not None:
        kind, tokens, label = changed
        yield Pair(a=evidence, b=render(tokens), y=label, kind=kind)


def _kind(claim: _Claim) -> str:
    return "+".join(claim.done) or "verbatim"


def _half_shown(source: Source, at: int, rng: Random) -> Iterator[Pair]:
    """Yield a claim of two facts with the evidence of one, and of both: another sentence is added to this one."""
    other = rng.choice(sorted(source.parsed))
    joined = merged(source.parsed[at], source.parsed[other], rng) if other != at else None
    if joined is None:
        return
    claim = render(joined)
    both = (min(at, other), max(at, other))
    yield Pair(a=shown(source.sentences, both), b=claim, y=ENTAILED, kind="both shown")
    rest = [sentence for index, sentence in enumerate(source.sentences) if index != other]
    given = rest.index(source.sentences[at])
    evidence = shown(rest, pick(claim, rest, (given,), words=rng.choice((60, 80, 110))))
    if _share_told(source.sentences[other], evidence) < _ALREADY_TOLD:
        yield Pair(a=evidence, b=claim, y=NEUTRAL, kind="half shown")


def _share_told(text: str, evidence: str) -> float:
    wanted = terms(text)
    return len(wanted & terms(evidence)) / len(wanted) if wanted else 1.0


def _claim(source: Source, at: int, rng: Random) -> _Claim:
    before = source.parsed.get(at - 1)
    joined = join(before, source.parsed[at], rng) if before and rng.random() < _JOINED else None
    if joined is None:
        tokens, done = rewrite(source.parsed[at], rng)
        return _Claim(tokens=tokens, done=done, at=(at,))
    name, tokens = joined
    tokens, done = rewrite(tokens, rng) if name == "resolved" else (tokens, ())
    return _Claim(tokens=tokens, done=(name, *done), at=(at - 1, at))


def _changed(
    library: Library, source: Source, claim: _Claim, evidence: str, rng: Random
) -> tuple[str, Tokens, int] | None:
    others = tuple(tokens for index, tokens in source.parsed.items() if index not in claim.at)
    if claim.done[:1] == ("resolved",) and rng.random() < _MISTAKEN:
        second = source.parsed[claim.at[-1]]
        wrong = mistaken(second, others, evidence, rng)
        return ("mistaken", wrong, NOT_ENTAILED) if wrong else None
    told = shown(source.sentences, claim.at)
    around = Surroundings(evidence=evidence, told=told, document=others, elsewhere=_elsewhere(library, rng))
    return corrupt(claim.tokens, around, rng)


def _elsewhere(library: Library, rng: Random) -> tuple[Tokens, ...]:
    found = rng.choices(library.sources, k=6)
    return tuple(tokens for source in found for tokens in source.parsed.values())


def _evidence(source: Source, claim: str, at: tuple[int, ...], rng: Random) -> str:
    """Return the sentences `at` alone, with their neighbours, or among those that cover the claim best."""
    draw = rng.random()
    if draw < 0.3:
        return shown(source.sentences, at)
    if draw < 0.6:
        before, after = rng.choice(((0, 1), (1, 0), (1, 1), (0, 2)))
        near = range(max(at[0] - before, 0), min(at[-1] + after + 1, len(source.sentences)))
        return shown(source.sentences, (index for index in near if index in at or _is_text(source.sentences[index])))
    return shown(source.sentences, pick(claim, source.sentences, at, words=rng.choice((60, 80, 110))))


def _is_text(sentence: str) -> bool:
    return 4 <= len(sentence.split()) <= 40


def _unshown(source: Source, claim: str, at: tuple[int, ...], rng: Random) -> Iterator[Pair]:
    """Yield the claim with the sentences most like it, its own left out, where those do not tell it."""
    rest = [sentence for index, sentence in enumerate(source.sentences) if index not in at]
    evidence = shown(rest, pick(claim, rest, words=rng.choice((60, 80, 110))))
    if _share_told(claim, evidence) < _ALREADY_TOLD:
        yield Pair(a=evidence, b=claim, y=NEUTRAL, kind="evidence removed")
