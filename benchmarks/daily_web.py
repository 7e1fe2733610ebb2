"""A web of invented feeds for `benchmarks.daily`: stories that several outlets tell over days, the same for each seed.

    python -m benchmarks.daily_web --feeds 200 --items 100 --pages 10 --seed 1

Serves on a loopback port that it prints, as a process of its own so that nobody counts its time or memory:
`/day/N` moves on to a day, and `http://fNNN.example/feed.xml` is a feed whatever host leads here. The texts are drawn
from lists; names, places and figures are made up per story.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

FIRST_DAY = datetime(2025, 3, 3, tzinfo=UTC)
_SYLLABLES = "ba ko li mur ne sta vi tro sel gan du pre hor mi ra tel os dar kin lu".split()
_WHAT = (
    "bridge ferry reservoir tunnel hospital school tram depot mill museum harbour airport quarry market stadium "
    "archive library prison brewery observatory"
).split()
_HAPPENED = (
    "was closed|caught fire|was flooded|was sold|lost its licence|was evacuated|collapsed in part|"
    "was opened again|was occupied by its workers|ran out of money"
).split("|")
#: {where} {what} {who} {other} {body} {n} {m} {p} {day} are the story's own; each line is one fact in two wordings.
_FACTS = [
    (
        "The {what} in {where} {happened} on {day}, {body} said.",
        "{body} said the {what} in {where} {happened} on {day}.",
    ),
    ("{n} people were brought to safety, according to {who}.", "According to {who}, {n} people were led to safety."),
    ("The damage is put at {m} million crowns.", "{body} put the damage at {m} million crowns."),
    (
        "{who}, who runs the {what}, called it the worst day in {p} years.",
        "It is the worst day in {p} years, said {who}.",
    ),
    (
        "Nobody was hurt, a spokesperson for {body} told reporters.",
        "A spokesperson for {body} said that nobody was hurt.",
    ),
    ("{other} had warned of such an event {p} months ago.", "A warning had come from {other} {p} months ago."),
    (
        "Work to repair the {what} begins next week and costs {m} million.",
        "Repairs cost {m} million and begin next week.",
    ),
    ("“We will find out why this happened,” {who} said.", "“We will find out why this happened,” said {who}."),
    ("{body} has opened an inquiry that is to end within {p} weeks.", "An inquiry by {body} is to end in {p} weeks."),
    ("Trains between {where} and {near} were cancelled until the evening.", "No trains ran from {where} to {near}."),
    ("About {n} households in {near} were without power for {p} hours.", "In {near} {n} households had no power."),
    ("The mayor of {where}, {other}, asked for help from the capital.", "{other}, mayor of {where}, asked for help."),
    ("{body} employs {n} people in {where} and {near}.", "In {where} and {near} {body} employs {n} people."),
    (
        "The {what} was built {p} years ago and renewed twice since.",
        "Built {p} years ago, the {what} was renewed twice.",
    ),
    ("Insurance covers {m} million crowns of it at most.", "At most {m} million crowns of it are insured."),
    (
        "Residents of {near} gathered outside the town hall on {day}.",
        "On {day} residents of {near} stood at the town hall.",
    ),
    ("{other} denied that money had been saved on safety.", "That money was saved on safety is denied by {other}."),
    (
        "A similar event in {near} {p} years ago left {n} people without work.",
        "In {near} {n} people lost their work then.",
    ),
    (
        "A first report by engineers hired by {body} is due on the {p}th day after the event.",
        "Engineers hired by {body} are to give a first report after {p} days.",
    ),
    (
        "Firefighters from {near} worked through the night with {p} vehicles.",
        "{p} vehicles from {near} were in use through the night.",
    ),
    (
        "{who} took over the {what} only {p} months ago, after a long search.",
        "After a long search, {who} took over the {what} {p} months ago.",
    ),
    (
        "Tickets that were already sold will be paid back, {body} promised.",
        "{body} promised to pay back tickets that were already sold.",
    ),
    (
        "More than {n} visitors a day had used the {what} during the summer.",
        "During the summer the {what} had more than {n} visitors a day.",
    ),
    (
        "Police closed the roads between {where} and {near} for {p} hours.",
        "For {p} hours no road between {where} and {near} was open.",
    ),
    (
        "A hotline for relatives was called {n} times within the first hours.",
        "Within hours {n} people called a hotline for relatives.",
    ),
    (
        "“Nobody listened to us,” {other} told a crowd in {near}.",
        "In {near} {other} told a crowd: “Nobody listened to us.”",
    ),
    (
        "The government wants to lend {m} million crowns at low interest.",
        "A loan of {m} million crowns is offered by the government.",
    ),
    (
        "Schools in {where} stay closed until the end of the week.",
        "Until the end of the week no school opens in {where}.",
    ),
    (
        "{body} had set aside {m} million crowns for renewal this year.",
        "For renewal {body} had {m} million crowns this year.",
    ),
    (
        "Divers, climbers and a drone team from {near} examined the site on {day}.",
        "On {day} a drone team and climbers from {near} examined the site.",
    ),
    (
        "A court in {near} is to decide whether {who} may stay in office.",
        "Whether {who} may stay in office, a court in {near} will decide.",
    ),
    (
        "Since the spring {p} complaints about the {what} had reached {body}.",
        "{body} had received {p} complaints about the {what} since the spring.",
    ),
]
_AROUND = [
    "The weather service expects rain in the region for the rest of the week.",
    "The council meets again behind closed doors at the end of the month.",
    "Several ministries did not answer questions about the matter in time for this report.",
    "Business leaders had asked for clearer rules long before the events of this week.",
    "Observers in the capital see little room for a quick decision before the summer.",
    "Local papers have followed the matter for some time, though rarely on their front pages.",
    "Experts at two universities disagree about what should be done first, and by whom.",
    "A debate in parliament is planned for the coming days, and its outcome is open.",
    "Neighbouring districts have sent equipment and people, as they did in earlier years.",
    "The opposition wants to know who knew what, and when it was known.",
    "Tourists were advised to take other routes, and many hotels offered to change bookings.",
    "Similar plans in other parts of the country have failed for lack of money or patience.",
    "Trade unions called for a round table with everybody who has a share in the matter.",
    "A documentary about the history of the place had been shown on television only recently.",
    "Prices in the area have risen faster than elsewhere, which makes every decision harder.",
    "What remains is the question of how such things can be prevented in the coming years.",
    "Volunteers brought blankets, soup and coffee, and stayed longer than anybody expected.",
    "The foreign ministry pointed to agreements that bind both sides until the next review.",
    "In letters to this newspaper readers had asked for exactly such a step several times.",
    "Old photographs show how much the place has changed since its first years.",
]
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, kw_only=True)
class Web:
    """What there is to read, as a function of the seed."""

    feeds: int
    items: int
    """New ones of one feed on one day."""
    pages: int
    """Every so-manieth feed has summaries only, and its articles stand on pages; 0 is none."""
    seed: int

    def feed(self, number: int, day: int) -> str:
        """A feed as it is on a day: what is new and what was new the day before."""
        told = [self._item(number, day - back, at) for back in (0, 1) if day >= back for at in range(self.items)]
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        return f'<rss version="2.0" {space}><channel><title>{_outlet(number)}</title>{"".join(told)}</channel></rss>'

    def page(self, number: int, day: int, at: int) -> str:
        """The page of an article, with what pages have around it."""
        title, paragraphs = self._article(number, day, at)
        body = "".join(f"<p>{words}</p>" for words in paragraphs)
        menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in _WHAT)
        head = f"<title>{title} - {_outlet(number)}</title>"
        return (
            f"<!DOCTYPE html><html lang=en><head>{head}</head><body><nav><ul>{menu}</ul></nav><article>"
            f"<h1>{title}</h1>{body}</article><footer><p>All rights reserved.</p><ul>{menu}</ul></footer></body></html>"
        )

    def is_of_pages(self, number: int) -> bool:
        """Say whether a feed has summaries only."""
        return bool(self.pages) and number % self.pages == self.pages - 1

    def _item(self, number: int, day: int, at: int) -> str:
        title, paragraphs = self._article(number, day, at)
        moment = FIRST_DAY + timedelta(days=day, minutes=(at * 7) % 360)
        text = "".join(f"&lt;p&gt;{words}&lt;/p&gt;" for words in paragraphs)
        full = "" if self.is_of_pages(number) else f"<content:encoded>{text}</content:encoded>"
        return (
            f"<item><title>{title}</title><link>http://{host(number)}/{day}/{at}.html</link>"
            f"<guid>http://{host(number)}/?p={day * 1000 + at}</guid><pubDate>{format_datetime(moment)}</pubDate>"
            f"<description>{paragraphs[0]}</description>{full}</item>"
        )

    def _article(self, number: int, day: int, at: int) -> tuple[str, list[str]]:
        """Title and paragraphs: the facts of a story as far as this outlet has them, in its words and its order."""
        draw = Random(f"{self.seed} {number} {day} {at}")
        # A few stories are everywhere, most stand in one or two outlets; a third began on one of the days before.
        began = day - draw.choice((0, 0, 0, 0, 1, 2))
        rank = int(self._stories * draw.random() ** 2)
        story = _story(self.seed, began, rank)
        lead, *rest = story.facts(day)
        told = [draw.choice(wordings) for wordings in draw.sample(rest, 26)]
        body = told + [story.in_its_words(sentence) for sentence in draw.sample(_AROUND, 14)]
        draw.shuffle(body)
        paragraphs = [draw.choice(lead), *(" ".join(body[i : i + 2]) for i in range(0, len(body), 2))]
        return story.title, paragraphs

    @property
    def _stories(self) -> int:
        """Which may begin on one day."""
        return max(5, self.feeds * self.items // 4)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happened, under names of its own."""

    seed: str
    names: dict[str, str]
    began: int

    @property
    def title(self) -> str:
        """A headline."""
        return f"{self.names['what'].title()} in {self.names['where']} {self.names['happened']}"

    def facts(self, day: int) -> list[tuple[str, str]]:
        """Each in two wordings; figures grow from day to day."""
        draw = Random(self.seed)
        grown = 1 + 0.1 * (day - self.began)
        found = []
        for wordings in _FACTS:
            figures = {
                "n": f"{int(draw.randint(12, 900) * grown) * 10:,}",
                "m": f"{draw.randint(2, 90) * grown:.1f}",
                "p": str(draw.randint(2, 60)),
            }
            first, second = (self.in_its_words(wording).format(**self.names, **figures) for wording in wordings)
            found.append((first[0].upper() + first[1:], second[0].upper() + second[1:]))
        return found

    def in_its_words(self, sentence: str) -> str:
        """Give most of the longer words a form of this story's own: two stories share little but small words."""
        return _LONGER.sub(lambda found: _own_word(self.seed, found[0]), sentence)


