import os
import sys
import time
from pathlib import Path

import pytest

from closeout.reading.sources.faults import page_list
from closeout.reading.sources.recognition import RecognitionError, recognized_copy, unread_pages

COPY = "import sys, shutil; shutil.copy(sys.argv[-2], sys.argv[-1])"
ARGUMENTS = "import sys; open(sys.argv[-1], 'w').write(' '.join(sys.argv[1:-2]))"
FAIL = "import sys; print('first line', file=sys.stderr); sys.exit('no   such language')"
SILENT = "import sys; sys.exit(3)"
NOTHING = "pass"
SLEEP = "import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program called `ocrmypdf` on the path that does what a test says."""

    def install(code: str) -> None:
        path = tmp_path / "ocrmypdf"
        path.write_text(f"#!{sys.executable}\n{code}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return install


def test_the_program_gets_the_file_and_gives_the_new_one(program):
    program(COPY)
    assert recognized_copy(b"the bytes", [1], seconds=30) == b"the bytes"


def test_only_the_asked_pages_are_recognized_on_one_core(program):
    program(ARGUMENTS)
    arguments = recognized_copy(b"", [2, 5], seconds=30).decode()
    assert "--pages 2,5" in arguments
    assert "--skip-text" in arguments
    assert "--jobs 1" in arguments


def test_without_the_program_the_reader_is_told_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RecognitionError, match="install ocrmypdf and read the file again"):
        recognized_copy(b"", [1], seconds=30)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (FAIL, r"failed \(no such language\)"),
        (SILENT, r"failed \(no reason given\)"),
        (NOTHING, "wrote no result"),
    ],
)
def test_a_failure_says_why_and_what_to_do(program, code, message):
    program(code)
    with pytest.raises(RecognitionError, match=message) as caught:
        recognized_copy(b"", [1], seconds=30)
    assert "run it by hand" in str(caught.value)


def test_a_program_that_takes_too_long_is_ended_with_its_children(program):
    program(SLEEP)
    start = time.monotonic()
    with pytest.raises(RecognitionError, match="longer than 1 seconds"):
        recognized_copy(b"", [1], seconds=0.5 + 0.5)
    assert time.monotonic() - start < 50


def test_no_file_is_left_behind(program, monkeypatch, tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    program(COPY)
    recognized_copy(b"x", [1], seconds=30)
    assert list(Path(folder).iterdir()) == []


def test_unread_pages_are_listed_with_advice():
    problem = unread_pages([3], "do this")
    assert problem.code == "pages-without-text"
    assert problem.message == "page 3 is scanned, without text, and not read; do this"


@pytest.mark.parametrize(
    ("numbers", "listed"),
    [([4], "page 4 is"), ([1, 2, 3], "pages 1-3 are"), ([1, 3, 4, 9], "pages 1, 3-4, 9 are")],
)
def test_page_lists_name_runs(numbers, listed):
    assert page_list(numbers) == listed
