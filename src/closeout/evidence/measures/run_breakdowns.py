"""What the parts of a breakdown are called, and in which order they stand: never in that of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.compile.tallies import AGES
from closeout.evidence.measures.declared import AGE, DOCKET, DUTY, By, OverDuties
from closeout.evidence.measures.run_tally import NO_OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.evidence.measures.measure import Measure

_NOTHING = {DOCKET: "(about no case)"}
_NONE = "(none)"


def declared_by(over: object) -> tuple[By, ...]:
    """Return what a measure is broken down by; nothing for one of a register of our own."""
    found: tuple[By, ...] = getattr(over, "by", ())
    return found


def title_of(by: By, measure: Measure) -> str:
    """Return what a breakdown is by, as the heading of a column."""
    if by.name == AGE and not by.steps:
        return "Days overdue" if isinstance(measure.over, OverDuties) else "Days ago"
    words = by.name.rsplit(".", maxsplit=1)[-1].removesuffix("_id").replace("_", " ")
    return words.capitalize()


def labels_of(by: By, found: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return what each part is called, by its category, in the order to be shown.

    Args:
        by: What it is broken down by.
        found: The categories that were counted.
        names: What a table of the records calls them, by its key; empty if none does.

    Returns:
        Names in their own order and what has none last; ages from young to old, with those that nothing has.

    """
    if by.name == AGE and not by.steps:
        return {str(place): words for place, words in enumerate(age_words())}
    made = {one: names.get(one) or _words(by, one) for one in found}
    order = sorted(made, key=lambda one: (one == NO_OFFICE, made[one].casefold(), one))
    return {one: made[one] for one in order}


def age_words() -> tuple[str, ...]:
    """Return the bands of age in words, young to old."""
    firsts = (0, *AGES)
    between = [f"{first} to {after - 1} days" for first, after in zip(firsts[1:], AGES[1:], strict=False)]
    return (f"up to {AGES[0] - 1} days", *between, f"over {AGES[-1] - 1} days")


def _words(by: By, category: str) -> str:
    if category == NO_OFFICE:
        return _NOTHING.get(by.name, _NONE)
    return category if by.name == DUTY else category.replace("_", " ")
