"""Keeping a frozen result as evidence of a recommendation, with the one event that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.audit import actions as audit
from closeout.web.evidence.freezing import record_bytes
from closeout.web.evidence.models import FrozenFigure
from closeout.web.recommendations.actions.evidence import put_forward
from closeout.web.recommendations.actions.files import fit_evidence
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from closeout.evidence.freezing import Frozen
    from closeout.web.accounts.models import User
    from closeout.web.evidence.models import RecommendationAssessment

_TITLE = 200


def keep_frozen(
    *, by: User, row: RecommendationAssessment, frozen: Frozen, needs: set[str], note: str = ""
) -> FrozenFigure:
    """Put a frozen result forward as evidence; it counts once a second person accepts it.

    An action calls it that has asked for the permission, within a transaction.

    Args:
        by: Who freezes it.
        row: The recommendation as the run found it that the result is of.
        frozen: The result.
        needs: The auditor's words of the needs that it covers, by the place they were read last.
        note: In a person's words.

    """
    pk, run = row.recommendation_id, row.run
    revision, covered = put_forward(
        by=by,
        recommendation_id=pk,
        title=f"{frozen.title}, as of {frozen.effective_on}"[:_TITLE],
        file=fit_evidence(f"{frozen.id}.json", record_bytes(frozen)),
        note=note,
        need_ids=[need.statement.pk for need in needs_of([pk]).get(pk, []) if need.text in needs],
    )
    figure = FrozenFigure.objects.create(
        revision=revision,
        record_id=revision.blob_id,
        measure=frozen.code,
        record_digest=frozen.record_sha256,
        records_digest=run.records_digest,
        manifest_digest=frozen.snapshot.manifest_sha256 if frozen.snapshot else "",
        result_digest=frozen.result_sha256,
        effective_on=frozen.effective_on,
        frozen_at=frozen.frozen_at,
        by=by,
    )
    audit.record(
        by=by,
        action="evidence.freeze",
        target=figure,
        after={"recommendation": pk, "measure": frozen.code, "sha256": revision.blob_id, "needs": covered},
    )
    refresh([pk])
    return figure
