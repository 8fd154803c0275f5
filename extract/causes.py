"""Reasons that a sentence names by its wording: "driven by", "X and Y hamper growth", "the main challenge is"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extract import coordination, figures
from extract.claim import Claim
from extract.reasonclaims import Reading, claims
from extract.sentences import Sentence
from ontology import cues

_PUSHED = re.compile(
    rf"\b(?:{cues.any_of('pushed-by')}\s+{cues.any_of('pushed-hedge')}?by|"
    rf"(?P<held>{cues.any_of('held-by')})\s+(?:\w+ly\s+)?by|{cues.any_of('because-of')})\s+"
    r"(?:the fact that\s+|factors (?:such as|like|including)\s+)?",
    re.I,
)
_WEAK_CAUSE = re.compile(cues.any_of("weak-cause"), re.I)
_HELD_BACK = re.compile(rf"\b{cues.any_of('held-back')}\w*\b[^,;]*$", re.I)
_BECAUSE = re.compile(rf",?\s+{cues.any_of('because')}\s+")
LOWER_RANK = re.compile(rf"\b{cues.any_of('lower-rank')}", re.I)
_SURFACE = re.compile(
    rf"\b{cues.any_of('surface-verb')}s?\s+(?:down\s+)?"
    rf"(?:the\s+|its\s+|their\s+|overall\s+|market\s+|further\s+)*{cues.any_of('surface-object')}\b",
    re.I,
)
_DEPENDENT = re.compile(r"\b(?:to|that|which|who|will|can|is|are)\s*$")
_CHOICE = re.compile(rf"\s{cues.any_of('preferring')}\s[^.;,]{{0,40}}\b{cues.any_of('preferred')}\b", re.I)
DRIVER, CHALLENGE = cues.pattern("driver-noun"), cues.pattern("challenge-noun")
_TREND = re.compile(rf"\btrends?\s+{cues.any_of('trend-behind')}\b|\b{cues.any_of('trend-before')} trends?\b", re.I)
_INTRODUCES = re.compile(rf"[^.;:]{{0,140}}?(?:\b{cues.any_of('introduces')}\b|:)\s+(?:that\s+)?")
#: The shortest reason before a verb or inside of a clause, in characters.
_SHORTEST_BEFORE, _SHORTEST_CLAUSE = 8, 15
#: How far behind a verb its object stands, in characters.
_REACH = 70


def find(reading: Reading) -> Iterator[Claim]:
    """The reasons that the sentence names, those of the surer wordings first; none overlaps one before it."""
    yielded: list[tuple[int, int]] = []
    for rule in (_pushed, _verbs, _nouns, _because, _surface, _choice):
        for claim in rule(reading):
            if not any(claim.start < end and start < claim.end for start, end in yielded):
                yielded.append((claim.start, claim.end))
                yield claim


def _pushed(reading: Reading) -> Iterator[Claim]:
    """What stands behind "driven by" or "due to"."""
    sentence = reading.sentence
    for match in _PUSHED.finditer(sentence.text):
        before = sentence.text[: match.start()]
        weak = reading.kind == "trend" or match["held"] or _WEAK_CAUSE.match(match.group())
        if coordination.phrase_after(sentence, match.end()) is None:
            continue
        if weak and not cues.pattern("growth-told").search(before):
            continue
        held = reading.kind == "challenge" or match["held"] or _HELD_BACK.search(before)
        kind = "challenge" if held else "driver"
        yield from _behind(reading, kind, match.start(), match.end(), rule="reason-by-cause")


def _behind(
    reading: Reading, kind: str, at: int, start: int, *, rule: str, heading: str | None = None
) -> Iterator[Claim]:
    sentence = reading.sentence
    items = coordination.items(sentence, *coordination.range_after(sentence, start))
    yield from claims(reading, kind, items, at=at, rule=rule, heading=heading)


def _because(reading: Reading) -> Iterator[Claim]:
    """The clause that gives the reason of a part's figure or rank: "... will grow fastest, as it withstands heat"."""
    sentence = reading.sentence
    text, offset = sentence.text, sentence.span.start_char
    match = _BECAUSE.search(text) if reading.on_part and _tells_standing(text) else None
    if match is None or len(text) - match.end() < _SHORTEST_CLAUSE or figures.percent(text[match.end() :]):
        return
    end = len(text.rstrip(" ."))
    told = [token for token in sentence.span if match.end() <= token.idx - offset < end]
    if any(token.dep_ in ("nsubj", "nsubjpass") and token.head.idx > token.idx for token in told):
        yield from claims(reading, "driver", [(match.end(), end)], at=0, rule="reason-by-clause")


def _tells_standing(text: str) -> bool:
    """Whether a sentence gives a figure or rank of a part."""
    ranked = LOWER_RANK.search(text) or cues.pattern("rank-told", case=True).search(text)
    return bool(ranked or figures.percent(text) or figures.money(text))


# ------------------------------------------------------------ verbs


def _verbs(reading: Reading) -> Iterator[Claim]:
    """The subjects of verbs that drive or hold back a market: "rising rents hamper growth"."""
    sentence = reading.sentence
    for token in sentence.span:
        kind = _effect(sentence, token)
        subject = _subject(token) if kind and (kind, reading.kind) != ("driver", "trend") else None
        if kind and subject is not None and _names_reason(subject):
            items = coordination.items(sentence, *coordination.range_before(sentence, token, subject))
            at = token.idx - sentence.span.start_char
            yield from claims(reading, kind, items, at=at, rule="reason-by-verb")


