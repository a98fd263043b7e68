"""Reading `measures.yaml`: everything wrong is refused at once, with its line."""

from __future__ import annotations

import re
from datetime import date

import pytest

from closeout.duties.clauses import Pack, Period
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable, Source, Statistic, Step
from closeout.evidence.measures.measure import Direction, Link, Shape, Target
from closeout.evidence.measures.read import OWNERS, check_measures, load_measures, read_measures
from closeout.web.accounts.models import Role
from tests.duties.making import check_in_clause, contact_clause

PACK = Pack("test", "Test", (check_in_clause(), contact_clause()))
DUTY = {
    "measure": "in-time",
    "group": "1",
    "title": "Check-ins in time",
    "section": "A3",
    "shape": "share",
    "unit": "share",
    "duties": "[check-in]",
    "statistic": "timeliness",
    "period": "P12M",
    "direction": "up",
    "owner": "director",
    "numerator": "held in time",
    "denominator": "fell due",
    "closes_when": "it holds for a year",
}
TABLE = {
    **{key: value for key, value in DUTY.items() if key not in {"duties", "statistic"}},
    "over": "transfers",
    "counts": "accepted_on is not null",
    "on": "requested_on",
}
LENGTH = {**TABLE, "shape": "median", "unit": "days", "from": "requested_on", "to": "accepted_on"} | {
    "counts": None
}
RATE = {**TABLE, "shape": "rate", "unit": "per component", "over": "inspections", "on": "started_on"} | {
    "counts": None,
    "events": "{table: deficiencies, match: inspection_id}",
    "exposure": "components_assessed",
}
COUNT = {**TABLE, "shape": "count", "unit": "count", "denominator": None}
SOURCE = {
    **DUTY,
    "duties": None,
    "statistic": None,
    "source": "integrity",
    "shape": "count",
    "unit": "count",
} | {"denominator": None}


def written(*entries):
    """Return measures as a pack writes them; a field that is None is left out."""
    made = []
    for entry in entries:
        lines = [f"  {key}: {value}" for key, value in entry.items() if value is not None]
        made.append("-" + "\n".join(lines)[1:])
    return "\n".join(made) + "\n"


@pytest.fixture
def read(tmp_path):
    def reading(*entries, text=None):
        (tmp_path / "measures.yaml").write_text(written(*entries) if text is None else text, encoding="utf-8")
        return load_measures(tmp_path, PACK)

    return reading


@pytest.fixture
def refused(tmp_path):
    def refusing(*entries, text=None):
        (tmp_path / "measures.yaml").write_text(written(*entries) if text is None else text, encoding="utf-8")
        return check_measures(tmp_path, PACK)

    return refusing


def test_a_measure_over_duties(read):
    (found,) = read({**DUTY, "target": "{value: 0.95, basis: Handbook}", "min_n": "11"})
    assert found.over == OverDuties(("check-in",), Statistic.TIMELINESS)
    assert (found.code, found.group, found.section, found.line) == ("in-time", 1, "A3", 1)
    assert (found.shape, found.direction, found.owner) == (Shape.SHARE, Direction.UP, "director")
    assert found.target == Target(0.95, "Handbook")
    assert found.period == Period(months=12)
    assert (found.series.step, found.series.points, found.min_n) == (Period(months=3), 8, 11)
    assert found.duties == ("check-in",)
    assert found.reads == ("check_ins", "cases", "transfers", "assignments")
    assert found.definition["duties"] == ["check-in"]


def test_all_duties_and_those_of_sections_in_the_order_of_the_pack(read):
    every, some = read(
        {**DUTY, "duties": "all"}, {**DUTY, "measure": "b", "duties": None, "sections": "[A6]"}
    )
    assert every.duties == ("check-in", "verify-contact")
    assert some.duties == ("verify-contact",)


def test_a_measure_over_a_table(read):
    (found,) = read({**TABLE, "office": "case_no", "series": "{step: P1M, points: 3}", "part_of": None})
    assert isinstance(found.over, OverTable)
    assert (found.table, found.over.on, found.over.counts.sql) == (
        "transfers",
        "requested_on",
        "accepted_on is not null",
    )
    assert found.over.office == (Step("case_no", "transfers"), Step("office_id", "cases"))
    assert found.reads == ("transfers", "cases")
    assert (found.series.step, found.series.points) == (Period(months=1), 3)


