"""The app of staffing."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Hours, need, moves and plans."""

    name = "closeout.web.staffing"
    label = "staffing"
    default_auto_field = "django.db.models.BigAutoField"
