import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from closeout.reading import crew as crew_module
from closeout.reading.crew import Bounds, Crew, Slot, WorkersFailedError
from closeout.reading.messages import Task
from closeout.reading.model import DocumentReading
from closeout.reading.sources import DEFAULT_LIMITS
from tests.reading import rogue
from tests.reading.samples import LETTER, make_zip, write_all

NO_BOUNDS = Bounds(seconds=60, memory_bytes=None)


def unknown(_sha256: str, _name: str) -> DocumentReading | None:
    return None


def make_crew(count: int = 2, **options) -> Crew[Slot]:
    values = {"bounds": NO_BOUNDS, "known": unknown, "target": rogue.serve}
    return Crew(count, **(values | options))


def slots_for(folder: Path, names: Iterable[str]) -> Iterator[Slot]:
    return (Slot(Task(str(folder / name), name, DEFAULT_LIMITS)) for name in names)


def run(folder: Path, files: dict[str, str], crew: Crew[Slot] | None = None) -> dict[str, list[str]]:
    """Return the codes of the problems of each file, in the order in which the files came."""
    write_all(folder, {name: text.encode() for name, text in files.items()})
    found: dict[str, list[str]] = {}
    for _, reading in (crew or make_crew()).results(slots_for(folder, files)):
        if reading is not None:
            found[reading.document.path] = [problem.code for problem in reading.document.problems]
    return found


def test_results_come_in_the_order_of_the_tasks(tmp_path):
    files = {f"{number}.txt": LETTER * (1 + 200 * (number % 3 == 0)) for number in range(40)}
    assert list(run(tmp_path, files)) == list(files)


