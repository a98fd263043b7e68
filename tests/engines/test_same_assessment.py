"""The main job gives the same figures on DuckDB and on Spark."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from closeout.assess import load_rules
from closeout.assess.work import Ground, work_out_on
from closeout.duties.pack import own_folder
from tests.assess.conftest import MEASURES
from tests.engines.conftest import SPARK

pytestmark = SPARK
ALL = (
    MEASURES
    + """
- measure: days-to-review
  group: 7
  title: Days between the beginning of a review and its end
  section: A7
  shape: median
  unit: days
  over: file_reviews
  from: started_on
  to: completed_on
  min_n: 1
  direction: down
  owner: supervisor
  numerator: days
  denominator: reviews that ended
  closes_when: reviews end soon
- measure: reviews-overdue
  group: 7
  title: Reviews overdue
  section: A7
  shape: count
  unit: count
  duties: [file-review]
  statistic: backlog
  by: [docket, duty, age]
  direction: down
  owner: supervisor
  numerator: reviews overdue
  closes_when: none is
- measure: cases-without-overdue
  group: 1
  title: Cases of which nothing is overdue
  section: A1
  shape: share
  unit: share
  duties: all
  statistic: cases
  by: docket
  direction: up
  owner: supervisor
  numerator: cases without an overdue duty
  denominator: open cases
  closes_when: all are
- measure: reviews-ended
  group: 7
  title: Reviews that ended
  section: A7
  shape: count
  unit: count
  over: file_reviews
  on: completed_on
  by: [age, case_no.docket]
  direction: up
  owner: supervisor
  numerator: reviews
  closes_when: they end
- measure: items-with-a-defect
  group: 7
  title: Items with a defect
  section: A7
  shape: share
  unit: share
  over: file_review_items
  counts: result = 'defect'
  on: found_on
  cluster: review_id
  by: item
  period: P12M
  direction: down
  owner: supervisor
  numerator: items with a defect
  denominator: items
  closes_when: few have one
- measure: hours-to-record
  group: 2
  title: Hours to the record of an outcome
  section: A3
  shape: median
  unit: hours
  over: check_ins
  where: recorded_at is not null
  on: due_on
  from: due_on
  to: recorded_at
  by: channel
  period: P12M
  direction: down
  owner: supervisor
  numerator: hours
  denominator: check-ins with an outcome
  closes_when: it is soon
"""
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory, snapshot):
    """Return the small example agency under the rules of case files."""
    folder = tmp_path_factory.mktemp("pack")
    for name in ("pack.yaml", "activities.yaml", "case_files.yaml"):
        shutil.copyfile(own_folder() / name, folder / name)
    (folder / "measures.yaml").write_text(ALL)
    rules = load_rules(folder)
    return Ground(snapshot, rules.pack, snapshot.as_of), rules.measures


def need(worked) -> list[float]:
    """Return the hours, need and staff of the nation and of each office; nothing where there is no figure."""
    made = worked.beside.staffing
    figures = (
        (one.demand_hours, one.need_fte, one.staff_fte, one.hours_available)
        for one in (made.nation, *made.offices)
    )
    return [float("nan") if figure is None else figure for row in figures for figure in row]


def findings(worked) -> list[str]:
    """Return what the integrity checks found, in no order of an engine's own."""
    return sorted(map(repr, worked.beside.found.findings.found))


def test_measures_duties_and_need_are_the_same(ground, duck_engine, spark_engine):
    on, measures = ground
    here = work_out_on(duck_engine, on, measures)
    there = work_out_on(spark_engine, replace(on, address="spark://anywhere"), measures)
    # The statements differ: each engine has its own words.
    plain = [[replace(each, query="") for each in one.measured] for one in (here, there)]
    assert plain[0] == plain[1]
    parts = {each.measure.code: [len(one.parts) for one in each.breakdowns] for each in there.measured}
    assert parts["reviews-overdue"][1:] == [1, 5]
    assert all(all(some) for some in parts.values())
    assert here.duties == there.duties
    assert findings(here) == findings(there)
    assert need(here) == pytest.approx(need(there), nan_ok=True)
    assert here.beside.notes == there.beside.notes
