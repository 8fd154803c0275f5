"""Who states a figure: the organisation, study or paper named in "according to A", "A reported that"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import figures
from extract.fact import Participant
from extract.nameforms import LEGAL_TAIL
from ontology import triggers

_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:FY\s?)?(?:19|20)\d\d(?:[/–-]\d\d(?!\d))?"
DATE = (
    rf"(?:(?:(?:early|late|mid)[ -]|the )?(?:\d{{1,2}} )?(?:{MONTH}(?: \d{{1,2}},)?|[Ss]pring|"
    rf"[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|Q[1-4])(?: of)?(?: {_YEAR})?|(?:early |late |"
    rf"mid-)?{_YEAR})"
)

#: One word of a name; a possessive inside of it only as in "Growers’ League".
WORD = (
    rf"(?:(?:[{_UPPER}]\.){{2,}}|(?!(?:{MONTH}|"
    rf"{_DAYS})\b)[{_UPPER}]\w*(?:[-–/&.+!]\w+)*(?:[’'](?=\s[{_UPPER}])(?<=s[’']))?)"
)
_JOINT = (
    r"(?: (?:of|for|on|of the|for the|on the|and|and the|&|de|del|della|di|da|do|dos|der|des|"
    r"du|la|le|und|et|y|e|van|von|zu|für))?"
)
_TITLE_JOINT = _JOINT.replace("(?:of|", "(?:of a|of an|in the|in|to|to the|with|of|")
_TITLE = rf"{WORD}(?:{_TITLE_JOINT} {WORD})*"
NAME = rf"{WORD}(?:{_JOINT} {WORD}|(?=[ ,]){LEGAL_TAIL.pattern})*"
#: What a study or its series is called, as a common noun and as the last word of a title.
REPORTS = (
    "survey|poll|study|report|review|outlook|barometer|monitor|atlas|yearbook|scan|index|"
    "census|bulletin|tracker|statistics|"
    "almanac|handbook|factbook|scoreboard|paper|white paper|whitepaper|analysis|"
    "questionnaire|brief|briefing|assessment|research|"
    "newsletter|compendium|snapshot|pulse|benchmark|inquiry|dossier|database|data|figures|"
    "numbers|estimates?|note|publication|"
    "article|press release|statement|update|digest|inventory|audit|register|panel|interviews"
)
_REPORT = rf"(?:(?:[a-z][\w-]*|{WORD}) ){{0,5}}?(?:{REPORTS})s?"
_TITLE_END = re.compile(rf"\b(?:{REPORTS.replace('|register|panel', '|panel').title()}|White Paper|Study)s?$")
#: Last words of the names of newspapers and magazines.
_PAPER_END = re.compile(
    r"\b(?:Journal|Gazette|Times|Tribune|Post|Courier|Herald|Chronicle|News|Mail|Telegraph|"
    r"Weekly|Monthly|Magazine|Daily|Mirror|Observer|Bulletin|Letter)$|^(?:Daily|Weekly) "
)
_TITLE_OF = re.compile(
    rf"\b(?:{REPORTS.replace('|register', '').title()}|Journal)s? (?:of(?: the)?|by(?: the)?|"
    rf"from(?: the)?) "
)
#: Common nouns before a name that say what its bearer is.
_PAPERS = "paper|newspaper|daily|weekly|monthly|magazine|journal|portal|newsletter|website|news site|periodical"
_BODIES = (
    "insurer|union|foundation|firm|company|think[ -]tank|agency|institute|association|body|"
    "group|council|consultancy|bank|"
    "regulator|lobby|federation|NGO|charity|university|ministry|provider|platform|specialist|"
    "house|forum|alliance|network|"
    "organi[sz]ation|society|league|chamber|authority|observatory|cooperative|consortium|"
    "committee|office|bureau|operator|"
    "register|registry|guild|exchange|researcher|analyst|pollster|statistician"
)
_PEOPLE = (
    r"(?:[a-z-]+ ){0,2}(?:analysts|researchers|economists|scientists|experts|statisticians|"
    r"authors|engineers|academics) (?:at|from|of|with) (?:the )?"
)
_ROLE = rf"(?:(?:{WORD} )?(?:[a-z][\w-]* ){{0,3}}(?P<role>{_PAPERS}|{_BODIES}) (?=[{_UPPER}]))"
_ALIAS = rf"(?: \([{_UPPER}][^()]{{1,24}}\))?"
_THE = r"(?:(?:the|a|an|its|their|one|another|this|that|The|A|An|Its|Their|One|Another|This|That) )?"
_OWNER = rf"{_THE}(?:{_PEOPLE}|{_ROLE})?(?P<org>{NAME}){_ALIAS}"
_TAIL = (
    rf"(?:,?(?: (?:(?:that|which) (?:was |were |has been |had been )?)?(?:came out|appeared|took|ran|held|"
    rf"published|released|issued|conducted|posted|carried out|presented|commissioned|dated|"
    rf"produced|compiled))?(?: (?:in|of|from|on|dated|for))? (?P<when>{DATE}))"
)

_OWNED = re.compile(
    rf"{_THE}(?:{_PEOPLE}|{_ROLE})?(?P<org>{NAME}){_ALIAS}(?:[’']s|"
    rf"(?<=s)[’']) (?P<report>(?:{DATE} )?(?:{_REPORT}|{_TITLE})(?: {_YEAR}(?!\d))?)"
)
_BY = (
    r" (?:that was |which was )?(?:(?:conducted|published|released|issued|commissioned|"
    r"carried out|produced|compiled|prepared|made|run|presented|fielded) )?(?:jointly )?(?:by|"
    r"from|of|for|at|on behalf of|that|which)(?: the| a| an)? "
)
_REPORTED = re.compile(
    rf"(?P<lead>{_THE}(?:[a-z][\w-]* ){{0,3}}?(?:{DATE} "
    rf")?)(?P<report>(?:[a-z][\w-]* ){{0,4}}?(?:{REPORTS})s?)\b(?! (?:firm|house|group|company|"
    rf"provider|agency|[{_UPPER}]))"
)
_APPOSED = re.compile(rf", (?:a|an|the|its) (?:[a-z][\w-]* ){{0,4}}?(?:{REPORTS})s?\b")
_TITLED = re.compile(
    rf"{_THE}(?:(?:annual|latest|recent|new|newest|quarterly|monthly|first|second|third|own|"
    rf"current|[a-z]+ial) ){{0,2}}(?:{DATE} )?(?P<title>{_TITLE}(?: {_YEAR}(?!\d))?)"
)
_PLAIN = re.compile(_OWNER)
_BY_NAME = re.compile(
    rf"{_BY}(?:{_PEOPLE}|{_ROLE})?(?P<org>{NAME}(?:, {NAME}(?=(?:, {NAME})*,? and (?:the "
    rf")?[{_UPPER}]))*){_ALIAS}"
)
_SAMPLE = re.compile(
    r" (?:of|among|with|covering|that covered) (?:more than |over |some |about |nearly |"
    r"around )?[\d.,]+ [a-z][\w -]{2,60}?(?= (?:by|from|conducted|published|carried)\b)"
)
_PLATFORM = re.compile(
    rf",? (?:(?:that|which) (?:can be found|appeared|was published|is available|was posted)|"
    rf"published|posted|released|hosted|available|appearing) (?:on|in the journal|in|via|by(?= the preprint)) "
    rf"(?:the )?(?:preprint (?:server|platform|repository|archive) )?(?P<platform>{NAME})"
)
#: "A survey", "A data", but not the verbs of "A reports that" and "A estimates".
_OWN_REPORT = re.compile(
    rf" (?P<report>(?:[a-z][\w-]* ){{0,2}}?(?!estimates?\b|notes?\b|"
    rf"updates?\b)(?:{REPORTS}))\b(?! that\b)"
)
_QUOTED = re.compile(
    r",? ?(?:titled|entitled|called|named|under the title)?,? "
    r"?[“\"‘](?P<title>[^”\"’]{8,250})[”\"’]"
)
_WHEN = re.compile(_TAIL)
_CITING = re.compile(
    r"[ ,(]*(?:citing|quoting|referencing|referring to|who cites?|which cites?|which quotes|"
    r"on the basis of|based on|drawing on|relying on|with reference to)"
    r"(?: (?:data|figures|numbers|statistics|estimates|calculations|research|a study|a report|"
    r"findings)(?: (?:from|by|of|compiled by|published by))?)? "
)
_LEGAL = re.compile(rf"(?=[ ,]){LEGAL_TAIL.pattern}$")
_AND = re.compile(r",? and (?:the )?|, (?:the )?")


@dataclass(frozen=True, slots=True)
class Source:
    """Who states a figure: its reporters, whom they cite, titles, the date of publication and the platform."""

    reporters: tuple[Participant, ...] = ()
    originals: tuple[Participant, ...] = ()
    date: str | None = None
    report: str | None = None
    original_report: str | None = None
    platform: str | None = None
    surely: bool = False

    @property
    def named(self) -> bool:
        """Whether it names anyone."""
        return bool(self.reporters)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source read at characters up to `end` of a text."""

    source: Source
    end: int


