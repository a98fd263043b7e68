"""The hiring plan of a run: from stated assumptions alone, frozen, verified, covering what asks for it."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from closeout.assess import load_rules, run
from closeout.assess.errors import NothingToAssessError
from closeout.assess.hiring import Planned, begin_plan, check_hiring, hiring_of, plan_made, with_plan
from closeout.assess.run import Asked
from closeout.assess.sealing import FROZEN, Others, freeze_linked
from closeout.assess.steps import Steps
from closeout.assess.work import Ground
from closeout.duties.faults import PackError
from closeout.engines import connect
from closeout.evidence.assessment import Assessment
from closeout.evidence.freezing import Finding, Hashes, recomputer, verify
from closeout.evidence.freezing.folder import read_frozen
from closeout.evidence.freezing.staffing import OFFICERS
from closeout.evidence.letters.closeout import closeout_letter
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.plain_text import plain_text
from closeout.evidence.linking import link
from closeout.evidence.measures.measure import Link
from closeout.evidence.needs import RESULTS, Need
from closeout.records.snapshot import open_snapshot
from tests.followup.factories import make_followed

DAY = date(2026, 9, 30)
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
NEEDED = Need("evidence of the examination and a multi-year hiring plan", "report.txt, page 3")
LINKS = {"hiring": (Link("OIG-24-901", "2", 1, ("multi-year hiring plan",)),)}
SAID = """
office: all
by: 2029-09-30
probability: 0.8
classes: {seats: 12, every: 6}
ceiling: none
lead: {5: 0.5, 6: 0.5}
completion: 0.9
ramp: [0.25, 0.5]
leaving: 0.06
costs: {seat: 3, officer_month: 1, overtime_month: 1.5}
basis: Fictional.
history: 0
draws: 100
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("assumed") / "hiring.yaml"
    path.write_text(SAID, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ground(small, pack):
    return Ground(open_snapshot(small), load_rules(pack).pack, DAY)


@pytest.fixture(scope="module")
def planned(ground, file):
    """Return the plan of all offices of the small agency, made once."""
    return begin_plan(ground, hiring_of(file), None)()


def assessment():
    """Return an assessment of one recommendation that asks for a hiring plan, and of no measure."""
    followed = make_followed("2")
    linked = link([followed], (), {followed.entry.key: [NEEDED]}, LINKS)
    return Assessment("Bureau of Keys", DAY, (), linked.assessed)


@pytest.fixture(scope="module")
def frozen(ground, planned, tmp_path_factory):
    """Return an assessment's folder with the plan frozen in it, the assessment, and what was frozen."""
    folder = tmp_path_factory.mktemp("assessed")
    made = with_plan(assessment(), planned)
    return folder, made, freeze_linked(made, ground, folder, now=NOW, others=Others(None, planned.answer))


def test_without_a_file_no_plan_is_made_and_the_need_stays_uncovered(ground):
    assert hiring_of(None) is None
    planned = begin_plan(ground, None, None)()
    assert planned == Planned(None)
    made = with_plan(assessment(), planned)
    (need,) = made.assessed[0].needs
    assert (need.measures, need.wants) == ((), "hiring")
    said = f"The auditor needs “{NEEDED.text}”: {RESULTS['hiring']}"
    assert made.assessed[0].missing[0] == said
    assert "closeout assess --hiring FILE" in said


def test_a_plan_that_reaches_its_aim_covers_the_need(planned):
    made = with_plan(assessment(), planned)
    (need,) = made.assessed[0].needs
    assert (need.measures, need.why) == (("hiring",), "")
    assert not any(NEEDED.text in said for said in made.assessed[0].missing)


def test_the_letter_names_the_plan_and_what_it_says(frozen):
    _, made, items = frozen
    (dossier,) = dossiers_of(made, items)
    assert [item.title for item in dossier.frozen] == ["Hiring plan of all offices by 2029-09-30"]
    said = plain_text(closeout_letter(dossier))
    assert "Hiring plan of all offices by 2029-09-30: The nation: hire " in said
    assert dossier.covered_by(dossier.needs[0]) == ("Hiring plan of all offices by 2029-09-30",)


def test_all_that_was_assumed_is_in_the_record(frozen):
    folder, _, items = frozen
    said = read_frozen(folder / items[0].path).parameters
    assert (said["by"], said["probability"], said["ceiling"]) == ("2029-09-30", 0.8, None)
    assert (said["lead"], said["ramp"], said["completion"]) == ([[5, 0.5], [6, 0.5]], [0.25, 0.5], 0.9)
    assert said["leaving"]["mean"] == 0.06
    assert (said["seed"], said["draws"], said["basis"]) == (7, 100, "Fictional.")
    assert said["suppression"] == {"threshold": 11}


def verified(ground, folder):
    with closing(connect(threads=1)) as engine:
        recompute = recomputer(engine, ground.snapshot, ground.pack, ())
        given = {"snapshot": ground.snapshot, "hashes": Hashes(), "engine": engine.name}
        return verify(folder, recompute=recompute, **given).results[0]


def test_it_is_worked_out_again_and_equal(ground, frozen):
    found = verified(ground, frozen[0] / FROZEN)
    assert (found.code, found.finding) == ("hiring", Finding.EQUAL), found


def test_a_figure_that_was_written_over_is_named_with_what_the_records_give(ground, frozen, tmp_path):
    folder = shutil.copytree(frozen[0] / FROZEN, tmp_path / FROZEN)
    path = next(folder.glob("hiring.2026*"))
    said = json.loads(path.read_text(encoding="utf-8"))
    before, said["rows"][0]["probability"] = said["rows"][0]["probability"], 0.123
    path.write_text(json.dumps(said), encoding="utf-8")
    found = verified(ground, folder)
    assert found.finding is Finding.TAMPERED
    (difference,) = found.differences
    assert (difference.column, difference.before, difference.after) == ("probability", 0.123, before)


def test_an_assumption_that_was_written_over_is_named(ground, frozen, tmp_path):
    folder = shutil.copytree(frozen[0] / FROZEN, tmp_path / FROZEN)
    path = next(folder.glob("hiring.2026*"))
    said = json.loads(path.read_text(encoding="utf-8"))
    said["parameters"]["probability"] = 0.5
    path.write_text(json.dumps(said), encoding="utf-8")
    found = verified(ground, folder)
    assert found.finding is Finding.TAMPERED
    assert any("changed: parameters" in fault for fault in found.faults)


def whole(planned, **changed):
    """Return a plan with some of what is chosen changed."""
    rows = ({**planned.answer.rows[0], **changed}, *planned.answer.rows[1:])
    return Planned(replace(planned.answer, rows=rows))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"meets": False, "sentence": "80% cannot be reached."}, "it does not reach its aim: 80% cannot"),
        ({"meets": "not shown"}, "the office has few officers"),
        # From 30 September 2026 it is 23 full months until 31 August 2028, and 24 until 30 September.
        ({"by": "2028-08-31"}, "it reaches 23 months ahead, and a plan over several years is asked for"),
    ],
)
def test_a_plan_that_is_not_what_is_asked_for_covers_nothing_and_says_why(planned, changed, why):
    made = with_plan(assessment(), whole(planned, **changed))
    (need,) = made.assessed[0].needs
    assert need.measures == ()
    assert why in need.why
    assert made.assessed[0].missing[0] == need.lacks


