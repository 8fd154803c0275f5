"""Sourced figures: who states them, when, about which year, and what is none of them."""

from __future__ import annotations

import pytest

from extract import sentences, sources, statistics
from extract.attribution import Reader
from extract.claim import Claim
from extract.passage import Passage
from extract.pipeline import language
from extract.sections import Section
from extract.vocabulary import Vocabulary

MARKET = "Garden Robot Market"
PUBLISHED = "2031-06-10"


def claims(text: str, section: str = "drivers", **frame: object) -> list[Claim]:
    """The statistics of a paragraph of a report on the market of garden robots."""
    unit = (Passage(0, language()(text)), Section(section, None, False, ()), None)
    pattern = sentences.market_pattern(MARKET)
    read = list(sentences.sentences([unit], Vocabulary(()), pattern))
    return list(statistics.find(read, statistics.Frame(PUBLISHED, frozenset(("brindle robotics",)), **frame)))  # type: ignore[arg-type]


def told(text: str, section: str = "drivers") -> list[tuple[float, str, str | None, str | None]]:
    """Value, unit, reference year and date of publication of each statistic."""
    return [
        (float(c.quantity.value), c.quantity.unit, c.attributes.get("reference_year"), c.date)  # type: ignore[misc]
        for c in claims(text, section)
        if c.quantity
    ]


@pytest.mark.parametrize(
    ("text", "names", "date", "report"),
    [
        ("the Hedge & Lawn Council, mowing", ["Hedge & Lawn Council"], None, None),
        ("a 2030 Hedge Council poll, half", ["Hedge Council"], "2030", "Hedge Council poll"),
        (
            "a May 2030 survey by the Lawn Guild and Turf College, 40%",
            ["Lawn Guild", "Turf College"],
            "2030-05",
            "survey",
        ),
        ("the Lawn Forum’s Garden Report 2031, 40%", ["Lawn Forum"], "2031", "Garden Report 2031"),
        (
            "the Garden Barometer 2030 published by Institut Aster, 40%",
            ["Institut Aster"],
            "2030",
            "Garden Barometer 2030",
        ),
        (
            "the Soil Monitor that the Loam Institute published in April.",
            ["Loam Institute"],
            "2031-04",
            "Soil Monitor",
        ),
        ("the Bee Atlas 2030 of the foundation Apis Terra, which", ["Apis Terra"], "2030", "Bee Atlas 2030"),
        ("a paper of the Peat Institute of March 2030, 40%", ["Peat Institute"], "2030-03", "paper"),
        ("the panel firm Vitrine Audit.", ["Vitrine Audit"], None, None),
        ("the Ghent think-tank GreenWatch Nord said", ["GreenWatch Nord"], None, None),
        ("a bulletin of the Growers' League, 40%", ["Growers' League"], None, "bulletin"),
        ("the Oslo-based Lawn Institute, 40%", ["Lawn Institute"], None, None),
        ("the Food and Drug Administration, 40%", ["Food and Drug Administration"], None, None),
        ("the World Lawn Organization and UNEP, 40%", ["World Lawn Organization", "UNEP"], None, None),
    ],
)
def test_source_is_read_with_title_and_date(
    text: str, names: list[str], date: str | None, report: str | None
) -> None:
    """A source's noun phrase gives its organisations, the title of the study and when it came out."""
    phrase = sources.read(text, 0, PUBLISHED)
    assert phrase is not None
    assert [each.name for each in phrase.source.reporters] == names
    assert (phrase.source.date, phrase.source.report) == (date, report)


def test_study_without_author_is_the_reporter_and_its_host_the_platform() -> None:
    """The title of a study stands for its author; a platform states nothing."""
    text = 'a study published on PaperHub in May 2030, titled "Mowing by Night in Small Towns," mowing'
    phrase = sources.read(text, 0)
    assert phrase is not None
    reporter = phrase.source.reporters[0]
    assert (reporter.name, reporter.type) == ("Mowing by Night in Small Towns", "Publication")
    assert (phrase.source.platform, phrase.source.date) == ("PaperHub", "2030-05")


