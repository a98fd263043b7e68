"""What a check of a time study finds: refused entries with their reason, weeks to look at, the response."""

from __future__ import annotations

from datetime import timedelta

import pytest

from closeout.workload.study.check import check_studies
from closeout.workload.study.faults import FLAGS, WHY, Fault
from tests.workload.study.making import LIST, MONDAY, entry, officer, records, sample, study, week


def _checked(entries, samples=None, **more):
    samples = [sample(1), sample(2, "S-2")] if samples is None else samples
    return check_studies(records(entries, samples, **more), LIST)


def _refused(entries, samples=None, **more):
    rows = _checked(entries, samples, **more).refused
    return dict(rows.select("entry_id", "fault").iter_rows())


def test_a_sound_week_goes_on_whole():
    made = _checked(week(1) + week(11, "S-2"))
    assert made.good["entry_id"].to_list() == [1, 2, 3, 4, 5, 11, 12, 13, 14, 15]
    assert made.refused.height == made.flags.height == 0
    assert made.found() == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"minutes": -30}, Fault.NEGATIVE_MINUTES),
        ({"minutes": 0}, Fault.NO_MINUTES),
        ({"activity": "lunch"}, Fault.UNKNOWN_ACTIVITY),
        ({"officer": "S-9"}, Fault.UNKNOWN_OFFICER),
        ({"study": "STUDY-9"}, Fault.STUDY_UNKNOWN),
        ({"day": MONDAY - timedelta(days=1)}, Fault.OUTSIDE_STUDY),
        ({"day": MONDAY + timedelta(days=12)}, Fault.OUTSIDE_STUDY),
        ({"day": MONDAY + timedelta(days=7)}, Fault.NEVER_ASKED),
        ({"office_id": "F02"}, Fault.TWO_OFFICES),
    ],
)
def test_an_entry_that_cannot_be_is_refused_alone(change, fault):
    assert _refused([*week(1), entry(6, **change)]) == {6: fault}


def test_a_30_hour_day_is_refused_whole_and_the_other_days_go_on():
    # 60 + 4 x 435 = 1,800 minutes on the Monday.
    long = [entry(number, minutes=435) for number in range(6, 10)]
    made = _checked([*week(1), *long])
    assert made.refused["entry_id"].to_list() == [1, 6, 7, 8, 9]
    assert set(made.refused["fault"]) == {Fault.DAY_OVER_24_HOURS}
    assert made.good["entry_id"].to_list() == [2, 3, 4, 5]


def test_a_row_that_stands_twice_under_one_number_counts_once():
    made = _checked([*week(1), entry(1)])
    assert made.refused.select("entry_id", "fault").rows() == [(1, Fault.ENTRY_TWICE)]
    assert made.good["entry_id"].to_list() == [1, 2, 3, 4, 5]


def test_a_day_of_exactly_24_hours_goes_on():
    assert _refused([entry(1, minutes=1440)]) == {}


def test_a_negative_entry_does_not_hide_a_day_that_is_too_long():
    day = [entry(1, minutes=1000), entry(2, minutes=500), entry(3, minutes=-100)]
    assert _refused(day) == {
        1: Fault.DAY_OVER_24_HOURS,
        2: Fault.DAY_OVER_24_HOURS,
        3: Fault.NEGATIVE_MINUTES,
    }


def test_the_same_minutes_of_the_same_case_are_one_entry():
    twice = [entry(1, case_no="C-000001"), entry(2, case_no="C-000001"), entry(3, case_no="C-000002")]
    assert _refused(twice) == {2: Fault.ENTRY_TWICE}


def test_two_like_entries_without_a_case_may_both_be_right():
    assert _refused([entry(1), entry(2)]) == {}


def test_an_officer_in_two_offices_in_one_week_counts_where_asked():
    there = [one | {"office_id": "F02"} for one in week(11)]
    assert set(_refused([*week(1), *there]).items()) == {(n, Fault.TWO_OFFICES) for n in range(11, 16)}


