"""The app of casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases and the day's work on them."""

    name = "closeout.web.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the pages to the places."""
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - models load first
        from closeout.web.casework import jobs  # noqa: F401, PLC0415 - the worker knows their work
        from closeout.web.navigation import Place, register  # noqa: PLC0415 - as above

        register(Place(1, "My day", "casework:my-day", Permission.DAY_READ, unless=Permission.UNIT_READ))
        register(Place(2, "Unit", "casework:unit", Permission.UNIT_READ))
        register(Place(3, "Cases", "casework:case-list", Permission.CASE_READ))
        register(Place(60, "Integrity", "casework:integrity", Permission.INTEGRITY_READ, is_minor=True))
        register(Place(61, "Records", "casework:records", Permission.RECORDS_MANAGE, is_minor=True))
