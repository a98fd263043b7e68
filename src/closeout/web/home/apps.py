"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """First screen, about, components, errors."""

    name = "closeout.web.home"
    label = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        """Say which roles start on a first screen of this app."""
        from closeout.web.accounts.models import Role  # noqa: PLC0415 - models load first
        from closeout.web.navigation import register_home  # noqa: PLC0415 - as above

        for role in (
            Role.AUDIT_LIAISON,
            Role.APPROVER,
            Role.PROGRAM_MANAGER,
            Role.DIRECTOR,
            Role.ADMINISTRATOR,
        ):
            register_home(role, "home:first-screen")