def test_a_slot_is_followed_by_nothing_when_it_is_done(tmp_path):
    write_all(tmp_path, {"a.zip": make_zip({"1.txt": b"One of the lamps.", "2.txt": b"Two of them."})})
    results = [reading for _, reading in make_crew(1).results(slots_for(tmp_path, ["a.zip"]))]
    assert [reading and reading.document.path for reading in results] == [
        "a.zip!/1.txt",
        "a.zip!/2.txt",
        None,
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_a_crash_loses_one_file_and_no_other(tmp_path, count):
    files = {f"{number}.txt": LETTER for number in range(6)} | {"2.txt": "CRASH", "3.txt": "CRASH"}
    found = run(tmp_path, files, make_crew(count))
    assert found == {f"{number}.txt": ["crashed"] if number in {2, 3} else [] for number in range(6)}


def test_a_file_during_which_the_process_was_killed_is_tried_once_more(tmp_path):
    files = {"a.txt": f"STUMBLE {tmp_path / 'mark'}", "b.txt": LETTER}
    assert run(tmp_path, files, make_crew(1)) == {"a.txt": [], "b.txt": []}


def test_a_file_that_takes_too_long_is_stopped_and_the_rest_read(tmp_path):
    crew = make_crew(1, bounds=Bounds(seconds=1.5, memory_bytes=None))
    assert run(tmp_path, {"a.txt": "HANG", "b.txt": LETTER}, crew) == {"a.txt": ["timed-out"], "b.txt": []}


def test_a_process_that_will_not_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(crew_module, "_END_SECONDS", 0.3)
    crew = make_crew(1, bounds=Bounds(seconds=1.5, memory_bytes=None))
    assert run(tmp_path, {"a.txt": "STUBBORN", "b.txt": LETTER}, crew) == {
        "a.txt": ["timed-out"],
        "b.txt": [],
    }


def test_many_results_known_beforehand_are_opened_a_few_at_a_time():
    made = 0

    def slots() -> Iterator[Slot]:
        nonlocal made
        for _ in range(500):
            made += 1
            yield Slot(None)

    results = make_crew(1).results(slots())
    next(results)
    assert made < 100
    assert sum(1 for _ in results) == 499


def test_a_file_that_needs_too_much_memory_is_reported_and_the_rest_read(tmp_path):
    assert run(tmp_path, {"a.txt": "HUNGER", "b.txt": LETTER}) == {"a.txt": ["out-of-memory"], "b.txt": []}


def test_the_memory_of_a_process_is_bounded_for_real(tmp_path):
    crew = make_crew(1, bounds=Bounds(seconds=60, memory_bytes=2 * 1024**3), target=rogue.hungry)
    assert run(tmp_path, {"a.txt": LETTER}, crew) == {"a.txt": ["out-of-memory"]}


def test_a_crash_on_a_member_of_an_archive_loses_that_member_only(tmp_path):
    members = {
        "1.txt": LETTER.encode(),
        "2.txt": b"CRASH",
        "3.txt": b"Lamps.",
        "4.txt": b"CRASH",
        "5.txt": b"Oil.",
    }
    write_all(tmp_path, {"a.zip": make_zip(members)})
    results = [reading for _, reading in make_crew(1).results(slots_for(tmp_path, ["a.zip"])) if reading]
    assert [(reading.document.path, reading.problems[0].code) for reading in results] == [
        ("a.zip!/1.txt", "unknown-family"),
        ("a.zip!/2.txt", "crashed"),
        ("a.zip!/3.txt", "unknown-family"),
        ("a.zip!/4.txt", "crashed"),
        ("a.zip!/5.txt", "unknown-family"),
    ]


def test_a_member_of_an_archive_that_takes_too_long_is_passed_over(tmp_path):
    write_all(tmp_path, {"a.zip": make_zip({"1.txt": b"HANG", "2.txt": b"Oil."})})
    crew = make_crew(1, bounds=Bounds(seconds=1.5, memory_bytes=None))
    results = [reading for _, reading in crew.results(slots_for(tmp_path, ["a.zip"])) if reading]
    assert [reading.problems[0].code for reading in results] == ["timed-out", "unknown-family"]


def test_the_reason_of_a_crash_is_named_with_what_to_do(tmp_path):
    write_all(tmp_path, {"a.txt": b"CRASH"})
    ((_, reading), _) = make_crew(1).results(slots_for(tmp_path, ["a.txt"]))
    assert "signal 11" in reading.problems[0].message
    assert "save it in another format" in reading.problems[0].message


def test_a_process_that_dies_while_it_has_nothing_to_do_loses_nothing(tmp_path):
    names = ["a.txt", "b.txt", "c.txt"]
    write_all(tmp_path, {name: f"Lamps of {name}".encode() for name in names})
    crew = make_crew(1)

    def slots() -> Iterator[Slot]:
        first, second, third = slots_for(tmp_path, names)
        yield first
        yield second
        time.sleep(0.5)
        process = crew._workers[0].process
        process.kill()
        process.join()
        yield third

    found = [reading for _, reading in crew.results(slots()) if reading]
    assert [reading.document.text for reading in found] == [f"Lamps of {name}" for name in names]


def test_processes_that_cannot_start_are_an_error_not_an_endless_loop(tmp_path):
    with pytest.raises(WorkersFailedError, match="cannot start"):
        run(tmp_path, {"a.txt": LETTER}, make_crew(target=rogue.stillborn))


def test_processes_that_never_start_are_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(crew_module, "_START_SECONDS", 0.0)
    with pytest.raises(WorkersFailedError, match="cannot start"):
        run(tmp_path, {"a.txt": LETTER}, make_crew(bounds=Bounds(seconds=0.0)))


def test_results_known_beforehand_keep_their_place(tmp_path):
    write_all(tmp_path, {"a.txt": LETTER.encode(), "c.txt": b"Oil."})
    first, third = slots_for(tmp_path, ["a.txt", "c.txt"])
    (known, _) = (reading for _, reading in make_crew(1).results(slots_for(tmp_path, ["c.txt"])))
    second = Slot(None)
    second.results.extend([known, lambda: [known, known]])
    results = list(make_crew(1).results(iter([first, second, third])))
    assert [(slot, reading is None) for slot, reading in results] == [
        (first, False),
        (first, True),
        (second, False),
        (second, False),
        (second, False),
        (second, True),
        (third, False),
        (third, True),
    ]


def test_members_of_an_archive_that_are_known_are_put_in_without_reading(tmp_path):
    write_all(tmp_path, {"a.zip": make_zip({"1.txt": b"CRASH", "2.txt": b"Oil."}), "b.txt": b"Oil."})
    ((_, other), _) = make_crew(1).results(slots_for(tmp_path, ["b.txt"]))

    def known(_sha256: str, name: str) -> DocumentReading | None:
        return other if name.endswith("1.txt") else None

    results = [
        reading for _, reading in make_crew(1, known=known).results(slots_for(tmp_path, ["a.zip"])) if reading
    ]
    assert results[0] is other
    assert results[1].document.path == "a.zip!/2.txt"


def test_a_crowd_of_early_results_waits_without_being_lost(tmp_path):
    members = {f"{number}.txt": f"Lamp {number}.".encode() for number in range(120)}
    write_all(tmp_path, {"slow.txt": LETTER.encode() * 3_000, "many.zip": make_zip(members)})
    results = [
        reading
        for _, reading in make_crew(2).results(slots_for(tmp_path, ["slow.txt", "many.zip"]))
        if reading
    ]
    assert len(results) == 121
    assert results[0].document.path == "slow.txt"


def test_stopping_early_ends_the_processes(tmp_path):
    write_all(tmp_path, {"a.txt": LETTER.encode(), "b.txt": b"HANG"})
    crew = make_crew(2)
    results = crew.results(slots_for(tmp_path, ["a.txt", "b.txt"]))
    next(results)
    processes = [worker.process for worker in crew._workers]
    results.close()
    for process in processes:
        with pytest.raises(ValueError, match="closed"):
            process.is_alive()


@pytest.fixture
def listening():
    """Let SIGINT interrupt: a shell that starts the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("listening")
def test_an_interruption_ends_the_run_and_its_processes(tmp_path):
    write_all(tmp_path, {"a.txt": b"INTERRUPT"})
    crew = make_crew(1)
    with pytest.raises(KeyboardInterrupt):
        list(crew.results(slots_for(tmp_path, ["a.txt"])))
    with pytest.raises(ValueError, match="closed"):
        crew._workers[0].process.is_alive()


def test_an_interruption_while_processes_start_ends_those_that_have(tmp_path, monkeypatch):
    crew = make_crew(2)
    hire = crew._hire

    def hire_one_only():
        if crew._workers:
            raise KeyboardInterrupt
        return hire()

    monkeypatch.setattr(crew, "_hire", hire_one_only)
    with pytest.raises(KeyboardInterrupt):
        list(crew.results(slots_for(tmp_path, [])))
    (worker,) = crew._workers
    with pytest.raises(ValueError, match="closed"):
        worker.process.is_alive()
