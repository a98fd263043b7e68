"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Managing accounts."""

    name = "closeout.web.people"
    label = "people"
    verbose_name = "People and roles"

    def ready(self) -> None:
        """Add the page for those who manage accounts, and log changes of second factors."""
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - models load first
        from closeout.web.navigation import Place, register  # noqa: PLC0415
        from closeout.web.people import second_factor  # noqa: PLC0415 - models load first

        register(Place(70, "People", "people:person-list", Permission.ACCOUNT_MANAGE))
        second_factor.listen()
