"""Integrity: what must not be so in the records, and which rows are?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework.models import Finding

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest

PAGE_SIZE = 50
OWN_ONLY = (Role.SUPERVISOR, Role.DIRECTOR)


@require_GET
def rule_list(request: SignedInRequest) -> HttpResponse:
    """Show every rule with how many rows break it: none is an answer, and so is "not looked yet"."""
    from closeout.duties.integrity import RULES  # noqa: PLC0415 - brings the engine

    require(request.user, Permission.INTEGRITY_READ)
    seen = _seen(request.user)
    counts = {
        one["rule"]: one for one in seen.values("rule").annotate(count=Count("pk"), oldest=Min("since_on"))
    }
    looked_on = Finding.objects.aggregate(day=Max("found_on"))["day"]
    lines = [(rule, counts.get(name, {"count": 0, "oldest": None})) for name, rule in RULES.items()]
    context = {"lines": lines, "looked_on": looked_on, "broken": sum(1 for _, one in lines if one["count"])}
    return render(request, "casework/integrity.html", context)


@require_GET
def rule_detail(request: SignedInRequest, rule: str) -> HttpResponse:
    """Show the rows that break one rule, by since when and key."""
    from closeout.duties.integrity import RULES  # noqa: PLC0415 - brings the engine

    require(request.user, Permission.INTEGRITY_READ)
    if rule not in RULES:
        msg = f"no rule is called {rule}"
        raise Http404(msg)
    found = _seen(request.user).filter(rule=rule).order_by("since_on", "subject_table", "subject")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"rule": RULES[rule], "page": page, "may_open": may(request.user, Permission.CASE_READ)}
    return render(request, "casework/integrity_rule.html", context)


def _seen(user: User) -> QuerySet[Finding]:
    """Return the findings somebody may see: those who lead an office its own, the others all."""
    return Finding.objects.filter(office_id=user.office) if user.role in OWN_ONLY else Finding.objects.all()
