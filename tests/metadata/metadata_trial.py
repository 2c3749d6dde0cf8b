"""One broken file through reading and writing, as the program does it: clean, or refused in words."""

import functools
import os
import tempfile
from dataclasses import replace

import metadata_damage
import metadata_mutations as mutations
from hypothesis import strategies as st

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.values import FileFacts, Source, WriteTarget
from blipdesk.domain.writes import ExistingText, WriteOutcome, WritePolicy, WriteText
from blipdesk.metadata import FileMetadataWriter, read_facts
from blipdesk.metadata.facts import read

TEXTS = (
    WriteText("a dog läuft over the 緑 lawn 🐕", Source.MODEL, ("dog", "草"), "demo@1/caption"),
    WriteText("a dog on a lawn", Source.MODEL, ("dog",), "demo@1/caption"),
    WriteText("Bella <läuft>", Source.USER, ("pet", "lawn"), user_keywords=("pet",)),
)
POLICIES = tuple(WritePolicy(WriteTarget.EMBED, existing, embed_heif=True) for existing in ExistingText)
texts, policies = st.sampled_from(TEXTS), st.sampled_from(POLICIES)


@functools.cache
def written_files():
    """(suffix, bytes): the made files with a machine's or a person's text of ours in them."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            (suffix, plan.new)
            for suffix, data in mutations.made_files()
            for text in (TEXTS[0], TEXTS[2])
            for policy in (POLICIES[0], POLICIES[2])
            if (plan := planned(os.path.join(folder, "made" + suffix), data, text, policy))
            and plan.outcome is WriteOutcome.EMBEDDED
        ]


def trial(folder, suffix, data, text, policy, again):
    """Read, write, prove, write again.

    Args:
        folder: for the file.
        suffix: its suffix.
        data: its bytes.
        text: what is written.
        policy: how.
        again: written over it; has to give what writing it at once gives.

    Returns:
        The outcome, or "unreadable".
    """
    assert isinstance(read_facts(data, "?"), FileFacts)
    path = os.path.join(folder, "photo" + suffix)
    plan = planned(path, data, text, policy)
    if plan is None:
        return "unreadable"
    explained = plan.outcome not in (WriteOutcome.KEPT, WriteOutcome.REFUSED) or plan.note
    assert explained, "nothing was said of a photo that was not written"
    if plan.outcome is WriteOutcome.EMBEDDED:
        new = plan.new
        assert metadata_damage.damage(data, new) is None, metadata_damage.damage(data, new)
        if metadata_damage.OURS not in data or (suffix, data) in written_files():
            prove_texts(path, data, new, text, policy, again)
    return plan.outcome.value


def prove_texts(path, data, new, text, policy, again):
    """What stands in a written file, unless marks of ours were broken: such a part counts as somebody's."""
    facts, found = read_facts(data, "?"), read_facts(new, "?")
    assert set(facts.keywords) <= set(found.keywords)
    if text.source is Source.USER:
        assert found.caption == text.caption
    elif policy.existing is ExistingText.SKIP:
        assert found.caption == facts.caption
    elif facts.caption and policy.existing is not ExistingText.REPLACE:
        now = read(new, ())
        said = [caption.text for caption in now.captions]
        assert facts.caption in said or facts.caption in now.standing, "a person's caption was lost"
    second = planned(path, new, text, policy)
    assert second.new in (None, new), "a second run writes again"
    if text.source is again.source is Source.MODEL:
        other, direct = planned(path, new, again, policy), planned(path, data, again, policy)
        same = (other.new or new) == (direct.new or data)
        assert same, "captioning again differs from captioning the original"


def planned(path, data, text, policy):
    facts = read_facts(data, "?")
    text = replace(text, known=(*filter(None, (facts.caption,)), *facts.other_captions))
    with open(path, "wb") as file:
        file.write(data)
    try:
        return FileMetadataWriter().plan(path, text, policy)
    except PhotoError:
        return None
    finally:
        os.unlink(path)
