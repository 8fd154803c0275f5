"""Where companies have their head offices, and where these move, read from sentences with numbered names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract import deals, masks, tone
from extract.drafts import Draft
from extract.masks import Masked
from extract.names import Name
from extract.reading import Reading
from extract.seats import state
from ontology import regions

#: The pieces that words in capitals stand for in the patterns.
_PIECES = {
    "COMPANY": r"<(?P<company>\d+)>",
    "SPEAKER": r"(?:<(?P<company>\d+)>|(?:it|we|the (?:company|group|firm|bank|business))\b)",
    "LOC": r"<(?P<place>\d+)>",
    "LEFT": r"<(?P<left>\d+)>",
    "DESCRIBED": (
        r"(?:(?!(?:and|is|are|was|were|has|have|had|in|to|said|says|with|by|for|team)\b)[\w’'-]+,? ){0,6}?"
        r"(?:(?:called|named|dubbed) )?"
    ),
    "ASIDE": masks.ASIDE,
    "BASED": r"(?:headquartered|based|domiciled|seated)",
    "OFFICE": (
        r"(?:registered and )?"
        r"(?:(?:global|world|corporate|group|main|new|own|current|present|official) )*"
        r"(?:head offices?|headquarters?|hq|registered (?:office|seat)|(?:main|central|corporate|head) office|seat|"
        r"domicile)"
    ),
    "OWN": r"(?:<\d+>'s |the |a |an )?",
    "MOVING": r"(?:mov(?:e|es|ed|ing)|relocat\w+|transfer\w*|shift\w*)",
    "AUX": (
        r"(?:(?:has|have|had|is|are|was|will|would|shall|may|might|could|to|be|been|being|set|due|going|about|plans?|"
        r"intends?|wants?|also|now|today|recently|then|soon|agreed|decided) )*"
    ),
    "THERE": r"(?:in|at|near) (?:the )?(?:(?:city|town|canton|state|heart|centre|center|outskirts) of )?",
    "AND": r"(?:, <\d+>)?",
}
_PATTERNS = masks.patterns(
    # "Ghent-based Orvane", "the Ghent-based maker of drives Orvane"
    r"LOC-BASED DESCRIBEDCOMPANY",
    # "Orvane, a Ghent-based maker of drives", "Orvane is a Ghent-based start-up"
    r"COMPANY(?:,| is) (?:an?|the) (?:[\w-]+ )?LOC-BASED\b",
    # "Headquartered in Ghent, Belgium, Orvane makes drives"
    r"(?<![\w>] )(?:[\w ]{0,30} and )?BASED THERELOCAND(?:,? and [^,<>]{0,60})?, (?:the )?(?:[\w-]+ )?"
    r"SPEAKER",
    # "Orvane, which is headquartered in Ghent", "Orvane, based in Ghent"
    r"COMPANYASIDE,? (?:(?:which|who) )?(?P<verb>is |are |was |were |has been |will be |remains )?"
    r"(?P<past>formerly )?(?:now |currently |still |also )?BASED THERELOC",
    # "Orvane is a maker of drives headquartered in Ghent", "Orvane, a maker of drives with its head office in Ghent"
    r"COMPANY(?:,| is) (?:an?|the|one of the) [^<>;.:]{3,110}?,? (?:(?:which|that) is )?BASED THERELOC",
    r"COMPANY(?:,| is) (?:an?|the|one of the) [^<>;.:]{3,110}?,? (?:with|having|that has|which has) OWN(?:its )?"
    r"OFFICE THERELOC",
    # "Orvane's head office is in Ghent", "from September our head office will be in Ghent"
    r"COMPANY's OFFICE (?P<verb>is |are |will be |remains? |was |were )(?:now |still )?(?:located |based )?THERELOC",
    # "the seat of Orvane is in Ghent"
    r"OFFICE of COMPANY,? (?P<verb>is |are |will be |was )?(?:located )?THERELOC",
    # "The new group will be called Volterix and will have its head office in Ghent"
    r"\b(?:called|named) COMPANY,? and (?P<verb>will (?:have|be)) OWN(?:its )?(?:OFFICE|BASED) "
    r"THERELOC",
    # "Orvane has its head office in Ghent", "Orvane, with headquarters in Ghent", "Orvane, whose seat is in Ghent"
    r"COMPANYASIDE,? (?:which |who )?(?P<verb>will have|has|have|with|keeps|maintains) OWN(?:its )?OFFICEAND "
    r"THERELOC",
    r"COMPANYASIDE,? whose OFFICE (?P<verb>is |are |was )(?:located )?THERELOC",
    # "Ghent, which has been Orvane's base since 2022"
    r"LOC, which (?:is|has been) COMPANY's (?:base|home|seat|head office|headquarters)\b",
    # "Orvane's Ghent headquarters"
    r"COMPANY's LOC (?:head office|headquarters|hq)\b",
    # "Orvane will move its head office from Lyon to Ghent", "we moved our head office to Ghent"
    r"COMPANYASIDE,? (?P<verb>AUXMOVING) OWN(?:its )?(?:[a-z]+ )?OFFICE(?: from LEFTAND)? to (?:the )?LOC",
    r"COMPANYASIDE,? (?P<verb>AUXMOVING) OWN(?:its )?(?:[a-z]+ )?OFFICE to (?:the )?LOCAND from LEFT",
    r"COMPANY's OFFICE (?P<verb>AUXMOVING)(?: from LEFTAND)? to (?:the )?LOC",
    r"OFFICE of COMPANY (?P<verb>AUXMOVING)(?: from LEFT)? to LOC",
    pieces=_PIECES,
)
_HINT = re.compile(r"(?i)based\b|quarter|domicile|\bseat|\bhq\b|\bhead office|\boffice|\bbase\b|\bhome\b")
_LATER = re.compile(
    r"\b(?:will|would|shall|to|plans?|intends?|wants?|decided|agreed|moves?|moving|relocates?|shifts?)\b"
)
_MAYBE = re.compile(r"\b(?:may|might|could)\b")


def homes(reading: Reading) -> Iterator[Draft]:
    """The head offices that a passage tells of, in order of the text."""
    for told in masks.telling(reading, _HINT):
        yield from _of_sentence(reading, told)


def _of_sentence(reading: Reading, told: Masked) -> Iterator[Draft]:
    taken: set[str] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(told.text):
            company = told.name(match, "company") if match["company"] else reading.speaker
            place = told.name(match, "place")
            if company is None or place.full in taken or not _may_sit(company, place):
                continue
            taken.add(place.full)
            yield from _drafts(reading, told, match, (company, place))


def _drafts(reading: Reading, told: Masked, match: re.Match[str], pair: tuple[Name, Name]) -> Iterator[Draft]:
    """The head office, and the one that it moves away from: still there while the move is only planned."""
    company, place = pair
    token = reading.doc[told.sentence.start]
    moves = re.search(r"(?i)\b(?:mov|relocat|transfer|shift)", match.groupdict().get("verb") or "") is not None
    said = _status(told.text, match)
    draft = state(reading, token, "headquarters", {"company": company, "location": place}, said)
    dates = [dated.date for dated in reading.dates_in(told.sentence)] if moves or said == "planned" else []
    yield replace(draft, date=next(iter(dates), None))
    left = match.groupdict().get("left")
    if left is not None and said in ("planned", "asserted") and told.names[int(left)] != place:
        before = {"company": company, "location": told.names[int(left)]}
        yield state(reading, token, "headquarters", before, "asserted" if _is_to_come(match) else "ended")


def _is_to_come(match: re.Match[str]) -> bool:
    """Whether a move is announced as such ("will move"), not under way ("is moving")."""
    return re.search(r"\b(?:will|to|plans?|intends?|wants?)\b", match.groupdict().get("verb") or "") is not None


def _status(text: str, match: re.Match[str]) -> str:
    verb = match.groupdict().get("verb") or ""
    if tone.REFUSED.search(text, 0, match.start("place")):
        return "denied"
    if _MAYBE.search(verb):
        return "rumoured"
    if _LATER.search(verb):
        return "planned"
    return "ended" if match.groupdict().get("past") or re.match(r"(?:was|were)\b", verb) else "asserted"


def _may_sit(company: Name, place: Name) -> bool:
    """Whether the one may be a company and the other a place."""
    if (
        company.full == place.full
        or regions.find(company.text) is not None
        or (company.sure and company.type in deals.PLACE_TYPES | {"Person", "Product"})
    ):
        return False
    return place.type in deals.PLACE_TYPES or not place.sure or regions.find(place.text) is not None
