"""Whether two sentences are one but for a word or two: then that word says that they tell of two things.

"The hospital treated 25 people for burns" and "… 60 people for smoke" share every noun and verb that a number is bound
to. Sentences in other words are left alone, and so are long ones that are nearly copies: there a word in the place of
another is most often its synonym.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from briefing.crosschecks.quantities.mentions import GENERIC, Mention
from briefing.terms import content_terms
from briefing.values import same_name
from briefing.values.quantities.verbs import lemma

_LEAST_ALIKE = 0.5
"""Share of the words of both sentences, numbers and dates left aside, that are in both."""
_MOST_ALIKE = 6
"""Words in both from which on a sentence is taken for an edited copy. Of 269 numbers changed in sentences that sum up a
text, 15 more are missed with contrasts in sentences of any length."""
_LONGEST = 2
"""Words that may stand in the place of others."""


def are_contrasted(a: Mention, b: Mention) -> bool:
    """Whether the sentences are alike but for one short run of words in the place of another."""
    first, second = a.words, b.words
    shared = len({*first} & {*second})
    if shared > _MOST_ALIKE or shared < _LEAST_ALIKE * len({*first} | {*second}):
        return False
    edits = [edit for edit in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes() if edit[0] != "equal"]
    replaced = [(first[i:j], second[m:n]) for kind, i, j, m, n in edits if kind == "replace"]
    if len(replaced) != 1 or len(edits) > 2:
        return False
    [(ours, theirs)] = replaced
    moved = {*ours} & {*second} or {*theirs} & {*first}
    return max(len(ours), len(theirs)) <= _LONGEST and not moved and not _may_be_one(a, ours, b, theirs)


def _may_be_one(a: Mention, ours: Iterable[str], b: Mention, theirs: Iterable[str]) -> bool:
    """Whether two runs of words name one thing, or hold the verbs, which are compared by themselves."""
    verbs = a.quantity.predicate in map(lemma, ours) and b.quantity.predicate in map(lemma, theirs)
    general = any({*content_terms(word)} & GENERIC for word in (*ours, *theirs))
    return verbs or general or same_name(" ".join(ours), " ".join(theirs))
