"""Read what turns a statement round: negations with their scope, and words that have an opposite.

Pure; English. The scope is the rest of the cue's clause: no grammar is parsed. It does not decide whether two
statements are at odds; it says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.values.words import word_forms


@dataclass(frozen=True, kw_only=True, slots=True)
class Negation:
    """A word that denies, and the range that it denies."""

    start: int
    end: int
    cue: str
    """Folded: "not" for "n't" and "cannot" too, "fail" for "failed to", else the words themselves."""
    scope_start: int
    scope_end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Direction:
    """A word that has an opposite."""

    start: int
    end: int
    text: str
    family: str
    """What it is a direction of: "level" for rose and fell, "order" for before and after, …"""
    sign: int
    """1 or -1; two words of one family and unlike signs are opposites."""


# "Not as tall as" compares, and denies nothing that "smaller" does not.
_EQUAL = r"(?!\s+(?:\w+\s+){0,2}?as\s+\w+(?:\s+[^\W\d]+)?\s+as\b)"
_ONLY = r"(?!\s+(?:only|just|merely|simply)\b)"
_NOT = (
    rf"\b(?:can)?not\b{_ONLY}(?!\s+(?:least|to mention|surprisingly|unlike)){_EQUAL}"
    rf"(?<!or not)(?<!or-not)(?<!if not)|\b\w+n['’]t\b{_ONLY}{_EQUAL}"
    rf"|\b(?:is|are|was|were|has|have|had|do|does|did|ca|wo|would|could|should|need|must) n['’]t\b{_EQUAL}"
)
_NO = (
    r"\bno\b(?!['’.]?\s*\d|[-,!?.]"
    r"|\s+(?:longer|one|doubt|matter|sooner|wonder|less|fewer|more than|later)\b)"
)
# Each cue and the words it is known by; what looks like a cue and denies nothing is excluded beside it.
_CUES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("no longer", r"\bno longer\b"),
        ("no one", r"\b(?:no[ -]one|nobody)\b"),
        ("not", _NOT),
        ("no", _NO),
        ("never", r"\bnever\b(?!\s+(?:mind|before)\b)"),
        ("never", r"\bnever before\b"),
        ("without", r"\bwithout\b(?!\s+(?:a\s+)?doubt\b)"),
        ("none", r"\bnone\b(?!\s+other\b)"),
        ("neither", r"\bneither\b"),
        ("nor", r"\bnor\b"),
        ("nothing", r"\bnothing\b(?!\s+(?:but|short)\b)"),
        ("nowhere", r"\bnowhere\b(?!\s+near\b)"),
        ("hardly", r"\b(?:hardly|scarcely)\b"),
        ("deny", r"\b(?:den(?:y|ies|ied|ying)|denials?\s+(?:of|that))\b"),
        ("fail", r"\bfail(?:s|ed|ing|ure)?\s+to\b"),
        ("refuse", r"\b(?:refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing))\s+to\b"),
        ("unlikely", r"\bunlikely\b"),
        ("unable", r"\bunable\s+to\b"),
        ("rule out", r"\brul(?:e|es|ed|ing)\s+out\b(?!\s+(?:with|of|for|through|by)\b)"),
        ("yet to", r"\b(?:ha(?:s|ve|d)|is|are|was|were)(?:\s+\w+)?\s+yet\s+to\b"),
        ("far from", r"\bfar\s+from\s+(?:being\b|\w+ing\b|certain|clear|over|true)"),
        ("instead of", r"\b(?:instead\s+of|rather\s+than)\b"),
    )
)
# A text without any of these has no cue.
_DENYING = frozenset(
    "no not cannot t nobody never without none neither nor nothing nowhere hardly scarcely deny denies denied denying "
    "denial denials fail fails failed failing failure refuse refuses refused refusing refusal decline declines "
    "declined declining unlikely unable rule rules ruled ruling yet far instead rather".split()
)
_CLAUSE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)[.!?](?=[\s\"'”’)\]]|$)|[;:](?=\s|$)|[\n\r”»)]|\s[–—-]\s|—"
    r"|,?\s+(?:but|although|though|whereas|unless|until)\b|,\s+(?:and|which|who|while|so|because|when|after|as)\b"
)


def read_negations(text: str) -> tuple[Negation, ...]:
    """Return the negations in `text`, in order; cues never overlap, scopes may.

    >>> [(n.cue, "The mayor did not resign, but left."[n.scope_start:n.scope_end]) for n in
    ...  read_negations("The mayor did not resign, but left.")]
    [('not', ' resign')]
    """
    if _DENYING.isdisjoint(word_forms(text)):
        return ()
    found: list[Negation] = []
    for name, pattern in _CUES:
        found += [_negation(name, match.start(), match.end(), text) for match in pattern.finditer(text)]
    found.sort(key=lambda negation: (negation.start, -negation.end))
    return tuple(_apart(found))


def is_negated(negations: Iterable[Negation], at: int) -> bool:
    """Return whether an odd number of scopes cover offset `at`: two negations undo each other.

    >>> text = "She never denied paying."
    >>> is_negated(read_negations(text), text.index("paying"))
    False
    """
    return sum(negation.scope_start <= at < negation.scope_end for negation in negations) % 2 == 1


def _negation(name: str, start: int, end: int, text: str) -> Negation:
    closing = _CLAUSE_END.search(text, end)
    stop = closing.start() if closing else len(text)
    return Negation(start=start, end=end, cue=name, scope_start=end, scope_end=max(end, stop))


def _apart(sorted_by_start: Iterable[Negation]) -> list[Negation]:
    kept: list[Negation] = []
    for negation in sorted_by_start:
        if not kept or negation.start >= kept[-1].end:
            kept.append(negation)
    return kept


# family: words that go one way / words that go the other
_FAMILIES = """
level: rise rises rose risen rising increase increases increased increasing grow grows grew grown growing
    climb climbs climbed climbing soar soars soared soaring surge surges surged surging raise raises
    raised raising gain gains gained gaining strengthen strengthens strengthened jump jumps jumped jumping
    boost boosts boosted boosting expand expands expanded expanding higher highest upward upwards
    / fall falls fell fallen falling decrease decreases decreased decreasing decline declines declined
    declining drop drops dropped dropping plunge plunges plunged plunging slump slumped shrink shrinks
    shrank shrunk shrinking reduce reduces reduced reducing lower lowered lowering lowest slash slashed slashing
    plummet plummets plummeted tumble tumbles tumbled weaken weakens weakened weakening cut cuts cutting
    halve halved downward downwards
