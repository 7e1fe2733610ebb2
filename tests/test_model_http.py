"""What the client sends, what it makes of every kind of failure, and that the key stays secret."""

from __future__ import annotations

import json
import logging
import threading
import traceback
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from briefing.errors import ConfigError, ModelRefused, ModelUnavailable
from briefing.model import Request
from briefing.model_http import HTTPModel, model_from_environment

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

KEY = "sk-planted-0123456789"
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
REQUEST = Request(system="Be brief.", user="Hi.", schema_name="nothing", schema=SCHEMA, max_tokens=50)


class Server(ThreadingHTTPServer):
    """Gives the scripted answers in order, the last one for ever, and keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, str | bytes]] = []
        self.headers: dict[str, str] = {"content-type": "application/json"}
        self.received: list[dict[str, Any]] = []
        self.authorizations: list[str | None] = []
        self.go_on = threading.Event()
        self.go_on.set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    """One answer."""

    server: Server

    def do_POST(self) -> None:
        """Answer the next of the script."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.received.append(json.loads(body))
        self.server.authorizations.append(self.headers["authorization"])
        self.server.go_on.wait(5)
        answers = self.server.answers
        status, text = answers.pop(0) if len(answers) > 1 else answers[0]
        data = text.encode() if isinstance(text, str) else text
        self.send_response(status)
        for name, value in {**self.server.headers, "content-length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on the loopback interface."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def model(server: Server) -> HTTPModel:
    """The client under test, with the planted key and without second attempts."""
    return HTTPModel("m-1", api_key=KEY, base_url=server.url, max_retries=0, timeout_s=5)


def completion(content: str | None = "{}", finish_reason: str = "stop", **more: object) -> str:
    message = {"role": "assistant", "content": content, **more}
    usage = {"prompt_tokens": 20, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 16}}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return json.dumps(
        {"id": "x", "object": "chat.completion", "model": "m-1-2031", "choices": [choice], "usage": usage}
    )


def failure(message: str, **more: object) -> str:
    return json.dumps({"error": {"message": message, "type": "invalid_request_error", **more}})


# What is sent, and what comes back
# ---------------------------------


def test_a_request_is_sent_whole_and_the_reply_comes_back_with_its_cost_in_tokens(
    server: Server, model: HTTPModel
) -> None:
    server.answers = [(200, completion('{"a": "“Zoë”"}'))]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason, reply.model) == ('{"a": "“Zoë”"}', "stop", "m-1-2031")
    usage = reply.usage
    assert (usage.calls, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens) == (1, 20, 3, 16)
    assert usage.cost_usd is None
    assert server.received == [
        {
            "model": "m-1",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi."}],
            "max_tokens": 50,
            "temperature": 0.0,
            "seed": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "nothing", "schema": SCHEMA, "strict": True},
            },
        }
    ]
    assert server.authorizations == [f"Bearer {KEY}"]


def test_a_reply_cut_off_keeps_its_text_and_its_usage(server: Server, model: HTTPModel) -> None:
    server.answers = [(200, completion('{"clai', "length"))]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason, reply.usage.completion_tokens) == ('{"clai', "length", 3)


def test_a_refusal_in_words_is_the_reply(server: Server, model: HTTPModel) -> None:
    server.answers = [(200, completion(None, refusal="I cannot help with that."))]
    assert model.ask(REQUEST).text == "I cannot help with that."


def test_a_server_that_counts_no_tokens_still_answers(server: Server, model: HTTPModel) -> None:
    server.answers = [(200, json.dumps({"choices": [{"message": {"content": "{}"}}]}))]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason, reply.model) == ("{}", "unknown", "m-1")
    assert (reply.usage.calls, reply.usage.prompt_tokens) == (1, 0)


# What a server may not know
# --------------------------


def formats(server: Server) -> list[str | None]:
    return [sent.get("response_format", {}).get("type") for sent in server.received]


def test_a_server_without_json_schema_is_asked_more_simply_and_that_is_remembered(
    server: Server, model: HTTPModel
) -> None:
    server.answers = [(400, failure("response_format is not supported")), (200, completion())]
    model.ask(REQUEST)
    model.ask(REQUEST)
    assert formats(server) == ["json_schema", "json_object", "json_object"]
    assert json.dumps(SCHEMA) in server.received[1]["messages"][0]["content"]
    assert server.received[1]["messages"][1] == server.received[0]["messages"][1]


