"""Pairs about whether something happened, to how many, and to whom: the evidence is changed, and the claim is not.

Changes of a claim alone teach a model that the evidence tells what happened. Here a sentence of a document becomes what
somebody only tried, wanted, was asked or is going to do, what half of them did, or what somebody's brother did; the
sentence as it was does not follow from that. Each such pair has a twin that follows, with as much put in: what somebody
managed or was forced to do, what nearly all did, the brother's deed told as his. `stages.txt` has the stages of a thing
(charged, convicted), which the documents seldom have side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from random import Random

from training.frames import read_told
from training.grammar import Token, Tokens, children, contiguous, lowered, phrase, plain, render, root_of, splice
from training.pairs import ENTAILED, NOT_ENTAILED, Pair, pick, shown
from training.synthetic import Library, Source

# What may stand before a verb so that it has not been done; the ways of one line mean the same.
_NOT_DONE = (
    ("tried to", "attempted to", "made an attempt to", "was trying to"),
    ("wanted to", "wished to", "was eager to"),
    ("threatened to", "made a threat to"),
    ("offered to", "made an offer to", "proposed to"),
    ("planned to", "had plans to", "was planning to", "intended to"),
    ("agreed to", "said yes to a request to", "gave a promise to", "promised to"),
    ("was asked to", "had a request to", "was urged to", "got a call to"),
    ("was ordered to", "was told to", "was instructed to"),
    ("refused to", "declined to", "was not willing to"),
    ("failed to", "did not manage to", "was unable to"),
    ("will", "is going to", "is about to", "is set to"),
    ("would like to", "hopes to", "is keen to"),
    ("considered whether to", "thought about whether to", "was weighing whether to"),
    ("nearly had to", "almost had to"),
    ("is expected to", "is likely to", "is due to"),
    ("was going to", "had been about to"),
)
_DONE = (
    ("managed to", "was able to", "succeeded in an attempt to"),
    ("was forced to", "had no choice but to", "was made to"),
    ("went on to", "proceeded to", "then"),
    ("was the first to",),
    ("dared to", "had the courage to"),
    ("finally", "at last", "in the end"),
)
_ASKING = (
    ("called on {s} to", "urged {s} to", "appealed to {s} to"),
    ("wants {s} to", "would like {s} to", "hopes for {s} to"),
    ("demanded that {s}", "insisted that {s} should", "pressed for {s} to"),
    ("advised {s} to", "recommended that {s}", "suggested that {s} should"),
)
_ASKERS = (
    "the opposition",
    "a union",
    "campaigners",
    "residents",
    "her lawyer",
    "the bank",
    "critics",
    "the mayor",
    "doctors",
    "a committee of experts",
    "his family",
    "the court",
    "shareholders",
    "the neighbours",
    "a newspaper",
)
_CONDITIONS = (
    ("unless talks succeed", "if talks fail"),
    ("if the court agrees", "provided that the court agrees"),
    ("unless it rains", "if it stays dry"),
    ("if parliament approves it", "should parliament approve it"),
    ("if enough money is found", "provided that the money can be raised"),
    ("unless the owner objects", "if the owner does not object"),
)
_RELATED = (
    "brother",
    "sister",
    "lawyer",
    "father",
    "daughter",
    "wife",
    "husband",
    "son",
    "mother",
    "adviser",
    "driver",
    "neighbour",
    "former assistant",
    "best friend",
    "cousin",
    "deputy",
    "successor",
    "predecessor",
    "rival",
    "biographer",
    "doctor",
)
_RELATED_TO_BODY = (
    "a rival",
    "a supplier",
    "a former employee",
    "the owner",
    "a subsidiary",
    "a critic",
    "a customer",
    "the founder",
)
_PARTS = (
    ("two of the", "a couple of the"),
    ("some of the", "a number of the"),
    ("half of the", "one in two of the"),
    ("three of the 40", "only three of the 40"),
    ("a few of the", "a handful of the"),
    ("about a third of the", "one in three of the"),
    ("most of the", "the majority of the"),
    ("nearly all of the", "all but a few of the"),
    ("ten of the", "only ten of the"),
)
_WHOLE = ("all the", "all of the", "every one of the")
_SAYING = frozenset(
    "say tell add report announce claim think believe know note argue explain warn state suggest be have".split()
)
_KINDS = {"PERSON": "p", "ORG": "o"}
_SLOT = re.compile(r"\{(\w+)\}")
_SHORTEST, _LONGEST = 6, 32


def from_events(library: Library, rng: Random, rows: int) -> Iterator[Pair]:
    """Yield `rows` pairs, half of which follow."""
    places = [place for place in library.places() if _fits(place[0].parsed[place[1]])]
    stages = _stages(library, rng)
    made = 0
    while made < rows:
        rng.shuffle(places)
        for source, at in places:
            # The rarer a change fits, the more often it is tried first.
            tried = sorted(_MAKERS, key=lambda maker: -(rng.random() ** (1 / _MAKERS[maker])))
            made_of = (list(maker(source, at, rng)) for maker in tried)
            pairs = next(stages) if rng.random() < _STAGES else next((found for found in made_of if found), [])
            yield from pairs[: rows - made]
            made += len(pairs)
            if made >= rows:
                return


def _fits(tokens: Tokens) -> bool:
    """Whether a sentence tells plainly what somebody did."""
    verb = root_of(tokens)
    if verb is None or verb.tag != "VBD" or verb.lemma in _SAYING or not _SHORTEST <= len(tokens) <= _LONGEST:
        return False
    if children(tokens, verb.i, "aux", "auxpass", "neg", "ccomp", "expl", "conj"):
        return False
    subject = _subject(tokens)
    return bool(subject) and subject[0].i < verb.i and subject[0].tag != "PRP" and contiguous(subject)


def _subject(tokens: Tokens) -> Tokens:
    verb = root_of(tokens)
    found = children(tokens, verb.i, "nsubj") if verb else ()
    return phrase(tokens, found[0].i) if found else ()


def _verb(tokens: Tokens) -> int:
    """The position of the main verb."""
    return next(at for at, token in enumerate(tokens) if token.dep == "ROOT")


def _under(tokens: Tokens, words: str) -> Tokens:
    """Return the sentence with its verb under words that end in "to", or stand before a verb as it is."""
    at = _verb(tokens)
    verb = tokens[at]
    many = children(tokens, verb.i, "nsubj")[0].tag in ("NNS", "NNPS")
    if many:
        words = re.sub(r"\bwas\b", "were", re.sub(r"\bis\b", "are", words))
    infinitive = words.endswith("to") or words == "will"
    return splice(tokens, at, at + 1, f"{words} {verb.lemma if infinitive else verb.text}")


def _tried(source: Source, at: int, rng: Random) -> Iterator[Pair]:
    """What was not done, beside what was."""
    tokens = source.parsed[at]
    done = rng.random() < 0.5
    ways = rng.choice(_DONE if done else _NOT_DONE)
    evidence = render(_under(tokens, rng.choice(ways)))
    claim = render(tokens)
    yield _pair(
        source, at, evidence, claim, ENTAILED if done else NOT_ENTAILED, "event done" if done else "event tried", rng
    )
    told = render(_under(tokens, rng.choice(ways)))
    if not done and told != evidence:
        yield _pair(source, at, evidence, told, ENTAILED, "event tried, told so", rng)


def _asked(source: Source, at: int, rng: Random) -> Iterator[Pair]:
    tokens = source.parsed[at]
    ways = rng.choice(_ASKING)
    asker = rng.choice(_ASKERS)
    evidence, told = (_asked_of(tokens, asker, way) for way in (rng.choice(ways), rng.choice(ways)))
    yield _pair(source, at, evidence, render(tokens), NOT_ENTAILED, "event asked", rng)
    if told != evidence:
        yield _pair(source, at, evidence, told, ENTAILED, "event asked, told so", rng)


def _asked_of(tokens: Tokens, asker: str, way: str) -> str:
    """ "Campaigners urged the council to sell …": of "The council sold …"."""
    subject, verb = _subject(tokens), tokens[_verb(tokens)]
    start, end = tokens.index(subject[0]), _verb(tokens)
    opening = render(tokens[:start]).rstrip(" ,")
    named = render(lowered(subject)) if subject[0].ent else render(subject)[:1].lower() + render(subject)[1:]
    between = render(tokens[start + len(subject) : end])
    middle = way.format(s=named)
    rest = plain(tokens[end + 1 :])
    text = " ".join(part for part in (asker, middle, between.lower(), verb.lemma, rest) if part)
    return f"{opening + ', ' if opening else ''}{text if opening else text[:1].upper() + text[1:]}".replace(" .", ".")


def _on_condition(source: Source, at: int, rng: Random) -> Iterator[Pair]:
    will = _under(source.parsed[at], "will")
    condition, same = rng.sample(rng.choice(_CONDITIONS), 2)
    unconditional = render(will)
    bare = unconditional.rstrip(".")
    if unconditional.endswith("."):
        fronted = f"{condition[:1].upper()}{condition[1:]}, {bare[:1].lower()}{bare[1:]}."
        evidence = f"{bare}, {condition}." if rng.random() < 0.7 or will[0].ent else fronted
        yield _pair(source, at, evidence, unconditional, NOT_ENTAILED, "event on condition", rng)
        yield _pair(source, at, evidence, f"{bare} {same}.", ENTAILED, "event on condition, told so", rng)


def _related(source: Source, at: int, rng: Random) -> Iterator[Pair]:
    """What somebody's brother did."""
    tokens = source.parsed[at]
    subject = _subject(tokens)
    kind = subject[-1].ent
    if kind not in _KINDS or any(token.ent != kind for token in subject) or len(subject) > 4:
        return
    name = render(subject)
    if kind == "PERSON":
        related = rng.choice(_RELATED)
        article = "an" if related[0] in "aeiou" else "a"
        of = f"the {related} of {name}", f"{name}'s {related}", f"{article} {related} of {name}"
    else:
        related = rng.choice(_RELATED_TO_BODY)
        of = (f"{related} of {name}", f"{related} of {name}")
    start = tokens.index(subject[0])
    told = [render(splice(tokens, start, start + len(subject), words)) for words in of]
    evidence = rng.choice(told)
    yield _pair(source, at, evidence, render(tokens), NOT_ENTAILED, "event of another", rng)
    yield _pair(source, at, evidence, rng.choice(told), ENTAILED, "event of another, told so", rng)


