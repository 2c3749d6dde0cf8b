"""Writing into photos as the pipeline does, and what other programs see then."""

from dataclasses import replace

import metadata_samples as samples

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WritePolicy
from blipdesk.metadata import FileMetadataWriter, facts, read_facts, sidecar_files

EMBED, SIDECAR = WritePolicy(WriteTarget.EMBED), WritePolicy(WriteTarget.SIDECAR)


def write(path, text=None, policy=EMBED, writer=None, seen=True):
    """Plan and perform a write-back (of a machine's caption where none is given); returns the plan.

    ``seen``: a person's text was typed after what stands there now was read.
    """
    writer = writer or FileMetadataWriter()
    text = text or samples.machine()
    if seen and text.source is Source.USER:
        text = replace(text, known=captions_in(path))
    plan = writer.plan(str(path), text, policy)
    apply(plan, writer)
    return plan


def apply(plan, writer=None):
    """Perform what was planned, if anything; raises why it was not done."""
    if plan.outcome in (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR):
        done((writer or FileMetadataWriter()).apply_all([plan]))


def done(results):
    """What one file is after it was replaced; raises why it was not."""
    (result,) = results
    if isinstance(result, PhotoError):
        raise result
    return result


def captions_in(path):
    """All captions of people in a photo and beside it, as a scan meets them."""
    found = read_facts(path.read_bytes(), "?", read_sidecar(str(path)))
    return (*filter(None, (found.caption,)), *found.other_captions)


def read_sidecar(path):
    """What the first of a photo's sidecars holds; None where there is none, or it cannot be read."""
    return next(map(sidecar_files.bytes_of, sidecar_files.existing(path)), None)


def read(path):
    """What a program without a catalog takes for people's words."""
    found = read_facts(path.read_bytes(), "JPEG", read_sidecar(str(path)))
    return found.caption, set(found.keywords)


def standing(path):
    """The caption that readers see."""
    side = read_sidecar(str(path))
    return facts.read(path.read_bytes(), (side,) if side else ()).standing


def snapshot(path):
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}


def names(folder):
    return sorted(p.name for p in folder.iterdir())