def test_the_way_to_an_office_may_have_steps(read):
    (found,) = read(
        {**RATE, "over": "deficiencies", "events": None, "counts": "is_repeat", "on": "cited_on"}
        | {
            "office": "inspection_id.facility_id",
            "shape": "share",
            "unit": "share",
            "exposure": None,
        }
    )
    assert [step.table for step in found.over.office] == ["deficiencies", "inspections", "facilities"]
    assert found.reads == ("deficiencies", "inspections", "facilities")


def test_lengths_rates_counts_and_registers(read):
    median, survival, rate, count, source = read(
        {**LENGTH, "quantile": "0.9"},
        {**LENGTH, "measure": "b", "shape": "survival"},
        {**RATE, "measure": "c", "cluster": "facility_id"},
        {**COUNT, "measure": "d", "period": None, "on": None},
        {**SOURCE, "measure": "e", "period": None, "rules": "[open-case-without-lead]"},
    )
    assert (median.over.begins, median.over.ends, median.over.quantile) == (
        "requested_on",
        "accepted_on",
        0.9,
    )
    assert survival.over.quantile == 0.5
    assert (rate.over.events.table, rate.over.exposure, rate.over.cluster) == (
        "deficiencies",
        "components_assessed",
        "facility_id",
    )
    assert rate.reads == ("inspections", "deficiencies")
    assert (count.denominator, count.period, count.series) == ("", None, None)
    assert source.over == OverSource(Source.INTEGRITY, ("open-case-without-lead",))
    assert "cases" in source.reads


def test_an_age_of_the_latest_row(read):
    (found,) = read(
        {**LENGTH, "over": "verifications", "on": None, "period": None, "from": "verified_on"}
        | {
            "to": "as_of",
            "latest": "case_no",
        }
    )
    assert (found.over.ends, found.over.latest) == ("as_of", "case_no")


def test_links_name_their_line_and_what_they_cover(read):
    (found,) = read({**DUTY, "recommendations": "[{report: OIG-17-51, number: 2, covers: [the reviews]}]"})
    assert found.links == (Link("OIG-17-51", "2", 15, ("the reviews",)),)


def test_a_pack_without_measures_has_none(tmp_path):
    assert load_measures(tmp_path, PACK) == ()


def test_the_pack_that_comes_with_closeout_is_sound():
    pack = load_pack()
    assert check_measures(None, pack) == []
    assert {measure.group for measure in load_measures(None, pack)} == set(range(1, 23))


def test_owners_are_roles_of_the_site():
    assert set(OWNERS) <= {role.value for role in Role}


