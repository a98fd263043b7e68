"""One event: something that somebody did, chained to the event before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models

if TYPE_CHECKING:
    from datetime import date

_NONE = "none"
GENESIS = "0" * 64
"""What stands for "the hash before" in the first event."""


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove an event."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an event changed, in words: "reader → approver", or what was set."""

    name: str
    words: str


class EventQuerySet(models.QuerySet["Event"]):
    """Reads events; refuses to change them."""

    def about(self, target: models.Model) -> Self:
        """Return the events on one object, oldest first."""
        return self.filter(object_type=target._meta.label_lower, object_id=str(target.pk)).order_by("seq")  # noqa: SLF001 - Django's public _meta

    def between(self, first: date | None, last: date | None) -> Self:
        """Return the events from one day to another, both included, in the site's time zone."""
        events = self
        if first:
            events = events.filter(at__date__gte=first)
        if last:
            events = events.filter(at__date__lte=last)
        return events

    def update(self, **_fields: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        """Refuse."""
        raise AppendOnlyError(_REFUSAL)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(_REFUSAL)


_REFUSAL = "the audit log is append-only"


class Event(models.Model):
    """Who did what to what, when and why; never changed, never removed (database triggers too)."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-seq",)
        indexes = (
            models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
            models.Index(fields=["actor"], name="audit_event_actor"),
            models.Index(fields=["action"], name="audit_event_action"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.action} by {self.actor}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Insert; refuse to change what is there."""
        if not self._state.adding:
            raise AppendOnlyError(_REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(_REFUSAL)

    @property
    def changes(self) -> list[Change]:
        """Return the values that differ before and after, by name; what was not there before is just said."""
        before, after = _by_name(self.before), _by_name(self.after)
        return [
            Change(name, " → ".join(side[name] for side in (before, after) if name in side))
            for name in sorted({**before, **after})
            if before.get(name, _NONE) != after.get(name, _NONE)
        ]


def _by_name(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return {str(name).replace("_", " "): _words(item) for name, item in value.items()}
    return {"value": _words(value)}


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or _NONE
    return _NONE if value is None or value == "" else str(value)
