from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.figures import Figure, counts, money, percent

#: Pieces of which reports are made; joined at random they bring figures next to each other in every way.
PIECES = (
    "USD", "US$", "$", "€", "EUR", "Rs", "₹", "SEK", "MSEK", "¥", "kr", "1", "25.20", "1,235.5", "1.635", "3,5",
    "12 500", "2025", "2024-2030", "24", "007", "1,00,000", "million", "Billion", "bn", "m", "k", "crore",
    "lakh crore", "dollars", "won", "%", "per cent", "percentage points", "to", "and", "between", "from", "-", "–",
    "over", "up to", "at least", "radiologists", "MW", "minutes", "of", "(", ")", ",", ".", "\n", "\u00a0", "half a",
    "two", "a", "CAGR", "x", "+",
)  # fmt: skip
pieces = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", "\n", "-"])), max_size=25).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
texts = st.one_of(pieces, st.text(max_size=60))


def written(figures: list[Figure]) -> list[tuple[str, str, str]]:
    return [(f"{f.quantity.value.normalize():f}", f.quantity.unit, f.quantity.text) for f in figures]


MONEY = [
    ("valued at USD 25.20 Billion in 2024", "25200000000", "USD", "USD 25.20 Billion"),
    ("USD 1,235.5 million", "1235500000", "USD", "USD 1,235.5 million"),
    ("US$ 12.6 Bn", "12600000000", "USD", "US$ 12.6 Bn"),
    ("U.S.$ 3 million", "3000000", "USD", "U.S.$ 3 million"),
    ("USD 1,235.5 Mn by 2031", "1235500000", "USD", "USD 1,235.5 Mn"),
    ("$1.2T", "1200000000000", "USD", "$1.2T"),
    ("a $15-million order", "15000000", "USD", "$15-million"),
    ("$500,000", "500000", "USD", "$500,000"),
    ("$5,000.50", "5000.5", "USD", "$5,000.50"),
    ("cost $2000 each", "2000", "USD", "$2000"),
    ("1.2 billion dollars", "1200000000", "USD", "1.2 billion dollars"),
    ("two million US dollars", "2000000", "USD", "two million US dollars"),
    ("25.2 billion USD", "25200000000", "USD", "25.2 billion USD"),
    ("$5 million CAD", "5000000", "CAD", "$5 million CAD"),
    ("C$5m", "5000000", "CAD", "C$5m"),
    ("A$12-million", "12000000", "AUD", "A$12-million"),
    ("HK$300 million", "300000000", "HKD", "HK$300 million"),
    ("S$40 million", "40000000", "SGD", "S$40 million"),
    ("30 million Singapore dollars", "30000000", "SGD", "30 million Singapore dollars"),
    ("EUR 1.635bn", "1635000000", "EUR", "EUR 1.635bn"),
    ("€1,5 billion", "1500000000", "EUR", "€1,5 billion"),
    ("€ 1.234,5 million", "1234500000", "EUR", "€ 1.234,5 million"),
    ("EUR 12 500 000", "12500000", "EUR", "EUR 12 500 000"),
    ("EUR 1\u00a0635 million", "1635000000", "EUR", "EUR 1\u00a0635 million"),
    ("half a billion euros", "500000000", "EUR", "half a billion euros"),
    ("MEUR 12.5", "12500000", "EUR", "MEUR 12.5"),
    ("£95 million", "95000000", "GBP", "£95 million"),
    ("20 million pounds in cash", "20000000", "GBP", "20 million pounds"),
    ("Rs 250 crore", "2500000000", "INR", "Rs 250 crore"),
    ("Rs. 4,500 crore", "45000000000", "INR", "Rs. 4,500 crore"),
    ("₹1.5 lakh crore", "1500000000000", "INR", "₹1.5 lakh crore"),
    ("INR 1,00,000 crore", "1000000000000", "INR", "INR 1,00,000 crore"),
    ("50 lakh rupees", "5000000", "INR", "50 lakh rupees"),
    ("¥50 billion", "50000000000", "JPY", "¥50 billion"),
    ("50 billion yen", "50000000000", "JPY", "50 billion yen"),
    ("RMB 3.5 billion", "3500000000", "CNY", "RMB 3.5 billion"),
    ("3.5 billion yuan", "3500000000", "CNY", "3.5 billion yuan"),
    ("₩1.2 trillion", "1200000000000", "KRW", "₩1.2 trillion"),
    ("12 trillion won", "12000000000000", "KRW", "12 trillion won"),
    ("CHF 1'250'000", "1250000", "CHF", "CHF 1'250'000"),
    ("MSEK 410", "410000000", "SEK", "MSEK 410"),
    ("SEK 410m", "410000000", "SEK", "SEK 410m"),
    ("NOK 3 billion", "3000000000", "NOK", "NOK 3 billion"),
    ("DKK 410 million", "410000000", "DKK", "DKK 410 million"),
    ("R$3.5 million", "3500000", "BRL", "R$3.5 million"),
    ("AED100m", "100000000", "AED", "AED100m"),
    ("SAR 1.2bn", "1200000000", "SAR", "SAR 1.2bn"),
    ("Market Size (2024)USD 25.20 BillionCAGR (2025-2030)2.90%", "25200000000", "USD", "USD 25.20 Billion"),
    ("estimated at 1,842.5 EUR Million in 2024", "1842500000", "EUR", "1,842.5 EUR Million"),
    ("2024 Market Size\n1.96 (EUR Billion)", "1960000000", "EUR", "1.96 (EUR Billion)"),
    ("revenue in USD million 25.2", "25200000", "USD", "USD million 25.2"),
    ("worth USD\n25.20 billion", "25200000000", "USD", "USD\n25.20 billion"),
]


