"""A new case: who may have it, who should, and when it is held."""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.assignment.certificate import Certificate, CertificateError
from closeout.assignment.new_case import (
    Assigned,
    Held,
    assign_case,
    assign_queue,
    assign_written,
    replay,
)
from closeout.assignment.office import Clock, NewCase, Office, Place
from closeout.assignment.rules import Language, Rules
from tests.assignment.making import officer

DAY = date(2026, 9, 30)
CASE = NewCase("C-001", "F01", 120.0, DAY)


def office(*places: Place) -> Office:
    return Office("F01", DAY, places)


def place(number: str, load: float = 0.0, hours: float = 100.0, *skills: str, **more: object) -> Place:
    figures = {name: more.pop(name) for name in ("severe_hours", "received_minutes") if name in more}
    return Place(officer(number, hours, *skills, **more), load, **figures)  # type: ignore[arg-type]


def chosen(answer: Assigned | Held) -> str:
    assert isinstance(answer, Assigned), answer.certificate.sentence
    return answer.officer_no


def reason(answer: Assigned | Held, number: str) -> str:
    return next(out.reason for out in answer.certificate.exclusions if out.officer_no == number)


def test_it_goes_to_whom_it_leaves_least_busy() -> None:
    # With 2 h: (50 + 2) / 100 = 52 %, (20 + 2) / 40 = 55 %. Fewer hours on hand is not less busy.
    answer = assign_case(CASE, office(place("S-1", 50), place("S-2", 20, 40)))
    assert chosen(answer) == "S-1"
    assert isinstance(answer, Assigned)
    assert answer.projected == pytest.approx(0.52)
    assert answer.certificate.decided_by == "least_projected"
    assert answer.certificate.sentence == (
        "Case C-001 to S-1, who will be the least busy with it (52 % of case hours)."
    )


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (place("S-2", is_active=False), "not_active"),
        (place("S-2", 0, 0), "no_hours"),
        (place("S-2", office="F02"), "other_office"),
        (place("S-2", sites=frozenset({"B"})), "other_site"),
        (place("S-2"), "no_credential"),
    ],
)
def test_who_may_not_have_it_is_left_out_with_the_reason(other: Place, code: str) -> None:
    case = replace(CASE, is_child=True, site_id="A")
    answer = assign_case(case, office(place("S-1", 90, 100, "juvenile"), other))
    assert chosen(answer) == "S-1"
    assert reason(answer, "S-2") == code


def test_a_recused_officer_is_left_out() -> None:
    answer = assign_case(replace(CASE, recused=("S-1",)), office(place("S-1"), place("S-2", 90)))
    assert (chosen(answer), reason(answer, "S-1")) == ("S-2", "recused")


def test_with_transfer_another_office_s_officer_may_have_it() -> None:
    answer = assign_case(CASE, office(place("S-2", office="F02")), Rules(allow_transfer=True))
    assert chosen(answer) == "S-2"


def test_a_preferred_language_goes_before_load_but_not_before_the_cap() -> None:
    case = replace(CASE, language="es")
    speaker, other = place("S-1", 90, 100, "lang-es"), place("S-2", 10)
    assert chosen(assign_case(case, office(speaker, other))) == "S-1"
    assert chosen(assign_case(case, office(replace(speaker, load_hours=99), other))) == "S-2"
    assert chosen(assign_case(case, office(speaker, other), Rules(language=Language.IGNORED))) == "S-2"


def test_a_required_language_that_nobody_has_holds_the_case() -> None:
    answer = assign_case(
        replace(CASE, language="ht"), office(place("S-1")), Rules(language=Language.REQUIRED)
    )
    assert isinstance(answer, Held)
    assert (answer.why, reason(answer, "S-1"), answer.is_escalated) == (
        "nobody_eligible",
        "no_language",
        True,
    )


def test_a_language_all_speak_needs_no_certificate() -> None:
    answer = assign_case(
        replace(CASE, language="en"), office(place("S-1")), Rules(language=Language.REQUIRED)
    )
    assert chosen(answer) == "S-1"


def test_the_former_officer_has_it_again_while_the_affinity_lasts() -> None:
    case = replace(CASE, former_officer="S-1", left_former_on=DAY - timedelta(days=180))
    there = office(place("S-1", 80), place("S-2"))
    assert chosen(assign_case(case, there)) == "S-1"
    late = assign_case(replace(case, left_former_on=DAY - timedelta(days=181)), there)
    assert (chosen(late), late.certificate.affinity) == ("S-2", "ended")


@pytest.mark.parametrize(
    ("former", "released"),
    [
        (place("S-1", 0, 0), "no_hours"),
        (place("S-1", 99), "over_cap"),
        (place("S-1", is_active=False), "not_active"),
        (place("S-9"), "gone"),
    ],
)
def test_a_former_officer_who_cannot_have_it_binds_nobody(former: Place, released: str) -> None:
    # A public tool waited for a judge who had left: its "unreachable affinity holder".
    case = replace(CASE, former_officer="S-1", left_former_on=DAY)
    answer = assign_case(case, office(former, place("S-2", 10)))
    assert answer.certificate.affinity == released
    assert chosen(answer) in {"S-2", "S-9"}
    assert "The former officer S-1" in answer.certificate.sentence


