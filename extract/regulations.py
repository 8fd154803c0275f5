"""Laws, rules, standards and schemes that bear on a market, with who enforces them: regulation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import figures, sources
from extract.claim import Claim
from extract.fact import AttributeValue, Participant
from extract.laws import rules
from extract.regulators import Rule
from extract.sentences import Sentence, plain
from extract.vocabulary import Part
from ontology import regions

#: Sections whose laws are about deals, firms or the publisher.
_FOREIGN = frozenset(("boilerplate", "contents", "players"))
_SINCE = re.compile(
    rf"\b(?:in force|in operation|effective|in effect|applicable|applied|appl(?:y|ies)|into force|"
    rf"into effect|takes? effect|took effect|entered into force|enters into force|"
    rf"came into force|(?:introduced|imposed|banned|prohibited|enacted|mandated|tightened|"
    rf"obliges|requires) [^.;]{{3,120}}?) (?:(?:since|from|as of|in|"
    rf"on) )?(?P<date>{sources.DATE})|\b(?:since|from) (?P<from>{sources.DATE})|"
    rf"\b(?:Law|Act|Decree|Ordinance|Resolution) No\.? ?[\d/,.-]+ of "
    rf"(?P<passed>(?:\d{{1,2}} )?{sources.MONTH} \d{{4}})|"
    rf"\bmoved [^.;]{{3,80}}? in (?P<moved>{sources.DATE})"
)
_DRAFT = re.compile(
    r"\b(?:draft|proposed|proposal|planned|plans to|will (?:enter|take effect|come into)|"
    r"is expected to (?:require|apply|enter|ban)|upcoming|forthcoming)\b"
)
_ENDED = re.compile(r"\b(?:repealed|abolished|expired|withdrawn|revoked|scrapped|rescinded)\b")
_AGAINST = re.compile(
    r"\b(?:hamper\w*|hinder\w*|challeng\w*|barriers?|penalt\w*|bans?|banned|prohibit\w*|"
    r"phas\w+ out|phased down|lengthen\w*|costs?|expensive|burdens?|deter\w*|restrict\w*|"
    r"bars?|barred|limited to|delay\w*|slow\w*|hurdles?|uncertainty|"
    r"red tape|approval|type-approved|fines?|obliges? (?:operators|makers|every maker|"
    r"manufacturers|suppliers|shippers|producers|owners)|hesitat\w*|restrain\w*|compliance|"
    r"tariffs?|reserves|naming|strict\w* limits?|halve)\b",
    re.I,
)
_FAVOURS = re.compile(
    r"\b(?:support\w*|favou?r\w*|driv\w+|boost\w*|incentiv\w*|grants?|subsid\w*|demand\w*|"
    r"growth|shields?|promot\w*|encourag\w*|help\w*|pull\w*|strengthen\w*|bolster\w*|"
    r"stimul\w*|rais\w+ the bar|widen\w*|accelerat\w*|opens?|targets?|credits?|rebates?|lead|"
    r"replace\w*|require\w* [^.]{0,60}(?:install|fit|chargers?|stations?))\b",
    re.I,
)
_TOPIC = re.compile(
    r"\b(?:require[sd]?|obliges? [a-z -]+? to|demands?|mandates?|prohibit(?:s|ed)|prohibited|"
    r"bans?|banned|bars?|restricts?|governs?|prescribes?|imposes?|phases out|introduced|"
    r"reserves|extends|targets|sets|ensures?|on)\s+(?P<topic>[^,.;()]{4,70})"
)
_MARKET = re.compile(
    r"(?:.*\b(?:the|an?|in|of|for|on|to|global|its|this|and) |^)"
    r"(?P<name>(?!(?:the|an?|this|that|its|our)\b)[^,;.]{3,60}? market)\b"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document tells all its sentences: its market's name, None where it reports on none, and its date."""

    market: str | None = None
    reference: str | None = None


def find(sentences: Sequence[Sentence], frame: Frame) -> Iterator[Claim]:
    """The regulations that sentences name, each once for the document."""
    seen: dict[str, None] = {}
    market: str | None = frame.market
    for sentence in map(plain, sentences):
        if (
            sentence.section in _FOREIGN
            or (sentence.section == "developments" and frame.market)
            or sentence.text.rstrip().endswith("?")
        ):
            continue
        if frame.market is None:
            market = _market(sentence.text) or (None if sentence.first else market)
        if market is None:
            continue
        for rule in rules(sentence):
            key = _key(rule.name or rule.regulator or "")
            if key and key not in seen and not any(_restated(key, other) for other in seen):
                seen[key] = None
                yield _claim(sentence, rule, frame, market)


def _market(text: str) -> str | None:
    """The market that a sentence of a release names: "every maker in the Nordic robot market"."""
    at = re.search(r"\bmarket\b", text)
    named = _MARKET.search(text[max(0, at.end() - 80) : at.end()]) if at else None
    return _titled(named["name"]) if named else None


def _titled(name: str) -> str:
    bare = re.sub(r"^(?:the|global|of|in|for|a)\s+", "", name)
    return " ".join(word[:1].upper() + word[1:] for word in bare.split())


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", " ", re.sub(r"^(?:the|EU|European|Commission)\s+", "", name)).strip().casefold()


def _restated(key: str, other: str) -> bool:
    return len(key.split()) > 1 and (key in other or other in key)


