"""Commands that ask about one photo, and what captioning with candidates leaves behind."""

import json
from contextlib import ExitStack

import pytest
from PIL import Image
from program import Here, catalog_of_fakes, draw, lines

from blipdesk.catalog import Catalog
from blipdesk.cli.main import run
from blipdesk.services.settings import KEY
from blipdesk.services.workspace import Workspace

SENTENCE = "a red dog on a beach"


@pytest.fixture
def photo(tmp_path):
    return draw(tmp_path / "photos" / "a.jpg", 1)


@pytest.fixture
def data_dir(tmp_path):
    return catalog_of_fakes(tmp_path / "data")


@pytest.fixture
def blipdesk(data_dir, capsys):
    """Runs a command in this process; gives what it prints on stdout, or of a refusal on stderr."""
    here = Here(data_dir, capsys)

    def command(*arguments, status=0):
        printed = here.run(*arguments, status=status)
        return printed.out if status == 0 else printed.err

    return command


def test_a_closed_question_is_answered_with_probabilities_and_kept(blipdesk, photo):
    table = blipdesk("ask", photo, "which?", "--choices", "cow,--json,bus").splitlines()
    assert len(table) == 3
    assert all(line.rstrip().endswith("%") for line in table)
    (turn,) = lines(blipdesk("ask", photo, "red?", "--choices", "Yes/No", "--json"))
    assert {choice["text"] for choice in turn["choices"]} == {"yes", "no"}
    assert sum(choice["probability"] for choice in turn["choices"]) == pytest.approx(1)
    assert turn["answer"] == turn["choices"][0]["text"]
    (record,) = lines(blipdesk("export"))
    assert [asked["question"] for asked in record["questions"]] == ["which?", "red?"]
    assert record["questions"][1]["choices"] == turn["choices"]


def test_choices_that_the_model_would_hardly_give_itself_are_said_to_be_so(blipdesk, data_dir, photo, capsys):
    said = json.loads(blipdesk("ask", photo, "what?", "--json"))
    named = said["answer"].split()[2]  # a red dog ...: the fake model gives a word of its caption
    for choices, unlikely in ((f"{named},xyzzy", False), ("xyzzy,plugh", True)):
        assert run(["--data-dir", str(data_dir), "ask", str(photo), "what?", "--choices", choices]) == 0
        assert ("hardly say any of these" in capsys.readouterr().err) is unlikely
        (turn,) = lines(blipdesk("ask", photo, "what?", "--choices", choices, "--json"))
        assert turn["unlikely"] is unlikely


@pytest.mark.parametrize("more", [(), ("--choices", "yes/no")])
def test_a_question_of_which_the_model_would_not_hear_all_is_refused(blipdesk, photo, more):
    assert "too long: 2499 characters" in blipdesk("ask", photo, "what " * 500, *more, status=2)
    assert 'questions": []' in blipdesk("export")


@pytest.mark.parametrize("choices", ["", "red", "red,,blue", "red,Red"])
def test_choices_that_are_none_are_refused_in_words(blipdesk, photo, choices):
    assert blipdesk("ask", photo, "which?", "--choices", choices, status=2).startswith("blipdesk: ")


def test_a_running_blipdesk_answers_closed_questions_and_draws_heat_maps(blipdesk, data_dir, photo, tmp_path):
    with Workspace.open(data_dir) as workspace:
        (turn,) = lines(blipdesk("ask", photo, "red?", "--choices", "yes/no", "--json"))
        assert workspace.catalog.photo_by_path(str(photo)) is not None
        blipdesk("explain", photo, "--text", SENTENCE, "--word", "dog", "--out", tmp_path / "map.png")
    assert len(turn["choices"]) == 2
    assert (tmp_path / "map.png").stat().st_size > 0


