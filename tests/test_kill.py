"""`kill -9` at any moment, then the same command: nothing that was answered is asked again, and nothing is different.

The server does most of the killing: while it thinks, with half of its reply sent, or after all of it. The other kills
come at random times. Every run is a process of its own; most are forked from one that has the imports behind it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.store import Status, open_store
from tests.conftest import ROOT
from tests.story_server import ARTICLES, CALLS, StoryServer, serving, write_articles

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

KILLS = 40
JOBS = 2
MOMENTS = ("thinking", "half sent", "sent")

NURSERY = """
import json, os, sys
import briefing.model_http.transport
from pathlib import Path
from briefing import budget, model_http, pipeline, render, store, tokens
from briefing.cli import main
from briefing.show import runs

def run(arguments):
    try:
        main(arguments)
    except SystemExit as end:
        return end.code

tokens.count("a word", "tiny")
os.chdir(sys.argv[1])
run(["make", "articles", "-o", "warm", "--no-entailment"])
for line in sys.stdin:
    folder, *arguments = json.loads(line)
    child = os.fork()
    if not child:
        os.chdir(folder)
        code = run(arguments)
        sys.stderr.flush()
        os._exit(code)
    print(child, flush=True)
    # Not before it is told to: a number of a process may be given again once it was waited for.
    sys.stdin.readline()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    """Starts `briefing` in processes of their own, with the imports behind them."""

    def __init__(self, folder: Path) -> None:
        write_articles(folder / "articles")
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
        )

    def start(self, folder: Path, arguments: list[str]) -> int:
        """Return the number of the process."""
        return int(self._told([str(folder), *arguments]))

    def wait(self) -> int:
        """Return the exit code of the last process."""
        return int(self._told("wait"))

    def _told(self, words: object) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        self._process.communicate()


def environment() -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "BRIEFING_"))}
    return clean | {"PYTHONPATH": str(ROOT)}