def read(text: str, at: int, reference: str | None = None) -> Phrase | None:
    """The source whose noun phrase begins at `at`; None where no name, study or paper stands there."""
    found = _owned(text, at) or _report(text, at) or _title(text, at) or _plain(text, at)
    if found is None:
        return None
    dated = replace(found, source=replace(found.source, date=publication(text[at : found.end], reference)))
    return _citing(text, dated)


def publication(text: str, reference: str | None) -> str | None:
    """The most precise date that a source's own phrase holds ("the October bulletin", "2030 yearbook")."""
    bare = re.sub(rf"\b({MONTH}) (?={REPORTS})", r"in \1 ", text)
    found = figures.dates(bare, reference)
    return max((each.date for each in found), key=len, default=None)


def _owned(text: str, at: int) -> Phrase | None:
    """As in "the Sonora Forum's Landscapes Report 2031", "the FBI's 2024 survey of farmers"."""
    match = _OWNED.match(text, at)
    if match is None or not _is_report(match["report"]):
        return None
    title = _bare_title(match["report"])
    end = _skip(text, match.end(), _WHEN)
    return Phrase(Source(organisations(match["org"], match["role"]), report=title, surely=True), end)


def _report(text: str, at: int) -> Phrase | None:
    """As in "a September 2024 workforce survey by A and B", "a study published on P in May 2031, titled ..."."""
    match = _REPORTED.match(text, at)
    if match is None:
        return None
    end = _skip(text, match.end(), _SAMPLE, _WHEN)
    platform = _PLATFORM.match(text, end)
    end = _skip(text, platform.end() if platform else end, _WHEN)
    title = _QUOTED.match(text, end)
    end = title.end() if title else end
    by = _BY_NAME.match(text, end)
    end = _skip(text, by.end() if by else end, _WHEN)
    platform = platform or (_PLATFORM.match(text, end) if by or title else None)
    end = _skip(text, max(end, platform.end()), _WHEN) if platform else end
    if not by and title:
        name = " ".join(title["title"].rstrip(" ,.").split())
        who: tuple[Participant, ...] = (Participant(name, "reporter", "Publication"),)
    elif by:
        who = organisations(by["org"], by["role"])
    else:
        who = ()
    where = platform["platform"] if platform else None
    label = title["title"].rstrip(" ,.") if title and by else " ".join(match["report"].split())
    return Phrase(Source(who, report=None if title and not by else label, platform=where, surely=True), end)


