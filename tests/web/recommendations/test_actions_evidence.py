"""Evidence: what is taken, who reviews it, and which needs it covers."""

import io
import zipfile

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from closeout.web.audit.models import Event
from closeout.web.recommendations.actions import add_evidence, cover_need, review_evidence, revise_evidence
from closeout.web.recommendations.actions import files as file_rules
from closeout.web.recommendations.actions.errors import (
    NotNowError,
    PersonalWordsError,
    SamePersonError,
    UnfitFileError,
    UnfitValueError,
)
from closeout.web.recommendations.actions.files import fit_document, fit_evidence, media_type_of, plain_name
from closeout.web.recommendations.models import Blob, Evidence, EvidenceRevision, Statement
from tests.web.recommendations.world import PDF


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def test_evidence_is_kept_under_its_hash_and_waits_for_review(world):
    revision = world.evidence()
    assert bytes(Blob.objects.get(pk=revision.blob_id).data) == PDF
    assert (revision.number, revision.state, revision.media_type) == (1, "submitted", "application/pdf")
    assert Event.objects.get(action="evidence.add").after == {
        "recommendation": world.rec.pk,
        "sha256": revision.blob_id,
        "needs": [world.need.pk],
    }


def test_a_need_is_covered_once_a_second_person_accepts(world):
    revision = world.evidence()
    assert (world.fresh().needs, world.fresh().needs_covered) == (1, 0)
    review_evidence(by=world.approver, revision_id=revision.pk, accept=True)
    assert world.fresh().needs_covered == 1


def test_returned_evidence_covers_nothing_and_says_why(world):
    revision = world.evidence()
    with pytest.raises(UnfitValueError, match="the reason is missing"):
        review_evidence(by=world.approver, revision_id=revision.pk, accept=False)
    review_evidence(by=world.approver, revision_id=revision.pk, accept=False, note="A page is missing.")
    revision.refresh_from_db()
    assert (revision.state, revision.review_note) == ("returned", "A page is missing.")
    assert world.fresh().needs_covered == 0
    assert Event.objects.get(action="evidence.return").reason == "A page is missing."


def test_nobody_reviews_their_own(world, make_user):
    both = make_user("approver")
    revision = world.evidence()
    EvidenceRevision.objects.filter(pk=revision.pk).update(submitted_by=both)
    with pytest.raises(SamePersonError, match="ask another person"):
        review_evidence(by=both, revision_id=revision.pk, accept=True)


def test_the_database_refuses_a_reviewer_who_submitted_it(world):
    revision = world.evidence()
    review_evidence(by=world.approver, revision_id=revision.pk, accept=True)
    with pytest.raises(IntegrityError, match="reviewer_is_not_submitter"), transaction.atomic():
        EvidenceRevision.objects.filter(pk=revision.pk).update(reviewed_by=world.liaison)


def test_the_database_refuses_an_accepted_revision_that_nobody_reviewed(world):
    revision = world.evidence()
    with pytest.raises(IntegrityError, match="reviewed_iff_not_submitted"), transaction.atomic():
        EvidenceRevision.objects.filter(pk=revision.pk).update(state="accepted")


def test_a_revision_is_reviewed_once(world):
    revision = world.evidence()
    review_evidence(by=world.approver, revision_id=revision.pk, accept=True)
    with pytest.raises(NotNowError, match="reviewed already"):
        review_evidence(by=world.approver, revision_id=revision.pk, accept=True)


def test_a_better_file_takes_the_place_of_a_returned_one_and_both_are_kept(world):
    first = world.evidence()
    review_evidence(by=world.approver, revision_id=first.pk, accept=False, note="Too faint.")
    second = revise_evidence(
        by=world.liaison, evidence_id=first.evidence_id, filename="log.pdf", data=PDF + b" clearer"
    )
    assert (second.number, EvidenceRevision.objects.count()) == (2, 2)
    review_evidence(by=world.approver, revision_id=second.pk, accept=True)
    assert world.fresh().needs_covered == 1


def test_only_the_newest_revision_is_reviewed(world):
    first = world.evidence()
    revise_evidence(by=world.liaison, evidence_id=first.evidence_id, filename="log.pdf", data=PDF + b"2")
    with pytest.raises(NotNowError, match="a newer revision took its place"):
        review_evidence(by=world.approver, revision_id=first.pk, accept=True)


