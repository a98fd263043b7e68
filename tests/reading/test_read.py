from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.clean import CleanText
from closeout.reading.families import ALL_FAMILIES, unknown
from closeout.reading.model import DocumentReading, Problem
from closeout.reading.read import LEAST_CERTAINTY, choose_family, read_document
from tests.reading.paging import make_document


class Sure:
    """A family that is as sure as it is told to be."""

    def __init__(self, name: str, certainty: float) -> None:
        self.name, self.certainty = name, certainty

    def recognize(self, clean: CleanText) -> float:
        return self.certainty if clean.document else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        return DocumentReading(document=clean.document, family=self.name)


class FailingToRead(Sure):
    def read(self, clean: CleanText) -> DocumentReading:
        msg = f"a lamp fell over in {clean.document.path}"
        raise RuntimeError(msg)


class FailingToRecognize(Sure):
    def recognize(self, clean: CleanText) -> float:
        return self.certainty / len(clean.document.pages)


TEXT = "Harbor Lights: The Bureau Should Keep a Log\n\nNothing here is laid out in a known way."


def test_the_surest_family_reads():
    families = (Sure("low", 0.6), Sure("high", 0.9), Sure("middle", 0.7))
    assert read_document(make_document(TEXT), families).family == "high"


def test_of_equally_sure_families_the_first_reads():
    families = (Sure("first", 0.8), Sure("second", 0.8))
    assert read_document(make_document(TEXT), families).family == "first"


def test_a_family_at_the_least_certainty_reads():
    assert read_document(make_document(TEXT), (Sure("just", LEAST_CERTAINTY),)).family == "just"


@pytest.mark.parametrize("families", [(), (Sure("unsure", 0.49),), (Sure("never", 0.0),)])
def test_without_a_sure_family_the_document_is_of_an_unknown_one(families):
    reading = read_document(make_document(TEXT), families)
    assert reading.family == "unknown"
    assert [problem.code for problem in reading.problems] == ["unknown-family"]


def test_a_family_that_fails_to_read_becomes_a_problem_that_names_the_document():
    document = make_document(TEXT, path="harbor.txt")
    reading = read_document(document, (FailingToRead("broken", 0.9),))
    assert reading.family == "unknown"
    failure = next(problem for problem in reading.problems if problem.code == "reader-failed")
    for words in ("harbor.txt", "broken", "RuntimeError", "a lamp fell over"):
        assert words in failure.message


def test_a_family_that_fails_to_recognize_is_passed_over_and_told():
    reading = read_document(make_document(TEXT), (FailingToRecognize("blind", 1.0), Sure("good", 0.6)))
    assert reading.family == "good"
    assert [problem.code for problem in reading.problems] == ["reader-failed"]
    assert "blind" in reading.problems[0].message


def test_a_failed_reader_is_not_fatal():
    reading = read_document(make_document(TEXT), (FailingToRead("broken", 0.9),))
    assert not any(problem.fatal for problem in reading.problems)


def test_the_document_s_own_problems_are_kept_once():
    known = Problem("guessed-encoding", "the encoding was guessed")
    document = make_document(TEXT)
    document = type(document)(
        document.path, document.sha256, document.medium, document.text, problems=(known,)
    )
    for families in ((Sure("good", 0.9),), (), (FailingToRead("broken", 0.9),)):
        assert read_document(document, families).problems.count(known) == 1


def test_a_document_that_cannot_be_read_is_passed_on_unread():
    fatal = Problem("locked-pdf", "the file is locked", fatal=True)
    document = make_document("")
    document = type(document)(document.path, document.sha256, document.medium, "", problems=(fatal,))
    reading = read_document(document, (FailingToRead("broken", 1.0),))
    assert (reading.family, reading.problems, reading.records) == ("unknown", (fatal,), ())


def test_text_that_cannot_be_cleaned_becomes_a_problem(monkeypatch):
    def fail(document):
        msg = "no"
        raise ValueError(msg)

    monkeypatch.setattr("closeout.reading.read.clean", fail)
    reading = read_document(make_document(TEXT), (Sure("good", 0.9),))
    assert [problem.code for problem in reading.problems] == ["reader-failed"]
    assert "cleaning" in reading.problems[0].message


def test_every_family_has_a_name_of_its_own():
    names = [family.name for family in ALL_FAMILIES]
    assert len(set(names)) == len(names)
    assert "unknown" in names


def test_no_family_is_sure_of_an_empty_text():
    cleaned = CleanText(make_document(""), ())
    for family in ALL_FAMILIES:
        assert family.recognize(cleaned) < LEAST_CERTAINTY


def test_the_choice_tells_of_every_family_that_failed():
    cleaned = CleanText(make_document(TEXT), ((0, len(TEXT), ""),))
    family, problems = choose_family(cleaned, (FailingToRecognize("a", 1), FailingToRecognize("b", 1)))
    assert family is unknown.FAMILY
    assert len(problems) == 2


@given(st.text(max_size=400))
def test_no_text_makes_the_reader_raise(text):
    reading = read_document(make_document(text))
    assert reading.document.text == text
    assert all(problem.code != "reader-failed" for problem in reading.problems)


def test_an_unknown_document_makes_no_record_but_says_what_is_seen():
    text = (
        "Harbor Lights: The Bureau Should Keep a Log\n\nOffice of Inspector General\nMarch 3, 2021\n"
        "Report OIG-21-07 follows GAO-19-301. We recommend a log.\n"
    )
    reading = read_document(make_document(text), ())
    assert reading.records == ()
    assert reading.title == "Harbor Lights: The Bureau Should Keep a Log"
    assert [report.number for report in reading.reports] == ["OIG-21-07", "GAO-19-301"]
    assert all(report.is_cited_only for report in reading.reports)
    (problem,) = reading.problems
    for words in ("OIG-21-07", "Office of Inspector General", "2021-03-03", "“recommend” 1 times"):
        assert words in problem.message


def test_the_span_of_a_report_number_reads_as_the_number():
    text = "Nothing much.\nSee GAO-21-186 and again GAO-21-186."
    (report,) = read_document(make_document(text), ()).reports
    assert report.number_span is not None
    assert report.number_span.of(text) == "GAO-21-186"


def test_a_bibliography_names_fifty_numbers_at_most():
    text = "\n".join(f"See GAO-21-{number} for lamps." for number in range(100, 300))
    assert len(read_document(make_document(text), ()).reports) == 50


def test_a_title_the_file_declares_is_preferred():
    document = make_document(TEXT)
    document = type(document)(
        document.path, document.sha256, document.medium, document.text, title="Declared title"
    )
    assert read_document(document, ()).title == "Declared title"


@pytest.mark.parametrize("text", ["", "   \n\n", "one.", "short", "This line is a sentence of its own.\n"])
def test_a_text_without_a_title_line_has_none(text):
    assert read_document(make_document(text), ()).title == ""


def test_a_text_with_nothing_to_tell_says_only_that():
    (problem,) = read_document(make_document("?"), ()).problems
    assert problem.message.endswith("no recommendation was read from it.")
