import pytest

from closeout.reading.losses import is_loss, problems_of
from closeout.reading.model import Document, DocumentReading, Medium, Problem, Record

CUT = Record(text="Count the", text_span=None, is_truncated=True)
WHOLE = Record(text="Count the lamps.", text_span=None)


def make_reading(*problems: Problem, records: tuple[Record, ...] = ()) -> DocumentReading:
    document = Document("a.txt", "0" * 64, Medium.TEXT, "", problems=problems)
    return DocumentReading(document=document, family="unknown", problems=problems, records=records)


def test_each_problem_is_listed_once():
    problem = Problem("unknown-family", "no layout we know")
    assert problems_of(make_reading(problem)) == (problem,)


def test_cut_recommendations_are_a_problem_of_their_own():
    (problem,) = problems_of(make_reading(records=(WHOLE, CUT, CUT)))
    assert problem.code == "cut-text"
    assert problem.message.startswith("2 recommendations stop at the end of the document")
    assert is_loss(problem)


def test_one_cut_recommendation_is_named_in_the_singular():
    (problem,) = problems_of(make_reading(records=(CUT,)))
    assert problem.message.startswith("a recommendation stops at the end of the document")


def test_a_document_known_to_be_cut_is_not_reported_twice():
    cut = Problem("cut-page", "the web page is cut off")
    assert problems_of(make_reading(cut, records=(CUT,))) == (cut,)


def test_whole_recommendations_are_no_problem():
    assert problems_of(make_reading(records=(WHOLE,))) == ()


@pytest.mark.parametrize("code", ["guessed-encoding", "cut-pdf", "changed-header", "pages-without-text"])
def test_what_may_be_lost_is_a_loss(code):
    assert is_loss(Problem(code, "words"))


@pytest.mark.parametrize("code", ["unknown-family", "incomplete-listing", "recognized-text"])
def test_what_is_merely_worth_knowing_is_none_unless_fatal(code):
    assert not is_loss(Problem(code, "words"))
    assert is_loss(Problem(code, "words", fatal=True))
