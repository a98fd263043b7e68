"""Evidence: files put forward, reviewed by a second person, and the needs they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.recommendations.actions.files import fit_evidence, keep_bytes
from closeout.web.recommendations.actions.held import held_open, words
from closeout.web.recommendations.models import (
    Evidence,
    EvidenceCover,
    EvidenceRevision,
    EvidenceState,
)
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.web.accounts.models import User
    from closeout.web.recommendations.actions.files import FitFile
    from closeout.web.recommendations.models import Recommendation


@transaction.atomic
def add_evidence(
    *,
    by: User,
    recommendation_id: int,
    title: str,
    filename: str,
    data: bytes,
    note: str = "",
    need_ids: Iterable[int] = (),
) -> EvidenceRevision:
    """Put a file forward as evidence; it counts once a second person accepts it.

    Args:
        by: Who brings it.
        recommendation_id: For what.
        title: What it shows.
        filename: The file's name; folders and odd signs are taken out.
        data: Its bytes; kept under their hash.
        note: In a person's words.
        need_ids: The auditor's needs it is meant to cover.

    Raises:
        UnfitFileError: The file is empty, too large, or of a kind that is not taken.

    """
    require(by, Permission.EVIDENCE_ADD)
    revision, covered = put_forward(
        by=by,
        recommendation_id=recommendation_id,
        title=title,
        file=fit_evidence(filename, data),
        note=note,
        need_ids=need_ids,
    )
    rec_id = revision.evidence.recommendation_id
    audit.record(
        by=by,
        action="evidence.add",
        target=revision.evidence,
        after={"recommendation": rec_id, "sha256": revision.blob_id, "needs": covered},
        reason=revision.note,
    )
    refresh([rec_id])
    return revision


def put_forward(
    *, by: User, recommendation_id: int, title: str, file: FitFile, note: str, need_ids: Iterable[int]
) -> tuple[EvidenceRevision, list[int]]:
    """Write a new piece of evidence with its first file, and return it with the needs it is meant to cover.

    An action calls it that has asked for the permission; the action writes the event and refreshes the state.
    """
    rec = held_open(recommendation_id)
    evidence = Evidence.objects.create(
        recommendation=rec, title=words("the title", title, most=200), by=by, at=timezone.now()
    )
    revision = _revise(evidence, by=by, file=file, note=note)
    return revision, [_cover(evidence, rec, need_id, by=by).need_id for need_id in need_ids]


@transaction.atomic
def revise_evidence(
    *, by: User, evidence_id: int, filename: str, data: bytes, note: str = ""
) -> EvidenceRevision:
    """Put a better file in the place of one that was returned or is not reviewed yet; both are kept.

    Raises:
        NotNowError: The last revision has been accepted.

    """
    require(by, Permission.EVIDENCE_ADD)
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    rec = held_open(evidence.recommendation_id)
    if evidence.revisions.filter(state=EvidenceState.ACCEPTED).exists():
        msg = "it has been accepted; add new evidence instead"
        raise NotNowError(msg)
    revision = _revise(evidence, by=by, file=fit_evidence(filename, data), note=note)
    audit.record(
        by=by,
        action="evidence.revise",
        target=evidence,
        after={"recommendation": rec.pk, "revision": revision.number, "sha256": revision.blob_id},
        reason=revision.note,
    )
    refresh([rec.pk])
    return revision


def _revise(evidence: Evidence, *, by: User, file: FitFile, note: str) -> EvidenceRevision:
    words("the file's name", file.name)
    return EvidenceRevision.objects.create(
        evidence=evidence,
        number=evidence.revisions.count() + 1,
        blob=keep_bytes(file),
        filename=file.name,
        media_type=file.media_type,
        note=words("the note", note, required=False),
        submitted_by=by,
        submitted_at=timezone.now(),
    )


@transaction.atomic
def review_evidence(*, by: User, revision_id: int, accept: bool, note: str = "") -> EvidenceRevision:
    """Accept a revision or return it with a reason; never by the person who submitted it.

    Raises:
        NotNowError: It has been reviewed, or a newer revision took its place.
        SamePersonError: It is the reviewer's own.

    """
    require(by, Permission.EVIDENCE_APPROVE)
    revision = (
        EvidenceRevision.objects.select_for_update(of=("self",))
        .select_related("evidence")
        .get(pk=revision_id)
    )
    rec = held_open(revision.evidence.recommendation_id)
    if revision.submitted_by_id == by.pk:
        msg = "whoever submits evidence does not review it; ask another person"
        raise SamePersonError(msg)
    is_last = not revision.evidence.revisions.filter(number__gt=revision.number).exists()
    if revision.state != EvidenceState.SUBMITTED or not is_last:
        msg = (
            "it has been reviewed already" if is_last else "a newer revision took its place; review that one"
        )
        raise NotNowError(msg)
    revision.review_note = words("the reason", note, required=not accept)
    revision.state = EvidenceState.ACCEPTED if accept else EvidenceState.RETURNED
    revision.reviewed_by, revision.reviewed_at = by, timezone.now()
    revision.save(update_fields=["review_note", "state", "reviewed_by", "reviewed_at"])
    audit.record(
        by=by,
        action="evidence.accept" if accept else "evidence.return",
        target=revision,
        before={"state": EvidenceState.SUBMITTED.value},
        after={"state": revision.state, "recommendation": rec.pk},
        reason=revision.review_note,
    )
    refresh([rec.pk])
    return revision


@transaction.atomic
def cover_need(*, by: User, evidence_id: int, need_id: int) -> EvidenceCover:
    """Say that a piece of evidence is meant to cover one of the auditor's needs.

    Raises:
        UnfitValueError: The statement is no need of this recommendation.
        NotNowError: It is said already.

    """
    require(by, Permission.EVIDENCE_ADD)
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    rec = held_open(evidence.recommendation_id)
    cover = _cover(evidence, rec, need_id, by=by)
    audit.record(
        by=by,
        action="evidence.cover",
        target=evidence,
        after={"recommendation": rec.pk, "need": cover.need_id},
    )
    refresh([rec.pk])
    return cover


def _cover(evidence: Evidence, rec: Recommendation, need_id: int, *, by: User) -> EvidenceCover:
    ids = [pk for need in needs_of([rec.pk])[rec.pk] for pk in need.statement_ids]
    if need_id not in ids:
        msg = "that is not something the auditor said is needed here"
        raise UnfitValueError(msg)
    if evidence.covers.filter(need=need_id).exists():
        msg = "this evidence covers that need already"
        raise NotNowError(msg)
    return EvidenceCover.objects.create(evidence=evidence, need_id=need_id, by=by, at=timezone.now())
