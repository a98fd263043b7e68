"""Every date of the seeds, as read by hand, with its exact place."""

from __future__ import annotations

import pytest

from closeout.reading.dates import find_dates
from tests.reading.seeds import NAMES, needs_seeds, seed, truth_of

COUNTED = frozenset({"day", "month"})
"""The truth lists days and months; years, quarters, halves and `~` dates are documented extras."""


@needs_seeds
@pytest.mark.parametrize("name", NAMES)
def test_the_days_and_months_of_a_seed_are_exactly_those_read_by_hand(name):
    found = [
        (date.span.start, date.span.end, date.edtf, date.precision)
        for date in find_dates(seed(name).text)
        if date.span and date.precision in COUNTED and not date.is_approximate
    ]
    assert found == [
        (*entry["span"], entry["value"], entry["precision"]) for entry in truth_of(name)["dates"]
    ]


@needs_seeds
@pytest.mark.parametrize("name", NAMES)
def test_the_span_of_a_seed_s_date_reads_as_printed(name):
    text = seed(name).text
    for date in find_dates(text):
        assert date.span is not None
        assert " ".join(date.span.of(text).split()) == date.printed


@needs_seeds
def test_the_one_vague_date_of_the_listing_is_read_as_approximate():
    promised = truth_of("000")["recommendations"][8]["estimated_dates"][0]
    (vague,) = [date for date in find_dates(seed("000").text) if date.is_approximate]
    assert vague.span is not None
    assert [vague.span.start, vague.span.end] == promised["span"]
    assert vague.latest.isoformat() == promised["date"]
