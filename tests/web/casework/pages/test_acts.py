import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closeout.duties.pack import load_pack
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission
from closeout.web.audit.models import Event
from closeout.web.casework import models
from closeout.web.casework.actions.file_reviews import ITEMS
from closeout.web.casework.acts import ACT_OF_DUTY, ACT_OF_WAITING, ACTS
from closeout.web.casework.acts.registry import Act, register
from tests.web.casework.actions.world import HERE, THERE


def address(case, slug, subject=None):
    path = reverse("casework:act", args=[case.pk, slug])
    return f"{path}?subject={subject.pk}" if subject else path


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_check_in_is_recorded_in_two_steps(world, as_):
    row = world.check_in()
    client = as_(world.officer)

    asked = client.get(address(world.case, "check-in-outcome", row))
    assert "Record a check-in" in text_of(asked)
    sent = client.post(
        address(world.case, "check-in-outcome"),
        {"subject": row.pk, "outcome": "attended", "on": world.today, "expected_version": row.row_version},
    )

    assert sent.url == reverse("casework:case-detail", args=[world.case.pk])
    assert world.fresh(row).outcome == "attended"
    assert Event.objects.filter(action="check_in.record").count() == 1


def test_the_only_row_it_can_be_about_needs_no_choosing(world, as_):
    world.check_in()
    assert as_(world.officer).get(address(world.case, "check-in-outcome")).status_code == 200


def test_of_several_rows_one_must_be_named(world, as_):
    world.check_in()
    world.check_in(7)
    assert as_(world.officer).get(address(world.case, "check-in-outcome")).status_code == 404


def test_a_row_of_another_case_is_not_there(world, as_):
    other = world.make_case()
    row = world.check_in(case=other)
    assert as_(world.officer).get(address(world.case, "check-in-outcome", row)).status_code == 404


@pytest.mark.parametrize("subject", ["x", "-1", "999999999999999999999999", "1 or 1=1"])
def test_a_row_that_is_no_number_is_not_there(world, as_, subject):
    world.check_in()
    path = reverse("casework:act", args=[world.case.pk, "check-in-outcome"])
    assert as_(world.officer).get(path, {"subject": subject}).status_code == 404


def test_a_case_of_another_office_is_not_there_and_nothing_tells_that_it_is(world, as_):
    theirs = world.make_case(office_id=THERE)
    client = as_(world.officer)
    hidden = client.get(address(theirs, "verify"))
    missing = client.get(reverse("casework:act", args=["C-NOWHERE", "verify"]))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert theirs.pk not in text_of(hidden).replace(hidden.request["PATH_INFO"], "")


def test_an_act_that_is_none_is_not_there(world, as_):
    assert as_(world.officer).get(address(world.case, "deport")).status_code == 404


def test_what_is_missing_is_said_beside_its_field(world, as_):
    row = world.check_in()
    answer = as_(world.officer).post(address(world.case, "check-in-outcome", row), {"on": world.today})
    assert answer.status_code == 422
    assert "This field is required." in text_of(answer)
    assert world.fresh(row).outcome is None


def test_what_a_rule_refuses_is_said_where_it_was_tried(world, as_):
    row = world.check_in(outcome=None)
    data = {"subject": row.pk, "outcome": "attended", "on": world.day(3)}
    answer = as_(world.officer).post(address(world.case, "check-in-outcome"), data)
    assert answer.status_code == 409
    assert "in the future" in text_of(answer)


def test_whoever_comes_second_is_told_who_was_first(world, as_):
    row = world.check_in()
    data = {"subject": row.pk, "cause": "person", "on": world.today, "expected_version": row.row_version}
    first, second = as_(world.officer), as_(world.supervisor)
    first.post(address(world.case, "check-in-reschedule"), {**data, "next_on": world.day(7)})

    row2 = models.CheckIn.objects.get(due_on=world.day(7))
    answer = second.post(
        address(world.case, "check-in-cancel"),
        {
            "subject": row2.pk,
            "reason": "duplicate",
            "on": world.today,
            "expected_version": row2.row_version + 5,
        },
    )
    assert answer.status_code == 409
    assert world.officer.username in text_of(answer)


