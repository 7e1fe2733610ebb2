"""Time of the whole model path when every call takes a second: how much of it is waiting, how much our own.

    python -m benchmarks.model_path FILE… [--latency 1.0] [--jobs 4] [--contexts 128000,4000] [--json]

Makes a briefing of the files against a server that answers every question after `--latency` seconds with sentences that
it was shown, word for word, every fifth with a false figure added, so that drafting, correcting and, where a story does
not fit one call, arranging all take place, through the store and the budget, as `briefing make --model` does it. A
small context makes many calls of the same sources. The server is a process of its own.

    calls        how many the server was asked
    critical_s   the longest chain of calls: those of one kind follow those of another, `--jobs` at a time
    wall_s       from the first file to the finished Markdown and manifest
    ratio        how many times the critical path that is
    own_s        processor time of all that, all threads together
    share        its share of the critical path
    path_s       the part of it that the same run without a model does not take: drafting, sending, storing, correcting
    path_share   its share of the critical path

These are of a process that has done it once before, the best of several runs, since other work on the machine only ever
adds. What starting a process costs stands beside them, as of the command `briefing make`: `command_wall_s` and
`command_own_s` (interpreter, imports, the vocabulary that tokens are counted with).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.common import Figures

RUNS = 5

_SHOWN = re.compile(r"^\[(S\d+\.\d+)\] (.+)$", re.M)
_CLAIM = re.compile(r"^\[(C\d+)\] ", re.M)
_MOST = re.compile(r"^At most (\d+) claims", re.M)


class SlowServer(ThreadingHTTPServer):
    """An OpenAI-compatible server that takes its time; `asked` counts questions by the name of their schema."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, latency_s: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.latency_s = latency_s
        self.asked: Counter[str] = Counter()
        self.lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    server: SlowServer

    def do_POST(self) -> None:
        """Answer one question after the latency."""
        due = time.monotonic() + self.server.latency_s
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        kind, user = asked["response_format"]["json_schema"]["name"], asked["messages"][1]["content"]
        with self.server.lock:
            self.server.asked[kind] += 1
        data = _completion(json.dumps(_REPLIES[kind](user)), len(user) // 4)
        time.sleep(max(0.0, due - time.monotonic()))
        self._send(data)

    def do_GET(self) -> None:
        """Tell what was asked, and forget it."""
        with self.server.lock:
            data = json.dumps(self.server.asked).encode()
            self.server.asked.clear()
        self._send(data)

    def _send(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep quiet."""


def _completion(text: str, prompt_tokens: int) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": len(text) // 4}
    return json.dumps({"model": "simulated", "choices": [choice], "usage": usage}).encode()


def _drafted(user: str) -> dict[str, Any]:
    """Repeat sentences spread over what was shown, and get every fifth wrong."""
    shown, most = _SHOWN.findall(user), _MOST.search(user)
    count = min(int(most[1]) if most else 15, len(shown))
    chosen = [shown[i * len(shown) // count] for i in range(count)]
    claims = [
        {"text": text if number % 5 else f"{text} It cost 987,654 crowns.", "cites": [id_]}
        for number, (id_, text) in enumerate(chosen, start=1)
    ]
    return {"claims": claims, "lead": [1, 2]}


def _corrected(user: str) -> dict[str, Any]:
    numbers = re.findall(r"^\[(\d+)\] ", user, re.M)
    return {"corrections": [{"number": int(number), "text": "drop", "cites": []} for number in numbers]}


def _arranged(user: str) -> dict[str, Any]:
    return {"order": [{"ids": [id_], "text": ""} for id_ in reversed(_CLAIM.findall(user))], "lead": [1]}


_REPLIES = {"draft_claims": _drafted, "repair_claims": _corrected, "arrange_claims": _arranged}


@contextmanager
def serving(latency_s: float) -> Iterator[str]:
    """Serve in a process of its own; yields the address."""
    command = [sys.executable, "-m", "benchmarks.model_path", "--serve", "--latency", str(latency_s)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        yield process.stdout.readline().strip() if process.stdout else ""
        # The end of its input is the end of the server.
        process.communicate()


def _serve(latency_s: float) -> None:
    """Serve until standard input ends."""
    with SlowServer(latency_s) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_address[1]}/v1", flush=True)
        sys.stdin.read()
        server.shutdown()


def _asked(url: str) -> Counter[str]:
    """Return what the server was asked since it was last asked this."""
    with urllib.request.urlopen(f"{url}/asked") as answer:  # noqa: S310 - our own server
        return Counter(json.load(answer))


def measure(files: list[str], url: str, *, latency_s: float, jobs: int, context_tokens: int) -> Figures:
    """Make the briefing with the slow model, and once more without a model."""
    with tempfile.TemporaryDirectory() as folder:
        made = partial(_made, files, url=url, jobs=jobs, context_tokens=context_tokens)
        made(store=Path(folder, "0.db"))
        asked = _asked(url)
        wall_s, own_s = _best(lambda run: made(store=Path(folder, f"{run}.db")))
        _, without_s = _best(lambda _: _made(files))
        limits = ["--jobs", str(jobs), "--context-tokens", str(context_tokens)]
        model = ["--model", "simulated", "--base-url", url, "--store", str(Path(folder, "command.db"))]
        command_wall_s, command_own_s = _command(["make", *files, "-o", folder, *model, *limits])
        _asked(url)
    critical_s = latency_s * sum(math.ceil(count / jobs) for count in asked.values())
    return {
        "calls": asked.total(),
        "critical_s": critical_s,
        "wall_s": wall_s,
        "ratio": wall_s / critical_s,
        "own_s": own_s,
        "share": own_s / critical_s,
        "path_s": own_s - without_s,
        "path_share": (own_s - without_s) / critical_s,
        "command_wall_s": command_wall_s,
        "command_own_s": command_own_s,
    }


def _made(
    files: list[str], *, url: str = "", store: Path | None = None, jobs: int = 1, context_tokens: int = 0
) -> None:
    """Make the briefing in this process; with a store, by the model."""
    from briefing import render
    from briefing.budget import Budget, BudgetedModel
    from briefing.model_http import model_from_environment
    from briefing.pipeline import Job, make
    from briefing.store import StoredModel, open_store

    job = Job(locations=tuple(files), as_of=datetime(2031, 3, 6, tzinfo=UTC), jobs=jobs)
    with ExitStack() as stack:
        model = None
        if store:
            kept = stack.enter_context(open_store(store))
            run = stack.enter_context(kept.run({}))
            http = model_from_environment("simulated", {}, base_url=url, context_tokens=context_tokens)
            limited = BudgetedModel(stack.enter_context(http), Budget(), tariff=None)
            model = StoredModel(limited, store=kept, run=run, server=http.server)
            job = replace(job, secret=kept.secret)
        briefing = make(job, model=model)
    render.markdown(briefing)
    render.manifest(briefing)


def _best(work: Callable[[int], None]) -> tuple[float, float]:
    """Return the least wall and the least processor time that it takes, in seconds."""
    walls, owns = zip(*(_timed(work, run) for run in range(1, RUNS + 1)), strict=True)
    return min(walls), min(owns)


def _timed(work: Callable[[int], None], run: int) -> tuple[float, float]:
    wall, own = time.monotonic(), time.process_time()
    work(run)
    return time.monotonic() - wall, time.process_time() - own


def _command(arguments: list[str]) -> tuple[float, float]:
    """Run `briefing` in a process of its own; return its wall and its processor time in seconds."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "BRIEFING_"))}
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "briefing", *arguments], stdout=subprocess.DEVNULL, stderr=said, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read().decode())
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print a line per context, or with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--latency", type=float, default=1.0)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--contexts", default="128000,4000")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        _serve(arguments.latency)
        return
    if not arguments.files:
        parser.error("name the files to brief")
    with serving(arguments.latency) as url:
        ask = partial(measure, arguments.files, url, latency_s=arguments.latency, jobs=arguments.jobs)
        rows = {context: ask(context_tokens=context) for context in map(int, arguments.contexts.split(","))}
    if arguments.json:
        print(json.dumps({"contexts": rows}, indent=1))
        return
    for context, row in rows.items():
        print(f"{context:>8} tokens  " + "  ".join(f"{name} {value:.2f}" for name, value in row.items()))


if __name__ == "__main__":
    main()
