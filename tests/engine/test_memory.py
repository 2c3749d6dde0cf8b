"""Free memory is what the container may take, not what the computer has."""

from pathlib import Path

from blipdesk.engine.memory import cgroup_room, free_memory

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
    assert cgroup_room(membership(tmp_path, "0::/user/job\n"), root) == 3 * GIB
    group(root / "user" / "job", str(2 * GIB), GIB, 0)
    assert cgroup_room(membership(tmp_path, "0::/user/job\n"), root) == GIB


def test_a_container_that_shows_only_its_own_top(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root, str(GIB), GIB // 4, 0)
    assert cgroup_room(membership(tmp_path, "0::/docker/0123\n"), root) == GIB - GIB // 4


def test_the_older_hierarchy(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root / "memory" / "job", str(GIB), GIB // 2, GIB // 8, version=1)
    group(root / "memory", str(9223372036854771712), 0, 0, version=1)
    text = "5:cpu,cpuacct:/job\n4:memory:/job\n0::/\n"
    assert cgroup_room(membership(tmp_path, text), root) == GIB // 2 + GIB // 8


def test_no_limit_or_no_groups_at_all(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root, "max", GIB, 0)
    assert cgroup_room(membership(tmp_path, "0::/\n"), root) is None
    assert cgroup_room(tmp_path / "no such file", root) is None
    assert cgroup_room(membership(tmp_path, "strange\n\n"), root) is None


def test_a_group_that_is_over_its_limit_has_nothing_left(tmp_path: Path) -> None:
    root = tmp_path / "fs"
    group(root, str(GIB), 2 * GIB, 0)
    assert cgroup_room(membership(tmp_path, "0::/\n"), root) == 0


def test_this_computer_has_some_memory_free() -> None:
    assert free_memory("cpu") > 1 << 20
