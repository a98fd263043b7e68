"""The audit log's filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from closeout.web.audit.models import EventQuerySet


class EventFilter(forms.Form):
    """Which events to show; empty fields ask for all."""

    is_filter = True
    actor = forms.CharField(label="Staff number", required=False, max_length=40)
    action = forms.CharField(
        label="Action starts with",
        required=False,
        max_length=60,
    )
    object = forms.CharField(label="Object id", required=False, max_length=80)
    first = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        """Return the events asked for; a filter that cannot be read shows none."""
        if not self.is_valid():
            return events.none()
        wanted = self.cleaned_data
        if wanted["actor"]:
            events = events.filter(actor__iexact=wanted["actor"])
        if wanted["action"]:
            events = events.filter(action__startswith=wanted["action"])
        if wanted["object"]:
            events = events.filter(object_id=wanted["object"])
        return events.between(wanted["first"], wanted["last"])
