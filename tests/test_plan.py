"""The plan of daily briefs: what a file says is what is planned, and every mistake in it is named with its line."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.config import load
from briefing.errors import ConfigError
from briefing.fetch import is_address
from briefing.plan import Mail, Plan, Topic, Webhook, places, statements
from briefing.plan.faults import TABLES
from briefing.plan.loading import load_plan, mistakes

WHOLE = """
model = "m"

[daily]
title = "Ferry desk"
feeds = ["https://news.example/rss", "saved.xml"]
pages = ["https://news.example/harbour"]
folders = ["inbox", "~/mail/monday.eml"]
languages = ["en", "DE"]
stories = 5
claims = 4
only_topics = true
max_age = "36 hours"
follow = "2 weeks"
output = "out/briefs"
memory = "memory.sqlite3"
time_zone = "Europe/Prague"
day_begins = "05:30"
site = "https://briefs.example/desk"

[[daily.topic]]
name = "Ferries"
keywords = ["ferry", "harbour master"]
must = ["Lund"]
must_not = ["football"]
weight = 2

[daily.mail]
host = "smtp.example.org"
user = "desk"
from = "Night desk <desk@example.org>"
to = ["editors@example.org"]

[daily.webhook]
address = "https://hooks.example/x"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def told(path: Path) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.key) for mistake in mistakes(path)]


def test_every_setting_of_a_file_is_in_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ali")
    assert load_plan(written(tmp_path, WHOLE)) == Plan(
        path=tmp_path / "briefing.toml",
        title="Ferry desk",
        feeds=("https://news.example/rss", str(tmp_path / "saved.xml")),
        pages=("https://news.example/harbour",),
        folders=(str(tmp_path / "inbox"), "/home/ali/mail/monday.eml"),
        topics=(
            Topic(
                name="Ferries", keywords=("ferry", "harbour master"), must=("Lund",), must_not=("football",), weight=2.0
            ),
        ),
        only_topics=True,
        languages=("en", "de"),
        stories=5,
        claims=4,
        max_age=timedelta(hours=36),
        follow=timedelta(days=14),
        output=tmp_path / "out" / "briefs",
        memory=str(tmp_path / "memory.sqlite3"),
        zone=ZoneInfo("Europe/Prague"),
        cutoff=time(5, 30),
        site="https://briefs.example/desk/",
        mail=Mail(
            host="smtp.example.org",
            port=587,
            security="starttls",
            sender="Night desk <desk@example.org>",
            recipients=("editors@example.org",),
            user="desk",
        ),
        webhook=Webhook(address="https://hooks.example/x"),
    )


def test_what_a_file_leaves_out_is_as_in_the_plan_beside_the_file(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, '[daily]\nfeeds = ["https://news.example/rss"]\n'))
    bare = Plan(path=plan.path, feeds=plan.feeds)
    assert (plan.output, plan.memory) == (tmp_path / bare.output, str(tmp_path / bare.memory))
    same = {"title", "stories", "claims", "max_age", "follow", "zone", "cutoff", "languages", "topics", "mail", "site"}
    assert {name: getattr(plan, name) for name in same} == {name: getattr(bare, name) for name in same}


def test_paths_count_from_the_folder_of_a_file_that_is_named_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk" / "inbox").mkdir(parents=True)
    written(tmp_path / "desk", '[daily]\nfolders = ["inbox"]\n')
    monkeypatch.chdir(tmp_path)
    assert load_plan(Path("desk/briefing.toml")).folders == (str(tmp_path / "desk" / "inbox"),)
    assert mistakes(Path("desk/briefing.toml")) == ()


def test_a_folder_that_is_not_there_is_a_mistake_and_stops_no_run(tmp_path: Path) -> None:
    path = written(tmp_path, '[daily]\nfolders = [\n"inbox",\n"mail",\n]\n')
    (tmp_path / "inbox").mkdir()
    (mistake,) = mistakes(path)
    assert (mistake.line, mistake.key, mistake.passing) == (4, "daily.folders[2]", True)
    assert load_plan(path).folders[1] == str(tmp_path / "mail")


