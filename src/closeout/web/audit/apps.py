"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, when, to what, and why."""

    name = "closeout.web.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Add the log to the places."""
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - models load first
        from closeout.web.navigation import Place, register  # noqa: PLC0415

        register(Place(90, "Audit", "audit:event-list", Permission.AUDIT_READ, is_minor=True))
