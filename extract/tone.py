"""What the words of a whole sentence say of the status of an event, where the verb above it does not tell."""

from __future__ import annotations

import re

_STATES = frozenset(("headquarters", "subsidiary"))
_RELATIONS = frozenset(("partnership", "contract"))
_LASTING = frozenset(("partnership", "contract", "joint_venture", "subsidiary"))
#: Kinds of which talks, an offer or a plan may come to nothing.
_DROPPED = frozenset(("acquisition", "divestiture", "investment", "joint_venture", "partnership", "expansion"))
_TALKS = (
    r"\b(?:talks|negotiations|discussions|merger|takeover|bid|offer|approach|proposal|plans?|"
    r"sale|project|venture|deal)\b"
)
_FAILED = (
    r"(?:lapsed|collapsed|failed|fell through|came? to (?:nothing|an end|naught)|"
    r"(?:was|were|been|being|has|have) (?:\w+ )?(?:abandoned|broken off|called off|turned down|rejected|rebuffed|"
    r"withdrawn|dropped|shelved|scrapped|ended|declined)|(?:is|are) (?:now )?(?:off|over|dead)\b|"
    r"ended (?:\w+ ){0,4}without)"
)

_REFUSED = (
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)) (?:\w+ )?(?:\w+ )?"
    r"(?:reports?|rumou?rs?|stor(?:y|ies)|talk|claims?|speculation|that)\b"
)


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_DENIED = _any(
    r"\bno (?:truth|substance|basis)\b",
    r"\b(?:without|lacks?) (?:any )?(?:foundation|basis|substance)\b",
    r"\bnot (?:been )?in (?:any )?(?:\w+ )?(?:talks|negotiations|discussions)\b",
    r"\bno (?:such )?(?:talks|negotiations|discussions|plans?|approach|merger|intention)\b",
    r"\b(?:pure|complete|utter) (?:invention|nonsense|fiction)\b|\bfairy tale\b|\boff the table\b",
    r"\b(?:is|are|was|were) (?:not true|untrue|false)\b",
    _TALKS + r"[^.;]{0,110}?\b" + _FAILED,
    r"\b(?:shelv\w+|scrapp?\w*|dropp\w+|abandon\w+|cancel\w+) (?:\w+ )?(?:its|their|the|a|any)? ?(?:\w+ )?"
    r"(?:plans?|proposed|planned|project|proposal)\b",
    _REFUSED,
)
#: A party that turns a story down: "denied reports that".
REFUSED = _any(_REFUSED)
#: What a following sentence says of a rumour.
_ANSWER = re.compile(
    r"(?i)^\W*(?:there is no truth|pure (?:invention|nonsense)|nonsense|not true|untrue|no\.|these reports are|"
    r"(?:that|this) is (?:wrong|not true|untrue|false)|(?:it|she|he) (?:has|is|will|does|"
    r"did) not\b\W*(?:;|$|\.|and ))"
)
HEARSAY = _any(
    r"\b(?:is|are|was) (?:also )?(?:understood|said|rumoured|rumored|believed|reported|learnt|tipped|thought) to\b",
    r"\b(?:people|persons?|sources?|brokers?|officials?|investors?|bankers?|insiders?|executives?|distributors?) "
    r"(?:\w+ ){0,5}?(?:said|told|say)\b",
    r"\b(?:familiar|close|briefed|knowledge) (?:with|to|on|of) (?:the|it)\b",
    r"\b(?:wrote|writes|reported|reports) (?:on |at |last |in |over )",
    r"\breports? (?:have |has )?(?:say|said|suggest|named?|claim)|\breportedly\b|\bwe hear\b",
    r"\baccording to (?!(?:a|the|its|an?other) (?:company|group|statement|release|filing|notice))",
    r"\bi (?:have )?(?:read|heard) that\b|\b(?:word|rumou?r) (?:in|is|has)\b|"
    r"\beveryone (?:in \w+ )?says\b|\bmedia in\b",
    r"\b(?:is|are) (?:considering|weighing|exploring|mulling|looking at|leaning towards|sounding out)\b",
)
_SIGNED = _any(
    r"\b(?:signed|executed|concluded|secured|exercised|renewed|extended)\b",
    r"\b(?:has|have) (?:chosen|selected|picked|awarded|ordered)\b",
    r"\b(?:agreement|contract|deal|partnership|order|alliance|subcontract) (?:under|in) which\b",
    r"\bunder (?:an?|the|its|this) (?:[\w-]+ ){0,4}?(?:agreement|contract|deal|order|subcontract)\b",
)
_UNSIGNED = _any(
    r"\b(?:letter of intent|memorandum|heads of terms|preferred bidder|being drawn up|in their final stage)\b",
    r"\b(?:to be signed|to sign|will sign|would|expected to)\b",
)
_OVER = _any(
    r"\buntil (?:last|recently|(?:the |its )?(?:end|spring|summer)|(?:\w+ )?(?:19|20)\d\d)\b",
    r"\b(?:previous(?:ly)?|former(?:ly)?|no longer|in the past|used to)\b",
    r"\bearlier (?:tie-up|pact|alliance|partnership|deal)\b",
    r"\bhad (?:run|awarded|supplied|provided|served|teamed|worked)\b",
    r"\b(?:was|were|been|has|have) (?:\w+ )?(?:ended|expired|terminated|cancelled|dissolved|"
    r"discontinued|not renewed)\b",
    r"\b(?:expired|lapsed|ran out|run out|wound up|exited)\b",
)
_LEFT = _any(
    r"\b(?:left|leaves|leaving|resign(?:s|ed|ation)?|retire[sd]?|retirement|quits?|departs?|departed|departure)\b",
    r"\b(?:step(?:s|ped|ping) (?:down|aside)|voted off|dismissed|ousted|until last|not stand for re-election)\b",
)
_COMES = _any(
    r"\b(?:appoint\w*|named?|names|hire[sd]?|join(?:s|ed|ing)?|becom\w+|became|promot\w+|succe\w+|replac\w+)\b",
    r"\b(?:follow(?:s|ed)|takes? (?:over|charge|the)|took over|elect(?:s|ed)|starts?|moves? (?:up|to))\b",
)
_AHEAD = _any(
    r"\b(?:will|shall|plans? to|intends? to|wants? to|aims? to|is planned|are planned|earmarked for)\b",
    r"\b(?:is|are) (?:due |set |expected |planned |scheduled )?to (?:be|buy|sell|start|open|"
    r"take|come|acquire|merge|launch|"
    r"close|build|replace|move)\b",
    r"\b(?:approved? (?:the|an?|capital|setting)|sanctioned|cleared an?|consented to|subject to|agreed (?:on|to))\b",
    r"\b(?:signed an agreement to|public offer|to be (?:completed|ready|signed|held))\b",
)
_DONE = _any(
    r"\b(?:completed|closed|has (?:bought|acquired|sold|opened|launched)|was (?:opened|commissioned|sold|bought))\b"
)


