"""Laws, rules, standards and schemes that bear on a market, with who enforces them: regulation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract import figures, sources
from extract.claim import Claim
from extract.fact import AttributeValue, Participant
from extract.sentences import Sentence, plain
from extract.vocabulary import Part
from ontology import regions, triggers

#: Sections whose laws are about deals, firms or the publisher.
_FOREIGN = frozenset(("boilerplate", "contents", "players"))
_WORD = sources.WORD
_LINK = r"(?: (?:of|for|on|and|to|of the|for the|and the|&))?"
#: Last words of the names of laws, whatever stands around them.
_LAWS = (
    "Act|Law|Directive|Regulations?|Ordinance|Bill|Decree|Convention|Protocol|Treaty|Statute|Amendment|Legislation"
)
#: Last words that names of laws share with those of products and programmes of firms: they need a regulatory context.
_MILD = (
    "Code|Standards?|Scheme|Mechanism|Mission|Duty|Plan|Programme|Program|Initiative|"
    "Strategy|Rules?|Policy|Mandate|Guidelines?|Framework|"
    "Provisions|Market|Pact|Deal|Package|Credit|Tax|Levy|Obligation|Taxonomy|Requirements?|"
    "Order|Principles|Agreement|Accord|Charter|Practice|Roadmap|Subsidy|Incentive|"
    "Certification|Label"
)
_TAIL = r"(?: (?:\d{4}|[IVX]{1,4}|No\.? ?\d+(?:/\d+)?)\b)?"
_NAMED = re.compile(
    rf"(?:{_WORD}{_LINK} ){{1,9}}?(?P<head>{_LAWS}|{_MILD})(?![\w-]){_TAIL}(?! (?:{_LAWS}|"
    rf"{_MILD})\b)"
)
_NUMBERED = re.compile(
    rf"(?:(?:{_WORD} ){{0,3}}(?:Regulation|Directive|Decision) (?:\((?:EU|EC|"
    rf"EEC)\) (?:No\.? ?)?\d{{1,4}}/\d{{2,4}}|(?:No\.? ?)?\d{{2,4}}/\d{{1,4}}/E[CU]|"
    rf"\d{{2,4}}/\d{{1,4}}))"
    rf"|(?:{_WORD} )?(?:Law|Act|Decree|Ordinance|Resolution|Regulation|"
    rf"Decision) No\.? ?\d+(?:[/-]\d+)*(?:(?:/| of )\d{{4}})?(?: on (?:{_WORD}{_LINK} "
    rf"?){{1,6}})?"
    rf"|(?:(?:Senate|Assembly|House) Bill|Proposition|Executive Order|Public Law) [\d-]+"
    rf"|(?<![\w-])(?:Section \d+[A-Z]?|Title \d+|Article \d+|\d+ CFR(?: Part)? \d+)(?: of the "
    rf"{_WORD}(?:{_LINK} {_WORD}){{0,5}})?"
)
_STANDARD = re.compile(
    r"(?<![\w-])(?:(?:(?:EN|DIN|BS|ISO|IEC|ASTM|ASME|ANSI|NFPA|IEEE|SAE|NSF|GB|JIS|UL|AS|NZS|"
    r"CSA|API)[ /]){1,3}|(?:EN|ISO|IEC|UL|GB/T) ?)[A-Z]?\d{2,}[\d.:/-]*\b"
)
_CLASS = (
    r"(?:regulations?|regulatory(?: compliance)? (?:requirements?|frameworks?|acts?|"
    r"standards?|measures|mandates|policies)|compliance requirements|laws?|rules|acts|"
    r"standards|directives|"
    r"legislation|schemes|mandates|policies|privacy requirements|programmes|programs|"
    r"incentives|initiatives|norms|codes|labels|obligations|restrictions|statutes)"
)
_SUCH_AS = re.compile(
    rf"\b{_CLASS}(?: (?:and|or) [a-z]+)?,? \(?(?:such as|like|including|e\.g\.,?|namely|"
    rf"notably|exemplified by)(?: [a-z]+ (?:acts|laws|rules|standards|regulations) (?:such as|"
    rf"like))? (?:the )?"
)
_COMPLY = re.compile(
    r"\b(?:[Cc]ompl(?:y|ies|ied|iance|iant|ying)(?: strictly)? with|adher(?:e|es|ence|ing) to|"
    r"adopted under|required (?:by|under)|mandated (?:by|under)|[Uu]nder|subject to|"
    r"obligations under|in line with|imposed by|prescribed by|certified (?:to|under|against)|"
    r"laid down in|brings? (?:\w+ ){0,5}under) (?:the )?"
)
_ACRONYM = re.compile(r"(?:(?:EU|U\.S\.|US|UK|European) )?[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z-]*(?![\w-])")
_DEFINED = re.compile(
    rf"(?P<name>{_WORD}(?:{_LINK} {_WORD}){{0,5}})(?: \([A-Z][\w-]+\))?, (?:its|the|a|an|"
    rf"which is the) (?:[\w-]+ ){{0,5}}(?:law|act|directive|regulation|standard|statute|rule|"
    rf"scheme|ordinance|decree|code|norm|legislation|mandate)\b(?! firm)"
)
_FORCED = re.compile(
    rf"(?P<name>{_WORD}(?:{_LINK} {_WORD}){{0,6}})(?: \([A-Z][\w-]+\))?,? (?:which (?:has|"
    rf"have) (?:been )?|has been |that (?:has|have) been )?(?:in force|in effect|effective|"
    rf"applicable|applied|applying|has applied)(?: in [A-Z][\w ]+?)? (?:since|from|as of)\b"
)
_ON = re.compile(
    rf"\b(?P<lead>guidelines?|rules?|law|act|directive|regulation|standard|code|ordinance|"
    rf"decree)s? on (?:the )?(?P<name>{_WORD}(?:{_LINK} {_WORD}){{0,8}})"
)
_AID = (
    "(?:incentive|subsidy|support|certification|trading|licensing|quota|label(?:l)?ing|"
    "credit|compensation|deposit|rebate|grant|tariff|tender|registration|permit)"
)
_NOUN = (
    rf"(?:{_AID} (?:scheme|programme|program)|law|act|ban|mandate|levy|tax|regulation|"
    rf"directive|ordinance|decree|subsid(?:y|ies)|rules|standards?|requirements?|registration|"
    rf"provisions|code|tariffs?|quota|incentives?)"
)
_PLAIN = re.compile(
    rf"(?<![\w’'-])(?P<name>(?:[a-z]+(?:-[a-z]+)* ){{0,5}}?{_NOUN})\b(?: for "
    rf"(?P<for>[A-Za-z][\w-]+))?"
)
_OWNED = re.compile(r"[’']s? $|[’'] $")
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
_RULING = re.compile(
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
_BY = re.compile(
    r"\b(?:overseen|enforced|administered|supervised|policed|monitored|issued|adopted|"
    r"published|set|laid down|drawn up|implemented|managed|introduced|finali[sz]ed|regulated|"
    r"established|promulgated|run|proposed|launched) by (?:the )?(?:(?:agency|regulator|body|"
    r"ministry|authority) )?"
)
_THAT = re.compile(r",? (?:which|that) (?:the )?(?=[A-Z])")
_THAT_VERB = re.compile(
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
_AGENCY = re.compile(
    r"\b(?:Ministry|Administration|Authority|Agency|Commission|Department|Inspectorate|Board|"
    r"Regulator|Bureau|Directorate|Parliament|Office)\b"
)
_SINCE = re.compile(
    rf"\b(?:in force|effective|in effect|applicable|applied|appl(?:y|ies)|into force|"
    rf"into effect|takes? effect|took effect|entered into force|enters into force|"
    rf"came into force|(?:introduced|imposed|banned|prohibited|enacted|mandated|tightened|"
    rf"obliges|requires) [^.;]{{3,120}}?) (?:(?:since|from|as of|in|"
    rf"on) )?(?P<date>{sources.DATE})|\b(?:since|from) (?P<from>{sources.DATE})"
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
class _Rule:
    """A regulation or regulator named at characters `start` to `end` of a sentence."""

    start: int
    end: int
    name: str | None
    regulator: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document tells all its sentences: its market's name, None where it reports on none, and its date."""

    market: str | None = None
    reference: str | None = None
    topics: dict[int, str] = field(default_factory=dict)


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
            named = _MARKET.search(sentence.text)
            market = _titled(named["name"]) if named else None if sentence.first else market
        if market is None:
            continue
        for rule in _rules(sentence):
            key = _key(rule.name or rule.regulator or "")
            if key and key not in seen and not any(_restated(key, other) for other in seen):
                seen[key] = None
                yield _claim(sentence, rule, frame, market)


