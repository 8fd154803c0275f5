"""Where a sentence says who states its figures, and how far that reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract import sources
from extract.sources import DATE, REPORTS, Phrase, Source

_SURE_VERB = (
    "says?|said|states?|stated|warns?|warned|expects?|expected|projects?|projected|"
    "forecasts?|predicts?|predicted|anticipates?|"
    "anticipated|notes?|noted|writes?|wrote|adds|added|claims?|claimed|concludes?|concluded|"
    "shows?|showed|indicates?|indicated|suggests?|"
    "suggested|reveals?|revealed|highlights?|highlighted|confirms?|confirmed|observes?|observed|discloses?|disclosed|"
    "points? out|pointed out|reckons?|measures?|measured|records?|recorded|registered|"
    "documents?|documented|lists?|listed|logged|released|published"
)
_FOUND_VERB = (
    "reports?|reported|finds?|found|estimates?|estimated|counts?|counted|puts?|calculates?|"
    "calculated|surveyed|polled|tallied|assessed|speaks? of|talks? of|arrives? at|came to|"
    "gives|mentions?|cites?|quotes?"
)
_ADVERBS = (
    r"(?:(?:also|further|furthermore|recently|now|itself|has|have|had|even|moreover|"
    r"additionally|likewise|separately|again|already|currently|, too,) )*"
)
_VERB = re.compile(
    rf"(?P<rest>(?:, (?:a|an|the|one of|which|who|based|headquartered|part of|"
    rf"in (?:its|their|an?|the))\b[^,;]{{2,90}},|"
    rf",)?) {_ADVERBS}(?:(?P<sure>{_SURE_VERB})|(?P<found>{_FOUND_VERB}))\b"
)
_LATER = re.compile(
    rf",? (?:(?:in|on|for|of) (?:{DATE})|(?:(?:earlier|later) )?(?:last|this) (?:week|month|"
    rf"year|spring|summer|autumn|winter)|today|yesterday|on (?:Mon|Tues|Wednes|Thurs|Fri)day)"
)
_SAID_IN = re.compile(rf" in {DATE}(?= that\b|[.,;]|$)")
_IN_ITS = re.compile(
    r"(?: a (?:number|figure) on (?:it|this|that))?,? (?:in|through|via|as part of) (?=(?:its|their|an?|the)\b)"
)
_THAT = re.compile(r"(?: that\b|,? ?:)")
_START = re.compile(
    r"(?:^|(?<=[:;,–—-] )|(?<=[“\"(•])|(?<=\b(?:and|but) )|(?<=\bwhile )|(?<=\bas )|"
    r"(?<=\bthat )|(?<=\bwhereas ))(?=(?:[Tt]he|[Aa]n?|[Ii]ts|[Oo]ne|[Aa]nother)\b|[A-ZÀ-Þ])"
)
_CUE = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s per|[Aa]s (?:(?:recently|also) )?(?:reported|stated|"
    r"estimated|measured|calculated|published|noted|highlighted|indicated|found|shown|"
    r"documented|recorded|counted) (?:by|in)|"
    r"[Bb]ased on|(?:surveyed|polled|questioned|interviewed|counted|recorded|estimated|"
    r"reported|calculated|compiled|commissioned) by|(?:respondents|participants) (?:to|in|"
    r"of)(?= an? )|(?:seen|evident|clear|shown|apparent|visible|illustrated|confirmed|"
    r"documented|reflected|borne out|underlined|underscored|emerges|follows) (?:from|in|by)|"
    r"[Pp]er(?= (?:the|a)\b)|[Cc]iting|[Dd]ata (?:from|of|by|published by|"
    r"compiled by) (?=(?:the |an? )?[A-ZÀ-Þ])) "
)
_SOURCE = re.compile(r"(?:\(|\[|–|—|;)? ?\b[Ss]ources?: ")
_TOLD = re.compile(r"(?<=[\w)] )told (?=the [A-Z]|[A-Z])")
#: A firm of the market that lays open a figure of its own.
_DISCLOSED = re.compile(rf" (?:has |had )?disclose[sd](?: in {DATE})? that\b(?! (?:it|they|the company)\b)")
_CONFIDED = re.compile(rf"(?: in {DATE})? (?:that|they)\b|[.,]")
_ISSUED = re.compile(rf", {DATE}(?=[)\].;,]|$)")
_INVERTED = re.compile(rf"(?:,[”\"’]?|[”\"]|–|—) (?:so )?(?:{_SURE_VERB}|{_FOUND_VERB}) (?=(?:the|an?)\b|[A-ZÀ-Þ])")
_IN_REPORT = re.compile(r"^(?:[A-Z]\w+(?: \w+)?, )?(?:[Ii]n|[Ff]rom) (?=(?:its|an?|the|their|one)\b)")
_NOUNS = (
    "association|council|forum|institute|agency|body|group|organi[sz]ation|union|federation|"
    "observatory|survey|study|report|poll|paper|"
    "foundation|society|league|chamber|register|registry|alliance|guild|exchange|university|"
    "bank|authority|ministry|department|authors|"
    "researchers|analysts|think[ -]tank|insurer|firm|company|commission|board|office|bureau|"
    "committee|network|panel|barometer|yearbook|monitor|"
    "index|review|atlas|outlook|tracker|bulletin|platform|lobby|consultancy|magazine|"
    "newspaper|daily|weekly|monthly|centre|center|coalition|NGO"
)
_ANAPHOR = re.compile(
    rf"(?:(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Ii]ts) (?:(?:same|latest|new|present|"
    rf"latter) )*(?P<noun>{_NOUNS})|(?P<it>It|They))(?=[ ,’'.:;)])"
)
_CITES = re.compile(
    r" (?:also )?(?:cites?|quotes?|relies on|draws on|refers to|bases? (?:this|that|it|"
    r"its figures?) on)(?: (?:data|figures|numbers|research|estimates)(?: (?:from|by|of))?)? "
)
_TAKEN = re.compile(
    r"^(?:That|This|The figures?|Both(?: figures)?|These(?: figures| numbers)?|The numbers?|"
    r"The data) (?:is|are|was|were|comes?|came|stems?) (?:taken )?(?:from|according to) "
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source told of at characters `start` to `end` of a sentence, for the figures from `first` to `last`."""

    start: int
    end: int
    first: int
    last: int
    source: Source
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads attributions against the date of the document; `own` are names that state no statistics."""

    reference: str | None = None
    own: frozenset[str] = frozenset()

    def find(self, text: str, memory: Sequence[Source]) -> list[Attribution]:
        """The attributions of a sentence in order; `memory` holds the sources named before, the last one last."""
        quick = _QUICK.search(text)
        if quick is None:
            return []
        found = [
            *self._taken(text),
            *self._in_report(text, memory),
            *self._cued(text, memory),
            *self._bracketed(text),
            *self._inverted(text),
            *self._confided(text, memory),
            *self._spoken(text, memory),
            *self._again(text, memory),
        ]
        kept: list[Attribution] = []
        for each in found:
            if each.source.named and not any(each.start < other.end and other.start < each.end for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda each: each.start)

    def _taken(self, text: str) -> Iterator[Attribution]:
        """As in "That is from an October 2031 poll by A": the figures of the sentence before."""
        match = _TAKEN.match(text)
        phrase = sources.read(text, match.end(), self.reference) if match else None
        if phrase:
            yield Attribution(0, phrase.end, phrase.end, len(text), phrase.source, backward=True)

    def _in_report(self, text: str, memory: Sequence[Source]) -> Iterator[Attribution]:
        """As in "In its Atlas 2030, the Institute A put ..."; "In a survey by A, 34% ..."."""
        match = _IN_REPORT.match(text)
        phrase = sources.read(text, match.end(), self.reference) if match else None
        if match is None or phrase is None or not phrase.source.surely:
            return
        comma = re.compile(r"(?: (?:already |just )?(?:mentioned|quoted|cited)(?: above| before)?)?,? ").match(
            text, phrase.end
        )
        speaker = self._speaker(text, comma.end() if comma else phrase.end, memory)
        lead = text[match.end() : phrase.end]
        if speaker:
            report = phrase.source.report or next((each.name for each in phrase.source.reporters), None)
            date = phrase.source.date or speaker.source.date or _date_of(speaker.source, memory)
            source = replace(speaker.source, report=report, date=date, surely=True)
            yield Attribution(match.start(), speaker.end, speaker.end, len(text), source)
        elif (
            phrase.source.named
            and re.search(rf"\b(?:{REPORTS})s?\b", lead, re.I)
            and text[phrase.end : phrase.end + 1] == ","
        ):
            yield Attribution(match.start(), phrase.end, phrase.end, len(text), phrase.source)

    def _cued(self, text: str, memory: Sequence[Source]) -> Iterator[Attribution]:
        """As in "according to A", "as reported by A in November 2024", "Citing the council's figures"."""
        for match in _CUE.finditer(text):
            if match.group() in ("Citing ", "citing ") and match.start():
                continue
            phrase = self._phrase(text, match.end(), memory)
            if phrase is None:
                continue
            reported = bool(re.search(r"\b(?:by|in) $", match.group()))
            phrase = _dated(text, phrase, self.reference) if reported else phrase
            if match.group() == "Citing ":
                yield from self._second_hand(text, phrase, memory)
                continue
            yield Attribution(match.start(), phrase.end, *_reach(text, match.start(), phrase.end), phrase.source)

    def _second_hand(self, text: str, cited: Phrase, memory: Sequence[Source]) -> Iterator[Attribution]:
        comma = re.compile(r", ").match(text, cited.end)
        speaker = self._speaker(text, comma.end(), memory, trusted=True) if comma else None
        if speaker:
            originals = tuple(replace(each, role="original_source") for each in cited.source.reporters)
            source = replace(speaker.source, originals=originals, original_report=None)
            yield Attribution(0, speaker.end, speaker.end, len(text), source)

    def _bracketed(self, text: str) -> Iterator[Attribution]:
        """As in "(source: Atlas, an annual study by A, August 2031)"."""
        for match in _SOURCE.finditer(text):
            phrase = sources.read(text, match.end(), self.reference)
            issued = _ISSUED.match(text, phrase.end) if phrase else None
            if phrase and issued:
                phrase = Phrase(replace(phrase.source, date=sources.publication(issued.group(), None)), issued.end())
            if phrase:
                yield Attribution(match.start(), phrase.end, 0, match.start(), phrase.source)

    def _inverted(self, text: str) -> Iterator[Attribution]:
        """As in "About 8% fail, says A in its 2030 yearbook"."""
        for match in _INVERTED.finditer(text):
            phrase = sources.read(text, match.end(), self.reference)
            if phrase and self._may_speak(phrase.source, sure=False):
                phrase = self._told_in(text, phrase)
                yield Attribution(match.start(), phrase.end, 0, match.start(), phrase.source)

    def _confided(self, text: str, memory: Sequence[Source]) -> Iterator[Attribution]:
        """As in "60% of growers told the league that they plan to switch"."""
        for match in _TOLD.finditer(text):
            phrase = sources.read(text, match.end(), self.reference)
            phrase = _in_full(phrase, memory) if phrase else None
            if phrase and self._may_speak(phrase.source, sure=False) and _CONFIDED.match(text, phrase.end):
                bare = Phrase(Source(phrase.source.reporters, surely=True), phrase.end)
                phrase = _dated(text, bare, self.reference)
                first = _clause_start(text, match.start())
                yield Attribution(match.start(), phrase.end, first, len(text), phrase.source)

    def _spoken(self, text: str, memory: Sequence[Source]) -> Iterator[Attribution]:
        """As in "A reported in April 2031 that ..."; ", A warned in November 2030"."""
        for match in _START.finditer(text):
            speaker = self._speaker(text, match.end(), memory)
            if speaker is None:
                continue
            start, rest = match.end(), text[speaker.end :].strip(' .”"')
            closing = (
                start > 0
                and text[start - 2 : start] == ", "
                and (not rest or text[speaker.end : speaker.end + 1] in ".,")
            )
            first, last = (_clause_start(text, start), start) if closing else (speaker.end, len(text))
            yield Attribution(start, speaker.end, first, last, speaker.source)

    def _again(self, text: str, memory: Sequence[Source]) -> Iterator[Attribution]:
        """As in "The forum also found that ..."; "The council cites data from B" adds B to what it has stated."""
        for match in re.compile(rf"(?:^|(?<=; )|(?<=, )|(?<=and )){_ANAPHOR.pattern}").finditer(text):
            if match["it"] and match.start():
                continue
            source = _remembered(memory, match["noun"])
            if source is None:
                continue
            cites = _CITES.match(text, match.end())
            cited = sources.read(text, cites.end(), self.reference) if cites else None
            if cites and cited and cited.source.named:
                originals = tuple(replace(each, role="original_source") for each in cited.source.reporters)
                yield Attribution(
                    match.start(),
                    cited.end,
                    cited.end,
                    len(text),
                    replace(source, originals=originals),
                    backward=True,
                )
                continue
            verb = _VERB.match(text, match.end())
            if verb and not verb["rest"]:
                phrase = self._told_in(text, Phrase(source, verb.end()))
                yield Attribution(match.start(), phrase.end, phrase.end, len(text), phrase.source)

    def _speaker(self, text: str, at: int, memory: Sequence[Source], *, trusted: bool = False) -> Phrase | None:
        """A source with a verb of saying behind it, up to "that"; None where there is none."""
        phrase = sources.read(text, at, self.reference) or self._again_in(text, at, memory)
        if phrase is None:
            return None
        phrase = _in_full(phrase, memory)
        verb = _VERB.match(text, phrase.end)
        if verb is None or (verb["rest"] == "," and not _closed(phrase.source)):
            return None
        source = phrase.source if phrase.source.named else _same(phrase, memory)
        disclosed = _DISCLOSED.match(text, phrase.end)
        if source is None or (
            not disclosed
            and not self._may_speak(source, sure=trusted or bool(verb["found"] or _SAID_IN.match(text, verb.end())))
        ):
            return None
        source = self._inserted(text, phrase.end, verb["rest"], source)
        return self._told_in(text, self._quoting(text, Phrase(source, verb.end()), verb["found"] or ""))

    def _inserted(self, text: str, at: int, insertion: str, source: Source) -> Source:
        """The source with the report between it and its verb: "A, in its Survey 2030, put ..."."""
        lead = re.match(r", in ", insertion)
        report = sources.read(text, at + lead.end(), self.reference) if lead else None
        if report is None or not report.source.surely:
            return source
        title = report.source.report or next((each.name for each in report.source.reporters), None)
        return replace(source, report=title or source.report, date=report.source.date or source.date)

    def _again_in(self, text: str, at: int, memory: Sequence[Source]) -> Phrase | None:
        """As in "the council", "the council's May 2030 survey", "the agency's Atlas, published in March 2030"."""
        phrase = _again(text, at, memory)
        owned = re.compile(r"[’']s ").match(text, phrase.end) if phrase else None
        report = sources.read(text, owned.end(), self.reference) if owned else None
        if phrase is None or report is None or not report.source.surely:
            return phrase
        title = report.source.report or next((each.name for each in report.source.reporters), None)
        return Phrase(replace(phrase.source, report=title, date=report.source.date), report.end)

    def _quoting(self, text: str, phrase: Phrase, verb: str) -> Phrase:
        """As in "A quotes B: according to the 2024 Cost Report, ..." is B's figure told by A."""
        cited = sources.read(text, phrase.end + 1) if verb.startswith(("quote", "cite")) else None
        if cited is None or not cited.source.named:
            return phrase
        originals = tuple(replace(each, role="original_source") for each in cited.source.reporters)
        report, end = cited.source.report, cited.end
        cue = re.compile(r"[:,] (?:according to|as per) ").match(text, end)
        title = sources.read(text, cue.end()) if cue else None
        if title:
            report, end = (
                title.source.report or next((each.name for each in title.source.reporters), report),
                title.end,
            )
        return Phrase(
            replace(phrase.source, originals=originals, original_report=report, report=None, surely=True), end
        )

    def _told_in(self, text: str, phrase: Phrase) -> Phrase:
        """The phrase with "in its 2030 yearbook" and "in April 2031" behind the verb."""
        its = _IN_ITS.match(text, phrase.end)
        report = sources.read(text, its.end(), self.reference) if its else None
        if report and report.source.surely and (report.source.report or report.source.named):
            title = report.source.report or report.source.reporters[0].name
            date = report.source.date or phrase.source.date
            phrase = Phrase(replace(phrase.source, report=title, date=date), report.end)
        phrase = _dated(text, phrase, self.reference)
        that = _THAT.match(text, phrase.end)
        return Phrase(phrase.source, that.end()) if that else phrase

    def _phrase(self, text: str, at: int, memory: Sequence[Source]) -> Phrase | None:
        phrase = sources.read(text, at, self.reference)
        if phrase and phrase.source.named:
            return phrase if not self._is_own(phrase.source) else None
        if phrase:
            source = _same(phrase, memory)
            return Phrase(source, phrase.end) if source else None
        match = _ANAPHOR.match(text, at)
        source = _remembered(memory, match["noun"]) if match and match["noun"] else None
        if match is None or source is None:
            return None
        owned = re.compile(rf"[’']s (?:[a-z]+ )?(?:{REPORTS})s?").match(text, match.end())
        return Phrase(source, owned.end() if owned else match.end())

    def _is_own(self, source: Source) -> bool:
        """Whether a firm of the market or an organ of a firm speaks; an institute with a study of its own is none."""
        return any(
            (each.name.casefold() in self.own and not (source.report and sources.is_body(each.name)))
            or _BOARD.match(each.name)
            for each in source.reporters
        )

    def _may_speak(self, source: Source, *, sure: bool) -> bool:
        return (source.surely or sure) and not self._is_own(source)


