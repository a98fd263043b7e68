"""The papers of an assessment: who reads which, and each to take out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.actions.papers import take_paper
from closeout.web.evidence.models import AssessmentRun
from closeout.web.evidence.papers import BY_RECOMMENDATION, WHAT, for_readers, index_of, kept_runs, papers_of
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.recommendations.actions.errors import ActionRefusedError
from closeout.web.recommendations.models import Recommendation

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from closeout.evidence.letters.index import PaperIndex
    from closeout.web.evidence.papers import Paper
    from closeout.web.http import SignedInRequest

PAGE = "evidence/paper_list.html"
PAGE_SIZE = 25


@require_GET
def paper_list(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """Show the papers of an assessment by who reads them: of the newest, or of one whose papers are kept."""
    require(request.user, Permission.ASSESSMENT_READ)
    shown = shown_run(localdate())
    run = shown.run if pk is None else get_object_or_404(AssessmentRun, pk=pk)
    index = index_of(run)
    page = Paginator(_by_recommendation(index), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "run": run,
        "index": index,
        "readers": for_readers(index) if index else [],
        "kinds": [(kind, WHAT[kind]) for kind in BY_RECOMMENDATION],
        "page": page,
        "recommendations": _named(list(page.object_list)),
        "others": AssessmentRun.objects.filter(
            pk__in=[each for each in kept_runs() if run and each != run.pk]
        ),
    }
    return render(request, PAGE, context)


@require_GET
def paper_file(request: SignedInRequest, pk: int, path: str) -> HttpResponseBase:
    """Send a paper as a download; a browser never opens it within the site."""
    require(request.user, Permission.ASSESSMENT_READ)
    require(request.user, Permission.RECOMMENDATION_EXPORT)
    run = get_object_or_404(AssessmentRun, pk=pk)
    try:
        taken = take_paper(by=request.user, run=run, path=path)
    except LookupError as error:
        raise Http404(str(error)) from error
    except ActionRefusedError as refusal:
        messages.error(request, f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
        return redirect("evidence:paper-list-of", run.pk)
    answer = FileResponse(
        taken.path.open("rb"), as_attachment=True, filename=taken.filename, content_type=taken.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _by_recommendation(index: PaperIndex | None) -> list[tuple[str, list[Paper]]]:
    """Return the papers that are of one recommendation, by its key in the register's order."""
    found: dict[str, list[Paper]] = {}
    for one in papers_of(index.papers) if index else ():
        if one.subject:
            found.setdefault(one.subject, []).append(one)
    return list(found.items())


def _named(some: list[tuple[str, list[Paper]]]) -> list[tuple[str, Recommendation | None, list[Paper]]]:
    """Return the same with the recommendation as the register has it; None where it has left it."""
    rows = Recommendation.objects.filter(key__in=[key for key, _ in some]).select_related("report")
    known = {row.key: row for row in rows}
    return [(key, known.get(key), papers) for key, papers in some]