def test_one_returns_to_where_one_came_from_and_never_to_another_site(world, as_):
    row = world.check_in()
    client = as_(world.officer)
    day = reverse("casework:my-day")
    data = {"subject": row.pk, "outcome": "attended", "on": world.today, "next": day}
    assert client.post(address(world.case, "check-in-outcome"), data).url == day

    row = world.check_in(1)
    data = {"subject": row.pk, "reason": "duplicate", "on": world.today, "next": "https://example.org/"}
    home = reverse("casework:case-detail", args=[world.case.pk])
    assert client.post(address(world.case, "check-in-cancel"), data).url == home


def test_of_a_document_only_its_digest_is_kept(world, as_):
    content = b"a death certificate, on paper"
    data = {
        "reason": "deceased",
        "evidence_kind": "death_certificate",
        "evidence": SimpleUploadedFile("certificate.pdf", content),
        "on": world.today,
    }
    answer = as_(world.officer).post(address(world.case, "closure-propose"), data)
    assert answer.status_code == 302
    assert models.ClosureProposal.objects.get().evidence_digest == hashlib.sha256(content).hexdigest()


def test_a_second_person_confirms_a_closure_on_the_page(world, as_):
    data = {
        "reason": "duplicate",
        "evidence_kind": "agency_record",
        "evidence": SimpleUploadedFile("record.txt", b"x"),
        "on": world.today,
    }
    as_(world.officer).post(address(world.case, "closure-propose"), data)
    own = as_(world.officer).post(address(world.case, "closure-confirm"), {"on": world.today})
    assert own.status_code == 403

    assert (
        as_(world.supervisor).post(address(world.case, "closure-confirm"), {"on": world.today}).status_code
        == 302
    )
    assert world.fresh().state == "closed"


def test_the_receiver_finds_a_case_it_was_asked_to_take_and_accepts_it(world, as_):
    world.verified()
    data = {"to_office_id": THERE, "reason": "area_changed", "on": world.today}
    assert as_(world.officer).post(address(world.case, "transfer-request"), data).status_code == 302

    assert as_(world.supervisor).get(address(world.case, "transfer-accept")).status_code == 404
    accepted = as_(world.receiver).post(address(world.case, "transfer-accept"), {"on": world.today})
    assert accepted.status_code == 302
    assert world.fresh().office_id == THERE


def test_a_file_is_reviewed_by_every_item_of_the_checklist(world, as_):
    data = {f"item_{item}": "right" for item in ITEMS} | {"item_language": "defect", "sample_basis": "random"}
    answer = as_(world.officer).post(address(world.case, "file-review"), {**data, "on": world.today})
    assert answer.status_code == 302
    assert models.FileReview.objects.get().defects == 1

    again = {f"item_{item}": "right" for item in ITEMS} | {"on": world.today}
    assert as_(world.supervisor).post(address(world.case, "file-review-second"), again).status_code == 302
    assert models.FileReview.objects.get().second_agrees is False


def test_an_officer_without_a_row_among_the_officers_is_told_so(world, as_, make_user):
    row = world.check_in()
    stranger = make_user(Role.OFFICER, username="S-NOBODY", office=HERE)
    data = {"subject": row.pk, "outcome": "attended", "on": world.today}
    answer = as_(stranger).post(address(world.case, "check-in-outcome"), data)
    assert answer.status_code == 409
    assert "S-NOBODY" in text_of(answer)


@pytest.mark.parametrize("slug", sorted(ACTS))
def test_every_act_says_on_which_rule_it_rests_and_who_may(slug):
    act = ACTS[slug]
    assert act.rule.endswith(".")
    assert act.done.endswith(".")
    assert act.permission in (Permission.CASE_WORK, Permission.CASE_APPROVE)


def test_duties_and_what_waits_lead_to_acts_that_there_are():
    duties = {clause.duty for clause in load_pack().clauses}
    assert set(ACT_OF_DUTY) <= duties
    assert set(ACT_OF_DUTY.values()) | set(ACT_OF_WAITING.values()) <= set(ACTS)


def test_two_acts_cannot_share_a_name():
    one = next(iter(ACTS.values()))
    with pytest.raises(ValueError, match=one.slug):
        register(Act(one.slug, "Another", "Group", "Rule.", one.run))