@pytest.mark.parametrize(("text", "value", "unit", "quote"), MONEY)
def test_an_amount_is_read_in_plain_units_of_its_currency(text: str, value: str, unit: str, quote: str) -> None:
    """Each way in which reports write one amount gives its value, its ISO 4217 code and the words that say so."""
    assert written(money(text)) == [(value, unit, quote)]


UNCERTAIN_MONEY = [
    ("€1.635", "one euro and a bit, or more than a thousand"),
    ("sales of €1,635 billion after €1,5 billion", "a text with decimal commas makes the first one uncertain"),
    ("kr 50 million", "kronor or kroner"),
    ("R$ 3,5 bilhões", "a scale word of another language"),
    ("Rs 1,50 crore", "a comma that is neither group nor decimal point in India"),
    ("USD 2025", "the heading of a column"),
    ("2025 (USD Million)", "the heading of a column"),
    ("2025 EUR Million", "the heading of a column"),
    ("$1,23,45 million", "no known grouping"),
    ("$1.2.3", "a version or section"),
    ("5 won awards", "a verb"),
    ("12 pounds of flour", "a weight"),
    ("a third of a million dollars", "a fraction"),
    ("25.20 Billion", "no currency"),
    ("¥50 billion and 3 billion yuan in all", "yen or yuan"),
]


@pytest.mark.parametrize(("text", "why"), UNCERTAIN_MONEY)
def test_an_amount_that_may_be_read_in_two_ways_is_not_read(text: str, why: str) -> None:
    """Where the text leaves a doubt about value or currency no figure is returned, never a guess."""
    found = {(f.quantity.value, f.quantity.text) for f in money(text)}
    assert found <= {(Decimal("1500000000"), "€1,5 billion"), (Decimal(3000000000), "3 billion yuan")}, why


RANGES = [
    ("$4.1-4.5 billion", ["4100000000", "4500000000"], True),
    ("$4.1 – $4.5 billion", ["4100000000", "4500000000"], True),
    ("between $4 and $5 billion", ["4000000000", "5000000000"], True),
    ("USD 4.1 to 4.5 billion", ["4100000000", "4500000000"], True),
    ("4 to 5 million euros", ["4000000", "5000000"], True),
    ("$500 to $1 million", ["500", "1000000"], True),
    ("€900m-€1.2bn", ["900000000", "1200000000"], True),
    ("grew from $4 to $5 billion", ["4000000000", "5000000000"], False),
    ("from $5 billion in 2030 to USD 7 billion", ["5000000000", "7000000000"], False),
    ("from 5.2 EUR Million in 2025 to 7 EUR Million", ["5200000", "7000000"], False),
    ("in 2030 to 7 million euros", ["7000000"], False),
    ("€3m (SEK 30m)", ["3000000", "30000000"], False),
    ("$4 million and $5 million", ["4000000", "5000000"], False),
]


