"""What the README says of the command line is what the program takes."""

import re
from pathlib import Path

from typer.main import get_command

from blipdesk.cli.main import app
from blipdesk.domain.filters import FILTERS
from blipdesk.domain.query import parse_query
from blipdesk.domain.values import PhotoState
from blipdesk.services.exchange import FIELDS
from blipdesk.services.setting_specs import SETTINGS

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
COMMANDS = README.partition("## Commands")[2].partition("\n## ")[0]


def parameters(command, name=""):
    """Name and options of each command, those below it included."""
    yield name, {option for parameter in command.params for option in parameter.opts if option[0] == "-"}
    for sub, below in getattr(command, "commands", {}).items():
        yield from parameters(below, f"{name} {sub}".strip())


TAKEN = dict(parameters(get_command(app)))


def test_every_command_and_option_stands_in_the_readme():
    for name, options in TAKEN.items():
        assert all(re.search(rf"\b{word}\b", COMMANDS) for word in name.split()), name
        for short_and_long in options - {"--help", "--version", "--output"}:
            assert re.search(rf"(?<![\w-]){short_and_long}(?![\w-])", COMMANDS), (name, short_and_long)


def test_the_readme_names_no_option_that_there_is_not():
    known = set().union(*TAKEN.values())
    named = set(
        re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(re.findall(r"`blipdesk[^`]*`|`-[^`]*`", README)))
    )
    assert named - known - {"-word"} == set()


def test_the_readme_says_what_an_export_has():
    for word in (*FIELDS, *PhotoState):
        assert f"`{word}`" in COMMANDS, word


def test_the_readme_and_the_help_name_every_filter_and_its_values():
    search = README.partition("### What a search understands")[2].partition("\n## ")[0]
    told = get_command(app).commands["search"].epilog
    for spec in FILTERS:
        assert f"`{spec.name}:" in search, spec.name
        assert f"{spec.name}:" in told and spec.help in told, spec.name
        for value in spec.values:
            assert re.search(rf"`{value.name}`|:{value.name}`", search), value.name
            assert re.search(rf"\b{value.name}\b", told), value.name


def test_every_query_in_the_readme_is_understood():
    search = README.partition("### What a search understands")[2].partition("\n## ")[0]
    queries = [query for query in re.findall(r"`([^`]+)`", search) if ":" in query]
    assert len(queries) >= len(FILTERS)
    for query in queries:
        parsed = parse_query(query, has_value=lambda *_: True)
        assert parsed.filters() and not parsed.soft and not parsed.problems, query


def test_a_setting_that_a_run_may_choose_has_the_choices_that_the_help_names():
    options = {option.name: option for option in get_command(app).commands["caption"].params}
    for name, option in (("device", "device"), ("precision", "precision"), ("write_target", "write")):
        (spec,) = (spec for spec in SETTINGS if spec.name == name)
        assert re.findall(r"[a-z0-9]+", options[option].help.replace(" or ", " ")) == [
            value for value, _ in spec.choices
        ]
