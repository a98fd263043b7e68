"""Charts of staffing: labels on the marks, no style, nothing left out, and one for narrow screens."""

import re
from datetime import date, timedelta

import pytest

from closeout.web.staffing.charts import PARTS, gap_chart, ledger_chart
from closeout.web.staffing.queries.offices import OfficeLine
from closeout.workload.intervals import Interval
from tests.web.staffing.made import AS_OF, make_week

WEEKS = [make_week(date(2026, 1, 5) + timedelta(weeks=number)) for number in range(30)]


def line(label, gap, interval=None):
    return OfficeLine(
        office_id=label[:3].upper(),
        label=label,
        demand_hours=1.0,
        hours_available=1.0,
        need_fte=1.0,
        staff_fte=1.0,
        gap_fte=gap,
        pressure=1.0,
        probability_short=None,
        grade="A",
        demand=None,
        observed_to=None,
        flags=(),
        reason="",
        need=None,
        gap=interval,
        ratio=None,
    )


LINES = (
    line("Alder", 2.5, Interval(-0.5, 2.4, 4.5)),
    line("Birch", -1.25, Interval(-2.0, -1.2, -0.4)),
    line("Cedar", None),
)


def words(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_every_office_is_named_in_order_with_its_gap_beside_it(is_narrow):
    svg = gap_chart(LINES, is_narrow=is_narrow)
    said = words(svg)
    assert [one for one in said if one in ("Alder", "Birch", "Cedar")] == ["Alder", "Birch", "Cedar"]
    assert {"2.5", "−1.2", "no figure"} <= set(said)
    assert "style=" not in svg


def test_offices_without_intervals_are_drawn_as_dots_alone():
    svg = gap_chart((line("Alder", 2.5),))
    assert "2.5" in words(svg)


def test_no_office_at_all_is_an_empty_chart_and_no_error():
    assert gap_chart(()).startswith("<svg")


@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_ledger_names_its_five_parts_and_marks_the_as_of_date(is_narrow):
    svg = ledger_chart(WEEKS, as_of=AS_OF, is_narrow=is_narrow)
    assert {part for _, part, _ in PARTS} <= set(words(svg))
    assert "stroke-dasharray" in svg
    assert "style=" not in svg


def test_a_narrow_chart_fits_a_narrow_screen():
    for svg in (gap_chart(LINES, is_narrow=True), ledger_chart(WEEKS, as_of=AS_OF, is_narrow=True)):
        assert float(re.search(r'<svg[^>]*\bwidth="([\d.]+)"', svg)[1]) <= 345


def test_no_weeks_are_an_empty_chart_and_no_error():
    assert ledger_chart([], as_of=AS_OF).startswith("<svg")