def test_nobody_is_brought_over_the_cap() -> None:
    # 98.5 + 2 = 100.5 % of 100 hours.
    answer = assign_case(CASE, office(place("S-1", 98.5)))
    assert isinstance(answer, Held)
    assert (answer.why, reason(answer, "S-1")) == ("all_over_cap", "over_cap")
    assert "held, not given to anyone beyond the cap of 100 %" in answer.certificate.sentence


def test_a_credential_nobody_has_is_told_without_a_word_of_caps() -> None:
    # Waiting changes nothing; what an officer would need is named, and how many lack what.
    child = replace(CASE, is_child=True, site_id="F01-A")
    elsewhere = place("S-3", 10)
    elsewhere = replace(elsewhere, officer=replace(elsewhere.officer, sites=frozenset({"F01-B"})))
    answer = assign_case(child, office(place("S-1", 10), place("S-2", 10), elsewhere))
    assert isinstance(answer, Held)
    assert (answer.why, answer.is_escalated) == ("nobody_eligible", True)
    said = answer.certificate.sentence
    assert "is held: none of the 3 officers asked about may have it" in said
    assert "1 does not work at the site where it reports, 2 lack the credential for cases of children" in said
    assert "Needed is an officer at site F01-A with juvenile." in said
    assert "cap" not in said


def test_a_language_nobody_is_certified_in_is_named() -> None:
    case = replace(CASE, language="xx")
    answer = assign_case(case, office(place("S-1", 10)), Rules(language=Language.REQUIRED))
    assert isinstance(answer, Held)
    assert "Needed is an officer with lang-xx." in answer.certificate.sentence


def test_nobody_with_hours_needs_no_skill() -> None:
    answer = assign_case(CASE, office(place("S-1", 0, 0.0)))
    assert isinstance(answer, Held)
    assert "1 has no case hours now" in answer.certificate.sentence
    assert "Needed" not in answer.certificate.sentence


def test_up_to_the_cap_is_not_over_it() -> None:
    assert chosen(assign_case(CASE, office(place("S-1", 98.0)))) == "S-1"


def test_a_new_starter_has_a_lower_cap() -> None:
    answer = assign_case(CASE, office(place("S-1", 74, is_new=True), place("S-2", 90)))
    assert (chosen(answer), reason(answer, "S-1")) == ("S-2", "over_new_starter_cap")


def test_severe_cases_are_spread() -> None:
    # 49 + 2 of 100 hours in severe cases is over a half.
    case = replace(CASE, is_severe=True)
    answer = assign_case(case, office(place("S-1", 50, severe_hours=49.0), place("S-2", 90)))
    assert (chosen(answer), reason(answer, "S-1")) == ("S-2", "over_severe_cap")


def test_of_officers_alike_the_one_who_received_least_has_it() -> None:
    answer = assign_case(
        CASE, office(place("S-1", received_minutes=60.0), place("S-2", received_minutes=30.0))
    )
    assert (chosen(answer), answer.certificate.decided_by) == ("S-2", "least_received")


def test_the_seed_decides_between_officers_alike_in_all() -> None:
    there = office(*(place(f"S-{n}") for n in range(8)))
    answers = [assign_case(CASE, there, seed=seed) for seed in range(12)]
    assert {answer.certificate.decided_by for answer in answers} == {"seed"}
    assert len({chosen(answer) for answer in answers}) > 1
    assert chosen(assign_case(CASE, there, seed=3)) == chosen(answers[3])


def test_an_office_without_officers_holds_the_case() -> None:
    answer = assign_case(CASE, office())
    assert isinstance(answer, Held)
    assert answer.why == "nobody_eligible"
    assert "has no officer" in answer.certificate.sentence


@pytest.mark.parametrize(
    ("age", "clock", "is_escalated"),
    [
        (5, Clock.ORDINARY, False),
        (6, Clock.ORDINARY, True),
        (0, Clock.STATUTORY, True),
        (0, Clock.PRIORITY, False),
    ],
)
def test_a_held_case_is_escalated_by_age_or_statute(age: int, clock: Clock, *, is_escalated: bool) -> None:
    case = replace(CASE, received_on=DAY - timedelta(days=age), clock=clock)
    answer = assign_case(case, office(place("S-1", 100)))
    assert isinstance(answer, Held)
    assert (answer.age_days, answer.is_escalated) == (age, is_escalated)


