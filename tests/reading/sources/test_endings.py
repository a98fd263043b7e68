import pytest

from closeout.reading.sources import open_bytes
from closeout.reading.sources.endings import cut_page, cut_table, cut_text
from tests.reading.samples import LETTER


@pytest.mark.parametrize(
    "text",
    [
        "The Director agreed. In May the Office of Lamps stated that it would count the lamps of",
        "The Director agreed.\n\nAs prescribed by the Ministry of Harbors, the office must answer with\n\n",
        "The inspectors found that lamps were missing, that oil was short,",
        "The lamps were counted.\n\nThe inspectors found that the lamps of the harbor\nwere not",
    ],
)
def test_prose_that_stops_within_a_sentence_was_cut(text):
    (problem,) = cut_text(text)
    assert (problem.code, problem.fatal) == ("cut-text", False)
    assert "get the whole document again" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        LETTER,
        "The lamps were counted.\nSign up for our letter\n",
        "The lamps were counted.\n\nOffice of Lamps, Harbor Street 4, Port Lantern",
        "The lamps were counted.\n\n  • Fiscal Year\n    2017",
        "the director should count the lamps in the harbor each week. (Recommendation 1)\n|",
    ],
)
def test_headings_addresses_and_whole_sentences_are_ends(text):
    assert cut_text(text) == ()


@pytest.mark.parametrize(
    "source",
    ["<html><body><p>The Director agr", "<!doctype html>\n<HTML lang=en><p>x</p><a hre"],
)
def test_a_page_that_stops_within_words_or_a_tag_was_cut(source):
    assert [problem.code for problem in cut_page(source)] == ["cut-page"]


@pytest.mark.parametrize(
    "source",
    [
        "<html><body><p>x</p></body></html>\n<!-- saved -->",
        "<html><p>Old pages need not close anything</p>",
        "<html><p>x</body> trailing words",
        "<p>part of a page",
    ],
)
def test_a_closed_page_and_a_part_of_one_are_whole(source):
    assert cut_page(source) == ()


def test_a_table_that_stops_within_a_quoted_value_was_cut():
    assert [problem.code for problem in cut_table('a,b,c\n"1","2","thr')] == ["cut-table"]
    assert cut_table('a,b,c\n"1","2","said ""no"""\n') == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LETTER.encode() + b"The Director agreed and stated that the office would", "cut-text"),
        (f"<html><body><p>{LETTER}</p><p>The Dir".encode(), "cut-page"),
        (b'a,b,c\n"1","2","3"\n"1","2","3"\n"1","2","thr', "cut-table"),
    ],
)
def test_a_cut_document_is_read_and_reported(data, code):
    (document,) = open_bytes("a.bin", data)
    assert document.text
    assert [problem.code for problem in document.problems] == [code]
