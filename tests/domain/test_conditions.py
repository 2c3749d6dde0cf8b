"""When the worker may work."""

import pytest

from blipdesk.domain.conditions import ANY_TIME, WaitReason, WorkConditions, wait_reason


class Computer:
    def __init__(self, idle, battery):
        self.idle, self.battery = idle, battery

    def idle_seconds(self):
        return self.idle

    def on_battery(self):
        return self.battery


BOTH = WorkConditions(idle_seconds=300, mains_only=True)


@pytest.mark.parametrize(
    ("conditions", "idle", "battery", "reason"),
    [
        (ANY_TIME, 0, True, None),
        (BOTH, 301, False, None),
        (BOTH, 299, False, WaitReason.IDLE),
        (BOTH, 301, True, WaitReason.MAINS),
        (BOTH, 0, True, WaitReason.MAINS),
        (BOTH, None, False, None),
        (WorkConditions(mains_only=True), 0, False, None),
    ],
)
def test_work_waits_for_what_the_person_set(conditions, idle, battery, reason):
    assert wait_reason(conditions, Computer(idle, battery)) is reason
