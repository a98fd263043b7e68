import signal
import sys
import threading
from multiprocessing import Pipe

import pytest

from closeout.reading import worker
from closeout.reading.messages import Ended, Question, Started, Task, renamed, unread_file
from closeout.reading.model import DocumentReading
from closeout.reading.sources import DEFAULT_LIMITS
from closeout.reading.worker import Server, read_file, serve
from tests.reading.samples import LETTER, make_zip, write_all

FILES = {
    "a.txt": LETTER.encode(),
    "b.zip": make_zip({"x.txt": LETTER.encode(), "y.txt": b"Other words of lamps."}),
}


@pytest.fixture
def folder(tmp_path):
    return write_all(tmp_path, FILES)


@pytest.fixture
def server():
    """Run a server in a thread; give the other end of its connection."""
    ours, theirs = Pipe()

    def run() -> None:
        with pytest.raises(EOFError):
            Server(theirs).run()

    thread = threading.Thread(target=run)
    thread.start()
    yield ours
    ours.close()
    thread.join()
    theirs.close()


def make_task(path) -> Task:
    return Task(str(path), path.name, DEFAULT_LIMITS)


def never(_sha256: str, _name: str) -> bool:
    return False


def test_a_file_gives_one_reading_and_an_archive_one_for_each_member(folder):
    assert [reading.document.path for reading in read_file(make_task(folder / "a.txt"), never)] == ["a.txt"]
    paths = [reading.document.path for reading in read_file(make_task(folder / "b.zip"), never)]
    assert paths == ["b.zip!/x.txt", "b.zip!/y.txt"]


def test_a_member_that_is_known_is_not_read_again(folder):
    asked: list[str] = []

    def is_known(_sha256: str, name: str) -> bool:
        asked.append(name)
        return name.endswith("x.txt")

    assert [reading.document.path for reading in read_file(make_task(folder / "b.zip"), is_known)] == [
        "b.zip!/y.txt"
    ]
    assert asked == ["b.zip!/x.txt", "b.zip!/y.txt"]


def test_the_server_says_that_it_is_up_then_reads_and_says_when_done(server, folder):
    assert server.recv() == Started()
    server.send(make_task(folder / "a.txt"))
    reading = server.recv()
    assert isinstance(reading, DocumentReading)
    assert reading.document.text == LETTER
    assert server.recv() == Ended()


def test_a_task_that_arrives_before_an_answer_waits_its_turn(server, folder):
    server.recv()
    server.send(make_task(folder / "b.zip"))
    server.send(make_task(folder / "a.txt"))
    first = server.recv()
    assert (type(first), first.name) == (Question, "b.zip!/x.txt")
    server.send(True)
    assert server.recv().name == "b.zip!/y.txt"
    server.send(False)
    assert server.recv().document.path == "b.zip!/y.txt"
    assert server.recv() == Ended()
    assert server.recv().document.path == "a.txt"
    assert server.recv() == Ended()


def test_a_document_that_needs_too_much_memory_is_reported_and_the_server_goes_on(
    server, folder, monkeypatch
):
    def hunger(_document: object) -> DocumentReading:
        raise MemoryError

    monkeypatch.setattr(worker, "read_document", hunger)
    server.recv()
    server.send(make_task(folder / "a.txt"))
    (problem,) = server.recv().problems
    assert (problem.code, problem.fatal) == ("out-of-memory", True)
    assert "split it" in problem.message
    assert server.recv() == Ended()


def test_the_process_leaves_interruption_to_its_parent_and_ends_with_the_connection(monkeypatch):
    handlers: dict[int, object] = {}
    bounds: list[int | None] = []
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(worker, "_bound_memory", bounds.append)
    ours, theirs = Pipe()
    ours.close()
    serve(theirs, 5)
    assert handlers[signal.SIGINT] is signal.SIG_IGN
    assert bounds == [5]
    with pytest.raises(SystemExit):
        handlers[signal.SIGTERM](signal.SIGTERM, None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bound")
@pytest.mark.parametrize(("hard", "bound"), [(-1, 5), (100, 5), (3, 3)])
def test_memory_is_bounded_as_far_as_the_machine_allows(monkeypatch, hard, bound):
    import resource  # noqa: PLC0415 - it does not exist on Windows

    limits: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (hard, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _kind, pair: limits.append(pair))
    worker._bound_memory(5)
    worker._bound_memory(None)
    assert limits == [(bound, hard)]


def test_an_unread_file_gives_a_reading_with_the_reason():
    reading = unread_file("a.txt", "crashed", "what happened")
    assert (reading.family, reading.document.path, reading.records) == ("unknown", "a.txt", ())
    assert reading.problems == reading.document.problems
    assert reading.problems[0].fatal


def test_a_reading_can_be_given_another_name(folder):
    (reading,) = read_file(make_task(folder / "a.txt"), never)
    other = renamed(reading, "copy.txt")
    assert other.document.path == "copy.txt"
    assert other.document.text == reading.document.text
