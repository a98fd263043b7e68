"""Fields that several acts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator

from closeout.web.casework.actions.policies import HAS_FORCE
from closeout.web.casework.codes import plain
from closeout.web.casework.models import Country, Office
from closeout.web.components.forms import LongSelect
from closeout.web.privacy import check_free_text
from closeout.web.registers.models import PolicyVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

OPTIONAL: dict[str, Any] = {"required": False}
TYPED_CODE = r"^[A-Za-z0-9][A-Za-z0-9./_:&+-]{0,23}\Z"
"""A code that somebody types: one word, at most 24 signs. The records allow more (`records.columns.CODE`)."""
LANGUAGE = r"^[a-z]{2,3}\Z"
"""The form of an ISO 639 code."""


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


class CodeField(forms.CharField):
    """A code of a list we do not know whole: one word, and nothing that identifies a person."""

    default_validators = [
        RegexValidator(TYPED_CODE, "A code is one word of letters, digits and . / _ : & + -, at most 24."),
        check_free_text,
    ]


class LanguageField(forms.CharField):
    """A language by its ISO 639 code, as the records keep it."""

    default_validators = [RegexValidator(LANGUAGE, "Two or three small letters, such as es or quc.")]


class PolicyVersionField(forms.ChoiceField):
    """One of the policy versions that have or had force; the empty one is first."""

    def __init__(self, *, empty: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        self.empty = empty
        super().__init__(choices=self._versions, widget=LongSelect, **kwargs)

    def _versions(self) -> list[tuple[str, str]]:
        known = PolicyVersion.objects.filter(state__in=HAS_FORCE).select_related("policy")
        listed = known.order_by("policy__label", "version")
        return [("", self.empty), *((one.pk, f"{one.policy.label} ({one.pk})") for one in listed)]
