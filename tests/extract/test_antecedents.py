from __future__ import annotations

from extract import antecedents
from extract.document import Document
from extract.fact import Fact, Participant, from_record, to_record

TEXT = "Orvane plc makes drives. Flexura is a rival of Orvane plc. The company opened a depot in Ghent."
DOCUMENT = Document("test.txt", TEXT)


def depot(evidence: str) -> Fact:
    people = (Participant("Orvane plc", "company", "Company"), Participant("Ghent", "location", "Location"))
    at = TEXT.find(evidence)
    return Fact("expansion", people, DOCUMENT.span(at, at + len(evidence)), "test")


def test_the_place_that_names_whom_the_evidence_does_not() -> None:
    """Whom "the company" stands for is shown by the nearest place before that names it."""
    (span,) = antecedents.shown(depot("The company opened a depot in Ghent"), DOCUMENT).antecedents
    assert (span.quote, span.start) == ("Orvane plc", TEXT.rindex("Orvane"))


def test_named_parties_need_none() -> None:
    """A fact whose evidence names its parties has no antecedents."""
    assert antecedents.shown(depot(TEXT), DOCUMENT).antecedents == ()


def test_antecedents_stand_in_the_record() -> None:
    """A record gives the antecedents back as they were."""
    fact = antecedents.shown(depot("The company opened a depot in Ghent"), DOCUMENT)
    assert from_record(to_record(fact, "test.txt", "s"), DOCUMENT).antecedents == fact.antecedents
