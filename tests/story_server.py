"""A model on loopback that drafts and corrects by what it is asked: the same questions always get the same answers."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

#: Five events that have nothing to do with one another, so that each is a story with calls of its own.
ARTICLES = {
    "lock": """The Varn lock at Ostrel was closed on Tuesday after a barge hit its gate, pilot Ilse Brandt said.
About 1,200 tonnes of wheat are still on board, Brandt said.
Forty-one vessels were waiting below Ostrel on Wednesday evening.""",
    "vote": """Parliament in Kelmar rejected the fisheries bill by 61 votes to 58 on Monday.
Fisheries minister Oda Rehn said she would bring the bill back in autumn.
Trawler owners had blocked the harbour of Kelmar for nine days.""",
    "clinic": """The children's clinic in Dorrabad opened a second ward with 34 beds, director Amin Sulo said.
The ward cost 7.5 million crowns, Sulo said.
Nurses from three provinces will staff the ward from March.""",
    "glacier": """Researchers measured that the Hestra glacier lost 14 metres of ice since 2019.
Geologist Pia Norquist said the lake below the glacier had doubled in size.
Two villages under the glacier were given sirens.""",
    "orchestra": """The Sillen city orchestra named Jorun Vask as its chief conductor on Thursday.
Vask, 37, will lead her first concert on 4 September.
The orchestra had searched for a conductor for two years.""",
}
#: A draft for each article, and one correction of each draft.
CALLS = 2 * len(ARTICLES)
_ASKS_FOR_CORRECTIONS = '"corrections"'


def write_articles(folder: Path) -> None:
    """Write every article to a file of its own."""
    folder.mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def answer(system: str, user: str) -> str:
    """Draft every sentence, the first with a number that it lacks; correct a claim to what its sentence says."""
    lines = re.findall(r"^\[(S\d+\.\d+)\] (.*)$", user, re.MULTILINE)
    if not lines:
        return json.dumps({"answer": "blue"})
    if _ASKS_FOR_CORRECTIONS in system:
        (id_, text), *_ = lines
        return json.dumps({"corrections": [{"number": 1, "text": text, "cites": [id_]}]})
    claims = [{"text": text, "cites": [id_]} for id_, text in lines]
    claims[0]["text"] = f"{lines[0][1]} It cost 99 crowns."
    return json.dumps({"claims": claims, "lead": [1]})


class StoryServer(ThreadingHTTPServer):
    """Keeps what it is asked, and calls `meddle` at three moments of every answer with how many it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = threading.Lock()
        self._under_way = 0
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.asked: list[str] = []
        self.corrections = 0
        self.knows_schemas = True
        self.meddle: Callable[[str, int], None] = lambda _moment, _number: None

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Count a connection from the moment that it is taken."""
        with self.lock:
            self._under_way += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer on a connection until its client is gone."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.lock:
                self._under_way -= 1

    def settle(self) -> None:
        """Wait until all is read that clients sent before they were killed: connections are taken in their order."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.server_port)) as last:
            last.request("GET", "/v1/models")
            last.getresponse().read()
        while self._under_way:
            time.sleep(0.001)

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that were killed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StoryServer

    def do_GET(self) -> None:
        self._send({"object": "list", "data": [{"id": "tiny", "object": "model"}]}, lambda _moment: None)

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        system, user = request["messages"][0]["content"], request["messages"][-1]["content"]
        meddle = self.server.meddle
        with self.server.lock:
            self.server.asked.append(user)
            number = len(self.server.asked)
            self.server.corrections += _ASKS_FOR_CORRECTIONS in system
        meddle("thinking", number)
        if not self.server.knows_schemas and "json_schema" in request.get("response_format", {}):
            self._send({"error": {"message": "json_schema is not supported"}}, lambda _moment: None, status=400)
            return
        text = answer(system, user)
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 100 + len(user) // 4, "completion_tokens": len(text) // 4}
        reply = {"object": "chat.completion", "model": "tiny", "choices": [choice], "usage": usage}
        self._send(reply, lambda moment: meddle(moment, number))

    def _send(self, values: dict[str, Any], at: Callable[[str], None], *, status: int = 200) -> None:
        body = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        at("half sent")
        self.wfile.write(body[len(body) // 2 :])
        at("sent")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[StoryServer]:
    """Run a server for the block."""
    with StoryServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
