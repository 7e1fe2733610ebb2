"""What the client sends, how it meets a server half way, and that the key stays secret."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pytest

from briefing.errors import ConfigError, ModelError, ModelRefused, ModelUnavailable
from briefing.model import Request
from briefing.model_http import Capabilities, HTTPModel, Patience, Server, model_from_environment, server_at
from tests import fault_server as faults
from tests.fault_server import FaultServer, completion, failure, running

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

KEY = "sk-planted-0123456789"
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
REQUEST = Request(system="Be brief.", user="Hi.", schema_name="nothing", schema=SCHEMA, max_tokens=50)
ONCE = Patience(timeout_s=5, retries=0)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A server on the loopback interface, without faults until a test scripts some."""
    with running() as found:
        yield found


@pytest.fixture
def model(server: FaultServer) -> HTTPModel:
    """The client under test, with the planted key and without second attempts."""
    return HTTPModel("m-1", server_at(server.url, KEY), patience=ONCE)


# What is sent, and what comes back
# ---------------------------------


def test_a_request_is_sent_whole_and_the_reply_comes_back_with_its_cost_in_tokens(
    server: FaultServer, model: HTTPModel
) -> None:
    server.script = [completion('{"a": "“Zoë”"}')]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason, reply.model) == ('{"a": "“Zoë”"}', "stop", "m-1-2031")
    usage = reply.usage
    assert (usage.calls, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens) == (1, 20, 3, 16)
    assert (usage.cost_usd, usage.unreported) == (None, 0)
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
    assert server.paths == ["/v1/chat/completions"]


def test_nothing_is_sent_that_nobody_asked_for(server: FaultServer, model: HTTPModel) -> None:
    model.ask(REQUEST)
    expected = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-type", "content-length"}
    assert set(server.headers[0]) == expected | {"authorization"}
    assert server.headers[0]["user-agent"] == "briefing"


def test_no_header_comes_from_the_environment(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-team: nine\nAccept: text/plain\nAuthorization: Bearer another")
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "of-the-environment")
    for key in (KEY, None):
        HTTPModel("m-1", server_at(server.url, key), patience=ONCE).ask(REQUEST)
    assert server.authorizations == [f"Bearer {KEY}", None]
    for headers in server.headers:
        assert headers["accept"] == "application/json"
        assert not {"x-team", "openai-organization", "openai-project"} & set(headers)
        assert "of-the-environment" not in str(headers)


def test_a_reply_cut_off_keeps_its_text_and_its_usage(server: FaultServer, model: HTTPModel) -> None:
    server.script = [completion('{"clai', "length")]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason, reply.usage.completion_tokens) == ('{"clai', "length", 3)


def test_a_refusal_in_words_is_the_reply(server: FaultServer, model: HTTPModel) -> None:
    server.script = [completion(None, refusal="I cannot help with that.")]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason) == ("I cannot help with that.", "refusal")


def test_a_server_that_counts_no_tokens_still_answers(server: FaultServer, model: HTTPModel) -> None:
    server.script = [faults.answer(200, {"choices": [{"message": {"content": "{}"}}]})]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason, reply.model) == ("{}", "unknown", "m-1")
    assert (reply.usage.calls, reply.usage.prompt_tokens, reply.usage.unreported) == (1, 0, 0)


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": -1, "completion_tokens": 2.5},
        {"prompt_tokens": "20", "completion_tokens": None, "prompt_tokens_details": []},
        {"prompt_tokens": True, "prompt_tokens_details": {"cached_tokens": -5}},
    ],
)
def test_counts_that_are_none_count_nothing(server: FaultServer, model: HTTPModel, usage: Mapping[str, object]) -> None:
    server.script = [completion(usage=usage)]
    found = model.ask(REQUEST).usage
    assert (found.calls, found.prompt_tokens, found.completion_tokens, found.cached_tokens) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    "content", [3, ["{}"], {"text": "{}"}, "half of a pair: \ud83d"], ids=["number", "list", "table", "surrogate"]
)
def test_a_reply_of_the_wrong_shape_is_an_error_that_keeps_it(
    server: FaultServer, model: HTTPModel, content: object
) -> None:
    server.script = [completion(content)]
    with pytest.raises(ModelError, match="wrong shape") as caught:
        model.ask(REQUEST)
    assert caught.value.usage.prompt_tokens == 20


