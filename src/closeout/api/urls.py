"""Addresses of the API."""

from django.urls import path

from closeout.api.app import api

urlpatterns = [path("v1/", api.urls)]