_QUICK = re.compile(
    rf"\b(?:[Aa]ccording|[Pp]er|[Ss]ources?:|[Cc]it(?:es?|ing)|[Qq]uot|[Bb]ased on|[Dd]ata|"
    rf"[Rr]el(?:y|ies)|[Dd]raws|from|told|{_SURE_VERB}|{_FOUND_VERB})|\b[Ii]n (?:its|an?|the)\b|"
    rf"\b[Aa]s \w+ (?:by|in)\b"
)


#: The organs of a firm speak for it.
_BOARD = re.compile(
    r"(?:Management |Supervisory |Executive )?(?:Board|Directors|Management|Company|"
    r"Group)\b(?: of\b|$)"
)


def _dated(text: str, phrase: Phrase, reference: str | None) -> Phrase:
    """The phrase with the date of publication that follows it: "reported by A in November 2024"."""
    match = _LATER.match(text, phrase.end)
    if match is None:
        return phrase
    date = sources.publication(match.group(), reference)
    if date is None:
        return phrase
    return Phrase(replace(phrase.source, date=max(date, phrase.source.date or "", key=len)), match.end())


def _reach(text: str, start: int, end: int) -> tuple[int, int]:
    """What a cue covers: all behind it where it opens a clause, else its whole clause."""
    lead = text[:start].rstrip()
    opens = not lead or lead[-1] in ":;–—" or bool(re.fullmatch(r"(?:\w+[ ,]*){1,3},", lead))
    return (end, len(text)) if opens else (_clause_start(text, start), len(text))