@pytest.mark.parametrize("name", [None, 7, "", "x" * 201, "\ud83d"])
def test_a_name_that_is_none_is_not_taken_over(server: FaultServer, model: HTTPModel, name: object) -> None:
    server.script = [faults.answer(200, {"model": name, "choices": [{"message": {"content": "{}"}}]})]
    assert model.ask(REQUEST).model == "m-1"


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"[" * 100_000, b'{"choices": null}', b'{"choices": "{}"}', b'"hello"', b"null"],
    ids=["not UTF-8", "deep", "null", "text", "string", "nothing"],
)
def test_a_success_that_holds_no_completion_points_to_the_address(
    server: FaultServer, model: HTTPModel, body: bytes
) -> None:
    server.script = [faults.answer(200, body)]
    with pytest.raises((ModelRefused, ModelUnavailable)) as caught:
        model.ask(REQUEST)
    assert "/v1" in caught.value.hint or "broke off" in caught.value.message


# What a server may not know
# --------------------------


def formats(server: FaultServer) -> list[str | None]:
    return [sent.get("response_format", {}).get("type") for sent in server.received]


def test_a_server_without_json_schema_is_asked_more_simply_and_that_is_remembered(
    server: FaultServer, model: HTTPModel
) -> None:
    server.script = [failure(400, "response_format is not supported"), completion()]
    model.ask(REQUEST)
    model.ask(REQUEST)
    assert formats(server) == ["json_schema", "json_object", "json_object"]
    assert json.dumps(SCHEMA) in server.received[1]["messages"][0]["content"]
    assert server.received[1]["messages"][1] == server.received[0]["messages"][1]
    assert model.capabilities == Capabilities(reply_format="json_object")


def test_a_server_without_any_reply_format_is_asked_for_a_fenced_block(server: FaultServer, model: HTTPModel) -> None:
    plain = '<think>\nEasy.\n```json\n{"no": 1}\n```\n</think>\nHere you are:\n```json\n{"a": "`” \\n```"}\n```\n'
    server.script = [failure(400), failure(422), completion(plain)]
    assert json.loads(model.ask(REQUEST).text) == {"a": "`” \n```"}
    model.ask(REQUEST)
    assert formats(server) == ["json_schema", "json_object", None, None]
    system = server.received[2]["messages"][0]["content"]
    assert json.dumps(SCHEMA) in system
    assert "```json\n…\n```" in system
    assert model.capabilities.reply_format == "plain"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '```json\n{"a": 1}\n```\nI hope this helps.',
        '```json\n{"a": 1}\n```\n\n```\nmore\n```',
        '```\n{"a": 1}\n```',
        '```json\n{"a": 1}',
        "```",
        "",
    ],
)
def test_a_plain_reply_that_no_fenced_block_of_json_ends_is_left_as_it_is(
    server: FaultServer, model: HTTPModel, text: str
) -> None:
    server.script = [failure(400), failure(400), completion(text)]
    assert model.ask(REQUEST).text == text


def test_a_reply_held_to_json_is_never_unwrapped(server: FaultServer, model: HTTPModel) -> None:
    server.script = [completion('```json\n{"a": 1}\n```')]
    assert model.ask(REQUEST).text == '```json\n{"a": 1}\n```'


def test_what_is_known_of_a_server_is_where_asking_begins(server: FaultServer) -> None:
    known = Capabilities(
        reply_format="json_object", limit="max_completion_tokens", sampling=False, context_tokens=4_096
    )
    model = HTTPModel("m-1", server_at(server.url), capabilities=known)
    model.ask(REQUEST)
    sent = server.received[0]
    assert formats(server) == ["json_object"]
    assert sent["max_completion_tokens"] == 50
    assert not {"max_tokens", "temperature", "seed"} & set(sent)
    assert model.context_tokens == 4_096
    assert HTTPModel("m-1", server_at(server.url), context_tokens=9_000, capabilities=known).context_tokens == 9_000
    assert model.capabilities == known


