"""Finds the names in prose and decides of which type each bearer is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from extract.passage import Passage
from ontology import regions, triggers

#: How much each ground counts towards a type; what spaCy guesses is the weakest.
LISTED, FORM, HEAD_WORD, CONTEXT, GUESS = 6.0, 5.0, 4.0, 2.0, 1.0

#: Legal forms as they are printed behind names; a comma, brackets or "& Co." may stand between.
LEGAL = (
    r"Incorporated|Inc|Corporation|Corp|Company|Co|Limited|Ltd|LLC|L\.L\.C|LLP|LP|PLC|plc|PLLC|Pty|Pvt|Private|Pte|GmbH|mbH"
    r"|AG|KGaA|KG|SE|eG|e\.V|OHG|ASA|AS|A/S|AB|ApS|Oyj|Oy|HF|hf|N\.V|NV|B\.V|BV|S\.A\.S|SAS|SARL|S\.à r\.l|S\.A\.U|S\.A|SAU|SA"
    r"|SpA|S\.p\.A|S\.r\.l|Srl|S\.L\.U|S\.L|SL|Ltda|Lda|de C\.V|S\. de R\.L|K\.K|KK|[Ss]p\. z o\.o|s\.r\.o|a\.s|d\.o\.o|Kft"
    r"|Zrt|Nyrt|OÜ|UAB|SIA|Bhd|Sdn|Tbk|JSC|PJSC|A\.Ş|AŞ|Cía"
)
_LEGAL_TAIL = re.compile(rf"(?:,? ?(?:& |and )?\(?(?:{LEGAL})\b\)?\.?)+")
_MARKS = re.compile(r"[®™©]")
_PLAIN = re.compile(r"^[^\W\d_]")
_CAMEL = re.compile(r"^[a-z]+[A-Z]|\w\.(?:ai|io|com|bio|tech)$")
_TICKER = re.compile(r"^ ?\([A-Z][A-Za-z ]{1,20}: ?[A-Z0-9.]{1,10}[);]")
_ALIAS = re.compile(r'^ ?\((?:the )?["“‘\']?(\w[^()"”’\']{1,40}?)["”’\']?\)')

_TYPES = {"ORG": "Company", "PERSON": "Person", "GPE": "Location", "LOC": "Location", "FAC": "Location"}
_TYPES |= {"PRODUCT": "Product", "WORK_OF_ART": "Product", "LAW": "Regulation"}
_LEVELS = {"country": "Country", "region": "Region", "part": "Location"}
_PARTICLES = frozenset(
    "de du del della di da dos das des la le el van von der den ter und et y e im am zum sur upon".split()
)
_TITLES = frozenset(
    "ceo cfo coo cto chairman chairwoman chair president vice chief executive financial operating technology officer "
    "founder co-founder director managing dr dr. mr mr. ms ms. mrs mrs. sir professor prof. minister".split()
)
_NOT_NAMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday series seed round phase table figure chapter cagr ceo cfo coo cto r&d i ii iii usd eur "
    "gbp jpy inr cny chf sek nok dkk pln krw brl aud cad internet covid-19 ev evs iot ipo m&a esg".split()
)
_OF_BODIES = frozenset(("bank", "centre", "center", "port", "city", "state", "county", "duchy", "kingdom", "town"))
_UNITS = frozenset("mou loi gwh mwh kwh twh gw mw kw kwp mwp ai it ict api ui vr ar gps led lcd pcb".split())
_COMPANY_NOUNS = frozenset(
    "company firm provider start-up startup vendor developer maker manufacturer supplier group bank operator distributor "
    "specialist retailer drugmaker insurer subsidiary chain house office producer utility carmaker investor manager fund "
    "contractor integrator brewer dairy grocer cooperative co-operative builder owner consultancy agency unit arm".split()
)
_PRODUCT_NOUNS = frozenset(
    "brand platform app software suite product system tool line range family solution model".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name at tokens `start` to `end` (half-open) of a passage.

    `text` is the name as written, without trademark signs; `full` the fullest form that the document has for it;
    `type` one of `ontology.types()`; `sure` says that form, list or context decided, not a guess from the word alone.
    """

    start: int
    end: int
    text: str
    full: str
    type: str
    sure: bool


def organisations(passage: Passage, companies: Iterable[str] = ()) -> tuple[Name, ...]:
    """The names of one passage, in order of the text."""
    return find([passage], companies)[0]


