"""The rows behind a figure: keys and days, in the order of days, for those who may see them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.assess import load_rules
from closeout.duties.listing import CursorError
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.evidence.measures.run_rows import RowPage, rows_of
from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.models import AssessedMeasure
from closeout.web.evidence.policy import rows_office
from closeout.web.evidence.queries.measure import office_labels
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.evidence.snapshots import kept_snapshot

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.http import SignedInRequest

PAGE = "evidence/measure_rows.html"
PAGE_SIZE = 50
MOST_DUTIES = 8
"""Rows of more duties together take too long to look up while somebody waits."""


@require_GET
def measure_rows(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the rows of a figure's denominator and which of them count, of an office that somebody may see."""
    require(request.user, Permission.MEASURE_ROWS)
    office = rows_office(request.user, request.GET.get("office", ""))
    if office is None:
        msg = "the rows of another office"
        raise PermissionDenied(msg)
    run = shown_run(localdate()).run
    measure = AssessedMeasure.objects.filter(run=run, code=code).first() if run else None
    if run is None or measure is None:
        msg = f"the newest assessment has no measure {code}"
        raise Http404(msg)
    page, why = _page(run, code, office, request.GET.get("after", ""))
    context = {
        "run": run,
        "measure": measure,
        "office": office_labels().get(office, office),
        "office_id": office,
        "page": page,
        "why": why,
    }
    return render(request, PAGE, context)


def _page(run: AssessmentRun, code: str, office: str, after: str) -> tuple[RowPage | None, str]:
    """Return some rows, or why there are none to show."""
    snapshot = kept_snapshot(run.records_digest)
    if snapshot is None:
        return None, "The records that were assessed are not kept on this site any more; assess again."
    rules = load_rules()
    measure = next((one for one in rules.measures if one.code == code), None)
    if measure is None or rules.pack.digest != run.pack_digest:
        return None, "The rules have changed since the assessment; assess again."
    if len(measure.duties) > MOST_DUTIES:
        said = f"It adds up {len(measure.duties)} duties, too many to list at once; open a measure of fewer."
        return None, said
    with closing(connect()) as engine:
        tables = open_tables(engine, snapshot)
        try:
            page = rows_of(
                engine,
                tables,
                rules.pack,
                measure,
                run.as_of,
                office=office or None,
                limit=PAGE_SIZE,
                after=after,
            )
        except CursorError as error:
            msg = "no such page"
            raise Http404(msg) from error
    return page, ""