def test_a_model_that_wants_other_words_for_its_limits_gets_them(server: FaultServer, model: HTTPModel) -> None:
    server.script = [
        failure(400, "Unsupported parameter: use 'max_completion_tokens' instead.", param="max_tokens"),
        failure(400, "Only the default (1) is supported.", param="temperature"),
        completion(),
    ]
    model.ask(REQUEST)
    sent = server.received[-1]
    assert sent["max_completion_tokens"] == 50
    assert not {"max_tokens", "temperature", "seed"} & set(sent)
    assert formats(server) == ["json_schema"] * 3


def test_a_request_that_is_wrong_in_every_way_is_refused_with_the_first_reason(
    server: FaultServer, model: HTTPModel
) -> None:
    server.script = [failure(400, "the prompt is too odd"), failure(400, "something else")]
    with pytest.raises(ModelRefused, match="400: the prompt is too odd"):
        model.ask(REQUEST)
    server.script = [completion()]
    model.ask(REQUEST)
    assert formats(server) == ["json_schema", "json_object", None, "json_schema"]


@pytest.mark.parametrize(
    "body",
    [
        {"error": "temperature is not supported"},
        {"detail": [{"loc": ["body", "seed"], "msg": "extra fields not permitted"}]},
        {"error": {"message": "unknown field: seed"}},
        "unknown field: seed",
    ],
)
def test_refusals_are_understood_however_the_server_words_them(
    server: FaultServer, model: HTTPModel, body: object
) -> None:
    server.script = [faults.answer(400, body), completion()]
    model.ask(REQUEST)
    assert "seed" not in server.received[1]
    assert formats(server) == ["json_schema"] * 2


# The key
# -------


