"""The terms of an event: its date, its money and what else its sentence says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extract import syntax
from extract.dates import Dated
from extract.drafts import Draft
from extract.fact import AttributeValue
from extract.fillers import word
from extract.frames import Frame
from extract.numerals import Figure
from extract.passage import Passage

_NO_PRICE = re.compile(
    r"(?i)\b(?:revenues?|sales|turnover|profit|earnings|valu(?:es|ing|ation)|company at|total(?:ling|ing|s)?|market|savings?|"
    r"assets|bringing|annual|a year|debt of)\b[^.;,]{0,40}$"
)
_PER = re.compile(
    r"(?i)^\s*(?:per|a|an|each)\s+(?:share|year|month|unit|tonne|ton|day|head)\b|^\s*(?:in|of) (?:annual )?(?:revenue|sales|turnover)"
)
_NOT_ITS_DATE = re.compile(
    r"(?i)\b(?:by|until|till|before|from|since|through|to|between|than|over|of|during|after|for|on)\s+(?:the\s+)?(?:\w+\s+){0,2}$"
)
_ITS_DATE = re.compile(r"(?i)\b(?:in|on|during|early|late|mid|effective|of|as of|from)\s+(?:the\s+)?(?:\w+\s+)?$")
_CLOSE = re.compile(r"(?i)\b(?:clos\w+|complet\w+|finali[sz]\w+|conclu\w+)\b[^.;]{0,60}$")
_TERM = re.compile(
    r"(?i)\b(?P<n>\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)[- ](?P<unit>year|month|week)s?\b"
)
_ROUND = re.compile(r"\b(?:(?:pre-)?[Ss]eed|(?i:series) [A-Z]\d?|[Bb]ridge|[Aa]ngel)\b")
_STAKE = re.compile(
    r"(?i)\b(\d+(?:\.\d+)?\s?(?:%|per ?cent))|\b(majority|controlling|minority|remaining)\b(?= (?:stake|share|interest|holding))"
)
_PAYS = re.compile(
    r"(?i)\b(?:costs?|prices?|worth|paid|pays?|will pay|valued at|invest(?:s|ed|ment|ing)?|totals?|amount(?:s|ed) to|consideration)"
    r"\b[^.;]{0,40}$"
)
_PENDING = re.compile(
    r"(?i)\bsubject to (?:\w+ ){0,4}(?:approvals?|conditions?|consent)|\bexpected to (?:close|be completed|complete)|"
    r"\b(?:authorit\w+|regulators?|shareholders?) (?:still )?(?:has|have|must|needs?) (?:yet )?(?:to )?(?:agree|approve|consent|clear)"
)
_LATER = re.compile(r"(?i)\W*(a|one|two|three|four|five|six) (month|year)s? later\b")
_PRICED = frozenset(("acquisition", "divestiture", "investment", "contract", "expansion", "joint_venture"))
_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBERS |= {"fifteen": 15, "twenty": 20}


def date(frame: Frame, sentence: Span, dates: Sequence[Dated], lead: str | None) -> str | None:
    """The date of the frame: one in its own sentence that is no deadline, else that which leads the passage."""
    text = sentence.doc.text
    if (later := _later(text, sentence.start_char, dates)) is not None:
        return later
    own = [d for d in dates if sentence.start_char <= d.start < sentence.end_char and _is_its_date(text, d)]
    if not own:
        return lead
    at = frame.token.idx
    nearest = min(own, key=lambda d: (_between(text, d, at), abs(d.start - at)))
    if lead is not None and nearest.date[:4] > lead[:4] and frame.trigger.kind not in ("appointment",):
        return lead
    return nearest.date


def effective(sentence: Span, dates: Sequence[Dated], lead: str | None) -> str | None:
    """The day from which a post is held, else the date of the sentence, else that which leads the passage."""
    text = sentence.doc.text
    own = [d for d in dates if sentence.start_char <= d.start < sentence.end_char]
    since = re.compile(
        r"(?i)\b(?:as of|effective|from|since|with effect (?:from|of|on)|starting|beginning|as from)\s+(?:on\s+)?$"
    )
    started = [d.date for d in own if since.search(text[max(0, d.start - 30) : d.start])]
    plain = [d.date for d in own if _is_its_date(text, d)]
    return next(iter(started), None) or lead or next(iter(plain), None)


def expected_close(sentence: Span, dates: Sequence[Dated]) -> str | None:
    """When the deal is to close, as "2031-Q3" or a date."""
    for d in dates:
        if sentence.start_char <= d.start < sentence.end_char:
            before = sentence.doc.text[sentence.start_char : d.start]
            if _CLOSE.search(before) and re.search(
                r"(?i)\b(?:expect|subject|will|anticipat|schedul|due|plan)", before
            ):
                return d.quarter or d.date
    return None


def _is_its_date(text: str, found: Dated) -> bool:
    before = text[max(0, found.start - 40) : found.start]
    if re.search(
        r"(?i)\b(?:by|until|till|before|since|through|between|than|after|over|for)\s+(?:the\s+|end\s+|of\s+|close\s+|early\s+)*$",
        before,
    ):
        return False
    if re.search(r"(?i)\bfrom\s+$", before):
        return len(found.date) == 10
    return not _CLOSE.search(before) or not re.search(r"(?i)\b(?:expect|will|due|anticipat)", before)


def _later(text: str, before: int, dates: Sequence[Dated]) -> str | None:
    """The date that "one month later" at the start of a sentence means, after the date before it."""
    said = _LATER.match(text, before)
    earlier = [d for d in dates if d.start < before and len(d.date) >= 7]
    if said is None or not earlier:
        return None
    count = _NUMBERS.get(said[1].lower(), 1) * (12 if said[2].lower() == "year" else 1)
    year, month = int(earlier[-1].date[:4]), int(earlier[-1].date[5:7]) + count
    return f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"


def _between(text: str, found: Dated, at: int) -> int:
    """How many clause borders lie between a date and the trigger."""
    left, right = sorted((found.start, at))
    return len(re.findall(r";|, (?:and|while|after|with) ", text[left:right]))


def money(frame: Frame, sentence: Span, figures: Sequence[Figure]) -> Figure | None:
    """The amount that the frame's sentence gives for it, the nearest one that is no revenue, total or price per piece."""
    text = sentence.doc.text
    own = [f for f in figures if sentence.start_char <= f.start < sentence.end_char and is_price(text, f)]
    at = frame.token.idx
    return min(own, key=lambda f: (f.start < at, abs(f.start - at)), default=None)


