"""Documents: what was read, how completely, what went wrong; and adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.actions import documents as actions
from closeout.web.recommendations.actions.errors import ActionRefusedError
from closeout.web.recommendations.forms import UploadForm
from closeout.web.recommendations.models import Capture, Document
from closeout.web.recommendations.queries.changes import changes_of
from closeout.web.recommendations.queries.listing import incomplete_captures

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE_SIZE = 50


@require_GET
def document_list(request: SignedInRequest) -> HttpResponse:
    """Show every document with its newest capture."""
    require(request.user, Permission.RECOMMENDATION_READ)
    newest = Capture.objects.filter(is_newest=True).defer("text", "reading")
    documents = Document.objects.annotate(versions=Count("captures")).prefetch_related(
        Prefetch("captures", newest, to_attr="newest")
    )
    page = Paginator(documents.order_by("origin"), PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "page": page,
        "caption": f"{total:,} document{'' if total == 1 else 's'}",
        "incomplete": incomplete_captures().count(),
        "unread": Capture.objects.filter(is_newest=True, is_fatal=True).count(),
    }
    return render(request, "recommendations/document_list.html", context)


@require_GET
def document_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one document's captures and what changed from each to the next."""
    require(request.user, Permission.RECOMMENDATION_READ)
    document = get_object_or_404(Document, pk=pk)
    captures = Capture.objects.filter(document=document).defer("text", "reading").order_by("-got_at", "-pk")
    context = {"document": document, "captures": captures, "changes": changes_of(document)}
    return render(request, "recommendations/document_detail.html", context)


@require_http_methods(["GET", "POST"])
def document_upload(request: SignedInRequest) -> HttpResponse:
    """Take a document and start reading it; the job's page shows how far it is."""
    require(request.user, Permission.DOCUMENT_UPLOAD)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        wanted = form.cleaned_data
        document = wanted["document"]
        try:
            job = actions.upload_document(
                by=request.user,
                filename=wanted["file"].name,
                data=wanted["file"].read(),
                got_on=wanted["got_on"],
                document_id=document.pk if document else None,
            )
        except ActionRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("jobs:job-detail", job.pk)
    status = 422 if form.errors else 200
    return render(request, "recommendations/document_upload.html", {"form": form}, status=status)