def _titled(name: str) -> str:
    bare = re.sub(r"^(?:the|global|of|in|for|a)\s+", "", name)
    return " ".join(word[:1].upper() + word[1:] for word in bare.split())


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", " ", re.sub(r"^(?:the|EU|European|Commission)\s+", "", name)).strip().casefold()


def _restated(key: str, other: str) -> bool:
    return len(key.split()) > 1 and (key in other or other in key)


# ------------------------------------------------------------ names of laws


def _rules(sentence: Sentence) -> list[_Rule]:
    """The laws of a sentence with their regulators, else the regulators that rule in it."""
    text = sentence.text
    if not _QUICK.search(text):
        return []
    kept: list[_Rule] = []
    for rule in (
        *_numbered(text),
        *_standards(text),
        *_by_head(sentence),
        *_forced(text),
        *_defined(text),
        *_listed(text),
        *_complied(text),
        *_on(text),
        *_plain(sentence),
    ):
        if not any(rule.start < other.end and other.start < rule.end for other in kept):
            kept.append(rule)
    kept.sort(key=lambda rule: rule.start)
    kept = [
        replace(rule, regulator=_regulator(text, rule, kept)) if rule.regulator is None else rule for rule in kept
    ]
    return kept or list(_ruling(text))


_QUICK = re.compile(
    rf"\b(?:{_LAWS}|{_MILD}|Section|Title|EN|ISO|IEC|UL|GB|regulat\w+|rules?|laws?|directives?|"
    rf"standards?|compl\w+|under|in force|in effect|effective|applicable|scheme|mandat\w+|ban|"
    rf"bans|banned|decree|Ministry|Authority|Agency|Administration|Commission|guidelines?|tax|"
    rf"levy|subsid\w+)\b"
)


