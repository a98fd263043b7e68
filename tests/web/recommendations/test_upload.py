"""Uploading: the bytes are kept at once, read in the background, and bad ones put to a person."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.jobs.models import Job, JobState
from closeout.web.recommendations.actions import files as file_rules
from closeout.web.recommendations.actions import upload_document
from closeout.web.recommendations.actions.errors import PersonalWordsError, UnfitFileError, UnfitValueError
from closeout.web.recommendations.models import Blob, Capture, Document, Recommendation, ReviewItem
from closeout.web.recommendations.upload_job import read_upload

LISTING = """Bureau of Lamps

Open Recommendations (1 total)

Lamps: Better Counts Are Needed

Show
1 Open Recommendations
Agency Affected Recommendation Status Sort descending
Bureau of Lamps The Director of Lamps should count the lamps. (Recommendation 1)
Open
In May 2026, the bureau told us that it plans to count all lamps by September 2026.
"""


class Told:
    """Stands for a job's handle and remembers what it was told."""

    def __init__(self):
        self.lines, self.steps = [], []

    def advance(self, done, _total=None, *, note=""):
        self.steps.append((done, note))

    def tell(self, text):
        self.lines.append(text)


@pytest.fixture
def liaison(make_user):
    return make_user(Role.AUDIT_LIAISON)


def upload(liaison, data=LISTING, name="lamps.txt", **fields):
    """Upload a file and do the job at once, as the worker would."""
    data = data.encode() if isinstance(data, str) else data
    job = upload_document(by=liaison, filename=name, data=data, **fields)
    told = Told()
    return job, read_upload(told, job.params), told


def test_an_upload_keeps_the_bytes_and_starts_a_job(liaison):
    job = upload_document(by=liaison, filename="../lamps 2026.txt", data=LISTING.encode())
    assert (job.state, job.requested_by, job.title) == (JobState.WAITING, liaison, "Read lamps 2026.txt")
    assert bytes(Blob.objects.get().data).decode() == LISTING
    assert not Capture.objects.exists()


def test_the_job_reads_the_document_into_the_register(liaison):
    _, result, told = upload(liaison)
    rec = Recommendation.objects.get()
    assert rec.text == "The Director of Lamps should count the lamps. (Recommendation 1)"
    assert rec.auditor_status_printed == "Open"
    assert result["Documents new"] == 1
    assert result["link"].endswith(f"/{Capture.objects.get().pk}/")
    assert told.steps == [(1, "lamps.txt")]
    event = Event.objects.get(action="document.read")
    assert event.actor == liaison.username


def test_the_same_file_again_is_known(liaison):
    upload(liaison)
    _, result, _ = upload(liaison)
    assert (result["Documents new"], result["Documents known before"]) == (0, 1)
    assert Capture.objects.count() == 1
    assert Event.objects.filter(action="document.read").count() == 1


def test_files_of_one_name_are_documents_of_their_own(liaison):
    upload(liaison)
    upload(liaison, LISTING.replace("count", "trim"))
    assert Document.objects.count() == 2


def test_a_newer_capture_of_a_document_shows_what_changed(liaison):
    upload(liaison, got_on=date(2026, 6, 1))
    document = Document.objects.get()
    closed = LISTING.replace("\nOpen\n", "\nClosed – Implemented\n")
    upload(liaison, closed, got_on=date(2026, 9, 1), document_id=document.pk)

    assert Document.objects.count() == 1
    newest = Capture.objects.get(is_newest=True)
    assert newest.got_at.date() == date(2026, 9, 1)
    kinds = set(newest.events.values_list("kind", flat=True))
    assert "status-changed" in kinds
    rec = Recommendation.objects.get()
    assert rec.auditor_status == "closed-implemented"
    # The page tells no date, so its new word counts from the day it was fetched.
    assert rec.auditor_status_as_of_edtf == "2026-09-01"


def test_an_older_capture_brought_later_changes_no_state(liaison):
    closed = LISTING.replace("\nOpen\n", "\nClosed – Implemented\n")
    upload(liaison, closed, got_on=date(2026, 9, 1))
    document = Document.objects.get()
    upload(liaison, LISTING, got_on=date(2026, 6, 1), document_id=document.pk)
    newest = Capture.objects.get(is_newest=True)
    assert newest.got_at.date() == date(2026, 9, 1)
    rec = Recommendation.objects.get()
    assert (rec.auditor_status, rec.auditor_status_as_of_edtf) == ("closed-implemented", "2026-09-01")


def test_a_bad_document_is_kept_with_its_problem_and_put_to_a_person(liaison):
    _, result, told = upload(liaison, b"", name="empty.pdf")
    assert result["Documents not read"] == 1
    assert "the file is empty" in result["What was wrong"]
    assert "the file is empty" in told.lines[0]
    assert Capture.objects.get().is_fatal
    assert ReviewItem.objects.get().kind == "unread"


def test_each_file_of_an_archive_is_a_document_with_its_own_bytes(liaison):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a/lamps.txt", LISTING)
        archive.writestr("b/empty.txt", "")
    _, result, told = upload(liaison, data.getvalue(), name="all.zip")
    assert (result["Documents new"], result["Documents not read"]) == (2, 1)
    assert [note for _, note in told.steps] == ["all.zip!/a/lamps.txt", "all.zip!/b/empty.txt"]
    capture = Capture.objects.get(document__origin__endswith="all.zip!/a/lamps.txt")
    assert bytes(capture.blob.data).decode() == LISTING
    assert Recommendation.objects.count() == 1


def test_an_upload_over_the_limit_is_refused_at_once(liaison, monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_DOCUMENT_BYTES", 10)
    with pytest.raises(UnfitFileError):
        upload(liaison)
    assert not Job.objects.exists()
    assert not Blob.objects.exists()


def test_an_upload_was_not_fetched_in_the_future(liaison):
    with pytest.raises(UnfitValueError, match="in the future"):
        upload(liaison, got_on=timezone.localdate() + timedelta(days=1))


def test_a_file_name_that_identifies_a_person_is_refused(liaison):
    with pytest.raises(PersonalWordsError):
        upload(liaison, name="A123456789.txt")


@pytest.mark.django_db(transaction=True)
def test_the_job_runs_by_itself_when_the_upload_is_committed(liaison):
    job = upload_document(by=liaison, filename="lamps.txt", data=LISTING.encode())
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.problem
    assert Recommendation.objects.count() == 1
