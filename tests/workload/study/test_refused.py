"""What the lines say of diary entries that no weight rests on."""

from __future__ import annotations

from dataclasses import replace

from closeout.workload.study.check import check_studies
from closeout.workload.study.refused import refused_entries, unlisted_rows, without_cases
from tests.workload.study.making import LIST, diary, entry, frame, records, sample, week


def _lines(entries):
    return refused_entries(check_studies(records(entries, [sample(1)]), LIST))


def test_sound_entries_have_no_line():
    assert _lines(week(1)) == ()


def test_each_fault_is_one_line_with_its_entries_and_what_to_do():
    wrong = [entry(number, activity="basket-weaving") for number in (6, 7, 8, 9, 10)]
    below = entry(11, minutes=-16)
    first, second = _lines([*week(1), *wrong, below])
    assert first == "time_entries 11: the minutes are below 0; correct the entry"
    assert second.startswith("time_entries 6, 7, 8 and 2 more: the activity is not in the pack's")
    assert second.endswith("add it or correct the code (activity is basket-weaving)")


def test_a_30_hour_day_is_one_line():
    # 60 + 1,800 minutes on the Monday; the four other days go on.
    assert _lines([*week(1), entry(6, minutes=1800)]) == (
        "time_entries 1, 6: the day has more than 24 hours; correct or remove its entries",
    )


def test_where_nothing_can_be_used_that_comes_first():
    lines = _lines([entry(1, activity="lunch"), entry(2, activity="lunch")])
    assert lines[0] == (
        "time_entries: none of 2 can be used, so duties take the minutes that experts gave; keep diaries"
    )
    assert lines[1].startswith("time_entries 1, 2: the activity is not")


def test_a_snapshot_without_diaries_says_so():
    (line,) = _lines([])
    assert line.startswith("time_entries: none can be used")


def test_decisions_on_an_activity_that_no_list_has_are_named():
    decided = frame("weight_adjustments", [{"adjustment_id": 1, "activity": "check-in"}])
    lost = frame("weight_adjustments", [{"adjustment_id": 9, "activity": "polish-the-lamps"}])
    said = frame(
        "delphi_estimates", [{"estimate_id": n, "activity": "polish-the-lamps"} for n in range(1, 6)]
    )
    sound = replace(records([]), adjustments=decided)
    assert unlisted_rows(sound, LIST) == ()
    adjustment, estimates = unlisted_rows(replace(sound, adjustments=lost, estimates=said), LIST)
    assert adjustment == (
        "weight_adjustments 9: the activity is not in the pack's activities.yaml; add it or correct the code "
        "(activity is polish-the-lamps)"
    )
    assert estimates.startswith("delphi_estimates 1, 2, 3 and 2 more: ")


def test_minutes_a_case_and_month_without_any_case_led_are_said():
    led, unled = ("F01", "S-1", 0, "look-after", 90, 5), ("F01", "S-1", 0, "look-after", 90, 0)
    assert without_cases(diary([led]), LIST) == ()
    assert without_cases(diary([("F01", "S-1", 0, "check-in", 90, 0)]), LIST) == ()
    (line,) = without_cases(diary([unled]), LIST)
    assert line.startswith("assignments: nobody is on record as leading a case in the weeks recorded")
