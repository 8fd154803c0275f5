"""Why a market grows, what holds it back and where it is going: driver, challenge, trend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract import figures
from extract.claim import Claim
from extract.sentences import Sentence
from extract.vocabulary import Part

_PUSHED = re.compile(
    r"\b(?:(?:driven|fuell?ed|propelled|supported|boosted|underpinned|spurred|bolstered|stimulated|aided|backed|helped|accelerated|shaped|favou?red|"
    r"sustained|reinforced|encouraged|lifted|carried|explained|buoyed|strengthened|enabled|facilitated)\s+(?:\w+ly\s+|largely\s+|in part\s+|mainly\s+|above all\s+|both\s+)?by|"
    r"due\s+(?:\w+ly\s+)?to|owing\s+(?:\w+ly\s+)?to|because of|(?:attributed|attributable)\s+(?:\w+ly\s+)?to|thanks\s+(?:\w+ly\s+)?to|on account of|as a result of|on the back of|"
    r"stem(?:s|ming|med)?\s+(?:\w+ly\s+)?from|rests? on|result(?:s|ing)? from|benefit(?:s|ing|ed|ted)?\s+(?:\w+ly\s+)?from|driven by factors such as|hinges? on|feeds? on|lives? (?:on|off|from)|"
    r"factors? (?:such as|like|including)|profits? from|draws? on|comes? from)\s+(?:the fact that\s+|factors (?:such as|like|including)\s+)?",
    re.I,
)
_PUSHES = frozenset(
    "drive propel boost fuel support underpin spur bolster accelerate stimulate favour favor sustain reinforce encourage lift strengthen "
    "contribute push raise increase foster explain benefit help enable facilitate expand feed stoke speed create necessitate".split()
)
_HOLDS = frozenset("hamper hinder restrain impede limit curb slow restrict constrain deter hold weigh dampen inhibit obstruct delay discourage stifle threaten complicate challenge".split())
_OBJECTS = re.compile(
    r"\b(?:market|growth|demand|adoption|uptake|expansion|sales|lead|position|dominance|need|industry|sector|segment|region|interest|investment|"
    r"use|usage|consumption|installations?|deployment|it|them|penetration|progress|revenues?|share|opportunit\w+|buyers|spread|momentum|projects?)\b",
    re.I,
)
_NAMED_DRIVER = re.compile(
    r"\b(?:drivers?|driving (?:force|factor)s?|growth factors?|growth engines?|engines?|catalysts?|main reasons?|(?:key|main|major|primary|principal|other|another|chief|biggest|important) (?:factors?|forces?|reasons?|causes?)|tailwinds?|forces are at work)\b",
    re.I,
)
_NAMED_CHALLENGE = re.compile(
    r"\b(?:challenges?|restraints?|restraining factors?|barriers?|obstacles?|hurdles?|hindrances?|bottlenecks?|sore points?|brakes?|drags?|headwinds?|drawbacks?|"
    r"impediments?|constraints?|(?:key|main|major|serious) (?:concerns?|problems?|weakness|weaknesses|difficult(?:y|ies)))\b",
    re.I,
)
_NAMED_TREND = re.compile(r"\btrends?\s+(?:of|towards?|to|is|are|include|includes)\b|\b(?:emerging|notable|key|major|clear|growing|important|main|second|another|prominent|significant|visible) trends?\b", re.I)
_OPPORTUNITY = re.compile(r"\b(?:opportunit(?:y|ies)|potential for|room for growth)\b", re.I)
_HEADINGS = {"drivers": "driver", "restraints": "challenge", "challenges": "challenge", "trends": "trend", "opportunities": "trend"}
_BACKWARD = re.compile(r"^(?:this|these|those|such|it|they|their|its|he|she|as a result|consequently|therefore|thus|hence|for (?:example|instance)|the (?:same|scale|result))\b", re.I)
_ADDS = re.compile(r"\b(?:also|another|second|secondly|in addition|additionally|moreover|further(?:more)?|besides|too|meanwhile|concurrently|likewise|equally|add(?:s)? to|similarly|finally|at the same time)\b", re.I)
_SOURCED = re.compile(r"\b(?:according to|reported|report by|survey|study|found that|published|estimates? that|counted|poll|says?|said|data from|figures from|statistics)\b", re.I)
_SPLIT = re.compile(r",?\s+(?:coupled with|along with|as well as|combined with|together with|in addition to|alongside|paired with|and also)\s+", re.I)
_STARTS_ITEM = re.compile(r"(?:a|an|the|its|their|rising|growing|increasing|greater|stricter|tighter|tightening|higher|lower|falling|ageing|aging|stringent|strong|rapid|wide(?:r|spread)|continuous|continued|ongoing|expanding|escalating|surging|favou?rable|supportive|robust|government|rapidly)\b", re.I)
_SKIP_LEAD = re.compile(r"^(?:(?:a|an|the|its|their|both|either|chiefly|mainly|primarily|largely|above all|notably|especially|particularly|more|also)\s+|,\s*)+", re.I)
_RANKING = re.compile(r"\b(?:second|third)[- ](?:largest|biggest)|\bfollow(?:s|ed)?\b|\bremains? (?:the )?(?:largest|default|smaller|second)|\b(?:is|are) (?:smaller|larger|expected|projected|forecast|set|likely|anticipated|poised|estimated)\b", re.I)
_NEGATIVE = re.compile(r"\b(?:however|but|lags?|lagging|declin\w+|fell|weak\w*|slower|shrink\w*|scarce|lack\w*|shortage|difficult\w*|expensive|despite|although|hesita\w+|not yet|fails?|unlikely|bottleneck)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence being read: the kind and heading that its section gives, and the parts it is about."""

    sentence: Sentence
    kind: str | None
    heading: str | None
    parts: tuple[Part, ...]
    topic: str | None


