"""No key is ever written, printed or shown to other processes, whatever a server, a file or a user does with it.

Every test drives the real commands against a server on loopback, and then searches all that was printed and all
that was written.
"""

from __future__ import annotations

import base64
import gzip
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.conftest import ROOT
from tests.fault_server import (
    Behaviour,
    FaultServer,
    answer,
    completion,
    failure,
    no_http,
    redirect,
    reset_mid_body,
    running,
    silence,
)

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
KEY = "sk-Planted/Key-0123456789abcdef"
PASSWORD = "planted+password-0123456789"  # noqa: S105 - planted to be searched for
ARTICLE = """The Brenlow Echo

The Halden footbridge over the Isk was closed on Tuesday after an inspector found a crack 40 centimetres long.

About 1,900 people cross the bridge every day, according to the council.
"""


def forms(secret: str) -> set[bytes]:
    """Return the secret as it stands, as addresses, JSON and headers write it, and the two halves of it."""
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    basic = base64.b64encode(f"ann:{secret}".encode()).decode().rstrip("=")
    written = {secret, quote(secret, safe=""), secret.replace("/", "\\/"), encoded, basic}
    return {form.encode() for form in written | {secret[: len(secret) // 2], secret[len(secret) // 2 :]}}


SECRETS = forms(KEY) | forms(PASSWORD)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one article; everything that a command writes goes below it."""
    for name in ("OPENAI_BASE_URL", "BRIEFING_MODEL", "BRIEFING_STORE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("BRIEFING_ENTAILMENT", "false")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    """Run a command; return its exit code and all that it printed."""
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def make(server: FaultServer, *more: str, url: str | None = None) -> tuple[int, str]:
    asked = ("--model", "m-1", "--base-url", url or server.url, "--timeout", "2", "--run-timeout", "3")
    return run("make", "article.txt", "--as-of", "2031-03-06", "-o", "out", *asked, *more)


def leaks(folder: Path, *printed: str) -> list[str]:
    """Name every place below `folder`, or among what was printed, that holds a form of a secret."""
    places = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    places |= {f"printed {number}": text.encode() for number, text in enumerate(printed)}
    return [place for place, data in places.items() if any(secret in data for secret in SECRETS)]


def drafted(text: str = "About 1,900 people cross the bridge every day, according to the council.") -> str:
    return json.dumps({"claims": [{"text": text, "cites": ["S1.2"]}], "lead": [1]})


def echoes() -> Iterator[tuple[str, Sequence[Behaviour]]]:
    """Yield what a server, out of malice or in its error messages, makes of the header that it was sent."""
    said = f"Incorrect API key provided: Bearer {KEY}"
    yield "a reply without a word of it", [completion(drafted())]
    yield "claims about the key", [completion(drafted(f"The key is {KEY}, the council said."))]
    yield "a finish reason", [completion(drafted(), KEY)]
    yield "a reply that is no JSON", [completion(f"Your key {KEY} is")]
    yield "a refusal", [completion(None, refusal=f"I will not say that the key is {KEY}")]
    yield "a completion without choices", [answer(200, {"choices": [], "key": KEY, "usage": {"prompt_tokens": 5}})]
    for status in (400, 401, 403, 404, 422, 429, 500):
        yield f"an error {status}", [failure(status, said, {"x-echo": KEY, "retry-after": "0"}, param=KEY, code=KEY)]
    yield "a page", [answer(502, f"<html><title>{said}</title></html>", {"content-type": f"text/{KEY}"})]
    yield "a redirect", [redirect(302, f"http://127.0.0.1:9/{quote(KEY, safe='')}?key={KEY}")]
    packed = gzip.compress(json.dumps({"error": {"message": said}}).encode())
    yield "a compressed error", [answer(401, packed, {"content-encoding": "gzip"})]
    spelled = "".join(f"\\u{ord(character):04x}" for character in KEY)
    yield "an error in escapes", [answer(401, f'{{"error": {{"message": "key {spelled}"}}}}')]
    yield "a reply in escapes", [answer(200, f'{{"choices": [{{"message": {{"content": "key {spelled}"}}}}]}}')]
    yield "no HTTP", [no_http]
    yield "a reset", [reset_mid_body]
    yield "silence", [silence]


# Commands against servers
# ------------------------


@pytest.mark.parametrize(("name", "script"), list(echoes()), ids=lambda value: value if isinstance(value, str) else "")
def test_nothing_that_a_server_does_with_the_key_gets_it_printed_or_kept(
    name: str, script: Sequence[Behaviour], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with running(*script) as server:
        code, printed = make(server)
        _, again = make(server, "--json")
    _, runs = run("runs")
    _, shown = run("runs", "show", "--json")
    assert server.authorizations
    assert set(server.authorizations) == {f"Bearer {KEY}"}
    assert code == (0 if name in {"a reply without a word of it", "claims about the key", "a finish reason"} else 4)
    assert runs.strip()
    assert leaks(folder, printed, again, runs, shown, caplog.text) == []


def test_the_search_finds_a_key_where_there_is_one(folder: Path) -> None:
    (folder / "log").write_text(f"Bearer {KEY}", encoding="utf-8")
    assert leaks(folder, f"http://127.0.0.1/{quote(PASSWORD, safe='')}") == [str(folder / "log"), "printed 0"]


@pytest.mark.parametrize(
    "command", [("models",), ("models", "--model", "m-1"), ("make", "article.txt", "--model", "m-1", "--dry-run")]
)
def test_other_commands_that_need_the_key_do_not_show_it(command: Sequence[str], folder: Path) -> None:
    with running(failure(401, f"no such key: {KEY}")) as server:
        _, printed = run(*command, "--base-url", server.url)
    assert leaks(folder, printed) == []


def test_a_password_in_an_address_is_sent_and_neither_printed_nor_kept(folder: Path) -> None:
    with running(completion(drafted()), failure(401, f"wrong: {PASSWORD}")) as server:
        url = server.url.replace("//", f"//ann:{quote(PASSWORD, safe='')}@")
        code, printed = make(server, url=url)
        failed, again = make(server, "--no-cache", url=url)
        _, planned = make(server, "--dry-run", url=url)
    _, settings = run("config")
    _, shown = run("runs", "show", "1")
    assert (code, failed) == (0, 4)
    assert all(header and header.startswith("Basic ") for header in server.authorizations)
    assert leaks(folder, printed, again, planned, settings, shown) == []


@pytest.mark.parametrize(
    "url",
    [
        f"http://ann:{PASSWORD}@127.0.0.1:1/v1",
        f"http://ann:{PASSWORD}@",
        f"http://127.0.0.1:1/v1?key={KEY}",
        f"ftp://{KEY}@x",
    ],
)
def test_an_address_that_cannot_be_used_is_named_without_what_is_secret_in_it(url: str, folder: Path) -> None:
    with running() as server:
        code, printed = make(server, url=url)
    assert code in {2, 4}
    assert leaks(folder, printed) == []


# Settings
# --------


@pytest.mark.parametrize(
    "line",
    [f'api_key = "{KEY}"', f'OPENAI_API_KEY = "{KEY}"', f'[openai]\nkey = "{KEY}"'],
)
def test_a_key_in_the_settings_file_is_refused_and_not_repeated(line: str, folder: Path) -> None:
    (folder / "briefing.toml").write_text(line, encoding="utf-8")
    code, printed = run("make", "article.txt")
    assert code == 2
    assert "briefing.toml" in printed
    (folder / "briefing.toml").unlink()
    assert leaks(folder, printed) == []


def test_there_is_no_option_that_takes_a_key() -> None:
    for name, command in main.commands.items():
        options = [option for parameter in command.params for option in parameter.opts]
        assert not [option for option in options if re.search("key|token$|secret|password", option)], name


def test_the_settings_are_shown_without_the_key(folder: Path) -> None:
    _, printed = run("config")
    assert leaks(folder, printed) == []


# Other processes
# ---------------


def test_no_other_process_sees_the_key_while_a_call_is_under_way(folder: Path) -> None:
    with running(silence) as server:
        command = [sys.executable, "-m", "briefing", "make", "article.txt", "--model", "m-1", "--base-url", server.url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            while not server.received:
                assert process.poll() is None
                server.ending.wait(0.01)
            listed = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
            process.terminate()
            printed = process.communicate()[0].decode()
    assert any(b"article.txt" in line for line in listed)
    assert not [line for line in listed if any(secret in line for secret in SECRETS)]
    assert leaks(folder, printed) == []


# The repository
# --------------


def test_no_cassette_holds_a_key_or_the_header_it_goes_in() -> None:
    cassettes = list((ROOT / "cassettes").glob("*.yaml"))
    assert cassettes
    for cassette in cassettes:
        recorded = cassette.read_text(encoding="utf-8")
        assert not re.search(r"authorization|set-cookie|openai-organization", recorded, re.I), cassette.name
        assert not re.search(r"\bBearer\b|\bsk-[\w-]{16,}", recorded), cassette.name
