"""What waits for a person: names that may be one and facts that are not sure; and who may decide."""

from __future__ import annotations

import getpass
import json
import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from kg import consolidated, curation, judgements, projection, proposals, wording
from kg.decisions import Decision
from kg.home import Home
from kg.identity import Judgement
from kg.ledger import Ledger
from kg.proposals import Effect, Proposal

UNSURE = 0.6
MOST = 200
_publishing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact that is not sure: its id, what it says, how sure it is, and its words in the document."""

    fact: str
    text: str
    status: str
    date: str
    confidence: float
    quote: str
    document: str


def who() -> str:
    """Whose decision it is: whom the login knows, else the user of this machine."""
    return str(st.user.get("email") or getpass.getuser())


def may_decide(home: Home) -> bool:
    """Whether the reader may decide: everyone where there is no login, else the reviewers of `kg.toml`."""
    if st.user.get("is_logged_in") is None:
        return True
    return str(st.user.get("email", "")).casefold() in home.reviewers


def names(home: Home) -> list[Proposal]:
    """The pairs of names that may be one and that nobody has judged, the most telling first."""
    with Ledger(home.ledger) as ledger:
        return _proposals(str(home.path), ledger.number())


@st.cache_data(max_entries=4, show_spinner="Looking for names that may be one")
def _proposals(path: str, number: int) -> list[Proposal]:  # noqa: ARG001 # the number is what the cache goes by
    with Ledger(Home(Path(path)).ledger) as ledger:
        return proposals.proposals(ledger)[:MOST]


def sides(home: Home, proposal: Proposal) -> tuple[str, str]:
    """The two names; of two deals, what they are."""
    if proposal.family != consolidated.FAMILY:
        return proposal.left, proposal.right
    with Ledger(home.ledger) as ledger:
        rows = [
            ledger.rows("SELECT record FROM fact WHERE id = ?", (key,)) for key in (proposal.left, proposal.right)
        ]
    told = [_deal(json.loads(row[0][0])) if row else "a deal that is gone" for row in rows]
    return told[0], told[1]


def _deal(record: dict[str, Any]) -> str:
    more = [str(record[name]) for name in ("date", "status") if record[name] and record[name] != "asserted"]
    return wording.of_record(record) + (f" ({', '.join(more)})" if more else "")


def effect(home: Home, proposal: Proposal) -> Effect:
    """What a merge of the two would do."""
    with Ledger(home.ledger) as ledger:
        return proposals.effect(ledger, proposal)


def judge(home: Home, proposal: Proposal, verdict: str) -> int:
    """Notes a judgement and gives its number, by which it can be taken back."""
    made = Judgement(proposal.family, proposal.left, proposal.right, verdict)
    with Ledger(home.ledger) as ledger:
        number = judgements.judge(ledger, ledger.run("judge"), [made], who=who(), why="")
    publish(home)
    return number


def doubts(home: Home, later: Collection[str] = ()) -> tuple[list[Doubt], int]:
    """The facts below UNSURE that nobody has decided, the least sure first, and how many there are."""
    where = (
        "FROM fact WHERE closed IS NULL AND json_extract(record, '$.confidence') < ? "
        "AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.fact = fact.id AND undone IS NULL)"
    )
    named = "(SELECT min(title) FROM finding WHERE finding.document = fact.document)"
    order = "ORDER BY json_extract(record, '$.confidence'), id LIMIT ?"
    query = f"SELECT id, record, {named} {where} {order}"
    with Ledger(home.ledger) as ledger:
        rows = ledger.rows(query, (UNSURE, MOST))
        count = int(ledger.row(f"SELECT count(*) {where}", (UNSURE,))[0])
    return [_doubt(fact, json.loads(record), title) for fact, record, title in rows if fact not in later], count


def _doubt(fact: str, record: dict[str, Any], title: str) -> Doubt:
    return Doubt(
        fact=fact,
        text=wording.of_record(record),
        status=str(record["status"]),
        date=str(record["date"] or ""),
        confidence=float(str(record["confidence"])),
        quote=str(record["evidence"]),
        document=title,
    )


def decide(home: Home, facts: Collection[str], verdict: str) -> list[int]:
    """Accepts or rejects facts and gives the numbers by which that can be taken back."""
    numbers = []
    with Ledger(home.ledger) as ledger:
        run = ledger.run(verdict)
        for each in facts:
            key, source, fact = curation.find(ledger, each)
            made = Decision.of(source, key, fact, verdict)
            numbers.append(curation.decide(ledger, run, made, who=who(), why=""))
    publish(home)
    return numbers


def undo(home: Home, number: int) -> None:
    """Takes back what was decided or judged under a number."""
    with Ledger(home.ledger) as ledger:
        run = ledger.run("undo")
        judgements.undo(ledger, run, number)
        curation.undo(ledger, run, number)
    publish(home)


def publish(home: Home) -> None:
    """Brings the graph up to the record, in the background: the reader goes on deciding meanwhile."""

    def work() -> None:
        with _publishing:
            projection.catch_up(home)

    threading.Thread(target=work, name="publish").start()
