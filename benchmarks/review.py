"""How fast the review page is: first paint, and from a key to the next claim with its evidence in sight.

    python -m benchmarks.review [--claims 200] [--sources 50] [--keep PAGE] [--json]

Invents a manifest of that many claims over that many sources of about 9,000 characters, ten claims of it withheld,
and opens its page in Chromium. Wants `playwright` and a Chromium (CHROMIUM names it).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from briefing.render import review_page

PLACES = "Ostrel Kelmar Dorrabad Hestra Sillen Varn Lodvin Brennholt Saltmere Avelin Tarvish Kostrin".split()
PEOPLE = "Brandt Rehn Sulo Norquist Vask Erlen Keslin Osmund Linnet Benvik Tosk Quill Anders Pell".split()
THINGS = "houses|boats|tonnes of wheat|patients|pupils|bridges|buses|crowns|wells|trees|letters|beds".split("|")
DEEDS = "were counted|were lost|arrived|were promised|were sold|were found|were sent back|are missing".split("|")
#: So many articles tell one story.
PER_STORY = 5
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
#: From a key until the browser has drawn what it changed: the second frame begins after the first was painted.
PRESS = """(key) => new Promise((done) => {
  const began = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  document.body.offsetHeight;
  const worked = performance.now() - began;
  requestAnimationFrame(() => requestAnimationFrame(() => done([worked, performance.now() - began])));
})"""


def sentence(draw: random.Random, place: str) -> str:
    """Invent one.

    >>> sentence(random.Random(1), "Ostrel").startswith("In Ostrel ")
    True
    """
    who, thing, deed = draw.choice(PEOPLE), draw.choice(THINGS), draw.choice(DEEDS)
    first, more = draw.randrange(100, 9000), draw.randrange(2, 90)
    return f"In {place} {first:,} {thing} {deed} on {draw.choice(DAYS)}, {who} said, and {more} more are expected."


def span(source: dict[str, Any], text: str, words: str) -> dict[str, Any]:
    """Cite some words of a source."""
    start = text.index(words)
    return {"source": source["id"], "start": start, "end": start + len(words), "text": words, "match": "exact"}


def source_values(number: int, text: str) -> dict[str, Any]:
    """Describe a source: a headline, then paragraphs, of which the last two are menus."""
    starts = [0, *(at + 2 for at in range(len(text)) if text.startswith("\n\n", at))]
    ends = [start - 2 for start in starts[1:]] + [len(text)]
    roles = ["headline", *["body"] * (len(starts) - 3), "furniture", "furniture"]
    unknown = dict.fromkeys(("author", "published", "updated", "address"))
    return unknown | {
        "id": f"S{number}",
        "location": f"night/{number}.txt",
        "title": text.partition("\n")[0],
        "publisher": f"The {PLACES[number % len(PLACES)]} Courier",
        "language": "en",
        "story": f"T{(number - 1) // PER_STORY + 1}",
        "origin": f"S{number}",
        "relayed": [],
        "notices": [],
        "warnings": [],
        "blocks": [{"role": r, "start": a, "end": b} for r, a, b in zip(roles, starts, ends, strict=True)],
    }


class Invented:
    """A night of articles: sentences by source, and the manifest that cites them."""

    def __init__(self, claims: int, sources: int) -> None:
        self.draw = random.Random(20310306)
        self.told: dict[str, list[str]] = {}
        self.texts: dict[str, str] = {}
        self.sources = [self._source(number) for number in range(1, sources + 1)]
        self.by_id = {source["id"]: source for source in self.sources}
        made = [self._claim(number, claims) for number in range(1, claims + 11)]
        self.claims, self.withheld = made[:claims], made[claims:]

    def _source(self, number: int) -> dict[str, Any]:
        place = PLACES[(number - 1) // PER_STORY % len(PLACES)]
        told = [sentence(self.draw, place) for _ in range(80)]
        paragraphs = [" ".join(told[at : at + 3]) for at in range(0, len(told), 3)]
        text = "\n\n".join([f"What {place} saw, part {number}", *paragraphs, "Share by e-mail", "Most read"])
        self.told[f"S{number}"], self.texts[f"S{number}"] = told, text
        return source_values(number, text)

    def _evidence(self, source: dict[str, Any]) -> dict[str, Any]:
        return span(source, self.texts[source["id"]], self.draw.choice(self.told[source["id"]]))

    def _claim(self, number: int, published: int) -> dict[str, Any]:
        first = self.sources[number % len(self.sources)]
        others = [one for one in self.sources if one["story"] == first["story"] and one is not first]
        told_by = self.draw.sample(others, min(2, len(others)))
        evidence = self._evidence(first)
        found = [{"kind": "number_absent", "detail": "no number is like it", "start": 3, "end": 12}]
        held = number > published
        return {
            "id": f"C{number}",
            "story": first["story"],
            "text": evidence["text"],
            "verdict": "unsupported" if held else "partly" if number % 4 == 1 else "supported",
            "standing": None if held else "corroborated",
            "origins": 0 if held else 3,
            "score": None,
            "answers": dict.fromkeys(("located", "consistent", "entailed"), "pass"),
            "decided_by": "verbatim",
            "evidence": [evidence],
            "corroboration": [] if held else [self._evidence(one) for one in told_by],
            "disputes": [],
            "findings": found if held or number % 4 == 1 else [],
        }

    def values(self) -> dict[str, Any]:
        """The manifest, as far as the page reads it; five sentences of each source are in no claim."""
        stories = list(dict.fromkeys(source["story"] for source in self.sources))
        gaps = [span(s, self.texts[s["id"]], words) for s in self.sources for words in self.told[s["id"]][:5]]
        return {
            "title": "A made-up night",
            "as_of": "2031-03-06T00:00:00Z",
            "drafter": "extractive",
            "sources": self.sources,
            "stories": [self._story(story) for story in stories],
            "claims": self.claims,
            "withheld": self.withheld,
            "not_covered": gaps,
            **{key: [] for key in ("disputes", "not_shown", "refused", "unread")},
            "usage": {"calls": 0},
            "provenance": {"version": "0", "checker": {"misjudged": []}},
        }

    def _story(self, story: str) -> dict[str, Any]:
        own = [source["id"] for source in self.sources if source["story"] == story]
        return {"id": story, "title": f"The night of {story}", "sources": own, "origins": len(own), "lead": []}


def measured(page: Path) -> dict[str, float]:
    """Open the page and press j through all claims; milliseconds."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(page.as_uri())
        tab.wait_for_timeout(500)
        paint = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        count = tab.locator("#panel-claims .item").count()
        moves = [tab.evaluate(PRESS, "j") for _ in range(count - 1)]
        tab.keyboard.press("/")
        search = tab.evaluate(
            "() => { const began = performance.now(); search.value = 'brandt';"
            " search.dispatchEvent(new Event('input', { bubbles: true })); document.body.offsetHeight;"
            " return performance.now() - began; }"
        )
        browser.close()
    worked, drawn = ([move[part] for move in moves] for part in (0, 1))
    return {
        "first_paint_ms": paint,
        "select_work_median_ms": statistics.median(worked),
        "select_work_max_ms": max(worked),
        "select_drawn_median_ms": statistics.median(drawn),
        "select_drawn_max_ms": max(drawn),
        "search_ms": search,
    }


def main() -> None:
    """Print a line per figure, or with --json all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--sources", type=int, default=50)
    parser.add_argument("--keep", type=Path, help="Keep the page here.")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    night = Invented(arguments.claims, arguments.sources)
    with tempfile.TemporaryDirectory() as folder:
        page = (arguments.keep or Path(folder) / "review.html").resolve()
        page.write_text(review_page(night.values(), night.texts), encoding="utf-8", newline="")
        figures = {"bytes": page.stat().st_size} | measured(page)
    if arguments.json:
        print(json.dumps(figures, indent=1))
        return
    for name, figure in figures.items():
        print(f"{name:<24} {figure:12,.1f}")


if __name__ == "__main__":
    main()