def _title(text: str, at: int) -> Phrase | None:
    """As in "the Lung Atlas 2031 of the foundation A", "the Lung Monitor that C published"."""
    match = _TITLED.match(text, at)
    if match is None:
        return None
    name, end = match["title"], match.end()
    inside = _TITLE_OF.search(name)
    if inside:
        title = re.sub(r" (?:of|by|from)(?: the)? $", "", name[: inside.end()])
        return Phrase(Source(organisations(name[inside.end() :]), report=title, surely=True), _skip(text, end, _WHEN))
    stem = re.sub(rf" {_YEAR}$", "", name)
    if not _TITLE_END.search(stem):
        return None
    by = _BY_NAME.match(text, end)
    if by:
        published = re.compile(rf" (?:published|released|issued|presented)(?: (?:in|on) {DATE})?").match(
            text, by.end()
        )
        end = published.end() if published else by.end()
        return Phrase(Source(organisations(by["org"], by["role"]), report=name, surely=True), _skip(text, end, _WHEN))
    return Phrase(
        Source((_party(stem if not re.search(r"\d$", name) else name, None, publication=True),), surely=True),
        _skip(text, end, _WHEN),
    )


def _plain(text: str, at: int) -> Phrase | None:
    """As in "the trade paper A", "A (AA)", "a 2024 A poll", "A, an annual study by B"."""
    dated = re.compile(rf"{_THE}{DATE} ").match(text, at)
    match = _PLAIN.match(text, dated.end() if dated else at)
    if match is None or match["org"] in ("The", "A", "An", "Its", "Their", "This", "That"):
        return None
    noun = _OWN_REPORT.match(text, match.end())
    apposed = _APPOSED.match(text, match.end())
    by = _BY_NAME.match(text, apposed.end()) if apposed else None
    if by:
        title = Source(organisations(by["org"], by["role"]), report=match["org"], surely=True)
        return Phrase(title, _skip(text, by.end(), _WHEN))
    who = organisations(match["org"], match["role"])
    report = " ".join(f"{match['org']}{noun.group()}".split()) if noun else None
    sure = bool(noun or match["role"]) or any(is_body(each.name) or each.type == "Publication" for each in who)
    return Phrase(
        Source(who, report=report, surely=sure),
        _skip(text, noun.end() if noun else match.end(), _WHEN) if noun else match.end(),
    )


