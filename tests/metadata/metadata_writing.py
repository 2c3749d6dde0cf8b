"""Writing into photos as the pipeline does, and what other programs see then."""

import metadata_samples as samples

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WritePolicy
from blipdesk.metadata import FileMetadataWriter, facts, read_facts, read_sidecar

EMBED, SIDECAR = WritePolicy(WriteTarget.EMBED), WritePolicy(WriteTarget.SIDECAR)


def write(path, text=None, policy=EMBED, writer=None):
    """Plan and perform a write-back (of a machine's caption where none is given); returns the plan."""
    writer = writer or FileMetadataWriter()
    plan = writer.plan(str(path), text or samples.machine(), policy)
    writer.apply(plan)
    return plan


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
