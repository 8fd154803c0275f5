"""How sentences tell of posts: patterns over sentences whose names and titles have been replaced by numbers.

"<p0>" is a name that may be a person's, "<o1>" any other name, "{t0}" a title, "{b0}" a board. The words in capitals
are the pieces of `postwords`; the verbs come from the word lists of the ontology. Each pattern has its example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.postwords import compiled


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of telling that a post is taken, left or passed on.

    `strict` asks for a name that is surely a person's; `present` says that the present tense with a later date tells
    of what is to come ("becomes chairman on 1 May").
    """

    regex: re.Pattern[str]
    says: str
    strict: bool = False
    present: bool = False


@cache
def taking() -> tuple[Pattern, ...]:
    """How posts are taken, the surest first."""

    def taken(pattern: str, *, strict: bool = False, present: bool = False) -> Pattern:
        return Pattern(compiled(pattern), "taken", strict, present)

    return (
        # "Orvane has named Ilse Farrow its chief executive"
        taken("ORGAN (?:ASIDE )?(?P<verb>AUX NAMING) FAR WHOASIDE AS ART SEAT TITLEOF"),
        # "Ilse Farrow has been promoted to President of Orvane", "Ilse Farrow named CFO of Orvane"
        taken("WHOASIDE (?P<verb>AUX NAMING),? GAP AS ART SEAT TITLEOF"),
        # "Ilse Farrow becomes managing director of Orvane"
        taken("WHOASIDE (?P<verb>AUX BECOMING) ART SEAT TITLEOF", present=True),
        # "Ilse Farrow will be chief executive"
        taken("WHOASIDE (?P<verb>AUX be) ART SEAT TITLEOF"),
        # "Ilse Farrow is the new head of Orvane"
        taken("WHO (?P<verb>is|are)(?: now)? (?:HOLDER )?(?:new|next) TITLEOF"),
        # "Ilse Farrow joins Orvane as chief revenue officer", "Ilse Farrow joins Orvane's board"
        taken("WHOASIDE (?P<verb>AUX JOINING) PLAIN JOINED(?:['’]s?)? FAR AS ART SEAT TITLE", present=True),
        # "Ilse Farrow joins us on Monday as chief operating officer", "Ilse Farrow joins the board of Orvane"
        taken("WHOASIDE (?P<verb>AUX JOINING)(?: TEAM)? FAR AS ART SEAT TITLEOF", present=True),
        # "Ilse Farrow started there last week as finance director"
        taken("WHOASIDE (?P<verb>AUX ARRIVING) GAP as ART SEAT TITLEOF", present=True),
        # "Orvane picked Ilse Farrow to head its new battery unit"
        taken("ORGAN (?P<verb>AUX NAMING) FAR WHOASIDE to LEADING (?:TEAM|JOINED|ART UNIT)"),
        # "Ilse Farrow will lead Volterix as chief executive"
        taken("WHOASIDE (?P<verb>FUTURE LEADING) JOINED(?: GAP AS ART SEAT TITLE)?", strict=True),
        # "Ilse Farrow is to chair the board of Orvane"
        taken("WHOASIDE (?P<verb>FUTURE LEADING) ART TITLEOF", strict=True),
        # "Ilse Farrow will run it"
        taken("WHOASIDE (?P<verb>FUTURE LEADING) (?:it|ART UNIT)", strict=True),
        # "Ilse Farrow is running the business on an interim basis"
        taken(
            "WHOASIDE (?P<verb>AUX LEADING) (?:TEAM|JOINED) (?P<field>(?:on an )?interim|temporarily|for now|"
            "in the meantime|for the time being)",
            strict=True,
        ),
        # "Ilse Farrow has taken the helm at Orvane"
        taken(
            "WHOASIDE (?P<verb>AUX HELM) (?:TEAM|PLAIN JOINED|ART UNIT)(?: GAP AS ART SEAT TITLE)?",
            strict=True,
            present=True,
        ),
        # "Orvane has put Ilse Farrow in charge of its Asian business"
        taken("ORGAN (?P<verb>AUX NAMING) WHOASIDE CHARGE"),
        # "Ilse Farrow has been put in charge of sustainability"
        taken("WHOASIDE (?P<verb>AUX NAMING) CHARGE"),
        # "the appointment of Ilse Farrow as chief medical officer"
        taken("(?P<verb>NOMINATION) (?:of|for) WHOASIDE AS ART SEAT TITLEOF"),
        # "Ilse Farrow's appointment as CEO of Orvane"
        taken("WHO['’]s? (?P<verb>NOMINATION) AS ART SEAT TITLEOF"),
        # "Orvane's next finance chief will be Ilse Farrow"
        taken(
            "HOLDER (?:(?:new|next|future) )*TITLEOF,? (?P<verb>will be|is to be|would be|becomes|will become|"
            r"will go to|goes to|falls to) (?:(?!in\b)[a-z][\w'’-]* ){0,3}WHO"
        ),
        # "the new chief executive of Orvane is Ilse Farrow"
        taken("HOLDER (?:new|next|future) TITLEOF,? (?P<verb>is) WHO"),
        # "Orvane gets a new finance chief: Ilse Farrow takes over on 1 May"
        taken(
            "(?P<verb>(?:gets|has|have|finds|found|appoints|hires)) (?:a|an|its|their) (?:(?:new|first) )?TITLEOF: "
            "WHO",
            present=True,
        ),
        # "two vice presidents: Ilse Farrow (sales) and Tomas Brandl (projects)", "new on the board of Orvane: ..."
        taken(r"ORGAN (?P<verb>AUX NAMING|new) [^<>:]{0,30}TITLEOF(?:, [^:]{0,50})?: WHO(?: \([^()]{0,40}\))?"),
        # "Orvane: Ilse Farrow, previously with Castell Motors, to the advisory board"
        taken(r"(?<=: )WHOASIDE (?P<verb>to) (?:the |its )?\{b(?P<title>\d+)\}OF"),
        # "Orvane will be led by Ilse Farrow as chief executive"
        taken(
            "COMPANYASIDE (?P<verb>(?:will|is to|would) be (?:led|headed|chaired|run|managed)) by FAR WHO"
            "(?:ASIDE as ART TITLE)?"
        ),
    )


