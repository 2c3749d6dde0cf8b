"""What a person is told of a query."""

import json
import subprocess

import pytest


@pytest.fixture
def library(blipdesk, tmp_path):
    records = [
        {"path": "/photos/2023/a.jpg", "caption": "a dog on a beach", "source": "model", "keywords": ["Rex"]},
        {
            "path": "/photos/2024/b.png",
            "caption": "a cat",
            "user_caption": "our cat",
            "taken": "2024-07-15T10:00:00",
        },
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    blipdesk.run("import", file)
    return blipdesk


def sure_paths(answer):
    return [hit["path"] for hit in answer["hits"] if not hit["maybe"]]


def test_filters_narrow_a_search(library):
    def found(*query):
        return sure_paths(library.lines("search", *query)[0])

    assert found("keyword:rex") == found("type:jpeg") == found("-source:user") == ["/photos/2023/a.jpg"]
    assert found("folder:2024") == found("date:july", "2024") == found("-type:jpeg") == ["/photos/2024/b.png"]
    assert found("dog OR cat", "is:missing", "-(beach OR folder:2023)") == ["/photos/2024/b.png"]
    assert found("dog", "type:gif") == []
    assert found("keyword:re") == found("is:mising") == []  # a command is not being typed


def test_what_cannot_be_followed_is_marked_and_the_rest_counts(library):
    told = library.run("search", "d\u00f6g \u72ac kyeword:rex dog (beach")
    assert "/photos/2023/a.jpg" in told.stdout
    assert told.stderr.splitlines() == [
        "  d\u00f6g \u72ac kyeword:rex dog (beach",
        "         ^^^^^^^^",
        "There is no filter “kyeword:”. Did you mean “keyword:”?",
        "  d\u00f6g \u72ac kyeword:rex dog (beach",
        "                         ^",
        "This parenthesis is not closed: type ) where the group ends.",
        "No photo has “犬”. The search by meaning knows English alone.",
    ]


def test_scripts_get_the_places(library, tmp_path):
    (found,) = library.lines("search", "dog type:xyz cat")
    message = (
        "type: does not know \u201cxyz\u201d. It takes jpeg, png, webp, tiff, gif, bmp, heic, avif, raw."
    )
    assert found["problems"] == [{"start": 9, "end": 12, "message": message}]
    assert {hit["path"] for hit in found["hits"]} == {"/photos/2023/a.jpg", "/photos/2024/b.png"}
    queries = tmp_path / "queries.txt"
    queries.write_text('beach\n"dog\n\n-type:jpeg\n')
    lines = library.lines("search", "--from", queries)
    assert [(line["query"], len(sure_paths(line)), len(line["problems"])) for line in lines] == [
        ("beach", 1, 0), ('"dog', 1, 1), ("", 0, 0), ("-type:jpeg", 1, 0),
    ]  # fmt: skip


def test_where_no_photo_is_of_a_date_the_days_are_told(library):
    told = library.run("search", "cat date:2021-2022").stdout
    assert told.startswith("No photo matches. date:2021-2022 is 2021-01-01 to 2022-12-31. No photo fits ")
    assert told.endswith("Without date:2021-2022 there is 1 photo.\n")
    assert "No photo" not in library.run("search", "cat date:2023-2025").stdout
    assert "No photo" not in library.run("search", "date:2024-06-2024-08").stdout
    (found,) = library.lines("search", "date:july 2024")
    assert found["searched"] == "date:july 2024 is 2024-07-01 to 2024-07-31."


def test_why_nothing_is_found_is_told_as_in_the_window(library, tmp_path):
    def told(query):
        return " ".join(library.run("search", query).stdout.split())

    assert told("keyword:rexx") == "No photo matches. No photo fits keyword:rexx; there is the tag “Rex”."
    assert told("folder:nowhere").endswith("there are the folders “photos”, “2023” and “2024”.")
    assert told('"dog beach"') == (
        'No photo matches. No photo fits "dog beach". Without the quotes there is 1 photo.'
    )
    assert told("keyword:") == (
        "That leaves nothing to look for; without it there are 2 photos. For keyword: there is “Rex”."
    )
    assert told("date:nodate").startswith("That leaves nothing to look for")
    assert told("*") == "That leaves nothing to look for; without it there are 2 photos."
    queries = tmp_path / "queries.txt"
    queries.write_text("keyword:rexx cat\ncat\nkeyword:\n")
    rexx, cat, keyword = library.lines("search", "--from", queries)
    assert rexx["nothing"].startswith("No photo fits keyword:rexx; there is the tag “Rex”.")
    assert (rexx["instead"], cat["nothing"], cat["instead"]) == ("cat", "", "")
    assert keyword["nothing"].endswith("there is “Rex”.")
    assert keyword["hits"] == []


def test_what_was_perhaps_meant_is_asked(library):
    told = library.run("search", "cat july 2024")
    assert told.stderr.splitlines()[0] == 'Did you mean cat date:"july 2024"? 1 photo.'
    (found,) = library.lines("search", "dog on a beech")
    assert (found["meant"], found["corrections"]) == (["dog on a beach"], {})


def test_queries_come_from_texts_alone(library, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_bytes(b"\xef\xbb\xbfbeach\r\ncat\r\n")
    asked = [line["query"] for line in library.lines("search", "--from", queries)]
    assert asked == ["beach", "cat"]
    for data in ("beach\ncat\n".encode("utf-16"), "\u72ac\n".encode("utf-16"), b"beach\x00\n"):
        queries.write_bytes(data)
        told = library.run("search", "--from", queries, status=2)
        assert "UTF-8" in told.stderr
        assert told.stdout == ""
    queries.write_bytes(b"beach\nca\x00t\ncat\n")  # a line that is spoilt keeps no other from its answer
    asked = [line["query"] for line in library.lines("search", "--from", queries)]
    assert asked == ["beach", "ca\x00t", "cat"]
    piped = subprocess.run(
        library.command("search", "--from", "-"), input=b"beach\ndog", capture_output=True, check=True
    )
    assert [json.loads(line)["query"] for line in piped.stdout.splitlines()] == ["beach", "dog"]


def test_a_mistyped_option_is_no_word(library):
    told = library.run("search", "--limti", "1", "cat", status=2)
    assert "--limti" in told.stderr
    assert "--limit?" in told.stderr
    assert told.stdout == ""
    assert "no option --xyz" in library.run("search", "cat", "--xyz=2", status=2).stderr
    assert sure_paths(library.lines("search", "-cat")[0]) == ["/photos/2023/a.jpg"]


def test_a_long_query_is_shown_around_what_is_wrong(library):
    told = library.run("search", "x" * 500 + " )" + " y" * 500).stderr.splitlines()
    assert max(map(len, told[:2])) <= 100
    assert told[0][told[1].index("^")] == ")"


def test_an_answer_is_sorted(blipdesk, tmp_path):
    captions = ("a dog and a cat", "dog")
    records = [
        {"path": f"/photos/{n}.jpg", "caption": text, "source": "model", "taken": f"202{n}-01-01T10:00:00"}
        for n, text in enumerate(captions)
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    blipdesk.run("import", file)

    def found(*options):
        (answer,) = blipdesk.lines("search", "dog", *options)
        return [hit["path"][8:-4] for hit in answer["hits"]]

    assert found() == found("--sort", "relevance") == found("--sort", "newest") == ["1", "0"]
    assert found("--sort", "oldest") == found("--sort", "name") == ["0", "1"]
    assert found("--sort", "oldest", "--limit", "1") == ["0"]
    assert "relevance" in blipdesk.run("search", "dog", "--sort", "size", status=2).stderr


def test_photos_like_one(blipdesk, tmp_path):
    captions = ["a dog runs on the beach", "a small dog on the sand", "a spoon", None]
    records = [
        {"path": f"/photos/{n}.jpg", "caption": text, "source": "model"} for n, text in enumerate(captions)
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    blipdesk.run("import", file)
    (found,) = blipdesk.lines("search", "--similar", "/photos/0.jpg")
    if not found["missing"]:  # the sentence model is here
        assert [hit["path"] for hit in found["hits"]] == ["/photos/1.jpg"]
        assert found["hits"][0]["why"] == f"like it, {found['hits'][0]['score']:.2f}"
    told = blipdesk.run("search", "--similar", "/photos/3.jpg")
    assert told.stdout == "No photo matches.\n" and "no caption yet" in told.stderr
    assert "no photo /photos/9.jpg" in blipdesk.run("search", "--similar", "/photos/9.jpg", status=2).stderr
    assert "--similar PHOTO" in blipdesk.run("search", "dog", "--similar", "/photos/0.jpg", status=2).stderr
