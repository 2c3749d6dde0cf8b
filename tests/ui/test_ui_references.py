"""PySide6 6.12.0 steals references to None and True on Python 3.10 and 3.11: an upgrade must not slip in."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

ROUNDS = 1000


class Emitter(QObject):
    fired = Signal()


def drift(work: object, watched: object) -> int:
    before = sys.getrefcount(watched)
    for number in range(ROUNDS):
        work(number)
    return abs(sys.getrefcount(watched) - before)


# Immortal objects (Python 3.12 and later) have a constant count: there the test passes by itself.
@pytest.mark.parametrize("watched", [None, True])
def test_calls_and_signals_steal_no_reference(qtbot, watched):
    label, emitter, heard = QLabel(), Emitter(), []
    qtbot.addWidget(label)
    emitter.fired.connect(lambda: heard.append(1))
    assert drift(lambda n: label.setText(str(n)), watched) < ROUNDS // 10
    assert drift(lambda n: label.resize(10 + n % 2, 10), watched) < ROUNDS // 10
    assert drift(lambda _: label.update(), watched) < ROUNDS // 10
    assert drift(lambda _: emitter.fired.emit(), watched) < ROUNDS // 10
    assert len(heard) == ROUNDS