@cache
def leaving() -> tuple[Pattern, ...]:
    """How posts are left."""

    def left(pattern: str, *, strict: bool = False) -> Pattern:
        return Pattern(compiled(pattern), "left", strict)

    return (
        # "Tomas Brandl is stepping down as chairman of Orvane"
        left("WHOASIDE (?P<verb>AUX GOING)(?: (?:down|aside))? GAP AS ART SEAT TITLEOF"),
        # "managing director Tomas Brandl cleared his desk"
        left(r"HOLDING,? WHOASIDE (?P<verb>AUX CLEARING)"),
        # "Tomas Brandl has left Orvane"
        left(r"WHOASIDE (?P<verb>AUX GOING) (?:the )?(?:[a-z][\w-]* )?COMPANY", strict=True),
        # "finance chief Tomas Brandl has left"
        left(r"HOLDING,? WHOASIDE (?P<verb>AUX GOING)(?!\w)FROM"),
        # "Tomas Brandl, a non-executive director since 2025, left"
        left(
            r"WHO(?: \(|, )(?:(?:the|a|an|its|our|formerly) )?(?:[a-z]+ )?HOLDING[^;:.]{0,70}?[,)]? "
            r"(?P<verb>AUX GOING)(?!\w)FROM"
        ),
        # "Tomas Brandl left us"
        left("WHO (?P<verb>AUX GOING) TEAM", strict=True),
        # "the resignation of Tomas Brandl as independent director"
        left("(?P<verb>FAREWELL) (?:of|by) (?:[^<>;:.]{0,40} )?WHO(?:ASIDE (?:as|from) ART SEAT TITLEOF)?"),
        # "Tomas Brandl's departure"
        left("WHO['’]s? (?P<verb>FAREWELL)(?: (?:as|from) ART SEAT TITLEOF)?", strict=True),
        # "Orvane has parted ways with its chief executive Tomas Brandl"
        left(
            r"ORGAN (?P<verb>AUX DISMISSING) (?:[^<>;:.{}]{0,30} )?(?:HOLDING,? )?WHO(?:ASIDE as ART TITLE)?",
            strict=True,
        ),
        # "Tomas Brandl was dismissed as chief executive"
        left(
            "WHOASIDE (?P<verb>(?:was|were|has been|is being|will be) DISMISSING)(?: (?:as|from) ART SEAT TITLEOF)?",
            strict=True,
        ),
    )


