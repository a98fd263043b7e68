"""The app of the casework tables."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Names the app."""

    name = "closeout.web.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
