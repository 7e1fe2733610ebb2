"""The JSON-LD of a page: the one object that describes its article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html

from briefing.documents.head import same_words

Item = dict[str, Any]

_JSON_LIMIT = 1_000_000
_ARTICLES = ("article", "posting", "report", "review")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")


def main_item(tree: html.HtmlElement, titles: Sequence[str], addresses: Sequence[str]) -> Item:
    """Return the object about the page's article, or an empty one.

    Of several articles it is the one whose headline is among the page's `titles`, or whose address is among its
    `addresses`; when none is, nothing tells which of them the page is about.
    """
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is_kind(node, _ARTICLES)]
    if len(articles) > 1:
        fitting = [node for node in articles if _fits(node, titles, addresses)]
        articles = fitting or (articles if len({_headline(node) for node in articles}) == 1 else [])
    pages = [node for node in nodes if _is_kind(node, ("webpage",))]
    chosen = [*articles, *pages]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    return {key: _resolved(value, by_id) for node in reversed(chosen) for key, value in node.items()}


def names(value: Any) -> Iterator[str]:
    """Yield the names in a value that is a name, an object with one, or a list of these."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        for each in name if isinstance(name, list) else [name]:
            if isinstance(each, str) and each.strip():
                yield " ".join(each.split())


def _nodes(tree: html.HtmlElement) -> Iterator[Item]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _objects(script.text or "")


def _objects(written: str) -> Iterator[Item]:
    try:
        pending: list[Any] = [json.loads(written[:_JSON_LIMIT], strict=False)]
    except (ValueError, RecursionError):
        # A page with broken JSON-LD has no JSON-LD.
        return
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            pending.extend(value[key] for key in _NESTED if key in value)


def _is_kind(node: Item, kinds: Sequence[str]) -> bool:
    written = node.get("@type")
    stated = written if isinstance(written, list) else [written]
    return any(isinstance(one, str) and one.lower().endswith(tuple(kinds)) for one in stated)


def _headline(node: Item) -> str:
    return next(names(node.get("headline")), "")


def _fits(node: Item, titles: Sequence[str], addresses: Sequence[str]) -> bool:
    page = node.get("mainEntityOfPage")
    stated = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return any(same_words(_headline(node), title) for title in titles) or any(
        isinstance(one, str) and one.split("#")[0] in addresses for one in stated
    )


def _resolved(value: Any, by_id: dict[str, Item]) -> Any:
    """Put the object in the place of a reference to it: `{"@id": "#desk"}`."""
    if isinstance(value, list):
        return [_resolved(one, by_id) if isinstance(one, dict) else one for one in value]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value
