"""Rows about measures that several first screens show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.evidence.measures.measure import Verdict
from closeout.evidence.wording import said, target
from closeout.web.home.panels import MOST, Panel, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.measures.measure import Measured, Result

OFF_TARGET = (Verdict.NOT_MET, Verdict.NOT_MET_NOT_ESTABLISHED)


def off_target(found: Sequence[tuple[Measured, Result]], *, title: str, nothing: str) -> Panel:
    """Return the measures whose result is off target, in the pack's order."""
    off = [each for each in found if each[1].verdict in OFF_TARGET]
    return Panel(
        "off-target",
        title,
        tuple(
            Row(
                each.measure.title,
                _page(each),
                f"{said(result.figure, each.measure)}; target {target(each.measure)}",
                is_late=True,
            )
            for each, result in off[:MOST]
        ),
        len(off),
        nothing,
        href=reverse("evidence:measure-list"),
        more="See all measures",
    )


def not_assessed(found: Sequence[tuple[Measured, Result]]) -> Panel:
    """Return the measures that could not be computed, with the reason."""
    without = [each for each in found if each[1].verdict is Verdict.NOT_ASSESSED]
    return Panel(
        "not-assessed",
        "Could not be assessed",
        tuple(Row(each.measure.title, _page(each), result.figure.reason) for each, result in without[:MOST]),
        len(without),
        "Every measure has a figure.",
        href=reverse("evidence:measure-list"),
        more="See all measures",
    )


def _page(each: Measured) -> str:
    return reverse("evidence:measure-detail", args=[each.measure.code])
