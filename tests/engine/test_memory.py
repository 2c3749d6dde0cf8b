"""Free memory and processors are what the container may take, not what the computer has."""

import os
from pathlib import Path

import pytest

from blipdesk.engine.cgroups import memory_room, processor_share
from blipdesk.engine.computing import threads_for
from blipdesk.engine.memory import free_memory

GIB = 1 << 30


def group(folder: Path, limit: str, use: int, idle: int, *, version: int = 2) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = (
        ("memory.max", "memory.current")
        if version == 2
        else ("memory.limit_in_bytes", "memory.usage_in_bytes")
    )
    (folder / names[0]).write_text(f"{limit}\n")
    (folder / names[1]).write_text(f"{use}\n")
    prefix = "" if version == 2 else "total_"
    (folder / "memory.stat").write_text(f"anon 1\n{prefix}inactive_file {idle}\n")


def membership(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cgroup"
    path.write_text(text)
    return path


def test_the_tightest_limit_on_the_way_up_counts(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root / "user", str(4 * GIB), 2 * GIB, GIB)
    group(root / "user" / "job", "max", GIB, 0)
    assert memory_room(membership(tmp_path, "0::/user/job\n"), root) == 3 * GIB
    group(root / "user" / "job", str(2 * GIB), GIB, 0)
    assert memory_room(membership(tmp_path, "0::/user/job\n"), root) == GIB


def test_a_container_that_shows_only_its_own_top(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root, str(GIB), GIB // 4, 0)
    assert memory_room(membership(tmp_path, "0::/docker/0123\n"), root) == GIB - GIB // 4


def test_the_older_hierarchy(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root / "memory" / "job", str(GIB), GIB // 2, GIB // 8, version=1)
    group(root / "memory", str(9223372036854771712), 0, 0, version=1)
    text = "5:cpu,cpuacct:/job\n4:memory:/job\n0::/\n"
    assert memory_room(membership(tmp_path, text), root) == GIB // 2 + GIB // 8


def test_no_limit_or_no_groups_at_all(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root, "max", GIB, 0)
    assert memory_room(membership(tmp_path, "0::/\n"), root) is None
    assert memory_room(tmp_path / "no such file", root) is None
    assert memory_room(membership(tmp_path, "strange\n\n"), root) is None


def test_a_group_that_is_over_its_limit_has_nothing_left(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root, str(GIB), 2 * GIB, 0)
    assert memory_room(membership(tmp_path, "0::/\n"), root) == 0


def test_this_computer_has_some_memory_free() -> None:
    assert free_memory("cpu") > 1 << 20


def test_processors_are_those_of_the_tightest_quota(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    (root / "user" / "job").mkdir(parents=True)
    (root / "user" / "cpu.max").write_text("150000 100000\n")
    (root / "user" / "job" / "cpu.max").write_text("max 100000\n")
    assert processor_share(membership(tmp_path, "0::/user/job\n"), root) == 1.5
    old = root / "cpu" / "job"
    old.mkdir(parents=True)
    (old / "cpu.cfs_quota_us").write_text("50000\n")
    (old / "cpu.cfs_period_us").write_text("100000\n")
    assert processor_share(membership(tmp_path, "5:cpu,cpuacct:/job\n0::/\n"), root) == 0.5
    (old / "cpu.cfs_quota_us").write_text("-1\n")
    assert processor_share(membership(tmp_path, "5:cpu,cpuacct:/job\n"), root) is None


def test_no_more_threads_than_the_quota_lets_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blipdesk.engine.cgroups.processor_share", lambda: 0.5)
    assert threads_for(1 << 30) == 1
    monkeypatch.setattr("blipdesk.engine.cgroups.processor_share", lambda: 1000.0)
    assert threads_for(1 << 30) == len(os.sched_getaffinity(0))
    assert threads_for(1) == 1, "a tiny model's matrices are too small to share"
