"""`closeout staff`, as a person runs it, on the small example agency."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from closeout.cli import staff
from closeout.cli.main import app
from closeout.cli.staff_show import grouped
from closeout.duties.pack import own_folder


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agency") / "records"
    made = CliRunner().invoke(app, ["example", "--size", "small", "--out", str(folder)])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def worked_out():
    """Work out each run once: what is shown of it is what most tests are about."""
    real = staff._worked_out
    kept = {}

    def once(address, snapshot, rules, *asked):
        key = (rules.digest, *asked)
        if key not in kept:
            kept[key] = real(address, snapshot, rules, *asked)
        return kept[key]

    return once


@pytest.fixture
def run(agency, worked_out, monkeypatch):
    monkeypatch.setattr(staff, "_worked_out", worked_out)

    def ran(*words, folder=agency):
        return CliRunner().invoke(app, ["staff", *([str(folder)] if folder else []), *words])

    return ran


@pytest.fixture
def whole(run):
    found = run("--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_the_nation_is_one_sentence_and_a_row_an_office(run):
    found = run()
    assert found.exit_code == 0
    assert found.output.startswith("As of 2026-09-30 the duties of 26 offices call for ")
    assert "\nF01 " in found.output
    assert "\nAll " in found.output
    assert "a gap above 0 is a shortage" in found.output


def test_what_cannot_be_figured_is_said_with_its_reason(run):
    found = run()
    assert "ORPHANED: 3 officers have cases and no hours" in found.output
    assert "not in the demand: " in found.output
    assert "expired: last recorded until" in found.output
    assert "Set aside: collateral_duties" in found.output


def test_json_holds_the_whole_run_and_the_sums_agree(whole):
    nation, offices = whole["nation"], whole["offices"]
    for name in ("demand_hours", "hours_available", "need_fte", "staff_fte", "gap_fte", "posts"):
        assert nation[name] == pytest.approx(sum(row[name] for row in offices))
    assert nation["gap_fte"] == pytest.approx(nation["need_fte"] - nation["staff_fte"])
    assert [row["office_id"] for row in offices] == sorted(row["office_id"] for row in offices)
    numbers = [row["officer_no"] for row in whole["officers"]]
    assert numbers == sorted(numbers)


def test_parts_add_up_to_their_offices(whole):
    for office in whole["offices"]:
        parts = [row for row in whole["parts"] if row["office_id"] == office["office_id"]]
        assert sum(row["demand_hours"] for row in parts) == pytest.approx(office["demand_hours"])
        assert sum(row["staff_fte"] for row in parts) == pytest.approx(office["staff_fte"])


def test_orphaned_work_has_no_utilization_and_is_never_zero(whole):
    orphaned = [row for row in whole["officers"] if row["state"] == "ORPHANED"]
    assert len(orphaned) == 3
    assert {row["utilization"] for row in orphaned} == {None}
    assert all(row["cases"] for row in orphaned)


def test_one_office_opens_its_officers_and_duties(run):
    found = run("--office", "F02")
    assert found.exit_code == 0
    assert "Officer " in found.output
    assert "case-management-detained" in found.output
    said = json.loads(run("--office", "F02", "--json").stdout)
    assert {row["office_id"] for row in said["officers"]} == {"F02"}
    hours = sum(row["hours"] or 0 for row in said["duties"])
    assert hours == pytest.approx(said["office"]["demand_hours"])


def test_a_figure_opens_down_to_its_diaries(run):
    said = json.loads(run("--why", "F02", "check-in", "--json").stdout)
    for row in said["rows"]:
        assert row["hours"] == pytest.approx(row["owed"] * said["weight"]["minutes"] / 60)
    assert said["diaries"]
    assert [one["duty"] for one in said["duties"]] == ["check-in"]
    found = run("--why", "F02", "check-in")
    assert "Diaries it rests on:" in found.output
    assert "Called for by:\n  check-in: Hold the check-in" in found.output


def test_a_figure_without_a_weight_says_why(run):
    found = run("--why", "F02", "file-roster")
    assert "grade none" in found.output
    assert "expired" in found.output


def test_one_docket_is_shown_by_office(run):
    found = run("--docket", "juvenile", "--json")
    assert {row["docket"] for row in json.loads(found.stdout)["parts"]} == {"juvenile"}
    assert run("--docket", "juvenile").exit_code == 0


def test_draws_give_intervals_and_the_chance_of_being_short(run):
    said = json.loads(run("--draws", "40", "--json").stdout)
    nation = said["nation"]
    assert nation["intervals"]["need_fte"]["low"] <= nation["intervals"]["need_fte"]["high"]
    assert 0 <= nation["probability_short"] <= 1
    assert set(said["shares"]) >= {"weights", "volumes", "hours"}
    led = next(row for row in said["officers"] if row["at_risk"])
    numbers = [one["cases"] for one in led["at_risk"]]
    assert numbers == sorted(numbers, reverse=True)
    assert "90 % interval of gap" in run("--draws", "40").output


def test_cases_that_a_status_rule_hides_can_be_left_out(run, whole):
    without = json.loads(run("--without-hidden", "--json").stdout)
    hidden = sum(row["hours"] for row in whole["hidden"])
    assert hidden > 0
    assert without["nation"]["demand_hours"] < whole["nation"]["demand_hours"]
    assert not any(row["is_counted"] for row in without["hidden"])


def test_adjusted_minutes_are_another_run(run, whole):
    said = json.loads(run("--adjusted", "--json").stdout)
    assert said["parameters"]["kind"] == "adjusted"
    assert said["nation"]["demand_hours"] != whole["nation"]["demand_hours"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--support", "100"), "leaves no hours for cases"),
        (("--support", "-1"), "at least 0 and less than 100 %"),
        (("--occupancy", "0"), "more than 0 and up to 100 %"),
        (("--office", "F99"), "F99 is no office of these records: (no office), F01"),
        (("--docket", "cats"), "cats is no docket of these records: detained, family"),
        (("--why", "F02", "cats"), "F02 has no activity cats"),
        (("--why", "F02", ""), "give --why the office and the activity"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run, words, said):
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_a_snapshot_is_asked_for_where_none_is_given(run, tmp_path):
    assert "give a snapshot's folder" in run(folder=None).stderr
    assert "is no snapshot" in run(folder=tmp_path).stderr


def test_records_too_old_for_the_day_give_no_figure(run):
    found = run("--as-of", "2027-03-31")
    assert found.exit_code == 0
    assert "the records are 182 days old; take a new snapshot" in found.output
    assert found.output.startswith("No need can be stated as of 2027-03-31")


def test_records_somewhat_old_are_flagged(run):
    found = run("--as-of", "2026-11-30")
    assert "STALE: the records are 61 days old" in found.output


def test_rules_that_are_faulty_are_refused(run, tmp_path):
    (tmp_path / "pack.yaml").write_text("pack: x\n")
    found = run("--pack", str(tmp_path))
    assert found.exit_code == 2
    assert "pack.yaml" in found.stderr


@pytest.mark.parametrize("confidence", ["80", "90", "95"])
def test_intervals_and_caseloads_are_given_at_a_chosen_confidence(run, confidence):
    found = run("--office", "F04", "--draws", "60", "--confidence", confidence)
    assert found.exit_code == 0, found.output
    assert f"{confidence} % interval of gap" in found.output
    assert f"Fit at {confidence} %" in found.output
    assert found.output.count("Fit at ") == 2  # and the one at the present mix


def test_a_higher_confidence_is_a_wider_interval_and_fewer_cases(run):
    made = json.loads(run("--office", "F04", "--draws", "60", "--json").stdout)
    found = made["office"]["intervals"]
    low, usual, high = (found[name] for name in ("gap_fte_80", "gap_fte", "gap_fte_95"))
    assert high["low"] <= usual["low"] <= low["low"] <= low["high"] <= usual["high"] <= high["high"]
    fits = [[one["cases"] for one in row["at_risk"]] for row in made["officers"] if row["at_risk"]]
    assert fits
    assert all(each == sorted(each, reverse=True) for each in fits)


def test_without_a_choice_the_interval_is_at_90_and_every_caseload_is_shown(run):
    found = run("--office", "F04", "--draws", "60")
    assert "90 % interval of gap" in found.output
    for chance in (50, 80, 90, 95):
        assert f"Fit at {chance} %" in found.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--confidence", "85", "--draws", "60"], "--confidence is 85; give 80, 90 or 95"),
        (["--confidence", "90"], "without draws there is no interval"),
    ],
)
def test_a_confidence_that_there_is_not_is_refused(run, words, said):
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.output


def test_the_window_is_shown_by_its_queue_and_by_its_rota(run, whole):
    desk = whole["nation"]["desk"]
    assert desk["need_hours"] == pytest.approx(desk["sized_hours"] - desk["check_in_hours"])
    found = run().output
    assert f"take {desk['sized_hours']:,.0f} officer hours" in found
    assert f"the rota has {desk['rota_hours']:,.0f}." in found
    assert "Window: " in run("--office", "F04").output


def test_with_draws_the_window_and_its_share_of_the_variance_are_said(run):
    found = run("--draws", "60").output
    assert re.search(r"stand in the need \([\d,]+ to [\d,]+ at 90 %\), and the rota has", found)
    assert re.search(r"hours \d+ %, windows \d+ %\.", found)
    assert re.search(r"to [\d,]+ at 80 %\)", run("--draws", "60", "--confidence", "80").output)
    assert "at 90 %" not in run().output


def test_one_of_a_thing_is_not_called_many(run):
    found = run().output
    assert "UNASSIGNED: 1 case that nobody leads" in found
    assert "1 cases" not in found


def test_the_sick_days_drawn_are_those_recorded(run, whole):
    assert (
        f"Sick: {100 * whole['sick_share']:.1f} % of the paid days, as recorded."
        in run("--draws", "60").output
    )


def test_rows_set_aside_for_one_reason_are_one_line():
    alike = [
        f"absences {key}: is of an officer who is not there; add the officer (officer_no is S-{key})"
        for key in range(1, 6)
    ]
    few = ["absences 9: a day has from 0 to 24 hours; correct the row (hours_a_day is 30.0)"]
    assert grouped([*alike, *few]) == [
        "absences 1, 2, 3 and 2 more: is of an officer who is not there; add the officer",
        *few,
    ]
    assert grouped(alike[:3]) == alike[:3]
    assert grouped([]) == []


def test_a_weight_without_a_duty_and_a_duty_without_a_weight_are_named(run, tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(own_folder(), pack)
    listed = pack / "activities.yaml"
    juggling = (
        "- activity: juggling\n  title: Juggle\n  kind: case\n  minutes: {low: 1, likely: 2, high: 4}\n"
    )
    listed.write_text(listed.read_text() + juggling)
    clauses = pack / "check_ins.yaml"
    clauses.write_text(clauses.read_text().replace("minutes: check-in\n", "minutes: checkin\n"))
    found = run("--pack", str(pack))
    assert found.exit_code == 0, found.output
    assert "activities.yaml line " in found.output
    assert "no clause takes minutes for `juggling`: a weight without a duty" in found.output
    assert "`minutes: checkin` is no activity of activities.yaml. Did you mean check-in?" in found.output


def test_shares_are_refused_in_percent_as_they_are_asked_for(run):
    found = run("--support", "-3")
    assert found.exit_code == 2
    assert "the support share is -3 %; give at least 0 and less than 100 %, such as 15 %" in found.output
    assert "the occupancy is 0 %; give more than 0 and up to 100 %" in run("--occupancy", "0").output
