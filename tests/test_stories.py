"""Documents are grouped by event: what tells of it meets, what only shares its names or its topic does not."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.profiles import background, likeness, read_profiles
from briefing.sentences import split
from briefing.stories import group
from briefing.stories.clusters import cluster, line_for
from briefing.types import Block, Document, Role, Stories

CALL = [
    "Orlena's harbour minister, Tadeus Brock, asked Velm on Tuesday to reopen the Skarn canal to grain ships. In a "
    "telephone call with the Velmish transport secretary, Ilse Haldor, he said that 40 vessels had been waiting for "
    "nine days. Haldor promised an answer by Friday, Orlena's ministry said.",
    "Velm will answer by Friday whether it reopens the Skarn canal, officials said after a call between transport "
    "secretary Ilse Haldor and Tadeus Brock, the harbour minister of Orlena. About 40 grain ships have been stuck at "
    "the northern lock since the closure nine days ago.",
    "Forty ships loaded with grain are waiting for the Skarn canal to open again. On Tuesday Brock, who is in charge "
    "of Orlena's harbours, telephoned his Velmish colleague Haldor about them. The canal was closed nine days ago "
    "after a lock gate cracked.",
    "The Velmish embassy was asked to explain why the Skarn canal remains shut, after reports of a call in which "
    "minister Tadeus Brock urged Ilse Haldor to let the waiting grain ships pass. Bakers in Orlena say that flour "
    "will be short next week.",
]
YEAR_LATER = (
    "A museum of river navigation was opened in the capital of Velm on Sunday. The sculptor Runa Osk won a prize for "
    "the glass roof, and painters from Orlena fill two of the seven halls with pictures of barges. A collector lent "
    "300 models. Ilse Haldor cut the ribbon, a brass band played, and children will never pay for a ticket."
)
SEQUEL = (
    "A treaty on the Skarn canal was signed by Ilse Haldor of Velm and Tadeus Brock of Orlena. Tolls will be shared "
    "equally, a joint office plans repairs for ten years, and thirty divers are to be hired before the winter."
)
FIRE = (
    "A fire destroyed the wooden theatre of Quarl on Tuesday night. Nobody was hurt, the fire brigade said, because "
    "the evening's performance had been cancelled. The roof fell in before midnight and the stage burnt for hours."
)


def document(name: str, text: str, *, published: datetime | None = None, **more: str) -> Document:
    """A document whose paragraphs are all body."""
    starts = [0]
    for part in text.split("\n\n"):
        starts.append(starts[-1] + len(part) + 2)
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=name,
        location=f"{name}.txt",
        sha256=digest,
        text=text,
        text_sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        extractor="decode/1",
        published=published,
        published_precision="day" if published else None,
        blocks=tuple(Block(role=Role.BODY, start=a, end=b - 2) for a, b in pairwise(starts)),
        **more,  # type: ignore[arg-type]
    )


def documents(*texts: str) -> list[Document]:
    """Documents S1, S2, … with these texts."""
    return [document(f"S{number}", text) for number, text in enumerate(texts, start=1)]


def grouped(given: Sequence[Document]) -> Stories:
    """The stories of these documents."""
    return group(given, split(given))


def together(stories: Stories) -> set[frozenset[str]]:
    """The groups, without order."""
    return {frozenset(story.sources) for story in stories.stories}


def test_tellings_of_one_event_are_one_story() -> None:
    assert together(grouped(documents(*CALL))) == {frozenset({"S1", "S2", "S3", "S4"})}


@pytest.mark.parametrize("text", CALL)
def test_the_same_names_in_another_event_are_another_story(text: str) -> None:
    assert len(grouped(documents(text, YEAR_LATER)).stories) == 2
    assert len(grouped(documents(text, FIRE)).stories) == 2


def test_the_fewer_the_documents_the_less_makes_them_one_story() -> None:
    assert line_for(2) == line_for(8) < line_for(20) < line_for(40) == line_for(10_000)


def test_an_unrelated_document_does_not_join_a_large_story() -> None:
    assert together(grouped(documents(*CALL, YEAR_LATER, FIRE))) == {
        frozenset({"S1", "S2", "S3", "S4"}),
        frozenset({"S5"}),
        frozenset({"S6"}),
    }


def test_one_line_joins_the_article_that_tells_it() -> None:
    line = "Brock asked Haldor to reopen the Skarn canal to grain ships."
    assert len(grouped(documents(CALL[0], line)).stories) == 1
    assert len(grouped(documents(FIRE, line)).stories) == 2


def test_the_same_people_and_places_days_apart_are_one_story_and_months_apart_two() -> None:
    def told(day: datetime) -> list[Document]:
        first = document("S1", CALL[0], published=datetime(2031, 3, 4, tzinfo=UTC))
        return [first, document("S2", SEQUEL, published=day)]

    assert len(grouped(told(datetime(2031, 3, 8, tzinfo=UTC))).stories) == 1
    assert len(grouped(told(datetime(2032, 3, 8, tzinfo=UTC))).stories) == 2


def test_a_day_that_the_text_names_stands_in_for_an_unknown_date_of_publication() -> None:
    dated = document("S1", CALL[0], published=datetime(2031, 3, 4, tzinfo=UTC))
    same = document("S2", SEQUEL + " It was signed on March 5, 2031.")
    later = document("S2", SEQUEL + " It was signed on June 5, 2032.")
    assert len(grouped([dated, same]).stories) == 1
    assert len(grouped([dated, later]).stories) == 2


def test_copies_of_one_article_are_one_story_whatever_their_dates() -> None:
    copies = [document(f"S{year - 2030}", CALL[0], published=datetime(year, 1, 1, tzinfo=UTC)) for year in (2031, 2033)]
    assert len(grouped(copies).stories) == 1


@pytest.mark.parametrize(
    ("language", "one", "same", "other"),
    [
        (
            "fr",
            "Le ministre des ports d'Orlène, Tadeus Brock, a demandé mardi à la Velmie de rouvrir le canal de Skarn "
            "aux navires chargés de blé. Quarante bateaux attendent depuis neuf jours devant l'écluse.",
            "Quarante navires de blé attendent devant l'écluse du canal de Skarn, fermé depuis neuf jours. Tadeus "
            "Brock a téléphoné mardi à la Velmie pour en demander la réouverture.",
            "Un incendie a détruit dans la nuit de mardi le théâtre en bois de Quarl. Il n'y a pas de blessés, a dit "
            "le chef des pompiers, parce que la représentation avait été annulée et que la salle était vide.",
        ),
        (
            "zh",
            "奥伦纳港口部长周二致电韦尔姆交通大臣，要求重新开放斯卡恩运河。四十艘运粮船已在船闸前等候九天。",
            "四十艘运粮船在斯卡恩运河船闸前等候了九天。奥伦纳港口部长周二要求韦尔姆重新开放运河。",
            "夸尔市的木结构剧院周二夜间被大火烧毁。消防队表示，由于演出已取消，无人受伤。",
        ),
    ],
)
def test_other_languages_are_grouped_too(language: str, one: str, same: str, other: str) -> None:
    texts = [document(f"S{i}", text, language=language) for i, text in enumerate((one, same, other), start=1)]
    assert together(grouped(texts)) == {frozenset({"S1", "S2"}), frozenset({"S3"})}


def test_stories_are_numbered_by_size_then_by_their_first_document() -> None:
    stories = grouped(documents(YEAR_LATER, FIRE, *CALL)).stories
    assert [(story.id, story.sources[0], len(story.sources)) for story in stories] == [
        ("T1", "S3", 4),
        ("T2", "S1", 1),
        ("T3", "S2", 1),
    ]


def test_a_story_is_called_what_its_most_central_titled_document_is() -> None:
    titled = [
        document("S1", CALL[0]),
        document("S2", CALL[1], title="Velm to answer\non Skarn canal"),
        document("S3", FIRE),
    ]
    first, second = grouped(titled).stories
    assert first.title == "Velm to answer on Skarn canal"
    assert second.title == "A fire destroyed the wooden theatre of Quarl on Tuesday night."


def test_a_long_title_is_cut_at_a_word() -> None:
    [story] = grouped([document("S1", FIRE, title="The theatre " + "of the town by the river " * 8)]).stories
    assert len(story.title) <= 111
    assert story.title.endswith(("the…", "river…", "town…", "of…", "by…"))


def test_a_document_without_sentences_is_a_story_of_its_own() -> None:
    empty = document("S2", "***\n\n***")
    assert together(grouped([document("S1", FIRE), empty])) == {frozenset({"S1"}), frozenset({"S2"})}
    assert grouped([empty]).stories[0].title == "Untitled"
    assert grouped([]).stories == ()


@given(st.permutations([*CALL, YEAR_LATER, FIRE]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_documents_does_not_matter(texts: list[str]) -> None:
    stories = grouped(documents(*texts))
    by_text = {frozenset(texts[int(source[1:]) - 1] for source in story.sources) for story in stories.stories}
    assert by_text == {frozenset(CALL), frozenset({YEAR_LATER}), frozenset({FIRE})}


@given(st.lists(st.sampled_from([*CALL, YEAR_LATER, FIRE, "", "1", "Brock."]), max_size=8))
@settings(max_examples=30, deadline=None)
def test_every_document_is_in_exactly_one_story_and_has_an_origin(texts: list[str]) -> None:
    given_documents = documents(*texts)
    stories = grouped(given_documents)
    assert sorted(source for story in stories.stories for source in story.sources) == sorted(
        d.id for d in given_documents
    )
    assert [source for source, _ in stories.origins] == [d.id for d in given_documents]
    assert stories == grouped(given_documents)


@given(st.lists(st.sampled_from([*CALL, YEAR_LATER, FIRE, "Brock."]), min_size=2, max_size=2))
def test_likeness_is_symmetric_and_bounded(texts: list[str]) -> None:
    given_documents = documents(*texts)
    a, b = read_profiles(given_documents, split(given_documents))
    assert likeness(a, b) == pytest.approx(likeness(b, a))
    assert 0 <= likeness(a, b) <= 1.000001


def invented(stories: int, tellings: int) -> tuple[list[Document], dict[str, int]]:
    """Documents made of the same few hundred words; those of a story share names and half of their sentences."""
    rng = random.Random(5)  # noqa: S311 - words, not secrets
    words = ["".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(3)) for _ in range(400)]
    made: list[tuple[str, int]] = []
    for story in range(stories):
        names = [rng.choice(words).title() + rng.choice(words) for _ in range(6)]
        facts = [" ".join([*rng.sample(words, 9), *rng.sample(names, 2)]) + "." for _ in range(10)]
        for _ in range(tellings):
            own = [" ".join([*rng.sample(words, 10), rng.choice(names)]) + "." for _ in range(3)]
            made.append((" ".join(rng.sample(facts, 6) + own), story))
    rng.shuffle(made)
    texts = [document(f"S{i}", text) for i, (text, _) in enumerate(made)]
    return texts, {f"S{i}": story for i, (_, story) in enumerate(made)}


def test_planted_stories_come_back_from_a_few_hundred_documents() -> None:
    texts, planted = invented(60, 5)
    stories = grouped(texts)
    wanted: dict[int, set[str]] = {}
    for source, story in planted.items():
        wanted.setdefault(story, set()).add(source)
    assert together(stories) == {frozenset(members) for members in wanted.values()}


def test_a_story_of_hundreds_of_documents_stays_one() -> None:
    texts, _ = invented(1, 450)
    largest = grouped(texts).stories[0]
    assert len(largest.sources) > 430


def test_a_term_that_all_documents_share_does_not_join_them() -> None:
    texts, planted = invented(30, 2)
    shared = [document(d.id, "Skarn Skarn canal canal. " + d.text) for d in texts]
    assert len(grouped(shared).stories) == len(set(planted.values()))


def test_a_higher_threshold_never_makes_larger_groups() -> None:
    texts = documents(*CALL, YEAR_LATER, FIRE)
    about = read_profiles(texts, split(texts))
    sizes = [len(cluster(about, joined=threshold)) for threshold in (0.05, 0.15, 0.25, 0.35, 1.01)]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(texts)


def test_the_background_knows_common_words_from_rare_ones() -> None:
    known = background()
    assert known.articles > 500
    assert known.counts["year"] > known.counts["ministri"] > 0
    assert all(0 < count <= known.articles for count in known.counts.values())
