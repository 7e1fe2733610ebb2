"""Every way a server can fail: what the caller gets after how many requests, and what it cost (`docs/models.md`)."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from briefing.errors import (
    ModelError,
    ModelRefused,
    ModelUnavailable,
    ReplyEmpty,
    ReplyError,
    ReplyNotJSON,
    ReplyRefused,
    ReplyTruncated,
    ReplyUnknownSentence,
    ReplyWrongShape,
)
from briefing.model import Reply, Request
from briefing.model_http import HTTPModel, Patience, server_at, wire
from briefing.pipeline import Job, make
from briefing.prompts import read_draft
from briefing.types import Usage
from tests import fault_server as faults
from tests.conftest import EXAMPLES, ROOT
from tests.fault_server import Behaviour, FaultServer, completion, failure, running

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

KEY = "sk-planted-0123456789"
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
REQUEST = Request(system="Be brief.", user="Hi.", schema_name="nothing", schema=SCHEMA, max_tokens=50)
#: No attempt and no run of these tests may take longer; what ends sooner does so for another reason.
RUN_S = 20.0
EAGER = Patience(timeout_s=10, run_timeout_s=RUN_S, retries=2, first_wait_s=0.001, longest_wait_s=1)
HASTY = Patience(timeout_s=0.3, run_timeout_s=RUN_S, retries=2, first_wait_s=0.001, longest_wait_s=1)
NOTHING = Usage()
PAID = Usage(calls=1, prompt_tokens=20, completion_tokens=3, cached_tokens=16)
DRAFT = '{"claims": [{"text": "It rained.", "cites": ["S1.1"]}], "lead": [1]}'


def counted(usage: Usage) -> Usage:
    """The usage without its price, which is for others to know."""
    return replace(usage, cost_usd=None)


def asking(server: FaultServer, patience: Patience = EAGER, key: str | None = KEY) -> HTTPModel:
    return HTTPModel("m-1", server_at(server.url, key), patience=patience)


def timed(call: Callable[[], Any]) -> Any:
    """The call's result, which must come within the time that the run allows."""
    started = time.monotonic()
    try:
        return call()
    finally:
        assert time.monotonic() - started < RUN_S


# The table
# ---------


@dataclass(frozen=True, kw_only=True)
class Case:
    """A fault, and what the caller gets after how many requests."""

    fault: str
    does: Behaviour
    error: type[ModelError]
    message: str
    requests: int
    usage: Usage = NOTHING
    patience: Patience = EAGER