def find(passages: Sequence[Passage], companies: Iterable[str] = ()) -> list[tuple[Name, ...]]:
    """The names of each passage; all passages of a document together decide on type and fullest form."""
    listed = {key(name): name for name in companies}
    pattern = _listed_pattern(listed.values())
    spans = [list(_spans(passage.doc, pattern)) for passage in passages]
    evidence: dict[str, Counter[str]] = defaultdict(Counter)
    for passage, found in zip(passages, spans, strict=True):
        for start, end in found:
            text = written(passage.doc, start, end)
            for kind, weight in _evidence(passage.doc, start, end):
                evidence[key(text)][kind] += weight
            if key(text) in listed:
                evidence[key(text)]["Company"] += LISTED
    named = [_named(passage.doc, found, evidence) for passage, found in zip(passages, spans, strict=True)]
    return _fullest(passages, named, listed)


def key(name: str) -> str:
    """What two forms of a name share: lower case, without legal form, marks and punctuation."""
    bare = _LEGAL_TAIL.sub("", _MARKS.sub("", name).strip() + " ").strip() if " " in name else name
    return re.sub(r"[\W_]+", " ", bare or name).strip().casefold()


def written(doc: Doc, start: int, end: int) -> str:
    """The name as written, on one line, without trademark signs and without the full stop of its sentence."""
    text = re.sub(r"\s+", " ", _MARKS.sub("", doc[start:end].text)).strip()
    return text if re.search(r"\b(?:Inc|Corp|Co|Ltd|Ltda|Lda|Pvt|Pte|Pty|Bhd|Jr|St)\.$|\.\w+\.$", text) else text.rstrip(".")


# ---------------------------------------------------------------- spans


def _listed_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    forms = {form for name in names for form in _forms(name) if form}
    if not forms:
        return None
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


def _forms(name: str) -> tuple[str, ...]:
    bare = _LEGAL_TAIL.sub("", name + " ").strip(" ,")
    return (name, bare, bare.title()) if bare.isupper() and len(bare) > 4 else (name, bare)