WRONG = [
    ({**DUTY, "duties": "[chek-in]"}, "`chek-in` is no duty of the pack. Did you mean check-in?"),
    ({**DUTY, "duties": "[]"}, "`duties` names none"),
    ({**DUTY, "duties": None, "sections": "[Z9]"}, "`Z9` is no section that a duty has"),
    ({**DUTY, "duties": None, "sections": "[]"}, "`sections` names none"),
    ({**DUTY, "statistic": "speed"}, "`statistic: speed` is not known"),
    ({**DUTY, "statistic": "backlog", "period": None}, "is a count; write `shape: count`"),
    ({**DUTY, "period": None}, "needs `period`: in which duties fell due"),
    ({**DUTY, "statistic": "currency"}, "is as of a day; leave `period` out"),
    ({**DUTY, "where": "state = 'x'"}, "`where` is for a measure over a table"),
    ({**DUTY, "over": "transfers"}, "this has `duties` and `over`"),
    ({**DUTY, "duties": None}, "this has none"),
    ({**TABLE, "over": "transferz"}, "`over: transferz` is not known. Did you mean transfers?"),
    ({**TABLE, "statistic": "backlog"}, "`statistic` is for a measure over duties"),
    ({**TABLE, "counts": "acepted_on is null"}, "is no column of transfers. Did you mean accepted_on"),
    ({**TABLE, "counts": "requested_on"}, "is a date, where a boolean is needed"),
    ({**TABLE, "counts": None}, "a share needs `counts`"),
    ({**TABLE, "denominator": None}, "a measure needs `denominator`"),
    ({**TABLE, "numerator": None}, "a measure needs `numerator`"),
    ({**TABLE, "on": None}, "a `period` needs `on`"),
    ({**TABLE, "on": "state"}, "transfers.state is a string, where a date or instant is needed"),
    ({**TABLE, "office": "state"}, "transfers.state refers to no table"),
    ({**TABLE, "office": "requested_by.unit_id.x"}, "`x` is no column of units"),
    (
        {**TABLE, "over": "standard_assessments", "on": "period_to", "counts": "state = 'signed'"}
        | {"office": "reviewed_by.site_id.nothing"},
        "`nothing` is no column of sites",
    ),
    (
        {**TABLE, "over": "deficiencies", "on": "cited_on", "counts": "is_repeat", "office": "component_id"},
        "ends in components, which has no office",
    ),
    ({**TABLE, "events": "{table: cases, match: case_no}"}, "`events` is not for a share; it is for rate"),
    ({**TABLE, "sum": "transfer_id"}, "needs both `sum` and `exposure`"),
    ({**TABLE, "target": "{value: 95, made_up: true}"}, "lies outside 0 to 1; a share of 95 % is 0.95"),
    ({**TABLE, "target": "{value: 0.9}"}, "neither a `basis` nor `made_up: true`"),
    ({**TABLE, "target": "{basis: x}"}, "`target` needs `value`"),
    ({**TABLE, "owner": "officr"}, "`owner: officr` is not known. Did you mean officer?"),
    ({**TABLE, "group": "23"}, "must be a whole number from 1 to 22"),
    ({**TABLE, "group": None}, "a measure needs `group`"),
    ({**TABLE, "min_n": "0"}, "must be a whole number from 1"),
    ({**TABLE, "unit": "days"}, "`unit` must be text of the form share"),
    ({**TABLE, "period": "PT48H"}, "must be calendar days or months"),
    ({**TABLE, "series": "{step: P3M, points: 99}"}, "must be a whole number from 1 to 60"),
    ({**COUNT, "period": None, "series": "{step: P3M, points: 4}"}, "`series` needs `period`"),
    ({**COUNT, "denominator": "rows"}, "a count has no denominator"),
    ({**LENGTH, "to": None}, "a measure needs `to`"),
    ({**LENGTH, "unit": "hours"}, "hours need a `to` that is an instant; this is a day"),
    ({**LENGTH, "quantile": "0.0"}, "must lie above 0 and below 1"),
    ({**LENGTH, "latest": "case_no"}, "`latest` is for an age"),
    ({**RATE, "events": None}, "a rate needs `events`, `sum` or `counts`"),
    ({**RATE, "counts": "rating is null"}, "leave counts out"),
    ({**RATE, "events": None, "exposure": None, "counts": "rating is null"}, "rows out of rows are a share"),
    (
        {**RATE, "events": "{table: deficiencies, match: component_id}"},
        "does not hold the key of inspections",
    ),
    ({**RATE, "events": "{table: nothing, match: x}"}, "`table: nothing` is not known"),
    (
        {**RATE, "over": "facilities", "on": "active_from", "exposure": "mean_population"},
        "is no whole number",
    ),
    ({**SOURCE, "period": None, "source": "press"}, "`source: press` is not known"),
    ({**SOURCE, "period": None, "rules": "[nothing-of-it]"}, "`nothing-of-it` is no integrity rule"),
    ({**SOURCE, "period": None, "source": "site", "rules": "[x]"}, "`rules` is for `source: integrity`"),
    ({**SOURCE, "period": None, "duties": "all"}, "`duties` is not for `source: integrity`"),
    ({**SOURCE, "period": None, "over": "cases"}, "`over` is not for a measure with `source`"),
    ({**TABLE, "part_of": "whole"}, "`part_of: whole` is no measure"),
    ({**TABLE, "part_of": "in-time"}, "`part_of` goes round in a circle: in-time -> in-time"),
    ({**TABLE, "recommendations": "OIG-17-51"}, "`recommendations` must be a list like"),
    ({**TABLE, "recommendations": "[{report: A 1, number: 2}, {report: A 1, number: 2}]"}, "is named twice"),
    ({**TABLE, "nonsense": "1"}, "`nonsense` is no field of a measure"),
    ({**TABLE, "measure": None}, "a measure needs `measure`"),
]


