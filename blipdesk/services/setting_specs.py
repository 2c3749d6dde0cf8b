"""What a person is told of the settings: labels, help, choices and bounds; dialog and tests follow it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from blipdesk.domain.jobs import MAX_PROMPT
from blipdesk.domain.wording import later


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting as a person meets it; bounds are inclusive, a text's is of its characters.

    ``choices`` are (value, label) pairs, values of the setting's own type; a label that needs explaining is
    ``title: explanation``.  ``sought`` are other words that a person may look for it by; they stand nowhere.
    """

    name: str
    label: str
    help: str
    section: str
    choices: tuple[tuple[Any, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    sought: str = ""


SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "theme",
        later("Appearance"),
        later("Light, dark, or whatever the system uses."),
        later("Window"),
        (("system", later("Follow the system")), ("light", later("Light")), ("dark", later("Dark"))),
        sought=later("theme, colours"),
    ),
    SettingSpec(
        "language",
        later("Language"),
        later("Of BlipDesk itself; captions are written in English."),
        later("Window"),
        (("system", later("Follow the system")), ("en", "English"), ("ja", "日本語"), ("zh_CN", "简体中文")),
    ),
    SettingSpec(
        "motion",
        later("Movement"),
        later("What moves by itself while you wait. Bars that show how far something is always do."),
        later("Window"),
        (("system", later("Follow the system")), ("less", later("Nothing moves by itself"))),
    ),
    SettingSpec(
        "candidates",
        later("Captions to choose from"),
        later(
            "The model proposes this many captions; the one that it and the "
            "checking model find likeliest is kept. Searches find the others "
            "too, where they fit. More is slower."
        ),
        later("Captions"),
        minimum=1,
        maximum=10,
    ),
    SettingSpec(
        "num_beams",
        later("Wordings to compare"),
        later(
            "The model weighs this many wordings of a caption at once. More is slower, and slightly better."
        ),
        later("Captions"),
        minimum=1,
        maximum=10,
    ),
    SettingSpec(
        "prompt",
        later("Caption begins with"),
        later("Words that every caption continues, such as: a photo of. They are not kept in the caption."),
        later("Captions"),
        maximum=MAX_PROMPT,
    ),
    SettingSpec(
        "write_target",
        later("Where captions go"),
        later("BlipDesk always keeps them itself. Every change to a photo file can be taken back."),
        later("Photo files"),
        (
            (
                "none",
                later(
                    "In BlipDesk only: your photo files are not touched. Other "
                    "programs do not see the captions."
                ),
            ),
            (
                "sidecar",
                later(
                    "In a small file beside each photo: IMG_1234.jpg gets "
                    "IMG_1234.jpg.xmp, a so-called sidecar, which digiKam and "
                    "darktable read. The photos themselves are not touched."
                ),
            ),
            (
                "embed",
                later(
                    "Inside the photos: JPEG, PNG, WebP and TIFF photos carry their "
                    "caption along, so file managers and most photo programs show "
                    "it; the picture itself stays as it is. RAW, GIF, BMP, HEIC and "
                    "AVIF photos get a small .xmp file beside them, and so does a "
                    "photo that cannot be changed without loss."
                ),
            ),
        ),
        sought=later("write, metadata, EXIF, IPTC, XMP, tags, keywords, stars, ratings"),
    ),
    SettingSpec(
        "existing_text",
        later("Where a person's caption stands in the photo already"),
        later("Nothing that a person wrote is lost: what is replaced can be taken back."),
        later("Photo files"),
        (
            ("skip", later("Leave the photo as it is: it is captioned already.")),
            (
                "comment",
                later(
                    "Add as a comment: the caption goes into the comment field that "
                    "Windows shows, where that is free."
                ),
            ),
            ("append", later("Add below: the caption goes into a line of its own below the person's.")),
            (
                "replace",
                later("Replace: the caption takes the place of the person's, until you take it back."),
            ),
        ),
    ),
    SettingSpec(
        "embed_heif",
        later("Captions go inside HEIC and AVIF photos as well"),
        later(
            "Those that have a place for it carry their caption inside, the "
            "others get the small .xmp file. Not yet tried with programs of "
            "Apple and Microsoft."
        ),
        later("Photo files"),
    ),
    SettingSpec(
        "adobe_names",
        later("New files beside RAW photos are named as Lightroom names them"),
        later(
            "IMG_1234.xmp instead of IMG_1234.CR2.xmp. One that is there already is used, whatever its name."
        ),
        later("Photo files"),
    ),
    SettingSpec(
        "keep_times",
        later("A photo that gets a caption keeps the date of its file"),
        later(
            "Photos without a date of their own are sorted by it. Some "
            "programs look at a photo again only when it is newer: switch "
            "this off for them."
        ),
        later("Photo files"),
    ),
    SettingSpec(
        "journal_days",
        later("How long changes can be taken back"),
        later("What stood in a file before is kept as long as that."),
        later("Photo files"),
        (
            (30, later("For 30 days")),
            (90, later("For 90 days")),
            (365, later("For a year")),
            (1825, later("For 5 years")),
            (36500, later("For ever")),
        ),
        sought=later("undo, history"),
    ),
    SettingSpec(
        "journal_mb",
        later("Room for that"),
        later("The oldest is given up first. A photo needs a few hundred bytes."),
        later("Photo files"),
        (
            (64, later("64 MB")),
            (256, later("256 MB")),
            (1024, later("1 GB")),
            (4096, later("4 GB")),
            (16384, later("16 GB")),
        ),
    ),
    SettingSpec("model", later("Captioning model"), later("It writes the captions."), later("Model")),
    SettingSpec(
        "answer_model", later("Answering model"), later("It answers questions about a photo."), later("Model")
    ),
    SettingSpec(
        "match_model",
        later("Checking model"),
        later(
            "It looks at a photo and its caption, and says how well they "
            "fit: what does not is shown under Needs review. Automatic takes "
            "one that suits the captioning model, where there is one."
        ),
        later("Model"),
    ),
    SettingSpec(
        "device",
        later("Device"),
        later("Where the model runs."),
        later("Model"),
        (
            ("auto", later("Automatic")),
            ("cpu", later("Processor")),
            ("cuda", later("NVIDIA graphics card")),
            ("mps", later("Apple GPU")),
        ),
        sought=later("GPU, CUDA, CPU"),
    ),
    SettingSpec(
        "precision",
        later("Precision"),
        later("Smaller numbers are faster and need less memory."),
        later("Model"),
        (
            ("auto", later("Automatic")),
            ("fp32", "32 bit"),
            ("bf16", "16 bit (bfloat16)"),
            ("fp16", "16 bit (half)"),
            ("int8", "8 bit"),
        ),
    ),
    SettingSpec(
        "unload_minutes",
        later("Free the memory"),
        later("After so long without work the models are unloaded; they come back by themselves."),
        later("Model"),
        (
            (1, later("After 1 minute")),
            (5, later("After 5 minutes")),
            (10, later("After 10 minutes")),
            (30, later("After 30 minutes")),
            (60, later("After an hour")),
            (0, later("Never")),
        ),
    ),
    SettingSpec(
        "only_when_idle",
        later("Caption only when the computer is idle"),
        later(
            "The work waits while somebody uses keyboard or mouse. Where the "
            "system does not tell, it goes on at any time."
        ),
        later("Background"),
    ),
    SettingSpec(
        "idle_minutes",
        later("Idle means"),
        later("So long without keyboard and mouse."),
        later("Background"),
        (
            (1, later("For 1 minute")),
            (2, later("For 2 minutes")),
            (5, later("For 5 minutes")),
            (10, later("For 10 minutes")),
            (30, later("For 30 minutes")),
        ),
    ),
    SettingSpec(
        "only_on_mains",
        later("Caption only on mains power"),
        later("The work waits while the computer runs on its battery."),
        later("Background"),
    ),
    SettingSpec(
        "keep_running",
        later("Go on working when the window is closed"),
        later(
            "BlipDesk stays in the system tray, where it can be opened and "
            "quit. Where there is no tray, closing the window quits."
        ),
        later("Background"),
    ),
    SettingSpec(
        "start_with_system",
        later("Start with the computer"),
        later("BlipDesk starts in the tray when you log in, and captions what is new."),
        later("Background"),
    ),
    SettingSpec(
        "notifications",
        later("Notifications"),
        later(
            "When long work is done, many photos fail, or a drive with photos "
            "is gone, while you do something else."
        ),
        later("Background"),
    ),
)


def choice_words(label: str) -> tuple[str, str]:
    """Title and explanation of a choice's label.

    >>> choice_words("Inside the photos: JPEG files carry it."), choice_words("Dark")
    (('Inside the photos', 'JPEG files carry it.'), ('Dark', ''))
    """
    title, *words = re.split(": |：", label, maxsplit=1)
    explained = "".join(words)
    return title, explained[:1].upper() + explained[1:]


def spec_of(name: str) -> SettingSpec:
    """The setting of this name."""
    return next(spec for spec in SETTINGS if spec.name == name)