def _numbered(text: str) -> Iterator[_Rule]:
    """As in "Commission Regulation (EU) 2023/2055", "Directive 2014/33/EU", "Law No. 7 of 2014", "Section 45V"."""
    for match in _NUMBERED.finditer(text):
        name = re.sub(r"^(?:The|In|Under|With|By|And|However|Revised) ", "", match.group()).strip(" ,.")
        start = text.index(name, match.start())
        yield _Rule(start, start + len(name), name)


def _standards(text: str) -> Iterator[_Rule]:
    """As in "EN 81-20, the safety standard for lifts"; "is ISO 9001 certified" tells of a firm."""
    for match in _STANDARD.finditer(text):
        around = text[max(0, match.start() - 40) : match.end() + 60]
        certified = re.search(r"\bcertifi(?:ed|cation)\b", around) and not re.search(
            r"\b(?:must|required?|requires|comply|mandatory)\b", around
        )
        if not certified:
            yield _Rule(match.start(), match.end(), match.group().rstrip(".:,-/"))


def _by_head(sentence: Sentence) -> Iterator[_Rule]:
    """As in "the Water Framework Directive"; "the Capacity Market" only where it is told what it rules."""
    text = sentence.text
    for match in _NAMED.finditer(text):
        start, name = _trimmed(match)
        if name is None or any(first <= match.start("head") < last for first, last in sentence.masked):
            continue
        if re.search(rf"{_AGENCY.pattern} (?:for|of|on)\b", name):
            continue
        mild = re.fullmatch(_MILD, match["head"]) is not None
        if mild and not _is_ruling(sentence, start, match.end()):
            continue
        if re.match(
            r"[’']s\b| (?:Ltd|Inc|plc|GmbH|Corp|Group|Holdings|[A-Z]\w+ (?:Ltd|Inc|GmbH))\b|[&/]", text[match.end() :]
        ) or re.match(
            r" (?:Administration|Authority|Agency|Commission|Council|Office|Board|Department)\b", text[match.end() :]
        ):
            continue
        yield _Rule(start, match.end(), name)


