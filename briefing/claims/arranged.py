"""Put the claims of a story that was drafted in parts into one order, and into words that fit together.

Code goes first: a claim that says no more than another is set aside. Then the model is asked once, about claims
that have passed their checks. It chooses by id alone, and a wording of its own stands only where it passes the
same checks and keeps what the claims said. What it passes over stays, behind the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.calls import Calls, refusal, usage_of
from briefing.claims.revised import Check, Revised
from briefing.errors import ModelError, ReplyError
from briefing.fencing import fenced, numbered
from briefing.model import Reply, Request
from briefing.prompts import ARRANGE_SCHEMA, MAX_LEAD, ArrangementReply, Placed, Rendered, read_arrangement, render
from briefing.terms import content_terms
from briefing.types import PUBLISHED, CheckedClaim, Claim, Refusal, Verdict
from briefing.values import read_hedges, read_negations, read_quantities

_PROMPT = "arrange_claims"
#: How much of the content words of the claims a new wording must keep; figures must stay without exception.
_LEAST_KEPT = 0.75
#: One wording for several claims has at most this share of their content words taken together: what is said twice
#: is said once. Qwen2.5-Coder-1.5B strung unlike claims together, sentence behind sentence.
_MOST_MERGED = 0.8
_RANK = (Verdict.SUPPORTED, Verdict.PARTLY)


def arrange(draft: Revised, calls: Calls, *, check: Check) -> Revised:
    """Arrange the published claims of each story in `Draft.in_parts`, with one call per story.

    A call that fails leaves its story as it was and is kept as a `Refusal`, and so is every wording that was not
    taken, and every claim that says no more than another. Raises no `ModelError`.
    """
    draft = _reduced(draft)
    told = {story: claims for story in draft.draft.in_parts if len(claims := _published(draft, story)) > 1}
    if not told:
        return draft
    requests = {story: _request(claims, calls) for story, claims in told.items() if _fits(claims, calls)}
    answers = dict(zip(requests, calls.ask(tuple(requests.values())), strict=True))
    if answers:
        draft = draft.asked(_prompt(""), usage_of(answers.values()))
    for story, claims in told.items():
        draft = _arranged(draft, story, claims, answers.get(story), check)
    return draft


def _published(draft: Revised, story: str) -> list[CheckedClaim]:
    return [claim for claim in draft.checked if claim.story == story and claim.verdict in PUBLISHED]


# What code can tell
# ------------------


def _reduced(draft: Revised) -> Revised:
    """Set aside every claim of a story told in parts that says no more than another of them."""
    fuller = {id_: kept for story in draft.draft.in_parts for id_, kept in _repeated(_published(draft, story))}
    refused = (
        Refusal(story=claim.story, error=f"arrange: {claim.id} says no more than {fuller[claim.id]}", reply=claim.text)
        for claim in draft.checked
        if claim.id in fuller
    )
    left = tuple(claim for claim in draft.checked if claim.id not in fuller)
    return replace(draft, checked=left).refusing(refused).leading(fuller)


def _repeated(claims: Iterable[CheckedClaim]) -> Iterator[tuple[str, str]]:
    """Yield the id of every claim that says no more than another, and of that other."""
    kept: list[CheckedClaim] = []
    for claim in sorted(claims, key=lambda claim: -len(content_terms(claim.text))):
        as_good = (other for other in kept if _RANK.index(other.verdict) <= _RANK.index(claim.verdict))
        other = next((other for other in as_good if _says_no_more(claim.text, other.text)), None)
        if other:
            yield claim.id, other.id
        else:
            kept.append(claim)


def _says_no_more(text: str, other: str) -> bool:
    """Whether all content words of a text stand in another, in the same order, and mean the same there.

    >>> _says_no_more("A ferry sank.", "A ferry sank off Orrin on Monday.")
    True
    >>> _says_no_more("Kell beat Orrin.", "Orrin beat Kell."), _says_no_more("A ferry sank.", "A ferry never sank.")
    (False, False)
    """
    rest = iter(content_terms(other))
    if not all(term in rest for term in content_terms(text)):
        return False
    if len(read_negations(text)) != len(read_negations(other)) or len(read_hedges(text)) != len(read_hedges(other)):
        return False
    return _figures(text) <= _figures(other)


def _figures(text: str) -> set[tuple[object, ...]]:
    return {(q.low, q.high, q.bound, q.unit) for q in read_quantities(text)}


# One call
# --------


def _fits(claims: Sequence[CheckedClaim], calls: Calls) -> bool:
    room, _ = calls.room(_prompt(fenced([], secret=b"")), ARRANGE_SCHEMA, reply=calls.reply_tokens(len(claims)))
    return sum(calls.line_tokens(numbered(claim.id, claim.text)) for claim in claims) <= room


def _request(claims: Sequence[CheckedClaim], calls: Calls) -> Request:
    prompt = _prompt(fenced([("Claims", [(claim.id, claim.text) for claim in claims])], secret=calls.secret))
    return Request(
        system=prompt.system,
        user=prompt.user,
        schema_name=_PROMPT,
        schema=ARRANGE_SCHEMA,
        max_tokens=calls.reply_tokens(len(claims)),
    )


def _prompt(claims: str) -> Rendered:
    return render(_PROMPT, claims=claims, max_lead=MAX_LEAD)


# One answer
# ----------


def _arranged(
    draft: Revised, story: str, claims: Sequence[CheckedClaim], answer: Reply | ModelError | None, check: Check
) -> Revised:
    if answer is None:
        note = f"arrange: {len(claims)} claims do not fit into one call, and stay in the order of their parts"
        return draft.refusing([Refusal(story=story, error=note, reply="")])
    read = _read(answer, claims)
    if isinstance(read, ModelError):
        return draft.refusing([refusal(story, read, about="arrange")])
    places, refused = _worded(read.order, {claim.id: claim for claim in claims}, draft, check)
    named = {id_ for place in read.order for id_ in place.ids}
    in_order = [claim for place in places for claim in place] + [claim for claim in claims if claim.id not in named]
    merged = {id_: here[0].id for place, here in zip(read.order, places, strict=True) for id_ in place.ids[len(here) :]}
    draft = _reordered(draft, story, in_order).leading(merged)
    draft = _opened(draft, story, tuple(places[place][0].id for place in read.lead))
    return draft.refusing((*(refusal(story, error, about="arrange") for error in read.refused), *refused))


def _read(answer: Reply | ModelError, claims: Sequence[CheckedClaim]) -> ArrangementReply | ModelError:
    if isinstance(answer, ModelError):
        return answer
    try:
        return read_arrangement(answer, ids={claim.id for claim in claims})
    except ReplyError as error:
        return error


def _worded(
    order: Sequence[Placed], claims: Mapping[str, CheckedClaim], draft: Revised, check: Check
) -> tuple[list[tuple[CheckedClaim, ...]], list[Refusal]]:
    """Return what stands in each place: the new wording where it is as good, else the claims as they were."""
    cites = {claim.id: claim.cites for claim in draft.draft.claims}
    proposed = {
        place: Claim(
            id=place.ids[0],
            story=claims[place.ids[0]].story,
            text=place.text,
            cites=tuple(dict.fromkeys(cite for id_ in place.ids for cite in cites[id_])),
        )
        for place in order
        if place.text and place.text != claims[place.ids[0]].text
    }
    checked = dict(zip(proposed, check(tuple(proposed.values())), strict=True))
    places, refused = [], []
    for place in order:
        before = tuple(claims[id_] for id_ in place.ids)
        new = checked.get(place)
        reason = _against(new, before) if new else ""
        if new and reason:
            note = f"arrange: the wording of {', '.join(place.ids)} was not taken, because {reason}"
            refused.append(Refusal(story=new.story, error=note, reply=new.text))
        places.append(before if new is None or reason else (_replacing(new, before),))
    return places, refused


def _against(new: CheckedClaim, before: Sequence[CheckedClaim]) -> str:
    """Say why a wording may not stand for these claims; nothing when it may."""
    best = min((claim.verdict for claim in before), key=_RANK.index)
    if new.verdict not in PUBLISHED or _RANK.index(new.verdict) > _RANK.index(best):
        return f"it would be {new.verdict.value} and not {best.value}"
    found = {finding.kind for finding in new.findings} - {f.kind for claim in before for f in claim.findings}
    if found:
        return f"of {', '.join(sorted(found))}"
    if len(before) > 1 and len(content_terms(new.text)) > _MOST_MERGED * sum(
        len(content_terms(c.text)) for c in before
    ):
        return "it strings together what they say"
    figures = {figure for claim in before for figure in _figures(claim.text)} - _figures(new.text)
    said = {term for claim in before for term in content_terms(claim.text)}
    lost = said - set(content_terms(new.text))
    if figures or len(lost) > (1 - _LEAST_KEPT) * len(said):
        return f"it loses {', '.join(sorted(lost)) or 'how exact a figure is'}"
    return ""


def _replacing(new: CheckedClaim, before: Sequence[CheckedClaim]) -> CheckedClaim:
    corrects = next((claim.corrects for claim in before if claim.corrects), None)
    return replace(new, corrects=corrects, wordings=tuple(claim.text for claim in before))


def _reordered(draft: Revised, story: str, in_order: Sequence[CheckedClaim]) -> Revised:
    """Put the published claims of a story in this order, and leave all others where they are."""
    own = [claim.story == story and claim.verdict in PUBLISHED for claim in draft.checked]
    at = own.index(True)
    behind = [claim for claim, is_own in zip(draft.checked[at:], own[at:], strict=True) if not is_own]
    return replace(draft, checked=(*draft.checked[:at], *in_order, *behind))


def _opened(draft: Revised, story: str, lead: tuple[str, ...]) -> Revised:
    leads = tuple((id_, lead if id_ == story and lead else old) for id_, old in draft.draft.leads)
    return replace(draft, draft=replace(draft.draft, leads=leads))
