"""Keywords of the whole library, renamed and hidden on the command line."""


def listed(blipdesk, *options):
    return {line["keyword"]: line["photos"] for line in blipdesk.lines("keywords", *options)}


def keywords_of(blipdesk, photo):
    return blipdesk.export()[str(photo)]["keywords"]


def test_a_keyword_is_renamed_merged_and_taken_back(blipdesk, photos):
    blipdesk.caption(photos)
    for photo in list(blipdesk.export())[:2]:
        blipdesk.run("edit", photo, "--add-keyword", "puppy")
    before = listed(blipdesk)
    (told,) = blipdesk.lines("keywords", "rename", "PUPPY", "Rex")
    assert told["to"] == "Rex" and listed(blipdesk)["Rex"] == 2
    blipdesk.run("edit", photos / "a.jpg", "--add-keyword", "dog")
    (merged,) = blipdesk.lines("keywords", "rename", "rex", "dog")
    assert listed(blipdesk)["dog"] == 2
    assert blipdesk.lines("keywords", "undo", merged["edit"]) == [{"undone": merged["edit"], "photos": 2}]
    blipdesk.run("edit", photos / "a.jpg", "--remove-keyword", "dog")
    blipdesk.run("keywords", "undo", told["edit"])
    assert listed(blipdesk) == before


def test_a_name_that_changes_nothing_is_refused(blipdesk, photos):
    blipdesk.caption(photos)
    assert "already" in blipdesk.run("keywords", "rename", "x", "x", status=2).stderr


def test_a_hidden_keyword_is_kept(blipdesk, photos):
    blipdesk.caption(photos)
    blipdesk.run("edit", photos / "a.jpg", "--add-keyword", "Rex")
    assert "Rex is hidden." in blipdesk.run("keywords", "hide", "Rex").stdout
    assert "Rex" not in listed(blipdesk)
    assert listed(blipdesk, "--hidden") == {"Rex": 1}
    assert "Rex" in str(keywords_of(blipdesk, photos / "a.jpg"))
    blipdesk.run("keywords", "show", "rex")
    assert "Rex" in listed(blipdesk) and listed(blipdesk, "--hidden") == {}