def is_price(text: str, figure: Figure) -> bool:
    """Whether an amount may be the price, volume or sum of an event."""
    return not _NO_PRICE.search(text[max(0, figure.start - 60) : figure.start]) and not _PER.match(
        text[figure.end : figure.end + 24]
    )


def attributes(frame: Frame, sentence: Span) -> Iterator[tuple[str, AttributeValue]]:
    """What else the sentence says of the event, as the ontology names it for the kind."""
    kind, said = frame.trigger.kind, sentence.text
    if kind in ("partnership", "contract") and (term := _TERM.search(said)):
        amount = _NUMBERS.get(term["n"].lower(), term["n"])
        yield "term", f"{amount} {term['unit'].lower()}{'' if amount in (1, '1') else 's'}"
    if kind == "investment" and (found := _ROUND.search(said)):
        yield "round", found.group()[0].upper() + found.group()[1:]
    if kind in ("acquisition", "divestiture") and (stake := _STAKE.search(said)):
        yield "stake", (stake[1] or stake[2]).replace(" ", "")
    if kind == "partnership" and frame.trigger.noun:
        yield from _partnership(frame.token)
    if kind == "contract":
        yield from _contract(frame)
    if kind == "termination":
        yield from (("subject", text(f.head, tail=True)) for f in frame.roles.get("subject", ())[:1] if f.name is None)
    if kind == "expansion":
        yield from _facility(frame)
    if kind == "launch":
        yield from _product(frame)


def _partnership(noun: Token) -> Iterator[tuple[str, AttributeValue]]:
    if any(child.lemma_.lower() == "strategic" for child in noun.children):
        yield "type", "strategic"
    elif word(noun) in ("collaboration", "alliance", "cooperation", "co-operation"):
        yield "type", word(noun)
    elif word(noun) in ("memorandum", "mou"):
        yield "type", "MOU"
    aim = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VB"), None)
    if aim is not None:
        yield "purpose", noun.doc[aim.i : aim.right_edge.i + 1].text.rstrip(" .")


