"""What calls cost is known or said to be unknown, and no limit is ever passed, whoever asks how many at a time."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import genai_prices.data
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.budget import Budget, BudgetedModel, estimate, request_tokens
from briefing.cli import main
from briefing.errors import BudgetExceeded, ConfigError, ModelError, ModelRefused, ModelUnavailable, ReplyTruncated
from briefing.model import Model, Reply, Request, ScriptedModel, ask_all
from briefing.pipeline import Job, make
from briefing.prices import Tariff, dollars, find_tariff
from briefing.render import manifest_values, markdown
from briefing.types import Usage
from tests.fault_server import FaultServer, completion, running
from tests.story_server import CALLS, serving, write_articles

OPENAI = "https://api.openai.com/v1"
REQUEST = Request(system="Be brief.", user="[S1.1] A ferry sank.", schema_name="x", schema={}, max_tokens=100)


def known(model: str, server: str = OPENAI) -> Tariff:
    found = find_tariff(model, server)
    assert found is not None
    return found


def reply(prompt: int = 50, completion: int = 10, cached: int = 0, unreported: int = 0) -> Reply:
    usage = Usage(
        calls=1, prompt_tokens=prompt, completion_tokens=completion, cached_tokens=cached, unreported=unreported
    )
    return Reply(text="{}", finish_reason="stop", model="m", usage=usage)


class Named:
    """A model that goes by another's name and answers as the function says."""

    context_tokens = 128_000

    def __init__(self, name: str, answer: Callable[[Request], Reply]) -> None:
        self.name = name
        self.answer = answer
        self.asked = 0

    def ask(self, request: Request) -> Reply:
        self.asked += 1
        return self.answer(request)


def failing(error: BaseException) -> Callable[[Request], Reply]:
    def answer(_request: Request) -> Reply:
        raise error

    return answer


# Prices
# ------


def test_tokens_cost_what_the_published_list_says_and_cached_ones_their_own_price() -> None:
    # OpenAI's list for gpt-4o: $2.50, cached $1.25, output $10.00 per million.
    usage = Usage(calls=1, prompt_tokens=10_000, cached_tokens=8_000, completion_tokens=2_000)
    assert known("gpt-4o").cost(usage) == pytest.approx(0.005 + 0.010 + 0.020)
    assert known("gpt-4o").cost(replace(usage, cached_tokens=0)) == pytest.approx(0.025 + 0.020)


def test_a_server_that_claims_more_cached_tokens_than_it_was_sent_is_not_believed() -> None:
    usage = Usage(calls=1, prompt_tokens=100, cached_tokens=900, completion_tokens=0)
    assert known("gpt-4o").cost(usage) == pytest.approx(100 * 1.25e-6)


@pytest.mark.parametrize(
    ("model", "server"),
    [
        ("a-model-that-nobody-sells", OPENAI),
        ("ft:gpt-4o:someone::abc", OPENAI),
        ("gpt-4o", "http://127.0.0.1:8080/v1"),
        ("gpt-4o", "http://localhost:11434/v1"),
        ("gpt-4o", "https://llm.example.org/v1"),
        ("gpt-4o", "https://api.openai.com.example.org/v1"),
        ("gpt-4o", "http://127.0.0.1:9/https://api.openai.com/v1"),
        ("llama-3.3-70b-versatile", "http://192.168.1.7:8000/v1"),
        ("text-embedding-3-small", OPENAI),
    ],
)
def test_a_price_that_nobody_knows_is_none(model: str, server: str) -> None:
    assert find_tariff(model, server) is None


@pytest.mark.parametrize(
    ("model", "server"),
    [
        ("llama-3.3-70b-versatile", "https://api.groq.com/openai/v1"),
        ("openai/gpt-4o", "https://openrouter.ai/api/v1"),
        ("mistral-large-latest", "https://api.mistral.ai/v1"),
    ],
)
def test_other_providers_have_prices_of_their_own(model: str, server: str) -> None:
    assert known(model, server).cost(Usage(calls=1, prompt_tokens=1000)) > 0


