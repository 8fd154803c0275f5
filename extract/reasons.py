"""Why a market grows, what holds it back and where it is going: driver, challenge, trend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract import figures
from extract.claim import Claim
from extract.nameforms import is_form
from extract.lines import Line
from extract.sections import Section
from extract.sentences import Sentence
from extract.vocabulary import Part

_PUSHED = re.compile(
    r"\b(?:(?:driven|fuell?ed|propelled|supported|boosted|underpinned|spurred|bolstered|stimulated|aided|backed|helped|accelerated|shaped|favou?red|"
    r"sustained|reinforced|encouraged|lifted|carried|explained|buoyed|strengthened|enabled|facilitated)\s+(?:\w+ly\s+|largely\s+|in part\s+|mainly\s+|above all\s+|both\s+)?by|"
    r"due\s+(?:\w+ly\s+)?to|owing\s+(?:\w+ly\s+)?to|because of|(?:attributed|attributable|ascribed|ascribable)\s+(?:\w+ly\s+)?to|thanks\s+(?:\w+ly\s+)?to|on account of|as a result of|on the back of|"
    r"(?:hampered|hindered|restrained|impeded|limited|curbed|slowed(?: down)?|constrained|held back|dampened|inhibited)\s+(?:\w+ly\s+)?by|"
    r"stem(?:s|ming|med)?\s+(?:\w+ly\s+)?from|rests? on|result(?:s|ing)? from|benefit(?:s|ing|ed|ted)?\s+(?:\w+ly\s+)?from|driven by factors such as|hinges? on|feeds? on|on the strength of|in view of|in light of|given|lives? (?:on|off|from)|"
    r"factors? (?:such as|like|including)|profits? from|draws? on|comes? from)\s+(?:the fact that\s+|factors (?:such as|like|including)\s+)?",
    re.I,
)
_PUSHES = frozenset(
    [
        "drive",
        "propel",
        "boost",
        "fuel",
        "support",
        "underpin",
        "spur",
        "bolster",
        "accelerate",
        "stimulate",
        "favour",
        "favor",
        "sustain",
        "reinforce",
        "encourage",
        "lift",
        "strengthen",
        "contribute",
        "push",
        "raise",
        "increase",
        "foster",
        "explain",
        "benefit",
        "help",
        "enable",
        "facilitate",
        "expand",
        "feed",
        "stoke",
        "speed",
        "create",
        "necessitate",
        "catalyze",
        "catalyse",
        "compel",
        "consolidate",
        "prompt",
        "augment",
        "surge",
    ]
)
_HOLDS = frozenset(
    [
        "hamper",
        "hinder",
        "restrain",
        "impede",
        "limit",
        "curb",
        "slow",
        "restrict",
        "constrain",
        "deter",
        "hurt",
        "harm",
        "block",
        "hold",
        "weigh",
        "temper",
        "dampen",
        "inhibit",
        "obstruct",
        "delay",
        "discourage",
        "stifle",
        "threaten",
        "complicate",
        "challenge",
    ]
)
_OBJECTS = re.compile(
    r"\b(?:market|growth|demand|adoption|leadership|volumes?|uptake|expansion|sales|lead|position|dominance|need|industry|sector|segment|region|interest|investment|"
    r"orders?|outlook|take-?up|appeal|popularity|preference|spending|requirements?|use|usage|consumption|installations?|build-?out|roll-?out|buyers?|brands?|firms?|operators?|households?|producers?|entrants?|uptake|deployment|it|them|penetration|progress|revenues?|share|opportunit\w+|buyers|spread|momentum|projects?)\b",
    re.I,
)
_NAMED_DRIVER = re.compile(
    r"\b(?:drivers?|driving (?:force|factor)s?|growth factors?|growth engines?|catalysts?|main reasons?|(?:key|main|major|primary|principal|other|another|chief|biggest|important) (?:factors?|forces?|reasons?|causes?)|tailwinds?|forces are at work)\b",
    re.I,
)
_NAMED_CHALLENGE = re.compile(
    r"\b(?:challenges?|restraints?|restraining factors?|barriers?|obstacles?|hurdles?|hindrances?|bottlenecks?|sore points?|brakes?|drags?|headwinds?|drawbacks?|"
    r"impediments?|constraints?|(?:key|main|major|serious) (?:concerns?|problems?|weakness|weaknesses|difficult(?:y|ies)))\b",
    re.I,
)
_NAMED_TREND = re.compile(
    r"\btrends?\s+(?:of|towards?|to|is|are|include|includes)\b|\b(?:emerging|notable|key|major|clear|growing|important|main|second|another|prominent|significant|visible|latest|current|new|top) trends?\b",
    re.I,
)
_OPPORTUNITY = re.compile(r"\b(?:opportunit(?:y|ies)|potential for|room for growth)\b", re.I)
_HEADINGS = {
    "drivers": "driver",
    "restraints": "challenge",
    "challenges": "challenge",
    "trends": "trend",
    "opportunities": "trend",
}
_BACKWARD = re.compile(
    r"^(?:this|these|those|such|it|they|their|its|he|she|as a result|consequently|therefore|thus|hence|for (?:example|instance)|the (?:same|scale|result))\b",
    re.I,
)
_ADDS = re.compile(
    r"\b(?:also|another|second|secondly|in addition|additionally|moreover|further(?:more)?|besides|too|meanwhile|concurrently|likewise|equally|add(?:s)? to|similarly|finally|at the same time)\b",
    re.I,
)
_SOURCED = re.compile(
    r"\b(?:according to|reported|report by|survey|study|found that|published|estimates? that|counted|poll|says?|said|data from|figures from|statistics)\b",
    re.I,
)
_SPLIT = re.compile(
    r",?\s+(?:coupled with|along with|as well as|combined with|together with|in addition to|alongside|paired with|and also)\s+",
    re.I,
)
_STARTS_ITEM = re.compile(
    r"(?:a|an|the|its|their|rising|growing|increasing|greater|stricter|tighter|tightening|higher|lower|falling|ageing|aging|stringent|strong|rapid|wide(?:r|spread)|continuous|continued|ongoing|expanding|escalating|surging|favou?rable|supportive|robust|government|rapidly)\b",
    re.I,
)
_TURNS = re.compile(
    r"\b(?:gain(?:s|ing)? (?:popularity|traction|ground|momentum)|(?:shift|mov|turn)(?:s|ing)? (?:from|to|towards?)|emerging as|on the rise|replac\w+|displac\w+|"
    r"increasingly|spreading|becoming|growing number)\b",
    re.I,
)
_FURTHER = re.compile(
    r"(?:furthermore|moreover|for example|for instance|according to|the (?:scale|extent|result|consequence)s? of)\b",
    re.I,
)
_IS_EVENT = re.compile(
    r"\b(?:in|on) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:acquired|launched|signed|opened|raised|secured|appointed|established|unveiled|announced|awarded)\b",
    re.I,
)
_DEFINES = re.compile(
    r"\b(?:is|are) (?:segmented|divided|categori[sz]ed|home to|defined)\b|\b(?:consists? of|refers? to|comprises?|covers?|includes?|part of the report)\b|\b(?:led|leads?|dominat\w+|remains?|is a mature|are a niche|is a niche)\b",
    re.I,
)
_SKIP_LEAD = re.compile(
    r"^(?:(?:a|an|the|its|their|both|either|chiefly|mainly|primarily|largely|above all|notably|especially|particularly|more|also)\s+|,\s*)+",
    re.I,
)
_RANKING = re.compile(
    r"\b(?:second|third)[- ](?:largest|biggest)|\bfollow(?:s|ed)?\b|\bremains? (?:the )?(?:largest|default|smaller|second)|\b(?:is|are) (?:smaller|larger|expected|projected|forecast|set|likely|anticipated|poised|estimated)\b",
    re.I,
)
_NEGATIVE = re.compile(
    r"\b(?:however|but|lags?|lagging|declin\w+|fell|weak\w*|slower|shrink\w*|scarce|lack\w*|shortage|difficult\w*|expensive|despite|although|hesita\w+|not yet|fails?|unlikely|bottleneck)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence being read: the kind and heading that its section gives, and the parts it is about."""

    sentence: Sentence
    kind: str | None
    heading: str | None
    parts: tuple[Part, ...]
    topic: str | None


