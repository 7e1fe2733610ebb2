"""What a server offers and what it can do, found out by asking it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.errors import ConfigError, ModelRefused, ModelUnavailable
from briefing.model_http import Capabilities, HTTPModel, Patience, list_models, probe, server_at
from tests import fault_server as faults
from tests.fault_server import FaultServer, answer, completion, failure, running

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

KEY = "sk-planted-0123456789"
EAGER = Patience(timeout_s=5, retries=1, first_wait_s=0.001)


class Scripted:
    """A server with a list of models, some formats that it holds replies to, and some that it merely accepts."""

    def __init__(self, *, holds: set[str], accepts: set[str] = frozenset(), **more: Any) -> None:  # type: ignore[assignment]
        self.holds = holds
        self.accepts = holds | accepts | {"plain"}
        self.listing: Any = more.pop("listing", {"data": [{"id": "other"}, {"id": "m-1"}]})
        self.props: Any = more.pop("props", None)
        self.limit: str = more.pop("limit", "max_tokens")
        self.streams: bool = more.pop("streams", True)
        self.fences: bool = more.pop("fences", True)
        assert not more

    def __call__(self, handler: Any) -> None:
        """Answer one request."""
        self._behaviour(handler.path, handler.asked)(handler)

    def _behaviour(self, path: str, asked: Any) -> faults.Behaviour:
        if path == "/v1/models":
            return answer(200, self.listing)
        if path == "/props":
            return answer(200, self.props) if self.props else failure(404)
        if self.limit not in asked:
            return failure(400, f"use {self.limit!r}")
        if asked.get("stream"):
            kind = {"content-type": "text/event-stream; charset=utf-8"}
            return answer(200, "data: [DONE]\n\n", kind) if self.streams else completion("Blue")
        wanted = asked.get("response_format", {}).get("type", "plain")
        if wanted not in self.accepts:
            return failure(400, f"{wanted} is not supported")
        if wanted in self.holds:
            return completion('{"answer": "blue"}')
        fenced = wanted == "plain" and self.fences
        return completion('```json\n{"answer": "blue"}\n```' if fenced else "The sky is blue.")


def model(server: FaultServer) -> HTTPModel:
    return HTTPModel("m-1", server_at(server.url, KEY), patience=EAGER)


# The list
# --------


def test_the_models_of_a_server_are_listed_in_its_order() -> None:
    with running(Scripted(holds=set())) as server:
        assert list_models(server_at(server.url, KEY)) == ("other", "m-1")
        assert server.authorizations == [f"Bearer {KEY}"]


def test_a_server_without_models_offers_none() -> None:
    with running(answer(200, {"object": "list", "data": []})) as server:
        assert list_models(server_at(server.url)) == ()


@pytest.mark.parametrize(
    "body", ["<html>", "[]", {"data": None}, {"data": ["m-1"]}, {"data": [{"id": 1}]}, {"models": []}]
)
def test_a_list_that_is_none_is_refused(body: Any) -> None:
    with running(answer(200, body)) as server, pytest.raises(ModelRefused, match="no list of models"):
        list_models(server_at(server.url))


def test_a_server_that_does_not_say_or_is_not_there_is_an_error() -> None:
    with running(failure(404, f"no such page for {KEY}")) as server:
        with pytest.raises(ModelRefused, match=r"404: no such page for \[key\]"):
            list_models(server_at(server.url, KEY), patience=EAGER)
        server.script = [failure(503)]
        with pytest.raises(ModelUnavailable, match="503"):
            list_models(server_at(server.url, KEY), patience=EAGER)


# What it can do
# --------------


@pytest.mark.parametrize(
    ("holds", "accepts", "found"),
    [
        ({"json_schema", "json_object"}, set(), "json_schema"),
        ({"json_object"}, set(), "json_object"),
        ({"json_object"}, {"json_schema"}, "json_object"),
        (set(), set(), "plain"),
        (set(), {"json_schema", "json_object"}, "plain"),
    ],
)
def test_the_strictest_format_that_a_server_holds_replies_to_is_found(
    holds: set[str], accepts: set[str], found: str
) -> None:
    with running(Scripted(holds=holds, accepts=accepts)) as server:
        assert probe(model(server)).capabilities.reply_format == found


def test_a_model_that_never_keeps_to_a_shape_is_asked_as_strictly_as_its_server_takes() -> None:
    with running(Scripted(holds=set(), accepts={"json_object"}, fences=False)) as server:
        assert probe(model(server)).capabilities.reply_format == "json_object"


def test_a_model_that_thinks_past_its_limit_is_believed_to_keep_the_format() -> None:
    with running(completion("", "length")) as server:
        assert probe(model(server)).capabilities.reply_format == "json_schema"


def test_the_other_name_of_the_limit_and_streaming_are_found() -> None:
    server_can = Scripted(holds={"json_schema"}, limit="max_completion_tokens", streams=False)
    with running(server_can) as server:
        found = probe(model(server)).capabilities
    assert (found.limit, found.streaming, found.sampling) == ("max_completion_tokens", False, True)


@pytest.mark.parametrize(
    ("listed", "props", "tokens"),
    [
        ({"max_model_len": 32_768}, None, 32_768),
        ({"context_length": 8_192}, {"default_generation_settings": {"n_ctx": 4_096}}, 8_192),
        ({"max_context_length": 4_096}, None, 4_096),
        ({"meta": {"n_ctx": 2_048, "n_ctx_train": 32_768}}, None, 2_048),
        ({"meta": {"n_ctx_train": 32_768}}, {"default_generation_settings": {"n_ctx": 16_384}}, 16_384),
        ({"meta": None}, None, None),
        ({"context_length": -1}, None, None),
        ({"context_length": "8k"}, {"default_generation_settings": []}, None),
        ({}, ["no"], None),
    ],
)
def test_the_context_length_is_read_where_servers_tell_it(
    listed: dict[str, Any], props: Any, tokens: int | None
) -> None:
    listing = {"data": [{"id": "other", "context_length": 1}, {"id": "m-1", **listed}]}
    with running(Scripted(holds={"json_schema"}, listing=listing, props=props)) as server:
        assert probe(model(server)).capabilities.context_tokens == tokens


def test_what_the_questions_cost_is_told() -> None:
    with running(Scripted(holds={"json_object"}, accepts={"json_schema"})) as server:
        usage = probe(model(server)).usage
    assert (usage.calls, usage.prompt_tokens, usage.unreported) == (2, 40, 1)


def test_an_error_midway_carries_what_was_paid_before() -> None:
    with running(completion("The sky is blue."), failure(401)) as server:
        with pytest.raises(ModelRefused, match="401") as caught:
            probe(model(server))
        assert caught.value.usage.prompt_tokens == 20


# Remembering it
# --------------


def test_capabilities_survive_a_store() -> None:
    found = Capabilities(
        reply_format="plain", limit="max_completion_tokens", sampling=False, context_tokens=1, streaming=True
    )
    for capabilities in (found, Capabilities()):
        assert Capabilities.from_json(json.loads(json.dumps(capabilities.to_json()))) == capabilities


@pytest.mark.parametrize(
    "change",
    [
        {"reply_format": "xml"},
        {"limit": None},
        {"sampling": 1},
        {"context_tokens": 0},
        {"context_tokens": True},
        {"streaming": "yes"},
        {"colour": "red"},
    ],
)
def test_capabilities_that_are_none_are_a_configuration_error(change: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="briefing models"):
        Capabilities.from_json(Capabilities().to_json() | change)