def toned(kind: str, said: str, text: str, behind: str = "") -> str:
    """The status of an event that no rule has read; `text` is its sentence, `behind` the one that follows.

    Headquarters and owners simply are, unless the sentence says that they were; a relation told with its signature
    holds; talks that failed and stories that are untrue are denied.
    """
    if kind in _DROPPED | {"termination", "appointment"} and denies(text, behind):
        return "denied"
    if kind in _STATES:
        return "ended" if said == "ended" or (kind == "subsidiary" and _OVER.search(text)) else "asserted"
    if kind == "appointment" and said != "rumoured" and _LEFT.search(text) and not _COMES.search(text):
        return "ended"
    if said in ("asserted", "planned") and HEARSAY.search(text):
        return "rumoured"
    if kind in _LASTING and said == "asserted" and _OVER.search(text):
        return "ended"
    if kind in _RELATIONS and said == "planned" and _SIGNED.search(text) and not _UNSIGNED.search(text):
        return "asserted"
    if kind not in _RELATIONS and said == "asserted" and _AHEAD.search(text) and not _DONE.search(text):
        return "planned"
    return said


def denies(text: str, behind: str = "") -> bool:
    """Whether a sentence, or the one behind it, says that a story is untrue or that talks came to nothing."""
    return _DENIED.search(text) is not None or _ANSWER.search(behind) is not None


def hedged(kind: str, said: str, text: str, behind: str) -> str:
    """The status of a plan or rumour that a rule has read, after what the whole sentence says of it."""
    if said not in ("planned", "rumoured") or kind not in _DROPPED:
        return said
    if denies(text, behind):
        return "denied"
    return "rumoured" if kind != "expansion" and HEARSAY.search(text) else said
