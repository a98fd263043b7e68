"""What joining takes from one reading: names of reports, and texts folded."""

from __future__ import annotations

import pytest

from closeout.reading.outlines import Folds, Reference, outline, solid
from tests.reading.factories import make_mention, make_reading, make_record


def of(*records, **overrides):
    return outline(0, make_reading(*records, **overrides), Folds())


def test_a_report_is_named_by_its_issuers_key_its_number_and_its_folded_title():
    found = of(title="Keys & Gates", report_number="oig 24-901", issuer="DHS Office of Inspector General")
    assert found.own == Reference("dhs-oig", "OIG-24-901", "keys gates")
    assert found.own.names_a_report


def test_a_number_may_give_its_issuer_away():
    assert of(report_number="GAO-24-99001", issuer="").own.issuer == "gao"


def test_a_mention_without_an_issuer_is_of_the_documents():
    mentions = [make_mention("Keys"), make_mention("Gates", issuer="GAO")]
    assert [each.issuer for each in of(reports=mentions).mentions] == ["dhs-oig", "gao"]


def test_a_secondary_source_names_neither_itself_nor_its_headline():
    found = of(
        make_record(report_title="Keys Lost"),
        title="Keys lost!",
        issuer="The Daily Gate",
        is_secondary=True,
        reports=[make_mention("Keys lost"), make_mention("Keys and Gates")],
    )
    assert (found.issuer, found.own, found.records[0]) == ("", Reference("", "", ""), Reference("", "", ""))
    assert [each.title for each in found.mentions] == ["", "keys and gates"]


def test_a_secondary_source_that_names_the_auditor_speaks_of_its_reports():
    assert of(issuer="GAO", is_secondary=True, title="Keys").issuer == "gao"


@pytest.mark.parametrize(
    ("overrides", "is_report"),
    [
        ({"report_number": "OIG-24-901"}, True),
        ({"reports": [make_mention("KEYS")]}, True),
        ({"reports": [make_mention("Keys", is_cited_only=True)]}, False),
        ({"reports": [make_mention("Gates", number="OIG-24-902")]}, False),
        ({"reports": [], "report_date": "2024-04-13"}, True),
        ({"reports": []}, False),
    ],
    ids=["a number", "a mention", "a citation", "a list of others", "a date", "a title alone"],
)
def test_a_title_is_a_reports_only_when_the_document_says_so(overrides, is_report):
    assert of(title="Keys", **overrides).own.names_a_report is is_report


def test_texts_are_told_without_blanks_and_measured_with_them():
    found = of(make_record("Hold peer-to-peer reviews."), make_record(None))
    assert (found.words, found.folds) == (("hold peertopeer reviews", ""), ("holdpeertopeerreviews", ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hold peer-to-peer reviews", "hold peer to peer reviews."),
        ("Count the keys. (Recommendation 3)", "Count the keys."),
        ("Congress should pay. (Matter for Consideration 1)", "Congress should pay. (Matter 1)"),
        ("Congress should pay. (Matter for Congressional Consideration 2)", "Congress should pay."),
        ("the nondetained docket", "the non-detained docket"),
    ],
)
def test_printings_of_one_text_are_equal(one, other):
    assert solid(one) == solid(other)


def test_another_word_is_another_text():
    assert solid("Count the keys.") != solid("Count the locks.")


def test_numbers_take_their_part_with_them():
    assert of(make_record(number="1", part="b"), make_record()).numbers == ("1B", "")


def test_a_text_is_folded_once_however_often_it_stands():
    folds = Folds()
    reading = make_reading(make_record("Count."), make_record("Count."))
    outline(0, reading, folds)
    outline(1, reading, folds)
    assert list(folds.values()).count("count") == 1
