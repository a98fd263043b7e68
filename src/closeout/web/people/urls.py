"""Addresses of people and roles."""

from django.urls import path

from closeout.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.person_list, name="person-list"),
]
