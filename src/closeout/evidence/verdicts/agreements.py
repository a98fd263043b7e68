"""The register of agreements beside the public lists: what is known, and what a list cannot say (C1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from closeout.evidence.statistics.intervals import Interval, wilson
from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.reading import fiscal_year, known, need, rows_of
from closeout.reading.countwords import agreeing, counted, some_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

STATES = ("signed", "active", "suspended", "ended", "unlisted")
ALL = "ALL"
INSPECTED_MONTHS = 24
_COLUMNS = (
    "agreement_id",
    "partner_id",
    "model",
    "state",
    "signed_on",
    "operational_on",
    "ended_on",
    "last_listed_on",
)


@dataclass(frozen=True, slots=True)
class ModelCount:
    """Agreements of one model, by where they stand.

    Attributes:
        model: The model; ALL for all of them.
        states: How many are in each state of the register; zeros included.
        published: How many the newest public list by the day has; None without one.
        difference: Active in the register less published; None without a list.

    """

    model: str
    states: Mapping[str, int]
    published: int | None
    difference: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many active agreements were inspected in the last 24 months.

    Attributes:
        active: Active agreements of the models that are inspected.
        inspected: Of these, inspected in the last 24 months.
        interval: Wilson, 95 %: as if those active were drawn from all that might be; None without any.

    """

    active: int
    inspected: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Agreements:
    """The register on a day.

    Attributes:
        as_of: The day it stands on.
        agreements: How many were signed by then.
        partners: How many partners they are with.
        models: By model, ALL last.
        list_on: The date of the newest public list by then; None without one.
        lists: How many public lists there are by then, and the first one's date.
        first_published, last_published: Agreements on the first and the newest list.
        signed_by_year: Fiscal year and how many were signed in it.
        coverage: None where the records hold no inspections of partners.
        cannot: What cannot be concluded, a sentence each.

    """

    as_of: date
    agreements: int
    partners: int
    models: tuple[ModelCount, ...]
    list_on: date | None
    lists: int
    first_list_on: date | None
    first_published: int | None
    last_published: int | None
    signed_by_year: tuple[tuple[int, int], ...]
    coverage: Coverage | None
    cannot: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        made: dict[str, Any] = as_plain(self)
        return made


def agreements(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> Agreements:
    """Return what the register and the public lists say on a day.

    Args:
        engine: Where the tables are.
        tables: The tables by name; `agreements` is needed, `published_counts` and `partner_inspections` add.
        as_of: The day to stand on: later signatures, lists and inspections are not known.

    Raises:
        LacksTablesError: There is no `agreements`.

    """
    need(tables, ["agreements"])
    rows = [row for row in rows_of(engine, tables, "agreements", _COLUMNS) if row["signed_on"] <= as_of]
    lists = _lists(engine, tables, as_of)
    newest, first = max(lists, default=None), min(lists, default=None)
    models = sorted({row["model"] for row in rows} | set(lists[newest] if newest else ()))
    counts = tuple(_model(model, rows, lists[newest] if newest else None) for model in (*models, ALL))
    signed = Counter(fiscal_year(row["signed_on"]) for row in rows)
    coverage = _coverage(engine, tables, rows, as_of)
    return Agreements(
        as_of,
        len(rows),
        len({row["partner_id"] for row in rows}),
        counts,
        newest,
        len(lists),
        first,
        sum(lists[first].values()) if first else None,
        sum(lists[newest].values()) if newest else None,
        tuple(sorted(signed.items())),
        coverage,
        _cannot(rows, newest, counts[-1], coverage),
    )


def _lists(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> dict[date, Counter[str]]:
    """Return how many agreements of each model each public list by a day has; printed totals left out."""
    found: dict[date, Counter[str]] = {}
    columns = ["count_id", "kind", "as_of_on", "area", "category", "amount"]
    for row in rows_of(engine, tables, "published_counts", columns):
        day = known(row["as_of_on"], as_of)
        if row["kind"] == "agreements" and day is not None and ALL not in {row["area"], row["category"]}:
            found.setdefault(day, Counter())[row["category"]] += row["amount"]
    return found


def _model(model: str, rows: Sequence[Mapping[str, Any]], listed: Mapping[str, int] | None) -> ModelCount:
    states = Counter(row["state"] for row in rows if model in {row["model"], ALL})
    published = None
    if listed is not None:
        published = sum(listed.values()) if model == ALL else listed.get(model, 0)
    return ModelCount(
        model,
        {state: states[state] for state in STATES},
        published,
        None if published is None else states["active"] - published,
    )


def _coverage(
    engine: Engine, tables: Mapping[str, ir.Table], rows: Sequence[Mapping[str, Any]], as_of: date
) -> Coverage | None:
    if "partner_inspections" not in tables:
        return None
    since = as_of - relativedelta(months=INSPECTED_MONTHS)
    held = rows_of(engine, tables, "partner_inspections", ["inspection_id", "agreement_id", "held_on"])
    inspected = {row["agreement_id"] for row in held if row["held_on"] and since < row["held_on"] <= as_of}
    active = [row["agreement_id"] for row in rows if row["state"] == "active" and row["model"] != "TFM"]
    done = sum(one in inspected for one in active)
    return Coverage(len(active), done, wilson(done, len(active)) if active else None)


def _cannot(
    rows: Sequence[Mapping[str, Any]], newest: date | None, every: ModelCount, coverage: Coverage | None
) -> tuple[str, ...]:
    if not rows:
        return ("The records hold no agreement signed by this day: nothing can be said.",)
    unlisted = sum(row["state"] == "unlisted" for row in rows)
    undated = sum(row["operational_on"] is None for row in rows)
    said = [
        (
            unlisted > 0,
            (
                f"{counted(unlisted, 'agreement is', 'agreements are')} gone from the public "
                "list. That is no ending: any may have ended, or been renamed or respelled there. None "
                "counts as ended, and none as active."
            ),
        ),
        (
            undated > 0,
            (
                f"{some_of(undated, len(rows), 'agreement')} {agreeing(undated, 'has', 'have')} no day on "
                "which operations began: when the first review fell due is not known."
            ),
        ),
        (
            coverage is None,
            (
                "The records hold no inspections of partners: oversight is not assessed. That is not the "
                "same as none being done."
            ),
        ),
        (newest is None, "The records hold no public list: the register cannot be compared with one."),
        (
            bool(every.difference),
            (
                f"The newest public list has {counted(every.published or 0, 'agreement')}, the register "
                f"{counted(every.states['active'], 'active one')}: rows may be missing, quarantined "
                "or spelled twice. The register is not complete, or the list is not right."
            ),
        ),
    ]
    return tuple(sentence for holds, sentence in said if holds)
