"""Fields that several acts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from closeout.web.casework.codes import plain
from closeout.web.casework.models import Country, Office

if TYPE_CHECKING:
    from collections.abc import Iterable

OPTIONAL: dict[str, Any] = {"required": False}


def words(codes: Iterable[str], *, empty: str | None = None) -> list[tuple[str, str]]:
    """Return codes as choices in plain words, with a first empty one where `empty` says what it means."""
    listed = [(code, plain(code).capitalize()) for code in codes]
    return listed if empty is None else [("", empty), *listed]


class OfficeField(forms.ChoiceField):
    """One of the agency's offices, by its label."""

    def __init__(self, *, empty: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        self.empty = empty
        super().__init__(choices=self._offices, **kwargs)

    def _offices(self) -> list[tuple[str, str]]:
        listed = [
            (one.pk, f"{one.label} ({one.pk})")
            for one in Office.objects.filter(closed_on=None).order_by("label")
        ]
        return listed if self.empty is None else [("", self.empty), *listed]


class CountryField(forms.ChoiceField):
    """One of the countries that the records know."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(choices=self._countries, **kwargs)

    @staticmethod
    def _countries() -> list[tuple[str, str]]:
        return [(one.pk, one.label) for one in Country.objects.order_by("label")]