def test_a_server_without_any_reply_format_finds_the_schema_in_the_instructions(
    server: Server, model: HTTPModel
) -> None:
    server.answers = [(400, failure("no")), (422, failure("no")), (200, completion())]
    model.ask(REQUEST)
    model.ask(REQUEST)
    assert formats(server) == ["json_schema", "json_object", None, None]
    assert json.dumps(SCHEMA) in server.received[2]["messages"][0]["content"]


def test_json_schema_can_be_left_out_from_the_start(server: Server) -> None:
    server.answers = [(200, completion())]
    HTTPModel("m-1", api_key=None, base_url=server.url, json_schema=False).ask(REQUEST)
    assert formats(server) == ["json_object"]


def test_a_model_that_wants_other_words_for_its_limits_gets_them(server: Server, model: HTTPModel) -> None:
    server.answers = [
        (400, failure("Unsupported parameter: use 'max_completion_tokens' instead.", param="max_tokens")),
        (400, failure("Only the default (1) is supported.", param="temperature")),
        (200, completion()),
    ]
    model.ask(REQUEST)
    sent = server.received[-1]
    assert sent["max_completion_tokens"] == 50
    assert not {"max_tokens", "temperature", "seed"} & set(sent)
    assert formats(server) == ["json_schema"] * 3


def test_a_request_that_is_wrong_in_every_way_is_refused_with_the_first_reason(
    server: Server, model: HTTPModel
) -> None:
    server.answers = [(400, failure("the prompt is too long")), (400, failure("something else"))]
    with pytest.raises(ModelRefused, match="400: the prompt is too long"):
        model.ask(REQUEST)
    server.answers = [(200, completion())]
    model.ask(REQUEST)
    assert formats(server) == ["json_schema", "json_object", None, "json_schema"]


# Failures
# --------


@pytest.mark.parametrize(
    ("status", "body", "error", "hint"),
    [
        (401, failure("bad key"), ModelRefused, "OPENAI_API_KEY"),
        (403, failure("not you"), ModelRefused, "OPENAI_API_KEY"),
        (404, failure("no such model"), ModelRefused, "model's name"),
        (413, "too large", ModelRefused, "message"),
        (429, failure("slow down"), ModelUnavailable, "later"),
        (429, failure("pay first", code="insufficient_quota"), ModelRefused, "quota"),
        (408, "", ModelUnavailable, "later"),
        (500, "<html>oops</html>", ModelUnavailable, "later"),
        (503, failure("loading"), ModelUnavailable, "later"),
        (200, "<html>Welcome</html>", ModelRefused, "/v1"),
        (200, "{", ModelRefused, "/v1"),
        (200, b"\xff\xfe", ModelRefused, "/v1"),
        (200, "[]", ModelRefused, "/v1"),
        (200, '{"choices": []}', ModelRefused, "/v1"),
        (200, '{"choices": null, "error": {"message": "overloaded"}}', ModelRefused, "/v1"),
        (200, '{"choices": [{"message": {"content": 3}}]}', ModelRefused, "/v1"),
    ],
)
def test_every_failure_is_named_and_says_what_to_do(
    server: Server, model: HTTPModel, status: int, body: str | bytes, error: type[Exception], hint: str
) -> None:
    server.answers = [(status, body)]
    with pytest.raises(error) as caught:
        model.ask(REQUEST)
    assert isinstance(caught.value, ModelRefused | ModelUnavailable)
    assert caught.value.subject == "m-1"
    assert hint in caught.value.hint


def test_a_server_error_is_tried_again_as_often_as_allowed(server: Server) -> None:
    server.headers["retry-after-ms"] = "1"
    server.answers = [(503, ""), (200, completion())]
    HTTPModel("m-1", api_key=KEY, base_url=server.url, max_retries=1).ask(REQUEST)
    assert len(server.received) == 2
    server.answers = [(503, "")]
    with pytest.raises(ModelUnavailable):
        HTTPModel("m-1", api_key=KEY, base_url=server.url, max_retries=1).ask(REQUEST)
    assert len(server.received) == 4