def test_no_model_that_is_listed_without_prices_passes_as_free() -> None:
    servers = {"cerebras": "https://api.cerebras.ai/v1", "openrouter": "https://openrouter.ai/api/v1"}
    listed = [(p.id, m.id) for p in genai_prices.data.providers if p.id in servers for m in p.models]
    found = [find_tariff(model, servers[provider]) for provider, model in listed]
    priced = [tariff for tariff in found if tariff is not None]
    assert 0 < len(priced) < len(listed)
    assert all(tariff.cost(Usage(calls=1, prompt_tokens=1000, completion_tokens=1000)) > 0 for tariff in priced)


def test_small_amounts_do_not_read_as_nothing() -> None:
    assert [dollars(a) for a in (0, 0.00002, 0.0312, 0.99996, 1, 1234.5)] == [
        "$0.00",
        "less than $0.0001",
        "$0.0312",
        "$1.0000",
        "$1.00",
        "$1,234.50",
    ]


# Estimates
# ---------


def test_the_tokens_of_a_known_model_are_counted_with_its_own_vocabulary() -> None:
    import tiktoken

    schema = {"type": "object", "properties": {"claims": {"type": "array"}}}
    request = replace(REQUEST, schema=schema)
    texts = (request.system, request.user, json.dumps(schema))
    counted = request_tokens(request, "gpt-4o")
    encoding = tiktoken.get_encoding("o200k_base")
    assert counted.exact
    assert counted.tokens == sum(len(encoding.encode(text)) for text in texts) + 32


def test_the_tokens_of_another_model_are_called_estimated_and_counted_with_a_margin() -> None:
    exact = estimate([REQUEST], "gpt-4o", tariff=None)
    guess = estimate([REQUEST], "some-local-model", tariff=None)
    assert "estimated" in str(guess)
    assert "estimated" not in str(exact)
    assert guess.tokens > exact.tokens
    assert "price not known" in str(guess)


def test_an_estimate_leaves_room_for_a_vocabulary_that_spells_a_script_out() -> None:
    request = replace(REQUEST, user="गंगा का जलस्तर सोमवार को बढ़ा। " * 20)
    guess = estimate([request], "some-local-model", tariff=None)
    assert guess.prompt_at_most > 2 * guess.prompt.tokens
    exact = estimate([request], "gpt-4o", tariff=None)
    assert exact.prompt_at_most == exact.prompt.tokens


def test_an_estimate_of_several_calls_is_the_sum_and_says_the_most_it_may_cost() -> None:
    tariff = known("gpt-4o")
    one = estimate([REQUEST], "gpt-4o", tariff=tariff)
    three = estimate([REQUEST] * 3, "gpt-4o", tariff=tariff)
    assert (three.calls, three.reply_tokens, three.prompt.tokens) == (3, 300, 3 * one.prompt.tokens)
    assert one.cost_usd == pytest.approx(one.prompt.tokens * 2.5e-6 + 100 * 1e-5)
    assert three.cost_usd == pytest.approx(3 * (one.cost_usd or 0))
    assert str(three).startswith(
        f"3 calls, {three.prompt.tokens} tokens of prompt, at most 300 of reply, at most $0.00"
    )


def test_no_call_costs_nothing_even_where_prices_are_known() -> None:
    assert estimate([], "gpt-4o", tariff=known("gpt-4o")).cost_usd == 0
    assert estimate([], "gpt-4o", tariff=None).cost_usd is None


# One call at a time
# ------------------


def test_a_reply_says_what_it_cost() -> None:
    budget = Budget()
    model = BudgetedModel(Named("gpt-4o", lambda _: reply(1000, 100, 400)), budget, tariff=known("gpt-4o"))
    assert model.ask(REQUEST).usage.cost_usd == pytest.approx(600 * 2.5e-6 + 400 * 1.25e-6 + 100 * 1e-5)
    model.ask(REQUEST)
    assert (budget.spent.calls, budget.spent.prompt_tokens, budget.spent.cached_tokens) == (2, 2000, 800)
    assert budget.spent.cost_usd == pytest.approx(2 * 0.003)