def test_a_mistake_of_syntax_hides_no_other(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "jobs = 0\n[daily]\ntitle = Desk\nfeeds = [\n'https://news.example/rss',\nstories = 0\n"
        "[daily.mail\nhost = 3\n[[daily.topic]]\nname = 1\nkeywords = ['a']\n[daily]\nclaims = 3\n",
    )
    assert told(path) == [
        (1, "jobs"),
        (3, ""),
        (4, ""),
        (6, "daily.stories"),
        (7, ""),
        (10, "daily.topic[1].name"),
        (12, ""),
    ]
    with pytest.raises(
        ConfigError, match=r"briefing.toml:1: jobs: .*; 6 more, which `briefing daily --check` names"
    ) as caught:
        load_plan(path)
    assert caught.value.exit_code == 2


def test_nothing_is_missed_that_may_stand_in_a_line_that_cannot_be_read(tmp_path: Path) -> None:
    assert told(written(tmp_path, "[daily]\nfeeds = news.example\n")) == [(2, "")]
    assert told(written(tmp_path, "[daily]\n")) == [(1, "daily")]
    assert told(written(tmp_path, "")) == [(1, "daily")]


@pytest.mark.parametrize(
    "text",
    [
        '[daily]\nfeeds = ["https://me:hunter2@news.example/rss"]',
        '[daily]\nmemory = "postgresql://me:hunter2@host/x"',
        '[daily]\nmemory = "postgresql://host/x?user=me&password=hunter2"',
        '[daily]\nmemory = "host=x password=hunter2"',
        '[daily.mail]\npassword = "hunter2"',
        '[daily.webhook]\naddress = "https://me:hunter2@hooks.example/"',
        '[daily.webhook]\naddress = "hooks.example/hunter2"',
        '[daily.webhook]\nsecret = "hunter2"',
        'openai_api_key = "hunter2"',
        "OPENAI_API_KEY = hunter2",
        '[daily]\nfeeds = ["https://news.example/rss?token=hunter2", "https://news.example/rss?token=hunter2"]',
        '[daily]\npages = ["ftp://news.example/?token=hunter2"]',
        '[daily]\nsite = "https://briefs.example/?token=hunter2"',
    ],
)
def test_a_password_is_never_repeated(tmp_path: Path, text: str) -> None:
    found = mistakes(written(tmp_path, text))
    assert found
    assert not [mistake for mistake in found if "hunter2" in repr(mistake)]


BEFORE = ("https://", "https:/", "htps//", "postgresql://", "postgresql:/", "", "https://\\\\")
BEHIND = ("news.example/rss", "[", "news.exam\u2100ple/", "x:99999/", " x/y", "x?password=hunter2")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (head, name)
        for head, names in TABLES.items()
        if head
        for name in names
        if name not in ("topic", "mail", "webhook")
    ],
)
def test_a_slip_of_the_pen_in_an_address_shows_no_password(tmp_path: Path, head: str, name: str) -> None:
    for value in (f'"{before}me:hunter2@{behind}"' for before in BEFORE for behind in BEHIND):
        for text in (value, f"[{value}, {value}]"):
            path = written(tmp_path, f"{head}\n{name} = {text}\n")
            assert not [mistake for mistake in mistakes(path) if "hunter2" in repr(mistake)], text


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"briefing\.toml: No such file.*briefing init"):
        load_plan(tmp_path / "briefing.toml")
    large = written(tmp_path, "#" * 1_000_001)
    with pytest.raises(ConfigError, match="more than 1,000,000 bytes"):
        mistakes(large)
    large.write_bytes(b"[daily]\ntitle = '\xff'\n")
    with pytest.raises(ConfigError, match=r"briefing\.toml:2: bytes that are not UTF-8"):
        mistakes(large)


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, '\ufeff[daily]\r\nfeeds = ["https://news.example/rss"]\r\nstories = 0\r\n')
    assert told(path) == [(3, "daily.stories")]


