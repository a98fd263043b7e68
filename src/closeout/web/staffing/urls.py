"""Addresses of staffing. Offices and officers are named by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "staffing"
urlpatterns: list[URLPattern] = []
