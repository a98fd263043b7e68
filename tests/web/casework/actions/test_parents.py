"""Parents: the question, the information, decisions valid and flawed, honored or not (F1, F2)."""

from __future__ import annotations

import pytest

from closeout.web.casework import actions
from closeout.web.casework.models import ParentalInquiry
from tests.web.casework.actions.world import last_event

WHOLE = {
    "decision": "together",
    "form_version": "F-1",
    "signed_kind": "wet",
    "offered_reunification": True,
    "offered_child_remains": True,
    "offered_consultation": True,
}


def inform(world, **more):
    given = {"case_no": world.case.pk, "information_version": "INF-1", "language": "es", "on": world.day(-3)}
    return actions.give_information(by=world.officer, **{**given, **more})


def decide(world, row=None, **more):
    row = row or inform(world)
    given = {**WHOLE, "decided_on": world.day(-1), **more}
    return actions.record_parental_decision(by=world.officer, decision_id=row.pk, **given)


def test_the_question_that_was_owed_is_answered(world):
    owed = world.parent(answer=None, due_on=world.day(-2))
    row = actions.record_parental_inquiry(
        by=world.officer, case_no=world.case.pk, answer="yes", minors=3, minors_citizen=2, minors_resident=1
    )
    assert (row.pk, world.fresh(owed).answer, world.fresh(owed).asked_on) == (owed.pk, "yes", world.today)
    actions.record_parental_inquiry(by=world.officer, case_no=world.case.pk, answer="declined")
    assert ParentalInquiry.objects.count() == 2, "asked again without being owed"


@pytest.mark.parametrize(
    "more",
    [
        {"answer": "perhaps"},
        {"answer": "no", "minors": 1},
        {"answer": "yes", "minors": 1, "minors_citizen": 2},
        {"answer": "yes", "minors": 2, "minors_citizen": -1},
    ],
)
def test_counts_that_do_not_go_together_are_refused(world, more):
    with pytest.raises(actions.UnfitValueError):
        actions.record_parental_inquiry(by=world.officer, case_no=world.case.pk, **more)


@pytest.mark.parametrize("more", [{"information_version": ""}, {"language": None}])
def test_information_has_a_version_and_a_language_or_an_interpreter(world, more):
    with pytest.raises(actions.UnfitValueError, match="which version"):
        inform(world, **more)


def test_an_interpreter_stands_for_the_language(world):
    assert decide(world, inform(world, language=None, interpreter_used=True)).state == "valid"


def test_a_whole_decision_is_valid(world):
    row = decide(world)
    assert (row.state, row.validated_on, row.supersedes) == ("valid", world.today, None)
    assert (last_event().action, last_event().reason) == ("parental_decision.record", "")


@pytest.mark.parametrize(
    ("more", "flaws"),
    [
        ({"decision": None}, "blank"),
        ({"decision": "undecided"}, "undecided"),
        ({"signed_kind": None}, "not_signed"),
        ({"signed_kind": "refused"}, "no_witness"),
        ({"offered_child_remains": False, "form_version": None}, "options_missing, no_form_version"),
        ({"decided_on": None}, "not_dated"),
    ],
)
def test_a_flawed_decision_is_kept_with_its_flaws_listed(world, more, flaws):
    row = decide(world, **more)
    assert (row.state, last_event().reason) == ("flawed", flaws)
    assert ", ".join(actions.flaws_of_decision(world.fresh(row))) == flaws


def test_a_documented_refusal_to_sign_is_valid(world):
    assert decide(world, signed_kind="refused", witness_role="interpreter").state == "valid"


def test_a_decision_dated_after_the_departure_is_flawed(world):
    actions.record_departure(by=world.officer, case_no=world.case.pk, departed_on=world.day(-2), kind="self")
    assert decide(world).state == "flawed"


def test_a_decision_is_not_dated_ahead(world):
    with pytest.raises(actions.UnfitValueError, match="not dated after"):
        decide(world, decided_on=world.day(1))


@pytest.mark.parametrize("more", [{"decision": "x"}, {"signed_kind": "x"}, {"witness_role": "x"}])
def test_a_code_that_is_none_is_refused(world, more):
    with pytest.raises(actions.UnfitValueError):
        decide(world, **more)


def test_a_changed_mind_takes_the_place_of_the_decision_before(world):
    first = decide(world)
    second = decide(world, inform(world, on=world.day(-2)), decision="child_remains")
    assert (world.fresh(first).state, second.state, second.supersedes_id) == ("superseded", "valid", first.pk)


def test_information_alone_leaves_the_decision_before_standing(world):
    first = decide(world)
    inform(world)
    assert world.fresh(first).state == "valid"
    with pytest.raises(actions.NotNowError, match="still to be recorded"):
        inform(world)


def test_a_decision_is_recorded_once(world):
    row = decide(world)
    with pytest.raises(actions.NotNowError, match="give the information again"):
        decide(world, row)


def test_only_a_valid_decision_is_honored(world):
    row = decide(world)
    actions.honor_decision(by=world.officer, decision_id=row.pk)
    assert (world.fresh(row).state, world.fresh(row).honored_on) == ("honored", world.today)
    flawed = decide(world, signed_kind=None)
    with pytest.raises(actions.NotNowError):
        actions.honor_decision(by=world.officer, decision_id=flawed.pk)


def test_not_to_honor_one_takes_an_approver_and_a_reason(world):
    row = decide(world)
    with pytest.raises(actions.UnfitValueError, match="court order"):
        actions.refuse_to_honor(by=world.supervisor, decision_id=row.pk, reason="inconvenient")
    actions.refuse_to_honor(by=world.supervisor, decision_id=row.pk, reason="court_order")
    row = world.fresh(row)
    assert (row.state, row.exception_approved_by_id, row.exception_approved_on) == (
        "not_honored",
        world.supervisor.username,
        world.today,
    )


def test_an_exception_is_approved_by_another_person_once(world):
    row = actions.request_exception(by=world.supervisor, case_no=world.case.pk, reason="parent_unable")
    with pytest.raises(actions.SamePersonError):
        actions.approve_exception(by=world.supervisor, decision_id=row.pk, reason="parent_unable")
    director = world.person("director")
    actions.approve_exception(by=director, decision_id=row.pk, reason="parent_unable")
    assert world.fresh(row).exception_approved_by_id == director.username
    with pytest.raises(actions.NotNowError, match="has been approved"):
        actions.approve_exception(by=director, decision_id=row.pk, reason="parent_unable")


def test_a_valid_decision_needs_no_exception(world):
    with pytest.raises(actions.NotNowError, match="possible now"):
        actions.approve_exception(
            by=world.supervisor, decision_id=world.decision().pk, reason="parent_unable"
        )