def _effect(sentence: Sentence, token: Token) -> str | None:
    """What the subject of a verb is: driver, challenge, or None where the verb has no effect on a market."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in cues.words("pushes", "holds"):
        return None
    behind = sentence.text[token.idx - sentence.span.start_char + len(token) :][:_REACH]
    direct = lemma in cues.words("holds-anything") or re.match(r"\s+(?:back|down|up|on)\b", behind)
    if not direct and not cues.pattern("pushed-object").search(behind):
        return None
    particle = r"\s+(?:the \w+ |it |them |growth |adoption )?(?:back|on|down)\b"
    if lemma in ("hold", "weigh") and not re.match(particle, behind):
        return None
    return "challenge" if lemma in cues.words("holds") else "driver"


def _names_reason(subject: Token) -> bool:
    return subject.pos_ != "PRON" and subject.lower_ not in cues.words("no-reason-subject")


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, also through "is expected to drive" and "are driving and supporting"."""
    here = verb
    for _ in range(5):
        for child in here.children:
            if child.dep_ in ("nsubj", "csubj"):
                return child if child.pos_ in ("NOUN", "PROPN", "PRON", "VERB") else None
            if child.dep_ == "nsubjpass" and here != verb:
                return child
        if here.dep_ not in ("xcomp", "conj", "acomp", "ccomp") or here.head == here:
            return None
        here = here.head
    return None


def _surface(reading: Reading) -> Iterator[Claim]:
    """As `_verbs`, by the words alone, where the parse has lost the verb."""
    sentence = reading.sentence
    match = _SURFACE.search(sentence.text)
    token = sentence.token_at(match.start()) if match else None
    if match is None or token is None or token.pos_ == "VERB" or match.start() < _SHORTEST_BEFORE:
        return
    begin = coordination.loose_clause(sentence, match.start())
    if _DEPENDENT.search(sentence.text[begin : match.start()]):
        return
    kind = "challenge" if token.text.casefold().rstrip("s") in cues.words("holds") else "driver"
    items = coordination.items(sentence, begin, match.start())
    yield from claims(reading, kind, items, at=match.start(), rule="reason-by-wording")


def _choice(reading: Reading) -> Iterator[Claim]:
    """What makes a part preferred: "Low weight and easy cutting make felt the first choice"."""
    sentence = reading.sentence
    match = _CHOICE.search(sentence.text) if reading.on_part else None
    if match is None or match.start() < _SHORTEST_BEFORE:
        return
    items = coordination.items(sentence, coordination.opening(sentence, match.start()), match.start())
    yield from claims(reading, "driver", items, at=match.start(), rule="reason-by-wording")


# ------------------------------------------------------------ nouns


def _nouns(reading: Reading) -> Iterator[Claim]:
    """Reasons beside a noun that says what they are: "X is a major challenge", "key drivers include X and Y"."""
    for pattern, named in ((CHALLENGE, "challenge"), (DRIVER, "driver"), (_TREND, "trend")):
        match = pattern.search(reading.sentence.text)
        if match is None:
            continue
        kind = "challenge" if named == "driver" and reading.kind == "challenge" else named
        heading = reading.heading if kind == reading.kind == "challenge" else None
        if kind == "challenge" and re.search(r"restrain", match.group(), re.I):
            heading = "restraint"
        found = list(_beside_noun(reading, match, kind, heading))
        if found:
            yield from found
            return


def _beside_noun(reading: Reading, match: re.Match[str], kind: str, heading: str | None) -> Iterator[Claim]:
    """The reasons before a verb and the noun, where the clause has such a subject, else those behind the noun."""
    sentence = reading.sentence
    subject = _subject_before(sentence, match)
    if subject is not None:
        if subject.head.lemma_ in cues.words("linking"):
            items = coordination.items(sentence, *coordination.range_before(sentence, subject.head, subject))
            if len(items) == 1 and len(sentence.text[slice(*items[0])].split()) < 4:
                items = [(items[0][0], match.end())]  # "Permits are the second hurdle"
            yield from claims(reading, kind, items, at=match.start(), rule="reason-by-noun", heading=heading)
        return
    link = _INTRODUCES.match(sentence.text, match.end())
    if link and coordination.phrase_after(sentence, link.end()) is not None:
        yield from _behind(reading, kind, match.start(), link.end(), rule="reason-by-noun", heading=heading)


def _subject_before(sentence: Sentence, match: re.Match[str]) -> Token | None:
    """The subject of the noun's clause that stands before the noun and could be the reason."""
    head = sentence.token_at(match.end() - 1) if sentence.token_at(match.start()) is not None else None
    if head is None or not sentence.text[: match.start()].strip():
        return None
    subject = next((child for child in _verb_above(head).children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.idx - sentence.span.start_char >= match.start():
        return None
    if subject.left_edge.i <= head.i <= subject.right_edge.i or subject.pos_ not in ("NOUN", "PROPN", "VERB"):
        return None
    return None if _names_whole(subject, sentence) else subject


def _verb_above(token: Token) -> Token:
    """The nearest verb above a token, at most four steps up."""
    verb = token.head
    for _ in range(3):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    return verb


def _names_whole(subject: Token, sentence: Sentence) -> bool:
    begin = subject.left_edge.idx - sentence.span.start_char
    end = subject.right_edge.idx + len(subject.right_edge) - sentence.span.start_char
    named = any(begin <= first and last <= end + 1 for first, last in sentence.masked)
    return named or subject.lower_ in ("market", "industry")