@pytest.mark.parametrize(("text", "values", "ranged"), RANGES)
def test_two_amounts_are_told_from_a_range(text: str, values: list[str], ranged: bool) -> None:
    """Both ends of a range are figures with the currency and scale that is written once; other pairs are no range."""
    found = money(text)
    assert [f"{f.quantity.value.normalize():f}" for f in found] == values
    assert {f.range for f in found} == {ranged}


def test_the_currencies_of_an_amount_and_its_conversion_are_kept_apart() -> None:
    """A conversion in brackets is a second figure in its own currency."""
    assert [f.quantity.unit for f in money("€3m (SEK 30m)")] == ["EUR", "SEK"]


@pytest.mark.parametrize(
    ("text", "dollar", "unit"),
    [
        ("$5 million", None, "USD"),
        ("All amounts are in Canadian dollars unless noted. Sales were $5 million.", None, "CAD"),
        ("$5 million", "AUD", "AUD"),
        ("US$5 million", "AUD", "USD"),
    ],
)
def test_a_bare_dollar_is_what_the_text_or_the_caller_says(text: str, dollar: str | None, unit: str) -> None:
    """A bare "$" is USD unless the text declares other dollars or the caller knows better."""
    assert [f.quantity.unit for f in money(text, dollar)] == [unit]


QUALIFIERS = [
    ("approximately $5 million", "approximately", False, False),
    ("some $5 million", "approximately", False, False),
    ("~$5 million", "approximately", False, False),
    ("over $5 million", "over", False, False),
    ("more than\n$5 million", "more than", False, False),
    ("a record $5 million", "record", False, False),
    ("at least $5 million", "at least", True, False),
    ("no less than $5 million", "at least", True, False),
    ("up to $5 million", "up to", False, True),
    ("no more than $5 million", "up to", False, True),
    ("$5 million or more", None, True, False),
    ("$5 million+", None, True, False),
    ("paid $5 million", None, False, False),
    ("moreover $5 million", None, False, False),
]


@pytest.mark.parametrize(("text", "qualifier", "minimum", "maximum"), QUALIFIERS)
def test_a_qualifier_is_kept_beside_the_figure(
    text: str, qualifier: str | None, minimum: bool, maximum: bool
) -> None:
    """Words that soften or bound a figure do not change it; they are told beside it."""
    [figure] = money(text)
    assert (figure.qualifier, figure.minimum, figure.maximum) == (qualifier, minimum, maximum)
    assert figure.quantity.value == 5_000_000


PERCENT = [
    ("a CAGR of 2.90% to", ["2.9"], False),
    ("2.9 per cent", ["2.9"], False),
    ("15 % of", ["15"], False),
    ("three percent", ["3"], False),
    ("twenty-five per cent", ["25"], False),
    ("14,9%", ["14.9"], False),
    ("(-3.2%)", ["-3.2"], False),
    ("CAGR2.90%Fastest", ["2.9"], False),
    ("69% against 49%", ["69", "49"], False),
    ("5.1% to 6.2%", ["5.1", "6.2"], True),
    ("5-6%", ["5", "6"], True),
    ("between 5 and 6 percent", ["5", "6"], True),
    ("from 5.1% to 6.2%", ["5.1", "6.2"], False),
    ("in 2025-30%", ["30"], False),
    ("Phase 2 - 5%", ["5"], False),
    ("4.5 percentage points", [], False),
    ("0.5 % points", [], False),
    ("1.2.3%", [], False),
    ("20302.90%", [], False),
    ("growth –5%", [], False),
]


@pytest.mark.parametrize(("text", "values", "ranged"), PERCENT)
def test_a_percentage_is_the_number_as_written(text: str, values: list[str], ranged: bool) -> None:
    """Shares and rates are read in every spelling; percentage points and doubtful numbers are none."""
    found = percent(text)
    assert [f"{f.quantity.value.normalize():f}" for f in found] == values
    assert all(f.range == ranged and f.quantity.unit == "percent" for f in found)