def test_accepted_evidence_is_not_revised(world):
    revision = world.evidence()
    review_evidence(by=world.approver, revision_id=revision.pk, accept=True)
    with pytest.raises(NotNowError, match="add new evidence instead"):
        revise_evidence(by=world.liaison, evidence_id=revision.evidence_id, filename="log.pdf", data=PDF)


def test_evidence_covers_only_what_the_auditor_said_is_needed_here(world):
    revision = world.evidence(need_ids=[])
    update = Statement.objects.create(
        capture=world.capture, recommendation=world.rec, kind="update", start=1, end=2, text="x"
    )
    with pytest.raises(UnfitValueError, match="not something the auditor said is needed"):
        cover_need(by=world.liaison, evidence_id=revision.evidence_id, need_id=update.pk)


def test_a_need_is_covered_by_a_piece_of_evidence_once(world):
    revision = world.evidence()
    with pytest.raises(NotNowError, match="covers that need already"):
        cover_need(by=world.liaison, evidence_id=revision.evidence_id, need_id=world.need.pk)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.JPG", b"\xff\xd8\xff...", "image/jpeg"),
        ("a.txt", "Lämps".encode(), "text/plain"),
        ("a.csv", b"lamp,lit\n1,yes\n", "text/plain"),
        ("a.zip", zipped("a.txt"), "application/zip"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), file_rules._OFFICE[b"word/"]),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), file_rules._OFFICE[b"xl/"]),
    ],
)
def test_the_type_of_a_file_is_told_from_its_bytes(name, data, media_type):
    assert fit_evidence(name, data).media_type == media_type


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"", "empty"),
        ("a.exe", b"MZ\x90\x00\x03", "not taken"),
        ("a.html", b"<!DOCTYPE html><script>alert(1)</script>", "not taken"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not taken"),
        ("a.txt", b"Dear all, <script>alert(1)</script>", "not taken"),
        ("a.txt", b"caf\xe9", "not taken"),
        ("a.pdf", b"Not a PDF at all", "rename it"),
        ("a.txt", PDF, "rename it"),
        ("a", PDF, "rename it"),
    ],
)
def test_a_file_that_could_do_harm_or_is_misnamed_is_refused(name, data, said):
    with pytest.raises(UnfitFileError, match=said):
        fit_evidence(name, data)


def test_a_file_over_the_limit_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_EVIDENCE_BYTES", 1024 * 1024)
    monkeypatch.setattr(file_rules, "MOST_DOCUMENT_BYTES", 1024 * 1024)
    for fit in (fit_evidence, fit_document):
        with pytest.raises(UnfitFileError, match="the file has 3 MiB, more than 1"):
            fit("a.pdf", b"%PDF-" + b"x" * (3 * 1024 * 1024))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\report 7.pdf", "report 7.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a_Set-Cookie_ x.pdf"),
        ("..hidden.pdf", "hidden.pdf"),
        ("a/..", "file"),
        ("", "file"),
        ("réport.pdf", "réport.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_file_keeps_a_plain_name(given, kept):
    assert plain_name(given) == kept


@given(name=st.text(max_size=200))
def test_no_name_leads_anywhere_else(name):
    kept = plain_name(name)
    assert kept
    assert len(kept) <= 120
    assert not set(kept) & set("/\\\x00\r\n\"'<>|:*?")
    assert not kept.startswith(".")
    assert ".." not in kept


@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_have_a_type_or_none(data):
    assert media_type_of(data) in {None, *file_rules._ENDINGS}


def test_words_that_identify_a_person_are_refused_in_every_text(world):
    for field in ("title", "note"):
        with pytest.raises(PersonalWordsError):
            world.evidence(**{field: "of lamp.keeper@harbor.example"})
    assert not Evidence.objects.exists()


def test_nothing_is_kept_of_a_refused_file(world):
    with pytest.raises(UnfitFileError):
        add_evidence(
            by=world.liaison, recommendation_id=world.rec.pk, title="x", filename="x.exe", data=b"MZ\x00"
        )
    assert not Evidence.objects.exists()
    assert Blob.objects.count() == 1  # the document's own
