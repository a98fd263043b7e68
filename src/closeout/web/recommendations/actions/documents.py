"""Bringing documents in: the bytes are kept at once, the reading happens in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.web.accounts.permissions import Permission, require
from closeout.web.jobs.actions import start_job
from closeout.web.recommendations.actions.files import fit_document, keep_bytes
from closeout.web.recommendations.actions.held import past, words
from closeout.web.recommendations.models import Document
from closeout.web.recommendations.upload_job import KIND

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.jobs.models import Job


@transaction.atomic
def upload_document(
    *, by: User, filename: str, data: bytes, got_on: date | None = None, document_id: int | None = None
) -> Job:
    """Keep a document's bytes and start the job that reads them; return the job.

    A bad document is no error here: the job keeps it with what is wrong, and asks a person.

    Args:
        by: Who brings it.
        filename: The file's name; folders and odd signs are taken out.
        data: Its bytes.
        got_on: When it was fetched from the auditor; today when left out.
        document_id: The document this is a newer capture of; None for a document of its own.

    Raises:
        UnfitFileError: It is too large to keep.

    """
    require(by, Permission.DOCUMENT_UPLOAD)
    file = fit_document(filename, data)
    words("the file's name", file.name)
    blob = keep_bytes(file)
    origin = f"upload/{blob.sha256[:12]}/{file.name}"
    if document_id is not None:
        origin = Document.objects.get(pk=document_id).origin
    return start_job(
        by=by,
        kind=KIND,
        title=f"Read {file.name}"[:200],
        params={
            "sha256": blob.sha256,
            "name": file.name,
            "origin": origin,
            "got_on": past("the day it was fetched", got_on).isoformat() if got_on else None,
            "by": by.pk,
        },
    )
