"""A dossier holds all there is on one recommendation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from closeout.evidence.assessment import Gap, NeedCovered
from closeout.evidence.figures import Figure, Outcome
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.dossier_paper import dossier_pdf
from closeout.evidence.measures.measure import Breakdown, Shape, Verdict
from closeout.evidence.outward import outward
from closeout.followup.history import Axis
from closeout.reading.model import Position
from tests.evidence.letters.making import (
    DIGEST,
    NO_DATA,
    frozen,
    make_assessment,
    make_dossier,
    make_measured,
    share,
    text_of_pdf,
)
from tests.followup.factories import make_event, make_followed, make_sighting


def test_one_with_every_need_covered_and_every_result_frozen_is_ready():
    dossier = make_dossier()
    assert dossier.gaps == ()
    assert dossier.is_ready


def test_an_uncovered_need_is_a_gap():
    dossier = make_dossier(needs=(NeedCovered("the policy itself", "page 4"),))
    assert dossier.gaps == ("The auditor needs “the policy itself”: not covered by any measure",)
    assert not dossier.is_ready


def test_a_gap_that_the_assessment_names_is_not_named_twice():
    said = "The auditor needs “the policy itself”: not covered by any measure"
    assert make_dossier(needs=(NeedCovered("the policy itself", "page 4"),), missing=[said]).gaps == (said,)


def test_notes_on_recommendations_of_other_reports_are_left_out():
    elsewhere = "Measures answer recommendation 9 of “GAO-1-1”, which no document read makes"
    (dossier,) = dossiers_of(replace(make_assessment(), notes=("The hiring file is empty", elsewhere)))
    assert dossier.notes == ("The hiring file is empty",)


def test_a_result_that_nobody_froze_is_a_gap():
    assert make_dossier(items=[]).gaps == ("Not frozen as evidence yet: Keys counted in time",)


def test_one_without_a_measure_is_never_ready():
    dossier = make_dossier(measured=(), needs=())
    assert dossier.gaps == ()
    assert not dossier.is_ready


def test_only_frozen_results_of_its_own_measures_belong_to_it():
    dossier = make_dossier(items=[frozen(), frozen("another-measure")])
    assert [item.measure for item in dossier.frozen] == ["keys-counted"]


STAFFING = {"title": "Demand, hours, need and gap by office", "under": ("keys-counted", "locks-counted")}


def test_what_its_measures_rest_on_belongs_to_it_too_and_stands_last_and_once():
    measures = [make_measured(), make_measured("locks-counted", title="Locks counted")]
    items = [frozen("staffing", **STAFFING), frozen(), frozen("locks-counted")]
    dossier = make_dossier(items=items, measured=measures)
    assert [item.measure for item in dossier.frozen] == ["keys-counted", "locks-counted", "staffing"]
    assert dossier.plain()["frozen"][2]["title"] == STAFFING["title"]
    assert STAFFING["title"] in text_of_pdf(dossier_pdf(dossier))


def test_what_others_rest_on_does_not_belong_to_it_and_stands_for_no_measure():
    others = frozen("staffing", **(STAFFING | {"under": ("another",)}))
    assert make_dossier(items=[frozen(), others]).frozen == (frozen(),)
    unfrozen = make_dossier(items=[frozen("staffing", **STAFFING)])
    assert unfrozen.gaps == ("Not frozen as evidence yet: Keys counted in time",)


def test_the_history_begins_with_the_report_and_holds_each_promise():
    whats = [step.what for step in make_dossier().history]
    assert whats[0] == "Report issued"
    assert any(what.startswith("Promised to complete it") for what in whats)
    assert any(what.startswith("Status: Open, resolved") for what in whats)


def test_events_are_told_in_order_and_later_ones_are_left_out():
    events = [
        make_event("resolved-open", "2024-03-01", printed="Open", by="DHS OIG"),
        make_event(Position.CONCUR, "2024-02-01", axis=Axis.POSITION, by="Bureau"),
        make_event("closed-implemented", "2026-01-01"),
    ]
    followed = make_followed("2")
    dossier = make_dossier(followed=followed, events={"dhs-oig/OIG-24-901/2": events})
    assert [(step.by, step.what) for step in dossier.history] == [
        ("DHS-OIG", "Report issued"),
        ("Bureau", "Position: Concurs"),
        ("DHS OIG", "Status: Open, resolved (printed “Open”)"),
    ]


@pytest.mark.parametrize(
    ("axis", "value", "words"),
    [
        (Axis.PROGRESS, "done", "Progress: Agency says done"),
        (Axis.PRIORITY, "yes", "Marked as a priority"),
        (Axis.LISTING, "missing", "No longer shown by the auditor"),
        (Axis.READING, "resolved-open", "No status is printed; the prose reads as Open, resolved, 80% sure"),
    ],
)
def test_each_axis_has_its_words(axis, value, words):
    confidence = 0.8 if axis is Axis.READING else None
    event = make_event(value, "2024-03-01", axis=axis, confidence=confidence)
    dossier = make_dossier(events={"dhs-oig/OIG-24-901/2": [event]})
    assert words in [step.what for step in dossier.history]


def test_a_promise_missed_keeps_its_days():
    # promised for 2024-12-31, still open on 2025-06-30: 181 days
    promise = make_dossier().plain()["promises"][0]
    assert (promise["outcome"], promise["slip_days"]) == ("missed", 181)


def test_plain_is_json_with_every_part():
    plain = json.loads(json.dumps(make_dossier().plain()))
    assert plain["is_ready"] is True
    assert plain["report"]["number"] == "OIG-24-901"
    assert plain["measures"][0]["total"]["said"] == "98.0 % (93.0–100.0) of 2,000"
    assert plain["measures"][0]["query"] == "SELECT 1"
    assert plain["frozen"][0]["result_sha256"] == DIGEST
    assert plain["needs"][0]["covered_by"] == ["keys-counted"]


def test_small_counts_are_withheld_with_what_hangs_on_them():
    small = make_measured(figure=share(5, 40), verdict=Verdict.NOT_MET)
    gap = Gap("keys-counted", "Keys", 33, "Keys: target 95 %, is 12.5 % of 40")
    missing = ("Keys counted in time: target 95.0 % or more, is 12.5 % (7.5–17.5) of 40",)
    safe = outward(make_assessment([small], missing=missing, gaps=(gap,)))
    assert safe.measured[0].total.figure.outcome is Outcome.SUPPRESSED
    assert safe.gaps == ()
    assert "12.5" not in json.dumps([each.plain() for each in dossiers_of(safe)])


def test_a_measure_without_data_stays_without():
    safe = outward(make_assessment([make_measured(figure=NO_DATA, verdict=Verdict.NOT_ASSESSED)]))
    assert safe.measured[0].total.figure == NO_DATA
    assert safe.assessed[0].missing == ("Keys counted in time: no data: the table is not in the records",)


def test_a_dossier_is_named_by_number_or_by_title():
    assert make_dossier().name == "recommendation 2 of OIG-24-901"
    untitled = make_dossier(followed=make_followed("1", report="gao/"))
    assert untitled.name == "recommendation 1 of “Keys”"


def test_past_periods_are_told_oldest_first():
    series = [(date(2023, 6, 30), share(50, 100)), (date(2024, 6, 30), share(60, 100))]
    plain = make_dossier(measured=[make_measured(series=series)]).plain()
    assert [each["value"] for each in plain["measures"][0]["series"]] == [0.5, 0.6]


def in_parts():
    """Return a measure with two parts."""
    made = make_measured()
    parts = tuple(
        replace(made.total, figure=share(k, n), category=name) for name, k, n in (("a", 40, 50), ("", 60, 70))
    )
    return replace(made, breakdowns=(Breakdown("docket", "Docket", parts, {"a": "detained", "": "(none)"}),))


def test_parts_stand_in_the_dossier_and_on_its_paper():
    dossier = make_dossier(measured=[in_parts()])
    (made,) = dossier.plain()["measures"][0]["breakdowns"]
    assert (made["by"], made["title"]) == ("docket", "Docket")
    assert [(part["label"], part["numerator"]) for part in made["parts"]] == [
        ("detained", 40),
        ("(none)", 60),
    ]
    words = text_of_pdf(dossier_pdf(dossier))
    assert "by docket" in words
    assert words.index("detained") < words.index("(none)")


def test_a_count_keeps_its_open_interval():
    figure = Figure(Outcome.COMPUTED, 120.0, 100.0, 142.0, 120, None, method="poisson")
    measured = make_measured(figure=figure, shape=Shape.COUNT, unit="count", denominator="")
    assert make_dossier(measured=[measured]).plain()["measures"][0]["total"]["said"] == "120 (100–142)"


def test_second_hand_promises_say_so():
    followed = make_followed("2", sightings=[make_sighting("2024-12-31", "2024-01-31", is_second_hand=True)])
    assert any("told by news only" in step.what for step in make_dossier(followed=followed).history)
