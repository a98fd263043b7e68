"""Dates, counts and figures in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from closeout.evidence.figures import Outcome, without
from closeout.evidence.letters.words import day_words, figure_words, fuzzy_words, method_words, seen, sentence
from closeout.reading.dates import find_dates
from tests.evidence.letters.making import NO_DATA, make_measure, share


def test_a_day_is_written_out():
    assert day_words(date(2026, 3, 4)) == "March 4, 2026"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("March 4, 2026", "March 4, 2026"),
        ("December 2017", "December 2017"),
        ("fiscal year 2026", "fiscal year 2026"),
        ("second quarter of 2023", "the second quarter of 2023"),
        ("around May 2024", "about May 2024"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_was_printed(printed, words):
    assert fuzzy_words(find_dates(f"by {printed}.")[0]) == words


def test_a_date_that_is_not_known_says_so():
    assert fuzzy_words(None) == "date not given"


def test_a_sentence_has_a_capital_and_a_stop():
    assert sentence("not\n done ") == "Not done."
    assert sentence("Is it?") == "Is it?"
    assert sentence("  ") == ""


def test_what_cannot_be_seen_is_left_out():
    assert seen("a\u202eb\x00c\ufeffd\te\n") == "abcd\te\n"


def test_a_figure_is_said_with_its_interval_and_count():
    assert figure_words(share(90, 100), make_measure()) == "90.0 % (85.0–95.0) of 100"


def test_a_figure_without_a_value_says_why():
    assert figure_words(NO_DATA, make_measure()) == "no data: the table is not in the records"


def test_a_withheld_figure_says_that_alone():
    withheld = without(Outcome.SUPPRESSED, "Small counts are not shown.")
    assert figure_words(withheld, make_measure()) == "not shown: small numbers"


def test_each_way_of_making_an_interval_is_named_once():
    assert method_words([share(1, 2), share(1, 3), NO_DATA]) == "Wilson"
    assert method_words([replace(share(1, 2), method="kaplan-meier")]) == "Kaplan–Meier"