def find(sentences: Sequence[Sentence], topics: Mapping[int, Line]) -> Iterator[Claim]:
    """The reasons that sentences give, in order; `topics` maps the start of a paragraph to the heading above it."""
    paragraph: list[Sentence] = []
    for sentence in sentences:
        if sentence.first and paragraph:
            yield from _of_paragraph(paragraph, topics)
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield from _of_paragraph(paragraph, topics)


def _of_paragraph(paragraph: Sequence[Sentence], topics: Mapping[int, Line]) -> Iterator[Claim]:
    section = paragraph[0].section
    if section in ("developments", "boilerplate", "contents", "players"):
        return
    topic = topics.get(paragraph[0].start)
    found_any = False
    for i, sentence in enumerate(paragraph):
        if sentence.text.rstrip().endswith("?"):
            continue
        kind = _HEADINGS.get(section)
        heading = {"restraints": "restraint", "opportunities": "opportunity"}.get(section)
        reading = _Reading(sentence, kind, heading, (), topic.text if topic and i == 0 else None)
        found = list(_named(reading)) if kind is None or _opens(paragraph, i) else []
        if not found and kind and _opens(paragraph, i):
            found = list(_whole(reading))
        elif not found and section in ("segments", "regions"):
            found = list(_of_part(reading))
        found_any = found_any or bool(found)
        yield from found
    kind = _HEADINGS.get(section)
    if topic and kind and not found_any:
        attributes = {"label": label_of(topic.text), "scope": "market"} | (
            {"heading": "restraint"} if section == "restraints" else {}
        )
        yield Claim(kind, (), topic.start, topic.end, attributes=attributes, rule="reason-in-heading", confidence=0.7)


