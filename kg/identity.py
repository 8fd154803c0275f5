"""Who is who: the entity that each name stands for, a pure function of all names and the log of judgements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ontology
from extract.fact import Fact, Participant
from kg import names
from ontology import regions

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
    """What someone has decided of two names of a family: verdict is same, different or unsure.

    Of two that are the same, `left` names the survivor.
    """

    family: str
    left: str
    right: str
    verdict: str


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


def resolve(uses: Iterable[Use], judgements: Sequence[Judgement]) -> dict[Reference, Entity]:
    """The entity of every name that is used.

    The order of uses and judgements does not matter, and entities depend only on names whose blocks are
    equal or joined by judgements, so that a part of the names closed under both may be resolved alone.
    """
    types: defaultdict[Reference, Counter[str]] = defaultdict(Counter)
    for use in uses:
        types[use.reference][use.type] += use.count
    blocks: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for each in sorted(types):
        blocks[each.family, block(each)].append(each)
    groups = [group for key in sorted(blocks) for group in _split(key[1], blocks[key], judgements)]
    entities = {}
    for key, members in _joined(groups, judgements):
        entity = _entity(key, members, types)
        entities.update(dict.fromkeys(members, entity))
    return entities


def _split(
    key: str, members: list[Reference], judgements: Sequence[Judgement]
) -> Iterator[tuple[str, list[Reference]]]:
    """A block as one group; apart by legal form where forms conflict, and name by name where a judgement says so."""
    within = {each.name for each in members}
    apart = any(j.verdict == "different" and {j.left, j.right} <= within for j in judgements)
    clusters = _by_form(members)
    if not apart and len(clusters) == 1:
        yield key, members
        return
    parts: defaultdict[str, list[Reference]] = defaultdict(list)
    for form, cluster in clusters.items():
        for each in cluster:
            parts[names.slug(each.name) if apart or not form else f"{key}-{form}"].append(each)
    yield from sorted(parts.items())


def _by_form(members: list[Reference]) -> dict[str, list[Reference]]:
    """The names by their legal form, forms of one country together; "" holds names without a form.

    One cluster only where no two forms conflict: then names without a form go with the others.
    """
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
    formed = {min(map(_form, cluster)): cluster for _, cluster in clusters}
    return {"": bare, **formed} if bare else formed


def _form(reference: Reference) -> str:
    return names.slug(reference.name).removeprefix(block(reference)).strip("-")


def _joined(
    groups: list[tuple[str, list[Reference]]], judgements: Sequence[Judgement]
) -> Iterator[tuple[str, list[Reference]]]:
    """Groups that judgements call the same, under the key of the survivor."""
    place = {member: number for number, (_, members) in enumerate(groups) for member in members}
    parent = list(range(len(groups)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for left, right in sorted(set(_same(judgements))):
        if left in place and right in place:
            parent[root(place[right])] = root(place[left])
    joined: defaultdict[int, list[Reference]] = defaultdict(list)
    for number, (_, members) in enumerate(groups):
        joined[root(number)] += members
    for number, members in sorted(joined.items()):
        yield groups[number][0], members


def _same(judgements: Sequence[Judgement]) -> Iterator[tuple[Reference, Reference]]:
    for each in judgements:
        if each.verdict == "same":
            yield Reference(each.family, each.left), Reference(each.family, each.right)


def _entity(key: str, members: list[Reference], types: Mapping[Reference, Counter[str]]) -> Entity:
    counts = sum((types[each] for each in members), Counter[str]())
    order = {name: number for number, name in enumerate(ontology.types())}
    best = min(counts, key=lambda name: (-counts[name], order.get(name, len(order)), name))
    label = min(members, key=lambda each: (-types[each].total(), len(each.name), each.name)).name
    known = regions.find(label) if members[0].family == REGION else None
    if known and known.code == key:
        return Entity(REGION, key, known.name, "Country" if known.level == "country" else "Region")
    return Entity(members[0].family, key, names.unmarked(label), best)
