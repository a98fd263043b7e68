"""While planned acts meet an interval it calls for nothing: against a slow oracle, counted both ways."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from closeout.duties.clauses import Done, Pack, Shape
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.workload.volumes import count_volumes
from tests.duties.making import contact_clause, day, days, table, text, version
from tests.duties.random_agency import OLD_AND_NEW, READS, records
from tests.workload.slow_volumes import SlowVolumes
from tests.workload.snapshots import written

NOV, MAY, END = day("2023-11-01"), day("2024-05-01"), day("2024-06-01")
LONG_AGO = day("2022-01-01")
OUT = timedelta(days=1)
READ = READS | {
    "scheduled_on": lambda row: row["scheduled_on"],
    "docket = 'family'": lambda row: row["docket"] == "family",
    "office_id = 'A'": lambda row: row["office_id"] == "A",
}
OF_PROCEEDINGS = text("kind = 'proceeding'")
EVERY = contact_clause(
    duty="proceeding",
    minutes="verify",
    done=Done("verifications", "verified_on", "case_no", "case_no", OF_PROCEEDINGS),
    versions=(version(period=days(60)),),
)
PLAN = contact_clause(
    duty="hearing",
    minutes="hear",
    shape=Shape.ON,
    owes="hearings",
    starts=None,
    due=text("scheduled_on"),
    ends=None,
    done=Done("verifications", "verified_on", "hearing_id", "hearing_id", OF_PROCEEDINGS),
    versions=(version(),),
)


def heard(seed, size):
    """Return an agency with hearings, some before the months, and a verification of each second one."""
    random = Random(seed)  # noqa: S311 - repeatable is what is wanted
    made = records(seed, size)
    names = [case["case_no"] for case in made["cases"]]
    made["hearings"] = [
        {
            "hearing_id": place,
            "case_no": random.choice(names),
            "scheduled_on": NOV + timedelta(random.randrange(-90, 210)),
        }
        for place in range(1, 2 * size)
    ]
    made["verifications"] += [
        {"case_no": one["case_no"], "kind": "proceeding", "hearing_id": one["hearing_id"], "verified_on": NOV}
        for one in made["hearings"][::2]
    ]
    return made


def counted(snapshot_or_tables, engine, clauses, *, is_whole=False):
    pack = Pack("test", "Test", tuple(clauses))
    return count_volumes(engine, snapshot_or_tables, pack, NOV, MAY, is_whole=is_whole).table().to_pylist()


def both_ways(tmp_path, clauses, rows, *, is_whole=False):
    """Return the volumes counted from files, having seen that an engine's tables give the same."""
    snapshot = written(tmp_path, rows)
    engine = connect(threads=1)
    try:
        files = counted(snapshot, engine, clauses, is_whole=is_whole)
        assert files == counted(open_tables(engine, snapshot), engine, clauses, is_whole=is_whole)
    finally:
        engine.close()
    return files


def of(rows, activity, side="owed"):
    found = {
        (row["office_id"], row["officer_no"], row["docket"], row["month"]): row[side]
        for row in rows
        if row["activity"] == activity and abs(row[side]) > 1e-9
    }
    return {key: pytest.approx(value) for key, value in found.items()}


def slowly(intervals, plan, rows):
    """Return what intervals call for, day by day: nothing while the last planned act is an interval old.

    Of several in scope on a day the shortest, as without a plan.
    """
    plain = {name: table(name, few).to_pylist() for name, few in rows.items()}
    acts = defaultdict(list)
    early = SlowVolumes(plan, plain, LONG_AGO, END, reads=READ)
    for row in early.rows():
        acts[row["case_no"]] += [on for on, _ in early.calls(row)]
    each = [SlowVolumes(one, plain, NOV, END, reads=READ) for one in intervals]
    made = defaultdict(float)
    for case in plain["cases"]:
        rate = defaultdict(float)
        for one in each:
            in_scope = one.clause.when is None or one.read(one.clause.when, case)
            for on, number in one.calls(case) if in_scope else ():
                length = round(1 / number)
                is_met = any(act <= on < act + length * OUT for act in acts[case["case_no"]])
                rate[on] = max(rate[on], 0.0 if is_met else number)
        for on, number in rate.items():
            made[*each[0].holder(case, own=False), on.replace(day=1)] += number
    return {key: value for key, value in made.items() if value > 1e-9}


