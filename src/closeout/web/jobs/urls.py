"""Addresses of background jobs."""

from django.urls import path

from closeout.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job-list"),
    path("<int:pk>/", views.job_detail, name="job-detail"),
    path("<int:pk>/cancel/", views.job_cancel, name="job-cancel"),
    path("<int:pk>/rerun/", views.job_rerun, name="job-rerun"),
]
