from __future__ import annotations

import re
from importlib.resources import files

import pytest
from rdflib import RDF, SKOS, Graph, URIRef

import ontology
from ontology import regions
from ontology.regions import Region, by_code, demonyms, find, names

CI = ontology.BASE


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data=files("ontology").joinpath("regions.ttl").read_text("utf-8"), format="turtle")


def code(name: str) -> str | None:
    found = find(name)
    return found.code if found else None


#: Code, and names that lead to it.
NAMES = """
GB: UK; U.K.; Great Britain; the United Kingdom; GB
US: US; U.S.; U. S.; USA; U.S.A.; the US; United States of America
AE: UAE; U.A.E.
SA: KSA; Kingdom of Saudi Arabia
KR: South Korea; Republic of Korea; Korea; Korea, Republic of
CZ: Czechia; Czech Republic; the Czech Republic
TR: Türkiye; Turkey; Turkiye
VN: Vietnam; Viet Nam
RU: Russia; Russian Federation
IR: Iran
TW: Taiwan
HK: Hong Kong
CI: Ivory Coast; Côte d’Ivoire; cote d'ivoire
CD: DR Congo; DRC
NL: Holland; The Netherlands
GB-ENG: England
GB-SCT: Scotland
XK: Kosovo
GW: Guinea-Bissau
PG: Papua New Guinea
001: World; Global
002: Africa
015: North Africa
202: Sub-Saharan Africa; sub saharan africa
019: the Americas
005: South America
013: Central America
029: the Caribbean
021: Northern America
north-america: North America
latin-america: Latin America; LATAM; LatAm
419: Latin America & Caribbean
150: Europe; EUROPE
155: Western Europe
151: Eastern Europe
154: Northern Europe
039: Southern Europe
central-and-eastern-europe: Central and Eastern Europe; CEE
nordics: Nordics; the Nordic countries
benelux: Benelux
dach: DACH; D-A-CH
baltics: Baltics; the Baltic states
cis: CIS
balkans: Balkans
european-union: European Union; the EU; EU-27
142: Asia
034: South Asia
030: East Asia
035: South East Asia; South-East Asia; Southeast Asia
asia-pacific: Asia Pacific; Asia-Pacific; Asia–Pacific; Asia Pacific region; APAC
asean: ASEAN
009: Oceania
053: ANZ; Australia & New Zealand
middle-east: Middle East; the Middle East
middle-east-and-africa: MEA; Middle East & Africa; the Middle East and Africa
gcc: GCC; GCC countries
mena: MENA; Middle East & North Africa
emea: EMEA; Europe, the Middle East and Africa; Europe, Middle East & Africa
lamea: LAMEA
rest-of-001: Rest of World; Rest of the World; RoW; ROW
rest-of-150: Rest of Europe
rest-of-asia-pacific: rest of Asia-Pacific
rest-of-european-union: Rest of the EU
rest-of-middle-east-and-africa: Rest of MEA
rest-of-north-america: Rest of North America
"""
NAMED = [
    (name.strip(), code)
    for code, names in (line.split(": ") for line in NAMES.strip().splitlines())
    for name in names.split(";")
]


@pytest.mark.parametrize(("name", "expected"), NAMED)
def test_a_region_is_found_by_every_name_of_it(name: str, expected: str) -> None:
    """Case, accents, hyphens, "&", the article and no-break spaces do not matter; abbreviations are names too."""
    assert code(name) == expected


@pytest.mark.parametrize(
    "name",
    ["us", "Us", "IT", "it", "IN", "in", "uk", "usa", "mea", "Ruritania", "German", "Europe and Asia", "", "the",
     "region", "Rest of Ruritania", "Rest of Rest of Europe", "rest", "Paris", "Market", "States", "Emirates"],
)  # fmt: skip
def test_words_that_name_no_region_find_none(name: str) -> None:
    """Pronouns and prepositions are no countries, nor are codes that are words, demonyms and unknown places."""
    assert find(name) is None


def test_blanks_and_line_ends_within_a_name_do_not_matter() -> None:
    """A name that a page or PDF has broken or spaced with no-break spaces is found as well."""
    assert code(" Asia\u00a0Pacific\n") == code("ASIA\nPACIFIC") == "asia-pacific"


def test_the_rest_of_a_region_lies_in_it() -> None:
    """The rest of X is a region of its own, named after X and below it, though no file lists it."""
    assert find("Rest of the Nordics") == Region(
        "rest-of-nordics", "Rest of Nordics", "region", "nordics", ("Rest of Nordics",), ()
    )