LOST = Usage(unreported=1)
LOST_TWICE = Usage(unreported=2)
CASES = [
    Case(
        fault="429 without Retry-After",
        does=failure(429, "slow down"),
        error=ModelUnavailable,
        message="429: slow down",
        requests=3,
    ),
    Case(
        fault="429 with Retry-After",
        does=failure(429, "slow down", {"retry-after": "0.01"}),
        error=ModelUnavailable,
        message="429: slow down",
        requests=3,
    ),
    Case(
        fault="429 with a Retry-After beyond patience",
        does=failure(429, "slow down", {"retry-after": "3600"}),
        error=ModelUnavailable,
        message="try again in 3600 seconds",
        requests=1,
    ),
    Case(
        fault="429 because the quota is used up",
        does=failure(429, "pay first", code="insufficient_quota"),
        error=ModelRefused,
        message=r"pay first \(check the quota",
        requests=1,
    ),
    Case(fault="500", does=failure(500, "oops"), error=ModelUnavailable, message="500: oops", requests=3),
    Case(fault="502", does=faults.web_page(502), error=ModelUnavailable, message="502: a web page", requests=3),
    Case(fault="503", does=failure(503, "loading"), error=ModelUnavailable, message="503: loading", requests=3),
    Case(
        fault="504",
        does=faults.web_page(504),
        error=ModelUnavailable,
        message="504: a web page",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="an error sent as a success",
        does=faults.answer(200, {"error": {"code": 502, "message": "upstream"}}),
        error=ModelUnavailable,
        message="502: upstream",
        requests=3,
    ),
    Case(
        fault="connection closed without a word",
        does=faults.hang_up,
        error=ModelUnavailable,
        message="broke off",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="connection reset mid-body",
        does=faults.reset_mid_body,
        error=ModelUnavailable,
        message="broke off",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="connection closed mid-body",
        does=faults.end_mid_body,
        error=ModelUnavailable,
        message="broke off",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="truncated JSON",
        does=faults.answer(200, '{"choices": [{"message": {"content": "{'),
        error=ModelUnavailable,
        message="broke off",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="empty body",
        does=faults.answer(200, ""),
        error=ModelUnavailable,
        message="broke off",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="something that is not HTTP",
        does=faults.no_http,
        error=ModelUnavailable,
        message="broke off",
        requests=2,
        usage=LOST_TWICE,
    ),
    Case(
        fault="silence",
        does=faults.silence,
        error=ModelUnavailable,
        message=r"no answer within 0\.3 seconds",
        requests=1,
        usage=LOST,
        patience=HASTY,
    ),
    Case(
        fault="slow drip of headers",
        does=faults.dripping_header,
        error=ModelUnavailable,
        message=r"no answer within 0\.3 seconds",
        requests=1,
        usage=LOST,
        patience=HASTY,
    ),
    Case(
        fault="slow drip of a body",
        does=faults.dripping_body,
        error=ModelUnavailable,
        message=r"no answer within 0\.3 seconds",
        requests=1,
        usage=LOST,
        patience=HASTY,
    ),
    Case(
        fault="endless stream",
        does=faults.endless_stream,
        error=ModelRefused,
        message="more than 8,388,608 bytes",
        requests=1,
        usage=LOST,
    ),
    Case(
        fault="huge body",
        does=faults.huge_body,
        error=ModelRefused,
        message="more than 8,388,608 bytes",
        requests=1,
        usage=LOST,
    ),
    Case(
        fault="HTML page as a success",
        does=faults.web_page(200),
        error=ModelRefused,
        message=r"text/html that is no chat completion .*/v1",
        requests=1,
        usage=LOST,
    ),
    Case(
        fault="wrong content-type",
        does=faults.answer(200, "data: [DONE]\n\n", {"content-type": "text/event-stream"}),
        error=ModelRefused,
        message="text/event-stream that is no chat completion",
        requests=1,
        usage=LOST,
    ),
    Case(
        fault="JSON that is no completion",
        does=faults.answer(200, ["pong"]),
        error=ModelRefused,
        message="no chat completion",
        requests=1,
        usage=LOST,
    ),
    Case(
        fault="completion of the wrong shape",
        does=completion({"text": "{}"}),
        error=ReplyWrongShape,
        message="wrong shape",
        requests=1,
        usage=PAID,
    ),
    Case(
        fault="completion without a message",
        does=faults.answer(200, {"choices": ["{}"], "usage": faults.USAGE}),
        error=ReplyWrongShape,
        message="wrong shape",
        requests=1,
        usage=PAID,
    ),
    Case(
        fault="empty choices",
        does=faults.answer(200, {"choices": [], "usage": faults.USAGE}),
        error=ReplyEmpty,
        message="no choice",
        requests=1,
        usage=PAID,
    ),
    Case(
        fault="redirect",
        does=faults.redirect(307, "http://203.0.113.9/v1/chat/completions?token=t"),
        error=ModelRefused,
        message=r"307: look at http://203\.0\.113\.9/v1/chat/completions \(",
        requests=1,
    ),
    Case(fault="401", does=failure(401, "who?"), error=ModelRefused, message="check OPENAI_API_KEY", requests=1),
    Case(fault="403", does=failure(403, "not you"), error=ModelRefused, message="OPENAI_API_KEY may do", requests=1),
    Case(fault="404", does=failure(404, "no such model"), error=ModelRefused, message="model's name", requests=1),
    Case(
        fault="request too long for the model",
        does=failure(400, "maximum context length is 4096", code="context_length_exceeded"),
        error=ModelRefused,
        message="--context-tokens",
        requests=1,
    ),
    Case(
        fault="request too long, told in words",
        does=faults.answer(400, {"error": "the prompt exceeds the context size"}),
        error=ModelRefused,
        message="--context-tokens",
        requests=1,
    ),
    Case(
        fault="request not understood in any dialect",
        does=failure(400, "no"),
        error=ModelRefused,
        message="400: no",
        requests=3,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_a_fault_gets_what_the_table_says(case: Case) -> None:
    with running(case.does) as server:
        with pytest.raises(ModelError, match=case.message) as caught:
            timed(lambda: asking(server, case.patience).ask(REQUEST))
        assert type(caught.value) is case.error
        assert caught.value.subject == "m-1"
        assert len(server.received) == case.requests
        assert counted(caught.value.usage) == case.usage
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
        if isinstance(caught.value, ReplyError):
            assert '"usage"' in caught.value.reply


#: Faults of a reply, which `ask` returns and whoever reads it refuses.
READ = [
    ("truncated by the token limit", completion('{"claims": [', "length"), ReplyTruncated),
    ("refusal", completion(None, refusal="I cannot help with that."), ReplyRefused),
    ("content filter", completion("", "content_filter"), ReplyRefused),
    ("empty reply", completion(None), ReplyEmpty),
    ("reply that is not JSON", completion("Certainly! Here are the claims."), ReplyNotJSON),
    ("valid JSON of the wrong shape", completion('{"claims": "none"}'), ReplyWrongShape),
    ("unknown ids", completion(DRAFT.replace("S1.1", "S9.9")), ReplyUnknownSentence),
]


@pytest.mark.parametrize(("fault", "does", "error"), READ, ids=[name for name, *_ in READ])
def test_a_reply_that_cannot_be_used_is_returned_with_its_cost_and_refused_by_its_reader(
    fault: str, does: Behaviour, error: type[ReplyError]
) -> None:
    with running(does) as server:
        reply = asking(server).ask(REQUEST)
        assert (counted(reply.usage), len(server.received)) == (PAID, 1), fault
    with pytest.raises(ReplyError) as caught:
        read_draft(reply, shown={"S1.1"})
    assert type(caught.value) is error
    assert caught.value.usage in (PAID, Usage())


def test_an_id_cited_twice_counts_once() -> None:
    with running(completion(DRAFT.replace('"S1.1"', '"S1.1", "S1.1"'))) as server:
        draft = read_draft(asking(server).ask(REQUEST), shown={"S1.1"})
    assert [claim.cites for claim in draft.claims] == [("S1.1",)]


def test_the_documented_table_is_this_one() -> None:
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| `(\w+)` \| (\d) \|$", page, re.M)
    tested = [(case.fault, case.error.__name__, str(case.requests)) for case in CASES]
    tested += [(fault, error.__name__, "1") for fault, _, error in READ]
    tested += [("nobody listening", "ModelUnavailable", "0"), ("TLS failure", "ModelRefused", "0")]
    assert sorted(rows) == sorted(tested)


@pytest.mark.parametrize("status", [200, 400, 500])
def test_an_answer_of_any_status_is_cut_at_the_same_size(status: int) -> None:
    def endless(handler: Any) -> None:
        handler.head(status, {"content-type": "application/json"})
        handler.trickle(iter(lambda: b" " * 65_536, b""), 0)

    with running(endless) as server:
        with pytest.raises(ModelRefused, match="more than 8,388,608 bytes") as caught:
            timed(lambda: asking(server).ask(REQUEST))
        assert (counted(caught.value.usage), len(server.received)) == (LOST, 1)


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_is_never_unpacked(status: int) -> None:
    packed = gzip.compress(b'{"choices": [{"message": {"content": "unpacked"}}], "error": "unpacked"}')
    with running(faults.answer(status, packed, {"content-encoding": "gzip"})) as server:
        with pytest.raises(ModelRefused) as caught:
            asking(server).ask(REQUEST)
        assert "unpacked" not in str(caught.value)


@pytest.mark.parametrize("charset", ["hex", "utf-16", "idna", "undefined", "no-such"])
def test_whatever_encoding_an_answer_claims_it_is_read_as_utf_8(charset: str) -> None:
    kind = {"content-type": f"application/json; charset={charset}"}
    with running(faults.answer(404, '{"error": "não"}', kind), faults.answer(200, '["é"]', kind)) as server:
        with pytest.raises(ModelRefused, match="404: não"):
            asking(server).ask(REQUEST)
        with pytest.raises(ModelRefused, match="application/json that is no chat completion"):
            asking(server).ask(REQUEST)


@pytest.mark.parametrize("location", ["http://[::1", "http://a b:99999/", "//", ""])
def test_a_redirect_to_nowhere_is_a_redirect(location: str) -> None:
    with running(faults.redirect(307, location)) as server:
        with pytest.raises(ModelRefused, match="307: look at"):
            asking(server).ask(REQUEST)
        assert len(server.received) == 1


def test_a_story_whose_calls_fail_costs_the_others_nothing() -> None:
    drafts = completion('{"claims": [{"text": "It was Tuesday.", "cites": ["S1.1"]}], "lead": []}')
    files = tuple(str(EXAMPLES / name) for name in ("01-nerra-valley-courier.txt", "06-sorvane-herald-treaty.txt"))
    job = Job(locations=files, as_of=datetime(2031, 3, 6, tzinfo=UTC), repairs=0, jobs=1, entailment=False)
    with running(drafts, faults.reset_mid_body) as server:
        made = make(job, model=asking(server))
        assert len(server.received) == 3
    assert len(made.stories.stories) == 2
    assert [refusal.story for refusal in made.refused] == ["T2"]
    assert "ModelUnavailable" in made.refused[0].error
    usage = made.usage
    assert (usage.calls, usage.prompt_tokens, usage.unreported) == (1, 20, 2)


def test_when_every_call_fails_the_error_is_the_commands_and_nothing_paid_is_lost() -> None:
    files = (str(EXAMPLES / "01-nerra-valley-courier.txt"),)
    job = Job(locations=files, as_of=datetime(2031, 3, 6, tzinfo=UTC), entailment=False)
    nothing = faults.answer(200, {"choices": [], "usage": faults.USAGE})
    with running(nothing) as server, pytest.raises(ReplyEmpty) as caught:
        make(job, model=asking(server))
    assert counted(caught.value.usage) == PAID


def test_nobody_listening_is_unavailable_and_cost_nothing() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as unused:
        port = unused.server_address[1]
    model = HTTPModel("m-1", server_at(f"http://127.0.0.1:{port}/v1", KEY), patience=EAGER)
    with pytest.raises(ModelUnavailable, match=r"no connection to 127\.0\.0\.1") as caught:
        timed(lambda: model.ask(REQUEST))
    assert counted(caught.value.usage) == Usage()


def test_where_one_call_waited_in_vain_for_the_server_the_next_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as unused:
        port = unused.server_address[1]
    attempts: list[float] = []

    def counted_exchange(call: Any, *, timeout_s: float) -> Any:
        attempts.append(timeout_s)
        return wire.exchange(call, timeout_s=timeout_s)

    monkeypatch.setattr("briefing.model_http.connection.exchange", counted_exchange)
    model = HTTPModel("m-1", server_at(f"http://127.0.0.1:{port}/v1", KEY), patience=EAGER)
    for made in (3, 4, 5):
        with pytest.raises(ModelUnavailable):
            model.ask(REQUEST)
        assert len(attempts) == made


# TLS and redirects
# -----------------


def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent() -> None:
    with running(tls=True) as server:
        with pytest.raises(ModelRefused, match=r"127\.0\.0\.1:\d+: self-signed certificate .*SSL_CERT_FILE"):
            timed(lambda: asking(server).ask(REQUEST))
        assert server.received == []


def test_a_certificate_that_the_user_vouches_for_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(faults.CERTIFICATE))
    wire._certificates.cache_clear()
    with running(tls=True) as server:
        assert asking(server).ask(REQUEST).text == "{}"
    wire._certificates.cache_clear()


def test_certificates_that_cannot_be_read_are_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "no/such/file.pem")
    wire._certificates.cache_clear()
    with running(tls=True) as server:
        with pytest.raises(ModelRefused, match=r"certificates to trust cannot be read .*SSL_CERT_FILE"):
            asking(server).ask(REQUEST)
        assert server.received == []
    wire._certificates.cache_clear()


