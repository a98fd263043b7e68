"""Addresses of the recommendations."""

from django.urls import path

from closeout.web.recommendations.views import (
    acts,
    charts,
    closing,
    detail,
    documents,
    evidence,
    exports,
    listing,
    review,
    sources,
)

app_name = "recommendations"
urlpatterns = [
    path("", listing.recommendation_list, name="recommendation-list"),
    path("export/", exports.recommendation_export, name="recommendation-export"),
    path("aging/", charts.aging, name="aging"),
    path("promises/", charts.promise_list, name="promise-list"),
    path("charts/<slug:name>.svg", charts.chart, name="chart"),
    path("<int:pk>/", detail.recommendation_detail, name="recommendation-detail"),
    path("<int:pk>/progress/", acts.progress_add, name="progress-add"),
    path("<int:pk>/plan/", acts.plan_set, name="plan-set"),
    path("<int:pk>/promise/", acts.promise_record, name="promise-record"),
    path("<int:pk>/evidence/", evidence.evidence_add, name="evidence-add"),
    path("<int:pk>/closure/", closing.closure_request, name="closure-request"),
    path("<int:pk>/decision/", closing.decision_record, name="decision-record"),
    path("milestones/<int:pk>/done/", acts.milestone_complete, name="milestone-complete"),
    path("conflicts/<int:pk>/", acts.conflict_resolve, name="conflict-resolve"),
    path("evidence/<int:pk>/cover/", evidence.need_cover, name="need-cover"),
    path("evidence/revisions/<int:pk>/review/", evidence.evidence_review, name="evidence-review"),
    path("evidence/revisions/<int:pk>/file/", evidence.evidence_file, name="evidence-file"),
    path("closures/<int:pk>/decide/", closing.closure_decide, name="closure-decide"),
    path("closures/<int:pk>/sent/", closing.closure_sent, name="closure-sent"),
    path("sources/<int:pk>/", sources.source_detail, name="source-detail"),
    path("sources/<int:pk>/pages/<int:number>.png", sources.page_picture, name="page-picture"),
    path("documents/", documents.document_list, name="document-list"),
    path("documents/upload/", documents.document_upload, name="document-upload"),
    path("documents/<int:pk>/", documents.document_detail, name="document-detail"),
    path("review/", review.review_queue, name="review-queue"),
    path("review/<int:pk>/", review.review_item, name="review-item"),
]
