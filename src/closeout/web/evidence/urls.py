"""Addresses of the evidence. Measures are named by their codes."""

from django.urls import path

from closeout.web.evidence.views import (
    analyses,
    assessment,
    dossiers,
    measures,
    offices,
    papers,
    plans,
    rows,
    verifying,
)

app_name = "evidence"
urlpatterns = [
    path("", assessment.assessment, name="assessment"),
    path("runs/", assessment.run_start, name="run-start"),
    path("measures/", measures.measure_list, name="measure-list"),
    path("measures/<slug:code>/", measures.measure_detail, name="measure-detail"),
    path("measures/<slug:code>/<slug:name>.svg", measures.measure_chart, name="measure-chart"),
    path("measures/<slug:code>/query.sql", measures.measure_query, name="measure-query"),
    path("measures/<slug:code>/rows/", rows.measure_rows, name="measure-rows"),
    path("measures/<slug:code>/rows/look-up/", rows.rows_start, name="rows-start"),
    path("offices/", offices.office_list, name="office-list"),
    path("standards/", analyses.standards, name="standards"),
    path("deficiencies/", analyses.deficiencies, name="deficiencies"),
    path("deficiencies/<slug:name>.svg", analyses.deficiency_chart, name="deficiency-chart"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:pk>/submit/", dossiers.dossier_submit, name="dossier-submit"),
    path("dossiers/<int:pk>/freeze/", dossiers.figure_freeze, name="figure-freeze"),
    path("dossiers/<int:pk>/files/<slug:kind>/", dossiers.dossier_file, name="dossier-file"),
    path("plans/<int:pk>/freeze/", plans.plan_freeze, name="plan-freeze"),
    path("papers/", papers.paper_list, name="paper-list"),
    path("papers/<int:pk>/", papers.paper_list, name="paper-list-of"),
    path("papers/<int:pk>/files/<path:path>", papers.paper_file, name="paper-file"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<int:pk>/", verifying.verify_detail, name="verify-detail"),
    path("closures/<int:pk>/files/<int:place>/", dossiers.closure_file, name="closure-file"),
    path("closures/<int:pk>/decide/", dossiers.dossier_decide, name="dossier-decide"),
]