def test_tls_with_a_server_that_speaks_none_is_refused() -> None:
    with running() as server:
        model = HTTPModel("m-1", server_at(server.url.replace("http:", "https:"), KEY), patience=EAGER)
        with pytest.raises(ModelRefused, match="does not speak TLS"):
            timed(lambda: model.ask(REQUEST))
        assert server.received == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_carries_neither_key_nor_question_to_another_host(status: int) -> None:
    with running() as elsewhere, running(faults.redirect(status, elsewhere.url + "/chat/completions")) as server:
        with pytest.raises(ModelRefused, match=rf"look at http://127\.0\.0\.1:{elsewhere.server_address[1]}"):
            asking(server).ask(REQUEST)
        assert elsewhere.received == []


# Asking again
# ------------


@pytest.mark.parametrize(
    "fault",
    [failure(429), failure(500), faults.web_page(502), failure(503, headers={"retry-after": "0"}), failure(408)],
)
def test_after_a_passing_failure_the_answer_comes_and_costs_what_it_cost(fault: Behaviour) -> None:
    with running(fault, fault, completion()) as server:
        assert counted(asking(server).ask(REQUEST).usage) == PAID
        assert len(server.received) == 3
        assert server.received[0] == server.received[2]


@pytest.mark.parametrize("fault", [faults.reset_mid_body, faults.hang_up, faults.answer(200, '{"choices')])
def test_an_answer_lost_on_its_way_is_asked_for_once_more_and_both_are_counted(fault: Behaviour) -> None:
    with running(fault, completion()) as server:
        assert counted(asking(server).ask(REQUEST).usage) == PAID + Usage(unreported=1)