amount: more
    / fewer less
order: after later
    / before earlier
outcome: win wins won winning victory victories winner
    / lose loses lost losing defeat defeats loss loser
access: open opens opened opening reopen reopens reopened reopening
    / close closes closed closing shut shuts shutting closure
stance: support supports supported supporting back backs backed backing endorse endorsed endorses approve
    approves approved favour favor favoured favored
    accept accepts accepted accepting
    / oppose opposes opposed opposing reject rejects rejected rejecting against condemn condemns condemned
    condemning
custody: arrest arrests arrested arresting detain detains detained detaining jail jailed imprisoned
    convicted convict
    / cleared release releases released releasing free freed acquit acquitted acquits
course: continue continues continued continuing start starts started starting
    begin begins began begun beginning resume resumes resumed resuming
    launch launches launched
    / stop stops stopped stopping end ends ended ending halt halts halted suspend suspends suspended
    cancel cancels cancelled canceled
motion: enter enters entered entering arrive arrives arrived arriving join joins joined joining
    / leave leaves left leaving depart departs departed departing exit exits exited quit quits withdraw
    withdraws withdrew
licence: allow allows allowed allowing permit permits permitted legalise legalize legalised legalized
    / ban bans banned banning forbid forbids forbade forbidden prohibit prohibits prohibited prevent
    prevents prevented
trade: buy buys bought buying acquire acquires acquired purchases purchased import imports imported importing
    / sell sells sold selling export exports exported
life: alive survive survives survived surviving survivor
    / dead die dies died dying kill kills killed killing
truth: true confirm confirms confirmed confirming genuine authentic real
    / false deny denies denied denying fake hoax untrue bogus debunked debunk
place: above over
    / below under
quality: improve improves improved improving better best
    / worsen worsens worsened worsening worse worst
outlook: success successful succeed succeeded succeeds
    / failure fail fails failed failing
