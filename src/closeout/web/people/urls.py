"""Addresses of people and roles."""

from django.urls import path

from closeout.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.person_list, name="person-list"),
    path("new/", views.person_create, name="person-create"),
    path("<int:pk>/", views.person_detail, name="person-detail"),
    path("<int:pk>/access/", views.person_access, name="person-access"),
    path("<int:pk>/password/", views.person_password, name="person-password"),
]
