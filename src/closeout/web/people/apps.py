"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Managing accounts."""

    name = "closeout.web.people"
    label = "people"
    verbose_name = "People and roles"
