"""Read the titles that a text gives to persons: "Foreign Minister Ana Bell", "Ana Bell, the port's pilot".

Pure; English. A title is bound to a person only by its place: right before the name, after it between commas
or in brackets, before it with a comma, or by "is", "became" and their like. Who holds an office is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from briefing.values.gazetteer import COUNTRIES, INSTITUTIONS, PEOPLES, country_of, word_set
from briefing.values.names import Name, read_names
from briefing.values.roles import (
    DEPUTIES,
    DUTIES,
    FIELDS,
    FORMER,
    HEAD_DUTIES,
    HIERARCHIES,
    MODIFIERS,
    OPENINGS,
    PORTFOLIOS,
    POSTS,
    TOP_WORDS,
    TOPS,
    head_at,
)
from briefing.values.words import DATES, DOTTED, FUNCTION_WORDS, fold_word, word_forms


@dataclass(frozen=True, kw_only=True, slots=True)
class Title:
    """A title and the person it is bound to."""

    start: int
    end: int
    """Of the title alone, without its article; the person stands beside it."""
    text: str
    title: str
    """Folded: lower case, straight quotes, single spaces, its own hyphens: "director-general of the zoo"."""
    head: str
    """Normalised: "director general", "spokesperson", "chief executive", "prime minister"."""
    modifiers: tuple[str, ...]
    """"deputy", "acting", "former" and their like, folded."""
    fields: tuple[str, ...]
    """What for, folded: ("foreign",) for a foreign minister and for the foreign ministry's director."""
    duties: frozenset[str]
    """What a post in an organisation is for: {"safety"} for a safety officer and for the head of flight safety."""
    country: str | None
    """The country whose office it is, where the title names one."""
    person: Name

    @property
    def span(self) -> tuple[int, int]:
        """From the first character of title or name to the last of either."""
        return min(self.start, self.person.start), max(self.end, self.person.end)


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    folded: str


_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.&][^\W_]+)*")
_BREAK = re.compile(r"[.;:!?\n\r\"“”«»()\[\]]|,|\s[-–—]\s|[–—]")
_CONTINUES = word_set("of for to at in the a an and on de la its his her their our with from")
_STOP = word_set("""
    who which that said says say told tells was were is are has had will would and but when while after
    before during as by than also on since because been
""")
_OWNED = (
    r"(?:the\s+|a\s+|an\s+|its\s+|his\s+|her\s+|their\s+)?"
    r"(?:(?:[\w.&’'-]+\s+){0,3}[\w.&-]+(?:['’]s|s['’])\s+)?"
)
"""An article, or whose office it is: "the ferry's", "its", "Port Elm United's"."""
_COPULA = re.compile(
    r"\s*,?\s*(?:who\s+)?(?:is|was|are|were|has been|had been|became|becomes|remains|serves as|served as|"
    r"works as|worked as|(?:was |has been |is |had been )?(?:appointed|named|elected|sworn in)(?: as)?)\s+"
    rf"(?:also\s+|now\s+|currently\s+|then\s+)?{_OWNED}$"
    rf"|(?:\s*,?\s*who)?(?:\s+(?:took over|has (?:served|worked)|served|acted|stayed on|joined [\w\s]{{0,30}}))?"
    rf"\s+as\s+{_OWNED}$"
)
_OPENS_APPOSITION = re.compile(rf"\s*(?:,|\()\s*(?:(?:aged\s+)?\d{{1,3}},\s+)?(?:then\s+)?{_OWNED}$")
_CLOSES_APPOSITION = re.compile(r"\s*(?:[,.;:)\n—–\"“”]|$|\s(?:who|and)\b|since\b)")


@lru_cache(maxsize=256)
def read_titles(text: str) -> tuple[Title, ...]:
    """Return the titles bound to persons in `text`, in order.

    >>> one, two = read_titles("Deputy Foreign Minister Ana Bell met Tom Ray, a spokesman for the city.")
    >>> one.title, one.head, one.person.text
    ('deputy foreign minister', 'minister', 'Ana Bell')
    >>> two.title, two.head, two.person.text
    ('spokesman for the city', 'spokesperson', 'Tom Ray')
    """
    if OPENINGS.isdisjoint(word_forms(text)):
        return ()
    tokens = _tokens(text)
    folded = [token.folded for token in tokens]
    names = read_names(text)
    found: list[Title] = []
    at = 0
    while at < len(tokens):
        head = head_at(folded, at)
        if head is None:
            at += 1
            continue
        title = _bound(text, tokens, at, head, names)
        if title is not None:
            found.append(title)
        at += head[1]
    return tuple(found)


