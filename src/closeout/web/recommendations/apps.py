"""The recommendations room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Reports, recommendations, promises, evidence, and letters."""

    name = "closeout.web.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"
