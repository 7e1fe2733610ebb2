"""Prompts as files, and replies read strictly: nothing is repaired, nothing is guessed.

A prompt is `prompts/<name>.md.j2` with two blocks, `system` and `user`. Text of sources gets into it only
through `fenced`. Knows no model client and no stage.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing import resources
from briefing.errors import (
    PromptError,
    ReplyError,
    ReplyNotJSON,
    ReplyTruncated,
    ReplyUnknownSentence,
    ReplyWrongShape,
)
from briefing.model import Reply

if TYPE_CHECKING:
    import jinja2


# Rendering
# ---------


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A prompt ready to send."""

    name: str
    """The file, such as `draft_claims.md.j2`."""
    sha256: str
    """`sha256:` and the digest of the template's bytes."""
    system: str
    user: str


def render(name: str, **values: object) -> Rendered:
    """Fill the template `prompts/<name>.md.j2`.

    Raises `PromptError` when there is no such template, when it is broken, or when it wants a value that
    was not given.

    >>> values = {"sources": "[S1.1] A ferry sank.", "max_claims": 3, "max_cites": 4, "max_lead": 3}
    >>> render("draft_claims", **values).user.splitlines()[0]
    '[S1.1] A ferry sank.'
    """
    import jinja2

    file = f"{name}.md.j2"
    try:
        template = _environment().get_template(file)
        system, user = (_block(template, part, values) for part in ("system", "user"))
    except jinja2.TemplateNotFound:
        place = resources.folder("prompts")
        raise PromptError(file, f"there is no such template in {place}", hint="reinstall briefing") from None
    except jinja2.TemplateError as error:
        raise PromptError(file, str(error), hint="repair the template") from error
    return Rendered(name=file, sha256=_sha256(file), system=system, user=user)


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    # A prompt is plain text: escaping for HTML would alter the quotations that claims are checked by.
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.folder("prompts")),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _block(template: jinja2.Template, part: str, values: dict[str, object]) -> str:
    if part not in template.blocks:
        raise PromptError(template.name or "", f"it has no block {part!r}", hint="repair the template")
    return "".join(template.blocks[part](template.new_context(values))).strip()


def _sha256(file: str) -> str:
    data = (resources.folder("prompts") / file).read_bytes()
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


# Text of sources
# ---------------


