import os
from pathlib import Path

import pytest

from closeout.reading.walk import files_under
from tests.reading.samples import write_all

FILES = {
    "b.txt": b"",
    "a/2.txt": b"",
    "a/10.txt": b"",
    "c/d/e.txt": b"",
    ".hidden/x.txt": b"",
    "a/.x.txt": b"",
}


def names(folder: Path, *paths: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files_under(paths or (folder,))]


def test_a_folder_gives_its_files_sorted_by_name_without_hidden_ones(tmp_path):
    write_all(tmp_path, FILES)
    assert names(tmp_path) == ["a/10.txt", "a/2.txt", "b.txt", "c/d/e.txt"]


def test_named_paths_keep_their_order_and_come_once(tmp_path):
    write_all(tmp_path, FILES)
    asked = (tmp_path / "c", tmp_path / "b.txt", tmp_path)
    assert names(tmp_path, *asked) == ["c/d/e.txt", "b.txt", "a/10.txt", "a/2.txt"]


def test_a_hidden_file_is_read_when_named(tmp_path):
    write_all(tmp_path, FILES)
    assert names(tmp_path, tmp_path / "a/.x.txt") == ["a/.x.txt"]


def test_a_missing_path_is_passed_on(tmp_path):
    assert names(tmp_path, tmp_path / "none.txt") == ["none.txt"]


def test_an_empty_folder_gives_nothing(tmp_path):
    assert names(tmp_path) == []


def test_links_in_circles_end(tmp_path):
    write_all(tmp_path, {"a/one.txt": b""})
    (tmp_path / "a/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a/self").symlink_to("self")
    found = names(tmp_path)
    assert "a/one.txt" in found
    assert len(found) <= 2


def test_a_link_to_another_folder_is_followed_once(tmp_path):
    write_all(tmp_path, {"a/one.txt": b""})
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert names(tmp_path) == ["a/one.txt"]


def test_a_folder_that_may_not_be_looked_into_is_passed_on(tmp_path, monkeypatch):
    write_all(tmp_path, {"a/one.txt": b"", "b.txt": b""})
    honest = Path.iterdir

    def iterdir(path: Path):
        if path.name == "a":
            raise PermissionError
        return honest(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert names(tmp_path) == ["a", "b.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_listed_so_that_its_reader_can_refuse_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["pipe"]
