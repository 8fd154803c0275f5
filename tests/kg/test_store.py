from __future__ import annotations

import gc
import threading

import adding
import pytest
from samples import fill

import kg
from kg import projection, search, store
from kg.home import Home, HomeError


def published(home: Home) -> list[str]:
    return sorted(path.name for path in home.versions.iterdir() if path.name.isdigit())


def test_a_version_is_one_folder_with_all_that_readers_need(empty_home: Home) -> None:
    """Graph, search index and network are of one moment, and the version tells which."""
    fill(empty_home, [adding.document(0)])
    with store.current(empty_home) as version:
        assert version.info["change"] == 1
        assert len(version.store()) > 10
        assert search.find(version.search, "alba")[0].label == "Alba"
        assert version.network.is_file()


def test_what_follows_from_a_graph_is_made_once_for_all_who_ask(empty_home: Home) -> None:
    """Of readers who come at the same time one makes the network and the index, and none sees half of one."""
    fill(empty_home, [adding.document(0)])
    seen: list[tuple[int, bytes]] = []

    def look() -> None:
        with store.current(empty_home) as version:
            assert search.find(version.search, "alba")
            seen.append((version.network.stat().st_ino, version.network.read_bytes()))

    readers = [threading.Thread(target=look) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


def test_a_version_in_use_stays_and_the_newest_two_never_go(empty_home: Home) -> None:
    """Readers keep what they have opened, others are removed when newer ones are published."""
    fill(empty_home, [adding.document(0)])
    with store.current(empty_home) as first:
        before = len(first.store())
        for number in range(1, 4):
            fill(empty_home, [adding.document(number)])
        assert published(empty_home) == ["1", "3", "4"]
        assert len(first.store()) == before
    fill(empty_home, [adding.document(4)])
    assert published(empty_home) == ["4", "5"]


def test_an_open_dataset_keeps_its_version(empty_home: Home) -> None:
    """It is let go of only when the dataset is."""
    fill(empty_home, [adding.document(0)])
    dataset = kg.open(empty_home.path)
    size = len(dataset)
    for number in range(1, 4):
        fill(empty_home, [adding.document(number)])
    assert len(dataset) == size
    assert "1" in published(empty_home)
    del dataset
    gc.collect()
    fill(empty_home, [adding.document(4)])
    assert "1" not in published(empty_home)


def test_readers_always_find_a_whole_version_while_others_are_published(empty_home: Home) -> None:
    """No reader meets a folder that is being made or removed."""
    fill(empty_home, [adding.document(0)])
    stop, errors, seen = threading.Event(), list[BaseException](), set[int]()

    def read() -> None:
        try:
            while not stop.is_set():
                with store.current(empty_home) as version:
                    seen.add(version.number)
                    assert len(version.store()) > 10
        except BaseException as error:
            errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 8):
        fill(empty_home, [adding.document(number)])
    stop.set()
    reader.join()
    assert errors == []
    assert len(seen) > 1


def test_a_home_without_a_version_says_so(empty_home: Home) -> None:
    """An empty home tells what to do."""
    with pytest.raises(store.NothingPublishedError, match="kg add"):
        store.current(empty_home)
    with pytest.raises(HomeError, match="no home"):
        projection.catch_up(Home(empty_home.path / "none"))
    assert not (empty_home.path / "none").exists()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("konica", "Konica Minolta"),
        ("KONICA MINOLTA", "Konica Minolta"),
        ("healthcare konica", "Konica Minolta Healthcare Americas, Inc."),
        ("tele", None),
        ("united states", "United States"),
        ("zzzz", ""),
        ("", ""),
        ('"', ""),
        ("a* OR b", ""),
        ("szabo", "Ingrid Szabó-Lehner"),
    ],
)
def test_entities_are_found_by_the_beginnings_of_their_names(sample_home: Home, text: str, first: str | None) -> None:
    """Whole names come first, accents do not matter, and nothing that is typed breaks the search."""
    with store.current(sample_home) as version:
        found = search.find(version.search, text)
    labels = [hit.label for hit in found]
    assert len(labels) == len({hit.iri for hit in found}) <= 20
    if first is None:
        assert all("tele" in hit.name.lower() for hit in found)
    else:
        assert (labels or [""])[0] == first
