"""What an officer or supervisor can do on a case, as the pages offer it.

An act ties an action (`closeout.web.casework.actions`) to the form that asks for what it needs, and says
when the page offers it. Whether it is allowed is for the action to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.timezone import localdate

from closeout.web.accounts.permissions import Permission
from closeout.web.recommendations.forms import date_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, Record

ACTS: dict[str, Act] = {}
"""Every act by its slug, in the order in which the pages list them."""


UNCHOSEN = ("", "Choose one")


class ActForm(forms.Form):
    """What an act asks for. Each asks at least for the day."""

    on = forms.DateField(label="On", widget=date_input(), initial=localdate)
    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, subject: Record | None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        self.case = case
        self.subject = subject
        super().__init__(*args, **kwargs)
        for field_ in self.fields.values():
            if isinstance(field_, forms.DateField):
                field_.widget = date_input()
            nothing_chosen(field_)
        if "expected_version" in self.fields:
            self.fields["expected_version"].initial = (subject or case).row_version


def nothing_chosen(field_: forms.Field) -> None:
    """Let a drop-down that must be answered begin with no answer, so that none is given by not looking."""
    if not isinstance(field_, forms.ChoiceField) or not field_.required or field_.initial is not None:
        return
    # Django's stubs leave out that what the choices are always can be listed.
    choices = list(cast("Iterable[tuple[str, str]]", field_.choices))
    if choices and not isinstance(field_.widget, forms.RadioSelect):
        field_.choices = [UNCHOSEN, *choices]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done.

    `run` gets who acts, the case, the subject (None for an act on the case itself) and the form's values.
    `subjects` returns the rows of the case on which the act is offered to somebody now; None for an act
    on the case.
    """

    slug: str
    label: str
    group: str
    rule: str
    run: Callable[[User, Case, Any, Mapping[str, Any]], object]
    form: type[ActForm] = ActForm
    permission: Permission = Permission.CASE_WORK
    subjects: Callable[[Case, User], QuerySet[Any]] | None = None
    offered: Callable[[Case], bool] = field(default=lambda _case: True)
    done: str = "Recorded."
    warns: bool = False
    """Whether it takes something away or closes something."""


def register(*acts: Act) -> None:
    """Add acts.

    Raises:
        ValueError: A slug is taken.

    """
    for act in acts:
        if act.slug in ACTS:
            msg = f"two acts are called {act.slug}"
            raise ValueError(msg)
        ACTS[act.slug] = act


def version_of(values: Mapping[str, Any]) -> int | None:
    """Return the version of the row as the person saw it."""
    return values.get("expected_version")