def test_a_heat_map_is_drawn_at_the_photo_s_size_and_described(blipdesk, photo, tmp_path):
    out = tmp_path / "map.png"
    said = blipdesk("explain", photo, "--text", SENTENCE, "--word", "Dog", "--out", out)
    assert "dog: " in said and "beach: " not in said
    with Image.open(out) as drawn, Image.open(photo) as original:
        assert (drawn.format, drawn.size) == ("PNG", original.size)
    (seen,) = lines(blipdesk("explain", photo, "--text", SENTENCE, "--word", "dog", "--json"))
    (word,) = seen["words"]
    assert len(word["values"]) == word["width"] * word["height"] == 16
    hottest = word["values"].index(1.0)
    assert (word["x"], word["y"]) == ((hottest % 4 + 0.5) / 4, (hottest // 4 + 0.5) / 4)
    assert seen["text"][word["start"] : word["end"]] == "dog"
    assert set(seen["match"]) == {"itm", "itc", "margin", "sureness"}


def test_explaining_needs_no_record_and_makes_none(blipdesk, photo):
    lines = blipdesk("explain", photo, "--text", SENTENCE).splitlines()
    assert [line.split(":")[0] for line in lines[2:]] == ["red", "dog", "beach"]
    assert blipdesk("export") == ""


def test_words_that_name_nothing_are_explained_where_they_are_asked_for(blipdesk, photo):
    assert "\non: " in blipdesk("explain", photo, "--text", SENTENCE, "--word", "on")
    assert "\non: " in blipdesk("explain", photo, "--text", "on a")


def test_a_word_that_stands_in_two_places_is_seen_and_drawn_in_both(blipdesk, photo, tmp_path):
    def explained(text, name):
        out = tmp_path / name
        said = blipdesk("explain", photo, "--text", text, "--word", "Dog", "--out", out, "--json")
        with Image.open(out) as drawn:
            return json.loads(said)["words"], drawn.tobytes()

    (one,), alone = explained("a dog and a bus", "one.png")
    (first, other), both = explained("a dog and a DOG", "two.png")  # the fake model sees them apart
    assert (first["word"], first["values"], other["word"]) == ("dog", one["values"], "DOG")
    assert other["values"] != first["values"]
    assert both != alone


def test_what_a_model_did_not_read_of_a_long_text_is_said(data_dir, tmp_path, photo, capsys):
    command = ["explain", str(photo), "--text", "a red dog and " * 100 + "a blue cat."]
    for place, too_long in ((data_dir, False), (tmp_path / "demo", True)):  # the demo's reads 64 tokens
        capsys.readouterr()
        assert run(["--data-dir", str(place), *command]) == 0
        notes = capsys.readouterr().err
        assert ("did not read" in notes, "blue cat." in notes) == (too_long, too_long)


def test_the_words_of_the_caption_are_explained(blipdesk, photo):
    blipdesk("caption", photo)
    blipdesk("edit", photo, "--caption", "Rex at the sea")
    assert blipdesk("explain", photo).startswith("Rex at the sea\n")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--word", "dog"], 2, "no caption yet"),
        (["--text", SENTENCE, "--word", "zebra"], 2, "Its words: a, red, dog, on, beach."),
        (["--text", " .. "], 2, "no words"),
        (["--text", SENTENCE, "--out", "x.png"], 2, "--word WORD"),
        (["--text", SENTENCE, "--word", "dog", "--out", "/nowhere/x.png"], 2, "not there"),
    ],
)
def test_what_cannot_be_explained_is_said(blipdesk, photo, arguments, status, words):
    assert words in blipdesk("explain", photo, *arguments, status=status)


def test_a_photo_that_is_not_there_or_no_picture_is_said(blipdesk, tmp_path):
    assert "There is no" in blipdesk("explain", tmp_path / "gone.jpg", status=2)
    assert "There is no" in blipdesk("explain", tmp_path / "gone.jpg", "--text", "cat", status=2)
    for more in ([], ["--text", "cat"]):
        assert "is a folder" in blipdesk("explain", tmp_path, *more, status=2)
    assert "is a folder" in blipdesk("ask", tmp_path, "what?", status=2)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    assert "broken.jpg" in blipdesk("explain", broken, "--text", "a dog", status=1)


def test_without_a_retrieval_model_explaining_says_which_is_missing(blipdesk, data_dir, photo):
    catalog = Catalog.open(data_dir)
    catalog.set_setting(KEY, {"model": "fake", "match_model": "none"})
    catalog.close()
    assert "models list" in blipdesk("explain", photo, "--text", "a dog", status=3)


def test_candidates_are_kept_with_their_scores_best_first(blipdesk, photo):
    blipdesk("caption", photo, "--candidates", "4")
    (record,) = lines(blipdesk("export"))
    margins = [candidate["margin"] for candidate in record["candidates"]]
    assert len(margins) == 4
    assert margins == sorted(margins, reverse=True)
    assert record["caption"] == record["candidates"][0]["text"]
    assert record["sureness"] == record["candidates"][0]["sureness"]
    assert {candidate["source"] for candidate in record["candidates"]} == {"model"}


def test_what_has_a_caption_is_captioned_anew_when_asked(blipdesk, photo):
    blipdesk("caption", photo)
    blipdesk("edit", photo, "--caption", "Rex at the sea")
    (first,) = lines(blipdesk("export"))
    assert "--again" in blipdesk("caption", photo, "--prompt", "a photo of")
    blipdesk("caption", photo, "--prompt", "a photo of", "--again")
    (second,) = lines(blipdesk("export"))
    assert second["caption"] != first["caption"]
    assert second["text"] == "Rex at the sea"


@pytest.mark.parametrize(("name", "status"), [("nonsense", 2), ("demo-captioner", 3)])
def test_a_checking_model_that_is_none_is_refused_before_any_work(blipdesk, photo, name, status):
    assert "model" in blipdesk("caption", photo, "--match-model", name, status=status)
    assert not blipdesk("export")


def test_no_checking_model_means_no_scores(blipdesk, photo):
    blipdesk("caption", photo, "--candidates", "2", "--match-model", "none")
    (record,) = lines(blipdesk("export"))
    assert record["sureness"] is None
    assert [set(candidate) for candidate in record["candidates"]] == [{"text", "source", "score"}] * 2


