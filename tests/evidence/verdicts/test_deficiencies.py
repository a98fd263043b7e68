"""Deficiencies: exposure first, standards apart, repeats, time to a verified fix, and what cannot be said."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.charts import Signal
from closeout.evidence.statistics.funnel import Position
from closeout.evidence.statistics.trend import Direction
from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis, deficiencies
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.tables import facilities_table, ratings_table
from tests.evidence.verdicts.making import AS_OF, judged


def inspection(number, facility="F-1", ended=date(2026, 3, 1), components=40, **said):
    return {
        "inspection_id": number,
        "facility_id": facility,
        "kind": "odo",
        "standard_set_id": "NDS-2019",
        "ended_on": ended,
        "components_assessed": components,
        "state": "issued",
    } | said


def cited(inspection_id, *components, facility="F-1", on=date(2026, 3, 1), **said):
    return [
        {
            "inspection_id": inspection_id,
            "facility_id": facility,
            "component_id": component,
            "cited_on": on,
            "state": "cited",
        }
        | said
        for component in components
    ]


def made(inspections, found=(), as_of=AS_OF, **others) -> DeficiencyAnalysis:
    rows = [{"deficiency_id": number} | row for number, row in enumerate(found, 1)]
    return judged(deficiencies, as_of, inspections=inspections, deficiencies=rows, **others)


def facility(found: DeficiencyAnalysis, code="F-1"):
    return next(one for one in found.facilities if one.facility_id == code)


# Exposure.


def test_expected_is_components_times_the_rate_of_all():
    # 6 in 120 components: 0.05; F-1 with 40: 2 expected, 4 observed.
    found = made(
        [inspection(1), inspection(2, "F-2", components=80)],
        [*cited(1, "A", "B", "C", "D"), *cited(2, "A", "B", facility="F-2")],
    )
    one = facility(found).standardized
    assert one is not None
    assert (one.observed, one.expected, one.ratio) == (4, pytest.approx(2), pytest.approx(2))


def test_sets_of_standards_and_kinds_are_compared_apart():
    # Under NDS-2019 8 in 80, under PBNDS 2 in 80: each facility is at the rate of its own.
    rows = [
        inspection(n, f"F-{n}", standard_set_id="NDS-2019" if n < 3 else "PBNDS-2011") for n in range(1, 5)
    ]
    found = made(rows, [*cited(1, *"ABCD"), *cited(2, *"ABCD"), *cited(3, "A"), *cited(4, "A")])
    assert [one.standardized.ratio for one in found.facilities] == pytest.approx([1, 1, 1, 1])


def test_an_inspection_without_counted_components_has_no_rate():
    found = made([inspection(1, components=None)], cited(1, "A", "B"))
    one = facility(found)
    assert (one.inspections, one.with_exposure) == (1, 0)
    assert (one.standardized, one.placed, one.chart.points) == (None, None, ())
    assert found.funnel is None
    assert found.cannot[0].startswith("1 of 1 inspection does not say how many components were assessed.")


def test_zero_components_are_no_exposure_either():
    assert facility(made([inspection(1, components=0)])).with_exposure == 0


def test_an_unread_report_is_not_a_clean_one():
    found = made([inspection(1, components=None), inspection(2, "F-2", components=None)], cited(1, "A"))
    assert any("1 of these has no deficiency on record, either" in one for one in found.cannot)


def test_the_comparison_takes_in_two_years():
    old = date(2024, 9, 30)
    found = made([inspection(1, ended=old), inspection(2, "F-2", ended=date(2024, 10, 1))], cited(2, "A"))
    assert found.since == date(2024, 10, 1)
    assert facility(found).standardized is None
    assert facility(found, "F-2").standardized is not None


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 60), st.integers(0, 5)), min_size=1, max_size=15))
@settings(max_examples=25, deadline=None)
def test_over_all_facilities_expected_is_observed(rows: list[tuple[int, int, int]]):
    inspections = [inspection(n, f"F-{place}", components=of) for n, (place, of, _) in enumerate(rows, 1)]
    found = made(
        inspections, [row for n, (_, _, many) in enumerate(rows, 1) for row in cited(n, *"ABCDE"[:many])]
    )
    compared = [one.standardized for one in found.facilities if one.standardized is not None]
    assert sum(one.expected for one in compared) == pytest.approx(sum(one.observed for one in compared))
    assert sum(quarter.deficiencies for quarter in found.quarters) == sum(one.observed for one in compared)
    assert found.deficiencies == sum(many for _, _, many in rows)


# Across facilities.


def many_facilities(high: int) -> DeficiencyAnalysis:
    """Return twenty facilities with two deficiencies in 40 components each, and one with `high`."""
    rows = [inspection(n, f"F-{n:02d}") for n in range(1, 22)]
    found = [row for n in range(1, 21) for row in cited(n, "A", "B")]
    return made(rows, [*found, *cited(21, *(f"C-{n}" for n in range(high)))])


def test_a_facility_far_from_the_rest_is_said_in_a_sentence():
    # 52 of 21 x 40: 2.476 expected; 12 is beyond the 99.8 % limit, P(X >= 12) < 0.0001.
    found = many_facilities(12)
    placed = facility(found, "F-21").placed
    assert placed is not None
    assert placed.position is Position.VERY_HIGH
    assert found.signals[0] == (
        "F-21: 12 deficiencies in 40 components where 2.5 were expected; above the 99.8 % limit."
    )


def test_facilities_stand_in_the_order_of_codes_whatever_their_figures():
    found = many_facilities(12)
    assert [one.facility_id for one in found.facilities] == [f"F-{n:02d}" for n in range(1, 22)]
    assert facilities_table(found).column("facility")[0] == "F-01"


def test_within_the_limits_nothing_stands_out():
    assert many_facilities(4).signals == ()


def test_few_facilities_get_no_estimate_of_spread_and_it_is_said():
    found = made([inspection(1), inspection(2, "F-2")], cited(1, "A"))
    assert any(one.startswith("Only 2 facilities can be compared") for one in found.cannot)


def test_a_facility_compared_with_itself_is_named():
    found = made([inspection(1, kind="special"), inspection(2, "F-2")], [*cited(1, "A"), *cited(2, "B")])
    assert any("with little else to be compared with: F-1, F-2" in one for one in found.cannot)


def test_areas_are_compared_by_office_or_published_area():
    places = [
        {"facility_id": "F-1", "label": "One", "office_id": "OFF-1", "area_code": "DEN"},
        {"facility_id": "F-2", "label": "Two", "office_id": None, "area_code": "MIA"},
    ]
    found = made([inspection(1), inspection(2, "F-2")], cited(1, "A"), facilities=places)
    assert found.areas is not None
    assert [one.unit.name for one in found.areas.placed] == ["MIA", "OFF-1"]
    assert facility(found).label == "One"


def test_without_areas_there_is_no_comparison_of_areas():
    assert made([inspection(1)], cited(1, "A")).areas is None


# Within a facility.


def yearly(counts, **said):
    """Return inspections of one facility a month apart, with so many deficiencies each."""
    rows = [
        inspection(n, ended=date(2024, 1, 10) + timedelta(days=30 * n), **said)
        for n, _ in enumerate(counts, 1)
    ]
    found = [
        row
        for n, many in enumerate(counts, 1)
        for row in cited(n, *(f"C-{m}" for m in range(many)), on=date(2024, 1, 10) + timedelta(days=30 * n))
    ]
    return rows, found


def test_each_inspection_is_a_point_of_the_chart():
    chart = facility(made(*yearly([4, 6, 5]))).chart
    assert [point.value for point in chart.points] == pytest.approx([0.1, 0.15, 0.125])
    assert chart.is_trial


def test_a_point_outside_the_limits_is_said():
    found = made(*yearly([2] * 12 + [16]))
    assert Signal.OUTSIDE in facility(found).chart.points[-1].signals
    assert any("is outside the limits of its chart" in one for one in found.signals)


def test_other_standards_are_a_named_step():
    rows, found = yearly([2] * 12 + [16] * 2)
    rows = [
        row | {"standard_set_id": "NDS-2025" if row["inspection_id"] > 12 else "NDS-2019"} for row in rows
    ]
    chart = facility(made(rows, found)).chart
    assert [step.reason for step in chart.steps] == ["assessed by NDS-2025 from here on"]
    assert chart.points[-1].signals == ()


def test_a_falling_facility_is_said_with_p_after_allowing_for_all():
    one = made(*yearly([9, 8, 8, 7, 6, 5, 4, 3, 2, 1]))
    assert facility(one).trend.direction is Direction.DECREASING
    assert any(said.startswith("F-1: deficiencies per component are decreasing by") for said in one.signals)


def test_a_trend_is_over_one_set_of_standards():
    rows, found = yearly([9, 8, 8, 7, 6, 5, 4, 3, 2, 1])
    rows = [row | {"standard_set_id": "NDS-2025" if row["inspection_id"] > 6 else "NDS-2019"} for row in rows]
    assert facility(made(rows, found)).trend.n == 4


def test_inspections_of_one_day_are_one_point_of_the_trend():
    rows, found = yearly([9, 8, 7, 6, 5, 4])
    rows = [row | {"ended_on": min(row["ended_on"], date(2024, 4, 10))} for row in rows]
    assert facility(made(rows, found)).trend.n == 4


def test_short_series_are_counted_among_what_cannot_be_said():
    found = made(*yearly([1, 2, 3]))
    assert facility(found).trend.direction is Direction.TOO_SHORT
    assert any("1 of 1 facility has fewer than 5 comparable inspections" in one for one in found.cannot)


# Over time, all together.


def test_quarters_are_fiscal_and_add_up():
    found = made(
        [inspection(1, ended=date(2025, 9, 30)), inspection(2, ended=date(2025, 10, 1), components=None)],
        [*cited(1, "A"), *cited(2, "B")],
    )
    assert [(q.quarter, q.inspections, q.components, q.deficiencies) for q in found.quarters] == [
        ("FY2025 Q4", 1, 40, 1),
        ("FY2026 Q1", 1, 0, 0),
    ]
    assert found.quarters[1].rate is None


def test_years_count_inspections_by_kind():
    found = made([inspection(1), inspection(2, kind="self", components=None)], cited(1, "A"))
    assert [(y.fiscal_year, y.kind, y.inspections, y.with_exposure, y.deficiencies) for y in found.years] == [
        (2026, "odo", 1, 1, 1),
        (2026, "self", 1, 0, 0),
    ]


# Repeats.


def test_repeats_are_of_the_inspection_just_before():
    rows = [inspection(n, ended=date(2023 + n, 3, 1)) for n in (1, 2, 3)]
    found = made(rows, [*cited(1, "A", "B"), *cited(2, "A", "C"), *cited(3, "B", "C")])
    # Second: A of A, C; third: C of B, C; B was not cited at the second.
    assert (found.repeats.matched, found.repeats.could_match) == (2, 4)
    assert found.repeats.share == 0.5


def test_what_the_reports_call_repeats_is_counted_apart():
    found = made([inspection(1)], cited(1, "A", is_repeat=True))
    assert (found.repeats.flagged, found.repeats.could_match, found.repeats.share) == (1, 0, None)
    assert any("as the reports call them (1 of 1)" in one for one in found.cannot)


def test_a_printed_code_stands_in_for_a_component():
    rows = [inspection(1, ended=date(2025, 3, 1)), inspection(2)]
    code = {"component_id": None, "code_as_printed": "MC-28"}
    found = made(rows, [*cited(1, "x", **code), *cited(2, "x", **code)])
    assert found.repeats.matched == 1


def test_deficiencies_without_a_code_cannot_be_followed():
    rows = [inspection(1, ended=date(2025, 3, 1)), inspection(2)]
    blank = {"component_id": None, "code_as_printed": None}
    found = made(rows, [*cited(1, "x", **blank), *cited(2, "x", **blank)])
    assert found.repeats.could_match == 0
    assert any("2 deficiencies carry no code" in one for one in found.cannot)


# Time to a verified fix.


def action(deficiency, verified, **said):
    return {
        "deficiency_id": deficiency,
        "state": "verified" if verified else "done",
        "accepted_on": date(2026, 3, 10),
        "due_on": date(2026, 6, 1),
        "verified_on": verified,
    } | said


def test_open_deficiencies_are_followed_until_the_day():
    # Cited 1 March: one verified after 31 days, one open for 213 days until 30 September.
    found = made(
        [inspection(1)], cited(1, "A", "B"), corrective_actions=[action(1, date(2026, 4, 1)), action(2, None)]
    )
    curve = found.verified.curve
    assert curve is not None
    assert [(m.length, m.ended, m.censored) for m in curve.moments] == [(31, 1, 0), (213, 0, 1)]
    assert curve.median == 31


def test_a_verification_after_the_day_is_not_known():
    found = made([inspection(1)], cited(1, "A"), corrective_actions=[action(1, date(2026, 10, 1))])
    assert found.verified.curve is not None
    assert found.verified.curve.ended == 0


def test_done_is_not_verified():
    found = made(
        [inspection(1)], cited(1, "A"), corrective_actions=[action(1, date(2026, 4, 1), state="ineffective")]
    )
    assert found.verified.curve is not None
    assert found.verified.curve.censored == 1


def test_closed_without_a_verified_action_counts_as_open_and_is_said():
    found = made(
        [inspection(1)],
        cited(1, "A", state="closed", closed_on=date(2026, 5, 1)),
        corrective_actions=[action(1, None)],
    )
    assert found.verified.closed_unverified == 1
    assert any("nobody saw the fix" in one for one in found.cannot)


def test_waived_ones_are_followed_until_they_were_waived():
    found = made(
        [inspection(1)],
        [*cited(1, "A", state="waived", closed_on=date(2026, 3, 31)), *cited(1, "B", state="waived")],
        corrective_actions=[],
    )
    assert found.verified.curve is not None
    assert [(m.length, m.censored) for m in found.verified.curve.moments] == [(30, 1), (213, 1)]
    assert (found.verified.waived, found.verified.closed_unverified) == (2, 0)


def test_what_was_put_right_on_site_is_left_out_and_counted():
    found = made([inspection(1)], cited(1, "A", is_corrected_on_site=True), corrective_actions=[])
    assert (found.verified.curve, found.verified.on_site) == (None, 1)


def test_what_the_next_visit_found_verified_by_hand():
    # Cited at the first: A verified and not again; B verified and cited again; C verified after the visit;
    # D never; E put right on the spot and W waived, which nobody has to verify. So 1 of 4.
    rows = [inspection(1, ended=date(2025, 3, 1)), inspection(2)]
    found = [
        *cited(1, "A", "B", "C", "D", on=date(2025, 3, 1)),
        *cited(1, "E", on=date(2025, 3, 1), is_corrected_on_site=True),
        *cited(1, "W", on=date(2025, 3, 1), state="waived"),
        *cited(2, "B"),
    ]
    days = {1: date(2025, 6, 1), 2: date(2025, 6, 1), 3: date(2026, 3, 2)}
    actions = [action(number, on) for number, on in days.items()]
    next_visit = made(rows, found, corrective_actions=actions).verified.next_visit
    assert (next_visit.verified, next_visit.cited_again, next_visit.followed) == (1, 1, 4)
    assert next_visit.share == 0.25


def test_verified_on_the_last_day_of_the_visit_is_in_time():
    rows = [inspection(1, ended=date(2025, 3, 1)), inspection(2, ended=date(2026, 3, 1))]
    found = cited(1, "A", on=date(2025, 3, 1))
    seen = made(rows, found, corrective_actions=[action(1, date(2026, 3, 1))]).verified.next_visit
    assert (seen.verified, seen.followed) == (1, 1)


def test_without_a_next_visit_nobody_can_say():
    found = made([inspection(1)], cited(1, "A"), corrective_actions=[action(1, date(2026, 4, 1))])
    assert (found.verified.next_visit.followed, found.verified.next_visit.share) == (0, None)


def test_without_corrective_actions_nothing_is_known():
    found = made([inspection(1)], cited(1, "A"))
    assert found.verified.curve is None
    assert any("no corrective actions" in one for one in found.cannot)


# Ratings.


def test_words_that_drift_are_said():
    rows = [
        inspection(1, ended=date(2010, 3, 1), rating="acceptable", rating_as_printed="Acceptable"),
        inspection(2, ended=date(2020, 3, 1), rating="meets", rating_as_printed="Meets Standards"),
        inspection(3, ended=date(2021, 3, 1), rating="meets", rating_as_printed="Pass"),
        inspection(4, ended=date(2022, 3, 1), rating="pending", rating_as_printed="Pending"),
    ]
    found = made(rows)
    assert [(one.rating, one.inspections, one.first_year) for one in found.ratings] == [
        ("acceptable", 1, 2010),
        ("meets", 2, 2020),
        ("pending", 1, 2022),
    ]
    assert any(
        one.startswith("The words of ratings drift: 3 printed forms stand for 2 ratings")
        for one in found.cannot
    )
    assert ratings_table(found).column("printed") == ("Acceptable", "Meets Standards, Pass", "Pending")


def test_words_that_stay_are_not_said_to_drift():
    rows = [
        inspection(1, rating="meets", rating_as_printed="Meets"),
        inspection(2, rating="does_not_meet", rating_as_printed="Does Not Meet"),
    ]
    assert not any("drift" in one for one in made(rows).cannot)


# As of a day; tables that lack.


def test_what_came_after_the_day_is_not_known():
    found = made([inspection(1), inspection(2, ended=date(2026, 10, 1))], cited(1, "A", on=date(2026, 10, 2)))
    assert (found.inspections, found.deficiencies) == (1, 0)


def test_a_day_before_the_records_has_nothing_to_say():
    found = made([inspection(1)], as_of=date(2020, 1, 1))
    assert found.facilities == ()
    assert found.cannot == ("The records hold no inspection that had ended: nothing can be said.",)


def test_without_deficiencies_ratings_alone_say_little():
    found = judged(deficiencies, inspections=[inspection(1, components=None)])
    assert any("no table of deficiencies" in one for one in found.cannot)


def test_an_empty_table_of_deficiencies_is_no_clean_result():
    assert any("whether none was found or none was entered" in one for one in made([inspection(1)]).cannot)


def test_without_the_table_it_says_which():
    with pytest.raises(LacksTablesError, match="no table inspections"):
        judged(deficiencies, deficiencies=[])


def test_it_is_json_and_holds_the_day():
    plain = json.loads(json.dumps(many_facilities(12).plain()))
    assert plain["as_of"] == AS_OF.isoformat()
    assert plain["funnel"]["placed"][20]["position"] == "above the 99.8 % limit"