def test_without_a_price_the_cost_stays_unknown_and_the_call_is_made() -> None:
    model = BudgetedModel(ScriptedModel([reply()]), Budget(), tariff=None)
    assert model.ask(REQUEST).usage.cost_usd is None
    assert (model.name, model.context_tokens) == ("scripted", 128_000)


def test_a_server_that_counts_no_tokens_does_not_make_a_call_free() -> None:
    budget = Budget(max_tokens=400)
    model = BudgetedModel(Named("gpt-4o", lambda _: reply(0, 0)), budget, tariff=known("gpt-4o"))
    assert model.ask(REQUEST).usage.cost_usd is None
    assert budget.spent.cost_usd is None
    model.ask(REQUEST)
    with pytest.raises(BudgetExceeded):
        model.ask(REQUEST)


def test_a_limit_in_dollars_without_a_price_is_refused_before_anything_is_asked() -> None:
    asked = ScriptedModel([reply()])
    with pytest.raises(ConfigError, match="max_tokens") as caught:
        BudgetedModel(asked, Budget(max_cost=5.0), tariff=None)
    assert caught.value.exit_code == 2
    assert not asked.asked


def test_a_call_that_might_pass_the_limit_is_not_sent() -> None:
    most = estimate([REQUEST], "scripted", tariff=None).tokens
    asked = ScriptedModel([reply(), reply()])
    with pytest.raises(BudgetExceeded) as caught:
        BudgetedModel(asked, Budget(max_tokens=most - 1), tariff=None).ask(REQUEST)
    assert not asked.asked
    assert caught.value.exit_code == 4
    BudgetedModel(asked, Budget(max_tokens=most), tariff=None).ask(REQUEST)
    assert len(asked.asked) == 1


def test_the_error_says_what_was_spent_what_the_call_might_cost_and_how_to_go_on() -> None:
    asked = Named("gpt-4o", lambda _: reply(1_000, 100))
    model = BudgetedModel(asked, Budget(max_cost=0.0045, max_tokens=9_000), tariff=known("gpt-4o"))
    model.ask(REQUEST)
    with pytest.raises(BudgetExceeded) as caught:
        model.ask(replace(REQUEST, max_tokens=200))
    said = str(caught.value)
    assert asked.asked == 1
    assert "$0.0035 of $0.0045 and 1,100 of 9,000 tokens went into 1 call so far" in said
    assert "at most 200 of reply, at most $0.0021" in said
    assert "--max-cost" in caught.value.hint
    assert "store" in caught.value.hint


def test_what_a_reply_did_not_use_is_there_for_the_next_call() -> None:
    budget = Budget(max_tokens=estimate([REQUEST], "scripted", tariff=None).tokens + 3)
    model = BudgetedModel(ScriptedModel([reply(1, 0)] * 9), budget, tariff=None)
    for _ in range(4):
        model.ask(REQUEST)
    with pytest.raises(BudgetExceeded):
        model.ask(REQUEST)


@pytest.mark.parametrize("error", [ModelRefused("m", "no key", hint="set it"), KeyboardInterrupt(), OSError()])
def test_a_call_that_was_never_answered_nor_billed_gives_its_room_back(error: BaseException) -> None:
    budget = Budget(max_tokens=estimate([REQUEST], "m", tariff=None).tokens)
    with pytest.raises(type(error)):
        BudgetedModel(Named("m", failing(error)), budget, tariff=None).ask(REQUEST)
    BudgetedModel(Named("m", lambda _: reply()), budget, tariff=None).ask(REQUEST)


def test_a_call_whose_answer_was_lost_is_charged_in_full_because_it_may_be_billed() -> None:
    lost = ModelUnavailable("m", "no answer within 60 seconds", hint="try later", usage=Usage(unreported=1))
    budget = Budget(max_tokens=2 * estimate([REQUEST], "m", tariff=None).tokens - 1)
    with pytest.raises(ModelUnavailable):
        BudgetedModel(Named("m", failing(lost)), budget, tariff=None).ask(REQUEST)
    with pytest.raises(BudgetExceeded, match="so far"):
        BudgetedModel(Named("m", lambda _: reply()), budget, tariff=None).ask(REQUEST)


