"""The folder gets its name when everything is in it, and a finished one is never lost by mistake."""

from __future__ import annotations

import pytest

from closeout.assess.errors import CannotKeepError
from closeout.assess.keeping import ASSESSMENT, open_folder, write_json


def finished(out):
    """Put a finished assessment there."""
    out.mkdir()
    (out / ASSESSMENT).write_text("old")
    return out


def test_the_folder_is_there_only_at_the_end(tmp_path):
    keeping = open_folder(tmp_path / "out", force=False)
    (keeping.work / ASSESSMENT).write_text("new")
    assert not (tmp_path / "out").exists()
    keeping.finish()
    assert (tmp_path / "out" / ASSESSMENT).read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_finished_assessment_is_not_replaced(tmp_path):
    out = finished(tmp_path / "out")
    with pytest.raises(CannotKeepError, match="--force"):
        open_folder(out, force=False)
    assert (out / ASSESSMENT).read_text() == "old"


def test_with_force_it_is_replaced_only_at_the_end(tmp_path):
    out = finished(tmp_path / "out")
    keeping = open_folder(out, force=True)
    (keeping.work / ASSESSMENT).write_text("new")
    assert (out / ASSESSMENT).read_text() == "old"
    keeping.finish()
    assert (out / ASSESSMENT).read_text() == "new"


def test_a_folder_with_other_files_is_never_replaced(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(CannotKeepError, match="holds no assessment"):
        open_folder(out, force=True)
    assert (out / "thesis.txt").read_text() == "mine"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CannotKeepError, match="is a file"):
        open_folder(tmp_path / "out", force=True)


def test_a_folder_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotKeepError, match="cannot be written"):
        open_folder(tmp_path / "file" / "out", force=False)


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    open_folder(tmp_path / "out", force=False).finish()
    assert (tmp_path / "out").is_dir()


def test_what_an_interrupted_run_checked_is_kept_and_the_rest_made_anew(tmp_path):
    work = tmp_path / "out.unfinished"
    for name in ("snapshot", "frozen", "papers"):
        (work / name).mkdir(parents=True)
    assert open_folder(tmp_path / "out", force=False).work == work
    assert sorted(path.name for path in work.iterdir()) == ["log.txt", "snapshot"]


def test_the_same_value_is_the_same_bytes(tmp_path):
    write_json(tmp_path / "a", {"b": [1, None, "ü"]})
    assert (tmp_path / "a").read_text(encoding="utf-8") == '{"b": [1, null, "ü"]}\n'
