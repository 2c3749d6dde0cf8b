"""Writing back while the worker runs."""

import threading

from pipeline_waiting import PATIENCE

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WritePolicy
from blipdesk.pipeline.writeback import WriteBack


def test_captions_are_written_back_while_it_runs(worker):
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1)
    worker.write_to(WritePolicy(WriteTarget.EMBED))
    worker.wait(lambda: (worker.top / "a.jpg").read_bytes() == b"a|photo of a")
    worker.catalog.by_path(worker.top / "a.jpg").user_caption = "mine"
    worker.catalog._publish()
    worker.wait(lambda: (worker.top / "a.jpg").read_bytes() == b"a|mine")
    worker.put("b.jpg")
    worker.pipeline.request_scan()
    worker.wait(
        lambda: (b := worker.catalog.by_path(worker.top / "b.jpg")) and b.caption and worker.all_done()
    )
    assert {record.captioned_times for record in worker.catalog.records.values()} == {1}


def test_a_pause_holds_the_writing_between_two_files_and_says_how_far_it_is(worker):
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 3)
    plan, written, rests = worker.writer.plan, [], threading.Event()
    apply = worker.writer.apply
    changed = worker.pipeline._writing.run._changed
    wait = changed.wait

    def wait_and_say(timeout=None):
        rests.set()
        return wait(timeout)

    def plan_and_pause(*what):
        if not written:
            worker.pipeline.pause()
            changed.wait = wait_and_say  # from now on it is told when the writing thread rests
        return plan(*what)

    def apply_and_note(plan):
        apply(plan)
        written.append(plan.photo_path)

    worker.writer.plan, worker.writer.apply = plan_and_pause, apply_and_note
    worker.write_to(WritePolicy(WriteTarget.EMBED))
    assert rests.wait(PATIENCE)
    assert len(written) == 1
    worker.wait(lambda: worker.writes[-1] == (1, 3))
    worker.pipeline.resume()
    worker.wait(lambda: worker.writes[-2:] == [(3, 3), (0, 0)])
    assert len(written) == 3


def test_news_during_the_end_of_the_writing_does_not_keep_it_from_ending(worker):
    in_pass, gate = threading.Event(), threading.Event()

    def pending_writes(*_, **__):
        in_pass.set()
        gate.wait(PATIENCE)
        return []

    worker.catalog.pending_writes = pending_writes
    writeback = WriteBack(worker.catalog, worker.writer, WritePolicy(WriteTarget.EMBED))
    writeback.start(by_rounds=True)
    threads = [threading.Thread(target=writeback.write_round, daemon=True)]
    threads[0].start()
    assert in_pass.wait(PATIENCE)  # the round is being written
    threads.append(threading.Thread(target=writeback.finish, daemon=True))
    threads[1].start()
    worker.wait(lambda: writeback._last_pass)
    writeback.wake()  # the last commit's news comes after the wish to end
    gate.set()
    ended = writeback.join(PATIENCE)
    writeback.request_stop()
    assert ended
    for thread in threads:
        thread.join(PATIENCE)
