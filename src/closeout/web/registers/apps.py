"""The app of the registers tables."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Names the app."""

    name = "closeout.web.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
