"""What a claim denies or turns round, against its evidence.

A word that both texts hold is compared only where they speak of the same thing: most words around it are shared
too. One text that holds a word denied and the other undenied differ; so do opposites, unless one is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, Token, finding, share
from briefing.types import Finding, FindingKind
from briefing.values.words import word_forms

#: Words that deny without being negations: where they stand, polarity is not compared.
_IMPLICIT = frozenset(
    "lack lacks lacked absent absence barred banned forbidden prohibited prevented rejected dismissed until "
    "only except stopped stop avoid avoided doubt doubts barely little seldom rarely ignore ignores ignored "
    "ignoring refused declined failed impossible".split()
)
# "Unaware", "untouched"; not "union", "uncles" or "unveiled".
_UN = re.compile(
    r"\b[Uu]n(?!i(?:t|on|que|vers|form|lateral|cef)|der|til|less|cle|animous|veil|fold|leash|earth|cover|lock|load|esco)"
    r"[a-z]{4,}"
)
_SCOPE = 4
"""Content words after a negation that it is taken to govern; later ones of the clause are often out of its reach."""


def negation(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report what one text denies and the other states."""
    yield from _denied_here(stated, shown)
    for read in shown:
        for denial in read.negations:
            if _is_stated(read, denial, stated, shown):
                detail = f"the evidence says “{read.text[denial.start : denial.end]}”"
                yield finding(FindingKind.NEGATION_DIFFERS, detail, 0, len(stated.text))
                return


#: To deny, to fail or to do without is something that the evidence may tell in other words.
_PLAIN = frozenset(
    {"not", "no", "never", "none", "no one", "nothing", "no longer", "neither", "nor", "rule out", "unlikely"}
)


def _denied_here(stated: Read, shown: Sequence[Read]) -> Iterator[Finding]:
    for denial in stated.negations:
        scope = _scope(stated, denial)
        if not scope or denial.cue not in _PLAIN:
            continue
        if any(_is_stated_there(head, scope, stated, shown) for head in scope[:_TWICE]):
            detail = "the evidence does not deny it"
            yield finding(FindingKind.NEGATION_DIFFERS, detail, denial.start, denial.end)
        elif not any(scope[0].key in read.keys or read.negations or _implies_denial(read) for read in shown):
            detail = "the evidence says nothing of what is denied"
            yield finding(FindingKind.NOT_ENTAILED, detail, denial.start, denial.end)


def _is_stated_there(head: Token, scope: Sequence[Token], stated: Read, shown: Sequence[Read]) -> bool:
    """Whether the passage most like the claim states what the claim denies, and none like it denies it."""
    holding = [read for read in shown if head.key in read.keys]
    nearest = max(holding, key=lambda read: _likeness(read, stated), default=None)
    if nearest is None or _implies_denial(nearest) or not stated.denied_at(head.start):
        return False
    twice = [token for token in nearest.tokens if token.key == head.key and _denials(nearest, token) == _TWICE]
    if not twice and (nearest.negations or any(_is_denied(read, head.key) for read in holding)):
        return False
    return share(_keys(scope), nearest.keys) >= _MOST and share(stated.keys, nearest.keys) >= _HALF


def _is_denied(read: Read, key: str) -> bool:
    return any(token.key == key and read.denied_at(token.start) for token in read.tokens)


#: What is done without, or done instead, is often put without a negation.
_OTHERWISE = frozenset({"without", "instead of", "far from"})
_TWICE = 2
_HALF, _MOST = 0.5, 0.6
_SHORT = 4
"""A passage of so few content words need not hold half of the claim's."""


def _denials(read: Read, token: Token) -> int:
    """How many negations that stand together govern a word: two of "do not rule out that", one of others."""
    starts = [n.start for n in read.negations if n.scope_start <= token.start < n.scope_end]
    return max((sum(abs(start - other) <= _TOGETHER for other in starts) for start in starts), default=0)


_TOGETHER = 12
"""Characters between two negations that undo each other."""


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens]


def _is_stated(read: Read, denial: values.Negation, stated: Read, shown: Sequence[Read]) -> bool:
    """Whether the claim states what the evidence denies, and no passage like it states it too."""
    scope = _scope(read, denial)
    if denial.cue in _OTHERWISE or not scope or scope[0].key not in stated.keys or not read.denied_at(scope[0].start):
        return False
    if stated.negations or _implies_denial(stated) or share(_keys(scope), stated.keys) < _MOST:
        return False
    near = read.within(0, denial.start)[-_SCOPE:]
    if not _SEEKING.search(stated.text):
        near += read.within(denial.scope_start, scope[0].start)
    together = frozenset(_keys([*scope, *near])) & stated.keys
    alike = share(stated.keys, read.keys)
    if len(read.keys) > _SHORT and alike < _MOST and (len(together) < _TWICE or alike < _HALF):
        return False
    return not any(_states(other, scope) and _likeness(other, stated) >= _likeness(read, stated) for other in shown)