def titles_conflict(a: Title, b: Title) -> bool:
    """Return whether one person cannot hold both titles, as far as their words tell.

    A title that only leaves out a field or a country is a shorter form, not another title; a deputy is not the one
    whose deputy she is. Heads of one hierarchy exclude each other (minister, director general), and so do posts for
    different things (head of operations, safety officer); heads often held together or saying little (president and
    commander, professor and director, official) do not. "Former" and "incoming" are at odds only with their like of the
    same head: else the two may speak of different times. Persons are not compared.

    >>> one, other = read_titles("Minister Ana Bell left. Ana Bell, director general of the ministry, left.")
    >>> titles_conflict(one, other)
    True
    """
    other_times = [bool((FORMER | _INCOMING) & {*title.modifiers}) for title in (a, b)]
    if any(other_times) and not (all(other_times) and a.head == b.head):
        return False
    if _are_other_posts(a, b):
        return True
    if a.head == b.head:
        return _other_office(a, b)
    return any(a.head in heads and b.head in heads for heads in HIERARCHIES)


def _are_other_posts(a: Title, b: Title) -> bool:
    """Whether two posts are for different things, or one for one thing and the other for everything."""
    if a.duties and b.duties:
        return not a.duties & b.duties
    return any(one.duties and not other.duties and _is_top(other) for one, other in ((a, b), (b, a)))


def _is_top(title: Title) -> bool:
    return title.head in TOPS or (title.head in POSTS and title.title.split()[0] in TOP_WORDS)


def _other_office(a: Title, b: Title) -> bool:
    """Whether two titles of one head are of different fields, countries or ranks: health and trade minister."""
    if a.country and b.country and a.country != b.country:
        return True
    if _is_second(a) != _is_second(b):
        return True
    return a.head in _FIELDED and bool(a.fields and b.fields) and not {*a.fields} & {*b.fields}


def _is_second(title: Title) -> bool:
    return bool(_SECOND & {*title.modifiers})


#: An assistant professor is called professor; a vice president is not called president.
_SECOND = DEPUTIES - {"assistant", "associate"}
_INCOMING = frozenset({"incoming", "designate"})
_FIELDED = frozenset({"minister", "director general"})


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        found.append(_Token(start=match.start(), end=match.end(), text=raw, folded=fold_word(raw)))
    return found


# Binding
# -------

_CAPITAL_ONLY = word_set("""
    general major captain justice secretary head chair king queen prince deputy official speaker private
    chief officer agent victim doctor leader manager coach
""")
_DEFINITE = re.compile(r"(?:\b(?:the|its|his|her|their|our)|['’]s)\s+(?:[\w-]+-old\s+)?$", re.IGNORECASE)
_ALSO_SURNAMES = word_set("king queen prince sheikh bishop pope judge major cardinal sultan emir general chair")
_PLACED = word_set("of to for in at")
_LONGEST_COMPLEMENT = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class _Phrase:
    """A title as tokens: [first, last) around its head."""

    first: int
    at: int
    after: int
    head: str


def _bound(text: str, tokens: Sequence[_Token], at: int, head: tuple[str, int], names: Sequence[Name]) -> Title | None:
    """Return the title whose head begins at token `at` when a person stands beside it."""
    name, length = head
    after = at + length
    if tokens[after - 1].text.endswith(("'s", "’s")) or not _is_written_as_head(tokens[at]):
        return None
    bare = _Phrase(first=_first(text, tokens, at), at=at, after=after, head=name)
    full = replace(bare, after=_after(text, tokens, after))
    following = _person_after(text, tokens, bare, names)
    if following is not None:
        plain = length == 1 and tokens[at].text[0].islower() and tokens[at].folded in _CAPITAL_ONLY
        told = not plain or bare.first < at
        return _title(text, tokens, *following) if told else None
    for phrase in (full, bare):
        person = _person_before(text, tokens, phrase, names) or _person_next(text, tokens, phrase, names)
        if person is not None:
            return _title(text, tokens, phrase, person)
    return None