def find(sentences: Sequence[Sentence], topics: dict[int, str]) -> Iterator[Claim]:
    """The reasons that sentences give, in order; `topics` maps the start of a paragraph's first sentence to its heading."""
    paragraph: list[Sentence] = []
    for sentence in sentences:
        if sentence.first and paragraph:
            yield from _of_paragraph(paragraph, topics)
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield from _of_paragraph(paragraph, topics)


def _of_paragraph(paragraph: Sequence[Sentence], topics: dict[int, str]) -> Iterator[Claim]:
    section = paragraph[0].section
    if section in ("developments", "boilerplate", "contents", "players", "scope"):
        return
    topic = topics.get(paragraph[0].start)
    for i, sentence in enumerate(paragraph):
        if sentence.text.rstrip().endswith("?"):
            continue
        kind = _HEADINGS.get(section)
        heading = {"restraints": "restraint", "opportunities": "opportunity"}.get(section)
        reading = _Reading(sentence, kind, heading, (), topic if i == 0 else None)
        found = list(_named(reading))
        if not found and kind and _opens(paragraph, i):
            found = list(_whole(reading))
        elif not found and section in ("segments", "regions"):
            found = list(_of_part(reading))
        yield from found


def _opens(paragraph: Sequence[Sentence], i: int) -> bool:
    """Whether a sentence of a section on drivers, challenges or trends gives a reason of its own."""
    if i == 0:
        return True
    text = paragraph[i].text
    if _BACKWARD.match(text) or _SOURCED.search(text) or figures.percent(text):
        return False
    return bool(_ADDS.search(text)) or (len(paragraph) == 2 and not _SOURCED.search(paragraph[0].text))


# ------------------------------------------------------------ reasons by their wording


def _named(reading: _Reading) -> Iterator[Claim]:
    """Reasons that the sentence names as such: "driven by", "X and Y hamper growth", "the main challenge is"."""
    sentence = reading.sentence
    yielded: list[tuple[int, int]] = []
    for claim in (*_pushed(reading), *_verbs(reading), *_nouns(reading)):
        if not any(claim.start < end and start < claim.end for start, end in yielded):
            yielded.append((claim.start, claim.end))
            yield claim
    del sentence


def _pushed(reading: _Reading) -> Iterator[Claim]:
    sentence = reading.sentence
    for match in _PUSHED.finditer(sentence.text):
        root = _phrase_after(sentence, match.end())
        if root is None:
            continue
        kind = "challenge" if _holding(sentence.text[: match.start()]) or reading.kind == "challenge" else "driver"
        if reading.kind == "trend" and not _growing(sentence.text[: match.start()]):
            continue
        yield from _claims(reading, kind, _items(sentence, root, match.end()), at=match.start(), rule="reason-by-cause")


def _growing(text: str) -> bool:
    return bool(re.search(r"\b(?:market|growth|demand|driven|grow\w*)\b", text, re.I))


def _holding(text: str) -> bool:
    return bool(re.search(r"\b(?:hamper|hinder|restrain|imped|constrain|held back|slow|limit|threaten|challeng|decline|shrink)\w*\b[^,;]*$", text, re.I))