def _states(read: Read, scope: Sequence[Token]) -> bool:
    """Whether a passage states what another denies: its first word, undenied, among most of the others."""
    head = any(token.key == scope[0].key and not read.denied_at(token.start) for token in read.tokens)
    return head and share(_keys(scope), read.keys) >= _MOST


def _likeness(read: Read, stated: Read) -> int:
    return len(read.keys & stated.keys)


# "No sign so far that the bank had been attacked" denies the attack, not the sign.
_SIGN = re.compile(
    r"\s+(?:\w+\s+)?(?:signs?|evidence|indications?|suggestions?|proof|hints?|traces?|reports?)\s(?:\w+\s){0,2}?(?:that|of)\b",
    re.I,
)

# To look for evidence of what there is no evidence of is no contradiction.
_SEEKING = re.compile(r"\b(?:look\w* for|search\w*|seek\w*|sought|hunt\w*|hop(?:e|ed|es|ing)|ask\w*|want\w*)\b", re.I)


def _scope(read: Read, denial: values.Negation) -> list[Token]:
    """The first content words that a negation governs, as far as the next comma; numbers are not denied."""
    sign = _SIGN.match(read.text, denial.scope_start, denial.scope_end)
    start = sign.end() if sign else denial.scope_start
    found = [token for token in read.within(start, denial.scope_end) if not token.key[0].isdigit()]
    return [token for token in found if token.part == found[0].part][:_SCOPE]


def _implies_denial(read: Read) -> bool:
    return not _IMPLICIT.isdisjoint(word_forms(read.text)) or _UN.search(read.text) is not None


# Opposites
# ---------

#: Who wins, buys or hires depends on which side of the verb a name stands.
_SIDED = frozenset({"outcome", "trade", "hire", "motion"})
#: "Over" and "under" turn more than they oppose.
_LOOSE = frozenset({"place"})
#: More and fewer of a thing are its rise and its fall.
_COUNTED = {"amount", "level"}
_SURE = 4
"""Words that must agree crosswise before two events count as told the other way round."""
_REACH = 8
"""Content words on either side of a word that has an opposite."""