def _is_written_as_head(token: _Token) -> bool:
    """Abbreviations take a capital: "PM Bell", not "at 5 p.m. Bell"."""
    return token.folded not in _ABBREVIATIONS or token.text[0].isupper()


_ABBREVIATIONS = word_set("pm dg mp mk mep rep sen gen gov col capt maj sgt lt adm det supt rev prof")


def _first(text: str, tokens: Sequence[_Token], at: int) -> int:
    """The first token of the title: its modifiers, fields, organisation and country stand before the head."""
    while at > 0 and _belongs(text, tokens, at - 1, at):
        at -= 1
    return at


def _belongs(text: str, tokens: Sequence[_Token], at: int, to: int) -> bool:
    token, gap = tokens[at], text[tokens[at].end : tokens[to].start]
    if gap not in (" ", "-", "‑", "\u00a0", "\n") or gap == "\n":
        return False
    if token.folded in MODIFIERS or token.folded in FIELDS or token.folded in PEOPLES:
        return True
    return token.text[0].isupper() and not _is_opening(token)


def _is_opening(token: _Token) -> bool:
    return token.folded in FUNCTION_WORDS or token.folded in _STOP or token.folded in DATES


def _after(text: str, tokens: Sequence[_Token], after: int) -> int:
    """The token after the complement, "of the city's foreign ministry"; `after` itself when there is none."""
    if after >= len(tokens) or tokens[after].folded not in _PLACED:
        return after
    at = after
    while at < min(len(tokens), after + _LONGEST_COMPLEMENT):
        gap = text[tokens[at - 1].end : tokens[at].start]
        if _BREAK.search(gap) or tokens[at].folded in _STOP:
            break
        at += 1
    while at > after and tokens[at - 1].folded in _CONTINUES:
        at -= 1
    return at


def _person_after(
    text: str, tokens: Sequence[_Token], phrase: _Phrase, names: Sequence[Name]
) -> tuple[_Phrase, Name] | None:
    """ "Minister Ana Bell"; "ambassador to Moscow Ana Bell"."""
    person = _name_at(names, _next_start(text, tokens, phrase.after))
    if person is not None and _is_person(person):
        return phrase, person
    if phrase.after >= len(tokens) or tokens[phrase.after].folded not in _PLACED:
        return None
    at = phrase.after + 1
    if (person := _person_after_duty(text, tokens, at, names)) is not None:
        return replace(phrase, after=next(i for i in range(at, len(tokens)) if tokens[i].start == person.start)), person
    at += at < len(tokens) and tokens[at].folded == "the"
    place = _name_at(names, tokens[at].start) if at < len(tokens) else None
    if place is None:
        return None
    while at < len(tokens) and tokens[at].start < place.end:
        at += 1
    person = _name_at(names, _next_start(text, tokens, at))
    if person is None or not _is_person(person):
        return None
    return replace(phrase, after=at), person


def _person_after_duty(text: str, tokens: Sequence[_Token], at: int, names: Sequence[Name]) -> Name | None:
    """ "Head of flight safety Ana Bell": up to three words of what the post is for, and a full name."""
    for end in range(at + 1, min(at + 1 + _DUTY_WORDS, len(tokens))):
        if tokens[end - 1].folded not in FIELDS or text[tokens[end - 1].end : tokens[end].start] != " ":
            return None
        person = _name_at(names, tokens[end].start)
        if person is not None and len(person.words) > 1 and _is_person(person):
            return person
    return None


_DUTY_WORDS = 3


def _next_start(text: str, tokens: Sequence[_Token], after: int) -> int:
    """Where the next token starts when one space parts it from the last, else -1."""
    end = tokens[after - 1].end
    if text[end : end + 1] == "." and tokens[after - 1].folded in DOTTED:
        end += 1
    return end + 1 if text[end : end + 1] in (" ", "\u00a0") else -1