def _spans(doc: Doc, listed: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    taken = [False] * (len(doc) + 1)
    found = []
    for match in listed.finditer(doc.text) if listed else ():
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and not any(taken[span.start : span.end]):
            found.append((span.start, _with_legal_form(doc, span.end)))
            taken[found[-1][0] : found[-1][1]] = [True] * (found[-1][1] - found[-1][0])
    at = 0
    while at < len(doc):
        if taken[at] or not _starts(doc[at]):
            at += 1
            continue
        end = at + 1
        while (legal := _with_legal_form(doc, end)) == end and end < len(doc) and not taken[end]:
            if not (step := _continues(doc, at, end)):
                break
            end += step
        found.extend(_trimmed(doc, at, legal))
        at = max(legal, at + 1)
    return iter(sorted(found))


def _capital(token: Token) -> bool:
    text = token.text
    return (text[0].isupper() or bool(_CAMEL.search(text))) and ")" not in text and "(" not in text


def _starts(token: Token) -> bool:
    if token.tag_ in ("DT", "IN", "PRP", "PRP$", "CC", "TO", "MD", "WDT", "WRB", "WP") and not token.text.isupper():
        return False
    if token.lower_ in _NOT_NAMES or (token.i and token.nbor(-1).lower_ in ("series", "phase", "round")):
        return False
    if not _capital(token):
        return _coined(token)
    if token.is_sent_start or token.i == 0 or (token.nbor(-1).text in ("•", "-", "–", ":", "“", '"')):
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        proper = token.tag_ in ("NNP", "NNPS") or token.is_oov or bool(_CAMEL.search(token.text))
        return proper or (
            following is not None and _capital(following) and token.tag_ not in ("RB", "VBG", "VBN", "JJ")
        )
    return not (token.tag_ in ("RB", "VBD", "VBZ") and not token.ent_type_)


def _coined(token: Token) -> bool:
    """A lower-case brand: no word of the language, yet what the sentence is about."""
    if not token.is_oov or not token.is_alpha or len(token) < 3 or not token.is_lower:
        return False
    if token.i + 2 < len(token.doc) and token.nbor(1).text == "&" and token.nbor(2).lower_ == "co":
        return True
    bare = not any(child.dep_ in ("det", "amod", "compound", "poss", "nummod") for child in token.children)
    return bare and token.dep_ in ("nsubj", "nsubjpass", "poss", "agent") and token.tag_ in ("NN", "NNP")


def _continues(doc: Doc, start: int, at: int) -> int:
    """How many tokens from `at` on belong to the name that began at `start`; 0 where it ends."""
    token, before = doc[at], doc[at - 1]
    if token.is_space and at + 1 < len(doc) and "\n" not in token.text:
        step = _continues(doc, start, at + 1)
        return step + 1 if step else 0
    following = doc[at + 1] if at + 1 < len(doc) else None
    if token.is_sent_start and not before.text.endswith("."):
        return 0
    if token.text in "®™":
        return 1
    if _capital(token) and not token.is_sent_start and token.tag_ != "IN":
        return 1
    if token.is_digit and len(token) < 5 and not _year(token.text) and before.text not in (",", ")"):
        return 1 if following is None or following.is_punct or following.pos_ not in ("NOUN", "PROPN", "NUM") else 0
    if following is None:
        return 0
    joined = token.text in ("-", "/", "’", "'", "+", "–") and not before.whitespace_ and not token.whitespace_
    if joined and (_capital(following) or following.is_digit):
        return 2
    if token.text == "&" and (_capital(following) or following.lower_ == "co"):
        return 2
    if token.lower_ in _PARTICLES and _capital(following):
        return 2
    return _inside_body(doc, start, at)


def _inside_body(doc: Doc, start: int, at: int) -> int:
    """ "of", "for" and "and" belong to the name of a body: Ministry of Agriculture and Forestry."""
    heads = triggers.head_words().keys() | _OF_BODIES
    inside = {doc[i].lower_ for i in range(start, at)}
    if doc[at].lower_ == "and" and doc[at].ent_iob_ == "I":
        inside |= {doc[i].lower_ for i in range(at, min(at + 5, len(doc))) if doc[i].ent_iob_ == "I"}
    if not inside & heads or doc[at].lower_ not in ("of", "for", "and", "on"):
        return 0
    step = 2 if at + 2 < len(doc) and doc[at + 1].lower_ == "the" else 1
    if at + step >= len(doc) or not _capital(doc[at + step]):
        return 0
    if doc[at].lower_ == "and" and doc[at].ent_iob_ != "I":
        return 0
    return step + 1


def _with_legal_form(doc: Doc, end: int) -> int:
    if end >= len(doc):
        return end
    offset = doc[end - 1].idx + len(doc[end - 1])
    match = _LEGAL_TAIL.match(doc.text, offset)
    if match is None or not match.group().strip():
        return end
    while end < len(doc) and doc[end].idx < match.end():
        end += 1
    return end


def _trimmed(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The name without titles, nationalities and articles before it and without what cannot end it."""
    if end - start > 1 and doc[end - 1].lower_ in _TITLES - {"vice", "founder", "professor", "minister"}:
        return
    while start < end and (doc[start].lower_ in _TITLES or doc[start].text in ("-", "/")):
        start += 1
    if end - start > 1 and doc[start].tag_ == "JJ" and (doc[start].ent_type_ == "NORP" or _of_people(doc[start].text)):
        start += 1
    if start < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while end > start and doc[end - 1].text in ("-", "&", "/", "’s", "'s", "’", "'"):
        end -= 1
    if start >= end or not any(char.isalpha() for char in doc[start:end].text):
        return
    if end - start == 1 and (doc[start].ent_type_ == "NORP" or _of_people(doc[start].text) or doc[start].lower_ in _TITLES | _UNITS):
        return
    yield start, end


def _of_people(text: str) -> bool:
    return text in regions.demonyms() and text not in regions.names()


def _year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20", "21")


# ---------------------------------------------------------------- types


def _evidence(doc: Doc, start: int, end: int) -> Iterator[tuple[str, float]]:
    """Pairs of a type and the weight that one place where a name stands gives it."""
    span, before = doc[start:end], doc[start - 1] if start else None
    rest = doc.text[span.end_char : span.end_char + 60]
    if _LEGAL_TAIL.search(f" {span.text}") and _LEGAL_TAIL.fullmatch(f" {span[-1].text}"):
        yield "Company", FORM
    if _TICKER.match(rest):
        yield "Company", FORM
    if _MARKS.search(span.text):
        yield "Product", FORM
    yield from _by_words(span)
    yield from _by_neighbours(doc, start, end)
    yield from _by_apposition(doc, end)
    if re.match("-(?:based|headquartered)", rest):
        yield "Location", FORM
    region = regions.find(span.text)
    if region is not None:
        yield _LEVELS[region.level], FORM
    if (guess := _TYPES.get(span.root.ent_type_)) is not None:
        yield guess, GUESS
    if before is not None and before.lower_ in ("'s", "’s", "its", "their"):
        yield "Product", CONTEXT / 2


def _by_words(span: Span) -> Iterator[tuple[str, float]]:
    heads = triggers.head_words()
    words = [token.lower_ for token in span]
    cut = next((i for i, word in enumerate(words) if word in ("of", "for", "de", "and") and i), len(words))
    if len(words) > 1 and (kind := heads.get(words[cut - 1]) or heads.get(words[0])):
        yield kind, HEAD_WORD
    if span.text in ("EU", "U.N.", "UN", "NHS"):
        yield "Organization", HEAD_WORD


def _by_neighbours(doc: Doc, start: int, end: int) -> Iterator[tuple[str, float]]:
    before = doc[start - 1] if start else None
    root = doc[start:end].root
    if before is not None and before.pos_ == "NOUN" and before.lemma_.lower() in _COMPANY_NOUNS:
        yield "Company", CONTEXT
    elif before is not None and before.pos_ == "NOUN" and before.lemma_.lower() in _PRODUCT_NOUNS:
        yield "Product", CONTEXT
    if before is not None and before.lower_ in _TITLES:
        yield "Person", 1.5 * CONTEXT
    if root.dep_ in ("nsubj", "nsubjpass") and root.ent_type_ != "GPE":
        speaks = root.head.lemma_ in ("say", "add") and root.ent_type_ == "PERSON" and end - start > 1
        yield ("Person", CONTEXT) if speaks else ("Company", GUESS)
    if root.dep_ == "poss" or (root.dep_ == "pobj" and root.head.lower_ in ("with", "by", "between")):
        yield "Company", GUESS
    if before is not None and before.lower_ in ("in", "near", "at") and root.ent_type_ in ("GPE", "LOC", "FAC"):
        yield "Location", 0.9 * GUESS


def _by_apposition(doc: Doc, end: int) -> Iterator[tuple[str, float]]:
    """What follows behind a comma: ", a provider of ..." or ", chief executive of ..."."""
    if end + 2 >= len(doc) or doc[end].text not in (",", "–", "—", "("):
        return
    if doc[end + 1].lower_ in _TITLES:
        yield "Person", 1.5 * CONTEXT
    if doc[end + 1].lower_ not in ("a", "an", "the", "one"):
        return
    for token in doc[end + 2 : end + 9]:
        if token.is_punct and token.text != "-" or token.lower_ in ("of", "that", "which", "for", "with", "in"):
            return
        if token.lemma_.lower() in _COMPANY_NOUNS:
            yield "Company", CONTEXT
            return
        if token.lemma_.lower() in _PRODUCT_NOUNS:
            yield "Product", CONTEXT
            return


def _named(doc: Doc, spans: list[tuple[int, int]], evidence: Mapping[str, Counter[str]]) -> tuple[Name, ...]:
    named = []
    for start, end in spans:
        text = written(doc, start, end)
        ranked = evidence[key(text)].most_common(1)
        kind, weight = ranked[0] if ranked else ("Company", 0.0)
        named.append(Name(start, end, text, text, kind, weight >= CONTEXT))
    return tuple(named)


# ---------------------------------------------------------------- the fullest form


def _fullest(
    passages: Sequence[Passage], named: list[tuple[Name, ...]], listed: Mapping[str, str]
) -> list[tuple[Name, ...]]:
    """Names with the longer form that the list of players or the same paragraph gives for them."""
    result = []
    for passage, names in zip(passages, named, strict=True):
        seen: dict[str, Name] = {}
        row = []
        for name in names:
            full = _full(name, seen, listed)
            row.append(replace(name, full=full.full, type=full.type, sure=full.sure or name.sure))
            seen.setdefault(key(name.text), row[-1])
            if alias := _ALIAS.match(passage.doc.text, _end_char(passage.doc, name)):
                seen.setdefault(key(alias.group(1)), row[-1])
        result.append(tuple(row))
    return result


def _full(name: Name, seen: Mapping[str, Name], listed: Mapping[str, str]) -> Name:
    own = key(name.text)
    if own in listed:
        return replace(name, full=listed[own], type="Company", sure=True)
    if own in seen:
        return seen[own]
    longer = [other for form, other in seen.items() if form.startswith(own + " ") and name.type != "Location"]
    if len(longer) == 1 and " " not in own:
        return longer[0]
    surname = [other for form, other in seen.items() if other.type == "Person" and form.endswith(" " + own)]
    if len(surname) == 1:
        return surname[0]
    players = [full for form, full in listed.items() if form.startswith(own + " ")]
    if len(players) == 1 and name.type != "Location" and len(own) > 3:
        return replace(name, full=players[0], type="Company", sure=True)
    return name


def _end_char(doc: Doc, name: Name) -> int:
    return doc[name.end - 1].idx + len(doc[name.end - 1])