@cache
def following() -> tuple[Pattern, ...]:
    """Who follows whom: `who` takes the post of `before`, or of the person last spoken of ("his successor")."""

    def follows(pattern: str, *, present: bool = False) -> Pattern:
        return Pattern(compiled(pattern), "follows", present=present)

    return (
        # "Orvane has named Ilse Farrow to succeed Tomas Brandl as chief executive"
        follows(
            "(?P<verb>NAMING) FAR WHOASIDE (?:as (?:the |a )?successor (?:to|of)|to (?:succeed|replace|follow|"
            "take over from)|as) HELD BEFORE(?:['’]s successor)?(?: GAP AS ART SEAT TITLEOF)?"
        ),
        # "Ilse Farrow succeeds Tomas Brandl as CEO"
        follows(
            "WHOASIDE (?P<verb>AUX SUCCEEDING) (?:the |its |our )?(?:[a-z]+ )?HELD BEFORE"
            "(?:ASIDE GAP AS ART SEAT TITLEOF)?",
            present=True,
        ),
        # "Tomas Brandl will hand over to Ilse Farrow as CEO of Orvane"
        follows(
            "BEFOREASIDE[^<>;:]{0,90}? (?P<verb>AUX YIELDING) GAP HELD WHO(?:ASIDE AS ART SEAT TITLEOF)?",
            present=True,
        ),
        # "Tomas Brandl hands over the chief executive's post to Ilse Farrow"
        follows(
            "BEFOREASIDE[^<>;:]{0,60}? (?P<verb>AUX HANDING) (?:(?:over|the|his|her|its) ){0,2}"
            "(?:HOLDING(?:['’]s?)? )?(?:(?:post|job|role|position|reins|baton|helm|leadership|keys) )?(?:over )?"
            "to HELD WHO",
            present=True,
        ),
        # "His successor is Ilse Farrow"
        follows(
            "(?:his|her) successor(?: (?P<verb>is|will be|has been named|was named)|,) FAR WHO"
            "(?:ASIDE AS ART SEAT TITLEOF)?"
        ),
        # "Tomas Brandl's successor will be Ilse Farrow"
        follows("BEFORE['’]s successor(?:,| is| will be|,? as) FAR WHO"),
    )


#: Who gives up the post, told beside the one who takes it: "replacing Q", "in place of Q", "successor to Q".
PREDECESSOR = compiled(
    "(?:succeed(?:s|ing|ed)?|replac(?:es?|ing|ed)|follow(?:s|ing|ed)|tak(?:es|ing|e) over from|took over from|"
    "in succession to|successor (?:to|of)|in (?:the )?place of|instead of|vacated by|left by|previously held by|"
    "that|which) (?:(?:the |its |our )?(?:[a-z]+ ){0,2}?HELD )BEFORE"
)
#: A further person behind the first one: "... and Q chief financial officer".
ALSO = compiled("(?:,| and|, and|, while) WHO AS ART SEAT TITLEOF")
#: Whose title stands right before a person ("Orvane's finance chief"), or right behind one ("a director of Orvane").
HELD = compiled(r"<[po](?P<owner>\d+)>(?:['’]s?)? (?:[\w-]+ ){0,3}?\{[tb]\d+\}[^<>]{0,3}$")
HOLDS = compiled(r"(?:\{t\d+\}|<p\d+>) (?:of|at|for) (?:the )?(?:[a-z-]+ ){0,2}<[po](?P<owner>\d+)>")
#: The company that a line of a column begins with, or that stands ahead: "Orvane: ...", "At Orvane, ...".
LABEL = compiled(
    r"^\W*(?:<[po](?P<label>\d+)>(?: \([^)]*\))? ?(?::|–|—|\|)|"
    r"(?:at|for|in) (?:the )?(?:[a-z]+ ){0,3}<[po](?P<label>\d+)>,)"
)
