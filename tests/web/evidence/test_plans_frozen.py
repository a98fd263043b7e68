"""Hiring plans frozen as evidence: by whom, of which plan, for which need, with one event."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from closeout.evidence.assessment import NeedCovered
from closeout.evidence.freezing import Answer, Kind
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.evidence import freezing
from closeout.web.evidence.actions import plans
from closeout.web.evidence.actions.plans import ask_freeze_plan, freeze_plan
from closeout.web.evidence.jobs import run_freeze_plan
from closeout.web.evidence.models import FrozenFigure
from closeout.web.evidence.queries.dossier import dossier_view
from closeout.web.evidence.queries.plans import wanting
from closeout.web.jobs.progress import Progress
from closeout.web.recommendations.actions import review_evidence
from closeout.web.recommendations.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.staffing.actions.plans import AskedPlan, keep_plan
from tests.web.casework.actions.world import HERE
from tests.web.evidence.made import AS_OF, NEED, keep, make_assessment
from tests.web.staffing.made_answers import basis, planned
from tests.workload.snapshots import written

OWN = {"lead": [[6, 1.0]], "completion": 0.9, "ramp": [0.5], "leaving": 0.06, "basis": "Our academy."}
ROW = {"part": "plan", "of": "", "by": "2030-06-01", "meets": True, "sentence": "Office BOS: hire 4."}


def made(by=None, *, own=OWN, office_id=""):
    """Keep a plan of all offices by a day four years ahead."""
    asked = AskedPlan(office_id, AS_OF.replace(year=AS_OF.year + 4), ceiling=20, own=own)
    return keep_plan(planned(), asked=asked, basis=basis(by))


def answer(**changed):
    """Return what working the plan out again gives."""
    parameters = {"as_of": AS_OF, "suppression": {"threshold": 11}}
    return Answer(Kind.HIRING, "hiring", "Hiring plan of all offices by 2030-06-01", {}, "", parameters,
                  ("part", "of"), ({**ROW, **changed},), ())  # fmt: skip


@pytest.fixture
def run(register):
    """Keep a run in which the need wants a hiring plan."""
    found = make_assessment()
    needs = (NeedCovered(NEED, "lamp.txt", (), "hiring", "no hiring plan covers it yet"),)
    return keep(assessed=(replace(found.assessed[0], needs=needs), *found.assessed[1:]))


@pytest.fixture
def again(run, monkeypatch, tmp_path):
    """Let the plan be worked out again, to what a test puts here; return who is to say what it gives."""
    snapshot = written(tmp_path / "records", {"offices": [{"office_id": HERE}]})
    given = SimpleNamespace(answer=answer(), asked=[])

    def worked_out(runs, asked):
        given.asked.append((runs.as_of, asked))
        return given.answer

    monkeypatch.setattr(plans, "hiring_answer", worked_out)
    monkeypatch.setattr(freezing, "kept_snapshot", lambda _digest: snapshot)
    monkeypatch.setattr(plans, "load_pack", lambda: SimpleNamespace(digest=run.pack_digest))
    return given


def freeze(register, by=None):
    plan = made()
    return freeze_plan(by=by or register.liaison, plan_id=plan.pk, recommendation_id=register.rec.pk)


def test_the_newest_assessment_says_which_recommendations_ask_for_a_plan(register, run):
    assert [row.recommendation_id for row in wanting()] == [register.rec.pk]


def test_without_an_assessment_none_does(register):
    assert wanting() == []


def test_it_is_worked_out_again_with_all_that_was_stated_and_put_forward(register, again):
    plan = made()
    before = Event.objects.count()
    figure = freeze_plan(by=register.liaison, plan_id=plan.pk, recommendation_id=register.rec.pk)
    ((as_of, asked),) = again.asked
    assert as_of == AS_OF
    assert (asked.limits.flow.lead, asked.limits.flow.ramp) == (((6, 1.0),), (0.5,))
    assert (asked.limits.leaving.mean, asked.limits.ceiling, asked.basis) == (0.06, 20, "Our academy.")
    assert (figure.measure, figure.revision.note) == ("hiring", f"Hiring plan {plan.pk}")
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("seq").last()
    assert (event.action, event.after["measure"]) == ("evidence.freeze", "hiring")


def test_it_covers_the_need_once_another_person_accepts_it(register, run, again):
    figure = freeze(register)
    assert not dossier_view(register.rec, run).dossier.needs[0].measures
    with pytest.raises((SamePersonError, PermissionDenied)):
        review_evidence(by=register.liaison, revision_id=figure.revision_id, accept=True)
    review_evidence(by=register.approver, revision_id=figure.revision_id, accept=True)
    dossier = dossier_view(register.rec, run).dossier
    title = f"Hiring plan of all offices by 2030-06-01, as of {AS_OF}"
    assert dossier.needs[0].measures == (title,)
    assert [item.title for item in dossier.frozen if item.measure == "hiring"] == [title]


@pytest.mark.parametrize("role", [*Role])
def test_who_may_freeze_a_figure_may_freeze_a_plan_and_nobody_else(register, again, world, role):
    by, plan = world.person(role), made()
    may = role in {Role.PROGRAM_MANAGER, Role.AUDIT_LIAISON}
    if not may:
        with pytest.raises(PermissionDenied):
            ask_freeze_plan(by=by, plan_id=plan.pk, recommendation_id=register.rec.pk)
        with pytest.raises(PermissionDenied):
            freeze_plan(by=by, plan_id=plan.pk, recommendation_id=register.rec.pk)
        return
    job = ask_freeze_plan(by=by, plan_id=plan.pk, recommendation_id=register.rec.pk)
    assert job.params == {"plan": plan.pk, "recommendation": register.rec.pk}
    with pytest.raises(NotNowError, match="being frozen already"):
        ask_freeze_plan(by=by, plan_id=plan.pk, recommendation_id=register.rec.pk)
    told = run_freeze_plan(Progress(job.pk), job.params)
    assert told["Evidence"].startswith("Hiring plan of all offices")
    assert FrozenFigure.objects.get().by == by


def test_a_plan_on_figures_that_nobody_stated_is_no_evidence(register, again):
    plan = made(own=None)
    with pytest.raises(NotNowError, match="lead times, ramp and attrition that the agency has not stated"):
        ask_freeze_plan(by=register.liaison, plan_id=plan.pk, recommendation_id=register.rec.pk)


def test_it_is_frozen_once_of_an_assessment(register, again):
    plan = made()
    freeze_plan(by=register.liaison, plan_id=plan.pk, recommendation_id=register.rec.pk)
    with pytest.raises(NotNowError, match="frozen of this assessment already"):
        ask_freeze_plan(by=register.liaison, plan_id=plan.pk, recommendation_id=register.rec.pk)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"meets": False, "sentence": "80% cannot be reached."}, "does not reach its aim: 80% cannot"),
        ({"meets": "not shown"}, "has few officers"),
    ],
)
def test_a_plan_that_does_not_give_what_is_needed_is_not_put_forward(register, again, changed, said):
    again.answer = answer(**changed)
    with pytest.raises(NotNowError, match=said):
        freeze(register)
    assert not FrozenFigure.objects.exists()


def test_other_rules_and_records_that_went_are_said(register, again, monkeypatch):
    monkeypatch.setattr(freezing, "kept_snapshot", lambda _digest: None)
    with pytest.raises(NotNowError, match="not kept on this site; assess again"):
        freeze(register)
    monkeypatch.setattr(plans, "load_pack", lambda: SimpleNamespace(digest="other"))
    with pytest.raises(NotNowError, match="the rules have changed"):
        freeze(register)


def test_a_recommendation_that_asks_for_none_is_refused(register, again):
    keep()
    with pytest.raises(UnfitValueError, match="does not ask for a hiring plan"):
        freeze(register)


def test_a_plan_that_is_not_there_is_refused(register, again):
    with pytest.raises(PermissionDenied):
        freeze_plan(by=register.liaison, plan_id=99, recommendation_id=register.rec.pk)


def main_of(response):
    return " ".join(response.content.decode().partition("<main")[2].split())


def test_the_page_of_a_plan_offers_it_to_who_may(register, run, as_):
    plan = made()
    page = main_of(as_(register.liaison).get(reverse("staffing:plan-detail", args=[plan.pk])))
    assert "Freeze as evidence" in page
    assert f'<option value="{register.rec.pk}">' in page
    assert "6 months (100" in page


def test_the_page_says_why_a_plan_cannot_be_frozen(register, run, as_):
    page = main_of(as_(register.liaison).get(reverse("staffing:plan-detail", args=[made(own=None).pk])))
    assert "that the agency has not stated" in page
    keep()
    page = main_of(as_(register.liaison).get(reverse("staffing:plan-detail", args=[made().pk])))
    assert "No recommendation of the newest assessment asks for a hiring plan." in page


def test_who_plans_does_not_freeze_and_who_freezes_does_not_plan(register, run, world, as_):
    planner, url = world.person(Role.PLANNER), reverse("staffing:plan-list")
    assert "Freeze as evidence" not in main_of(
        as_(planner).get(reverse("staffing:plan-detail", args=[made().pk]))
    )
    assert "Search for the cheapest path" in main_of(as_(planner).get(url))
    assert "Search for the cheapest path" not in main_of(as_(register.liaison).get(url))
    assert as_(register.liaison).post(url, {}).status_code == 403
    assert as_(planner).post(reverse("evidence:plan-freeze", args=[1]), {}).status_code == 403


def test_it_is_asked_for_from_the_page(register, run, as_):
    plan, client = made(), as_(register.liaison)
    url = reverse("evidence:plan-freeze", args=[plan.pk])
    answered = client.post(url, {"recommendation": register.rec.pk})
    assert answered.url.startswith(reverse("jobs:job-list").rstrip("/"))
    for sent, said in (({}, "Choose the recommendation"), ({"recommendation": register.rec.pk}, "already")):
        assert said in main_of(client.post(url, sent, follow=True))


def test_the_dossier_says_where_a_plan_is_frozen(register, run, as_):
    page = main_of(as_(register.liaison).get(reverse("evidence:dossier", args=[register.rec.pk])))
    assert f'<a href="{reverse("staffing:plan-list")}">Freeze a hiring plan</a>' in page
    assert "no hiring plan covers it yet" in page
