"""Stakes that are held: who owns which part of whom, as clauses, brackets and appositions tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import masks, seats, shares
from extract.drafts import Draft
from extract.masks import Masked, one
from extract.names import Name
from extract.reading import Reading

_HINT = re.compile(
    r"(?i)\b(?:holds?|held|holding|hold|owns?|owned|own|has|have|keeps?|retains?|controls?|shareholders?|"
    r"shareholding|"
    r"stakes?|stakeholder|remains?)\b|\(\d+(?:\.\d+)?\s?(?:%|per ?cent)"
)
_PART = re.compile(
    r"(?i)%|per ?cent\b|\b(?:half|thirds?|quarters?|fifth|tenth|shareholders?|stakes?|stakeholder|majority)\b"
)
_MARKET = re.compile(
    r"(?i)^(?:[\w’'-]+ ){0,6}?(?:market|sales|segment|trade|turnover|revenue|business volume|volume)\b"
)
_HAS = r"(?:(?:still|currently|now|also|already|jointly|together|indirectly|directly|which|who) )*" + (
    r"(?:(?:has|have) (?:long )?(?:held|owned|controlled)|holds?|owns?|controls?|keeps?|retains?|has|have|"
    r"had|will (?:hold|own|keep|retain))"
)
_ABOUT = (
    r"(?:(?:about|around|roughly|almost|nearly|some|just|over|under|more|less|than|only|a|an|the|its|their|"
    r"remaining|other|as|much|at|least|further|minority|stake|shareholding|interest|holding|of|total) "
    r"){0,6}"
)
_SHARE = f"(?P<share>{shares.SHARE}|(?:majority|minority|controlling|small|large) (?=stake|share|interest|holding))"
_PAPER = (
    r"(?: ?-?(?:stake|share|shares|interest|holding|shareholding|equity|capital|votes|voting rights|stock|"
    r"the|of|its|"
    r"issued|outstanding|company's|share capital|voting|rights|common|ordinary|in|all))*"
)
_OF = rf"{_PAPER} (?:of|in) {masks.AHEAD}"
_RANK = (
    r"(?:(?:largest|biggest|main|major|single|principal|sole|second-largest|minority|majority|"
    r"long-standing|anchor|controlling|founding|new|existing|important|significant) )*"
)
_WITH = rf"(?:,? (?:with|holding|owning) {_ABOUT}{_SHARE})?"


_HELD = masks.patterns(
    # "Fjordcap, which holds 8% of the shares in Lumenade", "Fjordcap owns a quarter of Lumenade"
    rf"<(?P<holder>\d+)>{masks.ASIDE},? {_HAS} {_ABOUT}{_SHARE}{_OF}<(?P<held>\d+)>(?P<rest>.{{0,60}})",
    # "Lumenade, in which Fjordcap owns 33%"
    rf"<(?P<held>\d+)>{masks.ASIDE},? (?:in|of) which {one('holder')} {_HAS} {_ABOUT}{_SHARE}",
    # "Lumenade is 35 per cent owned by Fjordcap", "Lumenade, 35%-owned by Fjordcap"
    rf"<(?P<held>\d+)>{masks.ASIDE}(?:,? (?:which )?(?:is|remains|was))?,? {_ABOUT}{_SHARE}[ -](?:is "
    rf")?(?:owned|held|controlled) by {one('holder')}",
    # "Lumenade, a third of which is owned by Fjordcap"
    rf"<(?P<held>\d+)>{masks.ASIDE},? {_ABOUT}{_SHARE} of which (?:is |are )?(?:owned|held|controlled) by "
    rf"{one('holder')}",
    # "Fjordcap (22% of Lumenade)", "Fjordcap, with 22% of the votes of Lumenade"
    rf"<(?P<holder>\d+)>,? \((?:\w+ )?{_ABOUT}{_SHARE}{_OF}<(?P<held>\d+)>\)",
    # "Fjordcap, the largest shareholder of Lumenade with 31%", "Fjordcap remains a shareholder with 8% of Lumenade"
    rf"<(?P<holder>\d+)>{masks.ASIDE},? (?:(?:is|remains|was|stays) )?(?:the |a |an "
    rf")?{_RANK}(?:shareholder|stakeholder|owner|investor) (?:of|in) {masks.AHEAD}<(?P<held>\d+)>{_WITH}",
    rf"<(?P<holder>\d+)>{masks.ASIDE},? (?:(?:is|remains|stays) )?(?:the |a |an )?{_RANK}(?:shareholder|"
    rf"stakeholder|owner),? with {_ABOUT}{_SHARE}{_OF}<(?P<held>\d+)>",
    # "Fjordcap, Lumenade's largest shareholder", "Lumenade's largest shareholder, Fjordcap"
    rf"<(?P<holder>\d+)>, (?:which is |who is )?<(?P<held>\d+)>'s? {_RANK}(?:shareholder|stakeholder){_WITH}",
    rf"<(?P<held>\d+)>'s? {_RANK}(?:shareholder|stakeholder),? (?:the )?{masks.AHEAD}<(?P<holder>\d+)>{_WITH}",
    # "its 3% holding in Lumenade" of who keeps it, "which disclosed a 5% stake in Lumenade"
    rf"<(?P<holder>\d+)>'s {_SHARE}[ -](?:stake|holding|interest|shareholding|share) in "
    rf"{masks.AHEAD}<(?P<held>\d+)>",
    rf"<(?P<holder>\d+)>,? (?:which |who )?(?:has )?(?:disclosed|reported|declared) "
    rf"{_ABOUT}{_SHARE}[ -](?:stake|holding|interest|shareholding) in {masks.AHEAD}<(?P<held>\d+)>",
)
#: Clauses that leave out of whom: "The Pellworth family holds the remaining 40%."
_REST = masks.patterns(rf"<(?P<holder>\d+)>{masks.ASIDE},? {_HAS} {_ABOUT}{_SHARE}{_PAPER}(?=[.;,)]|$| and\b)")
_TRADE = re.compile(
    r"(?i)\b(?:sell|sold|sale of|acquir\w+|buy|bought|rais\w+|increas\w+|boost\w+|tak\w+|took|dispos\w+ of|"
    r"divest\w+|"
    r"transfer\w*|lift\w*|reduc\w+|cut\w*|purchas\w+|of)\s*$"
)


def holdings(reading: Reading) -> Iterator[Draft]:
    """The stakes that a passage says someone holds; more than half held by a company makes a subsidiary."""
    for told in masks.telling(reading, _HINT, _PART):
        yield from _told(reading, told)


def _told(reading: Reading, told: Masked) -> Iterator[Draft]:
    taken: set[tuple[str, str]] = set()
    for pattern in _HELD:
        for match in pattern.finditer(told.text):
            holder, held = told.name(match, "holder"), told.name(match, "held")
            if pattern in _HELD[-2:-1] and _TRADE.search(told.text[: match.start()]):
                continue
            if match.groupdict().get("rest") and _MARKET.match(match["rest"].strip()):
                continue
            if (pair := (holder.full, held.full)) not in taken:
                taken.add(pair)
                yield from _draft(reading, told, (holder, held), match.groupdict().get("share"))
    if taken:
        return
    for match in (m for pattern in _REST for m in pattern.finditer(told.text)):
        holder = told.name(match, "holder")
        meant = _last_other(reading, told, holder)
        if meant is not None:
            yield from _draft(reading, told, (holder, meant), match["share"])


def _last_other(reading: Reading, told: Masked, holder: Name) -> Name | None:
    """Whose shares a clause means that does not say it: of whom the text spoke last."""
    before = [group for i, group in reading.subjects if i < told.sentence.end and len(group) == 1]
    others = (group[0] for group in reversed(before) if group[0].full != holder.full)
    return next((name for name in others if name.type in ("Company", "Organization")), reading.speaker)


def _draft(reading: Reading, told: Masked, pair: tuple[Name, Name], said: str | None) -> Iterator[Draft]:
    holder, held = pair
    share = shares.share(said) if said else None
    if holder.full == held.full or any(name.type in ("Country", "Region", "Product") and name.sure for name in pair):
        return
    stake = said.strip() if said is not None else ""
    token = told.sentence[0]
    whole = said is not None and (
        share.percent > 50 if share is not None else said.lower().startswith(("maj", "contr"))
    )
    if whole and holder.type != "Person" and not _is_private(holder):
        yield seats.state(
            reading, token, "subsidiary", {"subsidiary": held, "parent": holder}, "asserted", stake=stake
        )
    else:
        yield seats.state(
            reading, token, "investment", {"investee": held, "investor": holder}, "asserted", stake=stake
        )


def _is_private(name: Name) -> bool:
    """Whether shares are held by people rather than by a group that a subsidiary would belong to."""
    return name.full.split()[-1].lower() in ("family", "families", "brothers", "trust", "foundation", "sisters")