def test_statutory_clocks_come_first_then_priority_then_the_oldest() -> None:
    # Room for one only: whoever comes first gets it.
    cases = [
        replace(CASE, case_no="C-1", received_on=DAY - timedelta(days=9)),
        replace(CASE, case_no="C-2", clock=Clock.PRIORITY),
        replace(CASE, case_no="C-3", clock=Clock.STATUTORY, due_on=DAY + timedelta(days=9)),
        replace(CASE, case_no="C-4", clock=Clock.STATUTORY, due_on=DAY + timedelta(days=2)),
    ]
    answers, after = assign_queue(cases, office(place("S-1", 97)))
    assert [answer.case_no for answer in answers] == ["C-4", "C-3", "C-2", "C-1"]
    assert [isinstance(answer, Assigned) for answer in answers] == [True, False, False, False]
    assert after.places[0].load_hours == 99


def test_an_officer_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="given twice: S-1"):
        office(place("S-1"), place("S-1"))


def test_a_case_of_negative_work_is_refused() -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        replace(CASE, minutes_a_month=-1.0)


@st.composite
def _offices(draw: st.DrawFn) -> Office:
    return office(
        *(
            place(
                f"S-{n}",
                draw(st.integers(0, 100)),
                draw(st.sampled_from([0, 50, 100])),
                *draw(st.sampled_from([(), ("juvenile",), ("lang-es",)])),
                is_new=draw(st.booleans()),
            )
            for n in range(draw(st.integers(0, 5)))
        )
    )


@given(_offices(), st.booleans(), st.integers(0, 3))
@settings(max_examples=80, deadline=None)
def test_every_certificate_replays_from_its_json(there: Office, is_child: bool, seed: int) -> None:
    case = replace(CASE, is_child=is_child, language="es")
    answer = assign_case(case, there, seed=seed)
    written = json.loads(json.dumps(answer.certificate.plain()))
    assert replay(written).is_same
    assert Certificate.of(written) == answer.certificate


@given(_offices(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_nobody_ineligible_or_over_a_cap_ever_gets_a_case(there: Office, is_child: bool) -> None:
    answer = assign_case(replace(CASE, is_child=is_child), there)
    seen = len(answer.certificate.candidates) + len(answer.certificate.exclusions)
    assert seen == len(there.places)
    if isinstance(answer, Assigned):
        got = next(one for one in there.places if one.officer.officer_no == answer.officer_no)
        assert (got.load_hours + 2) / got.officer.hours <= (0.75 if got.officer.is_new else 1)
        assert not is_child or "juvenile" in got.officer.skills


def test_a_changed_certificate_does_not_replay() -> None:
    plain = assign_case(CASE, office(place("S-1"), place("S-2", 5))).certificate.plain()
    found = replay(plain | {"choice": "S-2"})
    assert found.differences == ("choice was S-2, is S-1",)
    assert found.sentence == "Worked out again, the answer differs: choice was S-2, is S-1."


@pytest.mark.parametrize(
    "damage", [{"kind": "other"}, {"form": 99}, {"candidates": [{"x": 1}]}, {"case": {}}]
)
def test_what_is_no_certificate_is_refused(damage: dict[str, object]) -> None:
    plain = assign_case(CASE, office(place("S-1"))).certificate.plain()
    with pytest.raises(CertificateError):
        replay(plain | damage)


@pytest.mark.parametrize(
    "wrong", [{"cap": 0}, {"band": -1}, {"limit": 0}, {"max_moves": -1}, {"affinity_days": -1}]
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="give"):
        Rules(**wrong)  # type: ignore[arg-type]


def test_settings_come_back_from_their_plain_form() -> None:
    rules = Rules(cap=0.9, language=Language.REQUIRED, max_moves=3)
    assert Rules.of(rules.plain()) == rules


def test_an_answer_and_its_certificate_are_written_in_one_go() -> None:
    here = office(place("S-1", 50), place("S-2", 20))
    answer, text = assign_written(CASE, here, seed=3)
    assert answer == assign_case(CASE, here, seed=3)
    assert json.loads(text) == answer.certificate.plain()
    assert replay(json.loads(text)).is_same


@pytest.mark.parametrize("is_searching", [True, False])
def test_the_search_for_unused_objects_waits_for_the_answer(is_searching: bool) -> None:
    """No collection falls into an answer of many values, and afterwards all is as it was."""
    seen: list[str] = []

    def watch(phase: str, info: dict[str, int]) -> None:
        seen.append(phase)

    here = office(*(place(f"S-{number:04}", 50) for number in range(900)))
    was = gc.isenabled()
    gc.collect()
    (gc.enable if is_searching else gc.disable)()
    gc.callbacks.append(watch)
    try:
        assign_written(CASE, here)
        during = list(seen)
        assert gc.isenabled() is is_searching
    finally:
        gc.callbacks.remove(watch)
        (gc.enable if was else gc.disable)()
    assert during == []


def test_the_search_goes_on_after_a_case_that_cannot_be_read() -> None:
    with pytest.raises(AttributeError):
        assign_case(None, office(place("S-1")))  # type: ignore[arg-type]
    assert gc.isenabled()
