"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work that people can watch."""

    name = "closeout.web.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Add the jobs to the places."""
        from closeout.web.accounts.permissions import Permission  # noqa: PLC0415 - models load first
        from closeout.web.navigation import Place, register  # noqa: PLC0415

        register(Place(80, "Jobs", "jobs:job-list", Permission.JOB_READ, is_minor=True))
