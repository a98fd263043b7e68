"""Proposed moves: who asks does not decide, a case changes hands once, and what was overtaken is left."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions import NotNowError, SamePersonError, UnfitValueError, assign_lead
from closeout.web.casework.models import Assignment
from closeout.web.jobs.models import Job
from closeout.web.staffing.actions.moves import (
    OVERRIDES,
    accept_move,
    accept_moves,
    ask_accept_all,
    ask_moves,
    may_decide,
    refuse_move,
)
from closeout.web.staffing.models import MoveProposal, MoveState, ProposedMove
from closeout.web.staffing.queries.moves import overrides, proposals_for
from closeout.web.staffing.work_moves import accept_whole
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import make_proposal


@pytest.fixture
def taker(world):
    """Return another officer of the office."""
    return world.person(Role.OFFICER).username


@pytest.fixture
def asker(world):
    return world.person(Role.DIRECTOR)


@pytest.fixture
def supervisor(world):
    return world.person(Role.SUPERVISOR)


@pytest.fixture
def proposal(world, taker, asker):
    """Return a proposal to move the world's case from its officer to the other."""
    return make_proposal(asker, [(world.case.pk, world.officer.username, taker)])


@pytest.fixture
def move(proposal):
    return proposal.moves.get()


def test_an_accepted_move_gives_the_case_to_the_other_officer(world, move, supervisor, taker):
    accept_move(by=supervisor, move_id=move.pk)

    world.case.refresh_from_db()
    move.refresh_from_db()
    assert world.case.officer_id == taker
    assert (move.state, move.decided_by) == (MoveState.ACCEPTED, supervisor)
    lead = Assignment.objects.get(case=world.case, to_on=None)
    assert (lead.officer_id, lead.reason) == (taker, "rebalanced")


def test_each_change_is_one_event(move, supervisor):
    before = Event.objects.count()
    accept_move(by=supervisor, move_id=move.pk)
    actions = [event.action for event in Event.objects.order_by("seq")][before:]
    assert actions == ["case.assign", "staffing.decide_move"]


def test_a_refused_move_leaves_the_case_and_keeps_the_reason(world, move, supervisor):
    refuse_move(by=supervisor, move_id=move.pk, reason="conflict")
    move.refresh_from_db()
    world.case.refresh_from_db()
    assert (move.state, move.override_reason) == (MoveState.REFUSED, "conflict")
    assert world.case.officer_id == world.officer.username


def test_a_refusal_without_a_listed_reason_is_refused(move, supervisor):
    with pytest.raises(UnfitValueError, match="reasons listed"):
        refuse_move(by=supervisor, move_id=move.pk, reason="just because")


def test_a_case_that_changed_hands_since_is_left(world, move, supervisor):
    world.case.officer_id = supervisor.username
    world.case.save(update_fields=["officer"])
    assert accept_move(by=supervisor, move_id=move.pk).state == MoveState.OVERTAKEN
    world.case.refresh_from_db()
    assert world.case.officer_id == supervisor.username


def test_a_move_is_decided_once(move, supervisor):
    refuse_move(by=supervisor, move_id=move.pk, reason=OVERRIDES[0])
    with pytest.raises(NotNowError, match="refused already"):
        accept_move(by=supervisor, move_id=move.pk)


def test_who_asked_does_not_decide(world, taker):
    both = world.person(Role.SUPERVISOR)
    move = make_proposal(both, [(world.case.pk, world.officer.username, taker)]).moves.get()
    for act in (accept_move, lambda **given: refuse_move(reason="conflict", **given)):
        with pytest.raises(SamePersonError, match="another supervisor"):
            act(by=both, move_id=move.pk)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.SUPERVISOR])
def test_only_supervisors_decide(world, move, role):
    person = world.person(role)
    assert not may_decide(person, move.proposal)
    with pytest.raises(PermissionDenied):
        accept_move(by=person, move_id=move.pk)


def test_a_supervisor_of_another_office_does_not_decide(world, move):
    with pytest.raises(PermissionDenied):
        accept_move(by=world.person(Role.SUPERVISOR, THERE), move_id=move.pk)


def test_one_that_cannot_be_accepted_does_not_stop_the_others(world, asker, supervisor, taker):
    other = world.make_case()
    proposal = make_proposal(
        asker,
        [(world.case.pk, world.officer.username, taker), (other.pk, world.officer.username, taker)],
    )
    first, second = proposal.moves.order_by("case_no")
    refuse_move(by=supervisor, move_id=first.pk, reason="conflict")
    done, said = accept_moves(by=supervisor, move_ids=[first.pk, second.pk])
    assert [one.pk for one in done] == [second.pk]
    assert len(said) == 1


def test_a_whole_proposal_is_accepted_with_progress(world, proposal, supervisor):
    steps = []
    settled = accept_whole(proposal, supervisor, lambda at, of: steps.append((at, of)))
    assert (settled.accepted, settled.overtaken, settled.said) == (1, 0, ())
    assert steps == [(0, 1)]