def _part(source: Source, at: int, rng: Random) -> Iterator[Pair]:
    """What a part of them did."""
    tokens = source.parsed[at]
    subject = _subject(tokens)
    several = len(subject) <= 4 and subject[-1].tag == "NNS" and not subject[-1].ent
    if not several or any(t.tag in ("CD", "PRP$", "PDT", "POS") or t.dep == "conj" for t in subject):
        return
    inner = subject[1:] if subject[0].tag == "DT" else subject
    if subject[0].tag == "DT" and subject[0].text.lower() != "the":
        return
    noun = plain(inner)
    noun = noun if inner[0].tag in ("NNP", "NNPS") else noun[:1].lower() + noun[1:]
    start = tokens.index(subject[0])

    def told(words: str) -> str:
        return render(splice(tokens, start, start + len(subject), f"{words} {noun}"))

    part = rng.choice(_PARTS)
    evidence = told(rng.choice(part))
    yield _pair(
        source, at, evidence, told(rng.choice(("the", "all the", "all of the"))), NOT_ENTAILED, "event of a part", rng
    )
    whole = rng.choice(_WHOLE)
    yield _pair(
        source, at, told(whole), told(rng.choice(("the", "most of the", "some of the"))), ENTAILED, "event of all", rng
    )
    if rng.random() < 0.5:
        yield _pair(source, at, evidence, told(rng.choice(part)), ENTAILED, "event of a part, told so", rng)


