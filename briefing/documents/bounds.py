"""What a page may be made of: with too much of it parsing takes minutes, and some of it takes the square of that."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLimits:
    """Set by hand after measuring on two busy cores: 160,000 tags took 6 s, half of it trafilatura's, and one tag with
    40,000 attributes 6 s, with ten times that 10 minutes.
    """

    tags: int = 400_000
    extracted_tags: int = 60_000
    """Above it trafilatura does not look for the article: the roles are judged from the words alone."""
    tag_characters: int = 20_000
    """Longer tags are looked into; pictures written into them are long too."""
    attributes: int = 3_000


LIMITS = PageLimits()
_SEPARATOR = re.compile(r"[\s/=]+")


def excess(markup: str, limits: PageLimits = LIMITS) -> str | None:
    """Say what the page has too much of to be parsed; None for all that people read.

    >>> excess("<p>Text.</p>"), excess("<br>" * 20, PageLimits(tags=10))
    (None, 'The page has 20 tags, and the limit is 10.')
    """
    tags = markup.count("<")
    if tags > limits.tags:
        return f"The page has {tags:,} tags, and the limit is {limits.tags:,}."
    for tag in re.finditer(rf"<[^<>]{{{limits.tag_characters},}}", markup):
        attributes = sum(1 for _ in _SEPARATOR.finditer(tag.group()))
        if attributes > limits.attributes:
            return f"The page has a tag with more than {limits.attributes:,} attributes."
    return None


def is_extractable(markup: str, limits: PageLimits = LIMITS) -> bool:
    """Say whether trafilatura would be done in seconds."""
    return markup.count("<") <= limits.extracted_tags