@pytest.mark.parametrize(
    ("text", "reporter", "original"),
    [
        (
            "According to the Lawn League, citing the OSB's 2030 Crime Report, thieves took 592 robots.",
            "Lawn League",
            "OSB",
        ),
        (
            "The trade paper Hortus, citing the insurer Elm Mutual, reported that thieves took 592 robots.",
            "Hortus",
            "Elm Mutual",
        ),
        (
            "Citing data from the Ministry of Parks, the Daily Courier wrote that thieves took 592 robots.",
            "Daily Courier",
            "Ministry of Parks",
        ),
        (
            "According to the Lawn League, thieves took 592 robots. The league cites data from Elm Panel.",
            "Lawn League",
            "Elm Panel",
        ),
    ],
)
def test_second_hand_figures_keep_both_sources(text: str, reporter: str, original: str) -> None:
    """Who states a figure is its reporter, whom they cite the original source."""
    assert [[(p.name, p.role) for p in c.others] for c in claims(text)] == [
        [(reporter, "reporter"), (original, "original_source")]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "According to the Lawn Guild, 49% of owners used robots in 2030, up from 42% in 2028.",
            [(49, "percent", "2030", None), (42, "percent", "2028", None)],
        ),
        (
            "In a May 2031 survey by the Lawn Guild, 58 percent of 1,204 owners wanted help, "
            "against 47 percent a year earlier.",
            [(58, "percent", None, "2031-05"), (47, "percent", None, "2031-05")],
        ),
        (
            "The Lawn Guild counted 3,870 depots in June 2030, against 2,150 a year earlier.",
            [(3870, "count", "2030", None), (2150, "count", "2029", None)],
        ),
        (
            "The number of owners will rise from 761 million in 2025 to 1.6 billion in 2050, "
            "according to the Lawn Institute.",
            [(761e6, "count", "2025", None), (1.6e9, "count", "2050", None)],
        ),
        (
            "As per the Lawn Institute, mowers made up 34% of sales and 52% of repairs in 2029.",
            [(34, "percent", "2029", None), (52, "percent", "2029", None)],
        ),
        (
            "The Lawn Institute said in May 2031 that a mower cost EUR 318 on average in December 2030.",
            [(318, "EUR", "2030", "2031-05")],
        ),
        ("About 8% of blades fail, says the Blade Chamber in its 2030 yearbook.", [(8, "percent", None, "2030")]),
        (
            "The Parcel Forum reported that robots cut waiting by 13.7 minutes and repairs by 26.6 minutes.",
            [(13.7, "minutes", None, None), (26.6, "minutes", None, None)],
        ),
        (
            "One in four gardeners will retire, the union Hands United warned in May 2030.",
            [(25, "percent", None, "2030-05")],
        ),
        (
            "The Lawn Alliance reported that 1,386 depots were open at the end of 2030, "
            "up by 14.8% from the previous year.",
            [(1386, "count", "2030", None), (14.8, "percent", "2030", None)],
        ),
        (
            "The Lawn Forum counted 90 parks in 2029. In 2027 the number had been 70 parks.",
            [(90, "count", "2029", None), (70, "count", "2027", None)],
        ),
        (
            "According to the Water Forum, towns need 1,320 million cubic meters a year by 2030.",
            [(1.32e9, "cubic metres", "2030", None)],
        ),
    ],
)
def test_each_figure_is_one_statistic_with_its_own_year(
    text: str, expected: list[tuple[float, str, str | None, str | None]]
) -> None:
    """Every figure gives a record with the year it is about; the date is that of the publication."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "According to the Lawn Guild, 40% of owners are happy. The guild also found that 30% would pay more.",
        "A May 2030 survey by the Lawn Guild says 40% are happy. According to the same survey, 30% would pay more.",
        "According to the Lawn Guild, 40% of owners are happy. The survey further shows that 30% would pay more.",
    ],
)
def test_source_told_of_before_holds_for_the_next_sentence(text: str) -> None:
    """As in "The guild", "the same survey" are the source named before."""
    assert [[p.name for p in c.others] for c in claims(text)] == [["Lawn Guild"], ["Lawn Guild"]]


def test_source_told_of_afterwards_holds_for_the_figure_before() -> None:
    """As in "That is from a poll by A" gives the sentence before its source."""
    found = claims("Some 43% of firms want robots. That is from an October 2030 poll by the Lawn Union.")
    assert [(str(c.quantity.value), c.others[0].name, c.date) for c in found if c.quantity] == [
        ("43", "Lawn Union", "2030-10")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The garden robot market was worth USD 1.35 billion in 2029, according to the Quill Institute.",
        "According to the Quill Institute, the market will grow at a CAGR of 6.4% from 2030 to 2035.",
        "According to the Quill Institute, Germany accounted for 23% of the garden robot market in 2030.",
        "Brindle Robotics reported that 45% of its robots are sold in Norway.",
        "The Board of Directors said in May 2031 that it would close 12 plants.",
        "The bank Elm Trust said that it would lend 40 million euros.",
        "A recent poll found that 60% of town dwellers want a garden.",
        "Some 40% of gardens have a robot.",
        "The Lawn Institute was founded 25 years ago.",
    ],
)
def test_no_statistic(text: str) -> None:
    """Sizes, rates and shares of the market, doings of firms and unsourced figures are no statistics."""
    assert claims(text) == []


@pytest.mark.parametrize("section", ["boilerplate", "players", "developments"])
def test_sections_about_others_are_left_out(section: str) -> None:
    """Praise, lists and news of a report hold no statistics; a release's news do."""
    text = "According to the Lawn Guild, 40% of owners are happy."
    assert claims(text, section) == []
    assert len(claims(text, section, news=True)) == (section == "developments")


