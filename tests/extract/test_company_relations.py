"""The measure on sentences with two given companies, tried on sentences of our own in the shape of CORE."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tests.extract import company_relations
from tests.extract.company_relations import Item, Tally, held_out, load, relations, tally

_SENTENCES = (
    ("a", "Tessaly was bought by Orvane in 2031 .", (0, 0), (4, 4), "acquired_by", 0),
    ("b", "In 2031 , Orvane bought Tessaly .", (3, 3), (5, 5), "acquired_by", 1),
    ("c", "Quillon Health and Marrowby announced a partnership .", (0, 1), (3, 3), "collaboration", 0),
    ("d", "It competes with Marrowby .", (0, 0), (3, 3), "competitor_of", 0),
    ("e", "Orvane also bought Lumeo .", (0, 0), (3, 3), "competitor_of", 0),
)


def _file(folder: Path) -> Path:
    rows = [
        {
            "id": identifier,
            "context": text.split(),
            "e1_start": first[0],
            "e1_end": first[1],
            "e2_start": second[0],
            "e2_end": second[1],
            "relation": relation,
            "invert_relation": turned,
        }
        for identifier, text, first, second, relation, turned in _SENTENCES
    ]
    path = folder / "train.json"
    path.write_text(json.dumps(rows), "utf-8")
    return path


def test_every_item_is_either_seen_or_held_out(tmp_path: Path) -> None:
    """No item is in both parts, and none is lost."""
    path = _file(tmp_path)
    assert len(load(path, seen=True)) + len(load(path, seen=False)) == len(_SENTENCES)
    assert len(load(path, seen=False)) == sum(held_out(row[0]) for row in _SENTENCES)


def test_the_relation_has_a_direction_and_wrong_ones_count() -> None:
    """Who bought whom is read from the sentence; a relation that the item does not have lowers precision."""
    items = [
        Item("Tessaly was bought by Orvane in 2031.", "Tessaly", "Orvane", "acquired_by", named=True),
        Item("Tessaly was bought by Orvane in 2031.", "Orvane", "Tessaly", "acquired_by", named=True),
        Item("Orvane bought Lumeo.", "Lumeo", "Orvane", "competitor_of", named=True),
    ]
    found = list(relations(items))
    assert [("acquired_by" in each) for each in found] == [True, False, True]
    assert tally(items, found) == Tally(asked=2, given=3, right=1)


def test_the_command_prints_both_parts_apart(tmp_path: Path) -> None:
    """Pronoun ends are told apart from names."""
    result = CliRunner().invoke(company_relations.main, [str(_file(tmp_path)), "--seen"])
    assert result.exit_code == 0, result.output
    assert "both ends named" in result.output
    assert "one end a pronoun" in result.output