@pytest.mark.parametrize(("withheld", "covered"), [(None, ()), ("F01", ("hiring",))])
def test_a_plan_whose_officers_are_withheld_covers_nothing(ground, planned, tmp_path, withheld, covered):
    """Of all offices together None is withheld; of F01 alone nothing of this plan is."""
    given = {OFFICERS: frozenset({withheld})}
    asked = Asked(reports=tmp_path, records=tmp_path, as_of=DAY, out=tmp_path, hiring=tmp_path)
    told = run._planned(lambda: planned, given, asked, Steps())
    made = with_plan(assessment(), told)
    (need,) = made.assessed[0].needs
    assert need.measures == covered
    assert ("has few officers" in need.why) is (not covered)
    others = Others(None, told.answer, given)
    (item,) = freeze_linked(made, ground, tmp_path, now=NOW, others=others)
    kept = read_frozen(tmp_path / item.path)
    assert (kept.rows[0]["meets"] == "not shown") is (not covered)
    assert (len(kept.rows) == 1) is (not covered)


def test_without_a_plan_there_is_nothing_to_withhold(tmp_path):
    asked = Asked(reports=tmp_path, records=tmp_path, as_of=DAY, out=tmp_path)
    given = {OFFICERS: frozenset({None})}
    assert run._planned(lambda: Planned(None, "none"), given, asked, Steps()) == Planned(None, "none")


def test_two_years_ahead_are_several_years(planned):
    made = with_plan(assessment(), whole(planned, by="2028-09-30"))
    assert made.assessed[0].needs[0].measures == ("hiring",)


def test_why_no_plan_could_be_made_is_said(ground, file):
    asked = replace(hiring_of(file), office_id="F99")
    said = plan_made(ground, asked)
    assert "there is no office F99" in said
    made = with_plan(assessment(), Planned(None, said))
    assert "no hiring plan could be made, there is no office F99" in made.assessed[0].missing[0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"office_id": "F99"}, "the hiring plan: there is no office F99"), ({}, "")],
)
def test_an_office_that_there_is_not_is_refused_before_anything_is_worked_out(ground, file, changed, said):
    asked = replace(hiring_of(file), **changed)
    if said:
        with pytest.raises(NothingToAssessError, match=said):
            check_hiring(asked, ground.snapshot, DAY)
        return
    check_hiring(asked, ground.snapshot, DAY)
    with pytest.raises(NothingToAssessError, match="give a day from one month to ten years after"):
        check_hiring(asked, ground.snapshot, asked.limits.by)


def test_a_file_that_is_not_sound_is_refused(tmp_path):
    with pytest.raises(PackError, match="cannot be read"):
        hiring_of(tmp_path / "none.yaml")


class Runner:
    """Stands for the second process."""

    def __init__(self):
        self.asked = []

    def ask(self, work, *given):
        self.asked.append((work, given))

    def answer(self):
        return "no such need"


def test_the_second_process_makes_it_while_the_first_goes_on(ground, file):
    runner, asked = Runner(), hiring_of(file)
    wait = begin_plan(ground, asked, runner)
    assert runner.asked == [(plan_made, (ground, asked))]
    assert wait() == Planned(None, "no such need")