def _clause_start(text: str, before: int) -> int:
    return max(text.rfind("; ", 0, before) + 1, text.rfind(": ", 0, before) + 1, 0)


def _date_of(source: Source, memory: Sequence[Source]) -> str | None:
    """The date of the last publication of the same reporters: "in the survey already mentioned, A found"."""
    return next((each.date for each in reversed(memory) if each.reporters == source.reporters and each.date), None)


def _closed(source: Source) -> bool:
    """Whether a comma behind a source ends an insertion: ", citing B,", ", published in April 2030,"."""
    return bool(source.originals or source.original_report or source.platform or source.report)


def _again(text: str, at: int, memory: Sequence[Source]) -> Phrase | None:
    match = _ANAPHOR.match(text, at)
    source = _remembered(memory, match["noun"]) if match and match["noun"] else None
    return Phrase(source, match.end()) if match and source else None


def _in_full(phrase: Phrase, memory: Sequence[Source]) -> Phrase:
    """The phrase with the whole name of a body that is named by its last word again: "the League"."""
    who = phrase.source.reporters
    if len(who) != 1 or " " in who[0].name:
        return phrase
    known = [
        source
        for source in reversed(memory)
        for each in source.reporters
        if each.name != who[0].name and who[0].name in each.name.split()
    ]
    if not known:
        return phrase
    found = replace(phrase.source, reporters=known[0].reporters) if phrase.source.report else known[0]
    return Phrase(found, phrase.end)


def _same(phrase: Phrase, memory: Sequence[Source]) -> Source | None:
    """The source told of before for "the same survey"; None for "a survey" without a name."""
    return (
        None if phrase.source.report is None or not memory else _remembered(memory, phrase.source.report.split()[-1])
    )


def _remembered(memory: Sequence[Source], noun: str | None) -> Source | None:
    """The last source that the noun fits, in its name or in its report."""
    if not memory or noun is None:
        return memory[-1] if memory else None
    stem = noun.casefold()[:5]
    for source in reversed(memory):
        names = " ".join([*(each.name for each in source.reporters), source.report or ""]).casefold()
        if stem in names:
            return source
    return (
        memory[-1]
        if stem
        in ("autho", "resea", "study", "surve", "repor", "body", "group", "organ", "think", "insur", "paper", "agenc")
        else None
    )


__all__ = ["Attribution", "Reader"]
