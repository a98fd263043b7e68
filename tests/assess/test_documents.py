"""Reports that are missing or cannot be read are notes; the rest is read."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from closeout.assess.documents import read_documents, reading_beside

DAY = date(2026, 10, 31)


def test_a_report_gives_its_recommendations(reports):
    found = read_documents(reports, as_of=DAY, workers=0)
    assert [each.entry.number for each in found.followed] == ["1", "2", "3", "4", "5"]
    assert found.is_whole
    (fact,) = found.facts()
    assert fact["path"] == "OIG-24-951.txt"
    assert fact["recommendations"] == 5
    assert len(fact["sha256"]) == 64


@pytest.mark.parametrize(("name", "says"), [("none", "there is no folder"), ("", "has no report in it")])
def test_no_reports_are_a_note(tmp_path, name, says):
    found = read_documents(tmp_path / name, as_of=DAY, workers=0)
    assert found.followed == ()
    assert not found.is_whole
    assert says in found.notes[0]


def test_a_file_that_cannot_be_read_is_a_note_beside_the_rest(reports, tmp_path):
    folder = shutil.copytree(reports, tmp_path / "reports")
    (folder / "empty.txt").write_bytes(b"")
    found = read_documents(folder, as_of=DAY, workers=0)
    assert len(found.followed) == 5
    assert not found.is_whole
    assert any(note.startswith("empty.txt: ") for note in found.notes)


def test_reports_are_read_beside_other_work(reports):
    with reading_beside(reports, as_of=DAY) as coming:
        assert len(coming.result().followed) == 5
