"""The components app."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Template components and their gallery."""

    name = "closeout.web.components"
    label = "components"
    verbose_name = "Components"
