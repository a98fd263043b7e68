"""Bringing a file to be verified, and keeping what was found of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.records.privacy import find_identifiers
from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.models import BroughtFile
from closeout.web.jobs.actions import start_job
from closeout.web.jobs.models import Job
from closeout.web.recommendations.actions.errors import NotNowError, UnfitFileError
from closeout.web.recommendations.actions.files import plain_name

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.evidence.verifying.found import Found

KIND = "evidence.verify"
TITLE = "Verify a file"
MIB = 1024 * 1024
MOST_FILE_MB = 50
MOST_WAITING = 5
"""Files of one person that may wait at a time."""
_KEEP_BYTES = timedelta(days=1)
_KEEP_FOUND = timedelta(days=30)


@transaction.atomic
def bring_file(*, by: User, name: str, data: bytes) -> BroughtFile:
    """Take a file in to be verified in the background; only who brought it sees what is found.

    Its bytes go when it is verified, and after a day however that ended; what was found after a month. The
    event of the job tells of it.

    Args:
        by: Who brings it.
        name: The file's name; one that seems to name a person is not kept.
        data: Its bytes.

    Raises:
        UnfitFileError: It is empty, or too large.
        NotNowError: Too many of theirs wait.

    """
    require(by, Permission.EVIDENCE_VERIFY)
    if not data:
        msg = "the file is empty"
        raise UnfitFileError(msg)
    if len(data) > MOST_FILE_MB * MIB:
        msg = f"the file is larger than {MOST_FILE_MB} MB"
        raise UnfitFileError(msg)
    if Job.objects.filter(kind=KIND, requested_by=by).unfinished().count() >= MOST_WAITING:
        msg = f"{MOST_WAITING} files of yours wait to be verified; bring this one when they are done"
        raise NotNowError(msg)
    _forget()
    row = BroughtFile.objects.create(
        by=by, filename=_kept_name(name), size=len(data), sha256=hashlib.sha256(data).hexdigest(), data=data
    )
    row.job = start_job(by=by, kind=KIND, title=TITLE, params={"brought": row.pk})
    row.save(update_fields=["job"])
    return row


@transaction.atomic
def keep_found(row: BroughtFile, found: Found) -> None:
    """Keep what was found of a file, and let go of its bytes."""
    row.found, row.data = found.plain(), None
    row.save(update_fields=["found", "data"])


def _kept_name(name: str) -> str:
    plain = plain_name(name)
    return f"file{PurePosixPath(plain).suffix}" if find_identifiers(plain) else plain


def _forget() -> None:
    now = timezone.now()
    BroughtFile.objects.filter(brought_at__lt=now - _KEEP_FOUND).delete()
    BroughtFile.objects.filter(brought_at__lt=now - _KEEP_BYTES, data__isnull=False).update(data=None)