def _opens(paragraph: Sequence[Sentence], i: int) -> bool:
    """Whether a sentence of a section on drivers, challenges or trends gives a reason of its own."""
    text = paragraph[i].text
    if figures.money(text) or figures.percent(text) or _IS_EVENT.search(text):
        return bool(i == 0 and (_NAMED_DRIVER.search(text) or _NAMED_CHALLENGE.search(text)))
    if i == 0:
        return not _FURTHER.match(text)
    if _BACKWARD.match(text) or _SOURCED.search(text):
        return False
    if paragraph[i].section == "trends" and _TURNS.search(text):
        return True
    return bool(_ADDS.search(text)) or (len(paragraph) == 2 and not _SOURCED.search(paragraph[0].text))


# ------------------------------------------------------------ reasons by their wording


def _named(reading: _Reading) -> Iterator[Claim]:
    """Reasons that the sentence names as such: "driven by", "X and Y hamper growth", "the main challenge is"."""
    yielded: list[tuple[int, int]] = []
    for claim in (
        *_pushed(reading),
        *_verbs(reading),
        *_nouns(reading),
        *_because(reading),
        *_surface(reading),
        *_choice(reading),
    ):
        if not any(claim.start < end and start < claim.end for start, end in yielded):
            yielded.append((claim.start, claim.end))
            yield claim


def _pushed(reading: _Reading) -> Iterator[Claim]:
    sentence = reading.sentence
    for match in _PUSHED.finditer(sentence.text):
        if _phrase_after(sentence, match.end()) is None:
            continue
        if re.match(r"rest|draw|hinge|feed|live|profit|come|h[aie]|imp|lim|curb|slow|cons|damp|inh", match.group(), re.I) and not (
            _growing(sentence.text[: match.start()])
        ):
            continue
        kind = "challenge" if _holding(sentence.text[: match.end()]) or reading.kind == "challenge" else "driver"
        if reading.kind == "trend" and not _growing(sentence.text[: match.start()]):
            continue
        yield from _claims(
            reading,
            kind,
            _items(sentence, *_range_after(sentence, match.end())),
            at=match.start(),
            rule="reason-by-cause",
        )


_BECAUSE = re.compile(
    r",?\s+(?:because|since(?! (?:19|20)\d\d)|as(?= (?:it|they|its|their|the|these|more|many|[a-z]+s)\b))\s+"
)


def _because(reading: _Reading) -> Iterator[Claim]:
    """The clause that gives the reason of a figure or rank of a part: "... will grow fastest, as it withstands heat"."""
    sentence = reading.sentence
    text = sentence.text
    if sentence.section not in ("segments", "regions") or not (
        figures.percent(text)
        or figures.money(text)
        or _RANKING.search(text)
        or re.search(r"\b(?:fastest|largest|highest|biggest|led|leads?)\b", text)
    ):
        return
    match = _BECAUSE.search(text)
    if match is None or len(text) - match.end() < 15:
        return
    end = len(text.rstrip(" ."))
    told = [token for token in sentence.span if match.end() <= token.idx - sentence.span.start_char < end]
    if any(
        token.dep_ in ("nsubj", "nsubjpass") and token.head.idx > token.idx for token in told
    ) and not figures.percent(text[match.end() :]):
        yield from _claims(reading, "driver", [(match.end(), end)], at=0, rule="reason-by-clause")


