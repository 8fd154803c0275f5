from __future__ import annotations

import pytest

import ontology
from extract.frames import CONDITIONS
from ontology import triggers
from ontology.triggers import InvalidTriggerError, _slots

EVENTS = [kind for kind in ontology.kinds().values() if kind.family == "event"]


@pytest.mark.parametrize("kind", [kind for kind in EVENTS if kind.name != "appointment"], ids=lambda kind: kind.name)
def test_every_event_has_cues(kind: ontology.Kind) -> None:
    """Each kind of event is told by at least one family of words, and every slot has a role of the kind."""
    found = triggers.triggers(kind.name)
    assert found
    roles = {role.name for role in kind.roles} | {"money", "part", "title", "place"}
    for trigger in found:
        assert trigger.words
        assert {name for names in trigger.slots.values() for name in names} <= roles


def test_needed_word_lists_exist() -> None:
    """What a trigger asks of its object is a word list of the ontology or one of the checks that code makes."""
    for kind in EVENTS:
        for trigger in triggers.triggers(kind.name):
            for needed in trigger.objects - CONDITIONS.keys():
                assert triggers.words(needed)


def test_unknown_word_list_is_refused() -> None:
    """Asking for a list that the ontology does not have fails with its name."""
    with pytest.raises(InvalidTriggerError, match="ci:nosuchlist"):
        triggers.words("nosuchlist")


def test_slot_of_unknown_role_is_refused() -> None:
    """A trigger that gives a slot to a role which its kind does not have is refused."""
    with pytest.raises(InvalidTriggerError, match="pilot"):
        _slots("acquisition", "subject acquirer,object pilot")