hire: hire hires hired hiring appoint appoints appointed
    / fire fires fired firing dismiss dismisses dismissed sack sacked resign resigns resigned
standing: ahead led leading leads
    / behind trail trails trailed trailing trailing
presence: attend attends attended attending
    / absent
length: longer longest
    / shorter shortest
size: larger largest bigger biggest greater greatest
    / smaller smallest lesser
pace: faster fastest
    / slower slowest
age: older oldest
    / younger youngest newer newest
warmth: warmer warmest hotter hottest
    / colder coldest cooler coolest
strength: stronger strongest
    / weaker weakest
wealth: richer richest
    / poorer poorest
esteem: praise praises praised welcome welcomes welcomed hail hails hailed
    / criticise criticises criticised criticize criticizes criticized
guilt: guilty
    / innocent
accord: agree agrees agreed
    / disagree disagrees disagreed
danger: safe
    / dangerous unsafe
latitude: north northern
    / south southern
longitude: east eastern
    / west western
rule: impose imposes imposed introduce introduces introduced extend extends extended
    / lift lifts lifted scrap scraps scrapped abolish abolishes abolished
legality: legal lawful
    / illegal unlawful
mood: optimistic
    / pessimistic
share: majority
    / minority
side: inside
    / outside
"""
_WORD = re.compile(r"[^\W\d_]+")
_LOST = re.compile(
    r"\b(lost|loses?|losing)\b(?=\s+(?:about\s+|some\s+|more\s+)?(?:[$€£]?\d|strength|ground|value|weight|speed))",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:demonstrat|march|protest|vot|rall|campaign|lobb)\w*\s+(for)\s+(?:the|a|an|its|his|her|their)\b", re.I
)
_MEASURED = re.compile(r"\b(up|down)\b(?=\s+(?:by\s+)?(?:about\s+)?[$€£]?\d)", re.IGNORECASE)
_LEVEL_AFTER_BE = re.compile(r"\b(?:is|are|was|were|be|been) (up|down)\b", re.IGNORECASE)
_BOUND = re.compile(r"\s+than\s+[$€£]?(?:\d|an?\b|one\b|two\b|three\b|half\b|twice\b)", re.IGNORECASE)


def _families() -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    for line in re.sub(r"\n +", " ", _FAMILIES.strip()).splitlines():
        family, _, words = line.partition(":")
        one, _, other = words.partition("/")
        known |= dict.fromkeys(one.split(), (family, 1))
        known |= dict.fromkeys(other.split(), (family, -1))
    return known


_DIRECTIONS = _families()
_LOSING = frozenset({"lost", "lose", "loses", "losing"})
_TURNING = frozenset(_DIRECTIONS) | {"up", "down", "for"}


def read_directions(text: str) -> tuple[Direction, ...]:
    """Return the words in `text` that have an opposite, in order. "More than 30" bounds a number and is none.

    >>> [(d.text, d.family, d.sign) for d in read_directions("Prices fell after the port opened.")]
    [('fell', 'level', -1), ('after', 'order', 1), ('opened', 'access', 1)]
    """
    forms = word_forms(text)
    if _TURNING.isdisjoint(forms):
        return ()
    found = {
        match.span(1): _direction(match, 1, "level", 1 if match.group(1).casefold() == "up" else -1)
        for pattern in (_MEASURED, _LEVEL_AFTER_BE)
        for match in (pattern.finditer(text) if "up" in forms or "down" in forms else ())
    }
    for match in _WORD.finditer(text):
        known = _DIRECTIONS.get(match.group().casefold())
        if known and not (known[0] in _BOUNDING and _BOUND.match(text, match.end())):
            found[match.span()] = _direction(match, 0, *known)
    if "for" in forms:
        found |= {match.span(1): _direction(match, 1, "stance", 1) for match in _FOR.finditer(text)}
    if not forms.isdisjoint(_LOSING):
        found |= {match.span(1): _direction(match, 1, "level", -1) for match in _LOST.finditer(text)}
    return tuple(found[span] for span in sorted(found))


_BOUNDING = frozenset({"amount", "place", "level"})


def _direction(match: re.Match[str], group: int, family: str, sign: int) -> Direction:
    start, end = match.span(group)
    return Direction(start=start, end=end, text=match.group(group), family=family, sign=sign)
