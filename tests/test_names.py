"""Names are found where they stand, variants of one name meet, and names that are merely alike never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values.names import read_names
from briefing.values.titles import Title, read_titles, titles_conflict
from briefing.values.variants import same_name

NAMES = [
    ("The committee met Ana Bell in Quito.", ["Ana Bell", "Quito"]),
    ("Officials said the road was closed.", []),
    ("Rescuers reached the hut. Rain fell.", []),
    ("Ordway resigned. The mayor thanked Ordway.", ["Ordway", "Ordway"]),
    ("Yesterday Vanya Petrova arrived in St. Gallen.", ["Vanya Petrova", "St. Gallen"]),
    ("The Peruvian Foreign Ministry protested.", ["Peruvian", "Foreign Ministry"]),
    ("Peru’s Ministry of Foreign Affairs protested.", ["Peru", "Ministry of Foreign Affairs"]),
    ("The U.S. envoy and the UN’s observers left.", ["U.S.", "UN"]),
    (
        "A fighter of al-Tawhid met Ze’ev O'Malley and Ruth McDougall.",
        ["al-Tawhid", "Ze’ev O'Malley", "Ruth McDougall"],
    ),
    ("COVID-19 cases rose in April 2021 and again on Monday.", ["COVID-19"]),
    ("She saw Mr. Tully and Dr. Ana Bell on May 3.", ["Tully", "Ana Bell"]),
    ("The judge spoke to Ana May about it.", ["Ana May"]),
    ("Trade Minister Ola Berg called Prime Minister Jon Dahl.", ["Ola Berg", "Jon Dahl"]),
    ("Director-General Ola Berg signed.", ["Ola Berg"]),
    ("The Danish ambassador to Quito Ola Marie Berg signed.", ["Danish", "Quito", "Ola Marie Berg"]),
    ("John F. Tully and J. Smith signed.", ["John F. Tully", "J. Smith"]),
    ("A Quito-based, pro-Danish group met Park Chun-ying.", ["Quito", "Danish", "Park Chun-ying"]),
    ("It’s late. I’m tired, he said. You’re wrong.", []),
    ("He reads the Sunday Times on Sunday.", ["Sunday Times"]),
    ("The mayor of São Tomé met Łukasz Żak.", ["São Tomé", "Łukasz Żak"]),
    ("DEPRAVED robbers held Ana Bell.", ["Ana Bell"]),
    ("They want to join the Bank of Ireland and not Ireland.", ["Bank of Ireland", "Ireland"]),
    ("Mayor Opens New Bridge After Long Delay In Quito\n\nThe bridge in Quito opened.", ["Quito", "Quito"]),
    ("“Nobody came,” Berg said.", ["Berg"]),
    ("Furthermore, the mill closed. Nonetheless, Berg stayed.", ["Berg"]),
    ("UNK UNK and alexander UNK met Ana Bell.", ["Ana Bell"]),
    ("The man, 42, met Israelis, Swiss and Welsh guests.", ["Israelis", "Swiss", "Welsh"]),
    ("", []),
    ("会議は東京で開かれた。", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_the_names_of_a_text_are_read_where_they_stand(text: str, expected: list[str]) -> None:
    assert [name.text for name in read_names(text)] == expected


def test_the_words_of_a_name_are_folded_and_leave_out_small_ones() -> None:
    [name] = read_names("It was the University of Łódź.")
    assert name.words == ("university", "lodz")


SAME = [
    ("Kyiv", "Kiev"),
    ("Kharkiv", "Kharkov"),
    ("Luhansk", "Lugansk"),
    ("Odesa", "Odessa"),
    ("Tom Hayek", "Tom Haiek"),
    ("Michael Orlov", "Mikhail Orlov"),
    ("Volodymyr Orlenko", "Vladimir Orlenko"),
    ("Yulia Orlova", "Julia Orlova"),
    ("Orlenskiy", "Orlensky"),
    ("Orlov", "Orlow"),
    ("Timoshuk", "Tymoshuk"),
    ("Mohammed Dar", "Muhammad Dar"),
    ("Hussein", "Hussain"),
    ("Gaddafi", "Qaddafi"),
    ("Erdoğan", "Erdogan"),
    ("J. Smith", "John Smith"),
    ("J.R. Smith", "John Smith"),
    ("Smith", "John Smith"),
    ("Ben-Zur", "Alex Ben Zur"),
    ("al-Amin", "Karim al-Amin"),
    ("John F. Tully", "John Tully"),
    ("Mr Tully", "John Tully"),
    ("the Gambia", "Gambia"),
    ("UN", "United Nations"),
    ("U.N.", "United Nations"),
    ("WHO", "World Health Organization"),
    ("U.S.", "United States"),
    ("UK", "Britain"),
    ("Denmark", "Danish"),
    ("Foreign Ministry", "Ministry of Foreign Affairs"),
    ("Danish Foreign Ministry", "Foreign Ministry"),
    ("Bill Tully", "William Tully"),
    ("O’Neil", "O'Neil"),
    ("Gaza", "Gaza Strip"),
    ("Old Harbour", "Old Harbour University"),
]
DIFFERENT = [
    ("Iran", "Iraq"),
    ("Austria", "Australia"),
    ("Johnston", "Johnson"),
    ("Boris Johnston", "Boris Johnson"),
    ("Niger", "Nigeria"),
    ("Slovakia", "Slovenia"),
    ("Mali", "Malawi"),
    ("Georgia", "Georgina"),
    ("North Korea", "South Korea"),
    ("Korea", "North Korea"),
    ("Sudan", "South Sudan"),
    ("York", "New York"),
    ("John Smith", "Jane Smith"),
    ("Moscow", "Mosul"),
    ("Maria", "Mario"),
    ("Orlov", "Orlova"),
    ("Paul", "Paula"),
    ("Hill", "Gill"),
    ("Harrison", "Garrison"),
    ("Miller", "Muller"),
    ("Hansen", "Hanson"),
    ("Basel", "Basil"),
    ("Lebanon", "Libya"),
    ("Danish Foreign Ministry", "Dutch Foreign Ministry"),
    ("Ministry", "Ministry of Health"),
    ("University of Leeds", "University of Leon"),
    ("UN", "United Kingdom"),
    ("Guinea", "Equatorial Guinea"),
    ("Guinea", "Guyana"),
    ("Peter Jones", "Peter James"),
    ("Tim Cole", "Tom Cole"),
    ("Kherson", "Kharkiv"),
    ("Vela 9 Station", "Vela 8 Station"),
    ("Sonda16", "Sonda19"),
    ("Grill", "Grail"),
    ("Tennessee", "Tennis"),
    ("Trust", "Trustee"),
    ("South Asians", "Southeast Asians"),
    ("Love", "Live"),
    ("New South Wales", "Medical Board of New South Wales"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_of_one_name_are_the_same_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_are_merely_alike_are_different_names(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


TITLES = [
    ("Foreign Minister Ana Bell left.", "foreign minister", "minister", "Ana Bell"),
    ("Danish Deputy Foreign Minister Ana Bell left.", "danish deputy foreign minister", "minister", "Ana Bell"),
    (
        "Foreign Ministry Director General Ana Bell left.",
        "foreign ministry director general",
        "director general",
        "Ana Bell",
    ),
    (
        "Foreign Ministry Director-General Ana Bell left.",
        "foreign ministry director-general",
        "director general",
        "Ana Bell",
    ),
    (
        "Ana Bell, the director-general of Peru's Foreign Ministry, left.",
        "director-general of peru's foreign ministry",
        "director general",
        "Ana Bell",
    ),
    (
        "The Danish Ambassador to Quito Ola Marie Berg left.",
        "danish ambassador to quito",
        "ambassador",
        "Ola Marie Berg",
    ),
    (
        "Peru's ambassador to the United Nations, Ana Bell, left.",
        "peru's ambassador to the united nations",
        "ambassador",
        "Ana Bell",
    ),
    ("spokeswoman Ana Bell said", "spokeswoman", "spokesperson", "Ana Bell"),
    ("Ana Bell, a spokesperson for the city, said so.", "spokesperson for the city", "spokesperson", "Ana Bell"),
    ("Ana Bell (spokesman for the port) said so.", "spokesman for the port", "spokesperson", "Ana Bell"),
    ("CEO Bell left.", "ceo", "chief executive", "Bell"),
    ("Acme CEO Ana Bell left.", "acme ceo", "chief executive", "Ana Bell"),
    (
        "Ana Bell, Acme's chief executive officer, left.",
        "acme's chief executive officer",
        "chief executive",
        "Ana Bell",
    ),
    ("PM Bell left.", "pm", "prime minister", "Bell"),
    ("Former President Ana Bell left.", "former president", "president", "Ana Bell"),
    ("Ana Bell was named director of the zoo on Friday.", "director of the zoo", "director", "Ana Bell"),
    ("Ana Bell, who was appointed acting mayor, left.", "acting mayor", "mayor", "Ana Bell"),
    ("Ukraine's deputy foreign minister, Ana Bell, left.", "ukraine's deputy foreign minister", "minister", "Ana Bell"),
    ("The president of France, Ana Bell, left.", "president of france", "president", "Ana Bell"),
    ("Sen. Tom Ray left.", "sen", "senator", "Tom Ray"),
    ("Colonel Tom Ray left.", "colonel", "colonel", "Tom Ray"),
    ("harbourmaster Tom Ray said", "harbourmaster", "harbourmaster", "Tom Ray"),
    ("Tom Ray, police chief of Quito, left.", "police chief of quito", "chief", "Tom Ray"),
    ("Attorney General Tom Ray left.", "attorney general", "attorney general", "Tom Ray"),
    ("Tom Ray, MP for Leeds, left.", "mp for leeds", "lawmaker", "Tom Ray"),
    ("former Acme chairman Tom Ray left", "former acme chairman", "chair", "Tom Ray"),
]
UNTITLED = [
    "The minister met Ana Bell.",
    "Ana Bell met the minister.",
    "Ana Bell, officials said, left with the president.",
    "The minister left, Ana Bell said.",
    "Ana Bell, the minister said, had left.",
    "A major Quito hotel closed.",
    "Ana Bell and ministers from Peru left.",
    "The president’s office called Ana Bell.",
    "Ana Bell, whose father was a minister, left.",
    "Nobody said that the head of the bank knew Ana Bell.",
    "The ferry left at 5 p.m. Bell was late.",
    "The port's Chief Medical Officer left.",
    "Ana Bell, Omar Sheikh and Ruth King left.",
    "General agreement was reached in Quito.",
    "Ana Bell left. The director stayed.",
]


@pytest.mark.parametrize(("text", "title", "head", "person"), TITLES)
def test_a_title_is_bound_to_its_person(text: str, title: str, head: str, person: str) -> None:
    [found] = read_titles(text)
    assert (found.title, found.head, found.person.text) == (title, head, person)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("text", UNTITLED)
def test_no_title_is_bound_where_none_is_given(text: str) -> None:
    assert read_titles(text) == ()


def test_a_title_keeps_its_modifiers_fields_and_country() -> None:
    [title] = read_titles("Danish deputy foreign minister Ana Bell left.")
    assert (title.modifiers, title.fields, title.country) == (("deputy",), ("foreign",), "denmark")
    [title] = read_titles("Ana Bell, director of the Ministry of Defence of Peru, left.")
    assert (title.fields, title.country) == (("defence",), "peru")


def _title(phrase: str) -> Title:
    [title] = read_titles(f"Ana Bell, the {phrase}, left.")
    return title


CONFLICTS = [
    ("foreign minister", "director-general of the Foreign Ministry"),
    ("foreign minister", "ambassador to Quito"),
    ("foreign minister", "health minister"),
    ("spokesman for the ministry", "minister"),
    ("president of France", "president of Peru"),
    ("president", "prime minister"),
    ("colonel", "captain"),
    ("mayor", "governor"),
    ("director of the Basin Authority", "water minister"),
    ("chief executive", "spokeswoman"),
    ("director general of the Foreign Ministry", "director general of the Health Ministry"),
]
AGREE = [
    ("foreign minister", "minister"),
    ("Danish foreign minister", "foreign minister"),
    ("director general", "director-general of the Foreign Ministry"),
    ("spokesman", "spokesperson for the city"),
    ("president", "commander of the army"),
    ("professor", "director of the institute"),
    ("MP", "minister"),
    ("leader of the party", "prime minister"),
    ("official", "minister"),
    ("diplomat", "ambassador"),
    ("former minister", "ambassador"),
    ("chairman", "chief executive"),
    ("CEO", "chief executive officer"),
    ("PM", "prime minister"),
    ("acting mayor", "mayor"),
    ("defence minister", "defense minister"),
    ("foreign secretary", "foreign minister"),
    ("lieutenant colonel", "colonel"),
]


@pytest.mark.parametrize(("one", "other"), CONFLICTS)
def test_offices_that_exclude_each_other_conflict(one: str, other: str) -> None:
    assert titles_conflict(_title(one), _title(other))
    assert titles_conflict(_title(other), _title(one))


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_shortened_or_compatible_titles_do_not_conflict(one: str, other: str) -> None:
    assert not titles_conflict(_title(one), _title(other))
    assert not titles_conflict(_title(other), _title(one))


WORDS = st.sampled_from(
    "Ana Bell the minister of foreign Foreign Minister , . ’s 's U.S. al-Amin — “ ” ( ) \n and CEO to in Quito May 3 "
    "Director-General IS ß İ 東京 said É".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@given(TEXTS)
def test_names_slice_the_text_in_order_and_never_overlap(text: str) -> None:
    at = 0
    for name in read_names(text):
        assert at <= name.start < name.end
        assert text[name.start : name.end] == name.text
        at = name.end


@given(TEXTS)
def test_titles_slice_the_text_and_agree_with_themselves(text: str) -> None:
    for title in read_titles(text):
        assert text[title.start : title.end] == title.text
        assert text[title.person.start : title.person.end] == title.person.text
        assert not titles_conflict(title, title)


@given(TEXTS, TEXTS)
def test_sameness_is_symmetric_and_never_raises(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
