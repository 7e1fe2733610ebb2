"""What a morning costs: a day of many feeds, and a month of mornings.

    python -m benchmarks.daily size [--feeds 200] [--items 100] [--pages 10] [--gather] [--json]
    python -m benchmarks.daily month [--days 30] [--feeds 12] [--items 10] [--pages 4] [--gather] [--json]

Both read from a web of invented feeds on this computer, each at a host of its own that is asked as politely as any
other. `size` runs a day twice, the second time with nothing new: seconds, peak memory, requests. `month` runs one
morning after the other: seconds, and the bytes that the memory takes up against those of the texts that it keeps.
Every `--pages`-th feed has summaries only. `--gather` stops after reading. No data files: the feeds are made up.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from urllib.request import urlopen

import httpcore2

from benchmarks.common import Figures
from benchmarks.daily_web import FIRST_DAY, Web, places
from briefing import daily
from briefing.fetch_http import HTTPFetcher, Network, Patience
from briefing.gathering import KnownPages, gather
from briefing.memory import Memory, open_memory
from briefing.plan import Plan
from briefing.sources import ReadLimits

#: A number of the public's; every connection to it is led to the server on this computer.
_PUBLIC = "93.184.215.14"


@dataclass(frozen=True, kw_only=True)
class Morning:
    """One run of a day, done in a process of its own."""

    folder: Path
    port: int
    day: int
    feeds: tuple[str, ...]
    delay_s: float
    only_gather: bool


def run(morning: Morning) -> Figures:
    """Do one morning's run: its seconds, its peak of memory in MB, and what is in the memory afterwards."""
    plan = Plan(path=morning.folder / "briefing.toml", feeds=morning.feeds, output=morning.folder / "briefs")
    now = FIRST_DAY + timedelta(days=morning.day, hours=7)
    with open_memory(str(morning.folder / "memory.sqlite3")) as memory, _fetcher(morning, KnownPages(memory)) as web:
        started = time.perf_counter()
        figures = _gathered(plan, memory, web, now) if morning.only_gather else _told(plan, memory, web, now)
        seconds = time.perf_counter() - started
    # Closed, the file has taken in its journal.
    with open_memory(str(morning.folder / "memory.sqlite3")) as memory:
        counts = memory.counts()
    return {
        **figures,
        "seconds": seconds,
        "cpu_s": time.process_time(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "text_mb": counts.text_bytes / 1e6,
        "store_mb": counts.store_bytes / 1e6,
    }


def _gathered(plan: Plan, memory: Memory, web: HTTPFetcher, now: datetime) -> Figures:
    found = gather(plan, memory, web, now=now, limits=ReadLimits())
    # Whoever tells the day drops the bytes that nothing rests on; here nobody does.
    memory.drop_bodies(except_of=plan.day_of(now), keep=())
    return {"new": found.new, "changed": found.changed, "unread": len(found.unread)}


def _told(plan: Plan, memory: Memory, web: HTTPFetcher, now: datetime) -> Figures:
    """Do all of `briefing daily` without a model; `gather_s` are the seconds until everything was read."""
    started = time.perf_counter()
    marks: dict[str, float] = {}

    def log(event: str, **_: object) -> None:
        marks[event] = time.perf_counter() - started
        print(f"{marks[event]:.0f} s {event}", file=sys.stderr, flush=True)

    outcome = daily.run(daily.Setting(plan=plan, memory=memory, drafting=daily.Drafting(), now=now, log=log), web)
    found = outcome.gathered
    return {
        "new": found.new if found else 0,
        "stories": len(outcome.edition.stories),
        "claims": sum(len(story.claims) for story in outcome.edition.stories),
        "gather_s": marks["gathered"],
    }


def _fetcher(morning: Morning, pages: KnownPages) -> HTTPFetcher:
    def resolve(_host: str, _port: int) -> list[str]:
        return [_PUBLIC]

    def dial(_ip: str, _port: int, timeout_s: float) -> httpcore2.NetworkStream:
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", morning.port, timeout_s)

    network = Network(resolve=resolve, dial=dial)
    return HTTPFetcher(network=network, patience=Patience(delay_s=morning.delay_s), pages=pages)


# The web
# -------


@contextmanager
def serving(web: Web) -> Iterator[int]:
    """Serve a web in a process of its own until the block ends; yields its port."""
    command = [sys.executable, "-m", "benchmarks.daily_web"]
    command += [f"--{name}={getattr(web, name)}" for name in ("feeds", "items", "pages", "seed")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - this very package
        try:
            yield int(server.stdout.readline() if server.stdout else 0)
        finally:
            server.kill()


def move_to(port: int, day: int) -> int:
    """Let a day begin; how many requests there were so far."""
    with urlopen(f"http://127.0.0.1:{port}/day/{day}") as answer:
        return int(json.load(answer)["asked"])


# What is measured
# ----------------


def mornings(web: Web, days: list[int], *, delay_s: float, only_gather: bool) -> Iterator[Figures]:
    """Run one morning after the other on one memory, each in a fresh process."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(web) as port,
        ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes,
    ):
        morning = partial(
            Morning, folder=Path(folder), port=port, feeds=tuple(places(web)), delay_s=delay_s, only_gather=only_gather
        )
        for day in days:
            before = move_to(port, day)
            figures = processes.submit(run, morning(day=day)).result()
            yield {"day": day, **figures, "requests": move_to(port, day) - before}


def main() -> None:
    """Print the table, or with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("size", "month"))
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--feeds", type=int)
    parser.add_argument("--items", type=int)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--delay", type=float, help="seconds between two requests to one host")
    parser.add_argument("--gather", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    size = given.what == "size"
    feeds, items, pages, delay_s = (200, 100, 10, 1.0) if size else (12, 10, 4, 0.05)
    web = Web(
        feeds=given.feeds or feeds,
        items=given.items or items,
        pages=pages if given.pages is None else given.pages,
        seed=given.seed,
    )
    rows = []
    for row in mornings(
        web,
        [0, 0] if size else list(range(given.days)),
        delay_s=delay_s if given.delay is None else given.delay,
        only_gather=given.gather,
    ):
        rows.append(row)
        if not given.json:
            print("  ".join(f"{name} {value:,.4g}" for name, value in row.items()), flush=True)
    if given.json:
        print(json.dumps({given.what: rows}, indent=1))


if __name__ == "__main__":
    main()
