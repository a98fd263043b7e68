"""Dossiers: submitted as they stand, and figures frozen for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from closeout.evidence.letters.closeout import closeout_letter
from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.documents import document_of, letter_text
from closeout.web.evidence.queries.dossier import dossier_view
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.recommendations.actions.closure import Attachment, request_closure
from closeout.web.recommendations.actions.errors import NotNowError
from closeout.web.recommendations.actions.files import FitFile, keep_bytes
from closeout.web.recommendations.queries.story import find

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.recommendations.models import ClosureRequest


@transaction.atomic
def submit_dossier(*, by: User, recommendation_id: int) -> ClosureRequest:
    """Propose asking the auditor to close, with the letter and the evidence as they stand now.

    The letter's PDF is kept under its hash, and with it the hashes of all attachments: what is approved is
    what was submitted.

    Args:
        by: Who submits it; another person approves.
        recommendation_id: To close what.

    Raises:
        NotNowError: There is no assessment, something is still missing so that the letter does not ask for
            closing, or a request is under way.

    """
    require(by, Permission.CLOSURE_REQUEST)
    rec = find(recommendation_id)
    view = dossier_view(rec, shown_run(localdate()).run)
    if view.dossier is None:
        msg = "it has not been assessed yet; ask for an assessment first"
        raise NotNowError(msg)
    if not view.dossier.is_ready:
        count = len(view.dossier.gaps)
        why = f"{count} point{'' if count == 1 else 's'} still missing" if count else "no measure answers it"
        msg = f"the letter does not ask for closing yet: {why}"
        raise NotNowError(msg)
    made = document_of(view.dossier, "pdf")
    letter = keep_bytes(FitFile(made.filename, made.media_type, made.data))
    files = [Attachment(title="The letter", filename=made.filename, sha256=letter.pk)]
    files += [
        Attachment(title=each.title, filename=each.revision.filename, sha256=each.revision.blob_id)
        for each in view.attachments
    ]
    return request_closure(
        by=by,
        recommendation_id=rec.pk,
        letter=letter_text(closeout_letter(view.dossier)),
        attachments=files,
    )
