from __future__ import annotations

import pytest
from graphs import hostile
from payloads import PAYLOADS
from samples import fill

from kg import home
from kg.home import Home


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which every text is hostile; to be read, not written."""
    place = home.make(tmp_path_factory.mktemp("hostile") / "home")
    fill(place, [hostile(number, payload) for number, payload in enumerate(PAYLOADS)])
    return place
