import pytest

from blipdesk.domain.values import Source
from blipdesk.services.asking import AskingService
from blipdesk.services.editing import EditingService


class Shelf:
    """The catalog's part that edits need."""

    def __init__(self, photo):
        self.kept = photo

    def photo(self, photo_id):
        return self.kept

    def set_user_caption(self, photo_id, text):
        self.user = text

    def wake(self):
        pass


def photo(**texts):
    from blipdesk.domain.values import FileFacts, FileStamp, Keyword, Photo, PhotoState

    keywords = tuple(Keyword(name, source) for name, source in texts.pop("keywords", ()))
    return Photo(
        1, 1, "/p/a.jpg", FileStamp(1, 1), "h", None, "JPEG", 4, 3, 0.0, PhotoState.DONE, FileFacts(),
        keywords=keywords, are_words_read=True, **texts,
    )  # fmt: skip


def saved(text, **texts):
    shelf = Shelf(photo(**texts))
    EditingService(shelf, lambda: shelf).set_caption(1, text)
    return shelf.user


def test_a_saved_text_is_the_persons():
    assert saved(" my words ", model_caption="a car") == "my words"


def test_saving_the_machines_own_words_makes_them_nobodys_edit():
    assert saved("a car", model_caption="a car", user_caption="my words") is None


def test_saving_the_files_own_words_neither():
    assert saved("from the file", model_caption="a car", file_caption="from the file") is None
    assert saved("a car", model_caption="a car", file_caption="from the file") == "a car"


@pytest.mark.parametrize(
    ("caption", "things", "suggested"),
    [
        ("a man riding a horse", ["man", "horse"], ["what is the person doing?", "what is the horse doing?"]),
        ("a group of people on a beach", ["people"], ["what are they doing?", "what season is it?"]),
        ("an orange cat", ["cat"], ["what is the cat doing?", "where is this?", "is anyone there?"]),
        ("a red car", ["car"], ["where is this?", "is anyone there?"]),
        ("", [], ["where is this?", "is anyone there?", "what is in the picture?"]),
    ],
)
def test_questions_fit_the_caption_and_ask_nothing_that_it_says(caption, things, suggested):
    shown = photo(model_caption=caption, keywords=[(thing, Source.MODEL) for thing in things])
    suggestions = AskingService(None, None).suggestions(shown)
    assert suggestions[: len(suggested)] == suggested and len(suggestions) == 3


def test_questions_are_suggested_about_what_the_model_saw():
    shown = photo(model_caption="two cars", keywords=[("üni", Source.USER), ("car", Source.MODEL)])
    assert AskingService(None, None).suggestions(shown)[:2] == [
        "how many cars are there?",
        "what colour is the car?",
    ]
