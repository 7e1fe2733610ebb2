"""Names and titles of a claim against those of its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, finding, key_of, read, split_words
from briefing.types import Finding, FindingKind
from briefing.values.gazetteer import word_set
from briefing.values.roles import FORMER, MODIFIERS

# Names
# -----


def names(stated: Read, shown: Sequence[Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """Report names that the evidence does not have, in any spelling."""
    given = [name.text for read in shown for name in read.names]
    given += [outlet for passage in passages for outlet in passage.outlets]
    words = frozenset[str]().union(*(read.words for read in shown))
    figures = [(q.start, q.end) for q in stated.quantities]
    for name in stated.names:
        if any(start <= name.start and name.end <= end for start, end in figures):
            continue
        if (long := _long_form(name, stated.text)) and words.issuperset(long):
            continue
        if not all(_is_given(part, given, words) for part in _JOINED.split(name.text)):
            yield finding(FindingKind.NAME_ABSENT, "not in the evidence", name.start, name.end)
        elif rival := _in_its_place(name, stated, shown):
            yield finding(FindingKind.NAME_ABSENT, f"the evidence says {rival.text} there", name.start, name.end)


def _long_form(name: values.Name, text: str) -> list[str]:
    """Return the words before it that it only shortens: "artificial intelligence" before "(AI)"."""
    before, after = text[: name.start], text[name.end :]
    if not (name.text.isupper() and before.endswith(" (") and after.startswith(")")):
        return []
    words = split_words(before[:-1])[-len(name.text) :]
    return words if "".join(word[:1] for word in words) == name.text.casefold() else []


_SAME_SENTENCE = 0.8
"""Share of the claim's words, names aside, that a passage must hold to be the one it tells again."""


def _in_its_place(name: values.Name, stated: Read, shown: Sequence[Read]) -> values.Name | None:
    """Return another name that stands between the same two words, in a passage that tells the claim and lacks the name.

    That a third passage has the name does not help: "nobody need leave Kostrin" is not told of Kostrel.
    """
    beside = _beside(name, stated)
    if not all(beside):
        return None
    named = {token.key for other in stated.names for token in stated.within(other.start, other.end)}
    telling = [read for read in shown if _tells(read, stated.keys - named)]
    if any(_is_given(name.text, [other.text for other in read.names], read.words) for read in telling):
        return None
    others = (other for read in telling for other in read.names if _beside(other, read) == beside)
    return next((other for other in others if not named & set(map(key_of, split_words(other.text)))), None)


def _tells(read: Read, keys: frozenset[str]) -> bool:
    return bool(keys) and len(read.keys & keys) >= _SAME_SENTENCE * len(keys)


def _beside(name: values.Name, read: Read) -> tuple[str, str]:
    """The content words on either side of a name; empty at an end of the text."""
    before, after = read.within(0, name.start)[-1:], read.within(name.end, len(read.text))[:1]
    return (before[0].key if before else ""), (after[0].key if after else "")


def respelled(stated: Read, shown: Sequence[Read]) -> Iterator[tuple[int, int, str]]:
    """Yield the names that the evidence spells otherwise, with its spelling; only where it has just one for them."""
    words = frozenset[str]().union(*(read.words for read in shown))
    for name in stated.names:
        if words.issuperset(split_words(name.text)):
            continue
        spellings = {other.text for read in shown for other in read.names if values.same_name(name.text, other.text)}
        if len(spellings) == 1:
            yield name.start, name.end, spellings.pop()


# "Bell of the Greens", "Bell for Peru": two names, which the evidence may give apart.
_JOINED = re.compile(r"\s(?:of|for|from|and)\s(?:the\s)?")


def _is_given(name: str, given: Sequence[str], words: frozenset[str]) -> bool:
    pieces = split_words(name)
    alike = [other for other in given if values.same_name(name, other)]
    if alike:
        # "R. Bell" is not Bell where the only Bell of the evidence is Tom.
        told = len(pieces) < _FULL or any(" " in other for other in alike) or words.issuperset(pieces)
        return told or not _namesakes(pieces[-1], given)
    # An initial stands for a given name only beside the same surname.
    if len(pieces) > 1 and any(len(piece) == 1 for piece in pieces):
        return False
    return all(
        piece in words
        or (piece.endswith("s") and piece[:-1] in words)
        or (name.isupper() and f"{piece}s" in words)
        or any(values.same_name(piece, other) for other in given)
        for piece in pieces
    )


_FULL = 2


def _namesakes(surname: str, given: Sequence[str]) -> bool:
    return any(len(words := split_words(other)) >= _FULL and words[-1] == surname for other in given)


# Titles
# ------

#: Heads that say too little to be at odds with any other.
_VAGUE = word_set("""
    leader head official chief officer politician diplomat expert deputy victim suspect candidate activist owner founder
    author agent representative coordinator editor scientist lawmaker
""")


def addresses(stated: Read, shown: Sequence[Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """A reader may be sent only where the evidence, or its publisher's name, sends one."""
    if not stated.addresses:
        return
    given = {address.key for read in shown for address in read.addresses}
    given |= {outlet.casefold() for passage in passages for outlet in passage.outlets}
    for address in stated.addresses:
        if address.key not in given:
            yield finding(FindingKind.NAME_ABSENT, "an address that is not in the evidence", address.start, address.end)


def titles(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report titles that the evidence gives otherwise to the same person."""
    given = [title for read in shown for title in read.titles] if stated.titles else []
    for title in stated.titles:
        same = [other for other in given if values.same_name(title.person.text, other.person.text)]
        telling = [other for other in same if other.head not in _VAGUE] or same
        if same and not any(_bears_out(title, other, shown) for other in telling):
            detail = f"the evidence says {telling[0].text}"
            yield finding(FindingKind.TITLE_DIFFERS, detail, title.start, title.end)


def titles_elsewhere(claim: str, passages: Sequence[Passage], others: Sequence[Passage]) -> Iterator[Finding]:
    """Report titles of whom the passages give no title, and other passages of the same sources another.

    >>> [finding.detail for finding in titles_elsewhere(
    ...     "Prosecutor Ada Korrin wants the records.", [Passage(text="“We want the records,” Korrin said.")],
    ...     [Passage(text="Chief inspector Ada Korrin opened the case.")])]
    ['elsewhere it says Chief inspector']
    """
    stated, shown = read(claim, None), [read(passage.text, None) for passage in passages]
    elsewhere = [read(passage.text, None) for passage in others]
    given = [title for one in elsewhere for title in one.titles]
    for title in stated.titles:
        if any(values.same_name(title.person.text, other.person.text) for one in shown for other in one.titles):
            continue
        same = [other for other in given if values.same_name(title.person.text, other.person.text)]
        if same and not any(other.head in _VAGUE or _bears_out(title, other, [*shown, *elsewhere]) for other in same):
            yield finding(FindingKind.TITLE_DIFFERS, f"elsewhere it says {same[0].text}", title.start, title.end)


def _bears_out(title: values.Title, given: values.Title, shown: Sequence[Read]) -> bool:
    """A claim needs its own title in the evidence: that two can be held together is not enough here."""
    if title.head == given.head:
        once = [bool(FORMER & {*other.modifiers}) for other in (title, given)]
        return once[0] == once[1] and not values.titles_conflict(title, given)
    if not _VAGUE & {title.head, given.head} or values.titles_conflict(title, given):
        return False
    told = {key for word in title.title.split() if word not in _VAGUE | MODIFIERS and (key := key_of(word))}
    about = (read for read in shown if any(values.same_name(title.person.text, name.text) for name in read.names))
    return not told or any(told & read.keys for read in about)