def in_lists(sections: Sequence[Section]) -> Iterator[Claim]:
    """Bullets below "drivers", "restraints", "trends" that are no sentences, each one reason."""
    for section in sections:
        kind = _HEADINGS.get(section.kind)
        items = [
            line for line in section.lines if line.bullet and not line.prose and 2 <= len(line.text.split()) <= 20
        ]
        if any(is_form(line.text.split()[-1]) for line in items):  # a list of companies
            continue
        if kind and len(items) > 1 and not any(line.cells for line in section.lines):
            heading = {"restraints": "restraint", "opportunities": "opportunity"}.get(section.kind)
            for line in items:
                attributes = {"label": label_of(line.text), "scope": "market"} | (
                    {"heading": heading} if heading else {}
                )
                yield Claim(
                    kind, (), line.start, line.end, attributes=attributes, rule="reason-in-list", confidence=0.75
                )


def _growing(text: str) -> bool:
    return bool(re.search(r"\b(?:market|growth|demand|driven|grow\w*)\b", text, re.I))


def _holding(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:hamper|hinder|restrain|imped|constrain|held back|slow|limit|threaten|challeng|decline|shrink)\w*\b[^,;]*$",
            text,
            re.I,
        )
    )


def _verbs(reading: _Reading) -> Iterator[Claim]:
    sentence = reading.sentence
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ != "VERB" or (lemma not in _PUSHES and lemma not in _HOLDS):
            continue
        behind = sentence.text[token.idx - sentence.span.start_char + len(token) :][:70]
        if (
            lemma not in ("deter", "hurt", "harm")
            and not _OBJECTS.search(behind)
            and not re.match(r"\s+(?:back|down|up|on)\b", behind)
        ):
            continue
        if lemma in ("hold", "weigh") and not re.match(
            r"\s+(?:the \w+ |it |them |growth |adoption )?(?:back|on|down)\b", behind
        ):
            continue
        subject = _own_subject(token)
        if (
            subject is None
            or subject.pos_ == "PRON"
            or subject.lower_ in ("this", "these", "that", "which", "market", "companies")
        ):
            continue
        kind = "challenge" if lemma in _HOLDS else "driver"
        if reading.kind == "trend" and kind == "driver":
            continue
        yield from _claims(
            reading,
            kind,
            _items(sentence, *_range_before(sentence, token, subject)),
            at=token.idx - sentence.span.start_char,
            rule="reason-by-verb",
        )


_SURFACE = re.compile(
    r"\b(?:restrain|hamper|hinder|impede|curb|constrain|temper|limit|slow|restrict|drive|propel|boost|fuel|spur|support|underpin|lift|push|sustain|favou?r|bolster|accelerate)s?\s+"
    r"(?:down\s+)?(?:the\s+|its\s+|their\s+|overall\s+|market\s+|further\s+)*(?:market|growth|demand|adoption|expansion|sales|outlook|uptake|orders)\b",
    re.I,
)


def _surface(reading: _Reading) -> Iterator[Claim]:
    """As `_verbs`, by the words alone, where the parse has lost the verb."""
    sentence = reading.sentence
    match = _SURFACE.search(sentence.text)
    token = sentence._token(match.start()) if match else None
    if match is None or token is None or token.pos_ == "VERB" or match.start() < 8:
        return
    begin = max(
        (m.end() for m in re.finditer(r"[;:]\s|,\s+(?:while|whereas|but)\s+", sentence.text[: match.start()])),
        default=0,
    )
    lead = _ADVERBIAL.match(sentence.text, begin, match.start())
    kind = "challenge" if token.text.casefold().rstrip("s") in _HOLDS else "driver"
    words = sentence.text[lead.end() if lead else begin : match.start()]
    if re.search(r"\b(?:to|that|which|who|will|can|is|are)\s*$", words):
        return
    yield from _claims(
        reading,
        kind,
        _items(sentence, lead.end() if lead else begin, match.start()),
        at=match.start(),
        rule="reason-by-wording",
    )


_CHOICE = re.compile(
    r"\s(?:make|makes|made|give|gives|gave|keep|keeps|kept|put|puts)\s[^.;,]{0,40}\b(?:first choice|lead|heartland|in demand|attractive|popular|favou?rite|edge|advantage|preferred|choice|standard)\b",
    re.I,
)


def _choice(reading: _Reading) -> Iterator[Claim]:
    """ "Low weight and easy cutting make felt the first choice" in a paragraph on a part."""
    sentence = reading.sentence
    match = _CHOICE.search(sentence.text)
    if match is None or sentence.section not in ("segments", "regions") or match.start() < 8:
        return
    lead = _ADVERBIAL.match(sentence.text, 0, match.start())
    yield from _claims(
        reading,
        "driver",
        _items(sentence, lead.end() if lead else 0, match.start()),
        at=match.start(),
        rule="reason-by-wording",
    )


