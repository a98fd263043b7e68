"""The background work that reads an uploaded document into the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from closeout.web.accounts.models import User
from closeout.web.accounts.permissions import Permission
from closeout.web.jobs.kinds import job_kind
from closeout.web.recommendations.models import Blob, Capture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.web.jobs.progress import Progress
    from closeout.web.recommendations.ingest import Arrival

KIND = "documents.read"


@job_kind(KIND, permission=Permission.DOCUMENT_UPLOAD)
def read_upload(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Read an uploaded file, or each file of an uploaded archive, into the register.

    Returns:
        What became of it, in words for the job's page.

    """
    from closeout.web.recommendations.ingest import ingest  # noqa: PLC0415 - as in `_arrivals`

    blob = Blob.objects.get(pk=params["sha256"])
    by = User.objects.get(pk=params["by"])
    problems: list[str] = []
    outcome = ingest(
        _arrivals(bytes(blob.data), params, progress, problems), by=by, got_at=_fetched(params["got_on"])
    )
    return {
        "Documents new": outcome.new,
        "Documents known before": outcome.unchanged,
        "Documents not read": outcome.with_problems,
        "Recommendations new or changed": outcome.changed,
        **({"What was wrong": " ".join(problems)} if problems else {}),
        **_link(params["sha256"]),
    }


def _arrivals(
    data: bytes, params: dict[str, Any], progress: Progress, problems: list[str]
) -> Iterator[Arrival]:
    # Imported when the work starts: the reader takes half a second that most commands can do without.
    from closeout.reading.read import read_document  # noqa: PLC0415
    from closeout.reading.sources import open_bytes, open_raw  # noqa: PLC0415
    from closeout.reading.sources.archive import INSIDE  # noqa: PLC0415
    from closeout.web.recommendations.ingest import Arrival  # noqa: PLC0415

    origin, name = params["origin"], params["name"]
    pairs = zip(open_bytes(name, data), open_raw(name, data), strict=True)
    for done, (document, (_, held)) in enumerate(pairs, start=1):
        reading = read_document(document)
        progress.advance(done, note=document.path)
        member = document.path.partition(INSIDE)[2]
        home = f"{origin}{INSIDE}{member}" if member else origin
        for problem in reading.problems:
            progress.tell(f"{document.path}: {problem.message}")
            if problem.fatal:
                problems.append(f"{document.path}: {problem.message}")
        yield Arrival(replace(reading, document=replace(reading.document, path=home)), held)


def _fetched(got_on: str | None) -> datetime | None:
    if got_on is None:
        return None
    return timezone.make_aware(datetime.combine(date.fromisoformat(got_on), time(12)))


def _link(sha256: str) -> dict[str, str]:
    """Return the way to the one document that was read; none for an archive."""
    captures = list(Capture.objects.filter(blob=sha256).order_by("-pk").values_list("pk", flat=True)[:1])
    if not captures:
        return {}
    try:
        link = reverse("recommendations:source-detail", args=captures)
    except NoReverseMatch:
        return {}
    return {"link": link, "link_text": "Open the document"}