_OPENERS = re.compile(
    rf"^(?:(?:The|In|Under|With|By|And|However|As|Its|An?|For|This|These|Since|While|When|"
    rf"Similarly|Moreover|Furthermore|Additionally|Across|{sources.MONTH}|Revised|New|Strict|"
    rf"Stringent|Stricter|Mandatory) )+(?:the )?"
)


def _trimmed(match: re.Match[str]) -> tuple[int, str | None]:
    """Start and name of a law without what opens the sentence before it; no name where only its last word is left."""
    text = match.group()
    lead = _OPENERS.match(text)
    bare = text[lead.end() :] if lead else text
    owner = re.match(r"(?:[\w.]+ ){0,3}?[\w.]+[’']s ", bare)
    bare = bare[owner.end() :] if owner else bare
    cut = re.match(rf".*\band the (?=[A-ZÀ-Þ].*\b(?:{_LAWS}|{_MILD})\b)", bare)
    bare = bare[cut.end() :] if cut else bare
    joined = re.match(r"[A-ZÀ-Þ][\w-]+ and (?=[A-ZÀ-Þ]{2,}\b)", bare)
    bare = bare[joined.end() :] if joined else bare
    start = match.end() - len(bare)
    words = bare.split()
    return start, " ".join(words) if len(words) > 1 and not re.fullmatch(
        r"(?:The|New|Other|Market|Report|Data|Key|Global) \w+", bare
    ) else None


