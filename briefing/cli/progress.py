"""One line on standard error that says what is going on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self, TextIO

_DOING = {
    "": "reading sources",
    "sources": "reading documents",
    "documents": "splitting sentences",
    "sentences": "sorting stories",
    "stories": "drafting claims",
    "claims": "checking claims",
    "judging": "checking claims",
    "checks": "comparing sources",
    "crosschecks": "putting it together",
}


class Progress:
    """One line on standard error that says what is going on; only on a terminal, only after a second.

    `detail` is asked for the end of the line whenever it is written.
    """

    def __init__(self, stream: TextIO, *, detail: Callable[[], str] = str, patience: float = 1.0) -> None:
        self._stream = stream
        self._detail = detail
        self._patience = patience
        self._finished = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True) if stream.isatty() else None

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        if self._thread:
            self._thread.start()
        return self

    def __call__(self, stage: str, _: str) -> None:
        self._finished = stage

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _tick(self) -> None:
        shown = False
        self._stop.wait(self._patience)
        while not self._stop.wait(0.2):
            elapsed = time.monotonic() - self._started
            self._stream.write(f"\r\x1b[K{elapsed:5.0f} s  {_DOING[self._finished]} … {self._detail()}")
            self._stream.flush()
            shown = True
        if shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
