"""Who enforces, issues or oversees a law, and regulators that rule without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import sources
from ontology import triggers

_RULES = (
    r"require[sd]?|requiring|obliges?|obliged|demands?|demanded|mandates?|mandated|"
    r"prohibit(?:s|ed)?|bans?|banned|bars?|barred|restrict(?:s|ed)?|limit(?:s|ed)?|forbids?|"
    r"forbade|governs?|governed|"
    r"regulates?|regulated|prescribes?|prescribed|reserves?|reserved|obligates?|stipulates?|"
    r"imposes?|imposed|compels?|phases? out|phased out|outlaw(?:s|ed)?|caps?|capped|sets?|"
    r"admits?|applies|applied|apply|"
    r"extends?|targets?|subsidi[sz]es?|grants?|shields?|supports?|favours?|favors?|"
    r"works in favou?r|makes|pushes|penali[sz]es?|enforce[sd]?|tightened|introduced|restored|"
    r"pays?|covers|allows?|permits?|encourages?|has raised|raise[sd]?"
)
RULING = re.compile(
    rf"\b(?:(?:now|also|has|have|had|which|that|is to|to|will|would|may|currently|therefore|"
    rf"further|thus|in turn)\s+)*(?:{_RULES})\b|\b(?:in force|in effect|enforced|overseen|"
    rf"administered|implemented)\b"
)
_STRICT = re.compile(
    r"(?:^|[ ,])(?:(?:now|also|has|have|had|will|would|recently|is to|to|further|"
    r"since)\s+)*(?P<verb>bans?|banned|prohibit(?:s|ed)?|mandate[sd]?|requires?|required|"
    r"obliges?|obliged|restricts?|restricted|outlaw(?:s|ed)?|imposed?|imposes|"
    r"introduced|introduces|issued|published|adopted|tightened|finali[sz]ed|proposed|drafted|"
    r"enacted|capped|caps|sets?|limits?|limited|phased out|revised|updated|"
    r"launched)\s+(?P<object>[^.;]{3,120})"
)
_RULE_OBJECT = re.compile(
    r"\b(?:rules?|regulations?|standards?|guidelines?|guidance|requirements?|mandatory|"
    r"limits?|law|ordinance|decree|quotas?|tariffs?|levy|levies|caps?|assessments?|"
    r"restrictions?|bans?|obligations?|subsid\w+|codes?|directive|draft|certification|"
    r"licen[cs]\w+|labell?ing|taxes|tax|duties|policy|policies)\b"
)
_SURE_VERBS = frozenset(
    [
        "ban",
        "bans",
        "banned",
        "prohibit",
        "prohibits",
        "prohibited",
        "mandate",
        "mandates",
        "mandated",
        "require",
        "requires",
        "required",
        "oblige",
        "obliges",
        "obliged",
        "restrict",
        "restricts",
        "restricted",
        "outlaw",
        "outlaws",
        "outlawed",
        "impose",
        "imposes",
        "imposed",
    ]
)
_DECREE = re.compile(
    r"\b(?:an?|the|its|this) (?:[a-z]+ )?(?:decree|order|rule|ordinance|notice|circular|"
    r"ruling|regulation|decision|draft rule|law|ban|guideline|standard)s? (?:of|by|from|"
    r"issued by) (?:the )?"
)
BY = re.compile(
    r"\b(?:overseen|enforced|administered|supervised|policed|monitored|issued|adopted|"
    r"published|set|laid down|drawn up|implemented|managed|introduced|finali[sz]ed|regulated|"
    r"established|promulgated|run|proposed|launched) by (?:the )?(?:(?:agency|regulator|body|"
    r"ministry|authority) )?"
)
THAT = re.compile(r",? (?:which|that) (?:the )?(?=[A-Z])")
THAT_VERB = re.compile(
    r" (?:has |had )?(?:brought|finali[sz]ed|enforces?|enforced|issued|adopted|introduced|"
    r"oversees|administers|published|set|supervises|passed|enacted|drew up|put)\b"
)
_WATCH = re.compile(
    r" (?:watches over|enforces?|oversees|supervises|monitors|polices|administers|"
    r"is responsible for|as the (?:supervising|supervisory|competent|enforcing) (?:authority|"
    r"body))\b"
)
_BODY = re.compile(
    r"\b(?:Ministry|Administration|Authority|Agency|Commission|Department|Inspectorate|Board|"
    r"Office|Regulator|Bureau|Council|Association|Institute|Commissioners|Directorate|Service|"
    r"Parliament)\b"
)
AGENCY = re.compile(
    r"\b(?:Ministry|Administration|Authority|Agency|Commission|Department|Inspectorate|Board|"
    r"Regulator|Bureau|Directorate|Parliament|Office)\b"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A regulation or regulator named at characters `start` to `end` of a sentence."""

    start: int
    end: int
    name: str | None
    regulator: str | None = None


