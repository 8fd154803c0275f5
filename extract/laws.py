"""The names of laws, standards and schemes in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract import sources
from extract.regulators import AGENCY, BY, RULING, THAT, THAT_VERB, Rule, regulator, ruling
from extract.sentences import Sentence
from ontology import regions

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
    rf"EEC)\) (?:No\.? ?)?\d{{1,4}}/\d{{1,4}}|(?:No\.? ?)?\d{{2,4}}/\d{{1,4}}/E(?:C|U|EC)\b|"
    rf"\d{{2,4}}/\d{{1,4}}))"
    rf"|(?:{_WORD} )?(?:Law|Act|Decree|Ordinance|Resolution|Regulation|"
    rf"Decision) No\.? ?\d+(?:[/,-]\d+)*(?:(?:/| of )\d{{4}})?(?: on (?:{_WORD}{_LINK} "
    rf"?){{1,6}})?"
    rf"|(?:(?:Senate|Assembly|House) Bill|Proposition|Executive Order|Public Law) [\d-]+"
    rf"|(?<![\w-])(?:Section \d+[A-Z]?|Title \d+|Article \d+|\d+ CFR(?: Part)? \d+)(?: of the "
    rf"{_WORD}(?:{_LINK} {_WORD}){{0,5}})?"
    rf"|(?<![\w-])Annex (?:[IVX]+|\d+)[A-Z]? (?:of|to) the {_WORD}(?:{_LINK} {_WORD}){{0,5}}"
    rf"(?: (?:guide|guidelines?|rules|code|standard|regulation|directive))?"
)
#: A numbered paper of an authority, which is no law unless it rules: "Building Bulletin 12 sets limits".
_PAPER = re.compile(
    rf"(?:{_WORD} ){{0,3}}(?:Bulletin|Circular|Notification|Guidance Note|Technical Note|Approved Document) "
    r"(?:No\.? ?)?"
    r"(?!(?:19|20)\d\d\b)(?:[A-Z]|\d+(?:[/-]\d+)*)(?![\w-])(?= (?P<verb>[a-z]+))"
)
#: Names of laws in languages that write them as one word.
_COMPOUND = re.compile(r"(?<![\w-])(?=[A-ZÀ-Þ])[\w-]+(?:[Rr]ichtlinie|[Gg]esetz|[Vv]erordnung)(?![\w-])")
#: As in "the QGA law", "the LAWN-AID scheme": an acronym with a common noun behind it.
_ACRONYM_NOUN = re.compile(
    r"\b(?:[Tt]he|[Uu]nder|[Ii]ts|[a-z]+[’']s) (?P<name>(?P<bare>[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)*[A-Z]{2,}) "
    r"(?P<noun>law|act|directive|regulation|ordinance|decree|scheme|mandate))\b(?! firm)"
)
#: A body that owns a regime: "the regulator's price cap regime".
_REGIME = re.compile(
    r"(?P<owner>[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+){0,4})[’']s (?P<name>(?:[a-z]+(?:-[a-z]+)* ){1,4}"
    r"(?:regime|ordinance|decree))(?= (?P<verb>[a-z]+))"
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
_ISSUING = (
    r"(?:(?:has|have|had|also|recently) )*(?:finali[sz]ed|adopted|issued|published|enacted|amended|revised|updated|"
    r"introduced|enforces?|administers|proposed|tightened|released) "
)
_OWNED = re.compile(r"[’']s? $|[’'] $")


def rules(sentence: Sentence) -> list[Rule]:
    """The laws of a sentence with their regulators, else the regulators that rule in it."""
    text = sentence.text
    if not _QUICK.search(text):
        return []
    kept: list[Rule] = []
    for rule in (
        *_numbered(text),
        *_standards(text),
        *_with_noun(text),
        *_regimes(text),
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
    kept = [replace(rule, regulator=regulator(text, rule, kept)) if rule.regulator is None else rule for rule in kept]
    return kept or list(ruling(text))


_QUICK = re.compile(
    rf"\b(?:{_LAWS}|{_MILD}|Section|Title|Annex|Bulletin|Circular|Notification|Document|Note|EN|DIN|BS|ISO|IEC|"
    rf"ASTM|ANSI|NFPA|UL|GB|JIS|regulat\w+|rules?|laws?|directives?|standards?|compl\w+|[Uu]nder|in force|in effect|"
    rf"effective|applicable|scheme|regime|mandat\w+|ban|bans|banned|decree|guidelines?|tax|levy|subsid\w+)\b|"
    rf"{_COMPOUND.pattern}|{AGENCY.pattern}"
)


def _numbered(text: str) -> Iterator[Rule]:
    """As in "Commission Regulation (EU) 2023/2055", "Directive 2014/33/EU", "Law No. 7 of 2014", "Section 45V"."""
    for match in _NUMBERED.finditer(text):
        name = re.sub(r"^(?:The|In|Under|With|By|And|However|Revised) ", "", match.group()).strip(" ,.")
        start = text.index(name, match.start())
        if not re.search(r"\b(?:Agreement|Contract|Report|Prospectus)\b", name):
            yield Rule(start, start + len(name), name)
    for match in _PAPER.finditer(text):
        if RULING.match(match["verb"]):
            start, bare = _bare_paper(match)
            yield Rule(start, start + len(bare), bare)


def _bare_paper(match: re.Match[str]) -> tuple[int, str]:
    bare = re.sub(r"^(?:The|In|Under|And|However) ", "", match.group())
    return match.end() - len(bare), bare


def _with_noun(text: str) -> Iterator[Rule]:
    """As in "the QGA law", the "LAWN-AID scheme", which goes by its acronym alone; "the Rasenrichtlinie"."""
    for match in _ACRONYM_NOUN.finditer(text):
        group = "bare" if match["noun"] in ("scheme", "mandate") else "name"
        if regions.find(match["bare"]) is None and not AGENCY.search(match["bare"]):
            yield Rule(match.start(group), match.end("name"), match[group])
    for match in _COMPOUND.finditer(text):
        yield Rule(match.start(), match.end(), match.group())


def _regimes(text: str) -> Iterator[Rule]:
    """As in "Lawnreg's cap and floor regime shields makers": a regime of the body that sets it."""
    for match in _REGIME.finditer(text):
        if regions.find(match["owner"]) is None and RULING.match(match["verb"]):
            yield Rule(match.start("name"), match.end("name"), match["name"], match["owner"])


def _standards(text: str) -> Iterator[Rule]:
    """As in "EN 81-20, the safety standard for lifts"; "is ISO 9001 certified" tells of a firm."""
    for match in _STANDARD.finditer(text):
        around = text[max(0, match.start() - 40) : match.end() + 60]
        certified = re.search(r"\bcertifi(?:ed|cation|cates?)\b", around, re.I) and not re.search(
            r"\b(?:must|required?|requires|comply|mandatory)\b", around
        )
        if not certified:
            yield Rule(match.start(), match.end(), match.group().rstrip(".:,-/"))


def _by_head(sentence: Sentence) -> Iterator[Rule]:
    """As in "the Water Framework Directive"; "the Capacity Market" only where it is told what it rules."""
    text = sentence.text
    for match in _NAMED.finditer(text):
        start, name = _trimmed(match)
        if name is None or any(first <= match.start("head") < last for first, last in sentence.masked):
            continue
        if re.search(rf"{AGENCY.pattern} (?:for|of|on)\b", name):
            continue
        mild = re.fullmatch(_MILD, match["head"]) is not None
        if mild and not _is_ruling(sentence, start, match.end()):
            continue
        if re.match(
            r"[’']s\b| (?:Ltd|Inc|plc|GmbH|Corp|Group|Holdings|[A-Z]\w+ (?:Ltd|Inc|GmbH))\b|[&/]", text[match.end() :]
        ) or re.match(
            r" (?:Administration|Authority|Agency|Commission|Council|Office|Board|Department|Observatory|Institute|"
            r"Association|Bureau|Forum|Federation|Foundation|Centre|Center|Society|Bank|Union|Fund)\b",
            text[match.end() :],
        ):
            continue
        end = match.end()
        scope = (
            _SCOPE.match(text, end)
            if re.match(r"Standards|Guidelines|Rules|Requirements|Provisions|Code", match["head"])
            else None
        )
        if scope:
            name, end = f"{name}{scope.group()}", scope.end()
        yield Rule(start, end, name)


#: What a set of standards is for: "Emission Standards for Hazardous Air Pollutants".
_SCOPE = re.compile(rf" (?:for|on) (?:the )?{_WORD}(?:{_LINK} {_WORD}){{1,6}}")
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
    ruling = RULING.match(
        re.sub(r"^(?: \([^)]*\))?,?\s*(?:(?:which|that|introduced|enforced)\b)?\s*", "", after)
    ) or RULING.search(after[:40])
    if re.search(r"\b(?:under|by|with|to|of) (?:the )?$", before) and re.search(
        r"\b(?:compl\w+|grants?|subsid\w*|credits?|funding|requirements?|obligations?|flow|rules?|"
        r"provisions)\b",
        text,
        re.I,
    ):
        return True
    if re.search(r"\bunder the $", before) and re.search(
        r"\b(?:Mission|Scheme|Mandate|Policy|Rules?|Code|Levy|Obligation|Standards?|Guidelines?|Mechanism)$",
        text[start:end],
    ):
        return True
    if re.search(rf"{AGENCY.pattern}(?: \([^)]*\))? {_ISSUING}(?:[a-z]+ ){{0,3}}(?:the )?$", before):
        return True
    if re.search(r"\b(?:national|federal|government(?:[’']s)?|state|European|mandatory)\s+$", before):
        return True
    if re.match(rf",? (?:which (?:is|are) )?{BY.pattern[2:]}", after) or any(
        re.fullmatch(r" of (?:the )?", text[end : place.start]) for place in sentence.places if place.start > end
    ):
        return True
    that = THAT.match(after)
    if that and (ruler := sources.read(after, that.end())) and THAT_VERB.match(after, ruler.end):
        return True
    if near and (_OWNED.search(before[near[-1].end :] + " ") or near[-1].end >= start):
        return True
    return bool(ruling) and bool(
        states
        or re.search(r"\b(?:In|Across|Under) [A-Z][\w ]+,? the $", before)
        or AGENCY.search(after)
        or re.search(r"\bwhich the\b", after[:14])
    )


def _forced(text: str) -> Iterator[Rule]:
    """As in "A B, in force since January 2025": whatever its name, it is a law."""
    for match in _FORCED.finditer(text):
        start, name = _bare(match, "name")
        if name and not re.search(
            r"\b(?:contract|agreement|appointment|price|merger|deal)\b", text[max(0, start - 30) : start], re.I
        ):
            yield Rule(start, match.end("name"), name)


def _defined(text: str) -> Iterator[Rule]:
    """As in "the Eichrecht, its law on measuring instruments"."""
    for match in _DEFINED.finditer(text):
        start, name = _bare(match, "name")
        if name:
            yield Rule(start, match.end("name"), name)


def _bare(match: re.Match[str], group: str) -> tuple[int, str | None]:
    text = match[group]
    lead = _OPENERS.match(text + " ")
    bare = text[lead.end() :] if lead and lead.end() < len(text) else text if not lead else ""
    owner = re.match(r"(?:[\w.]+ ){0,2}?[\w.]+[’']s ", bare)
    bare = bare[owner.end() :] if owner else bare
    place = regions.find(bare) if bare else None
    return match.end(group) - len(bare), bare if bare and place is None else None


def _listed(text: str) -> Iterator[Rule]:
    """As in "regulatory requirements such as A and B"."""
    for match in _SUCH_AS.finditer(text):
        at = match.end()
        while name := re.compile(
            rf"(?:the )?(?P<name>{_WORD}(?: (?:{_WORD}|\d+[a-z]?)){{0,6}})(?: \([A-Z][\w-]+\))?"
        ).match(text, at):
            if regions.find(name["name"]) is None:
                yield Rule(name.start("name"), name.end("name"), name["name"])
            more = re.compile(r"(?: in [A-Z][\w. ]+?)?(?:, and |, | and | or )(?:the )?(?=[A-ZÀ-Þ])").match(
                text, name.end()
            )
            if more is None:
                break
            at = more.end()


def _complied(text: str) -> Iterator[Rule]:
    """As in "adopted under CLP", "must comply with FERPA in the US and the LGPD in Brazil"."""
    for match in _COMPLY.finditer(text):
        at = match.end()
        while name := _ACRONYM.match(text, at):
            if regions.find(name.group()) is None and not AGENCY.search(name.group()):
                yield Rule(name.start(), name.end(), name.group())
            more = re.compile(
                r"(?: in (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)*)?(?:, and |, | and | or )(?:the "
                r")?(?=[A-ZÀ-Þ])"
            ).match(text, name.end())
            if more is None:
                break
            at = more.end()


def _on(text: str) -> Iterator[Rule]:
    """As in "the guidelines on Good Distribution Practice", "the rule on Sanitary Transportation"."""
    for match in _ON.finditer(text):
        if regions.find(match["name"]) is None and len(match["name"].split()) > 1:
            yield Rule(match.start("name"), match.end("name"), match["name"])


def _plain(sentence: Sentence) -> Iterator[Rule]:
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
            or THAT.match(after)
            or re.match(rf",? (?:which is |which are )?{BY.pattern[2:]}", after)
        )
        ruler = sources.read(after, agency.end()) if agency else None
        ruled = ruler is not None and bool(AGENCY.search(" ".join(each.name for each in ruler.source.reporters)))
        if len(name.split()) > 1 and (owned or ruled) and (owned or not re.search(r"\ba\s+$", before)):
            yield Rule(start, end, text[start:end], ruler.source.reporters[0].name if ruler and ruled else None)
