"""Scenarios: read from files with clear errors, known by content, applied to offices."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.simulation.changes import KINDS, Detail, Hiring, Some
from closeout.simulation.model import ModelError, Officer
from closeout.simulation.read_scenario import ScenarioError, read_scenario
from closeout.simulation.scenario import Scenario
from tests.simulation.offices import make_office

EVERY_CHANGE = """scenario: everything
title: One of each
changes:
  - detail: {officers: 1, from: 2026-02-02, days: 45}
  - absence: {officers: [D00], from: 2026-02-02, days: 5}
  - vacancies: {officers: 25%, from: 2026-03-01}
  - window: {officers: 2, hours_a_day: 3, from: 2026-01-05, to: 2026-12-31}
  - interval: {duty: check-in, period: P60D}
  - interval: {duty: check-in, period: P1M, docket: juvenile}
  - minutes: {duty: review, minutes: 45}
  - follows: {duty: contact, probability: 10%}
  - rate: {duty: inquiry, times: 1.5}
  - overtime: {hours_a_week: 5, hours_a_year: 120}
  - hiring: {officers: 2, lead: P4M, lead_cv: 0.3, ramp: [0.25, 0.5], attrition: 8%}
  - sickness: {spells_a_year: 4, mean_days: 3}
  - escorts: {trips_a_year: 20, officers: 2, days: 2}
  - caseload: {cases: 80}
  - support: {share: 15%}
  - cover: {given: no}
  - sharing: {days_before: 1}
