"""Refuse free text that identifies a person, before it is saved.

Closeout keeps no name, address or number of anybody supervised. People still paste such things
into notes, so every free-text field is scanned: the form shows where the words stand and does
not save. What is looked for is in `records/privacy.py`.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from closeout.records.privacy import Found, Identifier, find_identifiers, place_of

__all__ = ["Found", "FreeTextField", "Identifier", "check_free_text", "find_identifiers", "place_of"]


def check_free_text(text: str) -> None:
    """Refuse text that identifies a person.

    Raises:
        ValidationError: One message for each place, saying what was found and where, without
            repeating the words themselves (messages end up in logs and screenshots).

    """
    problems = [
        ValidationError(
            "This looks like %(kind)s (%(place)s). Take it out: nothing here may identify a person.",
            code="identifies-person",
            params={"kind": found.kind.value, "place": place_of(text, found)},
        )
        for found in find_identifiers(text)
    ]
    if problems:
        raise ValidationError(problems)


class FreeTextField(forms.CharField):
    """A text field for people's own words; anything that identifies a person blocks saving."""

    default_validators = [check_free_text]
    widget = forms.Textarea(attrs={"rows": 5})