def _is_ruling(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name with a common last word is that of a law: a state owns it, or it rules."""
    text = sentence.text
    before, after = text[:start], text[end : end + 90]
    states = [place for place in sentence.places if place.part.role == "region" and place.start <= start]
    near = [place for place in states if start - place.end < 14]
    ruling = _RULING.match(
        re.sub(r"^(?: \([^)]*\))?,?\s*(?:(?:which|that|introduced|enforced)\b)?\s*", "", after)
    ) or _RULING.search(after[:40])
    if re.search(r"\b(?:under|by|with|to|of) (?:the )?$", before) and re.search(
        r"\b(?:compl\w+|grants?|subsid\w*|credits?|funding|requirements?|obligations?|flow|rules?|"
        r"provisions)\b",
        text,
        re.I,
    ):
        return True
    if re.search(r"\b(?:national|federal|government(?:[’']s)?|state|European|mandatory)\s+$", before):
        return True
    if re.match(rf",? (?:which (?:is|are) )?{_BY.pattern[2:]}", after) or any(
        re.fullmatch(r" of (?:the )?", text[end : place.start]) for place in sentence.places if place.start > end
    ):
        return True
    that = _THAT.match(after)
    if that and (ruler := sources.read(after, that.end())) and _THAT_VERB.match(after, ruler.end):
        return True
    if near and (_OWNED.search(before[near[-1].end :] + " ") or near[-1].end >= start):
        return True
    return bool(ruling) and bool(
        states
        or re.search(r"\b(?:In|Across|Under) [A-Z][\w ]+,? the $", before)
        or _AGENCY.search(after)
        or re.search(r"\bwhich the\b", after[:14])
    )


def _forced(text: str) -> Iterator[_Rule]:
    """As in "A B, in force since January 2025": whatever its name, it is a law."""
    for match in _FORCED.finditer(text):
        start, name = _bare(match, "name")
        if name and not re.search(
            r"\b(?:contract|agreement|appointment|price|merger|deal)\b", text[max(0, start - 30) : start], re.I
        ):
            yield _Rule(start, match.end("name"), name)


def _defined(text: str) -> Iterator[_Rule]:
    """As in "the Eichrecht, its law on measuring instruments"."""
    for match in _DEFINED.finditer(text):
        start, name = _bare(match, "name")
        if name:
            yield _Rule(start, match.end("name"), name)


def _bare(match: re.Match[str], group: str) -> tuple[int, str | None]:
    text = match[group]
    lead = _OPENERS.match(text + " ")
    bare = text[lead.end() :] if lead and lead.end() < len(text) else text if not lead else ""
    owner = re.match(r"(?:[\w.]+ ){0,2}?[\w.]+[’']s ", bare)
    bare = bare[owner.end() :] if owner else bare
    place = regions.find(bare) if bare else None
    return match.end(group) - len(bare), bare if bare and place is None else None


def _listed(text: str) -> Iterator[_Rule]:
    """As in "regulatory requirements such as A and B"."""
    for match in _SUCH_AS.finditer(text):
        at = match.end()
        while name := re.compile(
            rf"(?:the )?(?P<name>{_WORD}(?: (?:{_WORD}|\d+[a-z]?)){{0,6}})(?: \([A-Z][\w-]+\))?"
        ).match(text, at):
            if regions.find(name["name"]) is None:
                yield _Rule(name.start("name"), name.end("name"), name["name"])
            more = re.compile(r"(?: in [A-Z][\w. ]+?)?(?:, and |, | and | or )(?:the )?(?=[A-ZÀ-Þ])").match(
                text, name.end()
            )
            if more is None:
                break
            at = more.end()


def _complied(text: str) -> Iterator[_Rule]:
    """As in "adopted under REACH", "must comply with HIPAA in the US and the GDPR in Europe"."""
    for match in _COMPLY.finditer(text):
        at = match.end()
        while name := _ACRONYM.match(text, at):
            if regions.find(name.group()) is None and not _AGENCY.search(name.group()):
                yield _Rule(name.start(), name.end(), name.group())
            more = re.compile(
                r"(?: in (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)*)?(?:, and |, | and | or )(?:the "
                r")?(?=[A-ZÀ-Þ])"
            ).match(text, name.end())
            if more is None:
                break
            at = more.end()


def _on(text: str) -> Iterator[_Rule]:
    """As in "the guidelines on Good Distribution Practice", "the rule on Sanitary Transportation"."""
    for match in _ON.finditer(text):
        if regions.find(match["name"]) is None and len(match["name"].split()) > 1:
            yield _Rule(match.start("name"), match.end("name"), match["name"])


def _plain(sentence: Sentence) -> Iterator[_Rule]:
    """As in "India's deposit scheme", "the water standards for lead that the Agency finalized"."""
    text = sentence.text
    for match in _PLAIN.finditer(text):
        name = re.sub(
            r"^(?:(?:the|a|an|its|their|of|by|under|in|with|and|for|new|strict|stringent|such|these|"
            r"those|which|that|has|have|is|are|as|to)\s+)+",
            "",
            match["name"],
        )
        start = match.end("name") - len(name)
        end = match.end("for") if match["for"] else match.end("name")
        before, after = text[:start], text[end:]
        owned = [
            place
            for place in sentence.places
            if place.part.role == "region" and re.fullmatch(r"[’']s?\s+", text[place.end : start])
        ]
        agency = (
            re.match(r" (?:of|by|from) the ", after)
            or _THAT.match(after)
            or re.match(rf",? (?:which is |which are )?{_BY.pattern[2:]}", after)
        )
        ruler = sources.read(after, agency.end()) if agency else None
        ruled = ruler is not None and bool(_AGENCY.search(" ".join(each.name for each in ruler.source.reporters)))
        if len(name.split()) > 1 and (owned or ruled) and (owned or not re.search(r"\ba\s+$", before)):
            yield _Rule(start, end, text[start:end], ruler.source.reporters[0].name if ruler and ruled else None)


# ------------------------------------------------------------ regulators


def _regulator(text: str, rule: _Rule, rules: Sequence[_Rule]) -> str | None:
    """Who enforces, issued or oversees a law, where the sentence says so."""
    following = min((other.start for other in rules if other.start > rule.end), default=len(text))
    after = re.sub(r"^ \([^)]*\)", lambda m: " " * len(m.group()), text[rule.end : following])
    direct = re.match(r"\s*(?:of|by|from) (?:the )?", after)
    found = _body(after, direct.end()) if direct else None
    if found:
        return found
    by = _BY.search(after)
    if by and not re.search(r"[.;]", after[: by.start()]):
        return _body(after, by.end(), loose=True)
    that = _THAT.match(after)
    if that and (phrase := sources.read(after, that.end())) and _THAT_VERB.match(after, phrase.end):
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


def _ruling(text: str) -> Iterator[_Rule]:
    """A regulator that rules without a law's name: "the Ministry of A has banned ..."."""
    for match in re.finditer(rf"(?<![\w-]){sources.NAME}", text):
        name = re.sub(r"^(?:(?:The|In|A|And|However|Meanwhile) )+", "", match.group())
        owner = re.match(r"(?:[\w.]+ ){0,2}?[\w.]+[’']s (?=[A-Z])", name)
        name = name[owner.end() :] if owner else name
        start = match.end() - len(name)
        if not _AGENCY.search(name) and triggers.head_words().get(name.split()[-1].lower()) != "Regulator":
            continue
        after = re.sub(r"^ \([^)]*\)", "", text[match.end() :])
        strict = _STRICT.match(after)
        decree = _DECREE.search(text[:start]) and _DECREE.search(text[:start]).end() == start  # type: ignore[union-attr]  # found just before
        ruled = strict and (strict["verb"] in _SURE_VERBS or _RULE_OBJECT.search(strict["object"][:60]))
        if (ruled and not _DEAL.search(after[:80])) or (decree and _RULING.search(after[:60])):
            yield _Rule(start, match.end(), None, name)
            return


_DEAL = re.compile(r"\b(?:merger|acquisition|takeover|transaction|deal|approv\w+ the|contract|tender)\b", re.I)


# ------------------------------------------------------------ claims


def _claim(sentence: Sentence, rule: _Rule, frame: Frame, market: str) -> Claim:
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
        confidence=0.85 if rule.name else 0.75,
        status=status,
    )


