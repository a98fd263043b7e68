"""Every page of the evidence, and what is kept behind it, on SQLite and on PostgreSQL."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closeout.evidence.measures.run_rows import Row
from closeout.web.accounts.models import Role
from closeout.web.evidence import listing
from closeout.web.evidence.jobs import run_rows, run_verify
from closeout.web.evidence.listing import Listed
from closeout.web.evidence.models import BroughtFile, RowListing
from closeout.web.jobs.models import Job
from closeout.web.jobs.progress import Progress
from tests.web.casework.actions.world import HERE
from tests.web.evidence.made import CODE, keep

PAGES = ("assessment", "measure-list", "office-list", "standards", "deficiencies", "paper-list", "verify")


@pytest.fixture
def people(store, request):
    """Return the offices and the register, made on the store that the test runs on."""
    return request.getfixturevalue("world"), request.getfixturevalue("register")


def test_every_page_answers_before_and_after_an_assessment(people, as_):
    world, register = people
    for user in (world.person(Role.AUDITOR, ""), world.person(Role.DIRECTOR, HERE), register.liaison):
        for name in PAGES:
            expected = 403 if name == "verify" and user.role == Role.DIRECTOR else 200
            assert as_(user).get(reverse(f"evidence:{name}")).status_code == expected, (name, user.role)
    keep(register.liaison)
    whole = [
        *(reverse(f"evidence:{name}") for name in PAGES if name != "verify"),
        reverse("evidence:assessment") + "?standing=not_done&owner=director&open=on",
        reverse("evidence:measure-detail", args=[CODE]),
        reverse("evidence:measure-chart", args=[CODE, "series"]),
        reverse("evidence:dossier", args=[register.rec.pk]),
        reverse("home:first-screen"),
    ]
    for user in (world.person(Role.DIRECTOR, HERE), register.liaison):
        for address in whole:
            assert as_(user).get(address).status_code == 200, (address, user.role)


def test_rows_are_looked_up_and_kept(people, as_, monkeypatch):
    world, register = people
    keep(register.liaison)
    row = Row("check-in-outcome", "K-1", 1, "AB-1", HERE, date(2026, 1, 2), None, None, "overdue", 0)
    monkeypatch.setattr(listing, "look_up", lambda *_given, **_named: Listed((row,)))
    client = as_(world.person(Role.AUDITOR, ""))
    rows = reverse("evidence:measure-rows", args=[CODE])
    client.post(reverse("evidence:rows-start", args=[CODE]), {"office": HERE})
    # Asked for twice, it is one job: JSON is compared alike on both.
    client.post(reverse("evidence:rows-start", args=[CODE]), {"office": HERE})
    job = Job.objects.get()
    assert "being looked up" in client.get(rows, {"office": HERE}).content.decode()
    run_rows(Progress(job.pk), job.params)
    assert RowListing.objects.get().rows == 1
    assert "K-1" in client.get(rows, {"office": HERE}).content.decode()


def test_a_file_is_brought_verified_and_let_go(people, as_):
    _, register = people
    client = as_(register.approver)
    sent = {"file": SimpleUploadedFile("notes.txt", b"words")}
    page = client.post(reverse("evidence:verify"), sent)["Location"]
    row = BroughtFile.objects.get()
    run_verify(Progress(row.job_id), row.job.params)
    row.refresh_from_db()
    assert row.data is None
    assert "not one of ours" in client.get(page).content.decode()
