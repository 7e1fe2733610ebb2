"""Pairs written for this purpose: an invented passage, statements that follow from it, and statements that do not.

Rules that change real sentences make the same few kinds of error again and again, and hardly ever say a thing in words
of its own. `written/*.jsonl` has passages of all sorts with statements of either kind, in the words of the passage or
in others; a line is `{"a": passage, "t": [statements that follow], "f": [statements that do not]}`. Every name and
event in them is invented. A passage longer than the model reads is an article: each statement then has what the checker
finds for it there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from random import Random

from training.corpus import Prose, sentences_of
from training.pairs import ENTAILED, NOT_ENTAILED, Pair, pick, shown, terms

FOLDER = Path(__file__).with_name("written")
#: Share of pairs whose evidence has a second passage beside the first, as a passage found in a document has.
_AMONG = 0.25
_MOST_WORDS = 110
#: Share of an article's statements that are shown with one sentence, and how many of a statement's terms it must hold:
#: the checker asks about single sentences too.
_ALONE = 0.25
_LEAST_ALONE = 0.75
#: Share of statements without their full stop, as headlines and highlights are written.
_UNSTOPPED = 0.1
#: Of how many statements about other articles those most like an article are looked at, and how many of these.
_DRAWN = 2_000
_LIKE = 8
_TOGETHER = 8
_ASIDE = 0.1
_NAMING = re.compile(r"[A-Z\d]")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A passage, with what follows from it and what does not."""

    text: str
    follow: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def is_article(self) -> bool:
        """Whether it is longer than what the checker shows the model."""
        return len(self.text.split()) > _MOST_WORDS


def read_written(folder: Path = FOLDER) -> tuple[list[Written], list[Written]]:
    """Return the passages to train on, and the tenth kept aside; the same in every training."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = map(json.loads, lines)
    passages = [Written(text=row["a"], follow=tuple(row["t"]), others=tuple(row["f"])) for row in rows]
    return [p for p in passages if not _is_aside(p.text)], [p for p in passages if _is_aside(p.text)]


def _is_aside(text: str) -> bool:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) < _ASIDE * 2**32


def written_prose(passages: Sequence[Written]) -> Iterator[Prose]:
    """Yield the passages as documents of a few each, whose sentences are rewritten and corrupted as those of others.

    >>> fox = Written(text="A fox slept. It woke.", follow=(), others=())
    >>> [len(prose.sentences) for prose in written_prose([fox] * 10)]
    [16, 4]
    """
    for start in range(0, len(passages), _TOGETHER):
        texts = (passage.text for passage in passages[start : start + _TOGETHER])
        yield Prose(cluster=f"written {start}", text="\n".join(texts))


def from_written(passages: Sequence[Written], rng: Random) -> Iterator[Pair]:
    """Yield every statement with its passage, some of them among others, or with what is found for it in an article.

    >>> fox = Written(text="A fox slept.", follow=("A fox was asleep.",), others=("A fox ran.",))
    >>> [pair.y for pair in from_written([fox], Random(0))]
    [0, 3]
    """
    for passage in passages:
        kind = "article" if passage.is_article else "written"
        for label, statements in ((ENTAILED, passage.follow), (NOT_ENTAILED, passage.others)):
            for statement in statements:
                evidence = _evidence(passage, statement, rng.choice(passages).text, rng)
                told = statement.removesuffix(".") if rng.random() < _UNSTOPPED else statement
                yield Pair(a=evidence, b=told, y=label, kind=kind)


def from_strangers(passages: Sequence[Written], rng: Random) -> Iterator[Pair]:
    """Yield for every article a statement about another that names nothing: what an inventing writer might add.

    It shares words with the article, so that something is found for it there, and has one at least that the article
    has not.

    >>> fox = Written(text="The fox slept. " * 40, follow=(), others=())
    >>> owl = Written(text="An owl and a fox fled. " * 30, follow=("An old fox was asleep.",), others=())
    >>> [pair.b for pair in from_strangers([fox, owl], Random(0))]
    ['An old fox was asleep.']
    """
    articles = [passage for passage in passages if passage.is_article]
    nameless = [(s, passage.text) for passage in articles for s in passage.follow if not _NAMING.search(s, 1)]
    for article in articles:
        held = terms(article.text)
        drawn = [s for s, text in rng.sample(nameless, min(_DRAWN, len(nameless))) if text != article.text]
        near = [s for s in drawn if held & terms(s) and terms(s) - held]
        near.sort(key=lambda s: len(held & terms(s)) / len(terms(s)), reverse=True)
        if near:
            statement, sentences = rng.choice(near[:_LIKE]), _sentences(article.text)
            evidence = shown(sentences, pick(statement, sentences))
            yield Pair(a=evidence, b=statement, y=NOT_ENTAILED, kind="article of another")


def _evidence(passage: Written, statement: str, other: str, rng: Random) -> str:
    if not passage.is_article:
        return _among(passage.text, other, rng)
    sentences = _sentences(passage.text)
    if rng.random() < _ALONE:
        wanted = terms(statement)
        nearest = max(sentences, key=lambda sentence: len(wanted & terms(sentence)))
        if len(wanted & terms(nearest)) >= _LEAST_ALONE * len(wanted):
            return nearest
    return shown(sentences, pick(statement, sentences))


@lru_cache(maxsize=4)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(sentences_of(text))


def _among(passage: str, other: str, rng: Random) -> str:
    if other == passage or rng.random() >= _AMONG or len(passage.split()) + len(other.split()) > _MOST_WORDS:
        return passage
    return f"{passage} {other}" if rng.random() < 0.5 else f"{other} {passage}"