def test_where_money_is_limited_an_answer_lost_on_its_way_is_not_asked_for_again() -> None:
    careful = Patience(resends=0, first_wait_s=0.001)
    with running(failure(500), faults.hang_up, completion()) as server:
        with pytest.raises(ModelUnavailable, match="broke off") as caught:
            asking(server, careful).ask(REQUEST)
        assert counted(caught.value.usage) == Usage(unreported=1)
        assert len(server.received) == 2


def test_what_a_failed_attempt_says_it_cost_is_added_up() -> None:
    charged = faults.answer(500, {"error": {"message": "oops"}, "usage": faults.USAGE})
    with running(charged, completion()) as server:
        assert counted(asking(server).ask(REQUEST).usage) == PAID + PAID
    with running(charged) as server:
        with pytest.raises(ModelUnavailable) as caught:
            asking(server).ask(REQUEST)
        assert counted(caught.value.usage) == PAID + PAID + PAID


def in_a_moment() -> str:
    return format_datetime(datetime.fromtimestamp(time.time() + 2, tz=UTC), usegmt=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"retry-after": "0.3"},
        {"retry-after-ms": "300"},
        {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "300ms"},
        {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "0.3s"},
    ],
)
def test_the_server_is_left_alone_for_as_long_as_it_asks(headers: dict[str, str]) -> None:
    with running(failure(429, headers=headers), completion()) as server:
        asking(server).ask(REQUEST)
        assert server.arrivals[1] - server.arrivals[0] >= 0.3


