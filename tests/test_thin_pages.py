"""Pages in the place of articles are refused by name, teasers are read and called so, articles stay articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import pipeline
from briefing.documents import read_document
from briefing.errors import SourceNotAnArticle
from briefing.sources import ReadLimits
from briefing.types import Document, Source

LEAD = (
    "The ferry between Port Ellery and Sund was cancelled on Monday after its engine failed, the operator said. "
    "About 200 passengers were taken ashore by pilot boats during the night, and nobody was hurt."
)
MORE = (
    "Engineers from the shipyard will look at the engine before the line is opened again, a spokeswoman said.",
    "The harbour master asked small boats to keep away from the pier while the ferry is towed to the yard at Ness.",
    "Passengers with tickets for the week can travel by bus around the bay, which takes two hours longer, she said.",
    "The engine was last serviced in May, according to the operator, and passed its inspection without remarks.",
)
LONG = "\n\n".join((LEAD, *(line for _ in range(3) for line in MORE)))


def read(text: str, media_type: str = "text/plain") -> Document:
    """Read a text or a page."""
    data = text.encode()
    return read_document(Source(id="S1", location="a", data=data, sha256="sha256:", media_type=media_type))


def page(title: str, *paragraphs: str, below: str = "") -> str:
    """Write a page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}{below}</body></html>"


PRETENDERS = [
    ("not found", "Page not found | The Sund Observer", "Sorry, the page you are looking for may have been moved."),
    ("not found", "404", "The requested page could not be found.", "Go to the home page."),
    ("not found", "Error 404 - Not Found", "We can't find the page you asked for. Try the search."),
    ("not found", "Seite nicht gefunden", "Die von Ihnen aufgerufene Seite gibt es nicht mehr."),
    ("not found", "Oops!", "The page you requested does not exist."),
    ("robot", "Just a moment...", "Verify you are human by completing the action below."),
    ("robot", "Attention Required!", "Please complete the security check to access sund.example."),
    ("robot", "Access denied", "You don't have permission to access this page on this server."),
    ("robot", "Sund Observer", "We have detected unusual traffic from your network.", "I'm not a robot"),
    ("JavaScript", "Sund Observer", "You need to enable JavaScript to run this app."),
    ("JavaScript", "JavaScript required", "Please turn on JavaScript in your browser and reload the page."),
    ("log-in", "Log in", "Email address", "Password", "Forgot your password?", "Don't have an account? Register."),
    ("log-in", "Sign in to your account | Sund Observer", "You must be logged in to view this page."),
    (
        "cookie",
        "Before you continue",
        "We and our 734 partners store and use information on your device, such as cookies.",
        "You can change your choices at any time in our privacy settings.",
        "Accept all",
        "Reject all",
    ),
]


@pytest.mark.parametrize(("what", "title", "lines"), [(what, title, lines) for what, title, *lines in PRETENDERS])
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_page_in_the_place_of_an_article_is_refused_by_name(
    kind: str, what: str, title: str, lines: list[str]
) -> None:
    text = page(title, *lines) if kind == "text/html" else "\n\n".join((title, *lines))
    with pytest.raises(SourceNotAnArticle) as caught:
        read(text, kind)
    assert what in caught.value.message
    assert caught.value.hint


def test_a_page_that_shows_nothing_without_its_scripts_says_so() -> None:
    markup = "<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body>"
    with pytest.raises(SourceNotAnArticle, match="JavaScript"):
        read(markup, "text/html")


def test_a_page_of_links_is_no_article() -> None:
    links = "".join(
        f"<div><h3><a href='/{n}'>Headline number {n} of the busy day</a></h3><p>A short line.</p></div>"
        for n in range(30)
    )
    with pytest.raises(SourceNotAnArticle, match="links"):
        read(f"<html><head><title>News</title></head><body>{links}</body></html>", "text/html")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Page not found: council loses its archive", [LEAD, *MORE]),
        ("404 people taken ashore after ferry breaks down", [LEAD]),
        ("Log in to vote: island tests ballots by telephone", [LEAD, "Voters said they forgot their passwords."]),
        ("Are you a robot? Harbour hires its first machine", [LEAD, *MORE]),
        ("Access denied", [LEAD, *MORE]),
        ("Ferry cancelled", ["The page you are looking for is not here, the ticket machines told users.", LEAD, *MORE]),
        ("Cookie law passes", ["Sites that use cookies must ask first, under a law passed on Monday.", LEAD]),
        ("Ferry cancelled", [LEAD, "Sign up for our newsletter to get the news of the bay every morning."]),
        ("Ferry cancelled", ["The ferry was cancelled on Monday."]),
        ("Site down", ["The council's site showed only “page not found” on Monday, residents said."]),
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_an_article_that_speaks_of_such_pages_stays_an_article(kind: str, title: str, lines: list[str]) -> None:
    document = read(page(title, *lines) if kind == "text/html" else "\n\n".join((title, *lines)), kind)
    assert document.shortfall is None
    assert document.blocks


SOLD = [
    "Subscribe to continue reading.",
    "To read the full story, start your trial for one crown.",
    "This article is for subscribers only. Already a subscriber? Log in.",
    "You have reached your limit of free articles.",
    "Create a free account to keep reading.",
    "Dieser Text ist nur für Abonnenten. Jetzt weiterlesen.",
    "Cet article est réservé aux abonnés.",
]


@pytest.mark.parametrize("pitch", SOLD)
@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_teaser_is_read_and_said_to_be_one(kind: str, pitch: str) -> None:
    title = "Ferry cancelled after engine failure"
    document = read(page(title, LEAD, pitch) if kind == "text/html" else f"{title}\n\n{LEAD}\n\n{pitch}", kind)
    assert document.shortfall == f"teaser only: {len(LEAD)} characters"


def test_a_teaser_that_breaks_off_is_one() -> None:
    document = read(
        f"Ferry cancelled after engine failure\n\n{LEAD}\n\nThe captain told reporters that he had…\n\nRead more"
    )
    assert document.shortfall is not None


def test_markup_that_says_not_free_makes_a_teaser_of_a_short_text_only() -> None:
    sold = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert read(page("Ferry cancelled", LEAD, below=sold), "text/html").shortfall
    assert read(page("Ferry cancelled", *LONG.split("\n\n"), below=sold), "text/html").shortfall is None


@pytest.mark.parametrize("pitch", [*SOLD, "Sign up for our newsletter to read more about the bay."])
def test_a_whole_article_with_a_pitch_under_it_is_whole(pitch: str) -> None:
    assert read(f"Ferry cancelled after engine failure\n\n{LONG}\n\n{pitch}").shortfall is None


def test_what_a_teaser_lacks_and_a_page_not_found_are_listed_as_unread(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Ferry cancelled after engine failure\n\n{LEAD}\n\n{SOLD[0]}")
    (tmp_path / "b.html").write_text(page("404", "The page you are looking for could not be found."))
    reading = pipeline.read([str(tmp_path)], limits=ReadLimits())
    assert [document.location[-5:] for document in reading.documents] == ["a.txt"]
    assert [(Path(each.location).name, each.error) for each in reading.unread] == [
        ("a.txt", f"teaser only: {len(LEAD)} characters"),
        ("b.html", "a page that was not found, not an article"),
    ]


def test_a_menu_with_a_way_to_log_in_is_no_log_in_page() -> None:
    assert read("• Home\n\n• Share\n\n• Log in\n").blocks
