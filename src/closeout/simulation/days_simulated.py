"""The days that a simulation counts, and what lies outside them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from closeout.simulation.model import ModelError

if TYPE_CHECKING:
    from datetime import date

    from closeout.simulation.model import OfficeModel


def check_days(model: OfficeModel, what: str, from_on: date, to_on: date) -> None:
    """Refuse a span that would change nothing: it ends before it begins, or is on no day counted.

    Raises:
        ModelError: It is one; the message names the days.

    """
    if to_on < from_on:
        msg = f"{what}: it ends on {to_on}, before it begins on {from_on}"
        raise ModelError(msg)
    end = model.start_on + timedelta(days=model.days - 1)
    if from_on > end or to_on < model.start_on:
        msg = f"{what}: from {from_on} to {to_on} is on no day simulated, {model.start_on} to {end}"
        raise ModelError(msg)
