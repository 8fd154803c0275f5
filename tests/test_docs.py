from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from kg import cli, home, negotiation, query, replies

ROOT = Path(__file__).parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def locked(name: str) -> str:
    return text(f"requirements/{name}.txt")


COMMANDS, QUERIES, ENDPOINT = (text(f"docs/{name}.md") for name in ("commands", "queries", "endpoint"))
README, CONTRIBUTING, MAKEFILE = map(text, ("README.md", "CONTRIBUTING.md", "Makefile"))
SECTIONS = {part.split()[0]: part for part in COMMANDS.split("\n## kg ")[1:]}


def options(command: click.Command) -> list[str]:
    return [name for each in command.params if isinstance(each, click.Option) for name in each.opts]


def choices(command: click.Command) -> list[str]:
    return [str(one) for each in command.params if isinstance(each.type, click.Choice) for one in each.type.choices]


@pytest.mark.parametrize("name", cli.main.commands)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    """A command has its section; its options and their choices stand in it, and its help says what it does."""
    command = cli.main.commands[name]

    assert command.help
    assert [each for each in [*options(command), *choices(command)] if f"`{each}" not in SECTIONS[name]] == []


def test_no_other_command_or_option_is_documented() -> None:
    """The page does not promise what is not there."""
    assert sorted(SECTIONS) == sorted(cli.main.commands)
    for name, section in SECTIONS.items():
        told = re.findall(r"^\| `(--?[a-z-]+)", section, re.MULTILINE)
        assert [each for each in told if each not in options(cli.main.commands[name])] == []


def test_the_options_of_every_command_are_documented() -> None:
    """So is the variable of the environment that stands for one."""
    assert [each for each in [*options(cli.main), "KG_HOME", "`.kg`"] if each not in COMMANDS] == []


def test_every_setting_is_documented(tmp_path: Path) -> None:
    """Each key that a new home's kg.toml holds has its line."""
    settings = tomllib.loads(home.make(tmp_path / "home").settings.read_text("utf-8"))

    assert settings
    assert [key for key in settings if f"| `{key}` |" not in COMMANDS] == []


@pytest.mark.parametrize("name", query.names())
def test_every_question_is_documented_with_its_parameters(name: str) -> None:
    """The table gives title and explanation as the file does, and for each parameter type, default and meaning."""
    question = query.get(name)
    [row] = re.findall(rf"^\| `{name}` \|.*$", QUERIES, re.MULTILINE)

    assert f"**{question.title}**: {question.about} |" in row
    for each in question.parameters:
        default = ", must be given" if each.default is None else f", default `{each.default}`" if each.default else ""
        assert f"`{each.name}` {each.type}{default}: {each.about}" in row


def test_every_status_and_format_of_the_endpoint_is_documented() -> None:
    """What a client can get stands on the page of the endpoint."""
    statuses = {str(int(status)) for status in replies.STATUSES.values()} | {"401", "403", "405", "408", "415"}
    formats = {form.media_type.split(";")[0] for form in (*negotiation.TABLES.values(), *negotiation.GRAPHS.values())}

    assert [
        each for each in sorted(statuses) if not re.search(rf"^\| .*\b{each}\b.* \|", ENDPOINT, re.MULTILINE)
    ] == []
    assert [each for each in sorted(formats) if f"`{each}`" not in ENDPOINT] == []


def test_no_other_setting_is_documented(tmp_path: Path) -> None:
    """The page does not promise settings that are not there."""
    settings = tomllib.loads(home.make(tmp_path / "home").settings.read_text("utf-8"))

    assert set(re.findall(r"^\| `(\w+)` \|", COMMANDS.partition("\n## Settings\n")[2], re.MULTILINE)) == set(settings)


def test_readme_shows_only_commands_that_exist() -> None:
    """A new user types what stands there."""
    shown = re.findall(r"^    (?:\$ )?kg (?:--home \S+ )?([a-z]+)", README, re.MULTILINE)

    assert shown
    assert set(shown) - set(cli.main.commands) == set()


def test_targets_and_variables_of_make_are_documented() -> None:
    """CONTRIBUTING has a row for each target that is not a file, and names each variable that may be set."""
    targets = re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)
    variables = re.findall(r"^([A-Z_]+) \?=", MAKEFILE, re.MULTILINE)

    assert [each for each in targets if f"| `make {each}` |" not in CONTRIBUTING] == []
    assert [each for each in variables if f"`{each}`" not in CONTRIBUTING] == []
    assert set(re.findall(r"`?make ([a-z]+)\b", README)) <= set(targets)


def test_third_parties_are_those_of_the_locks() -> None:
    """Every package that is installed, and every one that is bundled, has its line; no other has one."""
    python = {name for each in ("run", "dev") for name in re.findall(r"^([\w.-]+)==", locked(each), re.MULTILINE)}
    packages = json.loads((ROOT / "kg/explorer/frontend/package-lock.json").read_text("utf-8"))["packages"]
    bundled = {name.removeprefix("node_modules/") for name, each in packages.items() if name and not each.get("dev")}
    named = re.findall(r"^  ([a-z0-9.-]+) +[A-Z][\w.-]+(?: |$)", text("THIRD-PARTY"), re.MULTILINE)

    assert sorted(named) == sorted(python | bundled)
