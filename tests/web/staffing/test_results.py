"""What is stored of a run reads back as what it was made of, and is taken out whole."""

import csv
import io
import json
from datetime import date

import pytest

from closeout.web.staffing.confidence import officer_rows
from closeout.web.staffing.exports import office_tables
from closeout.web.staffing.models import StaffingRun
from closeout.web.staffing.queries.office import demand_of
from closeout.web.staffing.results import office_result, read
from closeout.workload.figures import DeskHours, DutyHours, Need, OfficerHours, Week, plain
from closeout.workload.weights import Grade, Weight
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import (
    AS_OF,
    keep,
    make_duty,
    make_need,
    make_officer,
    make_staffing,
    make_week,
    make_weight,
    without_figure,
)


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (Need, make_need()),
        (Need, without_figure(THERE)),
        (DutyHours, make_duty()),
        (OfficerHours, make_officer("S-0001")),
        (OfficerHours, make_officer("S-0001", interval=None, at_risk=(), utilization=None)),
        (Week, make_week(date(2026, 5, 25))),
        (Weight, make_weight()),
        (Weight, make_weight(grade=Grade.NONE, minutes=None, observed_from=None, observed_to=None)),
    ],
)
def test_a_value_stored_as_json_reads_back_the_same(kind, made):
    assert read(kind, json.loads(json.dumps(plain(made)))) == made


def test_what_a_later_version_no_longer_knows_is_left_out():
    said = {**plain(make_week(AS_OF)), "flown": 3.0}
    assert read(Week, said) == make_week(AS_OF)


def test_an_office_reads_back_its_own_part_and_no_others(world):
    run = keep()
    result = office_result(run.offices.get(office_id=HERE))
    made = make_staffing()
    assert result.need == made.offices[0]
    assert [one.officer_no for one in result.officers] == ["S-0001", "S-0002", "S-0003"]
    assert {one.office_id for one in (*result.duties, *result.weeks, *result.weights)} == {HERE}
    assert len(result.parts) == 1


def test_a_run_sums_its_weights_up_by_activity(world):
    keep(weights=(make_weight(HERE), make_weight(THERE, minutes=26.5, grade=Grade.C)))
    (summed,) = StaffingRun.objects.get().result["weights"]
    assert (summed["least"], summed["most"], summed["grades"]) == (20.0, 26.5, {"A": 1, "C": 1})
    assert (summed["observed_to"], summed["expires_on"]) == ("2026-03-15", "2029-03-15")


def test_demand_over_dockets_adds_up_and_has_no_figure_where_one_lacks_it(world):
    lacking = make_duty(docket="detained", minutes=None, hours=None, grade=Grade.NONE, reason="expired")
    run = keep(duties=(make_duty(), make_duty(docket="juvenile", owed=30.0, hours=10.0)))
    (whole,) = demand_of(office_result(run.offices.get(office_id=HERE)))
    assert (whole.owed, whole.hours, len(whole.lines)) == (330.0, 110.0, 2)
    run = keep(duties=(make_duty(), lacking))
    (partial,) = demand_of(office_result(run.offices.get(office_id=HERE)))
    assert (partial.owed, partial.hours) == (600.0, None)


def test_an_office_is_taken_out_unrounded_with_officers_for_who_may_see_them(world):
    result = office_result(keep().offices.get(office_id=HERE))
    assert [table.code for table in office_tables(result, AS_OF, None)] == ["demand", "hours"]
    demand, hours, officers = office_tables(result, AS_OF, officer_rows(result.officers, 80), 80)
    assert officers.column("fits") == (122, None, 122)
    assert demand.column("hours") == (100.0, 10.0)
    assert hours.column("case") == (300.0, 300.0)
    assert officers.column("officer_no") == ("S-0001", "S-0002", "S-0003")
    assert officers.column("utilization") == (0.92, None, 0.92)
    assert officers.column("state") == ("", "orphaned", "")


def test_no_cell_that_is_taken_out_starts_a_formula(world, as_):
    keep(offices=(make_need(HERE, reason="=1+1", flags=("@SUM(A1)",)),))
    answer = as_(world.person("planner", "")).get("/staffing/", {"format": "csv"})
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["reason"], row["flags"]) == ("'=1+1", "'@SUM(A1)")


def test_the_window_is_kept_and_taken_out_as_it_was(world):
    desk = DeskHours(320.0, 210.5, 60.0, 12.0, 90.0, 198.5, "why")
    run = keep(offices=(make_need(HERE, desk=desk),))
    result = office_result(run.offices.get(office_id=HERE))
    assert result.need.desk == desk
    window = office_tables(result, AS_OF, None)[2]
    assert window.column("sized_hours") == (210.5,)
    assert window.column("reason") == ("why",)
