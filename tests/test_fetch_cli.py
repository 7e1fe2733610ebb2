"""Addresses from the command line: briefings of them, what is kept, and what can be verified later."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.fetch import Fetched, FetchedBefore, KeptPage
from briefing.pipeline import read
from briefing.sources import ReadLimits, sha256
from briefing.store import Store, open_store
from tests import fault_server as faults
from tests import story_server
from tests.conftest import EXAMPLES
from tests.page_server import PageServer, near, page, serving

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

LIMIT = 1_000_000
ARTICLE = """<html><head><title>Bridge at Lützen closed</title></head><body><h1>Bridge at Lützen closed</h1>
<p>The bridge at Lützen was closed on Monday after 3 people were hurt, the mayor said.</p>
<p>It will stay closed until 14 March, said the road office, which had inspected it in 2029.</p></body></html>"""


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own, with a store of its own and no pause between pages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_STORE", str(tmp_path / "calls.sqlite3"))
    monkeypatch.setenv("BRIEFING_ALLOW_PRIVATE", "yes")


def run(*arguments: str, code: int = 0, given: str | None = None) -> Result:
    result = CliRunner().invoke(main, list(arguments), input=given)
    assert result.exit_code == code, result.output
    return result


def article(**headers: str) -> Any:
    return page(ARTICLE.encode("windows-1252"), content_type="text/html; charset=windows-1252", headers=headers)


def test_a_briefing_of_an_address_is_made_in_a_process_of_its_own_and_verified_without_the_server() -> None:
    with serving({"/a": article(), "/b": page("", 404)}) as server:
        arguments = ["make", server.at("/a"), server.at("/b"), "-o", "out", "--as-of", "2031-03-06"]
        command = [sys.executable, "-m", "briefing", *arguments]
        made = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
        address = server.at("/a")
    assert made.returncode == 0, made.stderr
    assert "nothing stands there (404)" in made.stderr
    manifest = json.loads(Path("out/briefing.json").read_text(encoding="utf-8"))
    (source,) = manifest["sources"]
    assert (source["location"], source["address"], source["encoding"]) == (address, address, "cp1252")
    assert any("Lützen" in claim["text"] for claim in manifest["claims"])
    (copy,) = Path("out/sources").iterdir()
    assert copy.name == f"{source['sha256'].removeprefix('sha256:')[:16]}.html"
    assert copy.read_bytes() == ARTICLE.encode("windows-1252")
    assert "everything holds" in run("verify", "out/briefing.json").output


def test_a_copy_that_was_altered_or_lost_is_noticed_and_another_may_be_given() -> None:
    with serving({"/a": article()}) as server:
        run("make", server.at("/a"), "-o", "out")
    (copy,) = Path("out/sources").iterdir()
    whole = copy.read_bytes()
    copy.write_bytes(whole.replace(b"3 people", b"9 people"))
    assert "the bytes have changed since" in run("verify", "out/briefing.json", code=1).output
    copy.unlink()
    lost = run("verify", "out/briefing.json", code=3).output
    assert "it was fetched, and no copy lies in out/sources; give one: --source S1=FILE" in lost
    Path("saved.html").write_bytes(whole)
    assert "everything holds" in run("verify", "out/briefing.json", "--source", "S1=saved.html").output


def test_a_copy_is_never_replaced_by_other_bytes() -> None:
    with serving({"/a": article()}) as server:
        run("make", server.at("/a"), "-o", "out")
        (copy,) = Path("out/sources").iterdir()
        before = copy.stat().st_mtime_ns
        run("make", server.at("/a"), "-o", "out")
        assert copy.stat().st_mtime_ns == before
        copy.write_bytes(b"other")
        assert "copies are never replaced" in run("make", server.at("/a"), "-o", "out", code=2).output
        assert copy.read_bytes() == b"other"


def test_standard_input_can_be_verified_too_and_files_are_not_copied() -> None:
    Path("a.txt").write_text("The dam at Orle burst on Friday, and 12 houses were lost.\n", encoding="utf-8")
    text = "The dam at Orle burst on Friday evening, and 14 houses were lost.\n"
    run("make", "a.txt", "-", "-o", "out", given=text)
    (copy,) = Path("out/sources").iterdir()
    assert copy.read_text(encoding="utf-8") == text
    assert "everything holds" in run("verify", "out/briefing.json").output


def test_verify_goes_nowhere_for_an_address_however_its_manifest_is_written() -> None:
    with serving({"/a": article()}) as server:
        run("make", server.at("/a"), "-o", "out")
        (copy,) = Path("out/sources").iterdir()
        copy.rename("elsewhere")
        path = Path("out/briefing.json")
        values = json.loads(path.read_text(encoding="utf-8"))
        asked = len(server.paths)
        for digest in ("sha256:../../elsewhere", values["sources"][0]["sha256"], "*", ""):
            values["sources"][0]["sha256"] = digest
            path.write_text(json.dumps(values), encoding="utf-8")
            run("verify", "out/briefing.json", code=3)
        assert len(server.paths) == asked


def test_sources_and_check_read_addresses() -> None:
    Path("text.md").write_text(
        "The bridge at Lützen was closed on Monday after 3 people were hurt.\n", encoding="utf-8"
    )
    with serving({"/a": article()}) as server:
        assert "Bridge at Lützen closed" in run("sources", server.at("/a")).output
        checked = json.loads(run("check", "text.md", "--sources", server.at("/a"), "--json").stdout)
        assert [claim["evidence"][0]["source"] for claim in checked["claims"]] == ["S1"]


def test_offline_and_private_networks_are_refused_by_name() -> None:
    with serving({"/a": article()}) as server:
        assert "nothing is fetched with --offline" in run("make", server.at("/a"), "--offline", code=3).output
        refused = run("sources", server.at("/a"), "--no-allow-private", code=3).output
        assert "127.0.0.1, a loopback address" in refused
        assert server.paths == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
def test_ctrl_c_ends_it_whatever_servers_do() -> None:
    with serving({"/a": faults.silence, "/b": faults.dripping_body}) as server:
        # A shell's background job, as tests may be, ignores SIGINT, and so does its child.
        code = (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "from briefing.cli import main; main()"
        )
        command = [sys.executable, "-c", code, "sources", server.at("/a"), server.at("/b")]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
            while not server.asked:
                time.sleep(0.02)
            started = time.monotonic()
            run.send_signal(signal.SIGINT)
            _, said = run.communicate(timeout=20)
        assert time.monotonic() - started < 5
    assert (run.returncode, said) == (130, "briefing: interrupted\n")


def test_no_password_and_no_token_gets_into_anything_that_is_written() -> None:
    with serving({"/a": article(etag='"1"')}) as server:
        address = server.at("/a?id=7&token=hush")
        result = run("make", address, f"http://me:hush@{server.at('/a')[7:]}", "-o", "out")
    written = "".join(path.read_text(encoding="utf-8") for path in Path("out").glob("briefing.*"))
    assert "token=…" in written
    assert "hush" not in written + result.output


def test_pages_of_one_host_and_a_folder_keep_the_order_in_which_they_were_given() -> None:
    Path("notes").mkdir()
    Path("notes/n.txt").write_text("The ferry at Orle was cancelled on Sunday.\n", encoding="utf-8")
    with serving({"/a": article(), "/b": page(ARTICLE.replace("3 people", "4 people"))}) as server, near() as web:
        reading = read([server.at("/b"), "notes", server.at("/a")], limits=ReadLimits(), fetcher=web)
    assert [document.location for document in reading.documents] == [server.at("/b"), "notes/n.txt", server.at("/a")]


# Pages of earlier runs
# ---------------------


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(tmp_path / "pages.sqlite3") as opened:
        yield opened


def asked_with(server: PageServer, name: str) -> list[str | None]:
    """That header of each request for a page."""
    return [
        headers.get(name) for path, headers in zip(server.paths, server.headers, strict=True) if path != "/robots.txt"
    ]


@pytest.mark.parametrize(
    ("sent", "asked", "value"),
    [
        ({"etag": 'W/"v1"'}, "if-none-match", 'W/"v1"'),
        ({"last_modified": "Thu, 06 Mar 2031 08:00:00 GMT"}, "if-modified-since", "Thu, 06 Mar 2031 08:00:00 GMT"),
    ],
)
def test_a_page_that_has_not_changed_is_not_sent_again(
    store: Store, sent: dict[str, str], asked: str, value: str
) -> None:
    with serving({"/a": [page("<p>One", headers=sent), page("", 304), page("<p>Two", headers=sent)]}) as server:
        brought = []
        for _ in range(3):
            with near(pages=store) as web:
                brought.append(web.fetch(server.at("/a"), max_bytes=LIMIT))
        assert [each.data for each in brought] == [b"<p>One", b"<p>One", b"<p>Two"]
        assert {each.content_type for each in brought} == {"text/html"}
        assert asked_with(server, asked) == [None, value, value]


def test_a_redirect_is_followed_anew_and_only_the_page_at_its_end_is_kept(store: Store) -> None:
    moved: dict[str, Any] = {"/a": page("", 302, location="/b"), "/b": [page("<p>One", etag='"b"'), page("", 304)]}
    with serving(moved) as server:
        for _ in range(2):
            with near(pages=store) as web:
                assert web.fetch(server.at("/a"), max_bytes=LIMIT).data == b"<p>One"
        assert asked_with(server, "if-none-match") == [None, None, None, '"b"']


def test_no_cache_asks_for_every_page_whole_and_keeps_it(store: Store) -> None:
    with serving({"/a": [page("<p>One", etag='"1"'), page("<p>Two", etag='"2"')]}) as server:
        for _ in range(2):
            with near(pages=store, fresh=True) as web:
                web.fetch(server.at("/a"), max_bytes=LIMIT)
        assert asked_with(server, "if-none-match") == [None, None]
        kept = store.page(server.at("/a"))
        assert kept
        assert (kept.data, kept.etag) == (b"<p>Two", '"2"')


@pytest.mark.parametrize("headers", [{}, {"etag": '"1"', "cache_control": "private, No-Store"}])
def test_what_cannot_be_asked_after_or_must_not_be_kept_is_not(store: Store, headers: dict[str, str]) -> None:
    with serving({"/a": page("<p>One", headers=headers)}) as server, near(pages=store) as web:
        web.fetch(server.at("/a"), max_bytes=LIMIT)
        assert store.page(server.at("/a")) is None


def test_a_page_that_was_damaged_in_the_store_or_has_become_too_large_is_fetched_whole(store: Store) -> None:
    kept = KeptPage(
        address="http://127.0.0.1/a",
        data=b"x" * 100,
        content_type="text/html",
        etag='"1"',
        last_modified="",
        fetched=datetime.now(UTC),
    )
    with serving({"/a": page("<p>One")}) as server:
        store.keep_page(replace(kept, address=server.at("/a")))
        with near(pages=store) as web:
            assert web.fetch(server.at("/a"), max_bytes=50).data == b"<p>One"
        with store._database.writing() as connection:
            connection.execute("UPDATE pages SET body = 'other'")
        with near(pages=store) as web:
            assert web.fetch(server.at("/a"), max_bytes=LIMIT).data == b"<p>One"
        assert asked_with(server, "if-none-match") == [None, None]


def test_pages_that_nobody_fetched_for_a_month_are_forgotten(store: Store) -> None:
    now = datetime(2031, 3, 6, tzinfo=UTC)
    for days in (40, 20, 0):
        store.keep_page(
            KeptPage(
                address=f"https://news.example/{days}",
                data=b"x",
                content_type="",
                etag='"1"',
                last_modified="",
                fetched=now - timedelta(days=days),
            )
        )
    assert [bool(store.page(f"https://news.example/{days}")) for days in (40, 20, 0)] == [False, True, True]


def test_a_store_that_cannot_be_written_costs_one_line_and_no_page() -> None:
    if os.geteuid() == 0:
        Path("blocked").write_text("a file where a folder should be", encoding="utf-8")
    else:
        Path("blocked").mkdir(mode=stat.S_IRUSR)
    pages = {"/a": article(etag='"1"'), "/b": article(etag='"2"')}
    with serving(pages) as server:
        result = run("sources", server.at("/a"), server.at("/b"), "--store", "blocked/calls.sqlite3")
    assert "Bridge at Lützen closed" in result.stdout
    assert result.stderr.count("pages are fetched whole and not kept") == 1


def test_a_model_and_addresses_share_one_store_and_both_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-never-to-be-seen-0123456789")
    text = story_server.ARTICLES["lock"]
    pages = {"/a": [page(text, content_type="text/plain", etag='"1"'), page("", 304)]}
    with serving(pages) as server, story_server.serving() as model:
        for _ in range(2):
            arguments = ("--model", "tiny", "--base-url", model.url, "--as-of", "2031-06-12", "--json")
            made = json.loads(run("make", server.at("/a"), *arguments).stdout)
            assert made["usage"]["calls"] == 2
        assert len(model.asked) == 2
        assert asked_with(server, "if-none-match") == [None, '"1"']


def test_without_addresses_neither_the_store_nor_what_fetches_is_touched(tmp_path: Path) -> None:
    code = (
        "import sys; from briefing.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print([n for n in sys.modules if n.startswith(('httpx2', 'httpcore2', 'sqlite3',"
        " 'briefing.fetch_http', 'briefing.store'))])"
    )
    command = [sys.executable, "-c", code, "make", str(EXAMPLES), "-o", "out"]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "[]"
    assert not (tmp_path / "calls.sqlite3").exists()
    assert not Path("out/sources").exists()


# Encodings
# ---------


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        ("<p>Łódź".encode("iso-8859-2"), "text/html; charset=iso-8859-2", "Łódź"),
        ("<p>Łódź".encode(), "text/html; charset=iso-8859-2", "Łódź"),
        (b'<meta charset="koi8-r"><p>' + "Łódź".encode("iso-8859-2"), "text/html; charset=iso-8859-2", "Łódź"),
        (b'<meta charset="iso-8859-2"><p>' + "Łódź".encode("iso-8859-2"), "text/html; charset=nonsense", "Łódź"),
        ("\ufeffŁódź".encode("utf-16-le"), "text/plain; charset=iso-8859-2", "Łódź"),
        ("Łódź".encode("iso-8859-2"), "text/plain; charset=ISO-8859-2", "Łódź"),
        ("<p>Łódź".encode("iso-8859-2"), "text/html; charset=zip", None),
    ],
)
def test_a_page_is_read_in_the_encoding_that_its_server_names_unless_its_bytes_say_better(
    data: bytes, content_type: str, text: str | None
) -> None:
    address = "https://news.example/a"
    web = FetchedBefore(pages={address: Fetched(address=address, data=data, content_type=content_type)})
    (document,) = read([address], limits=ReadLimits(), fetcher=web).documents
    assert text is None or text in document.text
    assert document.sha256 == sha256(data)