def test_accepting_all_is_queued_in_the_name_of_who_says_so(proposal, supervisor, asker):
    job = ask_accept_all(by=supervisor, proposal_id=proposal.pk)
    assert (job.requested_by, job.params) == (supervisor, {"proposal_id": proposal.pk})
    with pytest.raises(PermissionDenied):
        ask_accept_all(by=asker, proposal_id=proposal.pk)


@pytest.mark.parametrize(
    ("state", "reason"), [("refused", ""), ("proposed", "conflict")], ids=["no-reason", "reason-too-soon"]
)
def test_the_database_holds_reason_and_refusal_together(move, state, reason):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedMove.objects.filter(pk=move.pk).update(state=state, override_reason=reason)


@pytest.mark.parametrize("role", [Role.PLANNER, Role.DIRECTOR, Role.SUPERVISOR])
def test_a_proposal_is_asked_for_in_the_background(world, role):
    job = ask_moves(by=world.person(role), office_id=HERE, leaving=[world.officer.username])
    assert job.params == {
        "office_id": HERE,
        "kind": "rebalance",
        "leaving": [world.officer.username],
        "max_moves": None,
        "seed": 0,
    }
    assert Job.objects.get() == job


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"office_id": "NOWHERE"}, "no office NOWHERE"),
        ({"office_id": HERE, "leaving": ["S-NOBODY"]}, "S-NOBODY"),
        ({"office_id": HERE, "max_moves": -1}, "0 or more"),
        ({"office_id": HERE, "kind": "other"}, "even loads"),
    ],
    ids=["office", "officer", "most", "kind"],
)
def test_what_cannot_be_is_refused_with_what_to_give(world, given, said):
    with pytest.raises(UnfitValueError, match=said):
        ask_moves(by=world.person(Role.PLANNER), **given)


def test_the_same_is_not_asked_for_twice(world):
    planner = world.person(Role.PLANNER)
    ask_moves(by=planner, office_id=HERE)
    with pytest.raises(NotNowError, match="already"):
        ask_moves(by=planner, office_id=HERE)


def test_who_leads_an_office_asks_for_that_one_only(world):
    with pytest.raises(PermissionDenied):
        ask_moves(by=world.person(Role.DIRECTOR), office_id=THERE)


def test_the_share_of_refusals_needs_twenty_decisions(proposal, supervisor):
    refuse_move(by=supervisor, move_id=proposal.moves.get().pk, reason="conflict")
    found = overrides(proposals_for(supervisor))
    assert (found.refused, found.decided, found.share, found.is_hardly_any) == (1, 1, None, False)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def test_the_page_says_the_bound_and_lists_the_moves(client, proposal, supervisor, world):
    text = page(client, supervisor, "staffing:move-proposal", proposal.pk).content.decode()
    assert proposal.sentence in text
    assert world.case.pk in text
    assert "Accept the chosen" in text


def test_accepting_asks_for_no_reason_and_refusing_does(client, proposal, supervisor):
    # Both buttons are of one form, and its list of reasons is required: without `formnovalidate` a browser
    # stops at the empty list and sends nothing when somebody accepts.
    text = page(client, supervisor, "staffing:move-proposal", proposal.pk).content.decode()
    assert "required" in text[text.index('name="override_reason"') :].partition(">")[0]
    assert 'name="verb" value="accept" formnovalidate>Accept the chosen' in text
    assert 'name="verb" value="refuse">Refuse the chosen' in text


def test_who_asked_is_told_that_another_decides(client, proposal, asker):
    text = page(client, asker, "staffing:move-proposal", proposal.pk).content.decode()
    assert "another supervisor decides" in text
    assert "Accept the chosen" not in text


def test_a_planner_sees_what_it_brings_and_no_single_case(client, proposal, world):
    text = page(client, world.person(Role.PLANNER), "staffing:move-proposal", proposal.pk).content.decode()
    assert proposal.sentence in text
    assert world.case.pk not in text


def test_a_planner_takes_no_cases_out(client, proposal, world):
    client.force_login(world.person(Role.PLANNER))
    answer = client.get(reverse("staffing:move-proposal", args=[proposal.pk]), {"format": "csv"})
    assert answer.status_code == 403


def test_the_file_holds_what_is_shown(client, proposal, supervisor, world):
    client.force_login(supervisor)
    answer = client.get(reverse("staffing:move-proposal", args=[proposal.pk]), {"format": "csv"})
    assert world.case.pk in answer.content.decode()


def test_another_offices_proposal_is_not_there(client, proposal, world):
    stranger = world.person(Role.DIRECTOR, THERE)
    assert page(client, stranger, "staffing:move-proposal", proposal.pk).status_code == 404
    assert not proposals_for(stranger).exists()


@pytest.mark.parametrize(
    ("verb", "more", "state"),
    [
        ("accept", {}, MoveState.ACCEPTED),
        ("refuse", {"override_reason": "conflict"}, MoveState.REFUSED),
        ("refuse", {}, MoveState.PROPOSED),
        ("", {}, MoveState.PROPOSED),
    ],
    ids=["accept", "refuse", "refuse-without-reason", "neither"],
)
def test_the_chosen_are_decided_on_the_page(client, move, supervisor, verb, more, state):
    client.force_login(supervisor)
    sent = {"verb": verb, "move": [move.pk], **more}
    answer = client.post(reverse("staffing:moves-decide", args=[move.proposal_id]), sent)
    move.refresh_from_db()
    assert answer.status_code == 302
    assert move.state == state