def fenced(groups: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """Put numbered sentences between two marker lines that no source can forge.

    `groups` is one pair per source: a header line, and its sentences as (id, text). The marker is made from
    the content, so that the same sentences always give the same block (a random one would defeat prompt
    caches), and any text that happens to contain it loses it. A sentence is always one line.

    >>> print(fenced([("S1 | The Post", [("S1.1", "A ferry\\nsank.")])]))
    <<<SOURCES 8ecb4ff6f851
    S1 | The Post
    [S1.1] A ferry sank.
    SOURCES 8ecb4ff6f851>>>
    """
    lines = []
    for header, sentences in groups:
        lines.append(visible(header))
        lines += [numbered(id_, text) for id_, text in sentences]
    body = "\n".join(lines)
    marker = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"<<<SOURCES {marker}\n{body.replace(marker, '')}\nSOURCES {marker}>>>"


def numbered(id_: str, text: str) -> str:
    """Return the line that shows one sentence.

    >>> numbered("S2.14", "Six ferries\\tsank.")
    '[S2.14] Six ferries sank.'
    """
    return f"[{id_}] {visible(text)}"


def visible(text: str) -> str:
    """Return the text on one line, with characters that nobody can see written out; for prompts only.

    Zero-width joiners stay between two letters that are not ASCII, where Persian, Hindi and emoji need them.
    Soft hyphens go: they say where a line may break, nothing else.

    >>> visible("pay\\u202eto\\n me\\u00adter")
    'pay⟨U+202E⟩to meter'
    """
    return _SUSPECT.sub(_written_out, " ".join(text.replace("\u00ad", "").split()))


#: Letters and marks that take no ink, or too little to be seen: Hangul fillers, and the variation selectors
#: beyond the first sixteen, which can carry any bytes.
_INKLESS = "\u115f\u1160\u3164\uffa0\U000e0100-\U000e01ef"
_SUSPECT = re.compile(rf"[^\w .,;:!?'’“”\"()-]|[{_INKLESS}]")
_JOINERS = "\u200c\u200d"


def _written_out(match: re.Match[str]) -> str:
    character = match[0]
    before, after = (
        match.string[max(0, match.start() - 1) : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    joins = character in _JOINERS and before > "\x7f" and after > "\x7f"
    seen = character.isprintable() and not re.match(f"[{_INKLESS}]", character)
    return character if joins or seen else f"⟨U+{ord(character):04X}⟩"


# Replies
# -------

#: The most sentences that one claim may cite. Given no limit, Qwen2.5-Coder-1.5B cited whole articles for
#: every claim (four articles, 58 sentences), and in a whole article any figure can be found.
MAX_CITES = 4
#: The most claims that may open a story.
MAX_LEAD = 3

#: The shape of a draft: flat, closed, every property required. The text comes before the ids: the other way
#: round the same model gave the first four sentences of each source, and three claims instead of nine.
#: Sentence ids are not listed: the schema would then differ from call to call, which defeats prompt caches,
#: and servers limit the length of an enum (1,000 values with OpenAI). What was shown is checked in
#: `read_draft` whatever the server promised.
DRAFT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "cites": {
                        "type": "array",
                        "items": {"type": "string"},
                        "minItems": 1,
                        "maxItems": MAX_CITES,
                    },
                },
                "required": ["text", "cites"],
                "additionalProperties": False,
            },
        },
        "lead": {"type": "array", "items": {"type": "integer"}, "maxItems": MAX_LEAD},
    },
    "required": ["claims", "lead"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedClaim:
    """One claim of a reply: its text on one line, and the sentence ids it cites, each once."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftReply:
    """What could be used of a reply, and what could not."""

    claims: tuple[DraftedClaim, ...]
    lead: tuple[int, ...]
    """Positions in `claims`, counted from 0."""
    refused: tuple[ReplyError, ...] = ()
    """One per claim, or per number of the lead, that was not taken; `reply` is that part's JSON."""


def read_draft(reply: Reply, *, shown: Collection[str]) -> DraftReply:
    """Read a reply of the shape `DRAFT_SCHEMA`; `shown` are the sentence ids that may be cited.

    One bad claim does not sink the others: it is set aside in `refused`. Raises `ReplyTruncated`,
    `ReplyNotJSON` or `ReplyWrongShape` when the reply as a whole cannot be read, and the last claim's error
    when claims were given and none can be used.
    """
    whole = _valid(_reply_models()[0], _json(reply), reply.model, "the reply", reply.text)
    claims: list[DraftedClaim] = []
    refused: list[ReplyError] = []
    kept: dict[int, int] = {}
    for index, item in enumerate(whole.claims):
        try:
            claims.append(_claim(item, index, shown, reply.model))
        except ReplyError as error:
            refused.append(error)
        else:
            kept[index] = len(claims) - 1
    if refused and not claims:
        raise refused[-1]
    numbers, strays = _lead(whole.lead, len(whole.claims), reply)
    lead = tuple(kept[number] for number in numbers if number in kept)
    return DraftReply(claims=tuple(claims), lead=lead[:MAX_LEAD], refused=(*refused, *strays))


def _json(reply: Reply) -> object:
    from pydantic_core import from_json

    if reply.finish_reason == "length":
        raise ReplyTruncated(
            reply.model,
            f"the reply was cut off at {reply.usage.completion_tokens} tokens",
            hint="ask for fewer claims",
            reply=reply.text,
        )
    try:
        # Not `json.loads`: it takes NaN and lone surrogates, and deep nesting breaks it.
        return from_json(reply.text.encode(), allow_inf_nan=False)
    except ValueError as error:
        reason = f"the reply is not JSON: {error} (it ended with {reply.finish_reason!r})"
        raise ReplyNotJSON(reply.model, reason, hint=_OTHER_MODEL, reply=reply.text) from None


_OTHER_MODEL = "try another model, or a server that can hold replies to a JSON schema"


@cache
def _reply_models() -> tuple[Any, Any]:
    """Build the models of a whole reply and of one claim; here, because importing pydantic is slow."""
    from pydantic import BaseModel, ConfigDict

    class ReplyOfDraft(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        claims: list[object]
        lead: list[int]

    class ClaimOfDraft(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        text: str
        cites: list[str]

    return ReplyOfDraft, ClaimOfDraft


def _valid(model: Any, value: object, subject: str, what: str, reply: str) -> Any:
    from pydantic import ValidationError

    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "top level"
        reason = f"{what} has the wrong shape at {place}: {first['msg']}"
        raise ReplyWrongShape(subject, reason, hint=_OTHER_MODEL, reply=reply) from None


def _claim(item: object, index: int, shown: Collection[str], subject: str) -> DraftedClaim:
    printed = json.dumps(item, ensure_ascii=False)
    what = f"claim {index + 1}"
    raw = _valid(_reply_models()[1], item, subject, what, printed)
    text, cites = " ".join(raw.text.split()), tuple(dict.fromkeys(raw.cites))
    said = any(ch.isalnum() for ch in text)
    if not said or not 1 <= len(cites) <= MAX_CITES:
        reason = f"{what} has no text" if not said else f"{what} cites {len(cites)} sentences"
        raise ReplyWrongShape(subject, reason, hint=_OTHER_MODEL, reply=printed)
    unknown = [cite for cite in cites if cite not in shown]
    if unknown:
        reason = f"{what} cites {unknown[0]!r}, which it was not shown"
        raise ReplyUnknownSentence(subject, reason, hint=_OTHER_MODEL, reply=printed)
    return DraftedClaim(text=text, cites=cites)


def _lead(numbers: Sequence[int], claims: int, reply: Reply) -> tuple[list[int], list[ReplyError]]:
    """Turn claim numbers, counted from 1, into positions, and set aside those that number no claim."""
    positions = [number - 1 for number in dict.fromkeys(numbers) if 1 <= number <= claims]
    strays: list[ReplyError] = [
        ReplyWrongShape(reply.model, f"the lead names claim {number} of {claims}", hint=_OTHER_MODEL, reply=str(number))
        for number in dict.fromkeys(numbers)
        if not 1 <= number <= claims
    ]
    return positions, strays
