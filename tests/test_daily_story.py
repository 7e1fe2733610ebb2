"""Three days at a newsroom, from a web of feeds to the briefs that lie there in the morning.

Day two adds, changes and corrects; day three is quiet, and one feed is dead. What the briefs say stands in
`tests/daily/`, small enough to be read; `python -m tests.test_daily_story` writes these files again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.daily import Channel, Drafting, Outcome, Setting, replay, run
from briefing.days import Edition
from briefing.delivery import Outcome as Delivered
from briefing.fetch_http import HTTPFetcher
from briefing.gathering import KnownPages
from briefing.memory import Memory, open_memory
from briefing.plan import Plan
from briefing.sources import ReadLimits
from briefing.types import ChangeKind
from briefing.verify import verify
from tests.fault_server import hang_up
from tests.feed_server import EXAMPLES, FeedServer, Told, example, feeding
from tests.page_server import QUICK

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
EXPECTED = Path(__file__).with_name("daily")
TUESDAY = datetime(2025, 3, 4, 18, tzinfo=UTC)
THURSDAY = datetime(2025, 3, 6, 20, tzinfo=UTC)
FRIDAY = datetime(2025, 3, 7, 7, tzinfo=UTC)


@dataclass
class Newsroom:
    """A plan, its memory, and the web it reads."""

    web: FeedServer
    plan: Plan
    sent: list[date] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)

    def morning(self, now: datetime, *, plan: Plan | None = None) -> Outcome:
        """Do what `briefing daily` does."""
        with open_memory(self.plan.memory) as memory, self._fetcher(memory) as fetcher:
            channel = Channel(name="desk", send=self._send)
            return run(self._setting(memory, now, plan or self.plan), fetcher, channels=[channel])

    def replay(self, day: date, output: Path) -> Outcome:
        """Do what `briefing daily --as-of` does."""
        with open_memory(self.plan.memory, create=False) as memory:
            return replay(self._setting(memory, FRIDAY, replace(self.plan, output=output)), day)

    def _setting(self, memory: Memory, now: datetime, plan: Plan) -> Setting:
        return Setting(
            plan=plan, memory=memory, drafting=Drafting(), now=now, log=lambda event, **_: self.logged.append(event)
        )

    @contextmanager
    def _fetcher(self, memory: Memory) -> Iterator[HTTPFetcher]:
        with HTTPFetcher(allow_private=True, patience=QUICK, pages=KnownPages(memory)) as fetcher:
            yield fetcher

    def _send(self, edition: Edition, _earlier: Sequence[Edition]) -> Delivered:
        self.sent.append(edition.day)
        return Delivered(sent=True, detail="taken")

    def written(self, day: datetime, name: str) -> str:
        """Return a file of a day, without what differs from run to run: where the web listens."""
        (path,) = self.plan.output.glob(f"{day.date()}/{name}")
        return path.read_text(encoding="utf-8").replace(f"127.0.0.1:{self.web.port}", "news.example")


@contextmanager
def newsroom(folder: Path) -> Iterator[Newsroom]:
    """Open one for as long as the block takes."""
    with feeding() as web:
        feeds = tuple(web.feed(outlet) for outlet in ("courier", "lantern", "plainsheet", "veshtia"))
        plan = Plan(
            path=folder / "briefing.toml",
            title="Valley desk",
            feeds=feeds,
            output=folder / "briefs",
            memory=str(folder / "memory.sqlite3"),
        )
        yield Newsroom(web=web, plan=plan)


PIER = Told(
    name="pier",
    title="Storm wrecks boats at Marrow Pier",
    text="A storm sank 40 boats at Marrow Pier on Monday night, the harbour office said.\n\n"
    "The pier will stay closed until the end of the week, harbour master Ilse Tarn said.",
    published=TUESDAY.replace(hour=9),
)
LOCK = Told(
    name="lock",
    title="Sluice at Ostrel opens after nine years",
    text="The sluice at Ostrel opened on Monday after nine years of repairs, the canal board said.\n\n"
    "Its rebuilding cost 12 million crowns, board chairman Pavel Ruun told reporters.",
    published=TUESDAY.replace(hour=9),
)
KOSTREL = "Kostrel empties as engineers race to lower the lake behind Tarvysh Dam"


def tuesday(room: Newsroom) -> Outcome:
    """The Courier has the story, with a figure that it will put right; the Lantern passes it on, badly translated."""
    courier = example("01-nerra-valley-courier.txt", title=KOSTREL, published=TUESDAY.replace(hour=7, minute=40))
    first, _, _ = courier.text.partition("Update: The authority")
    first = first.replace("lowered by six metres", "lowered by nine metres").replace(" Updated: 11:15", "")
    room.web.tells("courier", replace(courier, text=first))
    room.web.tells("lantern", example("02-northern-lantern.txt", published=TUESDAY.replace(hour=12)))
    room.web.tells("plainsheet", PIER)
    room.web.tells("veshtia", LOCK)
    return room.morning(TUESDAY)


def thursday(room: Newsroom) -> Outcome:
    """Two more outlets have it, with another number of people; the Courier corrects itself."""
    courier = example("01-nerra-valley-courier.txt", title=KOSTREL, published=TUESDAY.replace(hour=7, minute=40))
    room.web.tells("courier", courier)
    room.web.tells("plainsheet", example("04-plainsheet.txt", published=THURSDAY.replace(day=5)))
    erlen = Told(name="erlen", title="Erlen: no return yet", text="Nobody may go back.", published=THURSDAY, full=False)
    room.web.tells("veshtia", erlen)
    room.web.puts("/veshtia/erlen.html", (EXAMPLES / "03-radio-veshtia.html").read_bytes())
    return room.morning(THURSDAY)


def friday(room: Newsroom) -> Outcome:
    """The Courier prints again what it told on Tuesday, in fewer words; the Lantern's server is dead."""
    courier = example("01-nerra-valley-courier.txt", name="again", title="Kostrel stays empty", published=FRIDAY)
    told = [words for words in courier.text.split("\n\n") if "12,000 others" in words or "1,500 beds" in words]
    room.web.tells("courier", replace(courier, text="\n\n".join(told)))
    room.web.does("/lantern/feed.xml", hang_up)
    return room.morning(FRIDAY)


