"""Numbers read as values: how much, in which unit, of what, under which verb."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values import (
    Bound,
    Quantity,
    QuantityKind,
    canonical,
    read_quantities,
    same_amount,
    scale_slip,
    supports,
)

COUNT, MONEY, PERCENT = QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.PERCENT
MEASURE, DURATION, AGE = QuantityKind.MEASURE, QuantityKind.DURATION, QuantityKind.AGE
ORDINAL, DATE, CLOCK = QuantityKind.ORDINAL, QuantityKind.DATE, QuantityKind.CLOCK
SCORE, IDENTIFIER = QuantityKind.SCORE, QuantityKind.IDENTIFIER
NEVER_COMPARED = {ORDINAL, DATE, CLOCK, SCORE, IDENTIFIER}


def the(text: str) -> Quantity:
    (quantity,) = read_quantities(text)
    return quantity


# How numbers are written
# -----------------------

FORMS = [
    ("3,000 rafts sank", "3,000", COUNT, "3000", ""),
    ("3000 rafts sank", "3000", COUNT, "3000", ""),
    ("1 234 567 rafts", "1 234 567", COUNT, "1234567", ""),
    ("1\u202f234\u00a0567 rafts", "1\u202f234\u00a0567", COUNT, "1234567", ""),
    ("1.234.567,5 rafts", "1.234.567,5", COUNT, "1234567.5", ""),
    ("1,234,567.5 rafts", "1,234,567.5", COUNT, "1234567.5", ""),
    ("1'000 rafts", "1'000", COUNT, "1000", ""),
    ("1’000’000 rafts", "1’000’000", COUNT, "1000000", ""),
    ("1,00,000 rafts", "1,00,000", COUNT, "100000", ""),
    ("16.181 litres", "16.181 litres", MEASURE, "16.181", "litre"),
    ("16,181 litres", "16,181 litres", MEASURE, "16181", "litre"),
    ("1,57 % of the vote", "1,57 %", PERCENT, "1.57", "%"),
    ("57% of the vote", "57%", PERCENT, "57", "%"),
    ("26 percent", "26 percent", PERCENT, "26", "%"),
    ("26 per cent", "26 per cent", PERCENT, "26", "%"),
    ("four percent", "four percent", PERCENT, "4", "%"),
    ("3 percentage points", "3 percentage points", PERCENT, "3", "percentage point"),
    ("25 basis points", "25 basis points", PERCENT, "25", "basis point"),
    ("ten thousand rafts", "ten thousand", COUNT, "10000", ""),
    ("2 thousand 700 rafts", "2 thousand 700", COUNT, "2700", ""),
    ("two thousand 700 rafts", "two thousand 700", COUNT, "2700", ""),
    ("1 million 200 thousand rafts", "1 million 200 thousand", COUNT, "1200000", ""),
    ("two dozen rafts", "two dozen", COUNT, "24", ""),
    ("a dozen rafts", "a dozen", COUNT, "12", ""),
    ("a hundred rafts", "a hundred", COUNT, "100", ""),
    ("twenty-one rafts", "twenty-one", COUNT, "21", ""),
    ("three hundred and five rafts", "three hundred and five", COUNT, "305", ""),
    ("two hundred and five thousand rafts", "two hundred and five thousand", COUNT, "205000", ""),
    ("nineteen hundred rafts", "nineteen hundred", COUNT, "1900", ""),
    ("a million rafts", "a million", COUNT, "1000000", ""),
    ("half a million rafts", "half a million", COUNT, "500000", ""),
    ("two and a half million rafts", "two and a half million", COUNT, "2500000", ""),
    ("a third of the rafts", "a third", PERCENT, "33.3", "%"),
    ("two-thirds of the rafts", "two-thirds", PERCENT, "66.7", "%"),
    ("half of the rafts", "half", PERCENT, "50", "%"),
    ("1/3 of the rafts", "1/3", PERCENT, "33.3", "%"),
    ("one in five rafts", "one in five", PERCENT, "20", "%"),
    ("3 out of 10 rafts", "3 out of 10", PERCENT, "30", "%"),
    ("2½ hours", "2½ hours", DURATION, "2.5", "hour"),
    ("2 1/2 hours", "2 1/2 hours", DURATION, "2.5", "hour"),
    ("$22.5 million", "$22.5 million", MONEY, "22500000", "USD"),
    ("€1.5m", "€1.5m", MONEY, "1500000", "EUR"),
    ("£3bn", "£3bn", MONEY, "3000000000", "GBP"),
    ("15k rafts", "15k", COUNT, "15000", ""),
    ("1.2bn rafts", "1.2bn", COUNT, "1200000000", ""),
    ("2.5m people", "2.5m", COUNT, "2500000", ""),
    ("US$200 million", "US$200 million", MONEY, "200000000", "USD"),
    ("USD 15", "USD 15", MONEY, "15", "USD"),
    ("100 million dollars", "100 million dollars", MONEY, "100000000", "USD"),
    ("20 000 €", "20 000 €", MONEY, "20000", "EUR"),
    ("40 euros", "40 euros", MONEY, "40", "EUR"),
    ("₹2 lakh", "₹2 lakh", MONEY, "200000", "INR"),
    ("Rs 500", "Rs 500", MONEY, "500", "rupee"),
    ("5 km", "5 km", MEASURE, "5", "km"),
    ("5-mile", "5-mile", MEASURE, "5", "mile"),
    ("200 kilometres per hour", "200 kilometres per hour", MEASURE, "200", "km/h"),
    ("40 square metres", "40 square metres", MEASURE, "40", "m²"),
    ("-5°C", "-5°C", MEASURE, "-5", "degree Celsius"),
    ("a magnitude 6.1 quake", "6.1", MEASURE, "6.1", "magnitude"),
    ("a 7.5-magnitude quake", "7.5-magnitude", MEASURE, "7.5", "magnitude"),
    ("three weeks", "three weeks", DURATION, "3", "week"),
    ("90-day", "90-day", DURATION, "90", "day"),
    ("several hundred rafts", "several hundred", COUNT, "200", ""),
    ("dozens of rafts", "dozens", COUNT, "24", ""),
    ("tens of thousands of rafts", "tens of thousands", COUNT, "20000", ""),
    ("٣٠٠ rafts", "٣٠٠", COUNT, "300", ""),
]


@pytest.mark.parametrize(("text", "written", "kind", "value", "unit"), FORMS, ids=[form[0] for form in FORMS])
def test_a_number_is_read_however_it_is_written(
    text: str, written: str, kind: QuantityKind, value: str, unit: str
) -> None:
    quantity = the(text)
    assert (quantity.text, quantity.kind, quantity.unit) == (written, kind, unit)
    assert quantity.low == quantity.high == Decimal(value)


RANGES = [
    ("3-6 months", "3", "6", "month"),
    ("3–6 months", "3", "6", "month"),
    ("between 3,000 and 3,500 rafts", "3000", "3500", ""),
    ("10 to 12 rafts", "10", "12", ""),
    ("50 or 60 rafts", "50", "60", ""),
    ("3 to 6 million euros", "3000000", "6000000", "EUR"),
    ("$20-30 million", "20000000", "30000000", "USD"),
    ("$3.70 to $3.74", "3.70", "3.74", "USD"),
    ("It may range from $3 million to $4 million", "3000000", "4000000", "USD"),
    ("ranging from about 10 to 12 rafts", "10", "12", ""),
    ("anywhere from 10 to 12 rafts", "10", "12", ""),
    ("between one hundred and two hundred rafts", "100", "200", ""),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES, ids=[r[0] for r in RANGES])
def test_a_range_is_one_interval(text: str, low: str, high: str, unit: str) -> None:
    quantity = the(text)
    assert (quantity.low, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize("text", ["2 thousand, 700 of them rafts", "2 million 700 rafts", "2 thousand 1,700 rafts"])
def test_a_number_with_another_beside_it_is_no_number_in_two_scales(text: str) -> None:
    assert len(read_quantities(text)) == 2


def test_a_hash_apart_from_a_number_of_several_digits_is_a_pound_sign_gone_wrong() -> None:
    [paid, rank] = read_quantities("She paid # 2,100 for the # 1 raft.")
    assert (paid.unit, rank.unit) == ("pound", "")
    assert (paid.text, rank.text) == ("# 2,100", "1")


def test_a_change_is_two_numbers_and_no_range() -> None:
    assert [q.low for q in read_quantities("Fares rose from 10 to 12 crowns.")] == [10, 12]


BOUNDS = [
    ("about 300 rafts", Bound.ABOUT),
    ("around 300 rafts", Bound.ABOUT),
    ("some 300 rafts", Bound.ABOUT),
    ("nearly 300 rafts", Bound.ABOUT),
    ("roughly 300 rafts", Bound.ABOUT),
    ("an estimated 300 rafts", Bound.ABOUT),
    ("~300 rafts", Bound.ABOUT),
    ("300 or so rafts", Bound.ABOUT),
    ("more than 300 rafts", Bound.AT_LEAST),
    ("over 300 rafts", Bound.AT_LEAST),
    ("at least 300 rafts", Bound.AT_LEAST),
    ("300+ rafts", Bound.AT_LEAST),
    ("It is to surpass 300 rafts", Bound.AT_LEAST),
    ("300 or more rafts", Bound.AT_LEAST),
    ("no fewer than 300 rafts", Bound.AT_LEAST),
    ("up to 300 rafts", Bound.AT_MOST),
    ("under 300 rafts", Bound.AT_MOST),
    ("as many as 300 rafts", Bound.AT_MOST),
    ("no more than 300 rafts", Bound.AT_MOST),
    ("fewer than 300 rafts", Bound.AT_MOST),
    ("exactly 300 rafts", Bound.EXACT),
    ("the 300 rafts", Bound.EXACT),
    ("They talked about 300 rafts", Bound.EXACT),
]


@pytest.mark.parametrize(("text", "bound"), BOUNDS, ids=[b[0] for b in BOUNDS])
def test_the_words_before_a_number_set_its_bound(text: str, bound: Bound) -> None:
    quantity = the(text)
    assert quantity.bound is bound
    assert quantity.text == "300"


def test_over_a_span_of_time_is_no_bound() -> None:
    assert the("They rowed over three days.").bound is Bound.EXACT


# What is no amount
# -----------------

NOT_AMOUNTS = [
    ("A Corvair 737 landed", IDENTIFIER),
    ("Channel 9 showed it", IDENTIFIER),
    ("He watched Lumen 24 at home", IDENTIFIER),
    ("COVID-19 spread", IDENTIFIER),
    ("The G7 met", IDENTIFIER),
    ("under Article 5 of it", IDENTIFIER),
    ("Flight 370 vanished", IDENTIFIER),
    ("see S2.14 for it", IDENTIFIER),
    ("call 555-0142 now", IDENTIFIER),
    ("call +44 20 7946 0958 now", IDENTIFIER),
    ("from 10.0.0.12 on", IDENTIFIER),
    ("a 300x250 banner", IDENTIFIER),
    ("[5]", IDENTIFIER),
    ("open 24/7", IDENTIFIER),
    ("https://example.org/2/item", IDENTIFIER),
    ("room 12", IDENTIFIER),
    ("She told 10 News reporter Ann Lee so", IDENTIFIER),
    ("as 7 Action News reported", IDENTIFIER),
    ("They won 2-1 at home", SCORE),
    ("a 5-4 decision", SCORE),
    ("In 2014 it rained", DATE),
    ("the 1990s", DATE),
    ("on 16 February 2022", DATE),
    ("at 23:31", CLOCK),
    ("at 9 p.m. local time", CLOCK),
    ("the 21st raft", ORDINAL),
]


@pytest.mark.parametrize(("text", "kind"), NOT_AMOUNTS, ids=[n[0] for n in NOT_AMOUNTS])
def test_years_scores_and_names_of_things_are_never_compared(text: str, kind: QuantityKind) -> None:
    quantity = the(text)
    assert quantity.kind is kind
    assert not quantity.comparable


@pytest.mark.parametrize(
    "text", ["12 news sites took it up", "300 News Corp jobs will go", "It cut 40 News International posts"]
)
def test_what_is_counted_may_have_to_do_with_news(text: str) -> None:
    assert the(text).comparable


AGES = [
    ("aged 34", "34"),
    ("Ines Farrow, 34, said so", "34"),
    ("a 34-year-old man", "34"),
    ("She is 34 years old", "34"),
    ("died at the age of 81", "81"),
    ("a nine-year-old boy", "9"),
]


@pytest.mark.parametrize(("text", "value"), AGES, ids=[a[0] for a in AGES])
def test_an_age_is_no_count(text: str, value: str) -> None:
    quantity = the(text)
    assert (quantity.kind, quantity.low) == (AGE, Decimal(value))


def test_an_age_belongs_to_whoever_is_named_beside_it() -> None:
    text = "Ines Farrow, 34, met the 40-year-old fisherman Tom Ashby. Dale was 52 years old."
    assert [q.counted for q in read_quantities(text)] == ["farrow", "ashby", "dale"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Ines Farrow, a 34-year-old nurse, spoke.", "farrow"),
        ("They spoke of Ines Farrow, the 34-year-old nurse.", "farrow"),
        ("The diver Tom Ashby, 34-year-old Ines Farrow and a boy", "farrow"),
        ("In Osk, a 34-year-old nurse spoke.", ""),
        ("On Monday, a 34-year-old nurse spoke.", ""),
        ("However, a 34-year-old nurse spoke.", ""),
        ("The 34-year-old Danish nurse spoke.", ""),
    ],
)
def test_an_age_beside_a_name_is_of_that_person_only_where_it_is_one(text: str, counted: str) -> None:
    assert the(text).counted == counted


@pytest.mark.parametrize(
    "text", ["No one came.", "one of the rafts", "One day it sank.", "the one that sank", "a third raft"]
)
def test_a_pronoun_is_no_number(text: str) -> None:
    assert not [q for q in read_quantities(text) if q.comparable]


@pytest.mark.parametrize("text", ["One guard fell.", "at least one guard fell", "It killed one guard."])
def test_one_counts_before_a_noun(text: str) -> None:
    assert the(text).counted == "guard"


# What is counted, and under which verb
# -------------------------------------

BINDINGS = [
    ("The mill helped in the flood and now has more than 300 workers at home.", "worker", "have"),
    ("3,000 Danish sailors have left the port.", "danish sailor", "leave"),
    ("About 10,000 other Danes remain in the port.", "dane", "remain"),
    ("Officials believe around 10,000 remain in the port.", "", "remain"),
    ("Since Sunday 300 sailors have been evacuated.", "sailor", "evacuate"),
    ("Six fishermen were killed in the harbour.", "fisherman", "kill"),
    ("The storm killed 24 people and injured 60.", "people", "kill"),
    ("The death toll rose to 24.", "death toll", "rise"),
    ("A toll of 24 was given.", "toll", ""),
    ("3 of the 12 miners died.", "miner", "die"),
    ("An estimated 15,000 Danes fled.", "dane", "flee"),
    ("Police arrested 12 wounded soldiers.", "wounded soldier", "arrest"),
    ("Dozens of protesters gathered.", "protester", "gather"),
    ("The surgery cost $20,000.", "surgery", "cost"),
    ("It gave $22.5 million in humanitarian aid.", "humanitarian aid", "give"),
    ("They offered $15 a share.", "share", "offer"),
    ("Its stock had risen nearly 26 percent.", "stock", "rise"),
    ("40 percent of voters stayed at home.", "voter", "stay"),
    ("She had to contact over 50 doctors before she found one.", "doctor", "contact"),
    ("The firm has more than 300,000 employees.", "employee", "have"),
    ("a 12-member panel met", "member", ""),
]


@pytest.mark.parametrize(("text", "counted", "predicate"), BINDINGS, ids=[b[0] for b in BINDINGS])
def test_a_number_is_bound_to_its_noun_and_verb(text: str, counted: str, predicate: str) -> None:
    first = read_quantities(text)[0]
    assert first.counted == counted
    assert not predicate or first.predicate == predicate


def test_two_numbers_of_one_sentence_keep_their_own_verbs() -> None:
    left, stayed = read_quantities("10,000 evacuated, 3,000 remain.")
    assert (left.predicate, stayed.predicate) == ("evacuate", "remain")
    stayed, left = read_quantities("3,000 evacuated, 10,000 remain.")
    assert (int(left.low), left.predicate) == (10_000, "remain")


@pytest.mark.parametrize("text", [b[0] for b in BINDINGS])
def test_the_counted_span_points_at_the_counted_words(text: str) -> None:
    for q in read_quantities(text):
        if q.counted_start is not None:
            assert text[q.counted_start : q.counted_end].casefold()[:3] == q.counted[:3]


# Comparing
# ---------


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("3,000 rafts", "3000 rafts", True),
        ("3,000 rafts", "three thousand rafts", True),
        ("around 3,000 rafts", "3,012 rafts", True),
        ("3,000 rafts", "3,012 rafts", False),
        ("around 3,100 rafts", "3,000 rafts", False),
        ("3 rafts", "3,000 rafts", False),
        ("$3 million", "€3 million", False),
        ("1,57 %", "57 %", False),
        ("16.181 litres", "16,181 litres", False),
        ("3-6 months", "3 to 6 months", True),
        ("3-6 months", "3-5 months", False),
        ("a third of the rafts", "33 percent of the rafts", True),
    ],
)
def test_amounts_are_the_same_as_far_as_they_are_precise(a: str, b: str, same: bool) -> None:
    assert same_amount(the(a), the(b)) is same
    assert same_amount(the(b), the(a)) is same


@pytest.mark.parametrize(
    ("a", "b", "times"),
    [
        ("3 rafts", "3,000 rafts", 1000),
        ("10 rafts", "ten thousand rafts", 1000),
        ("$22.5", "$22.5 million", 10**6),
        ("3 rafts", "3,100 rafts", None),
        ("3 rafts", "30 rafts", None),
        ("3 rafts", "3 rafts", None),
        ("3 km", "3,000 rafts", None),
        ("3-6 months", "3,000 to 6,000 months", 1000),
    ],
)
def test_a_dropped_scale_is_recognised(a: str, b: str, times: int | None) -> None:
    assert scale_slip(the(a), the(b)) == times
    assert scale_slip(the(b), the(a)) == times


@pytest.mark.parametrize(
    ("claim", "evidence", "holds"),
    [
        ("3,000 rafts", "3,000 rafts", True),
        ("3,000 rafts", "around 3,000 rafts", False),
        ("3,000 rafts", "around 3,100 rafts", False),
        ("about 3,000 rafts", "3,012 rafts", True),
        ("about 3,000 rafts", "3,400 rafts", False),
        ("more than 3,000 rafts", "3,100 rafts", True),
        ("more than 3,000 rafts", "around 3,100 rafts", True),
        ("more than 3,000 rafts", "2,900 rafts", False),
        ("more than 3,000 rafts", "up to 4,000 rafts", False),
        ("up to 4,000 rafts", "3,100 rafts", True),
        ("up to 4,000 rafts", "more than 3,000 rafts", False),
        ("between 3,000 and 3,500 rafts", "3,100 rafts", True),
        ("3 rafts", "3,000 rafts", False),
        ("$3", "€3", False),
        ("dozens of rafts", "48 rafts", True),
        ("dozens of rafts", "8 rafts", False),
    ],
)
def test_a_claim_may_be_vaguer_than_its_evidence_but_never_sharper(claim: str, evidence: str, holds: bool) -> None:
    assert supports(the(claim), the(evidence)) is holds


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("3,000 rafts", "3000"),
        ("about ten thousand rafts", "about 10000"),
        ("at least 50 rafts", "at least 50"),
        ("up to 50 rafts", "at most 50"),
        ("3-6 months", "3–6 month"),
        ("$22.5 million", "22.5 million USD"),
        ("$20,000", "20000 USD"),
        ("1,57 %", "1.57%"),
    ],
)
def test_the_short_print_has_no_digits_but_those_of_the_amount(text: str, printed: str) -> None:
    assert canonical(the(text)) == printed


# Properties
# ----------

PIECES = st.sampled_from(
    "3,000 1.234,5 half a third million bn k % $ € km - – to or and between 2022 at 9 p.m. one two dozen ½ 1/3 people "
    "rafts of the per cent , . ( ) [ 5 ] S2.14 G7 -5 °C 34-year-old aged May 16 hundred thousands \n were killed".split(
        " "
    )
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=12).map("".join)
    )
)
def test_every_span_slices_to_its_text_and_none_overlap(text: str) -> None:
    end = 0
    for q in read_quantities(text):
        assert text[q.start : q.end] == q.text
        assert end <= q.start < q.end
        assert q.low <= q.high
        assert canonical(q)
        end = q.end


STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", " "),
    "thin spaces": lambda n: f"{n:,}".replace(",", "\u202f"),
    "apostrophes": lambda n: f"{n:,}".replace(",", "'"),
    "points and decimals": lambda n: f"{n:,}".replace(",", ".") + ",0",
}


@given(st.integers(0, 10**12), st.sampled_from(sorted(STYLES)))
def test_an_integer_reads_back_from_every_style(number: int, style: str) -> None:
    written = STYLES[style](number)
    quantity = the(f"They saw {written} rafts.")
    assert (quantity.text, int(quantity.low)) == (written, number)


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(n: int) -> str:
    if n < 20:
        return _SMALL[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f"-{_SMALL[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_SMALL[n // 100]} hundred" + (f" and {in_words(n % 100)}" if n % 100 else "")
    for name, size in (("billion", 10**9), ("million", 10**6), ("thousand", 1000)):
        if n >= size:
            rest = n % size
            return f"{in_words(n // size)} {name}" + (
                f" {'and ' if rest < 100 else ''}{in_words(rest)}" if rest else ""
            )
    raise AssertionError(n)


@given(st.integers(2, 10**11))
def test_an_integer_reads_back_from_words(number: int) -> None:
    assert the(f"They saw {in_words(number)} rafts.").low == number


@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_support_by_exact_numbers_is_equality(a: int, b: int) -> None:
    assert supports(the(f"They saw {a:,} rafts"), the(f"They saw {b:,} rafts")) is (a == b)
