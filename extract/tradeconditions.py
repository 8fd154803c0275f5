"""What triggers of trade ask for: goods, services and sites, and who is named beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Token

from extract import endings, syntax
from extract.conditions import Check, Found
from extract.fillers import Filler, may_act, word
from extract.names import Name
from extract.reading import Reading
from ontology import triggers

_VERSION = re.compile(r"\w .*\d")


def _is_over(found: Found) -> bool:
    """Of a loose word for a relation ("pilot", "arrangement"), that it is over: "ended its pilot with X"."""
    return any(endings.is_end(each) or endings.lapses(each) for each in (found.token, *syntax.governors(found.token)))


def _is_ware(found: Found) -> bool:
    """A subject that can be sold: "the Lumeo 40 is on the market", "its new app goes on sale"."""
    return any(_is_sellable(filler) for filler in found.all("subject"))


def _is_brand(found: Found) -> bool:
    """An object that is a product by its own name or by what stands beside it: "announced Lumeo, a viewer"."""
    return any(filler.name is not None and _is_sellable(filler) for filler in found.all("object"))


def _is_sellable(filler: Filler) -> bool:
    if filler.name is None:
        owned = any(child.dep_ == "poss" for child in filler.head.children)
        kind = word(filler.head)
        if filler.head.tag_ == "NNS" and kind in ("product", "solution", "system", "service"):
            return False
        return owned and kind in triggers.words("productNoun") | triggers.words("edition")
    if _VERSION.search(filler.name.text) and not filler.name.sure:
        return True
    if filler.name.type == "Product" or not may_act(filler.name):
        return filler.name.type == "Product"
    return any(_is_product_noun(each) for each in beside(filler)) or bool(
        not filler.name.sure and makers(filler.head)
    )


def _is_product_noun(noun: Token) -> bool:
    return word(noun) in triggers.words("productNoun") | triggers.words("edition") and noun.pos_ == "NOUN"


def beside(filler: Filler) -> list[Token]:
    """The nouns in apposition to a name, before or behind it."""
    head = filler.head
    found = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "appos":
        found.append(head.head)
    return found


def makers(head: Token) -> list[Token]:
    """Whose product a noun phrase names: "X's Lumeo", "Lumeo, the viewer of X", "X's viewer, Lumeo"."""
    near = [head, *(child for child in head.children if child.dep_ == "appos")]
    near += [head.head] if head.dep_ == "appos" else []
    found = [child for each in near for child in each.children if child.dep_ == "poss"]
    return found + [owner for each in near for slot, owner in syntax.nested(each) if slot in ("of", "by", "from")]


def _is_service(found: Found) -> bool:
    """A service that is to be rendered to a named customer: "is to run its warehouse for X"."""
    token = found.token
    ahead = bool(syntax.auxiliaries(token) & {"will", "shall"}) or (
        token.dep_ == "xcomp" and token.head.lemma_ == "be"
    )
    goods = [f for f in found.all("object") if f.name is None and f.head.pos_ == "NOUN"]
    return ahead and bool(goods) and bool(found.names("for"))


def _is_goods(found: Found) -> bool:
    """Goods that a named supplier sells: "buys sand from X", no business and no stake."""
    bought = [f for f in found.all("object") if f.name is None and f.head.pos_ in ("NOUN", "PROPN")]
    plain = all(word(f.head) not in triggers.words("asset") | triggers.words("intangible") for f in bought)
    return bool(bought) and plain and any(name.type != "Person" for name in found.names("from"))


def _is_tasked(found: Found) -> bool:
    """A company that is to do something: "has hired X to overhaul its turbines", no person who is to lead."""
    tasks = [child for child in found.token.children if child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB"]
    tasks = [
        task
        for task in tasks
        if task.lemma_ not in ("lead", "head", "chair", "oversee", "succeed", "replace", "become")
    ]
    return bool(tasks) and any(_is_firm(found.reading, name) for name in found.names("object"))


def _is_firm(reading: Reading, name: Name) -> bool:
    if name.sure or name.type in ("Company", "HealthSystem", "Organization"):
        return name.type in ("Company", "HealthSystem", "Organization", "Regulator")
    return reading.doc[name.end - 1].ent_type_ != "PERSON" or name.end - name.start == 1


def _is_joint(found: Found) -> bool:
    """Something done by several named parties, or by one together with another."""
    if "had" in syntax.auxiliaries(found.token):
        return False
    doers = {name.full for name in found.names("subject")}
    marks = {child.lower_ for child in found.token.children if child.dep_ == "advmod"}
    return (len(doers) > 1 and bool(marks & {"together", "jointly"})) or bool(
        doers and {name.full for name in found.names("with")} - doers
    )


def _is_growth(found: Found) -> bool:
    """An output that is made larger at a place: "doubles its crystal growth in Linz", no sales and no staff."""
    grown = [f for f in found.all("object") if f.name is None and f.head.pos_ == "NOUN"]
    if not grown or any(word(f.head) in triggers.words("intangible") for f in grown):
        return False
    return any(name.type == "Location" for name in found.names("in", "at", "near"))


def _is_built_on(found: Found) -> bool:
    """A site that is made from another one: "is converting a cannery into a plant"."""
    return any(word(f.head) in triggers.words("facility") for f in found.all("into"))


def _is_bare(found: Found) -> bool:
    """An agreement without the word: "X has signed with Y for three years"."""
    return not found.all("object") and bool(found.names("with"))


def _is_intent(found: Found) -> bool:
    """A letter of intent, no other letter."""
    return any(f.head.lower_ == "intent" for f in found.all("of"))


def _is_granted(found: Found) -> bool:
    """A right that goes to or comes from someone named: "granted X a licence"."""
    return bool(found.names("to", "from"))


def _are_parting(found: Found) -> bool:
    """Parties that go apart: two named ones, or one from another."""
    return len({name.full for name in found.names("subject", "with", "from")}) > 1


def _is_withdrawn(found: Found) -> bool:
    """A company that was told before: "it bought X in 2029 and closed it"."""
    closed = found.token.lemma_ in ("close", "shut", "liquidate", "wind", "dissolve", "shutter")
    return closed and any(f.name is not None and f.head.pos_ == "PRON" for f in found.all("object"))


def _is_route(found: Found) -> bool:
    """A service that is run between places: "starts a weekly service between A and B"."""
    routes = [f.head for f in found.all("object") if word(f.head) in triggers.words("route")]
    return any(
        child.lower_ in ("between", "from", "to") for head in routes for child in (*head.children, *head.subtree)
    )


def _is_feature(found: Found) -> bool:
    """A part that a named product gets: "added a module to Lumeo"."""
    parts = any(f.name is None and word(f.head) in triggers.words("edition") for f in found.all("object"))
    return parts and any(f.name is not None and f.name.type == "Product" for f in found.all("to"))


def _is_another(found: Found) -> bool:
    """A further site after one that was told before: "a third, in Brno, is to follow"."""
    counted = (filler.head for filler in found.all("subject") if filler.name is None)
    return any(head.tag_ in ("JJ", "CD", "DT") or head.lower_ in ("one", "another") for head in counted)


def _is_shipment(found: Found) -> bool:
    """Goods that are delivered under a contract: "will ship six cranes to X under an order"."""
    return is_under(found.token) and bool(found.names("to", "for"))


def _is_provenance(found: Found) -> bool:
    """Goods that come from a named supplier under a contract."""
    return is_under(found.token) and bool(found.names("from"))


def is_under(verb: Token) -> bool:
    """Whether something is done under a contract."""
    heads = (head for slot, head in syntax.verb_slots(verb) if slot in ("under", "from", "to"))
    known = triggers.words("assignment") | {"agreement", "deal"}
    near = {word(each) for head in heads for each in (head, *(inner for _, inner in syntax.nested(head)))}
    return bool(known & near)


#: The conditions by the names that triggers of `ci.ttl` use for them.
CHECKS: Mapping[str, Check] = {
    "over": _is_over,
    "ware": _is_ware,
    "brand": _is_brand,
    "service": _is_service,
    "goods": _is_goods,
    "tasked": _is_tasked,
    "joint": _is_joint,
    "growth": _is_growth,
    "conversion": _is_built_on,
    "bare": _is_bare,
    "intent": _is_intent,
    "granted": _is_granted,
    "several-parties": _are_parting,
    "withdrawn": _is_withdrawn,
    "route": _is_route,
    "feature": _is_feature,
    "another": _is_another,
    "shipment": _is_shipment,
    "provenance": _is_provenance,
}
