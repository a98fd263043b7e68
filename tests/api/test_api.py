"""The API gives what the pages give, and takes what the actions take."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from closeout.api.app import api
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.jobs.models import Job
from closeout.web.recommendations.models import AgencyProgress, ClosureRequest, EvidenceRevision, Plan
from tests.web.factories import (
    day,
    make_capture,
    make_mention,
    make_promise,
    make_recommendation,
    make_status,
)
from tests.web.recommendations.address_rules import A_CLOSURE, lively

ROOT = "/api/v1"
SNAPSHOT = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"


def post(client, path, **fields):
    return client.post(f"{ROOT}/{path}", json.dumps(fields), content_type="application/json")


@pytest.fixture
def liaison(client_for):
    return client_for(Role.AUDIT_LIAISON)


def test_the_description_is_the_one_in_the_reference():
    # Changed on purpose? Write it anew: closeout's API is described by `python -m tests.api.describe`.
    assert json.loads(SNAPSHOT.read_text()) == json.loads(json.dumps(api.get_openapi_schema()))


def test_the_list_narrows_orders_and_pages(liaison):
    make_recommendation(text="Late.", auditor_status="resolved-open", promise=day("2020-01-01"))
    make_recommendation(text="Other.", auditor_status="closed-implemented")
    late = liaison.get(f"{ROOT}/recommendations", {"overdue": "true", "as_of": "2020-01-11"}).json()
    assert [row["asked"] for row in late["rows"]] == ["Late."]
    assert late["rows"][0]["days_late"] == 10
    page = liaison.get(f"{ROOT}/recommendations", {"size": 1, "page": 2}).json()
    assert (page["total"], page["page"], page["pages"], len(page["rows"])) == (2, 2, 2, 1)


def test_one_recommendation_tells_its_axes_promises_and_places(liaison):
    rec = make_recommendation()
    mention = make_mention(rec, make_capture("Count the buoys. " * 9))
    make_status(mention, "resolved-open", as_of=day("2025-03-01"), printed="Open")
    make_promise(rec, "2025-05-31", mention=mention, start=0, end=16)
    told = liaison.get(f"{ROOT}/recommendations/{rec.pk}", {"as_of": "2025-06-10"}).json()
    assert (told["auditor_status"], told["auditor_printed"], told["reads_as"]) == (
        "resolved-open",
        "Open",
        None,
    )
    (promise,) = told["promises"]
    # May 31 to June 10 is ten days.
    assert (promise["due"]["edtf"], promise["slip_days"]) == ("2025-05-31", 10)
    place = promise["places"][0]
    words = liaison.get(
        f"{ROOT}/captures/{place['capture']}/words", {"start": place["start"], "end": place["end"]}
    )
    assert words.json()["words"] == "Count the buoys."


def test_counts_and_captures_agree_with_the_register(liaison):
    make_recommendation(auditor_status="resolved-open")
    make_capture(is_complete=False, declared_total=3, shown=1, is_newest=True)
    assert liaison.get(f"{ROOT}/counts").json()["incomplete_sources"] == 1
    (capture,) = liaison.get(f"{ROOT}/captures").json()["rows"]
    assert (capture["declared_total"], capture["shown"], capture["is_complete"]) == (3, 1, False)


def test_progress_plan_promise_and_closure_are_the_pages_own_actions(liaison):
    rec = make_recommendation(auditor_status="resolved-open")
    path = f"recommendations/{rec.pk}"
    assert post(liaison, f"{path}/progress", state="in-progress", on="2026-01-05").status_code == 201
    assert AgencyProgress.objects.get().state == "in-progress"
    plan = {
        "owner_office": "Harbor",
        "summary": "Count.",
        "steps": [{"text": "Buy a boat", "due_on": "2027-01-31"}],
    }
    assert post(liaison, f"{path}/plan", **plan).status_code == 201
    assert Plan.objects.get().milestones.get().text == "Buy a boat"
    promise = {"due": "end of fiscal year 2027", "promised_by": "Harbor Office"}
    assert post(liaison, f"{path}/promises", **promise).status_code == 201
    assert post(liaison, f"{path}/closure", letter="Please close.").status_code == 201
    assert ClosureRequest.objects.get().state == "requested"
    assert Event.objects.filter(action__startswith="progress").count() == 1


def test_evidence_is_kept_under_its_hash(liaison):
    rec = make_recommendation(auditor_status="resolved-open")
    file = SimpleUploadedFile("count.csv", b"buoy,counted\n1,yes\n")
    response = liaison.post(f"{ROOT}/recommendations/{rec.pk}/evidence?title=Counts", {"file": file})
    assert response.status_code == 201
    assert EvidenceRevision.objects.get().filename == "count.csv"


def test_a_document_is_taken_and_read_by_a_job(liaison):
    response = liaison.post(f"{ROOT}/documents", {"file": SimpleUploadedFile("a.txt", b"Words. " * 99)})
    assert response.status_code == 202
    assert response.json()["id"] == Job.objects.get().pk


def test_who_requests_never_approves(client_for, liaison):
    rec = make_recommendation(auditor_status="resolved-open")
    post(liaison, f"recommendations/{rec.pk}/closure", letter="Please close.")
    path = f"closures/{ClosureRequest.objects.get().pk}/decision"
    assert post(liaison, path, decision="approve").status_code == 403
    assert post(client_for(Role.APPROVER), path, decision="approve").status_code == 201
    assert ClosureRequest.objects.get().state == "approved"


def test_only_the_auditors_words_close(client_for, liaison):
    rec = make_recommendation(auditor_status="resolved-open")
    path = f"recommendations/{rec.pk}/decision"
    said = {"status": "closed-implemented", "printed": "Closed", "on": "2026-01-05"}
    assert post(client_for(Role.PROGRAM_MANAGER), path, **said).status_code == 403
    assert post(liaison, path, **{**said, "printed": " "}).status_code == 422
    assert post(liaison, path, **said).status_code == 201
    rec.refresh_from_db()
    assert (rec.is_open, rec.auditor_status_printed) == (False, "Closed")


def test_a_rule_that_refuses_gives_its_reason(liaison):
    rec = make_recommendation(auditor_status="closed-implemented")
    response = post(liaison, f"recommendations/{rec.pk}/progress", state="planned", on="2026-01-05")
    assert response.status_code == 409
    assert "the auditor has closed" in response.json()["detail"]


def test_words_that_identify_a_person_are_refused(liaison):
    rec = make_recommendation(auditor_status="resolved-open")
    note = "Ask A123456789 about it."
    response = post(
        liaison, f"recommendations/{rec.pk}/progress", state="planned", on="2026-01-05", note=note
    )
    assert response.status_code == 409
    assert "A123456789" not in response.content.decode()


@pytest.mark.parametrize(("role", "code"), [(Role.OFFICER, 403), (Role.READER, 403), (Role.AUDITOR, 200)])
def test_roles_without_the_permission_are_told_so(client_for, role, code):
    response = client_for(role).get(f"{ROOT}/counts")
    assert response.status_code == code
    if code == 403:
        assert response.json() == {"detail": "your role lacks api.use"}


def test_changes_need_the_csrf_token(make_user):
    client, closure = Client(enforce_csrf_checks=True), A_CLOSURE(None)["pk"]
    client.force_login(make_user(Role.APPROVER))
    response = post(client, f"closures/{closure}/decision", decision="approve")
    assert response.status_code == 403
    assert ClosureRequest.objects.get(pk=closure).state == "requested"


@pytest.mark.parametrize("path", ["recommendations/99", "captures/99/words?start=0&end=1"])
def test_what_does_not_exist_is_said_not_to(liaison, path):
    assert liaison.get(f"{ROOT}/{path}").status_code == 404


def test_the_story_of_a_lively_recommendation_fits_its_description(liaison):
    told = liaison.get(f"{ROOT}/recommendations/{lively().pk}").json()
    assert {len(claim["places"]) for conflict in told["conflicts"] for claim in conflict["claims"]} == {1}
    assert told["needs"] == [] or told["needs"][0]["is_covered"] is False
