"""Runs a day of daily briefs many times over, each time killed one step later, and then once more to its end.

A program of its own: it forks, which the tests with their threads must not. What comes out is printed as JSON: for each
number of steps, whether the process was killed there, and what its folder held after the next run.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.daily import Channel, Drafting, Setting, run
from briefing.days import Edition
from briefing.delivery import Outcome
from briefing.fetch_http import HTTPFetcher
from briefing.gathering import KnownPages
from briefing.memory import open_memory
from briefing.plan import Plan
from briefing.sources import sha256
from tests.page_server import QUICK

NOW = datetime(2025, 3, 4, 18, tzinfo=UTC)
_WRITES = frozenset({"os.rename", "os.remove", "os.mkdir", "sqlite3.connect"})


def morning(folder: Path, feeds: Sequence[str], now: datetime = NOW, step: Callable[[], None] = lambda: None) -> None:
    """Do a day's run; `step` is called at everything that is logged or sent."""
    plan = Plan(
        path=folder / "briefing.toml",
        feeds=tuple(feeds),
        output=folder / "briefs",
        memory=str(folder / "memory.sqlite3"),
    )

    def send(edition: Edition, _earlier: Sequence[Edition]) -> Outcome:
        step()
        with (folder / "sent").open("a", encoding="utf-8") as file:
            file.write(f"{edition.day}\n")
        step()
        return Outcome(sent=True, detail="taken")

    with (
        open_memory(plan.memory) as memory,
        HTTPFetcher(allow_private=True, patience=QUICK, pages=KnownPages(memory)) as fetcher,
    ):
        setting = Setting(plan=plan, memory=memory, drafting=Drafting(), now=now, log=lambda *_, **__: step())
        run(setting, fetcher, channels=[Channel(name="desk", send=send)])


def killed_after(steps: int, folder: Path, feeds: Sequence[str]) -> bool:
    """Do the run in a process that kills itself after so many steps; say whether it came to that."""
    child = os.fork()
    if not child:
        left = steps

        def step() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            written = event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"
            if written or event in _WRITES:
                step()

        sys.addaudithook(hook)
        try:
            morning(folder, feeds, step=step)
        except BaseException as error:  # noqa: BLE001 - the parent tells it
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"the run failed after {steps} steps")
    return os.WIFSIGNALED(status)


def state(folder: Path) -> dict[str, Any]:
    """Return everything that a run leaves: files by their digests, what was sent, what is remembered."""
    with open_memory(str(folder / "memory.sqlite3"), create=False) as memory:
        days = memory.arrivals()
        remembered = {f"{day}": [article.key for article in memory.articles(day)] for day in days}
        told = [f"{edition.day} {len(edition.stories)}" for edition in memory.editions()]
        deliveries = [f"{one.day} {one.state}" for one in memory.deliveries()]
    sent = folder / "sent"
    return {
        "files": {
            path.relative_to(folder).as_posix(): sha256(path.read_bytes())
            for path in sorted((folder / "briefs").rglob("*"))
            if path.is_file()
        },
        "articles": remembered,
        "editions": told,
        "deliveries": deliveries,
        "sent": sent.read_text(encoding="utf-8").split() if sent.exists() else [],
    }


def main(root: Path, feeds: Sequence[str], every: int, *, next_day: bool) -> None:
    """Kill at every so many steps until a run is not killed any more; print what was left each time."""
    found = []
    for steps in range(0, 10_000, every):
        folder = root / f"{steps}"
        folder.mkdir()
        killed = killed_after(steps, folder, feeds)
        morning(folder, feeds, NOW + timedelta(days=1) if next_day else NOW)
        found.append({"steps": steps, "killed": killed, **state(folder)})
        if not killed:
            break
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[4:], int(sys.argv[2]), next_day=sys.argv[3] == "next")