FILES = {
    "tuesday-index.md": (TUESDAY, "index.md"),
    "thursday-index.md": (THURSDAY, "index.md"),
    "thursday-briefing.md": (THURSDAY, "01-*/briefing.md"),
    "friday-index.md": (FRIDAY, "index.md"),
}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsroom, dict[str, Outcome]]]:
    """Three days gone by."""
    with newsroom(tmp_path_factory.mktemp("desk")) as room:
        yield room, {"tuesday": tuesday(room), "thursday": thursday(room), "friday": friday(room)}


def test_the_briefs_say_what_their_files_say(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    room, _ = week
    for name, (moment, path) in FILES.items():
        assert room.written(moment, path) == (EXPECTED / name).read_text(encoding="utf-8"), name


def test_the_story_is_one_thread_over_the_days(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    _, days = week
    threads = [[story.thread for story in outcome.edition.stories] for outcome in days.values()]
    assert threads == [["2025-03-04/1", "2025-03-04/2", "2025-03-04/3"], ["2025-03-04/1"], ["2025-03-04/1"]]


def test_day_two_adds_changes_and_corrects(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    _, days = week
    (story,) = days["thursday"].edition.stories
    assert story.news is not None
    assert story.news.since == TUESDAY.date()
    kinds = {change.kind for change in story.news.changes}
    assert {ChangeKind.NEW_FACT, ChangeKind.CORRECTED} <= kinds
    (corrected,) = [change for change in story.news.changes if change.kind is ChangeKind.CORRECTED]
    assert corrected.told is not None
    assert "nine metres" in corrected.told.text
    assert any("six metres" in span.text for given in corrected.after for span in given.evidence)


def test_what_was_told_on_day_one_is_no_claim_of_day_two(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    _, days = week
    told = {claim.checked.text for story in days["tuesday"].edition.stories for claim in story.claims}
    again = {claim.checked.text for story in days["thursday"].edition.stories for claim in story.claims}
    assert told
    assert not told & again


def test_day_three_is_quiet_and_names_the_feed_that_is_dead(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    room, days = week
    (story,) = days["friday"].edition.stories
    assert story.folder == ""
    assert story.news is not None
    assert story.news.quiet
    (unread,) = days["friday"].edition.unread
    assert unread.location == room.web.feed("lantern")
    assert [path.name for path in (room.plan.output / "2025-03-07").iterdir()] == ["index.md"]


def test_every_brief_verifies_with_nothing_but_its_folder(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    room, _ = week
    manifests = sorted(room.plan.output.glob("*/*/briefing.json"))
    assert len(manifests) == 4
    for manifest in manifests:
        verified = verify(manifest, locations={}, limits=ReadLimits())
        assert verified.holds, verified
        assert verified.spans


def test_each_day_is_sent_once_and_stands_in_the_feed(week: tuple[Newsroom, dict[str, Outcome]]) -> None:
    room, _ = week
    assert room.sent == [TUESDAY.date(), THURSDAY.date(), FRIDAY.date()]
    feed = (room.plan.output / "feed.atom").read_text(encoding="utf-8")
    assert feed.count("<entry>") == 4


def test_a_day_can_be_replayed_from_the_memory_alone(week: tuple[Newsroom, dict[str, Outcome]], tmp_path: Path) -> None:
    room, _ = week
    asked = len(room.web.asked)
    for moment in (TUESDAY, THURSDAY, FRIDAY):
        room.replay(moment.date(), tmp_path)
        assert files(tmp_path / f"{moment.date()}") == files(room.plan.output / f"{moment.date()}")
    assert len(room.web.asked) == asked


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# The same day again
# ------------------


def test_a_second_run_of_a_day_tells_it_anew_with_what_has_come_since(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        tuesday(room)
        before = files(room.plan.output)
        again = room.morning(TUESDAY.replace(hour=19))
        assert not again.made
        assert files(room.plan.output) == before
        room.web.tells("plainsheet", example("04-plainsheet.txt", published=TUESDAY))
        evening = room.morning(TUESDAY.replace(hour=21))
        assert evening.made
        story, *_ = evening.edition.stories
        assert len(story.sources) == 3
        assert story.news is not None
        assert story.news.since is None
        assert room.sent == [TUESDAY.date()]


def test_a_run_whose_plan_has_changed_tells_the_day_anew(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        tuesday(room)
        shorter = room.morning(TUESDAY.replace(hour=19), plan=replace(room.plan, claims=2))
        assert shorter.made
        assert [len(story.claims) for story in shorter.edition.stories] == [2, 2, 1]


def test_a_day_whose_files_were_lost_is_written_again(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        tuesday(room)
        before = files(room.plan.output)
        (room.plan.output / "2025-03-04" / "index.md").unlink()
        room.morning(TUESDAY.replace(hour=19))
        assert files(room.plan.output) == before


def test_a_source_that_is_edited_or_withdrawn_is_told(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        room.plan = replace(room.plan, feeds=(room.web.feed("courier"), room.web.feed("lantern")))
        room.web.tells("courier", replace(PIER, full=False))
        room.web.tells("lantern", replace(LOCK, full=False))
        for outlet in ("plainsheet", "veshtia"):
            room.web.tells(outlet)
        room.morning(TUESDAY)
        room.web.tells("courier", PIER.changed("40 boats", "4 boats"))
        room.web.drops("lantern", LOCK.name)
        outcome = room.morning(THURSDAY)
        kinds = [change.kind for story in outcome.edition.stories if story.news for change in story.news.changes]
        assert ChangeKind.SOURCE_WITHDRAWN in kinds
        assert {ChangeKind.SOURCE_EDITED, ChangeKind.CORRECTED} & set(kinds)
        friday = room.morning(FRIDAY)
        told_again = [change.kind for story in friday.edition.stories if story.news for change in story.news.changes]
        assert told_again == []


def write() -> None:
    """Write the expected files again."""
    import tempfile

    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, newsroom(Path(folder)) as room:
        for day in (tuesday, thursday, friday):
            day(room)
        for name, (moment, path) in FILES.items():
            (EXPECTED / name).write_text(room.written(moment, path), encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.exit(0)
