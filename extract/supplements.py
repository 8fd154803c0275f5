"""What later sentences add to an event: price, expected closing, when a relation began, a denial."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Span

from extract import terms
from extract.drafts import Draft
from extract.reading import Reading

_PAYS = re.compile(
    r"(?i)\b(?:costs?|prices?|worth|paid|pays?|will pay|valued at|invest(?:s|ed|ment|ing)?|totals?|amount(?:s|ed) to|"
    r"consideration)\b[^.;]{0,40}$"
)
_PENDING = re.compile(
    r"(?i)\bsubject to (?:\w+ ){0,4}(?:approvals?|conditions?|consent)|\bexpected to (?:close|be completed|complete)|"
    r"\b(?:authorit\w+|regulators?|shareholders?) (?:still )?(?:has|have|must|needs?) (?:yet )?(?:to )?"
    r"(?:agree|approve|consent|clear)"
)
_DENIES = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|refut(?:es|ed)) "
    r"(?:the|these|those|this|any such|all) (?:\w+ )?(?:reports?|rumou?rs?|stor(?:y|ies)|speculation|claims?|talks)"
)
_OFF = re.compile(
    r"(?i)^\W*(?:but |however, )?(?:it|this|they|both|(?:the|these|those|its|their) (?:\w+ ){0,2}?(?:offer|bid|"
    r"proposal|approach|talks?|negotiations|discussions|deal|plans?|transaction|merger|takeover|sale|sides|parties|"
    r"companies)) (?:(?:was|were|has|have|had|been|later|since|then|soon|subsequently) )*"
    r"(?:withdr[ae]wn?|rejected|abandoned|turned down|declined|rebuffed|br(?:oken?|oke) off|called off|dropped|ended|"
    r"stopped|came to nothing|collapsed|lapsed|failed|fell through|fell apart)\b"
)
_PRICED = frozenset(("acquisition", "divestiture", "investment", "contract", "expansion", "joint_venture"))
_DROPPED = frozenset(("acquisition", "divestiture", "investment", "joint_venture"))
_SALES = frozenset(("acquisition", "divestiture"))


def supplemented(drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """The drafts of a passage with what its further sentences and clauses say of them."""
    if not drafts:
        return []
    found = _with_prices(drafts, reading)
    for sentence in reading.sentences:
        offset = reading.passage.start
        began = terms.begun(reading, sentence)
        at = _latest(
            found, offset + sentence.start_char, lambda draft: draft.status == "ended" and draft.date is None
        )
        if began is not None and at is not None:
            found[at] = replace(found[at], date=began)
        at = _latest(found, offset + sentence.start_char, lambda draft: draft.kind in _DROPPED)
        if at is not None and found[at].status in ("planned", "rumoured") and _OFF.search(sentence.text):
            day = next((dated.date for dated in reading.dates_in(sentence)), None)
            found[at] = replace(found[at], status="denied", date=day or found[at].date)
        at = _latest(found, offset + sentence.end_char, lambda draft: draft.kind in _SALES)
        if at is not None:
            found[at] = _with_closing(found[at], reading, sentence)
    return found


def denied(found: Sequence[Draft], readings: Sequence[Reading]) -> list[Draft]:
    """The drafts of a document; a rumour that a later sentence denies ("X denies the report") is denied."""
    result = list(found)
    for reading in readings:
        for sentence in reading.sentences if _DENIES.search(reading.text) else ():
            if not _DENIES.search(reading.text, sentence.start_char, sentence.end_char):
                continue
            before = (i for i, d in enumerate(result) if d.start < reading.passage.start + sentence.start_char)
            at = max(before, key=lambda i: result[i].start, default=None)
            if at is not None and result[at].status == "rumoured":
                result[at] = replace(result[at], status="denied")
    return result


def _with_prices(drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """An amount told later ("The building cost USD 61 million") goes to the last event that has none."""
    found, text = list(drafts), reading.text
    used = {draft.quantity.text for draft in drafts if draft.quantity}
    for figure in reading.amounts:
        paid = _PAYS.search(text[max(0, figure.start - 60) : figure.start]) and terms.is_price(text, figure)
        if figure.quantity.text in used or not paid:
            continue
        start = reading.passage.start + figure.start
        at = _latest(found, start, lambda draft: draft.kind in _PRICED and draft.quantity is None)
        if at is not None:
            found[at] = replace(found[at], quantity=figure.quantity)
    return found


def _with_closing(draft: Draft, reading: Reading, sentence: Span) -> Draft:
    close = terms.expected_close(reading, sentence)
    if close is None and not _PENDING.search(sentence.text):
        return draft
    attributes = {**draft.attributes, "expected_close": close} if close else draft.attributes
    return replace(draft, status="planned" if draft.status == "asserted" else draft.status, attributes=attributes)


def _latest(drafts: Sequence[Draft], end: int, fits: Callable[[Draft], bool]) -> int | None:
    """The last draft that begins before a character of the document and fits."""
    return next((i for i in range(len(drafts) - 1, -1, -1) if drafts[i].start < end and fits(drafts[i])), None)
