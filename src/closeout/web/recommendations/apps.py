"""The recommendations room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Reports, recommendations, promises, evidence, and letters."""

    name = "closeout.web.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the work of this app, and add its pages to the places."""
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - models load first
        from closeout.web.navigation import Place, register  # noqa: PLC0415
        from closeout.web.recommendations import upload_job  # noqa: F401, PLC0415 - models load first

        read = Permission.RECOMMENDATION_READ
        register(Place(10, "Recommendations", "recommendations:recommendation-list", read))
        register(Place(20, "Promises", "recommendations:promise-list", read))
        # Who leads an office reaches the documents from the list: its row is full.
        documents = "recommendations:document-list"
        register(Place(30, "Documents", documents, read, unless=Permission.UNIT_READ))
        # Others find the queue from the list; in the row it is for those who settle it.
        register(Place(40, "Review", "recommendations:review-queue", Permission.READING_REVIEW))
