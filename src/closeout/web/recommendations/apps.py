"""The recommendations room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Reports, recommendations, promises, evidence, and letters."""

    name = "closeout.web.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the work of this app."""
        from closeout.web.recommendations import upload_job  # noqa: F401, PLC0415 - models load first
