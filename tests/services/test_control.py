import threading
from pathlib import Path

import pytest

from blipdesk.domain.errors import Cancelled, KnownError, UsageError
from blipdesk.services.control import ControlServer, NotRunningError, address, request


@pytest.fixture
def serve(tmp_path):
    servers = []

    def start(**handlers):
        server = ControlServer(tmp_path, handlers)
        server.start()
        servers.append(server)
        return tmp_path

    yield start
    for server in servers:
        server.close()


def test_a_request_is_answered(serve):
    data_dir = serve(edit=lambda arguments, _: {"caption": arguments["caption"].upper()})
    assert request(data_dir, "edit", caption="é 写真") == {"caption": "É 写真"}


def test_a_refusal_arrives_in_the_holders_words(serve):
    def refuse(*_):
        raise UsageError("No such photo.", "Add its folder.")

    data_dir = serve(edit=refuse)
    with pytest.raises(KnownError, match="No such photo") as caught:
        request(data_dir, "edit")
    assert caught.value.remedy == "Add its folder."


def test_a_bug_in_the_holder_does_not_end_its_door(serve):
    data_dir = serve(bad=lambda *_: 1 / 0, good=lambda *_: 7)
    with pytest.raises(KnownError, match="ZeroDivisionError"):
        request(data_dir, "bad")
    assert request(data_dir, "good") == 7


def test_many_knock_at_once(serve):
    data_dir = serve(double=lambda arguments, _: arguments["n"] * 2)
    results = {}
    threads = [
        threading.Thread(target=lambda n=n: results.__setitem__(n, request(data_dir, "double", n=n)))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: 2 * n for n in range(12)}


def test_nobody_there(tmp_path):
    with pytest.raises(NotRunningError):
        request(tmp_path, "edit")


def test_the_socket_of_a_killed_process_does_not_block_the_next(serve, tmp_path):
    with open(address(tmp_path), "w", encoding="utf-8"):
        pass
    data_dir = serve(ping=lambda *_: "pong")
    assert request(data_dir, "ping") == "pong"


def test_a_data_folder_that_others_may_read_has_a_door_for_its_owner_alone(serve, tmp_path):
    tmp_path.chmod(0o755)
    data_dir = serve(ping=lambda *_: "pong")
    assert request(data_dir, "ping") == "pong"
    assert Path(address(data_dir)).stat().st_mode & 0o777 == 0o600


def test_no_door_where_others_could_put_theirs(serve, tmp_path):
    tmp_path.chmod(0o777)
    with pytest.raises(NotRunningError):
        request(serve(ping=lambda *_: "pong"), "ping")


def test_a_data_folder_with_a_long_name_still_has_a_door(tmp_path):
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    server = ControlServer(deep, {"ping": lambda *_: "pong"})
    server.start()
    assert request(deep, "ping") == "pong"
    server.close()


def test_a_closed_door_leaves_no_thread_behind(tmp_path):
    server = ControlServer(tmp_path, {})
    server.start()
    server.close()
    assert "blipdesk-control" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(NotRunningError):
        request(tmp_path, "ping")


def test_a_long_answer_says_how_far_it_is(serve):
    heard = []

    def long(arguments, on_progress):
        on_progress(3, arguments["of"])
        return "done"

    data_dir = serve(long=long)
    assert request(data_dir, "long", of=9, on_progress=lambda *told: heard.append(told)) == "done"
    assert heard == [(3, 9)]


def test_whoever_leaves_stops_the_work(serve):
    stopped = threading.Event()

    def long(_, on_progress):
        try:
            while True:
                on_progress(1, 2)
        except Cancelled:
            stopped.set()
            raise

    def leave(*_):
        raise Cancelled

    data_dir = serve(long=long)
    with pytest.raises(Cancelled):
        request(data_dir, "long", on_progress=leave)
    assert stopped.wait(30)


def test_work_that_is_stopped_still_says_what_it_did(serve):
    def long(_, on_progress):
        done = 0
        try:
            while True:
                done += 1
                on_progress(done, 1 << 30)
        except Cancelled:
            return "as much as was done"

    def enough(*_):
        raise Cancelled

    assert request(serve(long=long), "long", on_progress=enough) == "as much as was done"