_LONGER = re.compile(r"(?<![{\w])[a-z]{6,}")


@lru_cache(maxsize=200_000)
def _own_word(story: str, word: str) -> str:
    draw = Random(f"{story} {word}")
    made = "".join(draw.choice(_SYLLABLES) for _ in range(2)) + word[-3:]
    return word if word in _KEPT or draw.random() < _SHARED else made


_SHARED = 0.3
_KEPT = frozenset("according reporters spokesperson million months before people".split())


@lru_cache(maxsize=100_000)
def _story(seed: int, began: int, rank: int) -> Story:
    draw = Random(f"{seed} story {began} {rank}")
    return Story(
        seed=f"{seed} facts {began} {rank}",
        began=began,
        names={
            "where": _name(draw),
            "near": _name(draw),
            "who": f"{_name(draw)} {_name(draw)}",
            "other": f"{_name(draw)} {_name(draw)}",
            "body": f"the {_name(draw)} {draw.choice(('Authority', 'Company', 'Council', 'Trust'))}",
            "what": draw.choice(_WHAT),
            "happened": draw.choice(_HAPPENED),
            "day": _DAYS[began % 7],
        },
    )


def _name(draw: Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.choice((2, 3, 3)))).title()


def _outlet(number: int) -> str:
    return f"{_name(Random(f'outlet {number}'))} {('Courier', 'Herald', 'Radio', 'Post')[number % 4]}"


