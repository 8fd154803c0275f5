"""Where companies have their head offices, as passing clauses tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract import cast, deals, fillers, syntax
from extract.drafts import Draft
from extract.fillers import Filler
from extract.names import Name
from extract.reading import Reading
from extract.slots import FINITE

_OFFICES = frozenset(("headquarters", "headquarter", "seat", "hq", "domicile"))
#: What a passage must hold to tell of a head office; a look at the text is cheaper than one at each token.
_HINT = re.compile(r"(?i)based|quarter|domicile|seat|\bhq\b|office")
_HEAD = frozenset(("head", "registered", "central", "main", "corporate"))
_BASED = frozenset(("based", "headquartered", "domiciled", "seated"))
_MOVING = frozenset(("move", "relocate", "transfer"))
_AT = frozenset(("in", "at", "near"))


def seats(reading: Reading) -> Iterator[Draft]:
    """The head offices that a passage tells of, in order of the text."""
    for token in reading.doc if _HINT.search(reading.text) else ():
        if token.lower_ in _BASED and token.pos_ in ("VERB", "ADJ"):
            company, place = _based(reading, token)
        elif token.lower_ in _OFFICES or (
            token.lemma_ == "office" and any(c.lower_ in _HEAD for c in token.children)
        ):
            company, place = _office(reading, token)
        else:
            continue
        if company is not None and place is not None and company != place and place.type not in ("Person", "Product"):
            draft = state(reading, token, "headquarters", {"company": company, "location": place}, _status(token))
            yield replace(draft, date=_moving_day(reading, token))
            left = _left_seat(reading, token)
            if left is not None and left not in (place, company):
                said = "asserted" if draft.status == "planned" and not _is_moving(token) else "ended"
                yield state(reading, token, "headquarters", {"company": company, "location": left}, said)


def state(
    reading: Reading, token: Token, kind: str, roles: dict[str, Name], status: str, *, stake: str = ""
) -> Draft:
    """The draft of a state of affairs that a word of the passage tells of."""
    start, end = reading.bounds(reading.sentence(token.i))
    return Draft(
        kind=kind,
        participants=tuple(cast.participant(name, role) for role, name in roles.items()),
        start=start,
        end=end,
        rule=f"{kind}-clause",
        status=status,
        attributes={"stake": stake} if stake else {},
    )


def bearer(reading: Reading, head: Token) -> Name | None:
    """The company that a noun phrase is, stands beside or stands for."""
    for _ in range(4):
        found = fillers.name_of(reading, head) or first_name(fillers.group_of(reading, head))
        if found is not None:
            return found if found.type not in deals.PLACE_TYPES or not found.sure else None
        if head.dep_ == "appos":
            head = head.head
        elif head.dep_ == "attr" and (doer := syntax.subject(head.head)) is not None and doer != head:
            head = doer
        else:
            return None
    return None


def first_name(found: Iterable[Filler]) -> Name | None:
    """The first name among fillers."""
    return next((filler.name for filler in found if filler.name is not None), None)


def _based(reading: Reading, token: Token) -> tuple[Name | None, Name | None]:
    """Who and where in "X-based Y", "Y, based in X", "Y is headquartered in X"."""
    if token.i > 1 and token.nbor(-1).text == "-":
        if not any(each.tag_ in FINITE for each in reading.sentence(token.i)):
            return None, None  # a title: "By Product (Weather-based, Sensor-based)"
        return bearer(reading, token.head), reading.at.get(token.i - 2)
    owner = token.head if token.dep_ == "acl" else syntax.subject(token)
    company = bearer(reading, owner) if owner is not None else None
    if company is None and token.dep_ == "acl":
        beside = next((each for each in token.ancestors if each.dep_ == "appos" or each.pos_ == "VERB"), token)
        company = bearer(reading, beside) if beside.dep_ == "appos" else None
    place = _place(reading, syntax.nested(token), _AT)
    if place is not None and place.type not in deals.PLACE_TYPES and token.doc[place.start - 1].lower_ != "in":
        place = None
    return company or _next_subject(reading, token), place


def _next_subject(reading: Reading, token: Token) -> Name | None:
    """Who does what follows: "Founded in 2009 and headquartered in Ghent, Volterix operates ..."."""
    behind = reading.doc[token.i + 1 : reading.sentence(token.i).end]
    verb = next((each for each in behind if each.tag_ in FINITE), None)
    return first_name(fillers.left_subject(reading, verb)) if verb is not None else None


def _office(reading: Reading, noun: Token) -> tuple[Name | None, Name | None]:
    """Who and where in "Y has its head office in X", "Y, with headquarters in X", "the seat of Y is in X"."""
    verb = next((each for each in syntax.governors(noun) if each.pos_ in ("VERB", "AUX")), None)
    place = _place(reading, syntax.nested(noun), _AT)
    if place is None and verb is not None and noun.dep_ in ("nsubj", "nsubjpass", "dobj"):
        place = _place(reading, syntax.verb_slots(verb), _AT | {"to"})
    owner = _owner(noun, verb)
    return (bearer(reading, owner) if owner is not None else None), place


def _owner(noun: Token, verb: Token | None) -> Token | None:
    """Whose office it is: a name in the genitive, who has it, or whom "its" stands for."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners and owners[0].tag_ == "WP$" and verb is not None:
        return verb.head
    if owners and owners[0].tag_ != "PRP$":
        return owners[0]
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":
        return noun.head.head
    if verb is not None and noun.dep_ == "dobj":
        return syntax.subject(verb)
    of = (head for slot, head in syntax.nested(noun) if slot == "of")
    return owners[0] if owners else next(of, None)


def _moving_day(reading: Reading, token: Token) -> str | None:
    """The date of a move: the only date that a seat has."""
    if not any(each.lemma_ in _MOVING for each in syntax.governors(token)):
        return None
    return next((dated.date for dated in reading.dates_in(reading.sentence(token.i))), None)


def _left_seat(reading: Reading, noun: Token) -> Name | None:
    """The place that an office moves away from."""
    verb = next((each for each in syntax.governors(noun) if each.pos_ == "VERB"), None)
    if verb is None or verb.lemma_ not in _MOVING:
        return None
    return _place(reading, syntax.verb_slots(verb), frozenset(("from",)))


def _is_moving(token: Token) -> bool:
    """Whether an office is told to move in the present tense: "we move our headquarters", "is moving its seat"."""
    verb = next((v for v in syntax.governors(token) if v.pos_ == "VERB"), None)
    return verb is not None and verb.lemma_ in _MOVING and verb.tag_ in ("VBP", "VBZ", "VBG")


def _place(reading: Reading, slots: Iterable[tuple[str, Token]], wanted: frozenset[str]) -> Name | None:
    return next((reading.at[head.i] for slot, head in slots if slot in wanted and head.i in reading.at), None)


def _status(token: Token) -> str:
    """Planned where it will be, ended where it was; an attribute in front of a name ("Lyon-based X") just is."""
    if token.dep_ == "amod":
        return "asserted"
    verb = next((v for v in (token, *syntax.governors(token)) if v.pos_ in ("VERB", "AUX")), None)
    helpers = syntax.auxiliaries(verb) if verb is not None else set()
    if helpers & {"will", "shall"}:
        return "planned"
    if _is_moving(token):
        return "planned"
    former = any(child.lower_ in ("formerly", "previously", "former") for child in token.children)
    return "ended" if former else "asserted"
