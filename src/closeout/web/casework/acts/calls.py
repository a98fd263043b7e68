"""How an act calls its action: with who acts, the row, and the form's values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from closeout.web.accounts.models import User
from closeout.web.casework.models import Case

Run = Callable[[User, Case, Any, Mapping[str, Any]], object]
"""How an act is carried out: who acts, the case, the row it is about (or None), the form's values."""


def on_case(action: Callable[..., object]) -> Run:
    """Return how an act on the case itself calls its action."""

    def run(by: User, case: Case, _subject: object, values: Mapping[str, Any]) -> object:
        return action(by=by, case_no=case.pk, **given(values))

    return run


def on_row(action: Callable[..., object], key: str) -> Run:
    """Return how an act on a row of the case calls its action, which takes the row's key as `key`."""

    def run(by: User, _case: Case, subject: Any, values: Mapping[str, Any]) -> object:  # noqa: ANN401 - any row
        return action(by=by, **{key: subject.pk}, **given(values))

    return run


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that were given: what was left empty is left to the action."""
    return {name: value for name, value in values.items() if value not in (None, "")}