def test_nothing_chosen_changes_nothing_and_says_so(client, move, supervisor):
    client.force_login(supervisor)
    address = reverse("staffing:moves-decide", args=[move.proposal_id])
    answer = client.post(address, {"verb": "accept"}, follow=True)
    assert "nothing was changed" in answer.content.decode()


def test_the_empty_list_says_how_to_begin(client, world):
    text = page(client, world.person(Role.PLANNER), "staffing:move-list").content.decode()
    assert "No moves have been proposed." in text
    assert "Ask for a proposal" in text


def test_asking_on_the_page_leads_to_the_job(client, world):
    client.force_login(world.person(Role.PLANNER))
    answer = client.post(
        reverse("staffing:move-list"),
        {"office_id": HERE, "kind": "rebalance", "leaving": "", "max_moves": ""},
    )
    assert answer.url == reverse("jobs:job-detail", args=[Job.objects.get().pk])


def test_a_wrong_staff_number_is_said_on_the_page(client, world):
    client.force_login(world.person(Role.PLANNER))
    sent = {"office_id": HERE, "kind": "rebalance", "leaving": "S-NOBODY"}
    answer = client.post(reverse("staffing:move-list"), sent)
    assert answer.status_code == 409
    assert "S-NOBODY" in answer.content.decode()


def test_a_proposal_is_never_changed_by_deciding(proposal, supervisor):
    before = MoveProposal.objects.values().get()
    accept_move(by=supervisor, move_id=proposal.moves.get().pk)
    assert MoveProposal.objects.values().get() == before


def kept_with_unmet(proposal):
    """Return the proposal with a case that nobody may have, and a row of hours set aside."""
    stuck = {"sentence": "No officer with hours may have 1 case.", "case_nos": ["C-STUCK"]}
    aside = ["officers S-9: stands twice; an officer has one home office (office_id is F02)"]
    proposal.result = {**proposal.result, "unmet": [stuck], "set_aside": aside}
    proposal.save(update_fields=["result"])
    return proposal


def test_who_leads_the_office_sees_which_case_nobody_may_have(client, proposal, supervisor):
    address = ("staffing:move-proposal", kept_with_unmet(proposal).pk)
    text = page(client, supervisor, *address).content.decode()
    assert "No officer with hours may have 1 case. Among them: C-STUCK." in text
    assert "Rows set aside" in text
    assert "They may name officers of other offices; a planner sees which." in text
    assert "S-9" not in text


def test_a_planner_sees_what_is_not_met_and_not_the_case(client, proposal, world):
    address = ("staffing:move-proposal", kept_with_unmet(proposal).pk)
    text = page(client, world.person(Role.PLANNER), *address).content.decode()
    assert "No officer with hours may have 1 case." in text
    assert "C-STUCK" not in text
    assert "officers S-9: stands twice" in text


def test_rows_set_aside_name_officers_only_to_who_sees_them(client, proposal, world):
    address = ("staffing:move-proposal", kept_with_unmet(proposal).pk)
    text = page(client, world.person(Role.PLANNER), *address).content.decode()
    assert "officers S-9: stands twice" in text
    answer = page(client, world.person(Role.READER), *address)
    assert "S-9" not in answer.content.decode()


def test_the_loads_say_what_they_rest_on_and_lead_to_the_offices_figures(client, proposal, supervisor):
    client.force_login(supervisor)
    page = " ".join(
        client.get(reverse("staffing:move-proposal", args=[proposal.pk])).content.decode().split()
    )
    assert "over the hours of the four weeks ahead" in page
    assert "over the hours for cases of the four weeks after <time" in page
    assert reverse("staffing:office-detail", args=[HERE]) + "#officers" in page


def test_a_case_goes_back_as_the_page_says_by_giving_it_to_an_officer(world, client, move, supervisor):
    client.force_login(supervisor)
    page = client.get(reverse("staffing:move-proposal", args=[move.proposal_id])).content.decode()
    assert "choose “Give the case to an officer”" in page
    accept_move(by=supervisor, move_id=move.pk)
    asks = client.get(reverse("casework:case-detail", args=[world.case.pk])).content.decode()
    assert "Give the case to an officer" in asks
    assign_lead(by=supervisor, case_no=world.case.pk, officer_no=world.officer.username, reason="returned")
    world.case.refresh_from_db()
    assert world.case.officer_id == world.officer.username


def test_on_paper_stand_the_moves_and_not_the_way_to_accept_them(client, proposal, supervisor):
    client.force_login(supervisor)
    page = " ".join(
        client.get(reverse("staffing:move-proposal", args=[proposal.pk])).content.decode().split()
    )
    assert '<th scope="col" class="no-print">Choose</th>' in page
    before = page[: page.index("Accept all that are open")]
    assert before.rindex('<div class="no-print">') > before.rindex("</form>")