class Story:
    """One command, its store and what it writes."""

    def __init__(self, folder: Path, server: StoryServer) -> None:
        self.folder = folder
        self.store = folder / "calls.sqlite3"
        write_articles(folder / "articles")
        model = ["--model", "tiny", "--base-url", server.url, "--jobs", str(JOBS), "--store", str(self.store)]
        self.command = ["make", "articles", "-o", "out", "--as-of", "2031-06-12", "--no-entailment", *model]

    def stored(self) -> dict[str, str]:
        """The prompts whose answers are stored, and what each was for."""
        if not self.store.exists():
            return {}
        with closing(sqlite3.connect(self.store)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchall():
                return {}
            found = connection.execute(
                "SELECT request FROM questions JOIN calls USING (key) WHERE answer IS NOT NULL"
            ).fetchall()
        requests = [json.loads(request) for (request,) in found]
        return {request["user"]: request["schema_name"] for request in requests}

    def output(self) -> list[bytes]:
        return [(self.folder / "out" / name).read_bytes() for name in ("briefing.json", "briefing.md")]


@pytest.fixture(scope="module")
def server() -> Iterator[StoryServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    running = Nursery(tmp_path_factory.mktemp("nursery"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, server: StoryServer, nursery: Nursery
) -> tuple[list[bytes], float]:
    """What a run writes that nobody disturbs, and the seconds it takes."""
    story = Story(tmp_path_factory.mktemp("undisturbed") / "story", server)
    server.forget()
    began = time.monotonic()
    nursery.start(story.folder, story.command)
    assert nursery.wait() == 0
    assert len(server.asked) == len(set(server.asked)) == CALLS
    assert server.corrections == len(ARTICLES)
    return story.output(), time.monotonic() - began


def killer(chance: random.Random, run_s: float) -> tuple[str, int, float]:
    """Say when to kill: at which moment of which answer and how long after, or just how long after the start."""
    if chance.random() < 0.25:
        return "time", 0, chance.uniform(0, run_s)
    return chance.choice(MOMENTS), chance.randint(1, 3), chance.choice([0, 0, chance.uniform(0, 0.02)])


def killed(
    story: Story, server: StoryServer, nursery: Nursery, moment: str, number: int, after_s: float
) -> tuple[int, list[str]]:
    """Run the command and kill it; return its exit code and what it asked."""
    server.forget()
    started = threading.Event()
    numbers: list[int] = []

    def kill(at: str, count: int) -> None:
        if (at, count) == (moment, number):
            started.wait()
            time.sleep(after_s)
            os.kill(numbers[0], signal.SIGKILL)

    server.meddle = kill
    numbers.append(nursery.start(story.folder, story.command))
    started.set()
    if moment == "time":
        time.sleep(after_s)
        os.kill(numbers[0], signal.SIGKILL)
    code = nursery.wait()
    # Else what a dead client sent is counted as asked by the next one.
    server.settle()
    return code, list(server.asked)


def test_killed_at_any_moment_a_run_resumes_and_repeats_no_call_that_was_answered(
    tmp_path: Path, server: StoryServer, nursery: Nursery, undisturbed: tuple[list[bytes], float]
) -> None:
    expected, run_s = undisturbed
    chance = random.Random(20310612)  # noqa: S311 - picks moments
    kills, moments, chains = 0, set[str](), 0
    while kills < KILLS:
        story = Story(tmp_path / str(chains), server)
        chains += 1
        asked: list[str] = []
        code = -signal.SIGKILL
        while code == -signal.SIGKILL:
            known = set(story.stored())
            when = killer(chance, run_s)
            code, new = killed(story, server, nursery, *when)
            assert known.isdisjoint(new), when
            assert len(new) == len(set(new)), when
            answers_were_kept_before_use(story, server)
            asked += new
            kills += code == -signal.SIGKILL
            moments.add(when[0])
        assert code == 0
        assert story.output() == expected
        assert len(set(asked)) == CALLS
        # What is asked twice was on its way when the run was killed.
        assert len(asked) <= CALLS + JOBS * kills
    assert moments == {"time", *MOMENTS}
    assert chains > 1


def answers_were_kept_before_use(story: Story, server: StoryServer) -> None:
    """A correction is asked for once all drafts were used, so by then all drafts are stored."""
    if server.corrections:
        assert list(story.stored().values()).count("draft_claims") == len(ARTICLES)


def test_runs_that_were_killed_are_listed_as_such(
    tmp_path: Path, server: StoryServer, nursery: Nursery, undisturbed: tuple[list[bytes], float]
) -> None:
    story = Story(tmp_path / "story", server)
    code, _ = killed(story, server, nursery, "thinking", 4, 0)
    assert code == -signal.SIGKILL
    server.forget()
    nursery.start(story.folder, story.command)
    assert nursery.wait() == 0
    assert story.output() == undisturbed[0]
    with open_store(story.store) as store:
        assert [run.status for run in store.runs()] == [Status.KILLED, Status.FINISHED]


# Whoever runs the tests in the background has told them to ignore Ctrl-C, and children inherit that.
AT_A_TERMINAL = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("briefing", run_name="__main__", alter_sys=True)
"""


def real(story: Story) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", AT_A_TERMINAL, *story.command]
    return subprocess.Popen(command, cwd=story.folder, env=environment(), stderr=subprocess.PIPE)


def started_then(server: StoryServer, do: Callable[[int], None], story: Story, number: int) -> tuple[int, str]:
    """Run the command as a user does, and do something to it while the server thinks about an answer."""
    server.forget()
    processes: list[subprocess.Popen[bytes]] = []
    started = threading.Event()
    ended = threading.Event()

    def meddle(moment: str, count: int) -> None:
        if moment == "thinking" and count >= number:
            started.wait()
            if count == number:
                do(processes[0].pid)
            # No answer comes: the process is to end without one.
            ended.wait()

    server.meddle = meddle
    processes.append(real(story))
    started.set()
    said = processes[0].communicate(timeout=120)[1].decode()
    ended.set()
    return processes[0].returncode, said


@pytest.mark.parametrize(
    ("number", "code", "status"),
    [(signal.SIGKILL, -9, Status.KILLED), (signal.SIGINT, 130, Status.INTERRUPTED)],
    ids=["kill -9", "Ctrl-C"],
)
def test_the_command_itself_ends_at_once_and_resumes(
    tmp_path: Path,
    server: StoryServer,
    nursery: Nursery,
    undisturbed: tuple[list[bytes], float],
    number: signal.Signals,
    code: int,
    status: Status,
) -> None:
    story = Story(tmp_path / "story", server)
    ended, said = started_then(server, lambda pid: os.kill(pid, number), story, 4)
    assert ended == code
    assert "Traceback" not in said
    if code == 130:
        assert "interrupted" in said
        assert "the same command resumes it" in said
    known = set(story.stored())
    assert known
    server.forget()
    nursery.start(story.folder, story.command)
    assert nursery.wait() == 0
    assert known.isdisjoint(server.asked)
    assert story.output() == undisturbed[0]
    with open_store(story.store) as store:
        assert [run.status for run in store.runs()] == [status, Status.FINISHED]