def in_headings(sections: Sequence[Section], topic: Callable[[Section], Part | None]) -> Iterator[Claim]:
    """The reasons that headings give behind "owing to": "Oat Segment Led Owing to Mild Taste"."""
    for section in sections:
        match = re.search(r"\b(?:Owing|Due|Thanks) to ", section.heading.text, re.I) if section.heading else None
        if match and section.heading and section.kind in ("segments", "regions"):
            part = topic(section)
            text = section.heading.text[match.end() :]
            attributes = {"label": label_of(text), "scope": part.role if part else "market"}
            start = section.heading.start + match.end()
            yield Claim(
                "driver",
                (part,) if part else (),
                start,
                start + len(text),
                attributes=attributes,
                rule="reason-in-heading",
                confidence=0.7,
            )


def _own_subject(verb: Token) -> Token | None:
    """The subject of a verb, also through "is expected to drive" and "are driving and supporting"."""
    here = verb
    for _ in range(5):
        for child in here.children:
            if child.dep_ in ("nsubj", "csubj"):
                return child if child.pos_ in ("NOUN", "PROPN", "PRON", "VERB") else None
            if child.dep_ == "nsubjpass" and here != verb:
                return child
        if here.dep_ in ("xcomp", "conj", "acomp", "ccomp") and here.head != here:
            here = here.head
            continue
        return None
    return None


def _nouns(reading: _Reading) -> Iterator[Claim]:
    """Reasons beside a noun that says what they are: "X is a major challenge", "key drivers include X and Y"."""
    sentence = reading.sentence
    for pattern, kind, heading in (
        (_NAMED_CHALLENGE, "challenge", reading.heading if reading.kind == "challenge" else None),
        (_NAMED_DRIVER, "driver", None),
        (_NAMED_TREND, "trend", None),
    ):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        if kind == "driver" and reading.kind == "challenge":
            kind, heading = "challenge", reading.heading
        if kind == "challenge" and re.search(r"restrain", match.group(), re.I):
            heading = "restraint"
        found = list(_beside_noun(reading, match, kind, heading))
        if found:
            yield from found
            return


def _beside_noun(reading: _Reading, match: re.Match[str], kind: str, heading: str | None) -> Iterator[Claim]:
    sentence = reading.sentence
    text = sentence.text
    linked = re.compile(
        r"[^.;:]{0,140}?(?:\b(?:is|are|remains?|includes?|comprises?|lies? in|consists? of|of|towards?|toward)\b|:)\s+(?:that\s+)?"
    ).match(text, match.end())
    token = sentence._token(match.start())
    head = sentence._token(match.end() - 1) if token is not None else None
    subject = None
    if head is not None:
        verb = head.head
        for _ in range(3):
            if verb.pos_ in ("VERB", "AUX"):
                break
            verb = verb.head
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        subject is not None
        and subject.idx - sentence.span.start_char < match.start()
        and not (subject.left_edge.i <= head.i <= subject.right_edge.i)
    ):  # type: ignore[union-attr]  # a subject was found through head
        if (
            subject.pos_ in ("NOUN", "PROPN", "VERB")
            and not _names_whole(subject, sentence)
            and sentence.text[: match.start()].strip()
        ):
            if verb.lemma_ not in _LINKING:
                return
            items = _items(sentence, *_range_before(sentence, verb, subject))
            if (
                len(items) == 1 and len(text[items[0][0] : items[0][1]].split()) < 4
            ):  # "Permits are the second hurdle"
                items = [(items[0][0], match.end())]
            yield from _claims(reading, kind, items, at=match.start(), rule="reason-by-noun", heading=heading)
            return
    if linked:
        if _phrase_after(sentence, linked.end()) is not None:
            yield from _claims(
                reading,
                kind,
                _items(sentence, *_range_after(sentence, linked.end())),
                at=match.start(),
                rule="reason-by-noun",
                heading=heading,
            )


_LINKING = frozenset(
    [
        "be",
        "remain",
        "become",
        "represent",
        "pose",
        "act",
        "include",
        "constitute",
        "form",
        "rank",
        "emerge",
        "stay",
        "prove",
    ]
)


def _names_whole(subject: Token, sentence: Sentence) -> bool:
    begin = subject.left_edge.idx - sentence.span.start_char
    end = subject.right_edge.idx + len(subject.right_edge) - sentence.span.start_char
    return any(begin <= first and last <= end + 1 for first, last in sentence.masked) or subject.lower_ in (
        "market",
        "industry",
    )


# ------------------------------------------------------------ reasons by their place


