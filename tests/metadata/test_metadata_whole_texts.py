"""Texts of people that are longer than most: what is written back is all of them."""

from dataclasses import replace

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, WriteOutcome, WriteText
from blipdesk.metadata import embed, embed_proof, exif_patch, exif_texts, facts, formats, texts
from blipdesk.metadata.exif_texts import IMAGE_DESCRIPTION, XP_COMMENT, XP_KEYWORDS
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock

APPEND = replace(EMBED, existing=ExistingText.APPEND)
OURS = WriteText("a dog", Source.MODEL, ("dog",), "demo@1/caption")


def png(**fields):
    """A picture with text fields of any length."""
    tags = {"keywords": XP_KEYWORDS, "comment": XP_COMMENT}
    raws = {tags[name]: (1, texts.encode_xp(text)) for name, text in fields.items() if name in tags}
    if "description" in fields:
        raws[IMAGE_DESCRIPTION] = 2, fields["description"].encode() + b"\0"
    block = samples.tiff({tag: (kind, len(raw), raw) for tag, (kind, raw) in raws.items()})
    return pictures.png(pictures.chunk(b"eXIf", block))


def block_of(data):
    return TiffBlock(formats.open_file(data).exif[0])


def test_three_thousand_keywords_all_stay(tmp_path):
    names = tuple(f"a longer keyword {index:05}" for index in range(3000))
    photo = tmp_path / "photo.png"
    photo.write_bytes(png(keywords=";".join(names)))
    original = photo.read_bytes()
    assert write(photo, OURS).outcome is WriteOutcome.EMBEDDED
    assert exif_texts.read_keywords(block_of(photo.read_bytes())) == (*names, "dog")
    assert embed.strip(photo.read_bytes()) == original


def test_a_persons_long_comment_keeps_its_last_word(tmp_path):
    said = "Grandma " * 5000 + "and her last word"
    photo = tmp_path / "photo.png"
    photo.write_bytes(png(comment=said))
    original = photo.read_bytes()
    write(photo, OURS, APPEND)
    new = photo.read_bytes()
    assert exif_texts.read_comment(block_of(new)).startswith(said)
    assert embed.strip(new) == original
    assert {found.text for found in facts.read(new).captions} == {
        found.text for found in facts.read(original).captions
    }


@pytest.mark.parametrize("field", ["keywords", "comment"])
def test_what_is_larger_than_any_text_stays_as_it_is(tmp_path, field):
    photo = tmp_path / "photo.png"
    photo.write_bytes(png(**{field: "x" * (1 << 20)}))
    original = photo.read_bytes()
    plan = write(photo, OURS, APPEND)
    assert photo.read_bytes() == original
    assert plan.outcome is not WriteOutcome.EMBEDDED


@pytest.mark.parametrize("field", ["description", "comment"])
def test_what_a_person_typed_takes_no_place_of_words_too_far_behind_to_be_known(tmp_path, field):
    photo = tmp_path / "photo.png"
    photo.write_bytes(png(**{field: " " * 70_000 + "Grandma at home"}))
    original = photo.read_bytes()
    typed = samples.user("Our dog Bella")
    plan = write(photo, typed)
    assert plan.outcome is WriteOutcome.SIDECAR and "could not be read to its end" in plan.note
    assert photo.read_bytes() == original
    (tmp_path / "photo.png.xmp").unlink()
    assert write(photo, typed, replace(EMBED, existing=ExistingText.REPLACE)).outcome is WriteOutcome.EMBEDDED


def test_the_proof_sees_a_keyword_that_is_gone():
    old = png(keywords="beach;sea")
    file = formats.open_file(old)
    values = exif_texts.caption_values("a dog", block_of(old)) | exif_texts.keyword_values(("beach", "dog"))
    new = file.with_blocks(exif_patch.append(file.exif[0], values, Source.MODEL), None)
    with pytest.raises(Refusal, match="lost"):
        embed_proof.verify(old, new, "a dog")


@pytest.mark.parametrize("tag", [IMAGE_DESCRIPTION, XP_COMMENT])
def test_the_proof_sees_a_persons_word_that_is_gone(tag):
    said = {
        IMAGE_DESCRIPTION: b"Grandma at home\0",
        XP_COMMENT: texts.encode_xp("Grandma at home"),
    }
    old = samples.with_segments(
        samples.exif_segment(
            samples.tiff(
                {t: (2 if t == IMAGE_DESCRIPTION else 1, len(raw), raw) for t, raw in said.items()},
            )
        )
    )
    file = formats.open_file(old)
    values = {
        IMAGE_DESCRIPTION: b"Grandma at home\na dog\0",
        XP_COMMENT: texts.encode_xp("Grandma at home\na dog"),
    }
    values[tag] = values[tag].replace(b"me", b"m") if tag == IMAGE_DESCRIPTION else texts.encode_xp("a dog")
    provenance = exif_patch.Provenance(existing=ExistingText.APPEND, people="01234567")
    new = file.with_blocks(exif_patch.append(file.exif[0], values, Source.MODEL, 0, provenance), None)
    with pytest.raises(Refusal, match="lost"):
        embed_proof.verify(old, new, exif_patch.own_mark(formats.open_file(new).exif[0]).caption)