COUNTS = [
    ("approximately 345,475 radiologists available", "345475", "count", "radiologists"),
    ("a record 259 million Americans.", "259000000", "count", "Americans"),
    ("made 592 regulatory filings of hacks", "592", "count", "regulatory filings"),
    ("at least 24 operational sites by", "24", "count", "operational sites"),
    ("Some 9 million oil boilers are", "9000000", "count", "oil boilers"),
    ("10bn parcels", "10000000000", "count", "parcels"),
    ("2,000+ employees", "2000", "count", "employees"),
    ("two million people", "2000000", "count", "people"),
    ("a 600-bed hospital", "600", "count", "bed"),
    ("by 13.72 minutes and", "13.72", "minutes", "minutes"),
    ("a 24-month deal", "24", "months", "month"),
    ("5 million tonnes of", "5000000", "tonnes", "tonnes"),
    ("60 kilometres", "60", "kilometres", "kilometres"),
    ("13,100 km in 2030", "13100", "kilometres", "km"),
    ("64 of those cities", "64", "count", "cities"),
    ("40,000 square feet", "40000", "square feet", "square feet"),
    ("150 kW", "150", "kW", "kW"),
    ("22kW chargers", "22", "kW", "kW"),
    ("1.9 times as much", "1.9", "times", "times"),
    ("3x faster", "3", "times", "x"),
]


@pytest.mark.parametrize(("text", "value", "unit", "noun"), COUNTS)
def test_a_count_tells_what_is_counted(text: str, value: str, unit: str, noun: str) -> None:
    """A number with a noun is a count of it, a number with a measure has that measure as its unit."""
    [figure] = counts(text)
    assert (f"{figure.quantity.value.normalize():f}", figure.quantity.unit, figure.noun) == (value, unit, noun)


@pytest.mark.parametrize(
    "text",
    [
        "in 2024 radiologists", "24/7 coverage", "Type 2 connectors", "COVID-19 cases", "14 May", "on May 14 people",
        "Windows 11 devices", "12 500 people", "1.635 employees", "the 14th day", "3D printers", "page 3 shows",
        "69% of radiologists", "at 10:30 hours", "5m cables", "one of the hospitals",
        "4.1 Introduction", "Scope\n  5 Makers and brands", "at 21 Alder Street",
    ],
)  # fmt: skip
def test_numbers_that_count_nothing_are_left_out(text: str) -> None:
    """Years, dates, names, times of day and numbers that can be read in two ways are no counts."""
    assert counts(text) == []


def test_counts_leave_out_what_is_taken() -> None:
    """Money that was read before is not counted again."""
    text = "two million dollars and 300 stores"
    assert written(counts(text, money(text))) == [("300", "count", "300")]


@given(texts)
@example("1USD$1")
def test_every_figure_quotes_its_text(text: str) -> None:
    """Whatever the text, figures stand in it in order without overlap, and their quote is what stands there."""
    for figures in (money(text), percent(text), counts(text)):
        assert all(text[f.start : f.end] == f.quantity.text and f.start < f.end for f in figures)
        assert all(one.end <= two.start for one, two in pairwise(figures))


SCALES = {
    "": 1,
    " thousand": 10**3,
    "m": 10**6,
    " million": 10**6,
    "bn": 10**9,
    " Billion": 10**9,
    " trillion": 10**12,
}


@given(
    units=st.integers(1, 999_999),
    cents=st.one_of(st.none(), st.integers(0, 99)),
    scale=st.sampled_from(sorted(SCALES)),
    currency=st.sampled_from(
        [("USD ", "USD"), ("US$", "USD"), ("€", "EUR"), ("£", "GBP"), ("CHF ", "CHF"), ("A$", "AUD")]
    ),
    around=st.sampled_from([("", ""), ("worth ", " in 2024"), ("(", ")"), ("sum: ", ".")]),
)
def test_a_written_amount_is_read_back(
    units: int, cents: int | None, scale: str, currency: tuple[str, str], around: tuple[str, str]
) -> None:
    """An amount that is written with groups of thousands, decimals and a scale is read as what was written."""
    number = f"{units:,}" if cents is None else f"{units:,}.{cents:02}"
    [figure] = money(f"{around[0]}{currency[0]}{number}{scale}{around[1]}")
    assert figure.quantity.value == Decimal(number.replace(",", "")) * SCALES[scale]
    assert (figure.quantity.unit, figure.quantity.text) == (currency[1], f"{currency[0]}{number}{scale}")
