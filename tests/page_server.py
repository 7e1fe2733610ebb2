"""A web server on the loopback interface that serves the pages a test asks for, and a network that leads to it.

Every path has its own script, as in `fault_server`: what to do with the first request for it, the second …, the last
for ever. Paths without one are not found; so is `/robots.txt`, unless a test writes one.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore2

from briefing.fetch_http import HTTPFetcher, Network, Patience
from tests.fault_server import CERTIFICATE, Behaviour, FaultServer, answer

#: A number of the public's, which no test connects to.
PUBLIC = "93.184.215.14"
QUICK = Patience(total_s=3, connect_s=2, silence_s=1, delay_s=0, longest_wait_s=0.5)


class PageServer(FaultServer):
    """Does for each path what its script says."""

    request_queue_size = 64

    def __init__(self, pages: Mapping[str, Behaviour | Sequence[Behaviour]], *, tls: bool = False) -> None:
        super().__init__(tls=tls)
        self.pages = {path: list(does) if isinstance(does, Sequence) else [does] for path, does in pages.items()}
        self._choosing = threading.Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"{self.url.removesuffix('/v1')}{path}"

    def next_behaviour(self, handler: Any) -> Behaviour:
        """Note a request and return what to do with it."""
        super().next_behaviour(handler)
        script = self.pages.get(handler.path.partition("?")[0], [not_found])
        with self._choosing:
            return script.pop(0) if len(script) > 1 else script[0]

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order, without robots.txt."""
        return [path for path in self.paths if path != "/robots.txt"]


@contextmanager
def serving(pages: Mapping[str, Behaviour | Sequence[Behaviour]], *, tls: bool = False) -> Iterator[PageServer]:
    """Serve in a thread until the block ends."""
    with PageServer(pages, tls=tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()
            thread.join()


def page(
    body: str | bytes = "<html><body><p>It rained.</p></body></html>",
    /,
    status: int = 200,
    content_type: str = "text/html",
    headers: Mapping[str, str] | None = None,
    **more: str,
) -> Behaviour:
    """Answer with a page and these headers, given by name or, with `_` for `-`, as an argument."""
    named = {name.replace("_", "-"): value for name, value in {**(headers or {}), **more}.items()}
    return answer(status, body, {"content-type": content_type, **named})


#: What stands at no path.
not_found = page("not here", 404)


def robots(text: str) -> Behaviour:
    """Answer with a robots.txt."""
    return page(text, content_type="text/plain")


class Dialled:
    """Leads every connection to one server, and notes where it was to go."""

    def __init__(self, server: PageServer) -> None:
        self.to: list[tuple[str, int]] = []
        self._port = server.port

    def __call__(self, ip: str, port: int, timeout_s: float) -> httpcore2.NetworkStream:
        """Connect."""
        self.to.append((ip, port))
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", self._port, timeout_s)


def names(*known: str, ip: str = PUBLIC, **more: str) -> Any:
    """A resolver that knows these names: all at one place, and more as `name=ip` with `_` for the dot."""
    at = dict.fromkeys(known, ip) | {name.replace("_", "."): where for name, where in more.items()}

    def resolve(host: str, _: int) -> list[str]:
        if host not in at:
            raise OSError(f"no {host}")
        return [at[host]]

    return resolve


def trusted() -> ssl.SSLContext:
    """Trust the certificate of the test servers, which is that of `localhost`."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def near(**settings: Any) -> HTTPFetcher:
    """A fetcher for servers on this computer, in no mood to wait."""
    return HTTPFetcher(**{"allow_private": True, "patience": QUICK, **settings})


def public(server: PageServer, *hosts: str, **settings: Any) -> tuple[HTTPFetcher, Dialled]:
    """A fetcher for whom these hosts are public, all of them being `server`; and where it connected."""
    dialled = Dialled(server)
    network = Network(resolve=settings.pop("resolve", names(*hosts)), dial=dialled, trust=trusted)
    return HTTPFetcher(**{"patience": QUICK, "network": network, **settings}), dialled
