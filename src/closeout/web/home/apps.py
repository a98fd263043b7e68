"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """First screen, about, components, errors."""

    name = "closeout.web.home"
    label = "home"
    verbose_name = "Home"
