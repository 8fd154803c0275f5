"""Who is who: the entity that each name stands for, a pure function of all names and the log of judgements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import TypeVar

import ontology
from extract.fact import Fact, Participant
from kg import names
from ontology import regions

_Member = TypeVar("_Member", bound=Hashable)

#: What a judgement may say.
VERDICTS = ("same", "different", "unsure", "means", "identifier")
ORGANIZATION = ontology.types()["Organization"].family
REGION = ontology.types()["Region"].family
SEGMENT = ontology.types()["Segment"].family


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A name as written, in the family of types within which it is told apart.

    The family is a path ("organization"); that of a segment holds its market ("segment/garden-robot-market").
    """

    family: str
    name: str


@dataclass(frozen=True, slots=True)
class Use:
    """How often the sources use a name as one type."""

    reference: Reference
    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What someone has decided of a name of a family.

    Of two names: verdict is same, different or unsure; of two that are the same, `left` names the survivor.
    Of a name in one source: verdict is means; there, `left` stands for `right`.
    Of a name and an identifier: verdict is identifier; `right` is written as scheme and value ("lei:...").
    """

    family: str
    left: str
    right: str
    verdict: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom a name stands for: the path of the IRI is family/key, `type` a type of `ontology`."""

    family: str
    key: str
    label: str
    type: str

    @property
    def path(self) -> str:
        """The entity's IRI, relative to the base."""
        return f"{self.family}/{self.key}"


def reference(fact: Fact, participant: Participant) -> Reference:
    """What a participant's name is told apart by; a segment belongs to the market of its fact."""
    family = names.family(participant.type)
    if family == SEGMENT:
        family = "/".join([SEGMENT, *(names.slug(market) for market in fact.names("market")[:1])])
    return Reference(family, participant.name)


def dimension(fact: Fact, participant: Participant) -> str | None:
    """The dimension of its market along which a segment is one, where the fact tells it."""
    told = fact.attributes.get("dimension")
    return told if participant.role == "segment" and isinstance(told, str) else None


def block(reference: Reference) -> str:
    """The key that a name has unless something speaks against it: equal keys are one entity on certain grounds.

    That of a region or country that `ontology/regions.ttl` knows is its code there.
    """
    if reference.family == ORGANIZATION:
        return names.slug(names.core(reference.name))
    if reference.family == REGION and (region := regions.find(reference.name)):
        return region.code
    return names.slug(reference.name)


def meanings(references: Iterable[Reference], judgements: Iterable[Judgement]) -> dict[Reference, Reference]:
    """Whom each name that one source uses stands for within it; `judgements` are those on this source.

    A name that many firms bear is short there for the one that carries a legal form, if there is only one.
    """
    used = set(references)
    told = {Reference(j.family, j.left): Reference(j.family, j.right) for j in judgements if j.verdict == "means"}
    blocks: defaultdict[str, set[Reference]] = defaultdict(set)
    for each in used:
        if each.family == ORGANIZATION:
            blocks[block(each)].add(each)
    short: dict[Reference, Reference] = {}
    for members in blocks.values():
        formed = {each for each in members if names.form(each.name)}
        if len({names.form(each.name) for each in formed}) == 1 and not _is_distinctive(min(members)):
            short |= {each: min(formed) for each in members}
    return {each: told.get(each) or told.get(short.get(each, each)) or short.get(each, each) for each in used}


def resolve(uses: Iterable[Use], judgements: Iterable[Judgement]) -> dict[Reference, Entity]:
    """The entity of every name that is used.

    The order of uses and judgements does not matter, and entities depend only on names whose blocks are
    equal or joined by judgements, so that a part of the names closed under both may be resolved alone.
    No entity has two names that are judged different: where joins would bring them together, the automatic ones of
    that group do not hold, and of the judged ones none that does it.
    """
    types: defaultdict[Reference, Counter[str]] = defaultdict(Counter)
    for use in uses:
        types[use.reference][use.type] += use.count
    log = _Log.of(judgements)
    keys = _certain({*types, *log.named})
    groups: defaultdict[tuple[str, str], set[Reference]] = defaultdict(set)
    for each, key in keys.items():
        groups[each.family, key].add(each)
    entities: dict[Reference, Entity] = {}
    for members in unions([*groups.values(), *map(set, log.same)]):
        for key, named, joined in _canonical(members, keys, log):
            used = sorted(each for each in joined if each in types)
            if used:
                entities |= dict.fromkeys(used, _entity(key, named, used, types))
    return entities


def unions(groups: Iterable[set[_Member]]) -> list[set[_Member]]:
    """The unions of all groups that have a member in common."""
    place: dict[_Member, set[_Member]] = {}
    for group in groups:
        joined = group.union(*(place[each] for each in group if each in place))
        place.update(dict.fromkeys(joined, joined))
    return list({id(each): each for each in place.values()}.values())


def judged_one(judgements: Iterable[Judgement]) -> list[set[Reference]]:
    """The groups of names that judgements alone make one."""
    return unions(map(set, _Log.of(judgements).same))