def _whole(reading: _Reading) -> Iterator[Claim]:
    """The reason of a paragraph under "drivers", "challenges", "trends": its first sentence, labelled by the heading."""
    sentence = reading.sentence
    text = sentence.text
    if sentence.bullet and len(text.split()) < 3:
        return
    end = len(text.rstrip(" ."))
    yield _claim(reading, reading.kind or "driver", (0, end), rule="reason-by-place", heading=reading.heading)


def _of_part(reading: _Reading) -> Iterator[Claim]:
    """What a paragraph on a segment or region tells in its favour, clause by clause."""
    sentence = reading.sentence
    text = sentence.text
    about = _part_of(sentence)
    if not about or _SOURCED.search(text) or figures.money(text) or figures.percent(text) or _NEGATIVE.search(text):
        return
    if (
        _IS_EVENT.search(text)
        or _DEFINES.search(text)
        or _RANKING.search(text)
        or re.search(r"\b(?:largest|fastest|biggest|highest)\b", text, re.I)
        or sentence.bullet
        or len(text.split()) < 5
    ):
        return
    for start, end in _clauses(sentence):
        yield _claim(reading, "driver", (start, end), rule="reason-in-part", parts=about)


def _part_of(sentence: Sentence) -> tuple[Part, ...]:
    """The part whose paragraph this is: the heading's, else the one told of last."""
    if sentence.topic:
        return (sentence.topic,)
    return sentence.before


def _clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Main clauses with a subject of their own, as spans of the sentence's text."""
    root = sentence.span.root
    heads = [
        root,
        *(token for token in root.conjuncts if any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)),
    ]
    heads = [token for token in heads if token.pos_ in ("VERB", "AUX")]
    text, offset = sentence.text, sentence.span.start_char
    if len(heads) < 2:
        return [(0, len(text.rstrip(" .")))]
    starts = [
        min(child.left_edge.idx for child in head.children if child.dep_ in ("nsubj", "nsubjpass")) - offset
        for head in heads[1:]
    ]
    cuts = [0, *sorted(starts), len(text.rstrip(" ."))]
    return [
        (a, a + len(re.sub(r"[,;]?\s*(?:and|while|but)?\s*$", "", text[a:b])))
        for a, b in zip(cuts, cuts[1:], strict=False)
        if b - a > 12
    ]


# ------------------------------------------------------------ items and claims


def _phrase_after(sentence: Sentence, at: int) -> Token | None:
    """The head of the phrase that begins at offset `at`."""
    token = sentence._token(at)
    if token is None:
        return None
    limit = sentence.span.start_char + at
    while token.head != token and token.head.idx >= limit:
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "AUX") else None


def _items(sentence: Sentence, begin: int, end: int) -> list[tuple[int, int]]:
    """The items of a coordination that stands at `begin` to `end` of the sentence's text."""
    text = sentence.text
    end = begin + len(text[begin:end].rstrip(" ,;.–-"))
    spans = []
    for a, b in _between(begin, end, _cuts(sentence, begin, end)):
        lead = re.match(
            r"[\s,;]*(?:and\s+|both\s+|also\s+|by\s+|(?:lately|above all|chiefly|mainly|finally),\s+)*", text[a:b]
        )
        a += lead.end() if lead else 0
        b = a + len(text[a:b].rstrip(" ,;."))
        if b - a > 3:
            spans.append((a, b))
    return spans


