"""Title, publisher, author and time of publication are read where a text says them, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from briefing.documents import read_document
from briefing.documents.dates import OtherDates, Stamp, read_stamp
from briefing.types import Document, Source

BODY = (
    "The ferry between Port Ellery and Sund was cancelled after its engine failed, the operator announced. "
    "About 200 passengers were taken ashore by pilot boats during the night.\n\n"
    "Engineers from the shipyard will look at the engine before the line is opened again, a spokeswoman said.\n"
)


def read(text: str, media_type: str = "text/plain") -> Document:
    """Read a plain text."""
    return read_document(Source(id="S1", location="a.txt", data=text.encode(), sha256="sha256:", media_type=media_type))


@pytest.mark.parametrize(
    ("line", "when", "precision"),
    [
        ("2/16/2022, 9:37:38 PM", datetime(2022, 2, 16, 21, 37, 38), "second"),  # noqa: DTZ001
        ("Wednesday, 16 February 2022, 23:18 Updated: 23:31", datetime(2022, 2, 16, 23, 18), "minute"),  # noqa: DTZ001
        ("Updated Feb 17, 2022", datetime(2022, 2, 17), "day"),  # noqa: DTZ001
        ("17.02.2022", datetime(2022, 2, 17), "day"),  # noqa: DTZ001
        ("03.04.2022", datetime(2022, 4, 3), "day"),  # noqa: DTZ001
        ("04.23.2022 07:00 AM", datetime(2022, 4, 23, 7), "minute"),  # noqa: DTZ001
        ("March 3, 2024, 5:12 p.m. ET", datetime(2024, 3, 3, 17, 12), "minute"),  # noqa: DTZ001
        ("17 février 2022", datetime(2022, 2, 17), "day"),  # noqa: DTZ001
        ("3rd of March 2021 at 5 pm", datetime(2021, 3, 3, 17, 0), "minute"),  # noqa: DTZ001
        ("12:05 am, March 3, 2021", datetime(2021, 3, 3, 0, 5), "minute"),  # noqa: DTZ001
        ("2022-02-17T10:00:00Z", datetime(2022, 2, 17, 10, tzinfo=UTC), "second"),
        ("2022-02-17T10:00+02:00", datetime(2022, 2, 17, 10, tzinfo=timezone(timedelta(hours=2))), "minute"),
        ("17 Feb 2022 10:00 EST", datetime(2022, 2, 17, 10, tzinfo=timezone(timedelta(hours=-5))), "minute"),
        ("17 Feb 2022 10:00 IST", datetime(2022, 2, 17, 10), "minute"),  # noqa: DTZ001
        ("Thursday 2/3/2022", datetime(2022, 2, 3), "day"),  # noqa: DTZ001
        ("Wednesday 2/3/2022", datetime(2022, 3, 2), "day"),  # noqa: DTZ001
    ],
)
def test_a_whole_date_is_read_with_its_precision(line: str, when: datetime, precision: str) -> None:
    assert read_stamp(line) == Stamp(when=when, precision=precision)


@pytest.mark.parametrize(
    "line",
    [
        "2/3/2022",
        "Published 3 hours ago",
        "February 17",
        "17 February",
        "31/31/2022",
        "30 February 2022",
        "v1.2.2022.4",
        "",
    ],
)
def test_a_doubtful_or_partial_date_is_no_date(line: str) -> None:
    assert read_stamp(line) is None


def test_another_date_of_the_text_settles_an_ambiguous_one() -> None:
    assert read_stamp("2/3/2022", OtherDates("It began on 2 March 2022.")) == Stamp(
        when=datetime(2022, 3, 2),  # noqa: DTZ001
        precision="day",
    )


def test_the_order_of_the_other_dates_with_slashes_settles_an_ambiguous_one() -> None:
    day_first = read_stamp("2/3/2022", OtherDates("Opened 25/12/2021, closed 30/01/2022."))
    month_first = read_stamp("2/3/2022", OtherDates("Opened 12/25/2021."))
    assert (day_first and day_first.when.month, month_first and month_first.when.month) == (3, 2)


def test_dates_that_disagree_about_the_order_settle_nothing() -> None:
    assert read_stamp("2/3/2022", OtherDates("Opened 25/12/2021, closed 01/30/2022.")) is None


def test_the_date_below_the_title_is_preferred_to_the_page_s_own_date_above_it() -> None:
    text = f"Monday, 9 May 2022\n\nFerry cancelled after engine failure\n\n7 May 2022, 18:30\n\n{BODY}"
    document = read(text)
    assert document.published == datetime(2022, 5, 7, 18, 30)  # noqa: DTZ001
    assert document.published_precision == "minute"


def test_a_date_is_read_beside_other_words_that_a_bar_parts_from_it() -> None:
    document = read(f"Ferry cancelled after engine failure\n\nMarch 7, 2025 | Staff and agencies\n\n{BODY}")
    assert document.published == datetime(2025, 3, 7)  # noqa: DTZ001


def test_dates_inside_the_article_are_not_when_it_was_published() -> None:
    document = read(f"Ferry cancelled after engine failure\n\nOn 3 May 2021 the ferry first failed. {BODY}")
    assert document.published is None
    assert document.published_precision is None


def test_a_dateline_with_a_year_tells_when() -> None:
    document = read(f"Ferry cancelled after engine failure\n\nPORT ELLERY, March 3, 2021 (Coastwire) - {BODY}")
    assert document.published == datetime(2021, 3, 3)  # noqa: DTZ001


def test_title_and_outlet_are_parted_at_a_bar() -> None:
    document = read(f"Ferry cancelled after engine failure | The Sund Observer\n\n{BODY}")
    assert (document.title, document.publisher) == ("Ferry cancelled after engine failure", "The Sund Observer")


def test_a_masthead_with_small_words_is_no_title() -> None:
    document = read(f"National News Agency of Sund\n\nFerry cancelled after engine failure\n\n{BODY}")
    assert document.title == "Ferry cancelled after engine failure"
    assert document.publisher == "National News Agency of Sund"
    document = read(f"Opposition Leader Quits Sund Council\n\n3 March 2021\n\n{BODY}")
    assert (document.title, document.publisher) == ("Opposition Leader Quits Sund Council", None)


def test_a_dash_in_a_title_does_not_make_its_end_an_outlet() -> None:
    document = read(f"Ferry cancelled after engine failure - operator apologises\n\n{BODY}")
    assert document.title == "Ferry cancelled after engine failure - operator apologises"
    assert document.publisher is None


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"The Sund Observer\n\nFerry cancelled after engine failure\n\n{BODY}", "The Sund Observer"),
        (f"Sund Record\n\nFerry cancelled after engine failure\n\n{BODY}", "Sund Record"),
        (f"Ferry cancelled after engine failure\n\n{BODY}\nSource: Coastwire\n", "Coastwire"),
        (
            f"Ferry cancelled after engine failure\n\nMira Holt is Coastwire's shipping correspondent\n\n{BODY}",
            "Coastwire",
        ),
        (
            "Ferry cancelled after engine failure\n\nThe engine was serviced in May, two officials tell Coastwire. "
            f"“It ran well,” the captain told Coastwire on Monday. {BODY}",
            "Coastwire",
        ),
        (f"Ferry cancelled after engine failure\n\n{BODY}", None),
        (
            "Ferry cancelled after engine failure\n\nThe captain told Holt to stop. Later he told Holt to go. "
            f"Holt said nothing. {BODY}",
            None,
        ),
        (
            "Ferry cancelled after engine failure\n\nThe captain told Coastwire it ran well. A mate told Coastwire it "
            f"did not, Coastwire reported. {BODY}",
            None,
        ),
    ],
    ids=[
        "masthead",
        "short masthead",
        "source line",
        "reporter's outlet",
        "told twice",
        "unsaid",
        "a person was told",
        "relayed",
    ],
)
def test_the_publisher_is_named_only_when_the_text_says_it(text: str, publisher: str | None) -> None:
    assert read(text).publisher == publisher


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("By Mira Holt", "Mira Holt"),
        ("By Mira Holt, shipping correspondent", "Mira Holt"),
        ("Author: Mira Holt and Jan Sund", "Mira Holt and Jan Sund"),
        ("By Mira Holt, Jan Sund and Ada Berg", "Mira Holt, Jan Sund and Ada Berg"),
        ("By Mira Holt Jr.", "Mira Holt Jr."),
        ("by Mira Holt Apr. 26, 2022Apr. 26, 2022", "Mira Holt"),
        ("Mira Holt, Staff writer | March 3, 2024, 5:12 p.m. ET", "Mira Holt"),
        ("Reporting by Mira Holt; editing by Jan Sund", "Mira Holt"),
        ("By Main Ingredient:", None),
        ("Mira Holt\n\n7 May 2022", "Mira Holt"),
        ("Mira Holt is Coastwire's shipping correspondent", "Mira Holt"),
        ("7 May 2022", None),
    ],
)
def test_the_author_is_read_from_the_lines_that_sign(lines: str, author: str | None) -> None:
    assert read(f"Ferry cancelled after engine failure\n\n{lines}\n\n{BODY}").author == author


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (BODY, "en"),
        ("Die Fähre zwischen Port Ellery und Sund wurde nach einem Schaden an der Maschine gestrichen.", "de"),
        ("Le ferry entre Port Ellery et Sund a été annulé après une panne de moteur, a annoncé la compagnie.", "fr"),
        ("Nobody was hurt.", None),
    ],
)
def test_the_language_is_that_of_the_article(body: str, language: str | None) -> None:
    assert read(body).language == language


# Where each field was found
# --------------------------


def place_in(document: Document, field: str) -> str:
    """Return the characters of the text that the place of a field names."""
    start, end = dict(document.found_in)[field].removeprefix("text ").split("-")
    return document.text[int(start) : int(end)]


def test_the_place_of_every_field_of_a_text_holds_that_field() -> None:
    text = (
        "The Sund Observer\n\nFerry cancelled after\nengine failure in the strait\n\nBy Mira Holt and Jan Sund\n\n"
        f"Tuesday, 4 March 2025, 07:40 Updated: 11:15\n\n{BODY}"
    )
    document = read(text)
    assert document.title
    assert " ".join(place_in(document, "title").split()) == document.title
    assert place_in(document, "publisher") == document.publisher == "The Sund Observer"
    assert place_in(document, "author") == document.author == "Mira Holt and Jan Sund"
    assert place_in(document, "published") == "4 March 2025, 07:40"
    assert place_in(document, "updated") == "Updated: 11:15"
    assert document.updated == datetime(2025, 3, 4, 11, 15)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("lines", "published", "updated"),
    [
        ("Published 3 May 2021 Updated 4 May 2021", (3, 0, 0), (4, 0, 0)),
        ("Published: 3 May 2021, 9:05 pm\n\nLast updated: 4 May 2021, 10:15", (3, 21, 5), (4, 10, 15)),
        ("3 May 2021\n\nLast modified\n\n5 May 2021", (3, 0, 0), (5, 0, 0)),
        ("Updated 4 May 2021 10:00 | Published 3 May 2021 09:00", (3, 9, 0), (4, 10, 0)),
        ("3 May 2021, 23:18 Updated: 00:31", (3, 23, 18), None),
        ("Mise à jour : 4 mai 2021 à 10:00 - Publié le 3 mai 2021", (3, 0, 0), (4, 10, 0)),
        ("Updated 4 May 2021", (4, 0, 0), (4, 0, 0)),
    ],
)
def test_publication_and_update_are_told_apart(
    lines: str, published: tuple[int, int, int], updated: tuple[int, int, int] | None
) -> None:
    document = read(f"Ferry cancelled after engine failure\n\n{lines}\n\n{BODY}")
    assert document.published == datetime(2021, 5, *published)  # noqa: DTZ001
    assert document.updated == (updated and datetime(2021, 5, *updated))  # noqa: DTZ001


def test_a_date_that_only_an_update_states_is_used_with_a_warning() -> None:
    document = read(f"Ferry cancelled after engine failure\n\nUpdated 4 May 2021\n\n{BODY}")
    assert document.warnings == ("Only the time of an update is stated; the article may be older.",)


@pytest.mark.parametrize(
    "line",
    [
        "16 lutego 2022, 23:18",
        "16 февраля 2022 г., 23:18",
        "16 лютого 2022, 23:18",
        "16 Şubat 2022 23:18",
        "16 ŞUBAT 2022 23:18",
        "16 de fevereiro de 2022, 23:18",
        "16 februari 2022 23:18",
        "2022年2月16日 23:18",
        "١٦/٠٢/٢٠٢٢ 23:18",
    ],
)
def test_dates_of_other_languages_are_read(line: str) -> None:
    assert read_stamp(line) == Stamp(when=datetime(2022, 2, 16, 23, 18), precision="minute")  # noqa: DTZ001


@pytest.mark.parametrize("month", ["APRİL", "MAYıS", "AUGUſT", "KASIM"])
def test_letters_that_fold_together_break_no_month(month: str) -> None:
    stamp = read_stamp(f"3 {month} 2021")
    assert stamp is None or stamp.when.year == 2021


@pytest.mark.parametrize("trail", ["Home » Harbour » {}", "Home>Articles> {}", "You are here: Home / Harbour / {}"])
def test_the_way_to_a_page_is_not_its_title_but_ends_with_it(trail: str) -> None:
    title = "Ferry cancelled after engine failure"
    text = f"{trail.format(title)}\n\n{title}\n\n‘It was dark’ and then it stopped\n\n{BODY}"
    assert read(text).title == title


@pytest.mark.parametrize("year", ["1970", "2098"])
def test_a_date_of_the_epoch_or_far_ahead_is_no_time_of_publication(year: str) -> None:
    document = read(f"Ferry cancelled after engine failure\n\nPublished 1 January {year}\n\n{BODY}")
    assert document.published is None
    assert "published" not in dict(document.found_in)


def test_an_update_before_the_publication_is_reported_as_it_is_with_a_warning() -> None:
    document = read(f"Ferry cancelled after engine failure\n\nPublished 3 May 2021. Updated 1 May 2021\n\n{BODY}")
    assert (document.published, document.updated) == (datetime(2021, 5, 3), datetime(2021, 5, 1))  # noqa: DTZ001
    assert "The time of the update lies before that of publication." in document.warnings
