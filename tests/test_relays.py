"""A source that passes on another outlet's report says so, or shares its passages; nothing else is a relay."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sentences import split
from briefing.stories import group
from briefing.stories.names import key_of, short_forms
from briefing.types import Block, Document, Relay, Role, Stories

EVENT = (
    "Orlena's harbour minister, Tadeus Brock, asked Velm on Tuesday to reopen the Skarn canal to forty grain ships. "
    "The northern lock of the canal has been closed for nine days."
)
RETOLD = (
    "Velm is to reopen the Skarn canal to forty grain ships if Tadeus Brock, Orlena's harbour minister, has his way. "
    "For nine days the northern lock has been shut."
)
UNRELATED = "A fire destroyed the wooden theatre of Quarl. Nobody was hurt, and the roof fell in before midnight."


def document(name: str, text: str, *, day: int | None = None, **more: str) -> Document:
    """A document whose paragraphs are all body, published on a day of March 2031 if one is given."""
    starts = [0]
    for part in text.split("\n\n"):
        starts.append(starts[-1] + len(part) + 2)
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    fields = {"id": name, "location": f"{name}.txt", **more}
    return Document(
        **fields,  # type: ignore[arg-type]
        sha256=digest,
        text=text,
        text_sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        extractor="decode/1",
        published=datetime(2031, 3, day, tzinfo=UTC) if day else None,
        published_precision="day" if day else None,
        blocks=tuple(Block(role=Role.BODY, start=a, end=b - 2) for a, b in pairwise(starts)),
    )


def grouped(*given: Document) -> Stories:
    """Stories, relays and origins of these documents."""
    return group(given, split(given))


def edges(relays: Sequence[Relay]) -> list[tuple[str, str, str | None]]:
    """Who relays which outlet, and whether it is among the documents."""
    return [(relay.source, relay.outlet, relay.relays) for relay in relays]


# By what the text says
# ---------------------


@pytest.mark.parametrize(
    ("sentence", "outlet", "words"),
    [
        ("The call was first reported by the Orrin Courier.", "Orrin Courier", "first reported by the Orrin Courier"),
        ("The Orrin Courier reported the call on Wednesday.", "The Orrin Courier", "The Orrin Courier reported"),
        ("The lock will open, according to the Orrin Courier.", "Orrin Courier", "according to the Orrin Courier"),
        ("According to the Orrin Courier, the lock will open.", "Orrin Courier", "According to the Orrin Courier"),
        ("Citing the Orrin Courier, he spoke of ice.", "Orrin Courier", "Citing the Orrin Courier"),
        ("He was ill, the news site Zebrin wrote, citing aides.", "Zebrin", "Zebrin wrote"),
        ("This was reported on March 5 by the Velmish edition of Zebrin, citing officials.", "Zebrin", None),
        ("The ministry was upset by a report on the Zebrin news site.", "Zebrin", "report on the Zebrin"),
        ("Brock told Orlena's largest newspaper, the Evening Gazette, that he would wait.", "Evening Gazette", None),
        ("The Velmish daily Tagwart quoted him as saying so.", "Tagwart", "Tagwart quoted"),
        ("Zebrin News Agency said the lock was broken.", "Zebrin News Agency", "Zebrin News Agency said"),
        ("This article first appeared in The Upper Velm Herald.", "The Upper Velm Herald", None),
        ("A Reuters report put the number of ships at forty.", "Reuters", "Reuters report"),
        ("The picture was obtained by The Associated Press.", "The Associated Press", None),
        ("The lock is old, zebrin.com reported.", "zebrin.com", "zebrin.com reported"),
    ],
)
def test_naming_an_outlet_as_the_source_is_a_relay(sentence: str, outlet: str, words: str | None) -> None:
    text = EVENT + "\n\n" + sentence
    [relay] = grouped(document("S1", text)).relays
    assert (relay.source, relay.outlet, relay.relays) == ("S1", outlet, None)
    assert outlet in text[relay.start : relay.end]
    assert words is None or text[relay.start : relay.end] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry said that the lock was old.",
        "The Ministry of Transport reported forty ships, the Foreign Ministry website said.",
        "Brock said so, and Haldor reported to parliament. Officials told Haldor.",
        "According to the Velmish government, the lock is old. Velm reported nine cases. Officials told Velm.",
        "The Environmental Agency said the water was clean, according to the Board of Navigation.",
        "Police told the harbour office. The Harbour Police reported it.",
        "The Post Office said letters would wait. Times Square was full, officials said.",
        "On her website Haldor says that she is well.",
        "A local newspaper reported it, and several news sites said so.",
        "He wrote on Twitter, according to Facebook.",
        "The University of Velm published a study, Professor Osk reported.",
        "She reads the Orrin Courier every morning.",
        "The company Zebrin reported a loss.",
    ],
)
def test_people_and_institutions_are_no_outlets(sentence: str) -> None:
    assert grouped(document("S1", EVENT + "\n\n" + sentence)).relays == ()


@pytest.mark.parametrize(
    ("opening", "outlets"),
    [
        ("VELM CITY (Reuters) - ", {"Reuters"}),
        ("VELM CITY, March 4 (AP) — ", {"AP"}),
        ("(AFP) ", {"AFP"}),
        ("ORRIN (Orrin News/AP) -- ", {"Orrin News", "AP"}),
        ("Velm City, Reuters – ", {"Reuters"}),
    ],
)
def test_a_dateline_says_whose_text_it_is(opening: str, outlets: set[str]) -> None:
    relays = grouped(document("S1", opening + EVENT)).relays
    assert {relay.outlet for relay in relays} == outlets


@pytest.mark.parametrize("opening", ["Velm (the northern part) - ", "VELM CITY - ", "Brock (64) - ", "Orlena (NPK) "])
def test_other_openings_are_no_datelines(opening: str) -> None:
    assert grouped(document("S1", opening + EVENT)).relays == ()


def test_a_signature_at_the_end_says_whose_text_it_is() -> None:
    assert edges(grouped(document("S1", EVENT + " Flour is short. (Reuters)")).relays) == [("S1", "Reuters", None)]


def test_the_outlet_is_found_among_the_documents_by_its_publisher() -> None:
    original = document("S1", EVENT, publisher="Zebrin! News")
    relaying = document("S2", RETOLD + "\n\nThe request was reported by the website Zebrin.")
    stories = grouped(relaying, original)
    assert edges(stories.relays) == [("S2", "Zebrin", "S1")]
    assert dict(stories.origins) == {"S1": "S1", "S2": "S1"}


def test_the_outlet_is_found_among_the_documents_by_its_address() -> None:
    original = document("S1", EVENT, location="https://www.zebrin.com/2031/canal")
    relaying = document("S2", RETOLD + "\n\nZebrin reported the request on Tuesday.")
    assert edges(grouped(original, relaying).relays) == [("S2", "Zebrin", "S1")]


def test_the_outlet_is_found_among_the_documents_by_its_own_voice() -> None:
    original = document("S1", EVENT + "\n\nTwo officials told Zebrin.")
    relaying = document("S2", RETOLD + "\n\nZebrin reported the request on Tuesday.")
    stories = grouped(original, relaying)
    assert edges(stories.relays) == [("S2", "Zebrin", "S1")]


def test_an_outlet_speaking_of_itself_relays_nobody() -> None:
    own = EVENT + "\n\nOfficials told Zebrin. Zebrin reported on the lock last week. A Zebrin report found cracks."
    assert grouped(document("S1", own, publisher="Zebrin")).relays == ()


def test_an_outlet_calling_itself_by_the_end_of_its_name_relays_nobody() -> None:
    own = EVENT + "\n\nOfficials told the Courier. The Courier reported on the lock last week."
    assert grouped(document("S1", own, publisher="The Orrin Valley Courier")).relays == ()


def test_a_short_name_means_the_full_name_before_it() -> None:
    text = EVENT + "\n\nThe Orrin Valley Courier reported it. The lock is old, the Courier said, and OVC reported more."
    assert edges(grouped(document("S1", text)).relays) == [("S1", "The Orrin Valley Courier", None)]


def test_the_report_of_another_event_is_not_the_one_relayed() -> None:
    other = document("S1", UNRELATED, publisher="Zebrin")
    relaying = document("S2", EVENT + "\n\nZebrin reported the request on Tuesday.")
    stories = grouped(other, relaying)
    assert edges(stories.relays) == [("S2", "Zebrin", None)]
    assert dict(stories.origins)["S2"] == "outlet:zebrin"


def test_a_later_report_is_not_the_one_relayed() -> None:
    later = document("S1", EVENT, publisher="Zebrin", day=9)
    relaying = document("S2", RETOLD + "\n\nZebrin reported the request on Tuesday.", day=5)
    assert edges(grouped(later, relaying).relays) == [("S2", "Zebrin", None)]


# By shared passages
# ------------------

SPEECH = (
    "“Our bakers have flour for eleven days and not for one day longer, and whoever keeps a lock closed while ships "
    "full of grain wait before it should come to Orlena and explain to a child why there is no bread this morning.”"
)
REPORT = (
    "Engineers found three cracks in the upper gate of the northern lock, each longer than a man's arm, and said that "
    "the steel had been cast too quickly forty years ago by a foundry that no longer exists. Repairs will take a month."
)


def test_a_copy_relays_the_document_that_was_published_first() -> None:
    first = document("S1", EVENT + "\n\n" + REPORT, publisher="Orrin Courier", day=4)
    copy = document("S2", "Canal news.\n\n" + EVENT + "\n\n" + REPORT, day=5)
    [relay] = grouped(copy, first).relays
    assert (relay.source, relay.outlet, relay.relays) == ("S2", "Orrin Courier", "S1")
    assert copy.text[relay.start : relay.end].startswith("Orlena")
    assert copy.text[relay.start : relay.end].endswith("month")


def test_of_undated_copies_the_longer_one_is_the_original() -> None:
    longer = document("S1", EVENT + "\n\n" + REPORT)
    shorter = document("S2", EVENT)
    assert [(r.source, r.relays) for r in grouped(shorter, longer).relays] == [("S2", "S1")]


def test_of_undated_copies_the_one_that_is_named_is_the_original() -> None:
    named = document("S1", EVENT, publisher="Orrin Courier")
    naming = document("S2", EVENT + "\n\nThe Orrin Courier reported this. Nobody in Velm wanted to comment on Sunday.")
    [relay] = grouped(named, naming).relays
    assert (relay.source, relay.relays) == ("S2", "S1")
    assert naming.text[relay.start : relay.end] == "The Orrin Courier reported"


def test_a_long_passage_taken_over_is_a_relay_though_the_rest_differs() -> None:
    own = " ".join(
        f"The {word} of the canal was measured again." for word in "width depth length slope bank bed".split()
    )
    first = document("S1", EVENT + "\n\n" + REPORT + "\n\n" + own, day=4)
    taking = document(
        "S2", RETOLD + "\n\n" + REPORT + "\n\n" + "Sailors played cards on deck all day long. " * 6, day=5
    )
    assert [(r.source, r.relays) for r in grouped(first, taking).relays] == [("S2", "S1")]


def test_two_reports_of_one_speech_are_not_copies() -> None:
    first = document("S1", EVENT + "\n\n" + SPEECH + "\n\n" + "The quay was full of people when Brock spoke there.")
    second = document("S2", RETOLD + "\n\n" + SPEECH + "\n\n" + "Some listeners wept and others went home to bake.")
    assert grouped(first, second).relays == ()


def test_two_reports_in_their_own_words_are_not_copies() -> None:
    stories = grouped(document("S1", EVENT), document("S2", RETOLD))
    assert len(stories.stories) == 1
    assert stories.relays == ()
    assert dict(stories.origins) == {"S1": "S1", "S2": "S2"}


# Origins
# -------


def test_documents_that_relay_one_outlet_outside_share_its_origin() -> None:
    one = document("S1", EVENT + "\n\nThis was reported by the Orrin Courier.")
    two = document("S2", RETOLD + "\n\nThe Orrin Courier’s report cites two officials.")
    assert dict(grouped(one, two).origins) == {"S1": "outlet:orrin courier", "S2": "outlet:orrin courier"}


def test_a_chain_of_relays_ends_at_its_root() -> None:
    root = document("S1", EVENT, publisher="Zebrin News")
    middle = document("S2", RETOLD + "\n\nZebrin News reported it.", publisher="Orrin Courier")
    last = document("S3", RETOLD.replace("Velm is", "Velm seems") + "\n\nThe Orrin Courier reported it.")
    assert set(dict(grouped(root, middle, last).origins).values()) == {"S1"}


def test_a_circle_of_relays_has_one_origin_the_first_given_when_dates_do_not_decide() -> None:
    one = document("S1", EVENT + "\n\nThe Orrin Courier reported it.", publisher="Zebrin News", day=5)
    two = document("S2", RETOLD + "\n\nZebrin News reported it.", publisher="Orrin Courier", day=5)
    assert set(dict(grouped(one, two).origins).values()) == {"S1"}
    first = document("S1", EVENT + "\n\nThe Orrin Courier reported it.", publisher="Zebrin News")
    second = document("S2", RETOLD + "\n\nZebrin News reported it.", publisher="Orrin Courier")
    assert set(dict(grouped(second, first).origins).values()) == {"S2"}


def test_a_relay_of_an_earlier_report_that_is_not_given_leads_outside() -> None:
    early = document("S2", RETOLD + "\n\nZebrin News reported it.", publisher="Orrin Courier", day=4)
    late = document("S1", EVENT + "\n\nThe Orrin Courier reported it.", publisher="Zebrin News", day=5)
    assert set(dict(grouped(late, early).origins).values()) == {"outlet:zebrin"}


def test_one_publisher_twice_in_a_story_is_one_origin_and_in_two_stories_two() -> None:
    first = document("S1", EVENT, publisher="Zebrin", day=4)
    second = document("S2", RETOLD, publisher="ZEBRIN", day=5)
    elsewhere = document("S3", UNRELATED, publisher="Zebrin", day=5)
    assert dict(grouped(second, first, elsewhere).origins) == {"S1": "S1", "S2": "S1", "S3": "S3"}


def test_an_unknown_publisher_is_its_own_origin() -> None:
    assert dict(grouped(document("S1", EVENT), document("S2", RETOLD), document("S3", UNRELATED)).origins) == {
        "S1": "S1",
        "S2": "S2",
        "S3": "S3",
    }


SENTENCES = [
    EVENT,
    RETOLD,
    REPORT,
    SPEECH,
    "Zebrin News reported it.",
    "Officials told the Orrin Courier.",
    "(Reuters) - Velm is calm.",
    "The Orrin Courier, citing Zebrin News, said so.",
]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
            st.sampled_from([None, "Zebrin News", "The Orrin Courier"]),
            st.sampled_from([None, 3, 4, 5]),
        ),
        max_size=5,
    )
)
def test_no_document_relays_itself_and_every_span_lies_in_its_document(
    drawn: list[tuple[list[str], str | None, int | None]],
) -> None:
    given_documents = [
        document(f"S{i}", "\n\n".join(parts), day=day, **({"publisher": publisher} if publisher else {}))
        for i, (parts, publisher, day) in enumerate(drawn, start=1)
    ]
    stories = grouped(*given_documents)
    texts = {each.id: each.text for each in given_documents}
    of_story = {source: story.id for story in stories.stories for source in story.sources}
    for relay in stories.relays:
        assert relay.relays != relay.source
        assert 0 <= relay.start < relay.end <= len(texts[relay.source])
        assert relay.relays is None or of_story[relay.relays] == of_story[relay.source]
    origins = dict(stories.origins)
    assert all(origin.startswith("outlet:") or origin in texts for origin in origins.values())
    assert all(origins[relay.source] != relay.source or relay.relays for relay in stories.relays)


# Names
# -----


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Orrin Courier", "Orrin Courier’s"),
        ("Zebrin! news", "Zebrin"),
        ("www.zebrin.com", "Zebrin"),
        ("AP", "The Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("zebrin.co.uk", "ZEBRIN"),
    ],
)
def test_variants_of_an_outlets_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("The Times", "The Times of Orlena"), ("Orrin Post", "Velm Post"), ("AP", "AFP")]
)
def test_different_outlets_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_short_forms_are_ends_and_initials() -> None:
    assert short_forms("upper velm herald") == {"upper velm herald", "velm herald", "herald", "uvh"}
