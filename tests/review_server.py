"""`briefing review` over a real loopback socket, in a thread of the test, and a client that sends what it is told."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.pipeline import Job, make
from briefing.render import manifest
from briefing.reread import Reread, reread
from briefing.sources import ReadLimits
from briefing.store import open_store
from briefing.web import Desk, Door, Password, bound, review_app, server_of
from tests.conftest import EXAMPLES

TOKEN = "t0ken-of-the-test"  # noqa: S105 - of no real server
AS_OF = datetime(2031, 3, 6, tzinfo=UTC)


def articles(folder: Path) -> Path:
    """Copy the examples, so that a test may change them."""
    copied = folder / "articles"
    shutil.copytree(EXAMPLES, copied)
    return copied


def made_in(folder: Path, sources: Path) -> Path:
    """Make a briefing of a folder and return its manifest."""
    folder.mkdir(exist_ok=True)
    path = folder / "briefing.json"
    path.write_text(manifest(make(Job(locations=(str(sources),), as_of=AS_OF))), encoding="utf-8")
    return path


def read_again(path: Path) -> Reread:
    return reread(path, locations={}, limits=ReadLimits())


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reviewing:
    """A running server."""

    host: str

    @property
    def url(self) -> str:
        return f"http://{self.host}/{TOKEN}/"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str | None] | None = None
    ) -> Answer:
        """Send a request as the page would, but for the headers given; None leaves one out."""
        sent: dict[str, str | None] = {"Host": self.host}
        if method == "POST":
            sent |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        sent |= headers or {}
        if body is not None:
            sent.setdefault("Content-Length", str(len(body)))
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, name: str = "", headers: Mapping[str, str | None] | None = None) -> Answer:
        return self.ask("GET", f"/{TOKEN}/{name}", headers=headers)

    def post(self, name: str, values: object, headers: Mapping[str, str | None] | None = None) -> Answer:
        return self.ask("POST", f"/{TOKEN}/{name}", json.dumps(values).encode(), headers)

    def decide(self, claim: str, action: str, **more: str) -> dict[str, Any]:
        answer = self.post("decisions", {"claim": claim, "action": action, **more})
        assert answer.status == 200, answer.body
        return dict(answer.json()["decision"])

    def held(self) -> dict[str, dict[str, Any]]:
        return {decision["claim"]: decision for decision in self.get("decisions").json()["decisions"]}


@contextmanager
def reviewing(
    path: Path, store: Path, *, who: str = "ann", password: Password | None = None, entailment: bool = False
) -> Iterator[Reviewing]:
    """Serve the review of a manifest until the block ends."""
    with open_store(store) as opened:
        desk = Desk(read_again(path), opened.decisions, entailment=entailment)
        listening, place = bound("127.0.0.1", 0)
        hosts = place.hosts if password is None else frozenset[str]()
        app = review_app(desk, Door(token=TOKEN, hosts=hosts, password=password), who=who)
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield Reviewing(host=f"127.0.0.1:{place.port}")
        finally:
            server.should_exit = True
            thread.join(10)
            listening.close()
