"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Managing accounts."""

    name = "closeout.web.people"
    label = "people"
    verbose_name = "People and roles"

    def ready(self) -> None:
        """Write changes of second factors to the audit log."""
        from closeout.web.people import second_factor  # noqa: PLC0415 - models load first

        second_factor.listen()