def test_a_date_to_come_back_at_is_understood() -> None:
    patient = Patience(first_wait_s=0.001, longest_wait_s=5)
    with running(failure(503, headers={"retry-after": in_a_moment()}), completion()) as server:
        asking(server, patient).ask(REQUEST)
        # The header counts whole seconds.
        assert server.arrivals[1] - server.arrivals[0] >= 0.8


def test_a_limit_used_up_by_one_call_holds_up_the_calls_of_all_threads() -> None:
    used_up = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "300ms"}
    with running(completion(headers=used_up), completion()) as server:
        model = asking(server)
        model.ask(REQUEST)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(model.ask, [REQUEST] * 3))
        first, *others = server.arrivals
        assert min(others) - first >= 0.3


def test_a_rate_limit_met_by_one_thread_holds_up_the_others() -> None:
    with running(failure(429, headers={"retry-after": "0.3"}), completion()) as server:
        model = asking(server)
        with ThreadPoolExecutor(1) as pool:
            limited = pool.submit(model.ask, REQUEST)
            while not server.arrivals:
                time.sleep(0.001)
            time.sleep(0.1)
            model.ask(REQUEST)
            limited.result()
        first, *others = server.arrivals
        assert min(others) - first >= 0.3


def test_the_time_of_a_run_bounds_all_its_calls_together() -> None:
    short = Patience(timeout_s=10, run_timeout_s=0.5, retries=1_000, first_wait_s=0.05)
    with running(failure(500)) as server:
        model = asking(server, short)
        with pytest.raises(ModelUnavailable, match=r"all calls of this run, 0\.5 seconds, is up"):
            timed(lambda: model.ask(REQUEST))
        asked = len(server.received)
        with pytest.raises(ModelUnavailable, match="all calls of this run"):
            model.ask(REQUEST)
        assert len(server.received) == asked