def _between(begin: int, end: int, cuts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    yield from zip([begin, *(right for _, right in cuts)], [*(left for left, _ in cuts), end], strict=True)


_BREAK = re.compile(
    r";\s|:\s|\s[–—]\s|,?\s+(?:which|resulting|leading to|making|allowing|ensuring|improving|reducing|boosting|driving|creating|raising|supporting|providing|encouraging|strengthening|giving|facilitating|contributing|reinforcing|thereby|so that|while|whereas|but|although|though|enabling|helping|as (?:the|it|they|these|this|more|well-)(?! as)|because|whose|where|when|if)\b"
    r"|,\s+(?:with|according to|says|said|supported by|followed by|though|not)\b"
)


def _range_after(sentence: Sentence, at: int) -> tuple[int, int]:
    """Where reasons that begin at `at` end: before a result clause, or the next main verb with its subject."""
    text, offset = sentence.text, sentence.span.start_char
    end = len(text.rstrip(" ."))
    stop = _BREAK.search(text, at + 4, end)
    end = stop.start() if stop else end
    for token in sentence.span:
        place = token.idx - offset
        if (
            place <= at
            or place >= end
            or token.tag_ not in ("VBD", "VBZ", "VBP", "MD")
            or token.dep_ in ("relcl", "acl", "ccomp")
        ):
            continue
        if token.dep_ in ("aux", "auxpass") and token.head.dep_ in ("relcl", "acl", "ccomp", "pcomp"):
            continue
        if any(
            other.lower_ in ("that", "who", "which")
            and other.i < token.i
            and other.idx - offset >= at
            and token.i - other.i < 6
            for other in token.head.subtree
        ):
            continue
        subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        joined = token.dep_ == "conj" and token.head.idx - offset < at and token.head.pos_ in ("VERB", "AUX")
        if subject is None and not joined and token.tag_ != "MD":
            continue
        limit = subject.left_edge.idx - offset if subject is not None else place
        if limit > at:
            end = limit
            break
    return at, at + len(re.sub(r"[,;]?\s*(?:and|while|but|or)?\s*$", "", text[at:end]))


_ADVERBIAL = re.compile(
    r"(?:(?:In|Over|By|As|On|At|For|During|Under|With|From|Since|After|Beyond|Besides|Despite|Moreover|Furthermore|However|Meanwhile|Additionally|Nevertheless|"
    r"Today|Elsewhere|Here|There|Finally|Also|Second|First|Concurrently|Similarly|Likewise|Conversely|Together)\b[^,]{0,60}, )+"
)


def _range_before(sentence: Sentence, verb: Token, subject: Token) -> tuple[int, int]:
    """Where the coordinated subjects of a verb stand: from the start of their clause to the verb."""
    text, offset = sentence.text, sentence.span.start_char
    first = (
        min(
            child.idx
            for child in (
                verb,
                *(c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.idx > subject.idx),
            )
        )
        - offset
    )
    head = verb
    while head.dep_ in ("xcomp", "acomp", "conj") and head.head.idx > subject.idx:
        head = head.head
        first = min(
            first,
            min((c.idx for c in (head, *head.children) if c.idx > subject.right_edge.idx), default=head.idx) - offset,
        )
    begin = 0
    for match in re.finditer(
        r"[;:]\s|,\s+(?:while|whereas|but|and)\s+(?=(?:the|a|an|its|their)\b)", text[: subject.idx - offset]
    ):
        begin = match.end()
    lead = _ADVERBIAL.match(text, begin, subject.idx - offset)
    begin = lead.end() if lead else begin
    own = subject.left_edge.idx - offset
    between = text[begin:own]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") and begin <= t.idx - offset < own for t in sentence.span)
    if finite or re.search(r"\b(?:that|if|when|because|as)\b", between):
        begin = own
    end = first
    aside = re.search(
        r",\s+(?:however|in contrast|on the other hand|in turn|too|also|for instance|meanwhile|above all|though),?\s*$",
        text[begin:end],
    )
    return begin, begin + aside.start() if aside else end


_NO_CUT = re.compile(
    r"(?:such as|including|particularly|especially|notably|mainly|above all|who|which|that|e\.g\.|for example|in particular|coupled with|along with|as well as|combined with|together with|in addition to|alongside|paired with|and (?:is|are|was|has|have|will|can|may)|from|in|with|however|too|respectively)\b",
    re.I,
)


def _cuts(sentence: Sentence, begin: int, end: int) -> list[tuple[int, int]]:
    """Where one item ends and the next begins: commas of a list, and "and" between heads or before an opening word."""
    text = sentence.text
    commas = [
        (begin + m.start(), begin + m.end(), "and" in m.group())
        for m in re.finditer(r",\s+(?:(?:and|or)\s+)?(?:also\s+)?", text[begin:end])
        if not _depth(text, begin, begin + m.start())
        and not _NO_CUT.match(text[begin + m.end() : end])
        and _ends_in_noun(sentence, begin + m.start())
    ]
    found = [(left, right) for left, right, _ in commas]
    serial = any(last for *_, last in commas)
    tail = max((right for _, right in found), default=begin)
    for m in re.finditer(r"\s+and\s+(?:also\s+)?", text[begin:end]):
        left, right = begin + m.start(), begin + m.end()
        if _depth(text, begin, left) or any(a <= left < b for a, b in found) or not _ends_in_noun(sentence, left):
            continue
        opens = bool(_STARTS_ITEM.match(text[right:end])) and len(text[right:end].split()) > 1
        final = bool(commas) and not serial and left >= tail and not re.search(r"\sand\s", text[right:end])
        if opens or final or _joins_heads(sentence, begin, right):
            found.append((left, right))
    found += [(begin + m.start(), begin + m.end()) for m in _SPLIT.finditer(text[begin:end])]
    found.sort()
    return [cut for i, cut in enumerate(found) if not i or cut[0] >= found[i - 1][1]]


def _ends_in_noun(sentence: Sentence, at: int) -> bool:
    token = sentence._token(max(at - 1, 0))
    return token is None or token.pos_ not in ("ADJ", "ADV", "DET", "ADP") or token.tag_ == "VBG"


def _joins_heads(sentence: Sentence, begin: int, right: int) -> bool:
    """Whether the word behind "and" belongs to a conjunct of the first item's head."""
    token, first = sentence._token(right), sentence._token(begin)
    if token is None or first is None:
        return False
    while (
        token.dep_ in ("amod", "compound", "det", "nmod", "advmod", "poss", "nummod", "quantmod")
        and token.head.i > token.i
    ):
        token = token.head
    while (
        first.dep_ in ("amod", "compound", "det", "nmod", "advmod", "poss", "nummod", "quantmod", "case")
        and first.head.i > first.i
    ):
        first = first.head
    return token.dep_ == "conj" and token.head == first


def _depth(text: str, begin: int, at: int) -> bool:
    return text.count("(", begin, at) > text.count(")", begin, at)


def _claims(
    reading: _Reading, kind: str, items: Sequence[tuple[int, int]], *, at: int, rule: str, heading: str | None = None
) -> Iterator[Claim]:
    sentence = reading.sentence
    parts = _parts_at(reading, at)
    for start, end in items:
        words = sentence.text[start:end].split()
        if (
            len(words) > 40
            or _names_part(sentence, start, end)
            or not re.search(r"[^\W\d_]{3}", sentence.text[start:end])
            or _empty(sentence.text[start:end])
        ):
            continue
        yield _claim(reading, kind, (start, end), rule=rule, heading=heading, parts=parts)


_EMPTY = re.compile(
    r"(?:the |its |their )?(?:(?:\w+ )?(?:obstacles|challenges|forces|brakes|trends|drivers|hurdles|restraints)|market|growth|demand|region|segment|country|companies|players|industry|factors?|reasons?|it|this|that|these|those|others?|several factors|a number of factors|various factors|forecast period)$",
    re.I,
)


def _names_part(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an item is nothing but the market or a part of it."""
    named = [(place.start, place.end) for place in sentence.places] + list(sentence.masked)
    return any(first <= start + 4 and end <= last + 9 for first, last in named)


def _empty(text: str) -> bool:
    return bool(_EMPTY.fullmatch(text.strip()))


def _parts_at(reading: _Reading, at: int) -> tuple[Part, ...]:
    sentence = reading.sentence
    if sentence.section in ("segments", "regions"):
        subject = sentence.subject(at)
        inside = sentence._within(*subject) if subject else ()
        if sentence.topic:
            return (sentence.topic,)
        if inside and subject and subject[0] < at:
            return inside[:1]
        about = sentence.about(at)
        return (about or sentence.before)[:1]
    about = sentence.about(at)
    return about[:1] if about and sentence.places and not reading.kind else ()


def _claim(
    reading: _Reading,
    kind: str,
    span: tuple[int, int],
    *,
    rule: str,
    heading: str | None = None,
    parts: tuple[Part, ...] = (),
) -> Claim:
    sentence = reading.sentence
    text = sentence.text[span[0] : span[1]]
    label = label_of(reading.topic if reading.topic and rule == "reason-by-place" else text)
    scope = parts[0].role if parts else "market"
    attributes = {"label": label, "scope": scope} | ({"heading": heading} if heading and kind != "driver" else {})
    if kind == "trend" and reading.heading == "opportunity":
        attributes["heading"] = "opportunity"
    return Claim(
        kind,
        parts,
        sentence.start + span[0],
        sentence.start + span[1],
        attributes=attributes,
        rule=rule,
        confidence=0.75,
    )


def label_of(text: str) -> str:
    """A short name of a reason: without leading articles, at most ten words, first letter capital."""
    bare = re.sub(
        r"^(?:driver|restraint|challenge|opportunity|trend)s?\s*[:–-]\s*", "", text.strip(" .,:;"), flags=re.I
    )
    bare = _SKIP_LEAD.sub("", bare)
    bare = re.split(r",\s|\s(?:which|that|who)\s", bare)[0]
    words = bare.split()[:10]
    while len(words) > 1 and words[-1].casefold() in (
        "of",
        "in",
        "and",
        "the",
        "for",
        "to",
        "a",
        "with",
        "by",
        "from",
        "on",
        "as",
        "at",
    ):
        words.pop()
    return (words[0][:1].upper() + " ".join(words)[1:]) if words else text.strip()
