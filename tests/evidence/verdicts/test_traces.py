"""Traces: what is untraced stays in sight, small cells do not show, and caveats go with every export."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.trend import Direction
from closeout.evidence.suppression import NOT_SHOWN
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.traces import CAVEATS, Traces, traces
from tests.evidence.verdicts.making import AS_OF, judged

EXTRACT = date(2026, 9, 10)


def cell(bucket, firearms, month=date(2025, 10, 1), source="TX", recovery="SON", **said):
    lost = firearms if bucket == "untraced" else 0
    return {
        "as_of_on": EXTRACT,
        "month_from": month,
        "recovery_state": recovery,
        "source_state": "UNKNOWN" if lost else source,
        "days_bucket": bucket,
        "firearms": firearms,
        "incomplete": lost,
        "suppression_rule": "none",
    } | said


def made(*cells, as_of=AS_OF) -> Traces:
    rows = [{"trace_id": number} | row for number, row in enumerate(cells, 1)]
    return judged(traces, as_of, trace_counts=rows)


EXAMPLE = (cell("under_1_year", 20), cell("1_to_3_years", 30), cell("over_3_years", 30), cell("untraced", 40))


# Time to recovery.


def test_shares_of_the_traced_and_bounds_of_all_by_hand():
    # 80 traced of 120. Under a year 20 of 80; of all at least 20, at most 60. Up to 3 years 50; 50, 90.
    times = made(*EXAMPLE).times
    assert [one.of_traced for one in times] == pytest.approx([0.25, 0.625, 1.0])
    assert [one.least for one in times] == pytest.approx([20 / 120, 50 / 120, 80 / 120])
    assert [one.most for one in times] == pytest.approx([60 / 120, 90 / 120, 1.0])


def test_the_untraced_share_has_no_interval_and_is_never_left_out():
    found = made(*EXAMPLE)
    assert (found.firearms, found.untraced, found.incomplete) == (120, 40, 40)
    assert found.untraced_share == pytest.approx(1 / 3)
    assert found.cannot[0].startswith("40 of 120 firearms are untraced")


def test_the_median_of_all_may_lie_anywhere_the_untraced_allow():
    found = made(*EXAMPLE)
    assert found.median_of_traced == "1 to 3 years"
    assert (found.median_least, found.median_most) == ("under 1 year", "over 3 years")


def test_with_more_than_half_untraced_the_median_may_not_be_reached():
    found = made(cell("under_1_year", 20), cell("untraced", 30))
    assert (found.median_of_traced, found.median_least, found.median_most) == (
        "under 1 year",
        "under 1 year",
        "not reached",
    )


def test_nothing_traced_has_no_median_and_no_share():
    found = made(cell("untraced", 30))
    assert found.median_of_traced == ""
    assert [one.of_traced for one in found.times] == [None, None, None]


@given(st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any))
@settings(max_examples=40, deadline=None)
def test_bounds_hold_the_share_whatever_the_untraced_were(counts: list[int]):
    names = ("under_1_year", "1_to_3_years", "over_3_years", "untraced")
    found = made(*(cell(name, count) for name, count in zip(names, counts, strict=True) if count))
    for one in found.times:
        assert 0 <= one.least <= one.most <= 1
        assert one.of_traced is None or one.least <= one.of_traced <= one.most
    assert sum(one.firearms for one in found.times) + found.untraced == found.firearms == sum(counts)


# One extract, some months.


def test_only_the_newest_extract_by_the_day_counts():
    old = cell("over_3_years", 500, as_of_on=date(2025, 9, 10), month=date(2025, 1, 1))
    later = cell("over_3_years", 900, as_of_on=date(2026, 10, 10))
    found = made(*EXAMPLE, old, later)
    assert (found.extract_on, found.firearms) == (EXTRACT, 120)
    assert any("count the same recoveries again" in one for one in found.cannot)


def test_months_before_the_window_are_left_out():
    found = made(
        *EXAMPLE, cell("over_3_years", 70, month=date(2023, 8, 1)), cell("over_3_years", 7, date(2023, 9, 1))
    )
    assert found.since == date(2023, 9, 1)
    assert found.firearms == 127


def test_unfinished_months_take_no_part_in_the_trend():
    months = [date(2025, month, 1) for month in range(1, 13)] + [
        date(2026, month, 1) for month in range(1, 9)
    ]
    found = made(*(cell("over_3_years", 100 + 5 * place, month) for place, month in enumerate(months)))
    assert [one.is_finished for one in found.months] == [True] * 14 + [False] * 6
    assert (found.trend.n, found.trend.direction) == (14, Direction.INCREASING)
    assert any("6 newest months lie so near" in one for one in found.cannot)


def test_the_trend_of_the_untraced_share():
    months = [date(2025, month, 1) for month in range(1, 11)]
    cells = [cell("over_3_years", 100, month) for month in months]
    lost = [cell("untraced", 20 + 5 * place, month) for place, month in enumerate(months)]
    assert made(*cells, *lost).trend_untraced.direction is Direction.INCREASING


# States, with small cells withheld.


def shown(found: Traces) -> dict[str, dict[str, object]]:
    assert found.states is not None
    return {str(row["source_state"]): row for row in found.states.records()}


def test_large_cells_are_shown_with_their_totals():
    found = made(cell("over_3_years", 30), cell("over_3_years", 20, recovery="BCN"), cell("untraced", 40))
    rows = shown(found)
    assert rows["TX"] == {"source_state": "TX", "recovered_in_bcn": 20, "recovered_in_son": 30, "all": 50}
    assert rows["ALL"]["all"] == 90


def test_a_small_cell_cannot_be_worked_out_by_subtraction():
    states = [("TX", "SON", 30), ("TX", "BCN", 4), ("AZ", "SON", 25), ("AZ", "BCN", 60)]
    found = made(*(cell("over_3_years", n, source=source, recovery=place) for source, place, n in states))
    rows = shown(found)
    assert rows["TX"]["recovered_in_bcn"] == NOT_SHOWN
    hidden = [(key, name) for key, row in rows.items() for name, value in row.items() if value == NOT_SHOWN]
    # One alone in its row or column could be subtracted from the total that stands there.
    for key, name in hidden:
        assert sum(other == key for other, _ in hidden) > 1 or rows[key]["all"] == NOT_SHOWN
        assert sum(other == name for _, other in hidden) > 1 or rows["ALL"][name] == NOT_SHOWN


def test_plain_values_show_no_small_count():
    found = made(*EXAMPLE[:3], cell("untraced", 4), cell("over_3_years", 3, month=date(2025, 11, 1)))
    plain = found.plain()
    assert plain["times"] == plain["untraced"] == plain["untraced_share"] == plain["incomplete"] == NOT_SHOWN
    text = json.dumps(plain)
    assert '"untraced": 4' not in text
    assert "4 of 87" not in text
    rows = plain["months"]["rows"]
    assert [row[-1] for row in rows][1] == NOT_SHOWN


def test_a_handful_of_firearms_is_not_shown_at_all():
    plain = made(cell("over_3_years", 7)).plain()
    assert plain["firearms"] == plain["times"] == NOT_SHOWN
    assert "7" not in json.dumps(plain["months"]["rows"])


def test_plain_values_show_what_is_large():
    plain = made(*EXAMPLE).plain()
    assert plain["untraced"] == 40
    assert [one["up_to"] for one in plain["times"]] == [20, 50, 80]
    assert plain["months"]["rows"][0] == ["2025-10-01", 80, 40, 120]


# Caveats, and nothing there.


def test_caveats_stand_with_every_export():
    plain = made(*EXAMPLE).plain()
    assert plain["caveats"] == list(CAVEATS)
    said = " ".join(CAVEATS)
    for word in ("not a random sample", "coverage is partial", "right truncation", "Aggregates only"):
        assert word in said


def test_a_day_before_the_extract_has_nothing_to_say():
    found = made(*EXAMPLE, as_of=date(2026, 9, 9))
    assert (found.extract_on, found.firearms, found.states, found.untraced_share) == (None, 0, None, None)
    assert found.cannot == ("The records hold no trace that was known on this day: nothing can be said.",)
    assert found.plain()["months"] == []


def test_an_empty_table_is_no_error():
    assert made().firearms == 0


def test_without_the_table_it_says_which():
    with pytest.raises(LacksTablesError, match="no table trace_counts"):
        judged(traces)
