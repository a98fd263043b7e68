import functools
from dataclasses import replace
from pathlib import Path

import pytest

from closeout.reading import folder as folder_module
from closeout.reading.crew import Bounds, Crew
from closeout.reading.folder import Outcome, Progress, default_workers, read_paths
from closeout.reading.model import DocumentReading, Problem
from closeout.reading.sources import Limits
from closeout.reading.sources.faults import sha256_of
from tests.reading import rogue
from tests.reading.samples import LETTER, make_pdf, make_zip, write_all

FILES = {
    "a.txt": LETTER.encode(),
    "b.html": f"<html><body><p>{LETTER}</p></body></html>".encode(),
    "c/copy.txt": LETTER.encode(),
    "c/empty.txt": b"",
    "d.pdf": make_pdf("Lamps."),
    "e.zip": make_zip({"x.txt": LETTER.encode(), "y.txt": b"Oil for the lamps."}),
    "f.zip": make_zip({"x.txt": LETTER.encode(), "y.txt": b"Oil for the lamps."}),
}
PATHS = ["a.txt", "b.html", "c/copy.txt", "c/empty.txt", "d.pdf", "e.zip!/x.txt", "e.zip!/y.txt"]
PATHS += ["f.zip!/x.txt", "f.zip!/y.txt"]


@pytest.fixture
def lamps(tmp_path):
    return write_all(tmp_path, FILES)


@pytest.fixture(params=[0, 1, 2])
def workers(request):
    return request.param


def paths_of(folder: Path, readings: list[DocumentReading]) -> list[str]:
    return [reading.document.path.removeprefix(f"{folder.as_posix()}/") for reading in readings]


def test_every_document_comes_in_a_stable_order(lamps, workers):
    readings = list(read_paths([lamps], workers=workers))
    assert paths_of(lamps, readings) == PATHS


def test_readings_do_not_depend_on_the_number_of_processes(lamps):
    assert list(read_paths([lamps], workers=0)) == list(read_paths([lamps], workers=2))


def test_copies_are_read_once_and_given_under_their_own_name(lamps, workers):
    events: list[Progress] = []
    readings = list(read_paths([lamps], workers=workers, progress=events.append))
    outcomes = {Path(event.name).name: event.outcome for event in events}
    assert outcomes["copy.txt"] is outcomes["f.zip"] is Outcome.COPY
    assert list(outcomes.values()).count(Outcome.READ) == 5
    assert readings[0].document.sha256 == readings[2].document.sha256
    assert readings[0].records == readings[2].records


def test_files_of_equal_size_are_not_taken_for_copies(tmp_path, workers):
    write_all(tmp_path, {"a.txt": b"Lamps one.", "b.txt": b"Lamps two.", "c.txt": b"Lamps one."})
    readings = list(read_paths([tmp_path], workers=workers))
    assert [reading.document.text for reading in readings] == ["Lamps one.", "Lamps two.", "Lamps one."]


def test_progress_is_told_after_each_file(lamps, workers):
    events: list[Progress] = []
    list(read_paths([lamps], workers=workers, progress=events.append))
    assert [event.done for event in events] == [1, 2, 3, 4, 5, 6, 7]
    assert {event.total for event in events} == {7}
    assert events[0].name == (lamps / "a.txt").as_posix()


def test_a_second_run_reads_only_what_is_new(lamps, workers):
    first = list(read_paths([lamps], workers=0))
    stored = {reading.document.sha256: reading for reading in first}
    write_all(lamps, {"new.txt": b"New words on lamps."})
    events: list[Progress] = []
    second = list(read_paths([lamps], workers=workers, known=stored.get, progress=events.append))
    assert second[:-1] == first
    outcomes = {Path(event.name).name: event.outcome for event in events}
    assert outcomes.pop("new.txt") is Outcome.READ
    assert outcomes.pop("empty.txt") is Outcome.READ
    assert {outcomes["a.txt"], outcomes["b.html"], outcomes["d.pdf"]} == {Outcome.KNOWN}


def test_members_of_archives_are_known_too(lamps, workers, monkeypatch):
    stored = {
        reading.document.sha256: replace(reading, title="kept") for reading in read_paths([lamps], workers=0)
    }
    second = read_paths([lamps / "e.zip"], workers=workers, known=stored.get)
    assert [(reading.title, Path(reading.document.path).name) for reading in second] == [
        ("kept", "x.txt"),
        ("kept", "y.txt"),
    ]


def test_an_earlier_reading_by_older_readers_is_not_used(lamps):
    def known(_sha256: str) -> DocumentReading:
        (reading,) = read_paths([lamps / "d.pdf"], workers=0)
        return replace(reading, extractor_version="0", title="old")

    (reading,) = read_paths([lamps / "a.txt"], workers=0, known=known)
    assert reading.document.text == LETTER


def test_an_earlier_failure_is_tried_again(lamps):
    (read,) = read_paths([lamps / "a.txt"], workers=0)
    failed = replace(read, title="old", problems=(Problem("scanned-pdf", "unread", fatal=True),))
    (reading,) = read_paths([lamps / "a.txt"], workers=0, known=lambda _sha256: failed)
    assert reading.title != "old"


def test_what_cannot_be_read_is_a_reading_with_its_problem(lamps, workers):
    readings = list(read_paths([lamps / "c/empty.txt", lamps / "none.txt", lamps / "a.txt"], workers=workers))
    assert [[problem.code for problem in reading.document.problems] for reading in readings] == [
        ["empty-file"],
        ["unreadable-file"],
        [],
    ]


def test_a_file_over_the_limit_is_refused_and_never_hashed(lamps, monkeypatch):
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("it was read"))
    (reading,) = read_paths([lamps / "a.txt"], workers=0, limits=Limits(file_bytes=10))
    assert [problem.code for problem in reading.problems] == ["too-large"]


def test_a_file_that_cannot_be_hashed_is_still_reported(lamps, monkeypatch):
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (reading,) = read_paths([lamps / "a.txt"], workers=0)
    assert reading.problems[0].code == "unreadable-file"
    assert "Permission denied" in reading.problems[0].message


def test_a_crash_loses_one_file_of_a_folder(tmp_path, monkeypatch):
    write_all(
        tmp_path,
        {f"{number}.txt": b"CRASH" if number == 3 else f"Lamp {number}.".encode() for number in range(9)},
    )
    monkeypatch.setattr(folder_module, "Crew", functools.partial(Crew, target=rogue.serve))
    readings = list(read_paths([tmp_path], workers=2, bounds=Bounds(seconds=60)))
    assert [number for number, reading in enumerate(readings) if reading.problems[0].fatal] == [3]
    assert len(readings) == 9
    assert readings[3].document.sha256 == sha256_of(b"CRASH")


def test_nothing_to_read_gives_nothing(tmp_path, workers):
    assert list(read_paths([tmp_path], workers=workers)) == []


def test_two_processes_at_most_read_unless_more_are_asked_for(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    assert default_workers() == 2
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert default_workers() == 1