def _clause(text: str, rule: _Rule) -> tuple[int, int]:
    """The clause around a law: the sentence without what goes on about something else."""
    first = max((m.end() for m in re.finditer(r"[;:]\s|,\s(?:whereas|while|but)\s", text[: rule.start])), default=0)
    after = re.compile(r";\s|,\s(?:whereas|while|but|forcing|which (?:may|lengthens|makes|leads))\b").search(
        text, rule.end
    )
    last = after.start() if after else len(text)
    return first, first + len(text[first:last].rstrip(" .;,\n"))


def _date(text: str, rule: _Rule, reference: str | None) -> str | None:
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


def _bearing(sentence: Sentence, rule: _Rule) -> str:
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


def _topic(text: str, rule: _Rule) -> str | None:
    match = _TOPIC.search(text, rule.end) or (
        re.compile(r"\b(?P<topic>[a-z][\w -]{4,50}?) (?:laid down in|under|flow from|of) (?:the )?$").search(
            text[: rule.start]
        )
    )
    if match is None:
        return None
    bare = re.sub(rf"\s*\b(?:in|since|from|by|as of) (?:the )?{sources.DATE}.*", "", match["topic"])
    return " ".join(re.sub(r"^(?:also satisfy |satisfy |meet )?(?:the|a|an)\s+", "", bare).split()[:9]) or None


def _jurisdiction(sentence: Sentence, rule: _Rule) -> str | None:
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
