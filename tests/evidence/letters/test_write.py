"""The folder of letters."""

from __future__ import annotations

import pytest

from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.write import LETTER, Wanted, folder_names, write_dossiers, write_letters
from tests.evidence.letters.making import frozen, make_assessment, make_dossier
from tests.followup.factories import make_followed

FOLDER = "dhs-oig-OIG-24-901-2"


def written(out, assessment=None, **given):
    assessment = assessment or make_assessment()
    files = write_letters(assessment, dossiers_of(assessment, [frozen()]), out, **given)
    return [path.relative_to(out).as_posix() for path in files]


def test_every_letter_and_table_is_written(tmp_path):
    names = written(tmp_path / "letters")
    assert names == [
        "gao-ig-act.xlsx",
        "semiannual.xlsx",
        "poam.json",
        f"{FOLDER}/closeout-letter.pdf",
        f"{FOLDER}/closeout-letter.docx",
        f"{FOLDER}/letter.json",
        f"{FOLDER}/dossier.pdf",
        f"{FOLDER}/dossier.json",
    ]
    assert all((tmp_path / "letters" / name).stat().st_size > 500 for name in names)


def test_writing_twice_gives_the_same_files(tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    for name in written(first):
        assert name in written(second)
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_register_of_closed_recommendations_has_no_plan(tmp_path):
    names = written(tmp_path, make_assessment(followed=make_followed("2", status="closed-implemented")))
    assert "poam.json" not in names


def test_an_assessment_without_recommendations_writes_nothing(tmp_path):
    assessment = make_assessment()
    empty = type(assessment)("B", assessment.as_of, assessment.measured, ())
    assert write_letters(empty, (), tmp_path) == []


def test_each_file_is_told_of(tmp_path):
    told = []
    written(tmp_path, told=told.append)
    assert f"Writing {FOLDER}/closeout-letter.pdf" in told


def test_only_what_is_wanted_is_written(tmp_path):
    files = write_dossiers([make_dossier()], tmp_path, Wanted(frozenset({LETTER})))
    assert [path.name for path in files] == ["closeout-letter.pdf", "closeout-letter.docx", "letter.json"]


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "letters").write_text("in the way", encoding="utf-8")
    with pytest.raises(LetterError, match=r"gao-ig-act\.xlsx cannot be written"):
        written(tmp_path / "letters")


def test_folders_are_named_after_their_keys_and_no_two_alike():
    names = folder_names(["dhs-oig/A-1/2", "dhs-oig/A/1/2", "..", "שלום", "x" * 300])
    assert names["dhs-oig/A-1/2"].startswith("dhs-oig-A-1-2-")
    assert len(set(names.values())) == 5
    assert all(name and "/" not in name and not name.startswith(".") for name in names.values())
    assert max(map(len, names.values())) <= 100