def _verbs(reading: _Reading) -> Iterator[Claim]:
    sentence = reading.sentence
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ != "VERB" or (lemma not in _PUSHES and lemma not in _HOLDS):
            continue
        behind = sentence.text[token.idx - sentence.span.start_char + len(token) :][:70]
        if not _OBJECTS.search(behind) and not re.match(r"\s+(?:back|down|up)\b", behind):
            continue
        if lemma in ("hold", "weigh") and not re.match(r"\s+(?:the \w+ |it |them |growth |adoption )?(?:back|on|down)\b", behind):
            continue
        subject = _own_subject(token)
        if subject is None or subject.pos_ == "PRON" or subject.lower_ in ("this", "these", "that", "which", "market", "companies"):
            continue
        kind = "challenge" if lemma in _HOLDS else "driver"
        if reading.kind == "trend" and kind == "driver":
            continue
        begin = subject.left_edge.idx - sentence.span.start_char
        yield from _claims(reading, kind, _items(sentence, subject, begin), at=token.idx - sentence.span.start_char, rule="reason-by-verb")


def _own_subject(verb: Token) -> Token | None:
    """The subject of a verb, also through "is expected to drive" and "are driving and supporting"."""
    here = verb
    for _ in range(4):
        for child in here.children:
            if child.dep_ in ("nsubj", "csubj"):
                return child if child.pos_ in ("NOUN", "PROPN", "PRON", "VERB") else None
            if child.dep_ == "nsubjpass" and here != verb:
                return child
        if here.dep_ in ("xcomp", "conj") and here.head != here:
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
        if kind == "challenge" and re.search(r"restrain", match.group(), re.I):
            heading = "restraint"
        found = list(_beside_noun(reading, match, kind, heading))
        if found:
            yield from found
            return


def _beside_noun(reading: _Reading, match: re.Match[str], kind: str, heading: str | None) -> Iterator[Claim]:
    sentence = reading.sentence
    text = sentence.text
    linked = re.compile(r"[^.;:]{0,140}?(?:\b(?:is|are|remains?|includes?|comprises?|lies? in|consists? of|of|towards?|toward)\b|:)\s+(?:that\s+)?").match(text, match.end())
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
    if subject is not None and subject.idx - sentence.span.start_char < match.start() and not (subject.left_edge.i <= head.i <= subject.right_edge.i):  # type: ignore[union-attr]  # a subject was found through head
        if subject.pos_ in ("NOUN", "PROPN", "VERB") and not _names_whole(subject, sentence) and sentence.text[: match.start()].strip():
            begin = subject.left_edge.idx - sentence.span.start_char
            yield from _claims(reading, kind, _items(sentence, subject, begin), at=match.start(), rule="reason-by-noun", heading=heading)
            return
    if linked:
        root = _phrase_after(sentence, linked.end())
        if root is not None:
            yield from _claims(reading, kind, _items(sentence, root, linked.end()), at=match.start(), rule="reason-by-noun", heading=heading)


def _names_whole(subject: Token, sentence: Sentence) -> bool:
    begin = subject.left_edge.idx - sentence.span.start_char
    end = subject.right_edge.idx + len(subject.right_edge) - sentence.span.start_char
    return any(begin <= first and last <= end + 1 for first, last in sentence.masked) or subject.lower_ in ("market", "industry")


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
    if _RANKING.search(text) or re.search(r"\b(?:largest|fastest|biggest|highest)\b", text, re.I) or sentence.bullet or len(text.split()) < 5:
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
    heads = [root, *(token for token in root.conjuncts if any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children))]
    heads = [token for token in heads if token.pos_ in ("VERB", "AUX")]
    text, offset = sentence.text, sentence.span.start_char
    if len(heads) < 2:
        return [(0, len(text.rstrip(" .")))]
    starts = [min(child.left_edge.idx for child in head.children if child.dep_ in ("nsubj", "nsubjpass")) - offset for head in heads[1:]]
    cuts = [0, *sorted(starts), len(text.rstrip(" ."))]
    return [(a, a + len(re.sub(r"[,;]?\s*(?:and|while|but)?\s*$", "", text[a:b]))) for a, b in zip(cuts, cuts[1:], strict=False) if b - a > 12]


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


