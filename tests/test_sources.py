"""What happens to everything a user can point at."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import (
    SourceEmpty,
    SourceError,
    SourceNotFound,
    SourceTooLarge,
    SourceUnreadable,
    SourceUnsupported,
)
from briefing.sources import ReadLimits, collect, media_type, read, read_path, sha256
from briefing.sources.several import Reader
from briefing.types import Source

LIMITS = ReadLimits()


def test_a_file_keeps_its_bytes_and_its_location_as_the_user_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\r\n")
    source = read_path(path)
    assert source.data == b"\xef\xbb\xbfOne.\r\nTwo.\r\n"
    assert source.location == str(path)
    assert source.sha256 == sha256(source.data)


def test_a_mistake_of_a_reader_costs_only_its_own_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Text of {name}.", encoding="utf-8")
    reads = Reader.all

    def fails_for_a(self: Reader, location: str) -> Iterator[Source | SourceError]:
        if location.endswith("a.txt"):
            raise RuntimeError("no such table")
        return reads(self, location)

    monkeypatch.setattr(Reader, "all", fails_for_a)
    sources, unread = collect([str(tmp_path)], limits=LIMITS)
    assert [Path(s.location).name for s in sources] == ["b.txt"]
    assert [(Path(u.location).name, u.error) for u in unread] == [
        ("a.txt", "its reader failed: RuntimeError: no such table")
    ]


def test_one_missing_file_leaves_the_others_and_their_numbers_in_order(tmp_path: Path) -> None:
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    wanted = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    sources, unread = collect(wanted, limits=LIMITS)
    assert [(s.id, Path(s.location).name) for s in sources] == [("S1", "a.txt"), ("S2", "c.txt")]
    assert [Path(u.location).name for u in unread] == ["b.txt"]
    assert "no such file" in unread[0].error


def test_a_folder_gives_its_readable_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "deep/c.html", ".hidden.txt", ".git/x.txt", "photo.jpg", "data.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"rows": [1, 2]}' if name == "data.json" else "Text.", encoding="utf-8")
    sources, unread = collect([str(tmp_path)], limits=LIMITS)
    assert [str(Path(s.location).relative_to(tmp_path)) for s in sources] == ["a.txt", "b.md", "deep/c.html"]
    assert not unread


def test_json_without_an_article_is_passed_over_in_a_folder_and_reported_when_named(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text('{"rows": [1, 2]}', encoding="utf-8")
    sources, unread = collect([str(tmp_path), str(path)], limits=LIMITS)
    assert not sources
    assert not unread
    _, unread = collect([str(path)], limits=LIMITS)
    assert unread[0].location == str(path)
    assert "no object has its text under text" in unread[0].error


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    sources, unread = collect([str(tmp_path)], limits=LIMITS)
    assert not sources
    assert "no readable file" in unread[0].error


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.", encoding="utf-8")
    sources, _ = collect([str(path), str(tmp_path), os.path.relpath(path)], limits=LIMITS)
    assert len(sources) == 1


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b"caf\xc3\xa9\r\n")

    monkeypatch.setattr("sys.stdin", Stdin)
    assert read("-", id="S1", limits=LIMITS).data == b"caf\xc3\xa9\r\n"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda _: None, SourceNotFound),
        (lambda p: p.write_bytes(b""), SourceEmpty),
        (lambda p: p.write_bytes(b"x" * 101), SourceTooLarge),
        (os.mkfifo, SourceUnreadable),
    ],
    ids=["missing", "empty", "too large", "not a regular file"],
)
def test_what_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, make: object, error: type) -> None:
    path = tmp_path / "x.txt"
    make(path)  # type: ignore[operator]
    with pytest.raises(error) as caught:
        read(str(path), id="S1", limits=ReadLimits(max_bytes=100))
    assert isinstance(caught.value, SourceError)
    assert caught.value.subject == str(path)
    assert caught.value.hint


def test_a_link_that_points_at_itself_and_an_endless_name_are_unread_and_sink_nothing(tmp_path: Path) -> None:
    good, loop = tmp_path / "a.txt", tmp_path / "loop.txt"
    good.write_text("Text.", encoding="utf-8")
    loop.symlink_to(loop)
    sources, unread = collect([str(loop), str(good), "x" * 5_000, "a\0b"], limits=LIMITS)
    assert [s.location for s in sources] == [str(good)]
    assert len(unread) == 3


def test_many_comments_before_no_page_are_seen_through() -> None:
    # Without an atomic group the pattern would try every way to part them, and not come back.
    assert media_type(b"<!-- -->" * 400 + b"# Title", "a.md") == "text/markdown"


def test_an_address_is_refused_and_never_fetched() -> None:
    with pytest.raises(SourceUnsupported, match="not fetched"):
        read("https://example.org/a.html", id="S1", limits=LIMITS)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"Plain.", "a.txt", "text/plain"),
        (b"Plain.", "a", "text/plain"),
        (b"# T", "a.MD", "text/markdown"),
        (b"no tags", "a.html", "text/html"),
        (b"\xef\xbb\xbf \n<!-- saved -->\n<!DOCTYPE HTML><p>", "saved.txt", "text/html"),
        (b"He wrote <html> on the board.", "a.txt", "text/plain"),
    ],
)
def test_the_kind_comes_from_the_content_first(data: bytes, name: str, kind: str) -> None:
    assert media_type(data, name) == kind