def test_lost_attempts_before_an_answer_are_charged_too() -> None:
    most = estimate([REQUEST], "m", tariff=None).tokens
    budget = Budget(max_tokens=3 * most)
    model = BudgetedModel(Named("m", lambda _: reply(50, 10, unreported=2)), budget, tariff=None)
    model.ask(REQUEST)
    with pytest.raises(BudgetExceeded, match=f"{2 * most + 60:,} of {3 * most:,} tokens"):
        model.ask(REQUEST)


def test_an_unusable_reply_says_what_it_cost() -> None:
    usage = Usage(calls=1, prompt_tokens=1000, completion_tokens=100)
    error = ReplyTruncated("gpt-4o", "cut off", hint="ask for less", reply="{", usage=usage)
    budget = Budget(max_cost=1.0)
    with pytest.raises(ReplyTruncated) as caught:
        BudgetedModel(Named("gpt-4o", failing(error)), budget, tariff=known("gpt-4o")).ask(REQUEST)
    assert caught.value.usage.cost_usd == pytest.approx(0.0035)
    assert budget.spent == caught.value.usage


# A whole plan
# ------------


def test_a_plan_whose_prompts_alone_pass_the_limit_is_refused_before_the_first_call() -> None:
    plan = estimate([REQUEST] * 4, "gpt-4o", tariff=known("gpt-4o"))
    assert plan.prompt_cost_usd is not None
    with pytest.raises(BudgetExceeded, match=r"prompts alone .*4 calls"):
        Budget(max_cost=plan.prompt_cost_usd * 0.99).admit(plan, "gpt-4o")
    with pytest.raises(BudgetExceeded, match="0 calls so far"):
        Budget(max_tokens=plan.prompt.tokens - 1).admit(plan, "gpt-4o")


def test_a_plan_that_may_fit_is_let_through() -> None:
    plan = estimate([REQUEST] * 4, "gpt-4o", tariff=known("gpt-4o"))
    Budget(max_cost=plan.prompt_cost_usd, max_tokens=plan.prompt.tokens).admit(plan, "gpt-4o")
    Budget().admit(plan, "gpt-4o")


# Many at a time
# --------------


class Metered:
    """A server that counts the most that what it was sent may cost, and answers when told to."""

    context_tokens = 128_000
    name = "metered"

    def __init__(self, used: dict[str, int], most: dict[str, int]) -> None:
        self.used, self.most = used, most
        self.lock = threading.Lock()
        self.billed = self.peak = 0

    def ask(self, request: Request) -> Reply:
        with self.lock:
            self.billed += self.most[request.user]
            self.peak = max(self.peak, self.billed)
        threading.Event().wait(0.0005)
        with self.lock:
            self.billed -= self.most[request.user] - self.used[request.user]
        return reply(self.used[request.user], 0)


def _plan(shares: list[tuple[int, int]]) -> tuple[list[Request], dict[str, int], dict[str, int]]:
    requests = [replace(REQUEST, user=f"question {n}", max_tokens=reply) for n, (reply, _) in enumerate(shares)]
    most = {request.user: estimate([request], "metered", tariff=None).tokens for request in requests}
    used = {
        request.user: 1 + most[request.user] * share // 101
        for request, (_, share) in zip(requests, shares, strict=True)
    }
    return requests, most, used


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 100)), min_size=2, max_size=10), st.integers(50, 1500))
def test_calls_at_the_same_time_never_pass_the_limit_together(shares: list[tuple[int, int]], limit: int) -> None:
    requests, most, used = _plan(shares)
    server = Metered(used, most)
    budget = Budget(max_tokens=limit)
    answers = ask_all(BudgetedModel(server, budget, tariff=None), requests, jobs=4)
    assert server.peak <= limit
    assert budget.spent.prompt_tokens == server.billed <= limit
    sent = sum(isinstance(answer, Reply) for answer in answers)
    assert all(isinstance(answer, Reply | BudgetExceeded) for answer in answers)
    if sent < len(requests):
        assert server.billed + max(most.values()) > limit


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 300), st.integers(0, 100), st.integers(2, 8), st.integers(50, 1500))
def test_as_many_equal_calls_fit_four_at_a_time_as_one_by_one(room: int, share: int, calls: int, limit: int) -> None:
    requests, most, used = _plan([(room, share)] * calls)

    def fitting(jobs: int) -> int:
        model: Model = BudgetedModel(Metered(used, most), Budget(max_tokens=limit), tariff=None)
        return sum(isinstance(answer, Reply) for answer in ask_all(model, requests, jobs=jobs))

    assert fitting(4) == fitting(1)