def _person_before(text: str, tokens: Sequence[_Token], phrase: _Phrase, names: Sequence[Name]) -> Name | None:
    """ "Ana Bell, the minister," and "Ana Bell was named minister"."""
    start, end = tokens[phrase.first].start, tokens[phrase.after - 1].end
    person = next((name for name in reversed(names) if name.end <= start), None)
    if person is None or not _is_person(person):
        return None
    between = text[person.end : start]
    if _COPULA.fullmatch(between):
        return person
    closed = _CLOSES_APPOSITION.match(text, end) and _OPENS_APPOSITION.fullmatch(between)
    listed = phrase.head in _ALSO_SURNAMES and between in (", ", " , ") and phrase.after == phrase.at + 1
    return person if closed and not listed else None


def _person_next(text: str, tokens: Sequence[_Token], phrase: _Phrase, names: Sequence[Name]) -> Name | None:
    """ "the spokeswoman for the city, Ana Bell,"."""
    start, end = tokens[phrase.first].start, tokens[phrase.after - 1].end
    definite = _DEFINITE.search(text[max(0, start - 30) : start]) or "’s" in text[start:end] or "'s" in text[start:end]
    if not definite or text[end : end + 2] != ", ":
        return None
    person = _name_at(names, end + 2)
    if person is None or not _is_person(person) or len(person.words) < 2:
        return None
    return person if re.match(r"\s*(?:[,.;:)]|$|and\b)", text[person.end :]) else None


def _name_at(names: Sequence[Name], start: int) -> Name | None:
    return next((name for name in names if name.start == start), None)


_NEVER_SURNAMES = word_set("officer secretary director minister president manager editor team films lawyers advocates")


def _is_person(name: Name) -> bool:
    if not name.words or INSTITUTIONS & {*name.words} or name.words[-1] in _NEVER_SURNAMES:
        return False
    alone = len(name.words) == 1
    if alone and (name.words[0] in PEOPLES or name.words[0] in COUNTRIES or name.text.isupper()):
        return False
    return country_of(" ".join(name.words)) is None


def _title(text: str, tokens: Sequence[_Token], phrase: _Phrase, person: Name) -> Title:
    start, end = tokens[phrase.first].start, tokens[phrase.after - 1].end
    before = [token.folded for token in tokens[phrase.first : phrase.at]]
    behind = [token.folded for token in tokens[phrase.at : phrase.after]]
    held = tokens[phrase.after - 1].end if "of" in behind else tokens[phrase.at].start
    words = re.split(r"\s+", text[start:end].strip())
    return Title(
        start=start,
        end=end,
        text=text[start:end],
        title=" ".join(words).casefold().replace("’", "'"),
        head=phrase.head,
        modifiers=tuple(word for word in before if word in MODIFIERS),
        fields=tuple(dict.fromkeys(PORTFOLIOS[w] for w in (*before, *behind) if w in PORTFOLIOS)),
        duties=_duties(phrase.head, before, behind),
        country=_country(fold_word(word) for word in re.split(r"[^\w.'’]+", text[start:held])),
        person=person,
    )


_PREPOSITIONS = word_set("of for at in to")


def _duties(head: str, before: Sequence[str], behind: Sequence[str]) -> frozenset[str]:
    """Read them off the words before a head, "safety officer", and off what it is the head of."""
    if head in HEAD_DUTIES:
        return frozenset({HEAD_DUTIES[head]})
    if head not in POSTS:
        return frozenset()
    own = {DUTIES[word] for word in before if word in DUTIES}
    if "of" in behind:
        after = behind[behind.index("of") + 1 :]
        of = list(takewhile(lambda word: word not in _PREPOSITIONS, after))
        # "The head of safety" heads it, "the director of the medical school" a school.
        own |= {DUTIES[word] for word in of if word in DUTIES} if of and of[-1] in DUTIES else set()
    return frozenset(own)


def _country(words: Iterable[str]) -> str | None:
    listed = list(words)
    pairs = [" ".join(pair) for pair in pairwise(listed)]
    return next((country for word in (*pairs, *listed) if (country := country_of(word))), None)
