"""The closeout letter: asks only where nothing is missing, and says all that an auditor has to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from closeout.evidence.assessment import NeedCovered
from closeout.evidence.letters.closeout import closeout_letter, closeout_letter_pdf
from closeout.evidence.letters.dossier_paper import dossier_pdf
from closeout.evidence.letters.plain_text import plain_text
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.wording import target
from closeout.followup.plans import Plan, PlannedStep
from tests.evidence.letters.making import (
    DIGEST,
    NO_DATA,
    make_dossier,
    make_measure,
    make_measured,
    share,
    structure_of_pdf,
    text_of_pdf,
)
from tests.followup.factories import make_followed, make_sighting


def saying(text):
    """Return a recommendation with these words."""
    followed = make_followed("2")
    return replace(followed, entry=replace(followed.entry, text=text))


def letter(**given):
    return text_of_pdf(closeout_letter_pdf(make_dossier(**given)))


def test_a_letter_asks_to_close_where_nothing_is_missing():
    text = letter()
    assert "Request to close recommendation 2 of OIG-24-901" in text
    assert "The agency requests that recommendation 2 of OIG-24-901 be closed as implemented." in text
    assert "Nothing is known to be missing. Whether the evidence is enough is for your office to say." in text


def test_a_letter_with_gaps_asks_for_nothing():
    text = letter(items=[], missing=["Keys counted in time: target 95.0 % or more, is 90.0 %"])
    assert "Status of recommendation 2 of OIG-24-901" in text
    assert "It does not ask for closing: 2 points are still open" in text
    assert "requests that" not in text
    assert "Not frozen as evidence yet: Keys counted in time." in text


def test_a_letter_without_a_measure_asks_for_nothing():
    text = letter(measured=(), needs=())
    assert "It does not ask for closing: no measure is linked to it" in text
    assert "The documents read do not say what evidence is needed" in text


def test_a_letter_of_a_closed_recommendation_asks_for_nothing():
    text = letter(followed=make_followed("2", status="closed-implemented"))
    assert "Closing of recommendation 2 of OIG-24-901" in text
    assert "Your office has closed recommendation 2 of OIG-24-901" in text
    assert "requests that" not in text


def test_nobody_signs():
    text = letter()
    assert "Draft for review and signature. Not signed, not sent." in text
    for place in ("[Signature]", "[Name of the signing official]", "[Title of the signing official]"):
        assert place in text
    assert "[Date of signature]" in text


def test_the_recommendation_stands_in_the_auditors_words():
    assert "Count the keys." in letter()


def test_one_whose_words_nobody_read_says_so():
    assert "[The words of the recommendation are not in the documents read.]" in letter(followed=saying(None))


def test_each_need_stands_with_its_place_and_what_covers_it():
    needs = (
        NeedCovered("evidence that the keys are counted", "report.txt, page 3", ("keys-counted",)),
        NeedCovered("the policy", "report.txt, page 4"),
    )
    text = letter(needs=needs)
    assert "1 of 2 needs covered" in text
    assert "evidence that the keys are counted" in text
    assert "the policy" in text
    assert "Nothing yet" in text


def test_each_figure_stands_with_interval_count_target_and_result():
    text = letter()
    assert "98.0 % (93.0–100.0) of 2,000" in text
    assert target(make_measure()) in text
    assert "target met" in text


def test_a_measure_without_data_says_so_and_is_never_zero():
    text = letter(measured=[make_measured(figure=NO_DATA, verdict=Verdict.NOT_ASSESSED)])
    assert "no data: the table is not in the records" in text
    assert "0.0 %" not in text


def test_a_missed_date_stands_with_its_days():
    # promised for 2024-12-31, still open on 2025-06-30
    text = letter()
    assert "1 date promised, 1 missed, as of June 30, 2025" in text
    assert "Missed, 181 days late" in text


def test_a_promise_that_moved_says_where_to():
    sightings = [
        make_sighting("2024-06-30", "2024-01-31", by="Bureau"),
        make_sighting("2025-12-31", "2024-09-01", by="Bureau"),
    ]
    assert "moved to December 31, 2025" in letter(followed=make_followed("2", sightings=sightings))


def test_a_letter_without_promises_has_no_such_section():
    assert "Dates promised" not in letter(followed=make_followed("2"))


def test_frozen_evidence_stands_with_its_digests():
    text = letter().replace(" ", "")
    assert DIGEST in text
    assert "fe" * 32 in text


def test_every_letter_states_as_of_sources_intervals_and_suppression():
    text = letter(notes=("check_ins: 3 of 10 rows are in the quarantine",))
    assert "As of: June 30, 2025." in text
    assert "Sources: 1 document with the first digits of their SHA-256: report.txt (abababababababab)" in text
    assert "1,200 rows" not in text
    assert "1,204 rows in 2 tables" in text
    assert "Intervals are at 95 % (Wilson)." in text
    assert "Suppression: counts from 1 to 10 are not shown" in text
    assert "Not covered: Check_ins: 3 of 10 rows are in the quarantine." in text


def test_many_notes_are_counted_and_not_listed():
    about = closeout_letter(make_dossier(notes=tuple(f"note {n}" for n in range(20)))).about
    assert about[-1] == "Not covered: 8 more points, listed in the assessment."


def test_an_assessment_that_names_no_source_says_so():
    assert "Sources: not stated by the assessment." in letter(sources={})


def test_a_status_is_the_printed_one():
    assert ("Auditor’s status", "Open, resolved, as of February 1, 2024") in closeout_letter(
        make_dossier()
    ).facts
    facts = dict(closeout_letter(make_dossier(followed=make_followed("2", status=None))).facts)
    assert facts["Auditor’s status"] == "none in the documents read"


@pytest.mark.parametrize("evil", ['#panic("x")', "<b>&amp;{{7*7}}", "=1+1", "x" * 500, "{%raw%}"])
def test_words_of_data_stay_words(evil):
    text = letter(followed=saying(evil), agency=evil).replace(" ", "")
    assert text.count(evil) >= 2


def test_headings_come_in_order_without_a_level_left_out():
    tags = [tag for tag in structure_of_pdf(closeout_letter_pdf(make_dossier())) if tag.startswith("/H")]
    assert tags[0] in {"/Title", "/H1"}
    assert "/H3" not in tags


def test_the_dossier_tells_history_definition_periods_and_offices():
    measured = make_measured(
        offices=[("F01", share(400, 500)), ("F02", NO_DATA)],
        series=[
            (make_dossier().as_of.replace(year=2023), share(50, 100)),
            (make_dossier().as_of, share(90, 100)),
        ],
    )
    text = text_of_pdf(dossier_pdf(make_dossier(measured=[measured])))
    assert "Dossier of recommendation 2 of OIG-24-901" in text
    assert "Working document of the agency. Not approved." in text
    assert f"Counted: Counts held in time. Of: Counts due. Target: {target(make_measure())}." in text
    assert "It closes when: Every key is counted." in text
    assert "F01 80.0 % (75.0–85.0) of 500" in text
    assert "F02 no data" in text
    assert "50.0 % to 90.0 % over 2 periods" in text
    assert "Report issued" in text


def by_hand(**given):
    """Return the letter that a person asks by, on evidence and no measure."""
    need = NeedCovered(
        "a signed policy", "report.txt, page 3", given.pop("evidence", ("The policy, signed",))
    )
    dossier = replace(make_dossier(items=(), measured=(), needs=(need,)), gaps=given.pop("gaps", ()), **given)
    return plain_text(closeout_letter(replace(dossier, is_by_hand=True)))


def test_a_person_may_ask_without_a_measure():
    words = by_hand()
    assert words.startswith("Request to close recommendation 2 of OIG-24-901")
    assert "a signed policy | report.txt, page 3 | Yes | The policy, signed" in words
    assert "Nothing is known to be missing." in words
    assert "What the records show" not in words


def test_a_person_who_asks_nevertheless_sends_what_is_missing_along():
    words = by_hand(evidence=(), gaps=("“a signed policy”: no evidence yet",))
    assert "0 of 1 need covered" in words
    assert "- “a signed policy”: no evidence yet." in words
    assert "Nothing is known to be missing." not in words


def test_the_plan_says_what_was_done_and_what_was_missed():
    steps = (
        PlannedStep("Policy written", date(2025, 5, 31), done_on=date(2025, 5, 1)),
        PlannedStep("Clerks trained", date(2025, 6, 29)),
    )
    followed = replace(make_followed("2"), plan=Plan("Two steps.", steps))
    words = by_hand(followed=followed)
    assert "Policy written (done 2025-05-01); Clerks trained (was due 2025-06-29, not done)." in words
