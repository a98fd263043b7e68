"""Files that somebody brings to be verified: kept until that is done, what was found a month."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

_DIGEST = 64


class BroughtFile(models.Model):
    """One file, for the person who brought it and nobody else. Its bytes go when it is verified."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    filename = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=_DIGEST)
    data = models.BinaryField(null=True)
    """Empty as soon as something was found."""
    found = models.JSONField(null=True)
    """What verifying came to (`verifying.found.Found`); empty until then."""
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(found__isnull=True) | Q(data__isnull=True),
                name="broughtfile_bytes_go_when_verified",
            ),
        )

    def __str__(self) -> str:
        return f"file {self.sha256[:12]}"
