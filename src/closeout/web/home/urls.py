"""Addresses of the first screen and of pages about the site itself."""

from django.urls import path

from closeout.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.first_screen, name="first-screen"),
    path("about/", views.about, name="about"),
]
