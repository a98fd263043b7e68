"""A study's sample: by office and unit, over the seasons, the same again for the same seed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import polars as pl
import pytest

from closeout.records.snapshot import arrow_schema
from closeout.workload.study.plan import Asked, Design, PlanError, diary_template, moments_template, sample_of
from tests.workload.study.making import frame

FROM = date(2026, 10, 7)
MONDAY = date(2026, 10, 5)


def _officers(*sizes, first=0, **more):
    """Return officers: `sizes` of (office, unit, how many)."""
    rows = [
        {
            "officer_no": f"S-{office}{unit}{number:02d}".replace("-", ""),
            "office_id": office,
            "unit_id": unit,
            "role": "deportation_officer",
            "active_from": date(2020, 1, 1),
            "contracted_hours": 40.0,
        }
        | more
        for office, unit, count in sizes
        for number in range(first, first + count)
    ]
    return frame("officers", rows)


MANY = _officers(("F01", "NDD", 40), ("F01", "DET", 20), ("F02", "NDD", 20), ("F03", "SUP", 3))


def _asked(**more):
    return Asked(**({"code": "STUDY-7", "from_on": FROM, "officers": 20} | more))


def _count(sample):
    return dict(
        sample.select("officer_no", "office_id")
        .unique()
        .group_by("office_id")
        .len()
        .sort("office_id")
        .iter_rows()
    )


def test_a_sample_has_the_tables_columns():
    sample = sample_of(_asked(), MANY)
    assert sample.columns == arrow_schema("study_samples").names
    assert sample["sample_id"].to_list() == list(range(1, sample.height + 1))
    assert set(sample["state"]) == {"asked"}


def test_each_office_and_unit_has_its_share_and_at_least_two():
    # 83 officers, 20 asked: two of each are 8; the other 12 by the 38, 18, 18, 1 left: 6.08, 2.88, 2.88 and
    # 0.16 are 6, 3, 3 and 0.
    found = sample_of(_asked(), MANY).join(MANY.select("officer_no", "unit_id"), on="officer_no")
    counted = (
        found.select("officer_no", "office_id", "unit_id").unique().group_by("office_id", "unit_id").len()
    )
    assert {row[:2]: row[2] for row in counted.iter_rows()} == {
        ("F01", "NDD"): 8,
        ("F01", "DET"): 5,
        ("F02", "NDD"): 5,
        ("F03", "SUP"): 2,
    }


@pytest.mark.parametrize("officers", [1, 3, 4, 7, 20, 82, 83])
def test_as_many_are_asked_as_were_wanted(officers):
    assert sample_of(_asked(officers=officers), MANY)["officer_no"].n_unique() == officers


def test_each_officer_is_asked_two_weeks_in_a_row_on_mondays():
    sample = sample_of(_asked(), MANY)
    weeks = sample.group_by("officer_no").agg(pl.col("week_from").sort())
    assert {(two - one).days for one, two in weeks["week_from"].to_list()} == {7}
    assert set(sample["week_from"].dt.weekday()) == {1}


def test_the_rounds_lie_in_four_seasons_and_every_office_is_asked_in_each():
    sample = sample_of(_asked(officers=60), MANY)
    firsts = sample.group_by("officer_no", "office_id").agg(pl.col("week_from").min())
    days = {(week - MONDAY).days for week in firsts["week_from"]}
    assert days == {0, 91, 182, 273}
    large = (
        firsts.filter(pl.col("office_id") != "F03").group_by("office_id").agg(pl.col("week_from").n_unique())
    )
    assert set(large["week_from"]) == {4}


def test_the_same_seed_gives_the_same_sample_and_another_another():
    first, again, other = (sample_of(_asked(seed=seed), MANY) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_the_order_of_the_officers_changes_nothing():
    assert sample_of(_asked(), MANY).equals(sample_of(_asked(), MANY.reverse()))


def test_an_office_that_is_added_changes_no_other_offices_drawing():
    more = pl.concat([MANY, _officers(("F09", "NDD", 20))])
    before = sample_of(_asked(officers=83), MANY).filter(office_id="F02")
    after = sample_of(_asked(officers=103), more).filter(office_id="F02")
    assert before.drop("sample_id").equals(after.drop("sample_id"))


def test_every_officer_of_a_unit_has_the_same_chance():
    # 5 of 20, 400 times: each 100 times, standard deviation 8.7.
    office = _officers(("F01", "NDD", 20))
    drawn = [
        set(sample_of(_asked(officers=5, rounds=1, seed=seed), office)["officer_no"]) for seed in range(400)
    ]
    counted = [sum(number in one for one in drawn) for number in office["officer_no"]]
    assert sum(counted) == 2000
    assert 65 <= min(counted) <= max(counted) <= 135


@pytest.mark.parametrize(
    "change",
    [
        {"contracted_hours": 0.0},
        {"active_from": date(2027, 1, 1)},
        {"active_to": date(2026, 9, 1)},
    ],
)
def test_who_does_not_serve_or_has_no_hours_is_not_asked(change):
    sample = sample_of(
        _asked(), pl.concat([_officers(("F01", "A", 3)), _officers(("F02", "A", 3), **change)])
    )
    assert set(sample["office_id"]) == {"F01"}


def test_only_the_offices_and_roles_asked_for_are_asked():
    both = pl.concat([MANY, _officers(("F01", "SUP", 4), role="supervisor")])
    assert _count(sample_of(_asked(offices=("F02",)), MANY)) == {"F02": 20}
    assert _count(sample_of(_asked(roles=("supervisor",)), both)) == {"F01": 4}


def test_moments_lie_within_duty_hours_and_no_two_are_alike():
    sample = sample_of(_asked(officers=4, design=Design.RANDOM_MOMENT, moments_a_week=30), MANY)
    per_week = sample.group_by("officer_no", "week_from").agg(pl.len(), pl.col("asked_at").n_unique())
    assert set(per_week["len"]) == set(per_week["asked_at"]) == {30}
    for at, week in sample.select("asked_at", "week_from").iter_rows():
        assert time(8) <= at.time() < time(16, 30)
        assert at.minute % 5 == 0
        assert 0 <= (at.date() - week).days < 5


def test_moments_are_spread_over_the_day():
    sample = sample_of(_asked(design=Design.RANDOM_MOMENT), MANY)
    morning = sample.filter(pl.col("asked_at").dt.time() < time(12, 15)).height / sample.height
    assert 0.4 < morning < 0.6


def test_a_diary_asks_for_no_moment():
    assert sample_of(_asked(), MANY)["asked_at"].null_count() == sample_of(_asked(), MANY).height


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"officers": 0}, "officers must be at least 1"),
        ({"weeks": 0}, "weeks must be at least 1"),
        ({"weeks": 14}, "do not fit into a year"),
        ({"offices": ("F99",)}, "no officer has the office F99"),
        ({"roles": ("pilot",)}, "no officer has the role pilot"),
        ({"design": Design.RANDOM_MOMENT, "moments_a_week": 511}, "a week has 510 moments"),
        ({"from_on": date(2010, 1, 4)}, "nobody may be asked"),
    ],
)
def test_what_cannot_be_planned_is_refused(change, said):
    with pytest.raises(PlanError, match=said):
        sample_of(_asked(**change), MANY)


def test_more_officers_than_there_are_means_everybody():
    assert _count(sample_of(_asked(officers=500), MANY)) == {"F01": 60, "F02": 20, "F03": 3}


def test_the_template_has_a_row_a_working_day_and_the_entries_columns():
    sample = sample_of(_asked(officers=2, least=1, rounds=1), _officers(("F01", "NDD", 2)))
    empty = diary_template(sample)
    assert empty.height == 2 * 2 * 5
    assert set(empty.columns) < set(arrow_schema("time_entries").names)
    assert set(empty["worked_on"].dt.weekday()) == {1, 2, 3, 4, 5}
    assert empty["minutes"].null_count() == empty.height
    assert set(empty["study"]) == {"STUDY-7"}


def test_the_template_of_moments_has_a_row_a_moment_and_the_columns_of_moments():
    one = _officers(("F01", "NDD", 1))
    sample = sample_of(_asked(officers=1, least=1, design=Design.RANDOM_MOMENT), one)
    empty = moments_template(sample)
    assert empty.columns == list(arrow_schema("study_moments").names)
    assert empty["observed_at"].to_list() == sample["asked_at"].to_list()
    assert empty["activity"].null_count() == empty.height == sample.height
    assert empty["moment_id"].to_list() == list(range(1, empty.height + 1))
    assert moments_template(sample_of(_asked(officers=1, least=1), one)).is_empty()


def test_the_template_of_moments_asks_for_the_weeks_once():
    sample = sample_of(_asked(officers=1, least=1, design=Design.RANDOM_MOMENT), _officers(("F01", "NDD", 1)))
    assert diary_template(sample).height == 10
    assert sample["asked_at"].min() >= datetime.combine(MONDAY, time(8)) + timedelta(days=0)