@pytest.mark.parametrize(("entry", "said"), WRONG, ids=[said[:40] for _, said in WRONG])
def test_what_is_wrong_is_refused_with_its_line(refused, entry, said):
    found = refused(entry)
    assert any(said in fault for fault in found), found
    assert all(re.match(r".*measures\.yaml:\d+: ", fault) for fault in found)


def test_everything_wrong_is_said_at_once(refused):
    found = refused({**TABLE, "counts": "nothing = 1", "owner": "nobody"}, {**DUTY, "duties": "[x]"})
    assert len(found) == 4  # the column, the owner, the duty, and the code given twice
    assert [int(fault.split(":")[1]) for fault in found] == sorted(
        int(fault.split(":")[1]) for fault in found
    )


def test_a_day_that_is_no_column_is_told_once(refused):
    (found,) = refused({**TABLE, "on": "reqested_on"})
    assert "`reqested_on` is no column of transfers. Did you mean requested_on" in found


def test_a_circle_of_parts_is_told_once(refused):
    first, second = {**DUTY, "part_of": "b"}, {**DUTY, "measure": "b", "part_of": "in-time"}
    (found,) = refused(first, second, {**DUTY, "measure": "c", "part_of": "b"})
    assert "in-time -> b -> in-time" in found


def test_a_measure_at_fault_is_left_out_and_the_others_are_read(tmp_path):
    wrong, right = {**TABLE, "measure": "a", "denominator": None}, {**TABLE, "measure": "b"}
    (tmp_path / "measures.yaml").write_text(written(DUTY, wrong, right), encoding="utf-8")
    found = read_measures(tmp_path, PACK)
    assert [one.code for one in found.measures] == ["in-time", "b"]
    (fault,) = found.faults
    assert "a measure needs `denominator`" in fault.message
    assert found.codes == ("in-time", "a", "b")


def test_of_two_measures_of_one_code_the_first_is_kept(tmp_path):
    (tmp_path / "measures.yaml").write_text(written(DUTY, DUTY), encoding="utf-8")
    found = read_measures(tmp_path, PACK)
    assert [one.line for one in found.measures] == [1]
    assert "is a measure already, at line 1" in found.faults[0].message


def test_where_no_measure_is_sound_there_is_nothing_to_go_on_with(tmp_path):
    (tmp_path / "measures.yaml").write_text(written({**DUTY, "owner": "nobody"}), encoding="utf-8")
    with pytest.raises(PackError, match="nobody"):
        read_measures(tmp_path, PACK)


@pytest.mark.parametrize("text", ["a: 1\n", "just words\n"])
def test_a_file_that_is_no_list_is_refused(refused, text):
    (found,) = refused(text=text)
    assert "must be a list of measures, each beginning with `- measure:`" in found


def test_a_file_that_is_no_yaml_is_refused(read):
    with pytest.raises(PackError, match=r"measures\.yaml:\d+: is no YAML we read"):
        read(text="- [\n")


def test_the_digest_of_a_pack_covers_its_measures(tmp_path):
    said = "pack: p\ntitle: Some title\npolicies: {POL: Some policy}\n"
    (tmp_path / "pack.yaml").write_text(said, encoding="utf-8")
    clause = (
        "- duty: d\n  title: Do it\n  section: A1\n  owes: transfers\n  on: requested_on\n  case: case_no\n"
        "  done: {column: accepted_on}\n  versions:\n    - basis: {policy: POL, clause: c, made_up: true}\n"
        f"      in_force: {date(2020, 1, 1)}/..\n"
    )
    (tmp_path / "clauses.yaml").write_text(clause, encoding="utf-8")
    before = load_pack(tmp_path)
    (tmp_path / "measures.yaml").write_text(written(TABLE), encoding="utf-8")
    after = load_pack(tmp_path)
    assert after.clauses == before.clauses
    assert after.digest != before.digest
