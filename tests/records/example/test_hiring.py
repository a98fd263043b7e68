"""What the example agency assumes of its hiring: a file that is read as it is, and says it is made up."""

from datetime import date

import pytest

from closeout.records.example.hiring import HIRING_FILE, write_hiring
from closeout.workload.plan_asked import check_ahead
from closeout.workload.read_hiring import read_hiring

AS_OF = date(2026, 9, 30)


@pytest.mark.parametrize("size", ["small", "region", "national"])
def test_every_size_has_assumptions_that_are_read(tmp_path, size):
    asked = read_hiring(write_hiring(tmp_path, size, AS_OF))
    check_ahead(asked, AS_OF)
    assert (asked.office_id, asked.limits.by) == ("", date(2029, 9, 30))
    assert asked.basis.startswith("Fictional")


def test_a_larger_agency_has_larger_classes(tmp_path):
    seats = [
        read_hiring(write_hiring(tmp_path, size, AS_OF)).limits.classes[0].seats
        for size in ("small", "region", "national")
    ]
    assert seats == [12, 48, 120]


def test_the_day_follows_the_day_the_records_stand_as_of(tmp_path):
    # From 29 February 2028 three years ahead: there is no 29 February 2031.
    assert read_hiring(write_hiring(tmp_path, "small", date(2028, 2, 29))).limits.by == date(2031, 2, 28)


def test_it_says_that_it_is_made_up(tmp_path):
    write_hiring(tmp_path, "small", AS_OF)
    said = (tmp_path / HIRING_FILE).read_text(encoding="utf-8")
    assert "does not exist, and the figures are made up" in said