@pytest.mark.parametrize(
    ("text", "subject", "measure"),
    [
        (
            "According to the Lawn Guild, 27% of Dutch owners bought a robot in 2030.",
            "Dutch owners",
            "share that bought a robot",
        ),
        ("According to the Lawn Guild, mowing made up 31% of garden work in 2030.", "mowing", "share of garden work"),
        (
            "The Lawn Guild states that the average price of a blade stood at USD 749 in 2030.",
            "blade",
            "average price",
        ),
        ("As per the Lawn Guild, 3,212 robots were in use in 2030.", "robots", "number that were in use"),
    ],
)
def test_subject_and_measure_are_told(text: str, subject: str, measure: str) -> None:
    """A statistic says whom it is about and what is measured, in the words of the text."""
    attributes = claims(text)[0].attributes
    assert (attributes["subject"], attributes["measure"]) == (subject, measure)


def test_evidence_holds_source_and_figure() -> None:
    """The evidence of a statistic stands in the text and holds both the source and the figure."""
    text = "Robots sell. According to the Lawn Guild, 49% of owners used robots in 2030, up from 42% in 2028. Fine."
    spans = [text[c.start : c.end] for c in claims(text)]
    assert spans[0] == "According to the Lawn Guild, 49% of owners used robots in 2030"
    assert spans[1].endswith("up from 42% in 2028")


def test_sentence_without_a_word_of_source_has_no_attribution() -> None:
    """Reading a sentence that names no source costs one search and gives nothing."""
    assert Reader(PUBLISHED).find("Robots mow 40% of lawns.", []) == []


@pytest.mark.parametrize(
    ("text", "names", "figures"),
    [
        (
            "The European Lawn League, in its Mower Survey 2030, put sales at 243,000 units in 2029, a rise of "
            "9.4% on "
            "the year before. The League adds that the average selling price came to EUR 850.",
            {"European Lawn League"},
            [(243000, "2030"), (9.4, "2030"), (850, "2030")],
        ),
        (
            "Rasenmonitor, a yearbook of the Lawn Federation, counted 4.3 billion blades in 2030, after 4.2 billion "
            "in 2029.",
            {"Lawn Federation"},
            [(4.3e9, None), (4.2e9, None)],
        ),
        (
            "The Lawn Federation counted 50 parks in 2030. Over 60% of growers told the Federation that they "
            "will buy.",
            {"Lawn Federation"},
            [(50, None), (60, None)],
        ),
        (
            "According to Instituto Verde, growers spent USD 112 on tools. The institute's October 2030 survey shows "
            "that 57% of farms larger than 1,000 ha own a robot.",
            {"Instituto Verde"},
            [(112, None), (57, "2030-10")],
        ),
        (
            "According to the Lawn Observatory, 58% of workers were tired. The agency's Strain Atlas, published in "
            "March 2030, further put the cost at EUR 14,300.",
            {"Lawn Observatory"},
            [(58, None), (14300, "2030-03")],
        ),
        (
            'A study titled "What Grows in Grass", released by the preprint server LawnRxiv in May 2030, found moss '
            "in 31% of the samples.",
            {"What Grows in Grass"},
            [(31, "2030-05")],
        ),
        (
            "Brindle Robotics disclosed that steel made up 18% of its mowers in 2030.",
            {"Brindle Robotics"},
            [(18, None)],
        ),
        (
            "The Lawn Institute reported in its Blade Monitor 2031 that robots kept 92% of their edge; the 2026 "
            "edition "
            "had measured 71%.",
            {"Lawn Institute"},
            [(92, "2031"), (71, "2026")],
        ),
        (
            "According to the Lawn Forum, 71% of firms with fewer than 250 employees rent robots.",
            {"Lawn Forum"},
            [(71, None)],
        ),
        (
            "Only 47 robots can cut more than 5,000 tonnes of grass, the Lawn Association counted in its Review "
            "2030.",
            {"Lawn Association"},
            [(47, "2030")],
        ),
    ],
)
def test_sources_of_neighbouring_wordings(
    text: str, names: set[str], figures: list[tuple[float, str | None]]
) -> None:
    """A body named again by its last word speaks on; the limits of a class are no figures."""
    found = claims(text)
    assert {each.name for c in found for each in c.others} == names
    assert [(float(c.quantity.value), c.date) for c in found if c.quantity] == figures


def test_year_of_an_intention_is_no_reference_year() -> None:
    """What is planned by a year was asked before it."""
    assert told("According to the Lawn Forum, 38% of growers plan to switch by 2032.") == [
        (38, "percent", None, None)
    ]