def _claim(sentence: Sentence, rule: Rule, frame: Frame, market: str) -> Claim:
    text = sentence.text
    first, last = _clause(text, rule)
    clause = text[first:last]
    date = _date(text, rule, frame.reference)
    others = [Participant(rule.name, "regulation", "Regulation")] if rule.name else []
    others += [Participant(rule.regulator, "regulator", "Regulator")] if rule.regulator else []
    others += [Participant(market, "market", "Market")] if frame.market is None else []
    ahead = bool(date and frame.reference and date[:4] > frame.reference[:4])
    status = "ended" if _ENDED.search(clause) else "planned" if ahead or _is_planned(clause) else "asserted"
    attributes: dict[str, AttributeValue] = {"bearing": _bearing(sentence, rule)}
    attributes |= {
        name: value
        for name, value in (("topic", _topic(text, rule)), ("jurisdiction", _jurisdiction(sentence, rule)))
        if value
    }
    return Claim(
        "regulation",
        _segment(sentence),
        sentence.start + first,
        sentence.start + last,
        date=date,
        attributes=attributes,
        others=tuple(others),
        rule="named-regulation" if rule.name else "ruling-regulator",
        weight=0.85 if rule.name else 0.75,
        status=status,
    )


def _clause(text: str, rule: Rule) -> tuple[int, int]:
    """The clause around a law: the sentence without what goes on about something else."""
    first = max((m.end() for m in re.finditer(r"[;:]\s|,\s(?:whereas|while|but)\s", text[: rule.start])), default=0)
    after = re.compile(r";\s|,\s(?:whereas|while|but|forcing|which (?:may|lengthens|makes|leads))\b").search(
        text, rule.end
    )
    last = after.start() if after else len(text)
    return first, first + len(text[first:last].rstrip(" .;,\n"))


def _date(text: str, rule: Rule, reference: str | None) -> str | None:
    """The day from which a law is in force, told within its clause."""
    first, last = _clause(text, rule)
    for match in _SINCE.finditer(text, first, last):
        if match["from"] and match.start() > rule.end + 120:
            continue
        found = figures.dates(text[match.start() : match.end()], reference)
        if found:
            return found[-1].date
    return None


def _is_planned(clause: str) -> bool:
    return bool(_DRAFT.search(clause)) and not re.search(r"\bin force\b|\bhas applied\b", clause)


def _bearing(sentence: Sentence, rule: Rule) -> str:
    """Whether a law helps or holds back: its section says so, else the words around it."""
    section = {
        "drivers": "driver",
        "challenges": "challenge",
        "restraints": "challenge",
        "opportunities": "driver",
    }.get(sentence.section)
    if section:
        return section
    first, _ = _clause(sentence.text, rule)
    words = sentence.text[first:]
    against, favours = len(_AGAINST.findall(words)), len(_FAVOURS.findall(words))
    told = "challenge" if against > favours else "driver" if favours else "neutral"
    return "driver" if told == "neutral" and sentence.section in ("segments", "regions") else told


def _topic(text: str, rule: Rule) -> str | None:
    match = _TOPIC.search(text, rule.end) or (
        re.compile(r"\b(?P<topic>[a-z][\w -]{4,50}?) (?:laid down in|under|flow from|of) (?:the )?$").search(
            text[: rule.start]
        )
    )
    if match is None:
        return None
    bare = re.sub(rf"\s*\b(?:in|since|from|by|as of) (?:the )?{sources.DATE}.*", "", match["topic"])
    return " ".join(re.sub(r"^(?:also satisfy |satisfy |meet )?(?:the|a|an)\s+", "", bare).split()[:9]) or None


def _jurisdiction(sentence: Sentence, rule: Rule) -> str | None:
    """Where a law holds: the place named last before it or in its name, else right behind it."""
    text = sentence.text
    lead = re.compile(
        r"(?:^|[;:.,] )(?:and )?(?:[Ii]n|[Aa]cross|[Ww]ithin|[Tt]hroughout) (?:the "
        r")?(?P<place>[A-ZÀ-Þ][\w.]*(?: [A-ZÀ-Þ][\w.]*)*)"
    )
    inside = [
        place.part.name
        for place in sentence.places
        if place.part.role == "region" and rule.start <= place.start < rule.end
    ]
    first, _ = _clause(text, rule)
    before = [
        (place.start, place.part.name)
        for place in sentence.places
        if place.part.role == "region" and first <= place.start < rule.start
    ]
    before += [(m.start("place"), m["place"]) for m in lead.finditer(text[: rule.start], max(0, first - 2))]
    owner = re.search(r"(?P<place>[A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)*)[’']s (?:\w+ )?$", text[: rule.start])
    behind = [
        place.part.name
        for place in sentence.places
        if place.part.role == "region" and 0 <= place.start - rule.end < 60
    ]
    adjective = next(
        (
            region.name
            for word in re.findall(r"\w+", text[max(0, rule.start - 40) : rule.start])
            if (region := regions.demonyms().get(word))
        ),
        None,
    )
    there = re.compile(r"(?: \([^)]*\))? in (?:the )?").match(text, rule.end)
    directly = [
        place.part.name
        for place in sentence.places
        if there and place.start == there.end() and place.part.role == "region"
    ]
    if owner and not inside:
        return re.sub(r"^The ", "", owner["place"])
    if directly:
        return directly[0]
    return inside[0] if inside else max(before)[1] if before else behind[0] if behind else adjective


def _segment(sentence: Sentence) -> tuple[Part, ...]:
    """The segment whose paragraph this is."""
    if sentence.topic and sentence.topic.role == "segment":
        return (sentence.topic,)
    before = sentence.before if sentence.section == "segments" else ()
    return tuple(part for part in before if part.role == "segment")[:1]