def test_other_commands_pass_over_the_table_and_take_the_rest(tmp_path: Path) -> None:
    path = written(tmp_path, 'store = "calls.sqlite3"\n' + WHOLE)
    config = load({}, environ={}, folder=tmp_path)
    assert (config.model, config.store) == ("m", str(tmp_path / "calls.sqlite3"))
    elsewhere = load({}, environ={}, folder=Path("/nonexistent"), file=path)
    assert (elsewhere.model, elsewhere.store) == (config.model, config.store)
    assert elsewhere.set_by["model"] == f"file {path}"
    with pytest.raises(ConfigError, match="No such file"):
        load({}, environ={}, folder=tmp_path, file=tmp_path / "other.toml")


# Lines
# -----

KEYS = st.sampled_from(["a", "b-1", "c_d", '"e f"', '"g.h"', "'i\"j'", '"\\u006b"'])
SCALARS = st.sampled_from(
    ["1", "-2.5", "true", "2031-03-06", "2031-03-06 05:00:00", '"x"', "'[,{'", '"\\"#"', '"""m\n=l"""', "'''\n]'''"]
)
GAPS = st.sampled_from(["", " ", "\n", ' # ] , "\n', "\t"])


@st.composite
def values(draw: st.DrawFn, text: str, path: places.Path, found: dict[places.Path, int], depth: int = 3) -> str:
    """Append a value to `text`, noting where each of its parts begins."""
    kind = draw(st.sampled_from(["scalar", "list", "table"] if depth else ["scalar"]))
    if kind == "scalar":
        return text + draw(SCALARS)
    if kind == "list":
        text += "["
        for n in range(draw(st.integers(0, 3))):
            text += ("," if n else "") + draw(GAPS)
            found[*path, n] = len(text)
            text = draw(values(text, (*path, n), found, depth - 1)) + draw(GAPS)
        return text + "]"
    text += "{"
    for n, key in enumerate(draw(st.lists(KEYS, max_size=3, unique=True))):
        text += ", " if n else " "
        text = draw(pairs(text, path, key, found, depth - 1))
    return text + " }"