def _contract(frame: Frame) -> Iterator[tuple[str, AttributeValue]]:
    for filler in frame.slots.get("for", ()):
        if filler.head.pos_ in ("NOUN", "PROPN") and not filler.head.ent_type_:
            yield "product", text(filler.head)
            return
    for child in frame.token.children:
        if child.dep_ in ("acl", "advcl", "xcomp") and child.lemma_ in (
            "supply",
            "deliver",
            "provide",
            "install",
            "equip",
        ):
            goods = next((c for c in child.children if c.dep_ == "dobj"), None)
            if goods is not None:
                yield "product", text(goods)
                return


def _facility(frame: Frame) -> Iterator[tuple[str, AttributeValue]]:
    for filler in frame.roles.get("part", ()):
        if filler.name is None:
            yield "facility", text(filler.head, tail=True)
            return


def _product(frame: Frame) -> Iterator[tuple[str, AttributeValue]]:
    if any(filler.name for filler in frame.roles.get("product", ())):
        yield from _product_type(frame)
        return
    for filler in (*frame.roles.get("product", ()), *frame.slots.get("object", ())):
        if filler.head.pos_ == "NOUN":
            yield "product", text(filler.head, tail=True)
            return


def _product_type(frame: Frame) -> Iterator[tuple[str, AttributeValue]]:
    for filler in frame.roles.get("product", ()):
        apposed = next((c for c in filler.head.children if c.dep_ == "appos" and c.pos_ == "NOUN"), None)
        if apposed is not None:
            yield "product_type", text(apposed, tail=True)
            return


def begun(sentence: Span, dates: Sequence[Dated]) -> str | None:
    """When a relation that is over began, if its sentence says so."""
    for d in dates:
        if sentence.start_char <= d.start < sentence.end_char:
            before = sentence.doc.text[sentence.start_char : d.start]
            if re.search(r"(?i)\b(?:since|set up in|founded in|begun in|began in|formed in|dating from)\s+$", before):
                return d.date
    return None


def supplemented(
    drafts: Sequence[Draft], passage: Passage, amounts: Sequence[Figure], dates: Sequence[Dated]
) -> list[Draft]:
    """Drafts with the price and the closing that a later sentence or clause of their passage gives."""
    found, used = list(drafts), {draft.quantity.text for draft in drafts if draft.quantity}
    for figure in amounts:
        before = passage.doc.text[max(0, figure.start - 60) : figure.start]
        if figure.quantity.text in used or not is_price(passage.doc.text, figure) or not _PAYS.search(before):
            continue
        at = _latest(
            found, passage.start + figure.start, lambda draft: draft.kind in _PRICED and draft.quantity is None
        )
        if at is not None:
            found[at] = replace(found[at], quantity=figure.quantity)
    for sentence in passage.doc.sents:
        start = begun(sentence, dates)
        over = _latest(found, passage.start + sentence.start_char, lambda d: d.status == "ended" and d.date is None)
        if start is not None and over is not None:
            found[over] = replace(found[over], date=start)
        close = expected_close(sentence, dates)
        at = _latest(
            found, passage.start + sentence.end_char, lambda draft: draft.kind in ("acquisition", "divestiture")
        )
        if at is not None and (close is not None or _PENDING.search(sentence.text)):
            status = "planned" if found[at].status == "asserted" else found[at].status
            attributes = {**found[at].attributes, **({"expected_close": close} if close else {})}
            found[at] = replace(found[at], status=status, attributes=attributes)
    return found


def _latest(drafts: Sequence[Draft], end: int, fits: Callable[[Draft], bool]) -> int | None:
    """The last draft that begins before a character and fits."""
    return next((i for i in range(len(drafts) - 1, -1, -1) if drafts[i].start < end and fits(drafts[i])), None)


def text(head: Token, *, tail: bool = False) -> str:
    """The noun phrase of a head without article and owner, with what hangs on it behind if `tail` is set."""
    left, right = syntax.phrase(head, tail=tail)
    return re.sub(r"\s+", " ", head.doc[left:right].text).strip(" ,.")
