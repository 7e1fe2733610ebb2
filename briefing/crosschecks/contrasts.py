"""Whether two sentences are one but for a word or two: then that word says that they tell of two things.

"The hospital treated 25 people for burns" and "… 60 people for smoke" share every noun and verb that a number is bound
to, and so do "the council opened the school on Monday" and "… the clinic on Friday". Sentences in other words are left
alone, and so are long ones that are nearly copies: there a word in the place of another is most often its synonym.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.terms import content_terms
from briefing.values import read_attributions, read_moments, read_quantities

Words = tuple[str, ...]
_LEAST_ALIKE = 0.5
"""Share of the words of both sentences that are in both."""
_MOST_ALIKE = 6
"""Words in both from which on a sentence is taken for an edited copy. Of 269 numbers changed in sentences that sum up a
text, 15 more are missed with contrasts in sentences of any length."""
_LONGEST = 2
"""Words that may stand in the place of as many others."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SUMMING = frozenset({"total", "altogether", "overall", "all", "sum"})


@lru_cache(maxsize=4_096)
def words_of(text: str) -> Words:
    """Return the words of a sentence that carry meaning, in order, without its numbers, its dates and who says so.

    >>> words_of("The mayor said that 25 people were treated for burns on Monday.")
    ('people', 'treated', 'burns')
    """
    left_out = [False] * len(text)
    spans = [
        *((quantity.start, quantity.end) for quantity in read_quantities(text)),
        *((moment.start, moment.end) for moment in read_moments(text)),
        *((clause.start, clause.end) for clause in read_attributions(text)),
    ]
    for start, end in spans:
        left_out[start:end] = [True] * (end - start)
    words = (word for word in _WORD.finditer(text) if not left_out[word.start()])
    told = (word[0].casefold() for word in words if content_terms(word[0]))
    return tuple(word for word in told if word not in _SUMMING)


def are_contrasted(first: Words, second: Words, may_be_one: Callable[[Words, Words], bool]) -> bool:
    """Whether two sentences are alike but for one short run of words in the place of another.

    `may_be_one` says whether two such runs may say the same.

    >>> first, second = words_of("It treated 25 people for burns."), words_of("It treated 60 people for smoke.")
    >>> are_contrasted(first, second, lambda _ours, _theirs: False)
    True
    """
    shared = len({*first} & {*second})
    if shared > _MOST_ALIKE or shared < _LEAST_ALIKE * len({*first} | {*second}):
        return False
    edits = [edit for edit in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes() if edit[0] != "equal"]
    replaced = [(first[i:j], second[m:n]) for kind, i, j, m, n in edits if kind == "replace"]
    if len(replaced) != 1 or len(edits) > 2:
        return False
    [(ours, theirs)] = replaced
    moved = {*ours} & {*second} or {*theirs} & {*first}
    return len(ours) == len(theirs) <= _LONGEST and not moved and not may_be_one(ours, theirs)
