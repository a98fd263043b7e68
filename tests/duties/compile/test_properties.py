"""What holds of every clause over every agency."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import CLOSED_STATES, State
from closeout.duties.compile import counts, instances
from tests.duties.making import opened_rows
from tests.duties.random_agency import CLAUSES, FIRST, SPAN, records

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SOME = ("fiscal-quarter", "month", "on-opened", "rolling-excused", "rolling-held", "within-hours-new-rule")
DAYS = st.dates(FIRST, FIRST + timedelta(days=SPAN + 60))
CLOSED = {state.value for state in CLOSED_STATES}


def by_instance(rows):
    return {(row["subject"], row["sequence"]): row for row in rows}


@pytest.mark.parametrize("name", SOME)
@settings(max_examples=2, phases=UNSHRUNK, deadline=None)
@given(seed=st.integers(0, 1_000_000), size=st.integers(5, 40), one=DAYS, other=DAYS)
def test_what_is_done_stays_done_with_the_same_dates(name, seed, size, one, other):
    first, last = sorted((one, other))
    with opened_rows(records(seed, size)) as (engine, tables):
        before, after = (
            by_instance(engine.to_arrow(instances(CLAUSES[name], tables, as_of=day)).to_pylist())
            for day in (first, last)
        )
    assert before.keys() <= after.keys()
    for key, was in before.items():
        now = after[key]
        if was["state"] in {"done", "done_late"}:
            same = set(was) - {"office_id", "officer_no", "ended_on"}
            assert {column: was[column] for column in same} == {column: now[column] for column in same}
        if was["state"] == "excused":
            assert now["state"] in CLOSED
        if was["state"] == "overdue" and was["rule"] == now["rule"]:
            assert now["state"] in {"overdue", *CLOSED}


@pytest.mark.parametrize("name", SOME)
@settings(max_examples=2, phases=UNSHRUNK, deadline=None)
@given(seed=st.integers(0, 1_000_000), size=st.integers(5, 40), as_of=DAYS)
def test_each_instance_is_in_one_state_and_the_counts_add_up(name, seed, size, as_of):
    clause = CLAUSES[name]
    with opened_rows(records(seed, size)) as (engine, tables):
        rows = engine.to_arrow(instances(clause, tables, as_of=as_of)).to_pylist()
        by_holder = engine.to_arrow(counts(clause, tables, as_of=as_of)).to_pylist()
        by_state = engine.to_arrow(counts(clause, tables, as_of=as_of, by=("state",))).to_pylist()
    assert len(by_instance(rows)) == len(rows)
    assert {row["state"] for row in rows} <= {state.value for state in State}
    assert {row["state"]: row["instances"] for row in by_state} == Counter(row["state"] for row in rows)
    holders = Counter((row["office_id"], row["officer_no"], row["state"], row["is_missed"]) for row in rows)
    assert {tuple(row.values())[1:-1]: row["instances"] for row in by_holder} == holders


@pytest.mark.parametrize("name", SOME)
@settings(max_examples=2, phases=UNSHRUNK, deadline=None)
@given(seed=st.integers(0, 1_000_000), size=st.integers(5, 40), as_of=DAYS)
def test_missed_goes_with_the_state(name, seed, size, as_of):
    with opened_rows(records(seed, size)) as (engine, tables):
        rows = engine.to_arrow(instances(CLAUSES[name], tables, as_of=as_of)).to_pylist()
    for row in rows:
        if row["state"] != "excused":
            assert row["is_missed"] == (row["state"] in {"done_late", "overdue"})
        if row["reason"] == "service_issue":
            assert not row["is_missed"]
        assert (row["due_on"] is None) == (row["rule"] == "") == (row["state"] == "no_basis")
