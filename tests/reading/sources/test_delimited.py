"""Delimited text: the values are those the standard library reads, and each stands at its span."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.sources.delimited import scan_flat_rows, scan_rows

VALUES = st.text(alphabet='ab ,"\n;é', max_size=8)


def values(text, **options):
    return [[field.value for field in row] for row in scan_rows(text, **options)]


def test_plain_fields_are_read_with_their_places():
    text = "lamp,two words,3\n"
    (row,) = scan_rows(text)
    assert [field.value for field in row] == ["lamp", "two words", "3"]
    assert [field.span.of(text) for field in row] == ["lamp", "two words", "3"]


def test_quotes_are_undone_and_their_span_is_inside_them():
    text = '"a ""lit"" lamp","b,c"\n'
    first, second = next(scan_rows(text))
    assert (first.value, first.span.of(text)) == ('a "lit" lamp', 'a ""lit"" lamp')
    assert (second.value, second.span.of(text)) == ("b,c", "b,c")


def test_a_line_break_in_quotes_is_part_of_the_value():
    assert values('"one\ntwo",3\n4,5\n') == [["one\ntwo", "3"], ["4", "5"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_rows_end_at_any_line_end_and_at_the_end_of_the_text(end):
    assert values(f"a,b{end}") == [["a", "b"]]


def test_blanks_around_quotes_are_no_part_of_the_value():
    assert values('"a" ,,, "b" \n') == [["a", "", "", "b"]]


def test_an_empty_last_field_is_a_field():
    assert values("a,\nb,\n") == [["a", ""], ["b", ""]]


def test_blank_lines_are_left_out():
    assert values("a,b\n\n\nc,d\n") == [["a", "b"], ["c", "d"]]


def test_a_quote_that_never_closes_takes_in_the_rest():
    text = 'a,"b\nc,d'
    (row,) = scan_rows(text)
    assert [field.value for field in row] == ["a", "b\nc,d"]
    assert row[1].span.of(text) == "b\nc,d"


def test_another_delimiter_may_be_given():
    assert values("a;b,c\n", delimiter=";") == [["a", "b,c"]]


def test_a_start_skips_what_stands_before():
    assert values("skipped\na,b\n", start=8) == [["a", "b"]]


def test_nothing_has_no_rows():
    assert values("") == []


def test_rows_without_line_breaks_are_told_by_their_width():
    text = 'Name,Status "a, b",Open "c ""d""",Closed "e",'
    rows = list(scan_flat_rows(text, 0, 2))
    assert [[field.value for field in row] for row in rows] == [
        ["Name", "Status"],
        ["a, b", "Open"],
        ['c "d"', "Closed"],
        ["e", ""],
    ]


def test_flat_rows_keep_their_places():
    text = 'N,S "a b",Open "c",Closed'
    for row in scan_flat_rows(text, 0, 2):
        assert all(field.span.of(text) == field.value for field in row)


@given(st.lists(st.lists(VALUES, min_size=2, max_size=4), min_size=1, max_size=5))
def test_values_are_those_the_standard_library_wrote(table):
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(table)
    text = written.getvalue()
    rows = list(scan_rows(text))
    assert [[field.value for field in row] for row in rows] == table
    assert all(field.span.of(text).replace('""', '"') == field.value for row in rows for field in row)


@given(st.text(alphabet='ab,"\n\r ', max_size=60))
def test_any_text_gives_rows_whose_spans_lie_in_it_and_do_not_overlap(text):
    spans = [field.span for row in scan_rows(text) for field in row]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
