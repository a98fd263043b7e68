"""The app of staffing."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Hours, need, moves and plans."""

    name = "closeout.web.staffing"
    label = "staffing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the pages to the places, and say which role starts where."""
        from closeout.web.accounts.models import Role  # noqa: PLC0415 - models load first
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - as above
        from closeout.web.casework.queries.posts import register_posts  # noqa: PLC0415 - as above
        from closeout.web.navigation import Place, register, register_home  # noqa: PLC0415 - as above
        from closeout.web.staffing import jobs  # noqa: F401, PLC0415 - the worker knows their work
        from closeout.web.staffing.queries.posts import newest_posts  # noqa: PLC0415 - as above

        register(
            Place(2, "My time", "staffing:time-entry", Permission.TIME_RECORD, unless=Permission.UNIT_READ)
        )
        register(Place(35, "Offices", "staffing:office-list", Permission.STAFFING_READ))
        register(Place(36, "Time studies", "staffing:study-list", Permission.STUDY_MANAGE))
        register_posts(newest_posts)
        register_home(Role.PLANNER, "staffing:office-list")
