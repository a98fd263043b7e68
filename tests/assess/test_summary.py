"""What a run says at its end adds up, and its JSON has everything."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from closeout.assess.plain import FORMAT, as_plain
from closeout.assess.summary import lines, paper_lines, papers_said, summary, with_shown
from closeout.evidence.assessment import Assessment
from closeout.evidence.figures import Outcome, without
from closeout.evidence.gaps import largest_gaps
from closeout.evidence.letters.index import NotWritten, PaperFile, PaperIndex
from closeout.evidence.linking import link
from closeout.evidence.measures.measure import Verdict
from tests.evidence.made import (
    DAY,
    followed,
    linked,
    measure,
    measured,
    off_target,
    on_target,
    share,
    unassessed,
)


@pytest.fixture
def made() -> Assessment:
    """Return three recommendations and five measures."""
    of = (
        off_target("off", links=linked()),
        on_target("on", links=linked("OIG-17-51", "1")),
        unassessed("none"),
        measured(measure("unsure"), share(96, 100, 0.9, 0.99), Verdict.MET_NOT_ESTABLISHED),
        measured(measure("aimless", target=None), share(1, 2, 0.1, 0.9), Verdict.NO_TARGET),
    )
    found = link([followed("1"), followed("2"), followed("3")], of, {})
    return Assessment("Agency", DAY, of, found.assessed, largest_gaps(of), {}, ("a note",))


def test_recommendations_and_measures_add_up(made):
    said = summary(made)
    recommendations, measures = said["recommendations"], said["measures"]
    assert recommendations["total"] == 3 == sum(recommendations["by_standing"].values())
    assert recommendations["by_status"] == {"Open, resolved": 3}
    assert recommendations["by_standing"]["done"] == 1
    assert recommendations["by_standing"]["not_done"] == 1
    assert recommendations["by_standing"]["not_assessed"] == 1
    assert [measures[name] for name in ("met", "not_met", "no_target", "not_assessed")] == [2, 1, 1, 1]
    assert measures["total"] == 5 == sum(measures["by_verdict"].values())


def test_a_recommendation_without_a_status_is_counted_apart(made):
    each = followed("9")
    silent = each.__class__(each.entry, each.report, each.state.__class__(DAY), each.ledger)
    found = link([silent], made.measured, {})
    said = summary(Assessment("Agency", DAY, made.measured, found.assessed))
    assert said["recommendations"]["by_status"] == {"no status printed": 1}


def test_lines_say_the_same(made):
    said = list(lines(summary(made)))
    assert said[0] == "3 recommendations as of 2026-10-31"
    assert "        1  not being done" in said
    assert "5 measures" in said
    assert said[-1].startswith("  1. Off: target 95 % or more, is 60.0 %")


def suppressed(made: Assessment, *codes: str) -> Assessment:
    """Return an assessment as it leaves the agency, without what some measures say."""
    few = without(Outcome.SUPPRESSED, "small numbers")
    hidden = (
        replace(each, total=replace(each.total, figure=few, verdict=Verdict.NOT_ASSESSED))
        if each.measure.code in codes
        else each
        for each in made.measured
    )
    return replace(made, measured=tuple(hidden))


def test_measures_as_shown_add_up_with_those_that_are_suppressed(made):
    said = with_shown(summary(made), suppressed(made, "on", "off"))["measures"]
    # Of on, off, none, unsure and aimless: on was met, off not met.
    assert said["shown"] == {"met": 1, "not_met": 0, "no_target": 1, "not_assessed": 1, "suppressed": 2}
    assert sum(said["shown"].values()) == said["total"] == 5
    assert (said["met"], said["not_met"]) == (2, 1)


def test_a_line_tells_how_many_measures_are_not_shown(made):
    told = list(lines(with_shown(summary(made), suppressed(made, "on", "off"))))
    assert told[told.index("5 measures") + 5] == (
        "2 of them are not shown in what leaves the agency, for small numbers; "
        "there: 1 on target, 0 off target, 1 without a target, 1 not assessed"
    )


def test_one_measure_that_is_not_shown_is_told_in_the_singular(made):
    told = list(lines(with_shown(summary(made), suppressed(made, "on"))))
    assert any(line.startswith("1 of them is not shown in what leaves the agency") for line in told)


def test_no_line_tells_of_measures_that_are_all_shown(made):
    assert list(lines(with_shown(summary(made), made))) == list(lines(summary(made)))


def test_without_gaps_none_are_announced():
    said = list(lines(summary(Assessment("Agency", DAY, (), ()))))
    assert not any("gaps" in line for line in said)


def test_json_holds_all_and_no_more_than_json_can(made):
    plain = json.loads(json.dumps(as_plain(made, summary(made))))
    assert plain["format"] == FORMAT
    assert plain["as_of"] == "2026-10-31"
    assert [each["measure"] for each in plain["measures"]] == ["off", "on", "none", "unsure", "aimless"]
    first = plain["measures"][0]
    assert first["total"]["numerator"] == 60
    assert first["total"]["verdict_words"] == "target not met"
    assert first["target"] == {"value": 0.95, "basis": "", "made_up": True}
    second = plain["recommendations"][1]
    assert second["standing"] == "not_done"
    assert second["measures"] == ["off"]
    assert second["status"] == "resolved-open"
    assert plain["gaps"][0]["measure"] == "off"
    assert plain["notes"] == ["a note"]


def test_no_value_is_null_and_never_zero(made):
    plain = as_plain(made, {})
    assert plain["measures"][2]["total"]["value"] is None
    assert plain["measures"][2]["total"]["outcome"] == "no_data"


def listed(path, title, subject="", kind="dossier"):
    return PaperFile(
        path, kind, title, subject, "application/pdf", 1, "ab", DAY, "Source: x.", "Suppression: y."
    )


def test_papers_are_told_by_title_with_their_files_and_no_two_recommendations_as_one():
    papers = PaperIndex(
        "Agency",
        DAY,
        (
            listed("papers/memo.pdf", "Memo", kind="determination-memo"),
            listed("papers/memo.docx", "Memo", kind="determination-memo"),
            listed("papers/recommendations/a/dossier.pdf", "Dossier: a recommendation of A", "a"),
            listed("papers/recommendations/b/dossier.pdf", "Dossier: a recommendation of A", "b"),
            listed("papers/recommendations/b/letter.json", "Words", "b", kind="letter-words"),
        ),
        (NotWritten("poam", "Plan of action", "no recommendation is open"),),
    )
    said = papers_said(papers)
    assert [(each["subject"], len(each["files"])) for each in said["written"]] == [
        ("", 2),
        ("a", 1),
        ("b", 1),
    ]
    assert list(paper_lines(said)) == [
        "  papers/memo.pdf, papers/memo.docx: Memo",
        "  papers/recommendations/: closeout letter and dossier of 2 recommendations",
        "  papers.json: the list of all",
        "  not written: Plan of action: no recommendation is open",
    ]