def directions(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report words whose opposite stands in the evidence, about the same thing."""
    for direction in stated.directions:
        if direction.family in _LOOSE:
            continue
        opposite = (
            _order(direction, stated, shown) if direction.family == "order" else _turned(direction, stated, shown)
        )
        if opposite is not None:
            detail = f"the evidence says “{opposite.text}”"
            yield finding(FindingKind.CONTRADICTED_BY_EVIDENCE, detail, direction.start, direction.end)


def _turned(direction: values.Direction, stated: Read, shown: Sequence[Read]) -> values.Direction | None:
    """Return the direction of the evidence that stands among the same words, when it is the opposite."""
    left, right = _around(stated, direction)
    here = left | right
    found: list[tuple[int, bool, values.Direction]] = []
    for read in shown:
        for other in read.directions:
            if other.family != direction.family and {other.family, direction.family} != _COUNTED:
                continue
            its_left, its_right = _around(read, other)
            if direction.family == "life" and _of_other_parts(stated, read):
                continue
            if direction.family in _SIDED and left | its_left and not left & its_left:
                continue
            turned = read.denied_at(other.start) != stated.denied_at(direction.start)
            exchanged = _is_other_time(direction, stated, other, read) or _both(
                left & its_right, right & its_left
            ) > _both(left & its_left, right & its_right)
            if exchanged:
                opposed = other.sign == direction.sign and _compares(direction, stated) and _compares(other, read)
            else:
                opposed = other.sign != direction.sign and not _is_converse(direction, stated, other, read)
            opposed = opposed and not turned
            found.append((len(here & (its_left | its_right)), opposed, other))
    most = max((shared for shared, _, _ in found), default=0)
    if not found or most < _HALF * len(here) or most < min(_TWICE, len(here)):
        return None
    top = [(opposed, other) for shared, opposed, other in found if shared >= most - 1]
    return top[0][1] if all(opposed for opposed, _ in top) else None


def _of_other_parts(stated: Read, read: Read) -> bool:
    """Whether each text counts, and another number: half have died, and more than half are alive."""
    counts = [{(q.low, q.bound) for q in text.quantities if q.comparable} for text in (stated, read)]
    return all(counts) and not counts[0] & counts[1]


_COMPARATIVE = re.compile(r"more|less|worse|\w+er|ahead|behind", re.I)
_THAN = re.compile(r"(?:\s+[\w’'-]+){0,6}?\s+than\b")


def _compares(direction: values.Direction, read: Read) -> bool:
    """Whether it sets two things against each other: "more votes than", "ahead of"."""
    if not _COMPARATIVE.fullmatch(direction.text):
        return False
    return direction.family == "standing" or bool(_THAN.match(read.text, direction.end))


_THAN_LAST = re.compile(
    r"\bthan\s(?:in\s|the\s)*(?:last\b|previous\b|year\sbefore\b|a\syear\s(?:ago|earlier|before)\b)", re.I
)
_THAN_NOW = re.compile(r"\bthan\s(?:in\s)?(?:this|now|today|currently)\b", re.I)


def _is_other_time(one: values.Direction, stated: Read, other: values.Direction, read: Read) -> bool:
    """Whether one compares now with then, and the other then with now: "more last year than this"."""
    times = [
        (_THAN_LAST.search(text.text, d.end) is not None, _THAN_NOW.search(text.text, d.end) is not None)
        for d, text in ((one, stated), (other, read))
    ]
    return any(times[0]) and any(times[1]) and times[0] != times[1]


#: What is sold to one is bought by one; who joins from a place has left it for another.
_CONVERSE = {
    "trade": (re.compile(r"\bby\b"), re.compile(r"\bto\b")),
    "motion": (re.compile(r"\bfrom\b"), re.compile(r"\b(?:for|to)\b")),
}


def _is_converse(one: values.Direction, stated: Read, other: values.Direction, read: Read) -> bool:
    """Whether two opposites tell one thing from its two ends."""
    ends = _CONVERSE.get(one.family)
    if ends is None:
        return False
    told = sorted(((one, stated), (other, read)), key=lambda both: -both[0].sign)
    return all(end.search(text.text, d.end) for end, (d, text) in zip(ends, told, strict=True))


def _around(read: Read, direction: values.Direction) -> tuple[frozenset[str], frozenset[str]]:
    """The content words on either side; of "it was colder in Dorn than in Kestra", on either side of "than"."""
    before = read.within(0, direction.start)[-_REACH:]
    after = read.within(direction.end, len(read.text))[:_REACH]
    if _compares(direction, read) and (than := _THAN.match(read.text, direction.end)):
        before += [token for token in after if token.start < than.end()]
        after = [token for token in after if token.start >= than.end()]
    part = next((token.part for token in read.tokens if token.end >= direction.end), 0)
    turning = {other.start for other in read.directions}
    before, after = ([token for token in side if token.start not in turning] for side in (before, after))
    if sum(token.part == part for token in (*before, *after)) >= _TWICE:
        before, after = ([token for token in side if token.part == part] for side in (before, after))
    return frozenset(_keys(before)), frozenset(_keys(after))


def _order(direction: values.Direction, stated: Read, shown: Sequence[Read]) -> values.Direction | None:
    """Return the "before" of the evidence whose sides say the opposite of the claim's."""
    first, second = _sides(stated, direction)
    best: tuple[int, bool, values.Direction] | None = None
    for read in shown:
        for other in read.directions:
            if other.family != "order":
                continue
            its_first, its_second = _sides(read, other)
            straight = _both(first & its_first, second & its_second)
            crossed = _both(first & its_second, second & its_first)
            if straight > crossed or (crossed >= _SURE and not straight):
                agree = (direction.sign == other.sign) == (straight > crossed)
                best = max(best or (0, True, other), (max(straight, crossed), agree, other), key=lambda b: b[:2])
    return best[2] if best and best[0] > 1 and not best[1] else None


def _both(one: frozenset[str], other: frozenset[str]) -> int:
    return len(one) + len(other) if one and other else 0


def _sides(read: Read, direction: values.Direction) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the event that is placed, and of the event it is placed by."""
    before = read.within(0, direction.start)
    after = read.within(direction.end, len(read.text))
    if not before and after:
        comma = read.text.find(",", direction.end)
        before = read.within(comma, len(read.text)) if comma >= 0 else []
        after = read.within(direction.end, comma) if comma >= 0 else after
    return frozenset(t.key for t in before[-8:]), frozenset(t.key for t in after[:8])