CASES = {
    "plain": (EVERY,),
    "versions-and-scope": (replace(EVERY, when=text("docket <> 'detained'"), versions=OLD_AND_NEW),),
    "nested": (
        EVERY,
        replace(EVERY, duty="family", when=text("docket = 'family'"), versions=(version(period=days(25)),)),
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_an_interval_calls_for_nothing_while_a_planned_act_meets_it(tmp_path, name):
    rows = heard(sum(map(ord, name)), 40)
    expected = slowly(CASES[name], PLAN, rows)
    files = both_ways(tmp_path, (*CASES[name], PLAN), rows)
    assert of(files, "verify") == expected
    alone = both_ways(tmp_path / "alone", CASES[name], rows)
    assert sum(expected.values()) < 0.8 * sum(row["owed"] for row in alone if row["activity"] == "verify")


def test_counted_as_one_stretch_it_is_as_much(tmp_path):
    rows = heard(7, 40)
    files = both_ways(tmp_path, (EVERY, PLAN), rows, is_whole=True)
    expected = slowly((EVERY,), PLAN, rows)
    found = sum(row["owed"] for row in files if row["activity"] == "verify")
    assert found == pytest.approx(sum(expected.values()))


def one_case(*scheduled):
    case = {"case_no": "C-1", "office_id": "A", "docket": "family", "opened_on": NOV}
    return {
        "cases": [case],
        "verifications": [],
        "hearings": [{"case_no": "C-1", "scheduled_on": day(on)} for on in scheduled],
    }


@pytest.mark.parametrize(
    ("scheduled", "uncovered"),
    [
        # November to May has 213 days.
        ((), 213),
        # From 1 December 60 days are met.
        (("2023-12-01",), 153),
        # 20 days later again: 80 days in all.
        (("2023-12-01", "2023-12-21"), 133),
        # Two hearings on one day are one act to the interval.
        (("2023-12-01", "2023-12-01"), 153),
        # Before the months: of its 60 days 10 lie within, 12 September + 60 days = 11 November.
        (("2023-09-12",), 203),
        # At their end: 1 to 31 May is met.
        (("2024-05-01",), 182),
    ],
)
def test_by_hand_the_days_after_each_act_are_met(scheduled, uncovered):
    rows = one_case(*scheduled)
    engine = connect(threads=1)
    try:
        for name in sorted({"transfers", "assignments", "holds", *rows}):
            engine.from_arrow(name, table(name, rows.get(name, [])))
        found = counted(engine.tables(), engine, (EVERY, PLAN), is_whole=True)
    finally:
        engine.close()
    before = sum(on < "2023-11-01" for on in scheduled)
    if scheduled:
        # A case opened in November is in no scope before; its earlier hearing still meets.
        assert sum(row["owed"] for row in found if row["activity"] == "hear") == len(scheduled) - before
    assert sum(row["owed"] for row in found if row["activity"] == "verify") == pytest.approx(uncovered / 60)


def test_another_kind_of_act_meets_nothing(tmp_path):
    rows = heard(3, 30)
    other = replace(PLAN, done=replace(PLAN.done, where=text("kind = 'contact'")))
    alone = of(both_ways(tmp_path, (EVERY,), rows), "verify")
    assert of(both_ways(tmp_path / "other", (EVERY, other), rows), "verify") == alone


def test_an_act_done_for_the_plan_is_not_done_for_the_interval_too(tmp_path):
    # 40 rows of the random agency, some of them of proceedings, and one for each second of 79 hearings.
    rows = heard(4, 40)
    own = sum(
        one["kind"] == "proceeding" and NOV <= one["verified_on"] < END for one in rows["verifications"][:40]
    )
    files = both_ways(tmp_path, (EVERY, PLAN), rows)
    assert sum(row["done"] for row in files if row["activity"] == "verify") == own
    assert sum(row["done"] for row in files if row["activity"] == "hear") == 40