def _items(sentence: Sentence, root: Token, begin: int) -> list[tuple[int, int]]:
    """The items of a coordination whose head is `root`, as spans of the sentence's text from `begin` on."""
    offset = sentence.span.start_char
    end = max(token.idx + len(token) for token in root.subtree) - offset
    end = min(end, _clause_end(sentence, root, begin, end))
    text = sentence.text[begin:end].rstrip(" ,;.")
    cuts = _cuts(sentence, root, begin, begin + len(text))
    spans = []
    for a, b in zip([begin, *(right for _, right in cuts)], [*(left for left, _ in cuts), begin + len(text)], strict=True):
        lead = re.match(r"[\s,;]*(?:and\s+|both\s+|also\s+)?", sentence.text[a:b])
        a += lead.end() if lead else 0
        if b - a > 3:
            spans.append((a, b))
    return spans


def _clause_end(sentence: Sentence, root: Token, begin: int, end: int) -> int:
    """Where the reasons end and the sentence goes on with a result: ", which ...", ", resulting in ..."."""
    match = re.search(r",\s+(?:which|resulting|leading|making|allowing|thereby|so that|and (?:is|are|has|have|will|should)|while|whereas|but|enabling|helping)\b|;\s", sentence.text[begin:end])
    return begin + match.start() if match and match.start() > 3 else end


def _cuts(sentence: Sentence, root: Token, begin: int, end: int) -> list[tuple[int, int]]:
    """Where one item ends and the next begins: conjuncts of the head, and pieces that open like an item."""
    offset, text = sentence.span.start_char, sentence.text
    heads = {token.i for token in (root, *root.conjuncts)}
    found = []
    for match in re.finditer(r",\s+(?:and\s+)?|\s+and\s+", text[begin:end]):
        left, right = begin + match.start(), begin + match.end()
        token = sentence._token(right)
        if token is None or _depth(text, begin, left):
            continue
        top = token
        while top.head != top and top.head.i > token.i - 1 and top.i not in heads and top.head.idx - offset < end and top.dep_ != "conj":
            top = top.head
        joined = top.i in heads and top != root
        opens = bool(_STARTS_ITEM.match(text[right:end])) and not re.match(r"(?:the|its|their|a|an)\s+\w+\s*$", text[right:end])
        if joined or opens:
            found.append((left, right))
    for match in _SPLIT.finditer(text[begin:end]):
        found.append((begin + match.start(), begin + match.end()))
    found.sort()
    return [cut for i, cut in enumerate(found) if not i or cut[0] >= found[i - 1][1]]


def _depth(text: str, begin: int, at: int) -> bool:
    return text.count("(", begin, at) > text.count(")", begin, at)


def _claims(reading: _Reading, kind: str, items: Sequence[tuple[int, int]], *, at: int, rule: str, heading: str | None = None) -> Iterator[Claim]:
    sentence = reading.sentence
    parts = _parts_at(reading, at)
    for start, end in items:
        words = sentence.text[start:end].split()
        if len(words) > 40 or not re.search(r"[^\W\d_]{3}", sentence.text[start:end]) or _empty(sentence.text[start:end]):
            continue
        yield _claim(reading, kind, (start, end), rule=rule, heading=heading, parts=parts)


_EMPTY = re.compile(r"(?:the )?(?:market|growth|demand|region|segment|country|companies|players|industry|factors?|reasons?|it|this|that|these|those|others?|several factors|a number of factors|various factors|forecast period)$", re.I)


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
    reading: _Reading, kind: str, span: tuple[int, int], *, rule: str, heading: str | None = None, parts: tuple[Part, ...] = ()
) -> Claim:
    sentence = reading.sentence
    text = sentence.text[span[0] : span[1]]
    label = label_of(reading.topic if reading.topic and rule == "reason-by-place" else text)
    scope = parts[0].role if parts else "market"
    attributes = {"label": label, "scope": scope} | ({"heading": heading} if heading and kind != "driver" else {})
    if kind == "trend" and reading.heading == "opportunity":
        attributes["heading"] = "opportunity"
    return Claim(kind, parts, sentence.start + span[0], sentence.start + span[1], attributes=attributes, rule=rule, confidence=0.75)


def label_of(text: str) -> str:
    """A short name of a reason: without leading articles, at most ten words, first letter capital."""
    bare = re.sub(r"^(?:driver|restraint|challenge|opportunity|trend)s?\s*[:–-]\s*", "", text.strip(" .,:;"), flags=re.I)
    bare = _SKIP_LEAD.sub("", bare)
    bare = re.split(r",\s|\s(?:which|that|who)\s", bare)[0]
    words = bare.split()[:10]
    while len(words) > 1 and words[-1].casefold() in ("of", "in", "and", "the", "for", "to", "a", "with", "by", "from", "on", "as", "at"):
        words.pop()
    return (words[0][:1].upper() + " ".join(words)[1:]) if words else text.strip()
