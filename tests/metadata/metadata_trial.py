"""One broken file through reading and writing, as the program does it: clean, or refused in words."""

import os

import metadata_damage
from hypothesis import strategies as st

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.values import FileFacts, Source, WriteTarget
from blipdesk.domain.writes import ExistingText, WriteOutcome, WritePolicy, WriteText
from blipdesk.metadata import FileMetadataWriter, read_facts

TEXTS = (
    WriteText("a dog läuft over the 緑 lawn 🐕", Source.MODEL, ("dog", "草"), "demo@1/caption"),
    WriteText("a dog on a lawn", Source.MODEL, ("dog",), "demo@1/caption"),
    WriteText("Bella <läuft>", Source.USER, ("pet", "lawn"), user_keywords=("pet",)),
)
POLICIES = tuple(WritePolicy(WriteTarget.EMBED, existing, embed_heif=True) for existing in ExistingText)
texts, policies = st.sampled_from(TEXTS), st.sampled_from(POLICIES)


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
    facts = read_facts(data, "?")
    assert isinstance(facts, FileFacts)
    path = os.path.join(folder, "photo" + suffix)
    plan = planned(path, data, text, policy)
    if plan is None:
        return "unreadable"
    written = plan.outcome in (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR)
    assert written or plan.note, "nothing was said of a photo that was not written"
    if plan.outcome is WriteOutcome.EMBEDDED:
        new = plan.new
        assert metadata_damage.damage(data, new) is None, metadata_damage.damage(data, new)
        found = read_facts(new, "?")
        assert set(facts.keywords) <= set(found.keywords)
        if text.source is Source.USER:
            assert found.caption == text.caption
        elif policy.existing is ExistingText.SKIP:
            assert found.caption == facts.caption
        second = planned(path, new, text, policy)
        assert second.new in (None, new), "a second run writes again"
        if text.source is again.source is Source.MODEL:
            other, direct = planned(path, new, again, policy), planned(path, data, again, policy)
            assert (other.new or new) == direct.new, "captioning again differs from captioning the original"
    return plan.outcome.value


def planned(path, data, text, policy):
    with open(path, "wb") as file:
        file.write(data)
    try:
        return FileMetadataWriter().plan(path, text, policy)
    except PhotoError:
        return None
    finally:
        os.unlink(path)
