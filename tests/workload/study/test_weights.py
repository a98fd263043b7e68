"""Which weight is used where: the office's own, the nation's, the experts', or none; both kinds."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.workload.activities import Activity, Sort
from closeout.workload.study.adjust import adjusted
from closeout.workload.study.weigh import Frame, observed
from closeout.workload.study.weights import expert, of_today, weight_set
from closeout.workload.weights import Grade, Kind, Unit
from tests.workload.study.making import AS_OF, CHECK_IN, LIST, REVIEW, diary, frame, responses

FRAME = Frame(responses(("F01", 10, 9), ("F02", 10, 9), ("F03", 10, 4)))


def _rows(office, minutes, officers=4, week=0):
    spread = (-20, 0, 10, 10)
    return [
        (office, f"S-{office}{n}", week, "check-in", minutes + spread[n % 4], 10) for n in range(officers)
    ]


BOTH = [*_rows("F01", 100), *_rows("F02", 200), *_rows("F03", 300)]


def _adjustment(**more):
    row = {
        "adjustment_id": 1,
        "activity": "check-in",
        "observed_minutes": 12.0,
        "adjusted_minutes": 15.0,
        "low_minutes": 13.0,
        "high_minutes": 18.0,
        "reason": "steps_left_out",
        "rationale": "Steps are left out",
        "decided_on": date(2026, 5, 1),
        "decided_by": "S-1",
        "approved_on": date(2026, 5, 9),
        "approved_by": "S-2",
        "expires_on": date(2029, 5, 1),
    }
    return row | more


def _set(rows=BOTH, adjustments=(), known=FRAME, as_of=AS_OF):
    seen = observed(diary(rows), known, LIST, as_of)
    decided = adjusted(frame("weight_adjustments", adjustments), known.changes, seen, LIST, as_of)
    return weight_set(seen, decided, LIST, diary(rows), as_of)


def test_an_office_with_diaries_has_its_own():
    found = _set().get("check-in", "F01")
    assert (found.grade, found.office_id, found.minutes) == (Grade.A, "F01", 10)


def test_an_office_with_too_little_response_takes_the_nations_with_grade_c():
    found, nation = _set().get("check-in", "F03"), _set().get("check-in")
    assert (found.grade, found.office_id, found.minutes) == (Grade.C, "F03", nation.minutes)
    assert found.reason.startswith("pooled from other offices")


def test_an_office_nobody_ever_heard_of_takes_the_nations():
    assert _set().get("check-in", "F77").grade is Grade.C


def test_a_pooled_interval_is_as_wide_again_as_offices_differ():
    # The offices are at 10 and 20 minutes: one more may be at either.
    found, nation = _set().get("check-in", "F03"), _set().get("check-in")
    assert found.low < nation.low
    assert found.high > nation.high
    assert found.low < 10
    assert found.high > 20


def test_offices_that_are_alike_pool_to_the_nations_own_interval():
    same = _set([*_rows("F01", 100), *_rows("F02", 100)])
    assert same.get("check-in", "F09").high == pytest.approx(same.get("check-in").high)


def test_what_nobody_recorded_has_the_experts_range():
    found = _set().get("review", "F01")
    assert (found.grade, found.minutes, found.low, found.high) == (Grade.D, 35, 20, 60)
    assert found.reason == "nobody recorded it: the experts' range"


def test_a_made_up_range_says_so():
    assert expert(CHECK_IN).reason.endswith("which is made up")
    assert not expert(REVIEW).reason.endswith("which is made up")


def test_an_activity_without_diary_and_range_has_no_figure():
    found = expert(Activity("wait", "Wait", Unit.DUTY, Sort.CASE))
    assert (found.minutes, found.grade) == (None, Grade.NONE)
    assert "no expert gave a range" in found.reason


def test_an_expired_activity_has_no_figure_in_any_office_rather_than_the_experts():
    for office in (None, "F01", "F03"):
        found = _set(as_of=date(2032, 1, 1)).get("check-in", office)
        assert (found.minutes, found.grade) == (None, Grade.NONE)
        assert found.reason.startswith("expired")


def test_an_unknown_activity_is_an_answer():
    found = _set().get("fly", "F01")
    assert (found.minutes, found.grade) == (None, Grade.NONE)
    assert found.reason


def test_support_has_no_weight():
    assert _set().get("meeting", "F01").grade is Grade.NONE


def test_what_nobody_adjusted_is_as_observed_and_says_so():
    found = _set().get("check-in", "F01", Kind.ADJUSTED)
    assert (found.minutes, found.kind) == (10, Kind.ADJUSTED)
    assert found.reason.startswith("not adjusted: as observed")


def test_an_adjustment_stands_beside_the_observed_weight_and_never_over_it():
    made = _set(adjustments=[_adjustment()])
    for office in (None, "F01", "F03"):
        assert made.get("check-in", office, Kind.ADJUSTED).minutes == 15
    assert made.get("check-in", "F01").minutes == 10
    assert made.get("check-in", "F01").kind is Kind.OBSERVED


def test_an_adjustment_gives_its_reason_both_days_and_what_was_observed():
    found = _set(adjustments=[_adjustment()]).get("check-in", None, Kind.ADJUSTED)
    assert found.reason == (
        "adjusted from 12 minutes observed: steps left out; Steps are left out; "
        "decided 2026-05-01, approved 2026-05-09"
    )
    assert (found.low, found.high, found.expires_on) == (13, 18, date(2029, 5, 1))
    assert found.officers == 12


@pytest.mark.parametrize(
    "change",
    [
        {"approved_by": None, "approved_on": None},
        {"approved_by": "S-1"},
        {"approved_on": date(2026, 10, 1)},
        {"expires_on": date(2026, 9, 29)},
        {"activity": "fly"},
    ],
)
def test_an_adjustment_that_does_not_hold_changes_nothing(change):
    found = _set(adjustments=[_adjustment(**change)]).get("check-in", "F01", Kind.ADJUSTED)
    assert found.minutes == 10


def test_an_adjustment_ends_when_the_activity_changes():
    known = Frame(FRAME.responses, {"check-in": date(2026, 6, 1)})
    made = _set(adjustments=[_adjustment()], known=known)
    assert made.get("check-in", None, Kind.ADJUSTED).minutes is None


def test_an_adjustment_after_the_change_holds_where_there_is_no_diary_yet():
    known = Frame(FRAME.responses, {"check-in": date(2026, 4, 1)})
    made = _set(adjustments=[_adjustment(observed_minutes=None)], known=known)
    found = made.get("check-in", "F01", Kind.ADJUSTED)
    assert (found.minutes, found.grade) == (15, Grade.D)
    assert "nobody had observed it" in found.reason
    assert made.get("check-in", "F01").minutes is None


def test_the_latest_decision_counts_and_an_offices_own_before_all():
    later = _adjustment(adjustment_id=2, adjusted_minutes=16.0, decided_on=date(2026, 6, 1))
    own = _adjustment(adjustment_id=3, adjusted_minutes=17.0, office_id="F01")
    made = _set(adjustments=[later, _adjustment(), own])
    assert made.get("check-in", "F02", Kind.ADJUSTED).minutes == 16
    assert made.get("check-in", "F01", Kind.ADJUSTED).minutes == 17


def test_an_offices_own_adjustment_leaves_the_others_as_observed():
    made = _set(adjustments=[_adjustment(office_id="F01")])
    assert made.get("check-in", "F01", Kind.ADJUSTED).minutes == 15
    assert made.get("check-in", "F02", Kind.ADJUSTED).minutes == 20
    assert made.get("check-in", None, Kind.ADJUSTED).minutes == made.get("check-in").minutes


def test_the_set_lists_what_was_found_each_once():
    made = _set(adjustments=[_adjustment()])
    keys = [(one.activity, one.office_id, one.kind) for one in made.all]
    assert len(keys) == len(set(keys))
    assert all(made.get(*key) == one for key, one in zip(keys, made.all, strict=True))


def test_the_diary_of_the_set_leaves_out_what_is_expired():
    made = _set([*BOTH, *_rows("F01", 100, week=-300)])
    assert min(made.diary["week"].to_pylist()) == date(2026, 3, 2)


def test_ncscs_quality_adjustment_gives_60_cases_a_lawyer_and_nine_lawyers():
    """NCSC, New Mexico (Lefstein): 1,800 h a lawyer, weight raised from 20 to 30 h, 540 felonies: 6 to 9."""
    made = _set(
        [("F01", f"S-{n}", 0, "check-in", 20 * 60 * 10, 10) for n in range(4)],
        [
            _adjustment(
                observed_minutes=1200.0, adjusted_minutes=1800.0, low_minutes=1700.0, high_minutes=1900.0
            )
        ],
    )
    before, after = made.get("check-in", "F01"), made.get("check-in", "F01", Kind.ADJUSTED)
    hours = 1800
    assert (hours / (before.minutes / 60), hours / (after.minutes / 60)) == (90, 60)
    assert (540 / 90, 540 / (hours / (after.minutes / 60))) == (6, 9)


def test_draws_rest_on_no_diary_of_an_earlier_policy():
    rows = diary([*_rows("F01", 100), *_rows("F01", 200, week=4), ("F01", "S-1", 0, "review", 9, 1)])
    kept = of_today(rows, {"check-in": date(2026, 3, 16)})
    assert kept.schema == rows.schema
    assert sorted(set(zip(kept["activity"].to_pylist(), kept["week"].to_pylist(), strict=True))) == [
        ("check-in", date(2026, 3, 30)),
        ("review", date(2026, 3, 2)),
    ]


def test_a_diary_whose_activities_are_what_they_were_stays_whole():
    rows = diary(BOTH)
    assert of_today(rows, {}).equals(rows)