@dataclass(frozen=True, slots=True)
class _Log:
    """The judgements on pairs: those that are the same, the survivor first, and those that are not."""

    same: list[tuple[Reference, Reference]]
    apart: set[frozenset[Reference]]
    named: set[Reference]

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> _Log:
        log, known = sorted(judgements, key=_sorting), defaultdict[tuple[str, str], list[tuple[str, Reference]]](list)
        same = [_pair(each) for each in log if each.verdict == "same"]
        apart = {frozenset(_pair(each)) for each in log if each.verdict == "different"}
        for each in log:
            if each.verdict == "identifier":
                scheme, _, value = each.right.partition(":")
                known[each.family, scheme].append((value, Reference(each.family, each.left)))
        for found in known.values():
            for (value, left), (other, right) in combinations(found, 2):
                if value == other and left != right:
                    same.append((left, right))
                elif value != other:
                    apart.add(frozenset((left, right)))
        named = {who for pair in same for who in pair} | {who for pair in apart for who in pair}
        return cls(same, {pair for pair in apart if len(pair) == 2}, named)

    def parts(self, members: set[Reference]) -> bool:
        """Whether two of these names are judged different."""
        return any(pair <= members for pair in self.apart if next(iter(pair)) in members)


def _sorting(judgement: Judgement) -> tuple[str, ...]:
    return judgement.family, judgement.left, judgement.right, judgement.verdict, judgement.source or ""


def _pair(judgement: Judgement) -> tuple[Reference, Reference]:
    return Reference(judgement.family, judgement.left), Reference(judgement.family, judgement.right)


def _certain(references: set[Reference]) -> dict[Reference, str]:
    """The key of each name: names of a family with one key are one on certain grounds."""
    blocks: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for each in sorted(references):
        blocks[each.family, block(each)].append(each)
    return {
        each: f"{key}-{form}" if form else key
        for (_, key), members in blocks.items()
        for form, cluster in _by_form(members).items()
        for each in cluster
    }


def _by_form(members: list[Reference]) -> dict[str, list[Reference]]:
    """The names of a block by their legal form, forms of one country together; "" holds names without a form.

    One cluster only where no two forms conflict: then names without a form go with the others, unless the name is
    one that many firms bear: then each form is one apart.
    """
    if members[0].family != ORGANIZATION:
        return {"": members}
    if not _is_distinctive(members[0]):
        forms: defaultdict[str, list[Reference]] = defaultdict(list)
        for each in members:
            forms[names.form(each.name)].append(each)
        return forms
    clusters: list[tuple[set[str], list[Reference]]] = []
    bare = [each for each in members if not names.countries(each.name)]
    for each in (each for each in members if names.countries(each.name)):
        merged: tuple[set[str], list[Reference]] = (set(names.countries(each.name)), [each])
        for cluster in [cluster for cluster in clusters if cluster[0] & merged[0]]:
            clusters.remove(cluster)
            merged = (merged[0] | cluster[0], cluster[1] + merged[1])
        clusters.append(merged)
    if len(clusters) <= 1:
        return {"": members}
    formed = {min(names.form(each.name) for each in cluster): cluster for _, cluster in clusters}
    return {"": bare, **formed} if bare else formed


def _is_distinctive(reference: Reference) -> bool:
    return reference.family != ORGANIZATION or names.is_distinctive(names.core(reference.name))


def _canonical(
    members: set[Reference], keys: Mapping[Reference, str], log: _Log
) -> Iterator[tuple[str, set[Reference], set[Reference]]]:
    """Key, names that survive and all names of each entity among these joined names."""
    joins = [pair for pair in log.same if pair[0] in members]
    if not log.parts(members):
        yield _survivor(keys, joins, members)
        return
    alone = _alone(members)
    held: list[set[Reference]] = [{each} for each in sorted(members)]
    for pair in joins:
        left, right = (next(group for group in held if each in group) for each in pair)
        if left is not right and not log.parts(left | right):
            held.remove(right)
            left |= right
    for joined in held:
        yield _survivor(alone, [pair for pair in joins if set(pair) <= joined], joined)


def _alone(members: set[Reference]) -> dict[Reference, str]:
    """Every name by itself: for each a key of its own."""
    found: dict[str, Reference] = {}
    for each in sorted(members):
        key = names.slug(each.name)
        if key in found:
            key = f"{key}-{sha256(each.name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
        found[key] = each
    return {each: key for key, each in found.items()}


def _survivor(
    keys: Mapping[Reference, str], joins: Sequence[tuple[Reference, Reference]], members: set[Reference]
) -> tuple[str, set[Reference], set[Reference]]:
    """Key and names of those that give their name to all: the first that no judgement puts behind another."""
    behind = {keys[right] for left, right in joins if keys[left] != keys[right]}
    key = min({keys[each] for each in members} - behind or behind)
    return key, {each for each in members if keys[each] == key}, members


def _entity(
    key: str, named: set[Reference], members: list[Reference], types: Mapping[Reference, Counter[str]]
) -> Entity:
    """The entity of these names, under the name that is used most among those that survive."""
    counts = sum((types[each] for each in members), Counter[str]())
    order = {name: number for number, name in enumerate(ontology.types())}
    best = min(counts, key=lambda name: (-counts[name], order.get(name, len(order)), name))
    uses = {each: types[each].total() if each in types else 0 for each in named}
    label = min(named, key=lambda each: (-uses[each], len(each.name), each.name)).name
    known = regions.find(label) if members[0].family == REGION else None
    if known and known.code == key:
        return Entity(REGION, key, known.name, "Country" if known.level == "country" else "Region")
    return Entity(members[0].family, key, names.unmarked(label), best)
