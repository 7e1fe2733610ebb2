"""What to call a question of amount, and where a mention stands."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.crosschecks.quantities.mentions import Mention
from briefing.types import Evidence, Match
from briefing.values import QuantityKind
from briefing.values.quantities.verbs import past_participle

_WORDS_BEFORE, _WORDS_AFTER = 6, 4


def span_of(mention: Mention) -> Evidence:
    """Return the number with what it counts."""
    q = mention.quantity
    follows = q.counted_start is not None and q.counted_start >= q.end
    start, end = mention.start, mention.sentence.start + (q.counted_end or q.end if follows else q.end)
    return Evidence(
        source=mention.source, start=start, end=end, text=mention.document.text[start:end], match=Match.EXACT
    )


def about(group: Sequence[Mention]) -> str:
    """Name the question by the fullest noun phrase and the most usual verb of its mentions: "ferry guards freed"."""
    named = [m for m in group if m.quantity.counted_start is not None]
    fullest = max(named, key=lambda m: len(m.nouns), default=None)
    noun = ""
    if fullest is not None:
        noun = fullest.sentence.text[fullest.quantity.counted_start : fullest.quantity.counted_end]
    if group[0].quantity.kind is QuantityKind.AGE:
        return f"age of {noun}" if noun else "age"
    if not noun:
        return _in_its_words(group[0])
    verbs = [m.quantity.predicate for m in group if m.quantity.predicate]
    verb = past_participle(max(verbs, key=verbs.count)) if verbs else ""
    # "The river peaked at" names the verb with the noun.
    verb = "" if noun.casefold().endswith(verb) else verb
    return " ".join(f"{noun} {verb}".split())


def _in_its_words(mention: Mention) -> str:
    """Quote the clause around a figure that counts nothing named: "“the lake would be lowered by …”"."""
    text, q = mention.sentence.text, mention.quantity
    before, after = text[: q.start].split()[-_WORDS_BEFORE:], text[q.end :].split()[:_WORDS_AFTER]
    return "“" + " ".join([*before, "…", *(after if len(before) < 2 else [])]) + "”"