def test_without_samples_an_officer_in_two_offices_counts_at_home():
    made = _refused([entry(1), entry(2, office_id="F02"), entry(3, "S-2", office_id="F02")], [])
    assert made == {2: Fault.TWO_OFFICES}


def test_without_samples_nobody_is_refused_for_not_being_asked_and_the_response_is_not_known():
    made = _checked(week(1), [])
    assert made.good.height == 5
    assert made.responses.height == 0


def test_without_studies_no_entry_is_outside_one():
    assert _refused(week(1), studies=[]) == {}


def test_a_recorded_week_without_entries_is_flagged_with_its_sample():
    made = _checked(week(1))
    assert made.found() == {Fault.WEEK_MISSING: [2]}
    assert made.flags["officer_no"].to_list() == ["S-2"]


def test_days_without_entries_are_flagged_and_the_entries_go_on():
    made = _checked(week(1)[:3], [sample(1)])
    assert made.found() == {Fault.DAYS_MISSING: [1]}
    assert made.good.height == 3


def test_a_weekend_is_no_working_day():
    days = [*week(1)[:4], entry(9, day=MONDAY + timedelta(days=5))]
    assert _checked(days, [sample(1)]).found() == {Fault.DAYS_MISSING: [1]}


@pytest.mark.parametrize(("minutes", "flags"), [(600, {}), (601, {Fault.OVER_CONTRACT: [1]})])
def test_a_week_far_over_the_contract_is_flagged(minutes, flags):
    # 125 % of 40 hours are 3,000 minutes: five days of 600.
    assert _checked(week(1, minutes=minutes), [sample(1)]).found() == flags


def test_a_part_time_officers_week_is_held_to_half_the_hours():
    made = _checked(week(1, minutes=301), [sample(1)], officers=[officer(hours=20.0)])
    assert made.found() == {Fault.OVER_CONTRACT: [1]}


def test_a_declined_week_is_not_flagged():
    assert _checked([], [sample(1, state="declined"), sample(2, "S-2", state="asked")]).found() == {}


def test_the_response_is_officer_weeks_recorded_of_those_asked_for():
    samples = [
        sample(1),
        sample(2, "S-2", state="declined"),
        sample(3, monday=MONDAY + timedelta(days=7), state="asked"),
        sample(4, "S-2", monday=MONDAY + timedelta(days=7), state="absent"),
    ]
    # Asked three weeks (the absent one not), recorded one.
    assert _checked(week(1), samples).responses.row(0, named=True) == {
        "study": "STUDY-1",
        "office_id": "F01",
        "asked": 3,
        "recorded": 1,
        "absent": 1,
        "response": pytest.approx(1 / 3),
    }


def test_a_week_said_to_be_recorded_without_entries_is_no_response():
    assert _checked([], [sample(1)]).responses["response"].to_list() == [0.0]


def test_an_officer_said_to_be_absent_who_recorded_was_asked():
    assert _checked(week(1), [sample(1, state="absent")]).responses.row(0)[2:5] == (1, 1, 0)


def test_offices_have_a_response_each():
    samples = [sample(1), sample(2, "S-2", state="asked", office_id="F02")]
    assert _checked(week(1), samples).responses["response"].to_list() == [1.0, 0.0]


def test_each_refused_entry_has_one_reason():
    made = _checked([entry(1, minutes=-5, activity="lunch", study="STUDY-9")])
    assert made.refused["fault"].to_list() == [Fault.UNKNOWN_ACTIVITY]


def test_what_is_read_is_refused_or_goes_on():
    entries = [*week(1), entry(6, minutes=0), entry(7, "S-9"), entry(8, activity="lunch")]
    made = _checked(entries)
    assert made.good.height + made.refused.height == len(entries)


def test_no_entries_at_all_are_no_fault():
    made = _checked([], [])
    assert made.good.height == made.refused.height == made.flags.height == 0


def test_each_fault_says_what_it_means():
    assert set(WHY) == set(Fault)
    assert set(Fault) > FLAGS


def test_a_study_without_entries_is_still_answered_for():
    made = check_studies(records([], [sample(1, state="asked")], [study()]), LIST)
    assert made.responses["response"].to_list() == [0.0]