def test_every_written_name_leads_to_its_region() -> None:
    """No name belongs to two regions: what a matcher finds in a text is the region that the name stands for."""
    assert len(names()) > 900
    assert [name for name, region in names().items() if find(name) != region] == []


@pytest.mark.parametrize("name", ["World", "Global", "GB", "Nordic", "SSA", "AP", "Gulf Region"])
def test_names_that_mostly_mean_something_else_are_not_offered_to_a_matcher(name: str) -> None:
    """Such names are found where a region is expected, but not looked for in running text."""
    assert find(name) is not None
    assert name not in names()


@pytest.mark.parametrize(
    ("demonym", "expected"),
    [("German", "DE"), ("Indian", "IN"), ("U.S.", "US"), ("American", "US"), ("British", "GB"), ("Dutch", "NL"),
     ("Swiss", "CH"), ("South Korean", "KR"), ("Emirati", "AE"), ("Scottish", "GB-SCT"), ("European", "150"),
     ("Latin American", "latin-america"), ("Nigerian", "NG"), ("Nigerien", "NE")],
)  # fmt: skip
def test_an_adjective_leads_to_its_country(demonym: str, expected: str) -> None:
    """Adjectives are kept apart from names."""
    assert demonyms()[demonym].code == expected


@pytest.mark.parametrize("demonym", ["Congolese", "Dominican"])
def test_an_adjective_of_two_countries_leads_to_none(demonym: str) -> None:
    """What may mean either of two countries is not decided here."""
    assert demonym not in demonyms()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("DE", "Germany"), ("DEU", "Germany"), ("276", "Germany"), ("150", "Europe"), ("IT", "Italy"), ("?", None)],
)
def test_codes_are_looked_up_apart_from_names(wanted: str, name: str | None) -> None:
    """A code is one of ISO 3166-1 or M49, also where it is a word of the language."""
    found = by_code(wanted)
    assert (found.name if found else None) == name


def test_all_countries_of_iso_3166_are_there(graph: Graph) -> None:
    """249 countries, each with the three codes of its own and one M49 region above."""
    countries = list(graph.subject_objects(URIRef(CI + "iso2")))
    assert len(countries) == 249
    for country, alpha2 in countries:
        [alpha3], [number] = graph.objects(country, URIRef(CI + "iso3")), graph.objects(country, SKOS.notation)
        [parent] = graph.objects(country, SKOS.broader)
        assert re.fullmatch(r"[A-Z]{2} [A-Z]{3} [0-9]{3}", f"{alpha2} {alpha3} {number}")
        assert re.fullmatch(r"[0-9]{3}", str(parent).removeprefix(regions.BASE))
        assert str(country) == f"{regions.BASE}{alpha2}"
    for term in (URIRef(CI + "iso3"), SKOS.notation):
        codes = [str(each) for each in graph.objects(None, term)]
        assert len(codes) == len(set(codes))


def test_all_regions_of_m49_are_there(graph: Graph) -> None:
    """The world, five continents and their 22 sub-regions and groups of them, besides the countries."""
    wanted = """001 002 005 009 011 013 014 015 017 018 019 021 029
    030 034 035 039 053 054 057 061 142 143 145 150 151 154 155 202 419"""
    found = {str(each) for each in graph.objects(None, SKOS.notation)} - {
        str(graph.value(country, SKOS.notation)) for country in graph.subjects(URIRef(CI + "iso2"))
    }
    assert found == set(wanted.split())


def test_every_region_lies_in_the_world(graph: Graph) -> None:
    """From each concept the way up ends at the world, and every member that a region names exists."""
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    world = URIRef(regions.BASE + "001")
    for concept in concepts:
        assert concept == world or world in graph.transitive_objects(concept, SKOS.broader)
        assert set(graph.objects(concept, SKOS.narrower)) <= concepts - {concept}
        assert str(graph.value(concept, URIRef(CI + "level"))) in ("region", "country", "part")


def test_the_reader_agrees_with_the_file(graph: Graph) -> None:
    """Name, level and parent of each region are those that a general RDF parser reads."""
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        parent = graph.value(concept, SKOS.broader)
        region = by_code(str(concept).removeprefix(regions.BASE))
        assert region is not None
        assert region.name == str(graph.value(concept, SKOS.prefLabel))
        assert region.level == str(graph.value(concept, URIRef(CI + "level")))
        assert region.parent == (str(parent).removeprefix(regions.BASE) if parent else None)
        assert set(region.names[1:]) == {str(each) for each in graph.objects(concept, SKOS.altLabel)}
