"""A letter is kept whole beside its files."""

from __future__ import annotations

import json

import pytest

from closeout.evidence.letters.closeout import closeout_letter
from closeout.evidence.letters.closeout_word import fields
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.stored import kept, paper_of, read_kept
from tests.evidence.letters.making import make_dossier, make_paper


def test_a_paper_comes_back_as_it_was():
    assert paper_of(json.loads(json.dumps(make_paper().plain()))) == make_paper()


def test_a_letter_comes_back_as_it_was(tmp_path):
    path = tmp_path / "letter.json"
    path.write_bytes(kept(make_dossier()))
    stored = read_kept(path)
    assert stored.key == "dhs-oig/OIG-24-901/2"
    assert stored.paper == closeout_letter(make_dossier())
    assert stored.fields == fields(make_dossier())


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "another/1"}', '{"format": "closeout-letter/1", "key": "x"}', "\ud83d"],
)
def test_a_file_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "letter.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(LetterError, match="is no kept letter"):
        read_kept(path)


def test_a_file_that_is_missing_is_refused(tmp_path):
    with pytest.raises(LetterError, match="is no kept letter"):
        read_kept(tmp_path / "none.json")
