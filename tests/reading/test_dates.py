from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.dates import (
    FuzzyDate,
    find_date_doubts,
    find_dates,
    find_ranges,
    parse_date,
    scan_dates,
)
from closeout.reading.model import Problem, Span

# words, EDTF, first day, last day, precision
MUST_READ = [
    ("April 13, 2017", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("Apr. 13, 2017", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("APRIL 13, 2017", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("April 13 2017", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("April 13,2017", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("April 3rd, 2017", "2017-04-03", "2017-04-03", "2017-04-03", "day"),
    ("13 April 2017", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("1st of May 2020", "2020-05-01", "2020-05-01", "2020-05-01", "day"),
    ("2017-04-13", "2017-04-13", "2017-04-13", "2017-04-13", "day"),
    ("10/21/2024", "2024-10-21", "2024-10-21", "2024-10-21", "day"),
    ("6/5/2024", "2024-06-05", "2024-06-05", "2024-06-05", "day"),
    ("6/27/24", "2024-06-27", "2024-06-27", "2024-06-27", "day"),
    ("6/27/98", "1998-06-27", "1998-06-27", "1998-06-27", "day"),
    ("08-17-2011", "2011-08-17", "2011-08-17", "2011-08-17", "day"),
    ("Mar 24, 1992", "1992-03-24", "1992-03-24", "1992-03-24", "day"),
    ("Sept. 9, 2021", "2021-09-09", "2021-09-09", "2021-09-09", "day"),
    ("February 29, 2024", "2024-02-29", "2024-02-29", "2024-02-29", "day"),
    ("March\n2018", "2018-03", "2018-03-01", "2018-03-31", "month"),
    ("December 2017", "2017-12", "2017-12-01", "2017-12-31", "month"),
    ("Sept 2023", "2023-09", "2023-09-01", "2023-09-30", "month"),
    ("September, 2009", "2009-09", "2009-09-01", "2009-09-30", "month"),
    ("May 2023", "2023-05", "2023-05-01", "2023-05-31", "month"),
    ("first quarter of fiscal year 2024", "2023-36", "2023-10-01", "2023-12-31", "quarter"),
    ("Q3 FY 2023", "2023-34", "2023-04-01", "2023-06-30", "quarter"),
    ("FY 2023 Q3", "2023-34", "2023-04-01", "2023-06-30", "quarter"),
    ("FY23Q3", "2023-34", "2023-04-01", "2023-06-30", "quarter"),
    ("FY 2023, third quarter", "2023-34", "2023-04-01", "2023-06-30", "quarter"),
    ("quarter 2 of fiscal year 2025", "2025-33", "2025-01-01", "2025-03-31", "quarter"),
    ("third quarter of 2023", "2023-35", "2023-07-01", "2023-09-30", "quarter"),
    ("2nd quarter of calendar year 2025", "2025-34", "2025-04-01", "2025-06-30", "quarter"),
    ("Q4 2025", "2025-36", "2025-10-01", "2025-12-31", "quarter"),
    ("fourth quarter of FY26", "2026-35", "2026-07-01", "2026-09-30", "quarter"),
    ("final quarter of fiscal year 2026", "2026-35", "2026-07-01", "2026-09-30", "quarter"),
    ("FY 2026", "2025-10/2026-09", "2025-10-01", "2026-09-30", "fiscal-year"),
    ("FY26", "2025-10/2026-09", "2025-10-01", "2026-09-30", "fiscal-year"),
    ("FY ’26", "2025-10/2026-09", "2025-10-01", "2026-09-30", "fiscal-year"),
    ("fiscal year 2026", "2025-10/2026-09", "2025-10-01", "2026-09-30", "fiscal-year"),
    ("Fiscal Year 1999", "1998-10/1999-09", "1998-10-01", "1999-09-30", "fiscal-year"),
    ("2026 fiscal year", "2025-10/2026-09", "2025-10-01", "2026-09-30", "fiscal-year"),
    ("fiscal years 2015 through 2020", "2014-10/2020-09", "2014-10-01", "2020-09-30", "interval"),
    ("FYs 2019-2021", "2018-10/2021-09", "2018-10-01", "2021-09-30", "interval"),
    ("calendar year 2024", "2024", "2024-01-01", "2024-12-31", "year"),
    ("CY 2024", "2024", "2024-01-01", "2024-12-31", "year"),
    ("CYs 2011 through 2014", "2011/2014", "2011-01-01", "2014-12-31", "interval"),
    ("2025 calendar year", "2025", "2025-01-01", "2025-12-31", "year"),
    ("end of 2026", "2026-12", "2026-12-01", "2026-12-31", "month"),
    ("end of the 2025 calendar year", "2025-12", "2025-12-01", "2025-12-31", "month"),
    ("year-end 2025", "2025-12", "2025-12-01", "2025-12-31", "month"),
    ("EOY 2025", "2025-12", "2025-12-01", "2025-12-31", "month"),
    ("end of fiscal year 2026", "2026-09", "2026-09-01", "2026-09-30", "month"),
    ("end of FY26", "2026-09", "2026-09-01", "2026-09-30", "month"),
    ("close of fiscal year 2025", "2025-09", "2025-09-01", "2025-09-30", "month"),
    ("beginning of fiscal year 2025", "2024-10", "2024-10-01", "2024-10-31", "month"),
    ("end of the second quarter of fiscal year 2025", "2025-03", "2025-03-01", "2025-03-31", "month"),
    ("end of September 2025", "2025-09", "2025-09-01", "2025-09-30", "month"),
    ("late 2024", "2024-09/2024-12", "2024-09-01", "2024-12-31", "interval"),
    ("early 2024", "2024-01/2024-04", "2024-01-01", "2024-04-30", "interval"),
    ("mid-2025", "2025-05/2025-08", "2025-05-01", "2025-08-31", "interval"),
    ("mid-June 2025", "2025-06-11/2025-06-20", "2025-06-11", "2025-06-20", "interval"),
    ("early fiscal year 2025", "2024-10/2025-01", "2024-10-01", "2025-01-31", "interval"),
    ("latter part of 2016", "2016-41", "2016-07-01", "2016-12-31", "half"),
    ("first half of 2025", "2025-40", "2025-01-01", "2025-06-30", "half"),
    ("second half of FY 2025", "2025-04/2025-09", "2025-04-01", "2025-09-30", "interval"),
    ("around the end of calendar year 2024", "2024-12~", "2024-12-01", "2024-12-31", "month"),
    ("approximately March 2026", "2026-03~", "2026-03-01", "2026-03-31", "month"),
    ("sometime in 2026", "2026~", "2026-01-01", "2026-12-31", "year"),
    ("summer 2025", "2025-22", "2025-06-01", "2025-08-31", "season"),
    ("Fall 2026", "2026-23", "2026-09-01", "2026-11-30", "season"),
    ("spring of 2024", "2024-21", "2024-03-01", "2024-05-31", "season"),
    ("July 12-14, 2018", "2018-07-12/2018-07-14", "2018-07-12", "2018-07-14", "interval"),
]

MUST_REFUSE = [
    "June 14",
    "June 14 at noon",
    "the end of the fiscal year",
    "later this year",
    "within 90 days",
    "2020",
    "2,024",
    "in 20255",
    "12/31",
    "HR-2021-07",
    "HR-20-2021",
    "Executive Order 13768",
    "8 U.S.C. 1231",
    "the Harbor Act of 1978",
    "may 2023 boats enter",
    "the march 2024 took",
    "Q3",
    "third quarter",
    "v.2019",
    "(202) 555-1934",
    "1.2.2020.4",
    "",
]


@pytest.mark.parametrize(("words", "edtf", "first", "last", "precision"), MUST_READ)
def test_a_date_is_read_with_its_precision(words, edtf, first, last, precision):
    found = parse_date(words)
    assert isinstance(found, FuzzyDate)
    assert (found.edtf, found.precision) == (edtf, precision)
    assert (found.earliest, found.latest) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", [row[0] for row in MUST_READ])
def test_a_date_in_a_sentence_has_the_span_of_its_words(words):
    text = f"The bureau will light the lamp by {words}, it said."
    (found,) = find_dates(text)
    assert found.span is not None
    assert found.span.of(text) == words
    assert found.printed == " ".join(words.split())


@pytest.mark.parametrize("words", MUST_REFUSE)
def test_what_is_no_date_is_not_read(words):
    assert find_dates(words) == ()
    assert parse_date(words) is None


@pytest.mark.parametrize(
    "cue", ["in", "In", "by", "during", "since", "until", "before", "after", "through", "from"]
)
def test_a_year_alone_is_a_date_after_a_word_of_time(cue):
    (found,) = find_dates(f"It was lit {cue} 2019, they said.")
    assert (found.edtf, found.printed) == ("2019", "2019")


@pytest.mark.parametrize(
    "text", ["boats, 2019", "at 2019 lamps", "Order 2019", "in 2019-20", "in 2019/20", "the 2019 directive"]
)
def test_a_year_alone_is_no_date_elsewhere(text):
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("by the end of FY26", "end of FY26"),
        ("by the fourth quarter of FY26", "fourth quarter of FY26"),
        ("no later than September 30, 2026", "September 30, 2026"),
        ("Dated: April 13, 2017.", "April 13, 2017"),
        ("an estimated date of May 31, 2023", "May 31, 2023"),
        ("(June 2016)", "June 2016"),
        ("local.January 2021 was", "January 2021"),
        ("around the end of calendar year 2024.", "around the end of calendar year 2024"),
        ("roughly March 2026", "roughly March 2026"),
        ("the summer of 2025", "summer of 2025"),
        ("the July 2022 directive", "July 2022"),
    ],
)
def test_the_span_has_the_words_that_qualify_the_date_and_no_others(text, words):
    (found,) = find_dates(text)
    assert found.span is not None
    assert found.span.of(text) == words


def test_an_offset_moves_every_span():
    (found,) = find_dates("by May 2023", offset=100)
    assert found.span == Span(103, 111)


def test_dates_come_in_order_and_apart():
    text = "In June 2016 and by the end of 2018, not before 3/4/2017 or FY 2019."
    found = find_dates(text)
    assert [item.edtf for item in found] == ["2016-06", "2018-12", "2017-03-04", "2018-10/2019-09"]


def test_both_ends_of_a_range_are_dates():
    text = "We worked from June 2016 to October 2016."
    assert [item.edtf for item in find_dates(text)] == ["2016-06", "2016-10"]


def test_an_end_without_a_year_is_no_date():
    assert [item.printed for item in find_dates("From July to September 2016")] == ["September 2016"]


@pytest.mark.parametrize(
    ("words", "edtf", "first", "last"),
    [
        ("June 2016 to October 2016", "2016-06/2016-10", "2016-06-01", "2016-10-31"),
        ("July through October 2016", "2016-07/2016-10", "2016-07-01", "2016-10-31"),
        ("July–October 2016", "2016-07/2016-10", "2016-07-01", "2016-10-31"),
        ("April 3 to June 5, 2021", "2021-04-03/2021-06-05", "2021-04-03", "2021-06-05"),
        ("2007 through 2010", "2007/2010", "2007-01-01", "2010-12-31"),
        ("January 1, 2000 through May 31, 2004", "2000-01-01/2004-05-31", "2000-01-01", "2004-05-31"),
    ],
)
def test_a_range_is_read_whole(words, edtf, first, last):
    found = parse_date(words)
    assert isinstance(found, FuzzyDate)
    assert (found.edtf, found.precision) == (edtf, "interval")
    assert (found.earliest, found.latest) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["October 2016 to June 2016", "June to noon", "fiscal years 2015 through 2020", "2016"]
)
def test_what_is_no_range_is_not_read_as_one(text):
    assert find_ranges(text) == ()


def test_the_span_of_a_range_covers_both_ends():
    text = "Figures for July through October 2016 are ours."
    (found,) = find_ranges(text, offset=5)
    assert Span(found.span.start - 5, found.span.end - 5).of(text) == "July through October 2016"


@pytest.mark.parametrize(
    "words",
    [
        "April 31, 2006",
        "February 29, 2023",
        "31 June 2024",
        "13/45/2024",
        "2023-02-30",
        "0/3/2024",
        "June 0, 2020",
    ],
)
def test_an_impossible_date_is_a_doubt_and_no_date(words):
    text = f"All of it will be complete by {words}, it said."
    assert find_dates(text) == ()
    (doubt,) = find_date_doubts(text)
    assert doubt.code == "impossible-date"
    assert doubt.span is not None
    assert doubt.span.of(text) == words
    assert words in doubt.message


def test_parsing_an_impossible_date_says_why():
    found = parse_date("April 31, 2006")
    assert isinstance(found, Problem)
    assert "no day of the calendar" in found.message


def test_parsing_several_dates_gives_none():
    assert parse_date("May 2023 or perhaps June 2025") is None


def test_a_scan_gives_dates_and_doubts_at_once():
    text = "In May 2023, and by April 31, 2006."
    dates, doubts = scan_dates(text)
    assert (dates, doubts) == (find_dates(text), find_date_doubts(text))
    assert (len(dates), len(doubts)) == (1, 1)


@pytest.mark.parametrize(("words", "is_approximate"), [("around March 2026", True), ("March 2026", False)])
def test_a_date_knows_whether_it_was_called_approximate(words, is_approximate):
    found = parse_date(words)
    assert isinstance(found, FuzzyDate)
    assert found.is_approximate is is_approximate


MONTH_NAMES = [date(2000, number, 1).strftime("%B") for number in range(1, 13)]
DAYS = st.dates(date(1950, 1, 1), date(2068, 12, 31))


@given(
    DAYS, st.sampled_from(["{0:%B} {0.day}, {0.year}", "{0.day} {0:%B} {0.year}", "{0:%b} {0.day}, {0.year}"])
)
def test_every_day_is_read_back_from_its_words(day, form):
    found = parse_date(form.format(day))
    assert isinstance(found, FuzzyDate)
    assert (found.edtf, found.earliest, found.latest) == (day.isoformat(), day, day)


@given(DAYS)
def test_every_day_is_read_back_from_its_numbers(day):
    for words in (day.isoformat(), f"{day.month}/{day.day}/{day.year}", f"{day:%m-%d-%Y}"):
        found = parse_date(words)
        assert isinstance(found, FuzzyDate)
        assert found.earliest == day


@given(st.text(max_size=200))
def test_any_text_gives_spans_that_read_as_printed(text):
    for found in find_dates(text):
        assert found.span is not None
        assert " ".join(found.span.of(text).split()) == found.printed
        assert found.earliest <= found.latest


WORDS = st.sampled_from(
    [
        "in",
        "by",
        "the end of",
        "June",
        "14,",
        "2016",
        "to",
        "FY",
        "26",
        "Q3",
        "of",
        "fiscal year",
        "around",
        "31",
        "/",
        "mid-",
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_words_of_dates_in_any_order_give_dates_apart(text):
    found = find_dates(text)
    spans = [item.span for item in found if item.span]
    assert len(spans) == len(found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
