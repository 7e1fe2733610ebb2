"""Print the review page: one HTML file that needs no network, with every claim beside its evidence.

The page is a template around three things: a style sheet and a script, which the content security policy names by
their hashes, and the manifest with the texts of its sources as JSON. The script alone turns the JSON into what is
seen, and writes nothing but text into the page; so a source can be as hostile as it likes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import jinja2

from briefing.render.changes import Line, changes_of
from briefing.render.escaping import show_controls
from briefing.render.manifest import escape_unsafe
from briefing.render.words import MOST_VALUES, in_context, legible, long_day, name_of, noted
from briefing.resources import folder
from briefing.types import ChangeKind, DisputeKind, News

#: The parts of the script, in the order in which they need one another.
SCRIPTS = ("text", "page", "items", "claims", "lists", "source", "decisions", "filters", "choosing", "keys", "start")

_HTML_IN_JSON = re.compile("[<>&]")


def review_page(briefing: Mapping[str, Any], texts: Mapping[str, str], api: Mapping[str, str] | None = None) -> str:
    """Return the page for the values of a manifest and the texts of its sources by id.

    A source without a text is named with what the manifest quotes of it. `api` is None for a page that is read from
    disk. Where decisions are saved it is `{"base": "/<token>/", "who": "name"}`, and the page speaks JSON with
    `base + "decisions"` and `base + "check"`, where a decision is `{"claim": "C1", "action": "accept", "text": null,
    "comment": null, "who": "Ilse", "when": "2031-03-06T09:30:00Z", "state": "current", "stale": null}`; `stale` says
    why a decision whose state is `stale` is one, and may be left out:

        GET  decisions                                                  -> {"decisions": [decision, …]}
        POST decisions {"claim", "action", "text"?, "comment"?}         -> {"decision": decision}
        POST check     {"claim", "text"}                                -> {"claim": as in the manifest}

    `action` is `accept`, `reject`, `edit`, `comment` or `clear`. An answer that is not 2xx has `{"error": "why"}`.
    """
    style, script = _asset("page.css"), _script()
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=show_controls(briefing["title"]),
            style=style,
            style_hash=_hash(style),
            script=script,
            script_hash=_hash(script),
            connect="'self'" if api else "'none'",
            data=_json_for_html(page_values(briefing, texts, api)),
        )
    )


def page_values(briefing: Mapping[str, Any], texts: Mapping[str, str], api: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what the script is given: the manifest, and beside it what is printed as in the Markdown."""
    return {
        "api": dict(api) if api else None,
        "briefing": dict(briefing) | {"disputes": [_dispute(dispute, texts) for dispute in briefing["disputes"]]},
        "texts": {source["id"]: texts.get(source["id"]) for source in briefing["sources"]},
        "names": {source["id"]: name_of(source["publisher"], source["location"]) for source in briefing["sources"]},
        "notes": footnotes(briefing),
        "news": news_values(briefing),
    }


def news_values(briefing: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what is new in words, with the spans that it rests on; None for a story that was never told before."""
    if not briefing.get("news") or not briefing["news"]["since"]:
        return None
    from pydantic import TypeAdapter

    news = TypeAdapter(News).validate_python(briefing["news"])
    today = datetime.fromisoformat(briefing["as_of"]).date()
    names = {source["id"]: name_of(source["publisher"], source["location"]) for source in briefing["sources"]}
    told = [change for change in news.changes if change.kind is not ChangeKind.NEW_FACT]
    return {
        "since": long_day(news.since or today, today),
        "told_again": news.told_again,
        "days": {source: long_day(day, today) for source, day in news.days},
        "changes": [
            _change_values(number, line) for number, line in enumerate(changes_of(told, names, today), start=1)
        ],
    }


def _change_values(number: int, line: Line) -> dict[str, Any]:
    spans = dict.fromkeys((e.source, e.start, e.end, e.text) for piece in line.pieces for e in piece.evidence)
    return {
        "id": f"W{number}",
        "label": line.label,
        "text": line.words,
        "dispute": line.dispute,
        "evidence": [dict(zip(("source", "start", "end", "text"), span, strict=True)) for span in spans],
    }


def footnotes(briefing: Mapping[str, Any]) -> list[list[Any]]:
    """Return `[source, start, end]` of every footnote of the Markdown, in the order of their numbers from 1."""
    spans = ((e["source"], e["start"], e["end"]) for e in _noted(briefing))
    return [list(span) for span in dict.fromkeys(spans)]


def _noted(briefing: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the evidence that the Markdown prints, in its order: what is new, then per story lead, claims, disputes."""
    news = news_values(briefing)
    for change in news["changes"] if news else ():
        yield from change["evidence"]
    for story in briefing["stories"]:
        own = [claim for claim in briefing["claims"] if claim["story"] == story["id"]]
        lead = sorted((c for c in own if c["id"] in story["lead"]), key=lambda claim: story["lead"].index(claim["id"]))
        for claim in (*lead, *(claim for claim in own if claim not in lead)):
            yield from (*claim["evidence"], *claim["corroboration"])
        for dispute in briefing["disputes"]:
            if dispute["story"] == story["id"]:
                yield from (evidence for value in dispute["values"][:MOST_VALUES] for evidence in value["evidence"])


def _dispute(dispute: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Group its figures, and give each span the words around it, as the Markdown does."""
    figures = dispute["kind"] == DisputeKind.QUANTITY
    values = [
        dict(value)
        | {
            "value": legible(value["value"]) if figures else value["value"],
            "evidence": [dict(e) | {"context": _context(e, texts)} for e in value["evidence"]],
        }
        for value in dispute["values"]
    ]
    return dict(dispute) | {"note": noted(dispute["note"], dispute["proposed_by"]), "values": values}


def _context(evidence: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    text = texts.get(evidence["source"])
    words: str = evidence["text"]
    return words if text is None else in_context(text, evidence["start"], evidence["end"])


def _json_for_html(values: object) -> str:
    """Print JSON that can neither end its element nor reorder what stands around it.

    >>> _json_for_html("</script><!--")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--"'
    """
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _HTML_IN_JSON.sub(lambda m: f"\\u{ord(m.group()):04x}", escape_unsafe(text))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (folder("templates") / "review" / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """Join the parts of the script into one function, so that they share names and leave none behind."""
    return "(() => {\n" + '"use strict";\n' + "".join(_asset(f"{name}.js") for name in SCRIPTS) + "})();\n"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates") / "review", encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
