"""Dossiers: submitted as they stand, and figures frozen for them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate, now

from closeout.evidence.freezing import FreezeError
from closeout.evidence.letters.closeout import closeout_letter
from closeout.evidence.letters.plain_text import plain_text
from closeout.reading.countwords import counted
from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.actions.frozen import keep_frozen
from closeout.web.evidence.documents import document_of
from closeout.web.evidence.freezing import frozen_of
from closeout.web.evidence.models import FrozenFigure, RecommendationAssessment
from closeout.web.evidence.queries.dossier import dossier_view, frozen_codes
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.evidence.queries.submissions import KIND, submission_of
from closeout.web.jobs.actions import start_job
from closeout.web.recommendations.actions.closure import Attachment, request_closure
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.actions.files import FitFile, keep_bytes
from closeout.web.recommendations.actions.held import held_open
from closeout.web.recommendations.models.closure import UNDER_WAY
from closeout.web.recommendations.queries.story import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.evidence.letters.dossier import Dossier
    from closeout.web.accounts.models import User
    from closeout.web.jobs.models import Job
    from closeout.web.recommendations.models import ClosureRequest, Recommendation

STEPS = 3
"""Steps of submitting: looking at the dossier, writing the letter, keeping it."""
_TITLE = 200


@transaction.atomic
def ask_submit(*, by: User, recommendation_id: int) -> Job:
    """Put submitting a dossier as it stands now in the queue, and return its job.

    Writing the letter takes a while. What stands now is noted by its hash: should anything that would be sent
    change before the letter is written, nothing is submitted.

    Args:
        by: Who submits it; another person approves.
        recommendation_id: To close what.

    Raises:
        NotNowError: There is no assessment, something is still missing so that the letter does not ask for
            closing, a request is under way, or it is being submitted already.

    """
    require(by, Permission.CLOSURE_REQUEST)
    rec = held_open(find(recommendation_id).pk)
    submission = submission_of(rec.pk)
    if submission is not None and submission.is_running:
        msg = "it is being submitted already"
        raise NotNowError(msg)
    if rec.closure_requests.filter(state__in=UNDER_WAY).exists():
        msg = "a request to close it is under way"
        raise NotNowError(msg)
    ready = _ready(rec)
    params = {"recommendation": rec.pk, "stands": ready.stands}
    return start_job(by=by, kind=KIND, title=f"Submit: {ready.dossier.name}"[:_TITLE], params=params)


def submit_dossier(
    *, by: User, recommendation_id: int, stands: str = "", told: Callable[[int, str], None] | None = None
) -> ClosureRequest:
    """Propose asking the auditor to close, with the letter and the evidence as they stand now.

    The letter's PDF is kept under its hash, and with it the hashes of all attachments: what is approved is
    what was submitted.

    Args:
        by: Who submits it; another person approves.
        recommendation_id: To close what.
        stands: The hash of what is to be submitted; of what stands now if empty.
        told: Called with how many of `STEPS` steps are done, and the next one in words.

    Raises:
        NotNowError: There is no assessment, something is still missing so that the letter does not ask for
            closing, a request is under way, or what would be sent has changed.

    """
    require(by, Permission.CLOSURE_REQUEST)
    tell = told or (lambda _done, _what: None)
    tell(0, "Looking at the dossier as it stands")
    rec = find(recommendation_id)
    ready = _unchanged(rec, stands)
    tell(1, "Writing the letter as PDF")
    made = document_of(ready.dossier, "pdf")
    tell(2, "Keeping the letter and the hashes of its attachments")
    with transaction.atomic():
        _unchanged(held_open(rec.pk), ready.stands)
        letter = keep_bytes(FitFile(made.filename, made.media_type, made.data))
        return request_closure(
            by=by,
            recommendation_id=rec.pk,
            letter=ready.letter,
            attachments=[
                Attachment(title="The letter", filename=made.filename, sha256=letter.pk),
                *ready.attachments,
            ],
        )


@dataclass(frozen=True, slots=True)
class _Ready:
    """A dossier that asks for closing: its letter in plain words, and what goes with it."""

    dossier: Dossier
    letter: str
    attachments: tuple[Attachment, ...]

    @property
    def stands(self) -> str:
        """Return a hash of all that would be sent."""
        said = [self.letter, *(f"{each['title']}\0{each['sha256']}" for each in self.attachments)]
        return sha256("\0".join(said).encode()).hexdigest()


def _unchanged(rec: Recommendation, stands: str) -> _Ready:
    ready = _ready(rec)
    if stands and ready.stands != stands:
        msg = "what would be sent has changed since it was submitted; look at it, and submit it again"
        raise NotNowError(msg)
    return ready


def _ready(rec: Recommendation) -> _Ready:
    view = dossier_view(rec, shown_run(localdate()).run)
    if view.dossier is None:
        msg = "it has not been assessed yet; ask for an assessment first"
        raise NotNowError(msg)
    if not view.dossier.is_ready:
        count = len(view.dossier.gaps)
        why = f"{counted(count, 'point')} still missing" if count else "no measure answers it"
        msg = f"the letter does not ask for closing yet: {why}"
        raise NotNowError(msg)
    files = [
        Attachment(title=each.title, filename=each.revision.filename, sha256=each.revision.blob_id)
        for each in view.attachments
    ]
    return _Ready(view.dossier, plain_text(closeout_letter(view.dossier)), tuple(files))


@transaction.atomic
def freeze_figure(*, by: User, recommendation_id: int, code: str) -> FrozenFigure:
    """Freeze a measure's figure of the newest assessment, and put it forward as evidence.

    It covers the needs that the pack says the measure covers, and counts once a second person accepts it.

    Args:
        by: Who freezes it.
        recommendation_id: For which recommendation.
        code: The measure; one that answers the recommendation.

    Raises:
        NotNowError: It has been frozen of this assessment already, the pack has changed since, or the records
            are not kept any more or not what was assessed.
        UnfitValueError: The measure does not answer the recommendation.

    """
    require(by, Permission.EVIDENCE_FREEZE)
    rec = find(recommendation_id)
    run = shown_run(localdate()).run
    row = RecommendationAssessment.objects.filter(run=run, recommendation=rec).first() if run else None
    if run is None or row is None or code not in row.measures:
        msg = "that measure does not answer this recommendation in the newest assessment"
        raise UnfitValueError(msg)
    if code in frozen_codes(rec, run):
        msg = "it has been frozen of this assessment already; see the attachments"
        raise NotNowError(msg)
    try:
        frozen = frozen_of(run, code, frozen_at=now())
    except FreezeError as error:
        raise NotNowError(str(error)) from error
    covered = {need["text"] for need in row.needs if code in need["measures"]}
    return keep_frozen(by=by, row=row, frozen=frozen, needs=covered)
