"""Every address of the site."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("closeout.web.home.urls")),
    path("account/", include("closeout.web.accounts.urls")),
    path("people/", include("closeout.web.people.urls")),
    path("jobs/", include("closeout.web.jobs.urls")),
    path("components/", include("closeout.web.components.urls")),
    path("audit/", include("closeout.web.audit.urls")),
    path("cases/", include("closeout.web.casework.urls")),
    path("staffing/", include("closeout.web.staffing.urls")),
    path("evidence/", include("closeout.web.evidence.urls")),
]

# Rooms that land after this one.
if find_spec("closeout.web.recommendations") and find_spec("closeout.web.recommendations.urls"):
    urlpatterns.append(path("recommendations/", include("closeout.web.recommendations.urls")))
if find_spec("closeout.api.urls"):
    urlpatterns.append(path("api/", include("closeout.api.urls")))
