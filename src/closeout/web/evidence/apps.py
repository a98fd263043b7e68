"""The app of the evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Assessment, measures, verdicts, dossiers."""

    name = "closeout.web.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the pages to the places, and say which role starts here."""
        from closeout.web.accounts.models import Role  # noqa: PLC0415 - models load first
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - as above
        from closeout.web.evidence import jobs  # noqa: F401, PLC0415 - the worker knows their work
        from closeout.web.navigation import Place, register, register_home  # noqa: PLC0415 - as above

        register(Place(50, "Evidence", "evidence:assessment", Permission.ASSESSMENT_READ))
        register_home(Role.AUDITOR, "evidence:assessment")
        register_home(Role.READER, "evidence:assessment")
