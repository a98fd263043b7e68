"""What must hold for any diaries: units scale, officers are interchangeable, nothing read is lost."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.workload.study.check import DAY_MINUTES, check_studies
from closeout.workload.study.plan import Asked, sample_of
from closeout.workload.study.weigh import Frame, observed
from tests.workload.study.making import (
    AS_OF,
    LIST,
    MONDAY,
    diary,
    entry,
    frame,
    officer,
    records,
    responses,
    sample,
)

FRAME = Frame(responses(("F01", 10, 9), ("F02", 10, 9)))
pairs = st.lists(
    st.tuples(st.integers(30, 3_000), st.integers(5, 60), st.sampled_from(["F01", "F02"])),
    min_size=3,
    max_size=9,
)
entries = st.lists(
    st.tuples(
        st.integers(-5, 900),
        st.sampled_from(["check-in", "meeting", "lunch"]),
        st.integers(-1, 12),
        st.sampled_from(["S-1", "S-2", "S-9"]),
        st.sampled_from(["F01", "F02"]),
    ),
    max_size=12,
)


def _weights(rows, names=None):
    names = names or [f"S-{place}" for place in range(len(rows))]
    made = [
        (office, name, 0, "check-in", minutes, tasks)
        for name, (minutes, tasks, office) in zip(names, rows, strict=True)
    ]
    return {one.office_id: one for one in observed(diary(made), FRAME, LIST, AS_OF)}


@settings(max_examples=25, deadline=None)
@given(pairs)
def test_twice_the_minutes_are_twice_the_weight_and_as_sure(rows):
    once, twice = _weights(rows), _weights([(2 * minutes, tasks, office) for minutes, tasks, office in rows])
    assert set(once) == set(twice)
    for office, one in once.items():
        assert twice[office].minutes == pytest.approx(2 * one.minutes)
        assert (twice[office].low, twice[office].high) == pytest.approx((2 * one.low, 2 * one.high))


@settings(max_examples=25, deadline=None)
@given(pairs)
def test_twice_the_tasks_are_half_the_weight(rows):
    once, twice = _weights(rows), _weights([(minutes, 2 * tasks, office) for minutes, tasks, office in rows])
    assert twice[None].minutes == pytest.approx(once[None].minutes / 2)


@settings(max_examples=25, deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_other_staff_numbers_and_another_order_change_nothing(rows, chance):
    names = [f"S-Z{place}" for place in range(len(rows))]
    mixed = list(rows)
    chance.shuffle(mixed)
    once, other = _weights(rows), _weights(mixed, names)
    assert {office: one.minutes for office, one in once.items()} == pytest.approx(
        {office: one.minutes for office, one in other.items()}
    )


@settings(max_examples=25, deadline=None)
@given(pairs)
def test_the_nations_weight_lies_among_its_officers_and_within_its_interval(rows):
    nation = _weights(rows)[None]
    own = [minutes / tasks for minutes, tasks, _ in rows]
    assert min(own) - 1e-9 <= nation.minutes <= max(own) + 1e-9
    assert nation.low <= nation.minutes <= nation.high


@settings(max_examples=30, deadline=None)
@given(entries)
def test_each_entry_is_refused_once_or_goes_on_and_what_goes_on_can_be(said):
    made = [
        entry(number, who, MONDAY + timedelta(days=day), minutes, activity=activity, office_id=office)
        for number, (minutes, activity, day, who, office) in enumerate(said, 1)
    ]
    found = check_studies(records(made, [sample(1), sample(2, "S-2")]), LIST)
    keys = found.good["entry_id"].to_list() + found.refused["entry_id"].to_list()
    assert sorted(keys) == list(range(1, len(made) + 1))
    assert (found.good["minutes"] > 0).all()
    assert set(found.good["office_id"]) <= {"F01"}
    days = found.good.group_by("officer_no", "worked_on").agg(pl.col("minutes").sum())
    assert (days["minutes"] <= DAY_MINUTES).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(1, 80), st.integers(1, 4))
def test_a_plan_asks_as_many_as_wanted_and_nobody_twice(sizes, wanted, rounds):
    rows = [
        officer(f"S-{place}X{number}", f"F{place:02d}", unit_id="NDD")
        for place, size in enumerate(sizes)
        for number in range(size)
    ]
    made = sample_of(Asked("STUDY-9", MONDAY, wanted, rounds=rounds), frame("officers", rows))
    assert made["officer_no"].n_unique() == min(wanted, sum(sizes))
    assert made.select("officer_no", "week_from").is_unique().all()
    assert made.group_by("officer_no").len()["len"].unique().to_list() == [2]
