import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.jobs.models import Job
from closeout.web.recommendations.models import Capture, Correction, Recommendation, ReviewItem
from tests.web.factories import day, make_capture, make_mention, make_promise, make_recommendation
from tests.web.recommendations.address_rules import A_REVISION, a_question

TRACKED = "Alpha. Recommendation 1: Count the buoys. Omega."


@pytest.fixture
def reader(client_for):
    return client_for(Role.READER)


def test_a_source_opens_with_its_words_marked_and_its_page_named(reader):
    capture = make_capture(TRACKED, pages=[[11, 0, 30], [12, 30, 60]])
    url = reverse("recommendations:source-detail", args=[capture.pk])
    html = reader.get(url, {"start": 7, "end": 24}).content.decode()
    assert '<mark id="here">Recommendation 1:</mark>' in html
    assert "Page 11 of 12." in html


@pytest.mark.parametrize("query", ["start=-1", "start=999&end=2000", "start=x&end=y", "start=30&end=5", ""])
def test_a_span_that_is_none_still_shows_the_document(reader, query):
    capture = make_capture(TRACKED)
    response = reader.get(f"{reverse('recommendations:source-detail', args=[capture.pk])}?{query}")
    assert response.status_code == 200
    assert "Omega." in response.content.decode()


def test_script_in_a_document_is_shown_as_words(reader):
    capture = make_capture("<script>alert(1)</script> Count the buoys.")
    html = reader.get(reverse("recommendations:source-detail", args=[capture.pk])).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_source_names_what_stands_before_and_after(reader):
    capture, rec = make_capture(TRACKED * 3), make_recommendation(number="1")
    for number, start in (("2", 50), ("3", 100)):
        make_mention(
            make_recommendation(report=rec.report, number=number),
            capture,
            text_start=start,
            text_end=start + 9,
        )
    make_mention(rec, capture, text_start=7, text_end=24)
    html = reader.get(reverse("recommendations:source-detail", args=[capture.pk]), {"start": 50, "end": 59})
    words = html.content.decode()
    assert "Previous: Recommendation 1" in words
    assert "Next: Recommendation 3" in words


def test_accepting_a_question_leads_to_the_next_one(client_for):
    client = client_for(Role.AUDIT_LIAISON)
    first, second = a_question(None)["pk"], a_question(None)["pk"]
    response = client.post(reverse("recommendations:review-item", args=[first]), {"act": "accept"})
    assert response.url == reverse("recommendations:review-item", args=[second])
    assert ReviewItem.objects.get(pk=first).state == "accepted"


def test_a_reader_sees_a_question_but_may_not_settle_it(reader):
    url = reverse("recommendations:review-item", args=[a_question(None)["pk"]])
    assert "may look at it but not decide" in reader.get(url).content.decode()
    assert reader.post(url, {"act": "accept"}).status_code == 403


def test_a_correction_without_a_reason_is_shown_again(client_for):
    url = reverse("recommendations:review-item", args=[a_question(None)["pk"]])
    response = client_for(Role.AUDIT_LIAISON).post(url, {"act": "correct", "number": "7"})
    assert response.status_code == 422
    assert not Correction.objects.exists()


def test_the_promise_page_shows_each_date_and_the_quarters_beside_the_chart(reader):
    rec = make_recommendation(auditor_status="resolved-open", promise=day("2025-05-31"))
    make_promise(rec, "2025-05-31")
    html = reader.get(reverse("recommendations:promise-list"), {"as_of": "2026-01-01"}).content.decode()
    words = " ".join(html.split())
    assert "1 of 1 standing completion date has passed" in words
    assert "2025 Q2" in words
    assert reverse("recommendations:chart", args=["promises"]) in words


def test_the_bands_of_the_aging_page_add_up_to_what_is_open(reader):
    make_recommendation(auditor_status="resolved-open")
    make_recommendation(auditor_status="closed-implemented")
    response = reader.get(reverse("recommendations:aging"), {"as_of": "2026-01-01"})
    bands = response.context["bands"]
    # Issued on June 30, 2025: six months on the first of January.
    assert {band.label: band.count for band in bands if band.count} == {"6 to 12 months": 1}
    assert sum(band.count for band in bands) == response.context["total"] == 1


@pytest.mark.parametrize("name", ["aging", "promises"])
def test_a_chart_is_svg_without_script_or_style_attributes(reader, name):
    make_recommendation(promise=day("2025-05-31"))
    svg = reader.get(reverse("recommendations:chart", args=[name])).content.decode()
    assert svg.startswith("<svg")
    assert "<script" not in svg
    assert ' style="' not in svg


def test_an_upload_starts_a_job_that_reads_it_into_the_register(
    client_for, django_capture_on_commit_callbacks
):
    client = client_for(Role.AUDIT_LIAISON)
    file = SimpleUploadedFile("note.txt", b"Nothing that any auditor would write. " * 20)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("recommendations:document-upload"), {"file": file, "got_on": "2026-01-05"}
        )
    job = Job.objects.get()
    assert response.url == reverse("jobs:job-detail", args=[job.pk])
    capture = Capture.objects.get()
    assert capture.family == "unknown"
    assert not Recommendation.objects.exists()


def test_an_upload_without_a_file_says_so(client_for):
    response = client_for(Role.AUDIT_LIAISON).post(reverse("recommendations:document-upload"), {})
    assert response.status_code == 422


def test_evidence_is_sent_as_a_download_that_no_browser_opens(reader):
    response = reader.get(reverse("recommendations:evidence-file", args=[A_REVISION(None)["pk"]]))
    assert response["Content-Disposition"] == 'attachment; filename="count.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


def test_the_list_is_exported_as_it_is_filtered(client_for):
    make_recommendation(text="Keep this one.", is_priority=True)
    make_recommendation(text="Leave this one.")
    url = reverse("recommendations:recommendation-export")
    client = client_for(Role.PLANNER)
    csv = client.get(url, {"priority": "on", "format": "csv"}).content.decode("utf-8-sig")
    assert "Keep this one." in csv
    assert "Leave this one." not in csv
    data = json.loads(client.get(url, {"priority": "on", "format": "json"}).content)
    assert "Keep this one." in json.dumps(data)
    assert client.get(url, {"format": "xlsx"}).content.startswith(b"PK")


def test_a_format_that_does_not_exist_is_named(client_for):
    response = client_for(Role.PLANNER).get(
        reverse("recommendations:recommendation-export"), {"format": "docx"}
    )
    assert response.status_code == 400
    assert "ask for csv, json or xlsx" in response.content.decode()


def test_the_documents_page_says_what_is_incomplete_and_what_was_not_read(reader):
    make_capture(is_complete=False, declared_total=41, shown=10, is_newest=True)
    make_capture(is_fatal=True, is_newest=True, problems=[{"code": "locked-pdf", "message": "It is locked."}])
    html = " ".join(reader.get(reverse("recommendations:document-list")).content.decode().split())
    assert "2 documents, 1 incomplete, 1 not read." in html
    assert "It is locked." in html
