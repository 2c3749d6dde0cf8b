import pytest

from blipdesk.app import _wants_window
from blipdesk.cli.main import hoist_global_options, run
from blipdesk.cli.output import context, plain


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (["caption", "x", "--json", "--data-dir", "d"], ["--json", "--data-dir", "d", "caption", "x"]),
        (["--json", "search", "--data-dir=d", "dog"], ["--json", "--data-dir=d", "search", "dog"]),
        (["edit", "p", "--caption", "--json"], ["edit", "p", "--caption", "--json"]),
        (["search", "--", "--json"], ["search", "--", "--json"]),
    ],
)
def test_global_options_may_stand_anywhere(typed, understood):
    assert hoist_global_options(typed) == understood


@pytest.mark.parametrize(
    ("typed", "window", "demo"),
    [
        ([], True, False),
        (["demo"], True, True),
        (["--data-dir", "x", "demo"], True, True),
        (["--data-dir=x"], True, False),
        (["demo", "--headless"], False, False),
        (["search", "demo"], False, False),
        (["--help"], False, False),
        (["--data-dir", ""], False, False),
    ],
)
def test_what_opens_the_window(typed, window, demo):
    wants, _, is_demo = _wants_window(typed)
    assert (wants, is_demo) == (window, demo)


@pytest.mark.parametrize(
    "typed", [["add", ""], ["caption", " "], ["remove", ""], ["--data-dir", "", "search", "x"]]
)
def test_an_empty_path_is_not_the_current_folder(tmp_path, monkeypatch, capsys, typed):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(context, "data_dir", tmp_path / "data")
    assert run(typed) == 2
    assert "An empty path names nothing" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_control_character_of_a_file_name_reaches_the_terminal():
    assert "\x1b" not in plain("\x1b[31mred\n.jpg")
    assert plain("caf\udce9.jpg").isprintable()
    assert plain("été 写真") == "été 写真"
