"""The list as a file, exactly what the filters show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.forms import FilterForm
from closeout.web.recommendations.views.days import asked_day

if TYPE_CHECKING:
    from closeout.web.http import SignedInRequest


@require_GET
def recommendation_export(request: SignedInRequest) -> HttpResponse:
    """Send the recommendations under the filters as CSV, JSON or a spreadsheet."""
    from closeout.web.recommendations.export import MEDIA_TYPES, write_register  # noqa: PLC0415

    require(request.user, Permission.RECOMMENDATION_EXPORT)
    kind = request.GET.get("format", "csv")
    if kind not in MEDIA_TYPES:
        return HttpResponse(
            f"There is no format {kind[:20]!r}; ask for csv, json or xlsx.\n",
            status=400,
            content_type="text/plain",
        )
    form = FilterForm(request.GET)
    as_of = asked_day(request)
    data = write_register(form.filters(), form.order(), kind=kind, as_of=as_of)
    answer = HttpResponse(data, content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="recommendations-{as_of.isoformat()}.{kind}"'
    return answer
