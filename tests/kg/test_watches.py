from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from webserver import Site, reply, serving

from kg import cli, home, watches
from kg.home import Home
from kg.watches import WatchError

DEALS = """[[watch]]
name = "deals of Orvane"
question = "company-deals"
params = {{ company = "Orvane Systems Inc" }}
webhook = "{hook}"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def say(place: Home, name: str, text: str) -> Result:
    (place.path / "news" / name).write_text(text, "utf-8")
    return CliRunner().invoke(cli.main, ["--home", str(place.path), "refresh"], env={"COLUMNS": "100"})


@pytest.fixture
def held(tmp_path: Path, site: Site) -> Home:
    made = home.make(tmp_path / "home")
    (made.path / "news").mkdir()
    settings = '[fetch]\nallow = ["127.0.0.1"]\ndelay = 0\ntimeout = 5\n[[source]]\nfolder = "news"\n'
    (made.path / "feeds.toml").write_text(settings, "utf-8")
    (made.path / "watches.toml").write_text(DEALS.format(hook=site.at("/hook")), "utf-8")
    return made


def test_new_rows_are_reported_and_sent_once(held: Home, site: Site) -> None:
    """The first refresh only remembers; what could not be sent is sent the next time."""
    heard = list[dict[str, object]]()

    def hook(request: BaseHTTPRequestHandler) -> None:
        heard.append(json.loads(request.rfile.read(int(request.headers["Content-Length"]))))
        reply(request, b"", "text/plain")

    site.posts["/hook"] = hook
    first = say(held, "a.txt", "Orvane Systems Inc has acquired Tessaly Labs Ltd for USD 40 million.")
    assert "watch" not in first.stdout
    del site.posts["/hook"]
    lost = say(held, "b.txt", "Orvane Systems Inc has acquired Marrowby Scans Ltd for USD 50 million.")
    assert "watch deals of Orvane: " in lost.stderr
    assert "the server says 404" in lost.stderr
    site.posts["/hook"] = hook
    told = say(held, "c.txt", "Quillon Robotics Inc and Brindle Mowers Ltd have announced a partnership.")
    assert "watch deals of Orvane: 1 new" in told.stdout
    assert "Marrowby Scans Ltd" in told.stdout
    ((row,),) = [each["rows"] for each in heard]  # type: ignore[misc] # JSON of ours
    assert heard[0]["watch"] == "deals of Orvane"
    assert "Marrowby Scans Ltd" in json.dumps(row)
    again = say(held, "d.txt", "Fjord Robotics Inc and Dunmere Mowers Ltd have announced a partnership.")
    assert ("watch" in again.stdout, len(heard)) == (False, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[watch]]\nname = 'x'\n", "watch 1: needs name and question"),
        ("[[watch]]\nname = 'x'\nquestion = 'players'\ncolour = 'red'\n", "'colour' is none of name, question"),
        ("[[watch]]\nname = 'x'\nquestion = 'mine.rq'\n", "watch 1: .*mine.rq"),
        ("[[watch]]\nname = 'x'\nquestion = 'company-deals'\nparams = { firm = 'x' }\n", "watch 1: .*firm"),
        ("[watches]\n", "there is no setting 'watches'"),
        ("[[watch]\n", "cannot be read as TOML"),
    ],
)
def test_watches_that_cannot_be_used_are_refused(empty_home: Home, text: str, message: str) -> None:
    """The message names the file, the watch and what is wrong."""
    (empty_home.path / "watches.toml").write_text(text, "utf-8")
    with pytest.raises(WatchError, match=message):
        watches.read(empty_home)
