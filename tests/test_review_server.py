"""The review server over a real socket: who gets in, who does not, and what is kept."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.store import open_store
from briefing.web import Password
from briefing.web.guard import MAX_BODY
from tests.review_server import TOKEN, Reviewing, articles, made_in, reviewing

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

SUPPORTED = "About 12,000 others remain in the valley."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    return made_in(folder / "out", articles(folder))


@pytest.fixture(scope="module")
def served(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewing]:
    with reviewing(made, tmp_path_factory.mktemp("store") / "s.sqlite") as server:
        yield server


def claim_with(made: Path, words: str) -> str:
    claims = json.loads(made.read_text(encoding="utf-8"))["claims"]
    return str(next(claim["id"] for claim in claims if words in claim["text"]))


# Who gets in


def test_the_page_is_served_with_a_policy_that_lets_nothing_else_in(served: Reviewing) -> None:
    answer = served.get()
    assert answer.status == 200
    assert f'"base":"/{TOKEN}/"'.encode() in answer.body
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["", "decisions", "nowhere"])
def test_every_answer_may_be_neither_kept_nor_framed_nor_sniffed(served: Reviewing, name: str) -> None:
    headers = served.get(name).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert not [header for header in headers if header.startswith("access-control-")]
    assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    ["/", "/decisions", f"/{TOKEN}", f"/{TOKEN}x/", f"/x{TOKEN}/", f"//{TOKEN}/", f"/{TOKEN.upper()}/", "/../"],
)
def test_without_the_token_there_is_nothing(served: Reviewing, path: str) -> None:
    answer = served.ask("GET", path)
    assert answer.status == 404
    assert TOKEN.encode() not in answer.body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example", ""])
def test_a_name_that_was_bound_to_this_computer_is_not_answered(served: Reviewing, host: str) -> None:
    assert served.get(headers={"Host": host}).status == 421


def test_localhost_is_this_computer_too(served: Reviewing) -> None:
    port = served.host.partition(":")[2]
    assert served.get(headers={"Host": f"localhost:{port}"}).status == 200


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1", "file://", "http://[", "http://{host}.evil"]
)
def test_only_the_own_page_decides(served: Reviewing, origin: str | None) -> None:
    sent = origin and origin.replace("{host}", served.host)
    answer = served.post("decisions", {"claim": "C1", "action": "accept"}, headers={"Origin": sent})
    assert answer.status == 403
    assert "C1" not in served.held()


def test_a_page_of_another_site_reads_nothing(served: Reviewing) -> None:
    assert served.get("decisions", headers={"Origin": "http://evil.example"}).status == 403
    assert served.get("decisions", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status == 403
    assert served.get("", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status == 200


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_site_cannot_decide(served: Reviewing, kind: str | None) -> None:
    answer = served.post("decisions", {"claim": "C1", "action": "accept"}, headers={"Content-Type": kind})
    assert answer.status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_other_method_does_anything(served: Reviewing, method: str) -> None:
    headers = {"Origin": f"http://{served.host}", "Content-Type": "application/json"}
    assert served.ask(method, f"/{TOKEN}/decisions", b"{}", headers).status == 405


def test_no_more_is_read_than_a_decision_can_hold(served: Reviewing) -> None:
    body = json.dumps({"claim": "C1", "action": "comment", "comment": "x" * MAX_BODY}).encode()
    assert served.ask("POST", f"/{TOKEN}/decisions", body).status == 413
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    headers = {"Transfer-Encoding": "chunked", "Content-Length": None}
    assert served.ask("POST", f"/{TOKEN}/decisions", chunked, headers).status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"claim": "C1"}',
        b'{"claim": "C1", "action": "approve"}',
        b'{"claim": 1, "action": "accept"}',
        b'{"claim": "C1", "action": "accept", "who": "somebody else"}',
        b'{"claim": "C1", "action": "accept", "text": "It rained."}',
        b'{"claim": "C1", "action": "edit"}',
        b'{"claim": "C1", "action": "edit", "text": " "}',
        b'{"claim": "C1", "action": "edit", "text": "\\u0000"}',
        b'{"claim": "C1", "action": "edit", "text": "\\ud800"}',
        b'{"claim": "C1", "action": "comment"}',
        b'{"claim": "C1", "action": "clear", "comment": "x"}',
        b'{"claim": "C999", "action": "accept"}',
        b'{"claim": "\xff", "action": "accept"}',
        b'{"claim": "C1", "action": "comment", "comment": "' + b"x" * 5001 + b'"}',
    ],
)
def test_what_is_no_decision_is_refused_with_a_reason(served: Reviewing, body: bytes) -> None:
    answer = served.ask("POST", f"/{TOKEN}/decisions", body)
    assert answer.status == 422
    assert answer.json()["error"]
    assert answer.json()["hint"]
    assert "C1" not in served.held()


# The password


@pytest.fixture
def guarded(made: Path, tmp_path: Path) -> Iterator[Reviewing]:
    password = Password(digest=Password.digested("open sesame"), wrong=3, within_s=0.8)
    with reviewing(made, tmp_path / "s.sqlite", password=password) as server:
        yield server


def basic(name: str, password: str) -> dict[str, str | None]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_with_a_password_nobody_gets_in_without_it(guarded: Reviewing) -> None:
    asked = guarded.get()
    assert asked.status == 401
    assert asked.headers["www-authenticate"].startswith("Basic ")
    assert guarded.ask("GET", "/").status == 401, "the token is not to be guessed without the password"
    assert guarded.get(headers=basic("eve", "open barley")).status == 401
    assert guarded.get(headers=basic("ann", "open sesame") | {"Host": "desk.example"}).status == 200


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer open sesame", "Basic //8="])
def test_broken_credentials_are_none(guarded: Reviewing, header: str) -> None:
    assert guarded.get(headers={"Authorization": header}).status == 401


def test_whoever_names_himself_with_the_password_decides(guarded: Reviewing) -> None:
    headers = basic("bo\x1b[31m", "open sesame")
    answer = guarded.post("decisions", {"claim": "C1", "action": "accept"}, headers=headers)
    assert answer.json()["decision"]["who"] == "bo⟨U+001B⟩[31m"


def test_a_password_cannot_be_tried_for_ever(guarded: Reviewing) -> None:
    tries = [guarded.get(headers=basic("eve", f"guess {n}")).status for n in range(4)]
    assert tries == [401, 401, 401, 429]
    waiting = guarded.get(headers=basic("ann", "open sesame"))
    assert waiting.status == 429
    assert int(waiting.headers["retry-after"]) >= 1
    threading.Event().wait(0.9)
    assert guarded.get(headers=basic("ann", "open sesame")).status == 200


# What is kept


@pytest.fixture
def fresh(made: Path, tmp_path: Path) -> Iterator[Reviewing]:
    with reviewing(made, tmp_path / "s.sqlite") as server:
        yield server


def test_what_was_decided_is_there_when_the_page_is_opened_again(made: Path, tmp_path: Path) -> None:
    with reviewing(made, tmp_path / "s.sqlite") as server:
        server.decide("C1", "accept")
        server.decide("C2", "reject", comment="Said last week.")
        edited = server.decide("C3", "edit", text="  About 12,000 \n others remain. ")
    assert edited["text"] == "About 12,000 others remain."
    with reviewing(made, tmp_path / "s.sqlite", who="bo") as server:
        held = server.held()
    assert {claim: (d["action"], d["comment"], d["who"], d["state"]) for claim, d in held.items()} == {
        "C1": ("accept", None, "ann", "current"),
        "C2": ("reject", "Said last week.", "ann", "current"),
        "C3": ("edit", None, "ann", "current"),
    }


def test_a_comment_leaves_a_decision_as_it_is_and_clear_takes_both_back(fresh: Reviewing) -> None:
    fresh.decide("C1", "comment", comment="Check the day.")
    assert fresh.held()["C1"]["action"] == "comment"
    fresh.decide("C1", "accept")
    assert fresh.decide("C1", "comment", comment="Checked.")["action"] == "accept"
    assert fresh.held()["C1"]["comment"] == "Checked."
    assert fresh.decide("C1", "clear")["action"] == "clear"
    assert fresh.held() == {}


def test_looking_changes_nothing(fresh: Reviewing) -> None:
    fresh.decide("C1", "accept")
    before = fresh.held()
    for name in ("", "decisions", "check", "decisions?claim=C1&action=reject"):
        fresh.get(name)
    assert fresh.held() == before


def test_an_edit_is_checked_as_a_draft_would_be(fresh: Reviewing, made: Path) -> None:
    claim = claim_with(made, "About 12,000 others")
    good = fresh.post("check", {"claim": claim, "text": SUPPORTED}).json()["claim"]
    assert (good["id"], good["text"]) == (claim, SUPPORTED)
    assert good["verdict"] in ("supported", "partly")
    assert not good["findings"]
    bad = fresh.post("check", {"claim": claim, "text": SUPPORTED.replace("12,000", "15,000")}).json()["claim"]
    assert bad["verdict"] in ("contradicted", "unsupported")
    assert {finding["kind"] for finding in bad["findings"]} & {"number_differs", "number_absent"}


def test_words_that_a_claim_has_already_are_no_edit(fresh: Reviewing, made: Path) -> None:
    text = json.loads(made.read_text(encoding="utf-8"))["claims"][0]["text"]
    assert fresh.post("decisions", {"claim": "C1", "action": "edit", "text": text}).status == 422


def test_what_the_checks_withheld_is_not_accepted_but_may_be_edited(tmp_path: Path) -> None:
    path = made_in(tmp_path / "out", articles(tmp_path))
    values = json.loads(path.read_text(encoding="utf-8"))
    withheld = {k: v for k, v in values["claims"].pop().items() if k not in ("corroboration", "disputes")}
    withheld |= {"verdict": "unsupported", "standing": None, "origins": 0, "text": "It snowed in 1877."}
    values["withheld"].append(withheld)
    path.write_text(json.dumps(values), encoding="utf-8")
    with reviewing(path, tmp_path / "s.sqlite") as server:
        answer = server.post("decisions", {"claim": withheld["id"], "action": "accept"})
        assert answer.status == 409
        assert "edit it" in answer.json()["hint"]
        server.decide(withheld["id"], "edit", text=withheld["evidence"][0]["text"])


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_claims_on_a_source_that_changed_are_neither_accepted_nor_edited(tmp_path: Path, change: str) -> None:
    sources = articles(tmp_path)
    path = made_in(tmp_path / "out", sources)
    claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
    on_first = next(c["id"] for c in claims if {e["source"] for e in c["evidence"]} == {"S1"})
    elsewhere = next(c["id"] for c in claims if "S1" not in {e["source"] for e in c["evidence"]})
    first = next(sources.glob("01-*"))
    if change == "edited":
        first.write_text(first.read_text(encoding="utf-8").replace("12,000", "13,000"), encoding="utf-8")
    else:
        first.unlink()
    with reviewing(path, tmp_path / "s.sqlite") as server:
        for action, more in (("accept", {}), ("edit", {"text": "It rained."})):
            answer = server.post("decisions", {"claim": on_first, "action": action, **more})
            assert answer.status == 409
            assert "S1" in answer.json()["error"]
        assert server.post("check", {"claim": on_first, "text": "It rained."}).status == 409
        server.decide(on_first, "reject")
        server.decide(elsewhere, "accept")
        assert b"Not as it was when the briefing was made" in server.get().body


def test_a_span_that_reads_otherwise_is_not_taken_on_trust(tmp_path: Path) -> None:
    path = made_in(tmp_path / "out", articles(tmp_path))
    values = json.loads(path.read_text(encoding="utf-8"))
    values["claims"][0]["evidence"][0]["text"] = "It never rained."
    path.write_text(json.dumps(values), encoding="utf-8")
    with reviewing(path, tmp_path / "s.sqlite") as server:
        answer = server.post("decisions", {"claim": values["claims"][0]["id"], "action": "accept"})
        assert answer.status == 409


def test_a_briefing_that_was_made_again_takes_no_decisions_of_the_old_page(tmp_path: Path) -> None:
    path = made_in(tmp_path / "out", articles(tmp_path))
    with reviewing(path, tmp_path / "s.sqlite") as server:
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        answer = server.post("decisions", {"claim": "C1", "action": "accept"})
        assert answer.status == 409
        assert "again" in answer.json()["hint"]


def test_two_reviewers_at_once_lose_nothing(made: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    with reviewing(made, store, who="ann") as first, reviewing(made, store, who="bo") as second:

        def decide(server: Reviewing, action: str) -> None:
            for number in range(1, 9):
                server.decide(f"C{number}", action)

        threads = [threading.Thread(target=decide, args=each) for each in ((first, "accept"), (second, "reject"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert first.held() == second.held()
        assert len(first.held()) == 8
        last = second.decide("C1", "accept")
        assert (last["who"], first.held()["C1"]["who"]) == ("bo", "bo")
    with open_store(store) as opened:
        assert len(opened.decisions.entries()) == 17


# The command


def command(*words: str, store: Path) -> subprocess.Popen[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("BRIEFING_")}
    return subprocess.Popen(
        [sys.executable, "-m", "briefing", "review", "--no-open", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=env | {"BRIEFING_STORE": str(store)},
    )


def test_the_command_prints_an_address_answers_there_and_leaves_at_ctrl_c(made: Path, tmp_path: Path) -> None:
    running = command(str(made), "--as", "cleo", store=tmp_path / "s.sqlite")
    try:
        assert running.stdout
        url = running.stdout.readline().strip()
        host, token = url.removeprefix("http://").rstrip("/").split("/")
        assert len(token) >= 43
        server = Reviewing(host=host)
        answer = server.ask("GET", f"/{token}/")
        assert answer.status == 200
        assert b'"who":"cleo"' in answer.body
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    except BaseException:
        running.kill()
        running.communicate()
        raise
    assert running.returncode == 0, err
    assert token not in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (["--host", "0.0.0.0"], {}, "--public"),  # noqa: S104 - it is refused
        (["--host", "0.0.0.0", "--public"], {}, "BRIEFING_REVIEW_PASSWORD"),  # noqa: S104
        (["--public"], {"BRIEFING_REVIEW_PASSWORD": "short"}, "at least 8 characters"),
        (["--host", "example.org"], {}, "--public"),
    ],
)
def test_other_computers_are_let_in_only_on_purpose(
    made: Path, tmp_path: Path, words: list[str], environment: dict[str, str], said: str
) -> None:
    env = {"BRIEFING_STORE": str(tmp_path / "s.sqlite")} | environment
    result = CliRunner(env=env).invoke(main, ["review", "--no-open", str(made), *words])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert not (tmp_path / "s.sqlite").exists()