"""


def written(folder, text, name="one.yaml"):
    path = folder / name
    path.write_text(text)
    return path


def changed(tmp_path, change, **office):
    text = f"scenario: x\ntitle: y\nchanges:\n  - {change}\n"
    return read_scenario(written(tmp_path, text)).apply(make_office(**office))


def test_every_change_is_read_and_applied(tmp_path):
    scenario = read_scenario(written(tmp_path, EVERY_CHANGE))
    assert {type(one) for one in scenario.changes} == set(KINDS)
    office = scenario.apply(make_office())
    duties = {duty.code: duty for duty in office.duties}
    assert (duties["check-in"].interval_days, duties["review"].minutes) == (60, 45)
    assert duties["check-in"].interval_of("juvenile") == pytest.approx(30.4375)
    assert duties["contact"].probability == 0.1
    assert duties["inquiry"].rate("") == 3.0
    assert (office.overtime.minutes_a_day, office.overtime.minutes_a_year) == (60, 7_200)
    assert (office.support_share, office.has_cover, office.shared_days) == (0.15, False, 1)
    assert (office.sickness.mean_days, office.escorts.trips_a_year) == (3, 20)
    assert [one.officer_no for one in office.officers][-2:] == ["new 001", "new 002"]
    assert office.attrition_a_year == 0.08


def test_what_is_written_reads_the_same_again(tmp_path):
    # A change's plain form is what its file says, so a stored scenario can be written out again.
    scenario = read_scenario(written(tmp_path, EVERY_CHANGE))
    assert scenario.changes[0].plain() == {"detail": {"officers": 1, "from": "2026-02-02", "days": 45}}
    assert scenario.changes[2].plain() == {"vacancies": {"officers": "25%", "from": "2026-03-01"}}
    assert scenario.plain()["version"] == scenario.digest[:12]


def test_the_version_is_of_the_content_alone(tmp_path):
    one = read_scenario(written(tmp_path, EVERY_CHANGE))
    other = read_scenario(written(tmp_path, EVERY_CHANGE.replace("One of each", "Renamed"), "two.yaml"))
    third = read_scenario(written(tmp_path, EVERY_CHANGE.replace("days: 45", "days: 46"), "three.yaml"))
    assert one.version == other.version
    assert one.version != third.version


def test_a_scenario_builds_on_its_parent(tmp_path):
    written(tmp_path, "scenario: base-cut\ntitle: b\nchanges:\n  - support: {share: 30%}\n", "base-cut.yaml")
    text = "scenario: child\ntitle: c\nparent: base-cut\nchanges:\n  - caseload: {cases: 50}\n"
    child = read_scenario(written(tmp_path, text))
    office = child.apply(make_office())
    assert (office.support_share, office.cases) == (0.3, 200)
    assert child.parent is not None
    alone = Scenario(child.code, child.title, child.changes)
    assert alone.digest != child.digest


def test_who_is_away_when_and_why(tmp_path):
    office = changed(tmp_path, "detail: {officers: 2, from: 2026-02-02, days: 45}")
    gone = {one.officer_no: one.away for one in office.officers if one.away}
    # Two of four, spread evenly over the numbers: the second and the fourth.
    assert set(gone) == {"D01", "D03"}
    (away,) = gone["D01"]
    # 45 days from 2 February end on 18 March.
    assert (away.from_on, away.to_on, away.why) == (date(2026, 2, 2), date(2026, 3, 18), "detailed")


def test_officers_by_name_are_those(tmp_path):
    office = changed(tmp_path, "absence: {officers: [D02], from: 2026-02-02, days: 1}")
    assert [one.officer_no for one in office.officers if one.away] == ["D02"]


def test_a_share_of_nobody_is_nobody():
    assert Some(share=0.1).of(make_office(), "detail") == frozenset()
    assert Some(share=0.5).plain() == "50%"


def test_only_the_office_that_is_named_changes():
    change = Detail(officers=Some(count=1), from_on=date(2026, 2, 2), days=9, office="SOUTH")
    assert Scenario("x", "y", (change,)).apply(make_office()) == make_office()
    assert change.plain()["detail"]["office"] == "SOUTH"


def test_new_posts_take_an_even_part_of_the_cases():
    # 4 officers with 100 cases and one new post: a fifth of 400 goes to it.
    office = Hiring(officers=1, lead_days=90).apply(make_office())
    assert [one.caseload for one in office.officers] == [80, 80, 80, 80, 80]
    assert (office.officers[-1].lead_days, office.officers[-1].minutes_a_day) == (90, 480)


def test_cases_are_kept_whatever_their_dockets():
    officers = (Officer("D1", cases={"a": 7, "b": 3}), Officer("D2", cases={"a": 2}), Officer("D3"))
    office = Hiring(officers=2, lead_days=30).apply(make_office(officers=officers))
    for docket, total in (("a", 9), ("b", 3)):
        assert sum(one.cases.get(docket, 0) for one in office.officers) == total
    assert min(min(one.cases.values(), default=0) for one in office.officers) >= 0


def test_hours_at_the_window_are_taken_from_cases(tmp_path):
    change = "window: {officers: [D00], hours_a_day: 3, from: 2026-01-05, to: 2026-01-30}"
    (taken,) = changed(tmp_path, change).officers[0].taken
    assert (taken.minutes, taken.why) == (180, "window")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("detail: {officers: 9, from: 2026-02-02, days: 5}", "9 officers are asked for, office NORTH has 4"),
        ("detail: {officers: [X1], from: 2026-02-02, days: 5}", "office NORTH has no officer X1"),
        ("interval: {duty: nothing, period: P60D}", "has no duty nothing; it has check-in"),
        ("interval: {duty: inquiry, period: P60D}", "does not recur"),
        ("follows: {duty: review, probability: 0.5}", "is not set off by another duty"),
        ("follows: {duty: contact, probability: 1.5}", "between 0 and 1"),
        ("minutes: {duty: review, minutes: 0}", "0.0 minutes a task"),
        ("support: {share: 100%}", "leaves no time for cases"),
        ("window: {officers: 1%, hours_a_day: 1, from: 2026-01-05, to: 2026-02-05}", "names nobody"),
        ("overtime: {hours_a_week: 200}", "overtime is at least 0"),
        ("hiring: {officers: 1, lead: P1M, attrition: 100%}", "attrition"),
    ],
)
def test_a_change_that_does_not_fit_the_office(tmp_path, change, said):
    with pytest.raises(ModelError, match=said) as caught:
        changed(tmp_path, change)
    assert str(caught.value).startswith("scenario x: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 1", "one.yaml:1: write `scenario: CODE`"),
        ("title: y\nchanges:\n  - cover: {given: no}", "`scenario` is missing"),
        ("scenario: x\ntitle: y\nchanges: []", "one.yaml:3: `changes` must list at least one change"),
        (
            "scenario: x\ntitle: y\nwho: z\nchanges:\n  - cover: {given: no}",
            "one.yaml:3: `who` is not one of",
        ),
        ("scenario: x\ntitle: y\nchanges:\n  - detial: {}", "no change `detial`.* Did you mean detail?"),
        ("scenario: x\ntitle: y\nchanges:\n  - detail", "a change is one of detail"),
        ("scenario: x\ntitle: y\nchanges:\n  - detail: 3", "`detail` needs its keys"),
        ("scenario: x\ntitle: y\nchanges:\n  - cover: {}", "one.yaml:4: `cover` lacks `given`"),
        ("scenario: x\ntitle: y\nchanges:\n  - cover: {given: maybe}", "`cover.given`: maybe must be yes"),
        ("scenario: x\ntitle: y\nchanges:\n  - cover: {given: no, to: 3}", "not `to`"),
        ("scenario: x\ntitle: y\nparent: other\nchanges:\n  - cover: {given: no}", "no file other.yaml"),
        ("scenario: x\ntitle: y\nparent: one\nchanges:\n  - cover: {given: no}", "builds on this scenario"),
        ("scenario: x\ntitle: y\nparent: ../a\nchanges:\n  - cover: {given: no}", "must be the code"),
        ("scenario: [", "is no YAML we read"),
    ],
)
def test_a_faulty_file_says_where_and_what(tmp_path, text, said):
    with pytest.raises(ScenarioError, match=said):
        read_scenario(written(tmp_path, text))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("detail: {officers: [], from: 2026-01-01, days: 3}", "`detail.officers`: names nobody"),
        ("detail: {officers: 2.5, from: 2026-01-01, days: 3}", "whole number"),
        ("detail: {officers: 2, from: 2026-01-01, days: -4}", "-4 must be a whole number of at least 1"),
        ("hiring: {officers: 2, lead: P90D, ramp: [0.5, 1.5]}", "`hiring.ramp`: 1.5 must be a share of at"),
        ("detail: {officers: 2, from: 2026-13-01, days: 3}", "2026-13-01 is no day"),
        ("detail: {officers: 2, from: 2026-01-01, days: 0}", "`detail.days`: 0 must be a whole number"),
        ("interval: {duty: check-in, period: 60}", "`interval.period`: 60 is no period"),
        ("interval: {duty: check-in, period: PT5H}", "at least a day"),
        ("support: {share: lots}", "lots is no number"),
        ("support: {share: -0.1}", "must be 0 or more"),
        ("support: {share: inf}", "must be 0 or more"),
        ("hiring: {officers: 1, lead: P1M, ramp: 0.5}", "write a list of shares"),
        ("minutes: {duty: , minutes: 5}", "`minutes.duty`: write a word"),
    ],
)
def test_a_faulty_value_names_its_key(tmp_path, body, said):
    with pytest.raises(ScenarioError, match=said) as caught:
        read_scenario(written(tmp_path, f"scenario: x\ntitle: y\nchanges:\n  - {body}\n"))
    assert caught.value.faults[0].line == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("window: {officers: 2, hours_a_day: 4, from: 2026-03-01, to: 2026-02-01}", "before it begins"),
        ("window: {officers: 2, hours_a_day: 40, from: 2026-02-01, to: 2026-03-01}", "at most 24"),
        ("window: {officers: 2, hours_a_day: 0, from: 2026-02-01, to: 2026-03-01}", "more than 0"),
        # The office is simulated for 120 days from 5 January 2026: to 4 May.
        (
            "detail: {officers: 1, from: 2026-05-05, days: 45}",
            "on no day simulated, 2026-01-05 to 2026-05-04",
        ),
        ("absence: {officers: 1, from: 2025-12-01, days: 30}", "on no day simulated"),
        ("vacancies: {officers: 1, from: 2027-01-01}", "on no day simulated"),
    ],
)
def test_a_change_that_would_change_nothing_is_refused(tmp_path, change, said):
    path = written(tmp_path, f"scenario: nothing\ntitle: Changes nothing\nchanges:\n  - {change}\n")
    with pytest.raises(ModelError, match=said):
        read_scenario(path).apply(make_office())


def test_a_detail_that_reaches_into_the_days_simulated_is_none_of_these(tmp_path):
    change = "detail: {officers: 1, from: 2025-12-01, days: 45}"
    path = written(tmp_path, f"scenario: begun\ntitle: Begun already\nchanges:\n  - {change}\n")
    changed = read_scenario(path).apply(make_office())
    assert sum(len(one.away) for one in changed.officers) == 1


def for_office(code, parent=None):
    detail = Detail(officers=Some(count=1), from_on=date(2026, 5, 1), days=5, office=code)
    return Scenario("away", "Try", (detail,), parent)


def test_an_office_that_is_not_there_is_named_with_those_there_are():
    with pytest.raises(ModelError, match="scenario away: there is no office F99; there are F01, F02"):
        for_office("F99").check_offices(["F01", "F02"])
    with pytest.raises(ModelError, match="there is no office F99"):
        for_office("", for_office("F99")).check_offices(["F01"])


def test_a_scenario_of_another_office_changes_nothing_here_and_says_so():
    with pytest.raises(ModelError, match="changes nothing in office F02: its changes are for F01"):
        for_office("F01").check_offices(["F01", "F02"], "F02")


def test_a_scenario_may_be_of_one_office_or_of_all():
    for_office("F01").check_offices(["F01", "F02"], "F01")
    for_office("F01").check_offices(["F01", "F02"])
    for_office("").check_offices(["F01", "F02"], "F02")