def test_nobody_listening_is_unavailable() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as unused:
        port = unused.server_address[1]
    model = HTTPModel("m-1", api_key=KEY, base_url=f"http://127.0.0.1:{port}/v1", max_retries=0)
    with pytest.raises(ModelUnavailable, match=r"no connection to 127\.0\.0\.1"):
        model.ask(REQUEST)


def test_a_server_that_does_not_answer_in_time_is_unavailable(server: Server) -> None:
    server.answers = [(200, completion())]
    server.go_on.clear()
    model = HTTPModel("m-1", api_key=KEY, base_url=server.url, max_retries=0, timeout_s=0.2)
    with pytest.raises(ModelUnavailable, match=r"within 0\.2 seconds"):
        model.ask(REQUEST)
    server.go_on.set()


# The key
# -------


@pytest.mark.parametrize("status", [200, 400, 401, 404, 429, 500])
def test_the_key_never_shows_even_when_the_server_echoes_it(
    server: Server, model: HTTPModel, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = "x" * 290 + f" Bearer {KEY} and\u202e {KEY}"
    server.answers = [(status, failure(echo))]
    with pytest.raises((ModelRefused, ModelUnavailable)) as caught:
        model.ask(REQUEST)
    printed = "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    for place in (str(caught.value), repr(caught.value), printed, repr(model), str(model), caplog.text):
        for part in (KEY, KEY[:8], KEY[-8:], "\u202e"):
            assert part not in place


def test_the_servers_message_is_passed_on_in_one_short_line(server: Server, model: HTTPModel) -> None:
    server.answers = [(404, failure("no such\nmodel \x1b[31m" + "y" * 1_000))]
    with pytest.raises(ModelRefused, match=r"404: no such model ⟨U\+001B⟩\[31my+…") as caught:
        model.ask(REQUEST)
    assert len(str(caught.value)) < 500


def test_a_password_in_the_address_does_not_show() -> None:
    model = HTTPModel("m-1", api_key=None, base_url="http://user:secret@127.0.0.1:9/v1", max_retries=0)
    assert repr(model) == "HTTPModel('m-1', host='127.0.0.1:9')"
    with pytest.raises(ModelUnavailable) as caught:
        model.ask(REQUEST)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-with\nnewline", "sk-wîth-accent", "sk with space", "sk-\x00"])
def test_a_key_that_no_server_could_take_is_a_configuration_error_that_does_not_show_it(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        HTTPModel("m-1", api_key=key)
    assert key not in str(caught.value)
    assert "sk" not in str(caught.value)


# The environment
# ---------------


def test_the_environment_gives_key_and_address(server: Server) -> None:
    server.answers = [(200, completion())]
    environ = {"OPENAI_API_KEY": f"{KEY}\n", "OPENAI_BASE_URL": server.url}
    model = model_from_environment("m-1", environ, context_tokens=9_000)
    assert (model.name, model.context_tokens) == ("m-1", 9_000)
    model.ask(REQUEST)
    assert server.authorizations == [f"Bearer {KEY}"]


def test_a_server_of_ones_own_needs_no_key(server: Server) -> None:
    server.answers = [(200, completion())]
    model_from_environment("m-1", {"OPENAI_BASE_URL": server.url}).ask(REQUEST)
    model_from_environment("m-1", {"OPENAI_BASE_URL": "http://127.0.0.1:9"}, base_url=server.url).ask(REQUEST)
    assert len(server.received) == 2


@pytest.mark.parametrize("environ", [{}, {"OPENAI_API_KEY": " "}, {"OPENAI_BASE_URL": ""}])
def test_neither_key_nor_address_is_a_configuration_error(environ: Mapping[str, str]) -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL"):
        model_from_environment("m-1", environ)


@pytest.mark.parametrize(
    "url", ["localhost:8080", "ftp://x/v1", "http://", "http://[::1/v1", "http://me:secret@a:99999/v1"]
)
def test_an_address_that_is_none_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL") as caught:
        model_from_environment("m-1", {"OPENAI_BASE_URL": url})
    assert "secret" not in str(caught.value)


def test_the_environment_of_the_process_is_not_looked_at(
    server: Server, model: HTTPModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/elsewhere")
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    server.answers = [(200, completion())]
    model.ask(REQUEST)
    assert server.authorizations == [f"Bearer {KEY}"]