@st.composite
def pairs(
    draw: st.DrawFn, text: str, path: places.Path, key: str, found: dict[places.Path, int], depth: int = 3
) -> str:
    name = tomllib.loads(f"n = {key}")["n"] if key[0] in "\"'" else key
    found[*path, name] = len(text)
    return draw(values(text + key + draw(st.sampled_from([" = ", "="])), (*path, name), found, depth))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[places.Path, int]]:
    """A text of TOML, and where everything in it begins."""
    text = ""
    found: dict[places.Path, int] = {}
    counts: dict[str, int] = {}
    for n in range(draw(st.integers(0, 4))):
        path: places.Path = ()
        text += draw(st.sampled_from(["", "# x = [\n", "\n"]))
        if n:
            name = draw(st.sampled_from(["s", "t"]))
            found.setdefault((name,), len(text))
            path = (name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
            found[path] = len(text)
            text += f"[[ {name} ]] # head\n"
        for key in draw(st.lists(KEYS, max_size=4, unique=True)):
            text += draw(st.sampled_from(["", "  "]))
            text = draw(pairs(text, path, key, found)) + draw(st.sampled_from(["\n", " # [\n"]))
    return text, found


@given(documents())
@settings(max_examples=150, deadline=None)
def test_everything_is_found_where_it_was_written(written: tuple[str, dict[places.Path, int]]) -> None:
    text, where = written
    sound = statements.read(text)
    assert sound.slips == ()
    assert sound.values == tomllib.loads(text)
    assert places.offsets(text, sound.statements) == where


@given(documents(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_line_that_is_no_toml_is_named_and_takes_nothing_with_it(
    written: tuple[str, dict[places.Path, int]], data: st.DataObject
) -> None:
    text, _ = written
    starts = [each.start for each in statements.cut(text)] or [0]
    at = data.draw(st.sampled_from(starts))
    sound = statements.read(f"{text[:at]}z = nonsense\n{text[at:]}")
    assert [slip.start for slip in sound.slips] == [at + len("z = ")]
    assert sound.values == tomllib.loads(text)


DAILY_LINES = ['feeds = ["https://x.example/rss"]\n', "time_zone = 'UTC'\n", "max_age = '9999999 days'\n"]
WORDS = ["feeds", "daily", "mail", " = ", "1", "0x", "9" * 4400, "05:00", "2031-13-45", "\0", "é", "true", "inf", "nan"]
PIECES = st.sampled_from(
    ["[daily]\n", "[[daily.topic]]\n", *"[]{}=,\"'\\\n\r#.", '"""', "'''", *WORDS, *DAILY_LINES],
)


PIECED = st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode())


@given(st.one_of(PIECED, st.text(max_size=200).map(str.encode), st.binary(max_size=50)))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader_and_every_line_that_it_names_exists(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("plan") / "briefing.toml"
    path.write_bytes(data)
    try:
        found = mistakes(path)
        plan: Any = load_plan(path) if not found else None
    except ConfigError:
        with pytest.raises(UnicodeDecodeError):
            data.decode()
        return
    lines = data.decode().removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    assert all(1 <= m.line <= len(lines) and 1 <= m.column <= len(lines[m.line - 1]) + 1 for m in found)
    assert found or plan.path == path


def quoted(text: str) -> str:
    """Write a text as TOML does, whatever is in it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(ch if ch.isprintable() else f"\\U{ord(ch):08X}" for ch in plain) + '"'


NEAR = st.sampled_from(
    [
        *"https:// postgresql:// // @ : [ ::1] news.example xn-- é % ?token= Europe/Prague 3 05:30 en ~ / .. <".split(),
        *(" days", "\0", "\n", "\ud7ff", ","),
    ]
)
TEXTS = st.one_of(st.text(max_size=8), st.lists(NEAR, max_size=7).map("".join), st.just("a" * 300)).map(quoted)
PLAIN = st.sampled_from(
    ["0", "3", "-1", "1e400", "nan", "true", "05:30:00", "2031-03-06", "1" * 4000, "0x" + "f" * 4000, "{}"]
)
VALUES = st.one_of(
    TEXTS, PLAIN, st.lists(st.one_of(TEXTS, PLAIN), max_size=3).map(lambda texts: f"[{', '.join(texts)}]")
)
SETTINGS = st.sampled_from([(head, name) for head, names in TABLES.items() for name in names])


@given(st.lists(st.tuples(SETTINGS, VALUES), max_size=6))
@example([(("[daily.mail]", "security"), "0x" + "f" * 4000)])
@example([(("[daily.mail]", "security"), f"[{'0x' + 'f' * 4000}]")])
@settings(max_examples=150, deadline=None)
def test_no_value_of_any_setting_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[tuple[str, str], str]]
) -> None:
    by_head: dict[str, dict[str, str]] = {"": {}, "[daily]": {"feeds": '["https://news.example/rss"]'}}
    for (head, name), value in chosen:
        by_head.setdefault(head, {})[name] = value
    lines = [
        line
        for head, values in sorted(by_head.items(), key=lambda table: list(TABLES).index(table[0]))
        for line in (head, *(f"{name} = {value}" for name, value in values.items()))
    ]
    path = written(tmp_path_factory.mktemp("plan"), "\n".join(lines))
    found = mistakes(path)
    assert all(1 <= mistake.line <= len(lines) and mistake.message and mistake.hint for mistake in found)
    if any(not mistake.passing for mistake in found):
        with pytest.raises(ConfigError):
            load_plan(path)
    else:
        plan = load_plan(path)
        assert plan.output.is_absolute()
        assert all(
            is_address(place) or Path(place).is_absolute() for place in (*plan.feeds, *plan.folders, plan.memory)
        )


@pytest.mark.parametrize("piece", ["[", "a.", '"""\\', "{a=", "a=[\n", "'''\n", "[a]\n", "[[a]]\n", "a=1\n", '["'])
def test_no_text_keeps_the_reader_busy(tmp_path: Path, piece: str) -> None:
    path = written(tmp_path, piece * (60_000 // len(piece)))
    assert mistakes(path)


def test_no_value_keeps_the_reader_busy(tmp_path: Path) -> None:
    long = '"' + "a" * 150_000 + '"'
    path = written(tmp_path, f"[daily]\nlanguages = [{long}, {long}]\nfeeds = [{long}, {long}]\nsite = {long}\n")
    assert {key for _, key in told(path)} >= {"daily.languages[2]", "daily.feeds[2]", "daily.site"}