def regulator(text: str, rule: Rule, rules: Sequence[Rule]) -> str | None:
    """Who enforces, issued or oversees a law, where the sentence says so."""
    following = min((other.start for other in rules if other.start > rule.end), default=len(text))
    after = re.sub(r"^ \([^)]*\)", lambda m: " " * len(m.group()), text[rule.end : following])
    direct = re.match(r"\s*(?:of|by|from) (?:the )?", after)
    found = _body(after, direct.end()) if direct else None
    if found:
        return found
    by = BY.search(after)
    if by and not re.search(r"[.;]", after[: by.start()]):
        return _body(after, by.end(), loose=True)
    that = THAT.match(after)
    if that and (phrase := sources.read(after, that.end())) and THAT_VERB.match(after, phrase.end):
        return phrase.source.reporters[0].name if phrase.source.reporters else None
    for watch in _WATCH.finditer(after):
        starts = [m.start() for m in re.finditer(rf"(?<![\w-]){sources.NAME}$", after[: watch.start()])]
        if starts:
            return re.sub(r"^The ", "", after[starts[0] : watch.start()])
    assessed = re.search(r"\b(?:assessments?|opinions?|approval|guidance|supervision) (?:of|by) the ", after)
    return _body(after, assessed.end()) if assessed else None


def _body(text: str, at: int, *, loose: bool = False) -> str | None:
    phrase = sources.read(text, at)
    if phrase is None or not phrase.source.reporters:
        return None
    name = phrase.source.reporters[0].name
    return name if loose or _BODY.search(name) else None


def ruling(text: str) -> Iterator[Rule]:
    """A regulator that rules without a law's name: "the Ministry of A has banned ..."."""
    for match in re.finditer(rf"(?<![\w-]){sources.NAME}", text):
        name = re.sub(r"^(?:(?:The|In|A|And|However|Meanwhile) )+", "", match.group())
        owner = re.match(r"(?:[\w.]+ ){0,2}?[\w.]+[’']s (?=[A-Z])", name)
        name = name[owner.end() :] if owner else name
        start = match.end() - len(name)
        if not AGENCY.search(name) and triggers.head_words().get(name.split()[-1].lower()) != "Regulator":
            continue
        after = re.sub(r"^ \([^)]*\)", "", text[match.end() :])
        strict = _STRICT.match(after)
        decree = _DECREE.search(text[:start]) and _DECREE.search(text[:start]).end() == start  # type: ignore[union-attr]  # found just before
        ruled = strict and (strict["verb"] in _SURE_VERBS or _RULE_OBJECT.search(strict["object"][:60]))
        if (ruled and not _DEAL.search(after[:80])) or (decree and RULING.search(after[:60])):
            yield Rule(start, match.end(), None, name)
            return


_DEAL = re.compile(r"\b(?:merger|acquisition|takeover|transaction|deal|approv\w+ the|contract|tender)\b", re.I)
