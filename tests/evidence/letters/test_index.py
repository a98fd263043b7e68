"""The index of papers: read back as it was written, and no file outside its folder."""

from __future__ import annotations

import json
from datetime import date

import pytest

from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.index import (
    FORMAT,
    INDEX,
    NotWritten,
    PaperFile,
    PaperIndex,
    read_index,
    write_index,
)

MEMO = PaperFile(
    path="papers/determination-memo.pdf",
    kind="determination-memo",
    title="Determination of contract standards",
    subject="",
    media_type="application/pdf",
    bytes=1200,
    sha256="ab" * 32,
    as_of=date(2026, 9, 30),
    source="Source: records.",
    suppression="Suppression: none is needed.",
)
FAILED = NotWritten("closeout-letter", "Closeout letter", "the template lacks {{ title }}", is_failure=True)
LACKING = NotWritten("partner-summaries", "Annual summaries", "the records hold no partner")
LISTED = PaperIndex("Bureau of Keys", date(2026, 9, 30), (MEMO,), (FAILED, LACKING))


def test_an_index_is_read_back_as_it_was_written(tmp_path):
    write_index(LISTED, tmp_path)
    assert read_index(tmp_path) == LISTED
    assert (
        json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))["format"] == FORMAT == "closeout-papers/1"
    )


def test_only_what_ought_to_be_there_is_a_failure():
    assert LISTED.failures == ("Closeout letter: not written, the template lacks {{ title }}",)


@pytest.mark.parametrize(
    ("path", "form"), [("a.pdf", "PDF"), ("b/c.docx", "Word"), ("d.xlsx", "Excel"), ("e", "file")]
)
def test_a_form_is_a_word(path, form):
    plain = LISTED.plain()["papers"][0] | {"path": path, "as_of": date(2026, 9, 30)}
    assert PaperFile(**plain).form == form


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "papers/../../secret"])
def test_a_path_out_of_the_folder_is_refused(tmp_path, path):
    plain = LISTED.plain()
    plain["papers"][0]["path"] = path
    (tmp_path / INDEX).write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(LetterError, match="lies outside the folder"):
        read_index(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": "closeout-papers/9"}', '{"format": "closeout-papers/1"}']
)
def test_what_is_no_index_is_said_in_one_line(tmp_path, text):
    (tmp_path / INDEX).write_text(text, encoding="utf-8")
    with pytest.raises(LetterError, match=r"papers\.json is no index of papers .*write the assessment anew"):
        read_index(tmp_path)


def test_an_index_that_is_not_there_or_cannot_be_written_is_one_line(tmp_path):
    with pytest.raises(LetterError, match="is no index of papers"):
        read_index(tmp_path)
    with pytest.raises(LetterError, match="cannot be written"):
        write_index(LISTED, tmp_path / "none")