def _pair(source: Source, at: int, evidence: str, claim: str, label: int, kind: str, rng: Random) -> Pair:
    """Show changed evidence alone, with its neighbours, or among what covers the claim best."""
    sentences = (*source.sentences[:at], evidence, *source.sentences[at + 1 :])
    draw = rng.random()
    if draw < 0.4:
        chosen: Sequence[int] = (at,)
    elif draw < 0.75:
        chosen = range(max(at - rng.randint(0, 1), 0), min(at + rng.randint(1, 2), len(sentences)))
    else:
        chosen = pick(claim, sentences, (at,), words=rng.choice((60, 80, 110)))
    return Pair(a=shown(sentences, chosen), b=claim, y=label, kind=kind)


_MAKERS = {_tried: 3.0, _asked: 1.5, _on_condition: 0.7, _related: 8.0, _part: 20.0}
_STAGES = 0.15

# Stages
# ------


@cache
def _read_stages() -> tuple[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], dict[str, tuple[str, ...]]]:
    """Return `(who, ways, other ways)` of every stage, and what other slots are filled with."""
    lines, slots = read_told("stages.txt")
    stages: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for kind, told in lines:
        ways, _, others = told.partition(" || ")
        stages.append((kind, tuple(ways.split(" | ")), tuple(others.split(" | "))))
    return tuple(stages), slots


def _stages(library: Library, rng: Random) -> Iterator[list[Pair]]:
    """Yield without end a stage told in another way, and another stage, of the same evidence."""
    stages, slots = _read_stages()
    names = {kind: sorted(_names(library, kind)) for kind in _KINDS}
    by = {letter: names[kind] for kind, letter in _KINDS.items()}
    while True:
        kind, ways, others = rng.choice(stages)
        source = rng.choice(library.sources)
        filling = {"a": rng.choice(by[kind])} | {slot: rng.choice(found) for slot, found in slots.items()}
        first, second, other = (_told(way, filling) for way in (*rng.sample(ways, 2), rng.choice(others)))
        at = rng.randrange(len(source.sentences))
        yield [
            _pair(source, at, first, second, ENTAILED, "event stage, told so", rng),
            _pair(source, at, first, other, NOT_ENTAILED, "event stage", rng),
        ]


def _told(way: str, filling: Mapping[str, str]) -> str:
    text = _SLOT.sub(lambda slot: filling[slot[1]], way)
    return f"{text[:1].upper()}{text[1:]}."


def _names(library: Library, kind: str) -> Iterator[str]:
    seen: set[str] = set()
    for source in library.sources:
        for tokens in source.parsed.values():
            subject: list[Token] = [token for token in _subject(tokens) if token.ent == kind]
            name = render(subject) if subject else ""
            if 1 <= len(name.split()) <= 3 and name not in seen and name[:1].isupper() and name.isascii():
                seen.add(name)
                yield name
