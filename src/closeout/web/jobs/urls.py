"""Addresses of background jobs."""

from django.urls import path

from closeout.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job-list"),
]