def _citing(text: str, phrase: Phrase) -> Phrase:
    """The source with whom it cites: ", citing the FBI's 2024 report,"."""
    match = _CITING.match(text, phrase.end)
    inner = read(text, match.end(), None) if match else None
    if match is None:
        return phrase
    if inner is None:
        until = re.compile(r"[a-z ]{1,40}(?=,)").match(text, match.end())
        return replace(phrase, source=replace(phrase.source, surely=True), end=until.end()) if until else phrase
    cited = tuple(replace(each, role="original_source") for each in inner.source.reporters)
    source = replace(phrase.source, originals=cited, original_report=inner.source.report, surely=True)
    return Phrase(source, inner.end)


def organisations(text: str, role: str | None = None) -> tuple[Participant, ...]:
    """The organisations in "A and B" or "A, B and C"; "Food and Drug Administration" is one."""
    pieces = [text]
    for match in reversed(list(_AND.finditer(text))):
        if _parts(pieces[0][: match.start()], pieces[0][match.end() :], match.group()):
            pieces[0:1] = [pieces[0][: match.start()], pieces[0][match.end() :]]
    return tuple(_party(piece, role) for piece in dict.fromkeys(pieces) if piece)


def _parts(left: str, right: str, link: str) -> bool:
    """Whether "and" between two pieces of a name parts two organisations."""
    if "and" not in link or link.endswith("the "):
        return True
    if re.fullmatch(rf"[{_UPPER}]{{2,}}", left) or re.fullmatch(rf"[{_UPPER}]{{2,}}", right):
        return True
    words = left.split()
    return _is_head(words[-1]) or (is_body(left) and is_body(right))


def _party(name: str, role: str | None, publication: bool = False) -> Participant:
    bare = " ".join(re.sub(r"^(?:[Tt]he |[Aa]n? )?(?:[\w-]+-based )?", "", name).split()).strip(" ,’'")
    if publication or (role and re.fullmatch(_PAPERS, role)) or (_PAPER_END.search(bare) and not is_body(bare)):
        return Participant(bare, "reporter", "Publication")
    if role in ("insurer", "company", "bank", "operator") or _LEGAL.search(bare):
        return Participant(bare, "reporter", "Company")
    kind = triggers.head_words().get(bare.split()[-1].lower()) if bare else None
    return Participant(bare, "reporter", kind if kind in ("Regulator", "HealthSystem") else "Organization")


def _is_head(word: str) -> bool:
    return bool(_BODY_HEAD.fullmatch(word))


_BODY_HEAD = re.compile(
    "(?:Association|Council|Institute?|Instituto|Istituto|Federation|Forum|Observatory|"
    "League|Agency|University|Universität|Bank|Union|Register|Registry|Alliance|"
    "Nations|Society|Board|Bureau|Chamber|College|Committee|Confederation|Consortium|"
    "Department|Foundation|Ministry|Office|Organi[sz]ation|School|Administration|"
    "Authority|Commission|Guild|Exchange|Panel|Network|Coalition|Centre|Center|Academy|Trust|"
    "Initiative|Partnership|Research|Statistics|Group|Workers|Growers|"
    "Watch|Platform|Laboratory|Laboratories|Academy|Service|Fund|Lab|Club|Congress|"
    "Secretariat|Directorate|Audit|Services|Statistik|Verband|Bundesverband|Programme)s?"
)


def is_body(name: str) -> bool:
    """Whether a name is that of an institute, association or authority by one of its words, or an acronym."""
    words = re.findall(r"[\w&-]+", name)
    return any(_is_head(word) for word in words) or bool(re.fullmatch(rf"[{_UPPER}]{{2,6}}", name))


def _is_report(text: str) -> bool:
    words = re.sub(rf"\s*{_YEAR}\s*", " ", text).strip()
    return bool(re.search(rf"\b(?:{REPORTS})s?$", words, re.I)) or bool(re.search(rf"(?:^|\s){_YEAR}(?:\s|$)", text))


def _bare_title(text: str) -> str:
    return " ".join(text.split())


def _skip(text: str, at: int, *patterns: re.Pattern[str]) -> int:
    for pattern in patterns:
        match = pattern.match(text, at)
        at = match.end() if match else at
    return at


__all__: Sequence[str] = ("Phrase", "Source", "is_body", "organisations", "publication", "read")