def host(number: int) -> str:
    """The host of a feed; each has its own."""
    return f"f{number:03}.example"


class Server(ThreadingHTTPServer):
    """Serves a web as it is on a day."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, web: Web) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = web
        self.day = 0
        self.asked = 0
        self.feeds: dict[int, bytes] = {}

    def move_to(self, day: int) -> None:
        """Write all feeds of a day, so that nobody waits for it later."""
        self.day = day
        self.feeds = {number: self.web.feed(number, day).encode() for number in range(self.web.feeds)}


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        """Answer."""
        path = self.path.strip("/").split("/")
        if path[0] == "day":
            self.server.move_to(int(path[1]))
            self._answer(json.dumps({"asked": self.server.asked}).encode(), "application/json")
            return
        self.server.asked += 1
        number = int(self.headers.get("host", "f000")[1:4])
        if path == ["feed.xml"]:
            self._answer(self.server.feeds[number], "application/rss+xml")
        elif path[-1].endswith(".html"):
            page = self.server.web.page(number, int(path[0]), int(path[1].removesuffix(".html")))
            self._answer(page.encode(), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def _answer(self, data: bytes, content_type: str) -> None:
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        known = self.headers.get("if-none-match") == tag
        self.send_response(304 if known else 200)
        for name, value in (("etag", tag), ("content-type", content_type)):
            self.send_header(name, value)
        self.send_header("content-length", str(0 if known else len(data)))
        self.end_headers()
        self.wfile.write(b"" if known else data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep quiet."""


def places(web: Web) -> Iterator[str]:
    """Yield the addresses of the feeds."""
    return (f"http://{host(number)}/feed.xml" for number in range(web.feeds))


def main() -> None:
    """Serve until killed, or until whoever started this is gone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("feeds", "items", "pages", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    web = Web(**vars(parser.parse_args()))
    with Server(web) as server:
        server.move_to(0)
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
