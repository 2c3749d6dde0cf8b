"""One question to every photo of a query, on the command line."""

import pytest
from program import Here, catalog_of_fakes, draw, lines


@pytest.fixture
def here(tmp_path, capsys):
    for seed in range(3):
        draw(tmp_path / "photos" / f"p{seed}.jpg", seed)
    here = Here(catalog_of_fakes(tmp_path / "data"), capsys)
    here.run("caption", tmp_path / "photos")
    return here


def test_every_photo_of_a_query_is_asked_once(here, tmp_path):
    first = lines(here.run("ask", "--many", "name:p", "Is it red?", "--choices", "yes/no", "--json").out)
    assert {line["state"] for line in first} == {"answered"} and len(first) == 3
    again = lines(here.run("ask", "--many", "name:p", "is it red", "--choices", "yes/no", "--json").out)
    assert {line["state"] for line in again} == {"kept"}
    assert [line["answer"] for line in again] == [line["answer"] for line in first]
    anew = ("--choices", "yes/no", "--again", "--limit", "1", "--json")
    (one,) = lines(here.run("ask", "--many", "", "Is it red?", *anew).out)
    assert one["state"] == "answered"
    yes = [line["path"] for line in first if line["answer"] == "yes"]
    found = lines(here.run("search", 'asked:"is it red"=yes', "--json").out)
    assert sorted(hit["path"] for hit in found[0]["hits"]) == sorted(yes)


def test_people_get_the_groups_and_the_list(here, tmp_path):
    said = here.run("ask", "--many", "", "Is it red?", "--choices", "yes/no").out
    assert sum(int(line.split()[1]) for line in said.splitlines()) == 3
    assert "3 of 3, done" in here.run("asked").out
    assert here.run("asked", "1").out.count("p1.jpg: ") == 1
    assert "3 photos written" in here.run("asked", "1", "--export", tmp_path / "out.csv").out
    assert (tmp_path / "out.csv").read_text("utf-8").count("\n") == 4


def test_what_fails_is_named_and_what_is_nothing_refused(here, tmp_path):
    (tmp_path / "photos" / "p1.jpg").unlink()
    said = here.run("ask", "--many", "", "what?", status=1).out
    assert "Without an answer:" in said and "p1.jpg" in said
    assert "no photo to ask" in here.run("ask", "--many", "name:zebra", "what?", status=2).err
    assert "not on the list" in here.run("asked", "99", status=2).err
    assert "one question" in here.run("asked", "--export", tmp_path / "out.csv", status=2).err