def test_a_call_waits_for_the_room_that_another_may_give_back() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def answer(_request: Request) -> Reply:
        begun.set()
        assert go_on.wait(20)
        return reply(1, 0)

    budget = Budget(max_tokens=estimate([REQUEST], "m", tariff=None).tokens + 5)
    model = BudgetedModel(Named("m", answer), budget, tariff=None)
    answers: list[Reply | ModelError] = []
    asking = threading.Thread(target=lambda: answers.extend(ask_all(model, [REQUEST, REQUEST], jobs=2)))
    asking.start()
    assert begun.wait(20)
    assert budget.spent.calls == 0
    go_on.set()
    asking.join(20)
    assert [type(answer) for answer in answers] == [Reply, Reply]


# From the command line to the briefing
# -------------------------------------

ARTICLE = """The Marrow Post

Some 212 people were brought ashore after the ferry Aldina ran aground off Pell Island on Tuesday, the coastguard said.

Nobody was hurt, coastguard captain Ada Korrin told reporters at the harbour of Pell.
"""
DRAFT = json.dumps(
    {
        "claims": [
            {
                "text": "Nobody was hurt, coastguard captain Ada Korrin told reporters at the harbour of Pell.",
                "cites": ["S1.2"],
            }
        ],
        "lead": [1],
    }
)


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one article, and no setting from outside."""
    for name in ("OPENAI_BASE_URL", "BRIEFING_MODEL", "BRIEFING_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "article.txt"


def command(server: FaultServer, *more: str, model: str = "m-1") -> Result:
    asked = ("make", "article.txt", "--as-of", "2031-03-06", "--model", model, "--base-url", server.url)
    return CliRunner().invoke(main, [*asked, *more])


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
@pytest.mark.parametrize(
    ("limit", "code", "said"),
    [
        (("--max-cost", "5"), 2, "max_tokens"),
        (("--max-cost", "5", "--dry-run"), 2, "max_tokens"),
        (("--max-tokens", "200"), 4, "prompts alone"),
        (("--max-tokens", "1500"), 4, "next call might take more"),
    ],
)
def test_a_limit_that_cannot_be_kept_stops_the_run_before_a_byte_is_sent(
    limit: tuple[str, ...], code: int, said: str, article: Path
) -> None:
    with running(completion(DRAFT)) as server:
        result = command(server, *limit, model="gpt-4o")
    assert (result.exit_code, server.received) == (code, [])
    assert said in result.output
    assert article.is_file()


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
def test_a_dry_run_says_what_would_be_sent_and_sends_nothing(article: Path) -> None:
    with running(completion(DRAFT)) as server:
        result = command(server, "--dry-run", model="gpt-4o")
    assert (result.exit_code, server.received) == (0, [])
    assert server.url in result.output
    assert re.search(r"\d+ tokens of prompt, at most [\d,]+ of reply, price not known", result.output)
    assert article.is_file()


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
def test_a_run_within_its_limit_is_made_and_an_unknown_price_stays_unknown(article: Path) -> None:
    with running(completion(DRAFT)) as server:
        result = command(server, "--max-tokens", "9000", "--json", model="gpt-4o")
    usage = json.loads(result.stdout)["usage"]
    assert (result.exit_code, len(server.received)) == (0, 1)
    assert (usage["calls"], usage["prompt_tokens"], usage["cached_tokens"], usage["cost_usd"]) == (1, 20, 16, None)
    assert article.is_file()


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
def test_a_run_that_met_its_limit_goes_on_with_a_higher_one_and_pays_for_nothing_twice(article: Path) -> None:
    write_articles(article.parent / "articles")

    def brief(store: str, limit: int) -> Result:
        asked = ("make", "articles", "--as-of", "2031-06-12", "--model", "tiny", "--base-url", server.url, "--json")
        limits = ("--max-tokens", str(limit), "--max-claims", "30", "--store", store, "--no-entailment")
        return CliRunner().invoke(main, [*asked, *limits])

    with serving() as server:
        whole = brief("one.sqlite3", 100_000)
        assert len(server.asked) == CALLS
        server.forget()
        # Room for the prompts of all five calls (3,800), and for the prompt and 5,000 tokens of reply of one or two.
        stopped = brief("two.sqlite3", 6_100)
        before = len(server.asked)
        resumed = brief("two.sqlite3", 100_000)
        assert 0 < before < CALLS
        assert len(server.asked) == len(set(server.asked)) == CALLS
    assert [r.exit_code for r in (whole, stopped, resumed)] == [0, 0, 0]
    errors = [refused["error"] for refused in json.loads(stopped.stdout)["refused"]]
    assert [error for error in errors if "BudgetExceeded: the next call might take more" in error]
    assert resumed.stdout == whole.stdout


def test_a_briefing_says_what_it_cost(article: Path) -> None:
    answered = Reply(
        text=DRAFT,
        finish_reason="stop",
        model="gpt-4o",
        usage=Usage(calls=1, prompt_tokens=10_000, cached_tokens=8_000, completion_tokens=2_000, unreported=1),
    )
    model = BudgetedModel(Named("gpt-4o", lambda _: answered), Budget(max_cost=1.0), tariff=known("gpt-4o"))
    job = Job(locations=(str(article),), as_of=datetime(2031, 3, 6, tzinfo=UTC), entailment=False)
    made = make(job, model=model)
    assert manifest_values(made)["usage"] == {
        "calls": 1,
        "prompt_tokens": 10_000,
        "completion_tokens": 2_000,
        "cached_tokens": 8_000,
        "cost_usd": 0.035,
        "unreported": 1,
    }
    assert (
        "Drafted by gpt-4o in 1 call, 1 more answer lost on the way, perhaps charged: 10,000 tokens of prompt "
        "(8,000 of them cached) and 2,000 of reply, \\$0.0350."
    ) in markdown(made)


def test_a_briefing_without_a_model_speaks_of_no_cost(article: Path) -> None:
    made = make(Job(locations=(str(article),), as_of=datetime(2031, 3, 6, tzinfo=UTC), entailment=False))
    assert "Drafted by" not in markdown(made)
    assert manifest_values(made)["usage"]["cost_usd"] is None


def test_many_small_costs_add_up_to_a_round_sum(article: Path) -> None:
    made = make(Job(locations=(str(article),), as_of=datetime(2031, 3, 6, tzinfo=UTC), entailment=False))
    usage = sum((Usage(calls=1, prompt_tokens=1, cost_usd=0.1) for _ in range(3)), Usage())
    assert manifest_values(replace(made, usage=usage))["usage"]["cost_usd"] == 0.3


def test_a_cost_that_is_unknown_for_one_call_is_unknown_for_all_and_a_lost_answer_is_not_free() -> None:
    assert (Usage(calls=1, cost_usd=0.1) + Usage(calls=1)).cost_usd is None
    assert (Usage() + Usage(unreported=1)).cost_usd is None
    assert (Usage(calls=1, cost_usd=0.1) + Usage(unreported=1)).cost_usd == 0.1
    assert (Usage() + Usage()).cost_usd == 0
