"""Work on folders that is killed when it reaches the disk for the n-th time, for one n after another."""

import multiprocessing
import os
import shutil
import sys

from blipdesk.catalog import Catalog

# A start of Python and its imports would take longer than the work.
_processes = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
_MOST, _EVERY = 80, 2


def kills(top, work, steps_of_os, steps_of_catalog):
    """Do the work again and again in a process of its own, each time on ``top`` as it is now.

    Args:
        top: holds the folders ``photos`` and ``data``, that of a catalog which nobody has open.
        work: takes the catalog, opened.
        steps_of_os: functions of ``os`` that reach the disk.
        steps_of_catalog: methods of the catalog that do.

    Yields:
        The number of the step that the process was killed at; last of all 0, when it came to its end.
    """
    kept = top / "kept"
    for name in ("photos", "data"):
        shutil.copytree(top / name, kept / name)
    for fatal in range(1, _MOST, _EVERY):
        for name in ("photos", "data"):
            shutil.rmtree(top / name)
            shutil.copytree(kept / name, top / name)
        process = _processes.Process(
            target=_work_until, args=(top / "data", work, steps_of_os, steps_of_catalog, fatal)
        )
        process.start()
        process.join()
        if process.exitcode == 0:
            yield 0
            return
        assert process.exitcode == -9
        yield fatal
    raise AssertionError("it came to no end")


def _work_until(data, work, steps_of_os, steps_of_catalog, fatal):
    count = 0

    def counted(function):
        def step(*arguments, **named):
            nonlocal count
            count += 1
            if count == fatal:
                os.kill(os.getpid(), 9)
            return function(*arguments, **named)

        return step

    catalog = Catalog.open(data)
    for place, names in ((os, steps_of_os), (catalog, steps_of_catalog)):
        for name in names:
            setattr(place, name, counted(getattr(place, name)))
    work(catalog)
    os._exit(0)
