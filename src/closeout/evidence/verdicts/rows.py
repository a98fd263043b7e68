"""A verdict as rows: nothing of it left out, each row named, so that two of them can be compared.

Every object of a verdict is a row: `part` says which kind it is, `of` which one, and the other columns hold
what it says. What an object holds once stands in its row (`result.verdict`); what it holds several times
becomes rows of their own (`rows/cells` of `ATD-1-01/2026-04-01`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEYS = ("part", "of")
_NAMES = (
    ("standard_id",),
    ("facility_id",),
    ("requirement_id",),
    ("office_id",),
    ("period_from",),
    ("fiscal_year", "kind"),
    ("quarter",),
    ("rating",),
    ("model",),
    ("basis",),
    ("item",),
    ("bucket",),
    ("unit.name",),
    ("month_from",),
    ("source_state",),
    ("length",),
    ("label",),
)
"""What names an object among others of its kind: the first that all of them have, each its own."""


def rows_of_verdict(plain: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return every object of a verdict as a row.

    Args:
        plain: The verdict as JSON takes it.

    Returns:
        Rows with `part`, `of` and what the object says; no two have the same `part` and `of`.

    """
    return tuple(_rows(plain, (), ()))


def _rows(said: Mapping[str, Any], part: tuple[str, ...], of: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    once, several = _split(said)
    yield {"part": "/".join(part), "of": "/".join(of), **once}
    for name, items in several.items():
        objects = [_object(item) for item in items]
        for named, one in zip(_named(objects), objects, strict=True):
            yield from _rows(one, (*part, name), (*of, named))


def _split(said: Mapping[str, Any], before: str = "") -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
    """Return what an object holds once, by its dotted name, and its lists."""
    once: dict[str, Any] = {}
    several: dict[str, Sequence[Any]] = {}
    for name, value in said.items():
        if isinstance(value, list):
            several[before + name] = value
        elif isinstance(value, dict) and "columns" in value and "rows" in value:
            several[before + name] = _records(value)
        elif isinstance(value, dict):
            inner, lists = _split(value, f"{before}{name}.")
            once |= inner
            several |= lists
        else:
            once[before + name] = value
    return once, several


def _records(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a table's rows by the names of its columns."""
    names = [column["name"] for column in table["columns"]]
    return [dict(zip(names, row, strict=True)) for row in table["rows"]]


def _object(item: object) -> dict[str, Any]:
    if isinstance(item, dict):
        return item
    if isinstance(item, list):
        return {f"value {place}": value for place, value in enumerate(item, 1)}
    return {"value": item}


def _named(objects: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a name for each object: what it is called where all are called otherwise, else its number."""
    found = [_split(one)[0] for one in objects]
    for names in _NAMES:
        called = [" ".join(str(one.get(name, "")) for name in names).replace("/", " ") for one in found]
        if all(names[0] in one for one in found) and len(set(called)) == len(called):
            return called
    return [str(place) for place in range(1, len(objects) + 1)]
