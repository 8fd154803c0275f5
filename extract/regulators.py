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
#: Regulators that go by their acronym alone.
ACRONYMS = (
    "FDA|EPA|EMA|EFSA|ECHA|OSHA|CMS|FTC|FCC|SEC|NHTSA|FAA|EASA|FERC|NRC|CPSC|USDA|MHRA|PMDA|NMPA|TGA|CDSCO|FSSAI|"
    "DGCA|HSE|ESMA|CARB|SAMR|MIIT"
)
AGENCY = re.compile(
    r"\b(?:Ministry|Administration|Authority|Agency|Commission|Department|Inspectorate|Board|"
    rf"Regulator|Bureau|Directorate|Parliament|Office|Centers for|{ACRONYMS})\b"
)
#: What only public bodies do to the goods and makers of a market.
_ACTS = (
    "caps|capped|registers|screens|inspects|classifies|classified|reclassified|recogni[sz]e[sd]?|exempts|exempted|"
    "licen[cs]es|rations|certifies|audits"
)
_ACTING = re.compile(
    rf"(?:^|[ ,])(?:(?:now|also|has|have|had|recently|further|since)\s+)*(?:{_ACTS})\s+(?!that\b)"
    rf"(?![^.;]*\b(?:leaders?|best|excellence|awards?|outstanding|revenues?|impairments?|losses)\b)"
)
_ACTED = re.compile(
    r"\b(?:moved|classified|reclassified|listed|delisted|recogni[sz]ed|banned|capped|exempted|restricted|licensed|"
    r"prohibited|outlawed)\b[^.;,]{0,60}? by (?:the )?$"
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
    issuer = re.search(
        rf"(?P<name>{sources.NAME})(?: \([^)]*\))? (?:(?:has|had|also|recently) )*(?:finali[sz]ed|adopted|issued|"
        rf"published|enacted|amended|introduced|released) (?:[a-z]+ ){{0,3}}$",
        text[: rule.start],
    )
    if issuer and AGENCY.search(issuer["name"]):
        return re.sub(r"^(?:The |US |U\.S\. |UK )+(?=\w+ \w)", "", issuer["name"])
    direct = re.match(r"\s*(?:of|by|from) (?:the )?", after)
    found = _body(after, direct.end()) if direct else None
    if found:
        return found
    by = BY.search(after)
    if by and not re.search(r"[.;]", after[: by.start()]) and (named := _body(after, by.end(), loose=True)):
        return named
    that = THAT.match(after)
    if that and (phrase := sources.read(after, that.end())) and THAT_VERB.match(after, phrase.end):
        return phrase.source.reporters[0].name if phrase.source.reporters else None
    for watch in _WATCH.finditer(after):
        starts = [m.start() for m in re.finditer(rf"(?<![\w-]){sources.NAME}$", after[: watch.start()])]
        if starts:
            return re.sub(r"^The ", "", after[starts[0] : watch.start()])
    judged = re.search(
        rf"\b(?:that|which) (?:the )?(?P<name>{sources.NAME}) (?:evaluates|assesses|reviews|examines|approves|checks|"
        rf"grants|issues)\b",
        after,
    )
    if judged and AGENCY.search(judged["name"]):
        return judged["name"]
    under = re.match(rf", (?:the )?(?P<name>{sources.NAME}) [a-z]+s\b", after)
    if under and AGENCY.search(under["name"]) and re.search(r"\b[Uu]nder (?:the )?$", text[: rule.start]):
        return under["name"]
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
        if re.fullmatch(r"Board|Office|Department|Commission|(?:[A-Z]\w+ )*Board of \w+", name):
            continue
        acted = _ACTED.search(text[:start]) or _ACTING.match(after)
        decree = _DECREE.search(text[:start]) and _DECREE.search(text[:start]).end() == start  # type: ignore[union-attr]  # found just before
        ruled = strict and (strict["verb"] in _SURE_VERBS or _RULE_OBJECT.search(strict["object"][:60]))
        if ((ruled or acted) and not _DEAL.search(after[:80])) or (decree and RULING.search(after[:60])):
            yield Rule(start, match.end(), None, name)
            return


_DEAL = re.compile(r"\b(?:merger|acquisition|takeover|transaction|deal|approv\w+ the|contract|tender)\b", re.I)