@pytest.mark.parametrize("status", [200, 302, 400, 401, 404, 429, 500])
def test_the_key_never_shows_even_when_the_server_echoes_it(
    server: FaultServer, model: HTTPModel, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = "x" * 290 + f" Bearer {KEY} and\u202e {KEY}"
    server.script = [failure(status, echo, {"location": f"http://127.0.0.1/{KEY}", "content-type": KEY})]
    with pytest.raises((ModelRefused, ModelUnavailable)) as caught:
        model.ask(REQUEST)
    printed = "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "/v1/chat/completions" in caplog.text
    for place in (str(caught.value), repr(caught.value), printed, repr(model), str(model), caplog.text):
        for part in (KEY, KEY[:8], KEY[-8:], "\u202e"):
            assert part not in place


def test_what_stands_beside_the_status_and_in_headers_of_an_answer_is_not_logged(
    server: FaultServer, model: HTTPModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = f"HTTP/1.1 400 {KEY}\r\nx-request-id: {KEY}\r\nset-cookie: {KEY}=1\r\ncontent-length: 0\r\n\r\n"
    server.script = [faults.bare(echo.encode())]
    with pytest.raises(ModelRefused):
        model.ask(REQUEST)
    assert "/v1/chat/completions: 400" in caplog.text
    assert KEY not in caplog.text


def test_a_key_that_a_reply_echoes_is_blanked_wherever_the_reply_is_kept(server: FaultServer, model: HTTPModel) -> None:
    server.script = [completion(f'{{"said": "{KEY}"}}', KEY)]
    reply = model.ask(REQUEST)
    assert (reply.text, reply.finish_reason) == ('{"said": "[key]"}', "[key]")


def respelled(key: str) -> list[str]:
    """The key as JSON and addresses may spell it; the first letter's code is below 128."""
    return [
        key.replace("/", "\\/"),
        "".join(f"\\u{ord(letter):04X}" for letter in key),
        f"\\u{ord(key[0]):04x}{key[1:]}",
        quote(key, safe=""),
        "".join(f"%{ord(letter):02x}" for letter in key),
    ]


@pytest.mark.parametrize("form", range(5))
def test_however_a_server_spells_the_key_it_is_blanked(server: FaultServer, form: int) -> None:
    key = "sk-planted/with+signs=="
    echo = respelled(key)[form]
    body = '{"choices": [{"message": {"content": "say ' + echo + ' again"}}]}'
    server.script = [faults.answer(200, body), faults.redirect(307, f"http://127.0.0.1/{echo}")]
    model = HTTPModel("m-1", server_at(server.url, key), patience=ONCE)
    assert model.ask(REQUEST).text == "say [key] again"
    with pytest.raises(ModelRefused, match=r"look at http://127\.0\.0\.1/\[key\] "):
        model.ask(REQUEST)


@pytest.mark.parametrize("key", ["none", "EMPTY", "ollama", "lm-studio"])
def test_a_word_given_in_place_of_a_key_is_not_taken_out_of_replies(server: FaultServer, key: str) -> None:
    server.script = [completion(f"a reply about {key}")]
    assert HTTPModel("m-1", server_at(server.url, key)).ask(REQUEST).text == f"a reply about {key}"


def test_the_servers_message_is_passed_on_in_one_short_line(server: FaultServer, model: HTTPModel) -> None:
    server.script = [failure(404, "no such\nmodel \x1b[31m" + "y" * 1_000)]
    with pytest.raises(ModelRefused, match=r"404: no such model ⟨U\+001B⟩\[31my+…") as caught:
        model.ask(REQUEST)
    assert len(str(caught.value)) < 500


def test_a_password_in_the_address_is_sent_in_a_header_and_shows_nowhere(
    server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = [completion(), failure(401, "no, dXNlcjpzQGNyZXQtc2VjcmV0LXNlY3JldA== is not it")]
    found = server_at(server.url.replace("//", "//user:s%40cret-secret-secret@"), KEY)
    model = HTTPModel("m-1", found, patience=ONCE)
    model.ask(REQUEST)
    with pytest.raises(ModelRefused) as caught:
        model.ask(REQUEST)
    assert server.authorizations == ["Basic dXNlcjpzQGNyZXQtc2VjcmV0LXNlY3JldA=="] * 2
    for place in (repr(model), repr(found), model.server, str(caught.value), caplog.text):
        assert "secret" not in place
        assert "dXNlcjpz" not in place
        assert KEY not in place
    assert model.server == server.url


def test_no_print_of_a_server_shows_its_key() -> None:
    found = server_at("http://127.0.0.1:9/v1/", KEY)
    assert repr(found) == "Server(url='http://127.0.0.1:9/v1')"
    assert KEY not in str(found)
    assert isinstance(found, Server)


@pytest.mark.parametrize("key", ["sk-with\nnewline", "sk-wîth-accent", "sk with space", "sk-\x00"])
def test_a_key_that_no_server_could_take_is_a_configuration_error_that_does_not_show_it(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        server_at("http://127.0.0.1:9/v1", key)
    assert key not in str(caught.value)
    assert "sk" not in str(caught.value)


# The environment
# ---------------


def test_the_environment_gives_key_and_address(server: FaultServer) -> None:
    environ = {"OPENAI_API_KEY": f"{KEY}\n", "OPENAI_BASE_URL": server.url}
    model = model_from_environment("m-1", environ, context_tokens=9_000)
    assert (model.name, model.context_tokens, model.server) == ("m-1", 9_000, server.url)
    model.ask(REQUEST)
    assert server.authorizations == [f"Bearer {KEY}"]


def test_a_server_of_ones_own_needs_no_key(server: FaultServer) -> None:
    model_from_environment("m-1", {"OPENAI_BASE_URL": server.url}).ask(REQUEST)
    model_from_environment("m-1", {"OPENAI_BASE_URL": "http://127.0.0.1:9"}, base_url=server.url).ask(REQUEST)
    assert server.authorizations == [None, None]


def test_with_a_key_alone_openai_is_meant() -> None:
    model = model_from_environment("m-1", {"OPENAI_API_KEY": KEY})
    assert (model.server, model.context_tokens) == ("https://api.openai.com/v1", 128_000)


@pytest.mark.parametrize("environ", [{}, {"OPENAI_API_KEY": " "}, {"OPENAI_BASE_URL": ""}])
def test_neither_key_nor_address_is_a_configuration_error(environ: Mapping[str, str]) -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL"):
        model_from_environment("m-1", environ)


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8080",
        "ftp://x/v1",
        "http://",
        "http://[::1/v1",
        "http://me:secret@a:99999/v1",
        "https://a/v1?key=secret",
        "https://a/v1#secret",
    ],
)
def test_an_address_that_is_none_is_a_configuration_error(url: str) -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL") as caught:
        model_from_environment("m-1", {"OPENAI_BASE_URL": url})
    assert "secret" not in str(caught.value)


def test_the_environment_of_the_process_gives_no_key_and_no_address(
    server: FaultServer, model: HTTPModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/elsewhere")
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    model.ask(REQUEST)
    assert server.authorizations == [f"Bearer {KEY}"]