def test_an_unsure_caption_is_confirmed_from_the_command_line(blipdesk, data_dir, tmp_path):
    folder = tmp_path / "many"
    for seed in range(8):
        draw(folder / f"{seed}.jpg", seed)
    blipdesk("caption", folder)
    unsure = [r["path"] for r in lines(blipdesk("export")) if r["sureness"] == "unsure"]
    assert unsure
    blipdesk("edit", unsure[0], "--looks-right")
    catalog = Catalog.open(data_dir)
    assert catalog.counts().needs_review == len(unsure) - 1
    catalog.close()
    reviewed = [r["path"] for r in lines(blipdesk("export")) if r["reviewed"]]
    assert reviewed == unsure[:1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--top-p", "0.9"], "Add --sample"),
        (["--sample", "--top-p", "0"], "top-p"),
        (["--candidates", "0"], "candidates"),
        (["--candidates", "5", "--num-beams", "2"], "as many beams"),
        (["--sample", "--num-beams", "4"], "without beams"),
        (["--length-penalty", "2"], "Add --num-beams"),
        (["--min-new-tokens", "40"], "Raise --max-new-tokens"),
        (["--precision", "fp7"], "Use one of auto"),
    ],
)
def test_options_that_make_no_sense_are_refused(blipdesk, photo, arguments, words):
    assert words in blipdesk("caption", photo, *arguments, status=2)


@pytest.mark.parametrize("running", [False, True])
def test_the_command_line_names_the_model_that_speaks(blipdesk, data_dir, photo, running):
    """Also where a running BlipDesk, which goes on with its own, does the work."""
    with ExitStack() as stack:
        if running:
            stack.enter_context(Workspace.open(data_dir))
        (asked,) = lines(blipdesk("ask", photo, "what?", "--model", "fake:0.01", "--json"))
        (seen,) = lines(blipdesk("explain", photo, "--text", SENTENCE, "--match-model", "fake", "--json"))
    assert (asked["model"], seen["model"]) == ("fake/answer", "fake/retrieval")
    assert not asked["demo"]


@pytest.mark.parametrize(
    ("kept", "arguments", "said"),
    [
        (1, [], "The model was not told of the first 1 of the questions before."),
        (1, ["--new"], ""),
        (0, [], ""),  # it takes one question at a time, which is no fault
    ],
)
def test_what_the_model_was_not_told_of_is_said_where_it_might_have_been(
    blipdesk, photo, monkeypatch, data_dir, capsys, kept, arguments, said
):
    monkeypatch.setattr("blipdesk.engine.fake.TURNS_KEPT", kept)
    blipdesk("ask", photo, "what?")
    blipdesk("ask", photo, "and?")
    capsys.readouterr()
    assert run(["--data-dir", str(data_dir), "ask", str(photo), "why?", *arguments]) == 0
    told = capsys.readouterr().err
    assert ("was not told" in told) == bool(said)
    assert said in told


def test_a_new_conversation_lasts_until_the_next_and_is_kept_by_an_export(
    blipdesk, photo, monkeypatch, tmp_path
):
    monkeypatch.setattr("blipdesk.engine.fake.TURNS_KEPT", 0)

    def told(question, *arguments):
        return json.loads(blipdesk("ask", photo, question, *arguments, "--json")).get("turns_left_out")

    assert [told("one?"), told("two?"), told("three?")] == [0, 1, 2]
    assert [told("four?", "--new"), told("five?")] == [0, 1]
    told("six?", "--new", "--choices", "yes/no")
    assert told("seven?") == 1
    exported = blipdesk("export")
    kept = tmp_path / "all.jsonl"
    kept.write_text(exported, "utf-8")
    fresh = tmp_path / "fresh"
    for command in (["import", str(kept)], ["export", "-o", str(tmp_path / "again.jsonl")]):
        assert run(["--data-dir", str(fresh), *command]) == 0
    turns = json.loads((tmp_path / "again.jsonl").read_text("utf-8"))["questions"]
    assert turns == json.loads(exported)["questions"]
    assert [turn["question"] for turn in turns if turn.get("new")] == ["four?", "six?"]


def test_what_is_asked_of_a_photo_that_is_cut_off_is_said_to_be_so(blipdesk, data_dir, photo, capsys):
    whole = photo.read_bytes()
    asked = [
        ["ask", photo, "what?"],
        ["ask", photo, "red?", "--choices", "yes/no"],
        ["explain", photo, "--text", SENTENCE],
    ]
    for content, damaged in ((whole, False), (whole[: len(whole) // 2], True)):
        photo.write_bytes(content)
        for command in asked:
            assert json.loads(blipdesk(*command, "--json"))["damaged"] is damaged
            assert run(["--data-dir", str(data_dir), *map(str, command)]) == 0
            assert ("only in part" in capsys.readouterr().err) is damaged