def test_a_server_that_may_not_be_asked_again_in_time_is_not_waited_for() -> None:
    short = Patience(run_timeout_s=5, longest_wait_s=100)
    with running(completion(headers={"ratelimit-remaining": "0", "ratelimit-reset": "60"})) as server:
        model = asking(server, short)
        model.ask(REQUEST)
        with pytest.raises(ModelUnavailable, match="all calls of this run"):
            timed(lambda: model.ask(REQUEST))
        assert len(server.received) == 1


def test_an_attempt_is_cut_when_the_time_of_the_run_is_up() -> None:
    short = Patience(timeout_s=10, run_timeout_s=0.3)
    with running(faults.silence) as server:
        with pytest.raises(ModelUnavailable, match="all calls of this run") as caught:
            timed(lambda: asking(server, short).ask(REQUEST))
        assert counted(caught.value.usage) == Usage(unreported=1)


# Threads, and stopping
# ---------------------


def test_many_threads_ask_one_model_and_each_gets_its_own_answer() -> None:
    def echo(handler: Any) -> None:
        completion(handler.asked["messages"][1]["content"])(handler)

    with running(echo) as server:
        model = asking(server)
        questions = [Request(system="", user=str(n), schema_name="n", schema={}, max_tokens=9) for n in range(40)]
        with ThreadPoolExecutor(8) as pool:
            replies: list[Reply] = list(pool.map(model.ask, questions))
    assert [reply.text for reply in replies] == [question.user for question in questions]
    assert sum((reply.usage for reply in replies), Usage()).calls == 40


def test_closing_a_model_cuts_the_calls_of_other_threads_and_makes_no_more() -> None:
    with running(faults.silence) as server:
        model = asking(server)
        with ThreadPoolExecutor(2) as pool:
            calls = [pool.submit(model.ask, REQUEST) for _ in range(2)]
            while len(server.arrivals) < 2:
                time.sleep(0.001)
            timed(model.close)
            for call in calls:
                with pytest.raises(ModelUnavailable, match="cut short") as caught:
                    timed(call.result)
                assert counted(caught.value.usage) == Usage(unreported=1)
        with pytest.raises(ModelUnavailable, match="cut short"):
            model.ask(REQUEST)
        assert len(server.arrivals) == 2


def test_a_model_is_closed_at_the_end_of_its_block() -> None:
    with running() as server:
        with asking(server) as model:
            model.ask(REQUEST)
        with pytest.raises(ModelUnavailable, match="cut short"):
            model.ask(REQUEST)


def test_a_call_that_waits_its_turn_can_be_cut_too() -> None:
    with running(failure(429, headers={"retry-after": "1000"})) as server:
        model = asking(server, Patience(longest_wait_s=2_000))
        closing = threading.Timer(0.3, model.close)
        closing.start()
        with pytest.raises(ModelUnavailable, match="cut short"):
            timed(lambda: model.ask(REQUEST))
        closing.join()


def test_asking_from_within_an_event_loop_works() -> None:
    import asyncio

    async def notebook(model: HTTPModel) -> str:
        return model.ask(REQUEST).text

    with running(completion()) as server:
        assert asyncio.run(notebook(asking(server))) == "{}"
