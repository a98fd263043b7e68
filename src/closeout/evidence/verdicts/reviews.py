"""File reviews: how often something is wrong, and whether two reviewers see the same (A7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.evidence.statistics.intervals import Interval, cluster_bootstrap
from closeout.evidence.statistics.kappa import Agreement, cohen_kappa
from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.reading import need

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

ALLOWS_INFERENCE = frozenset({"all", "random"})
SEED = 20170413
"""Fixed, so that the same records give the same interval for ever."""
LEAST_DOUBLE = 30
"""Below so many items reviewed twice the interval of kappa is too rough to say much."""


@dataclass(frozen=True, slots=True)
class BasisDefects:
    """Reviews of files taken on one basis.

    Attributes:
        basis: Why the files were taken: `all`, `random`, `targeted` or `supervisor`.
        reviews: How many were completed by the day.
        items: How many items were looked at.
        defects: How many of them had a defect.
        share: defects / items, 0-1, where the basis lets one conclude about the other files; else None.
        interval: Offices drawn again as wholes: items of one office depend on each other. None without share.

    """

    basis: str
    reviews: int
    items: int
    defects: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How far two reviewers agree on one item of the checklist; `ALL` for all of them."""

    item: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Reviews:
    """File reviews on a day.

    Attributes:
        as_of: The day it stands on.
        reviews: How many were completed by then.
        bases: By why the files were taken.
        agreements: By item, `ALL` last; empty where nothing was reviewed twice.
        cannot: What cannot be concluded, a sentence each.

    """

    as_of: date
    reviews: int
    bases: tuple[BasisDefects, ...]
    agreements: tuple[ItemAgreement, ...]
    cannot: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        made: dict[str, Any] = as_plain(self)
        return made


def reviews(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> Reviews:
    """Return what file reviews show on a day, as counts by office and by pair of findings.

    Args:
        engine: Where the tables are.
        tables: The tables by name; `file_reviews` is needed, `file_review_items` adds the agreement.
        as_of: The day to stand on: reviews completed later are not known.

    Raises:
        LacksTablesError: There is no `file_reviews`.

    """
    need(tables, ["file_reviews"])
    bases = _bases(engine, tables["file_reviews"], as_of)
    agreements = _agreements(engine, tables, as_of)
    total = sum(one.reviews for one in bases)
    return Reviews(as_of, total, bases, agreements, _cannot(bases, agreements))


def _bases(engine: Engine, table: ir.Table, as_of: date) -> tuple[BasisDefects, ...]:
    rows = table.filter(table.completed_on <= as_of)
    grouped = rows.group_by("sample_basis", "office_id").agg(
        reviews=rows.count().cast("int64"),
        seen=rows["items"].sum().cast("int64"),
        defects=rows.defects.sum().cast("int64"),
    )
    offices: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in engine.to_arrow(grouped).to_pylist():
        offices[row["sample_basis"]].append(row)
    return tuple(_basis(basis, found) for basis, found in sorted(offices.items()))


def _basis(basis: str, offices: list[dict[str, Any]]) -> BasisDefects:
    items, defects = sum(one["seen"] for one in offices), sum(one["defects"] for one in offices)
    can = basis in ALLOWS_INFERENCE and items > 0
    return BasisDefects(
        basis,
        sum(one["reviews"] for one in offices),
        items,
        defects,
        defects / items if can else None,
        cluster_bootstrap([(one["defects"], one["seen"]) for one in offices], seed=SEED) if can else None,
    )


def _agreements(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> tuple[ItemAgreement, ...]:
    if "file_review_items" not in tables:
        return ()
    rows = tables["file_review_items"]
    rows = rows.filter(rows.second_result.notnull(), rows.found_on <= as_of)
    grouped = rows.group_by("item", "result", "second_result").agg(found=rows.count().cast("int64"))
    answers: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in engine.to_arrow(grouped).to_pylist():
        for item in (row["item"], "ALL"):
            answers[item][row["result"], row["second_result"]] += row["found"]
    return tuple(
        ItemAgreement(item, cohen_kappa(answers[item]))
        for item in sorted(answers, key=lambda item: (item == "ALL", item))
    )


def _cannot(bases: tuple[BasisDefects, ...], agreements: tuple[ItemAgreement, ...]) -> tuple[str, ...]:
    if not bases:
        return ("The records hold no file review completed by this day: nothing was assessed.",)
    said = []
    loose = [f"{one.basis} ({one.reviews:,})" for one in bases if one.basis not in ALLOWS_INFERENCE]
    if loose:
        said.append(
            f"Files taken on purpose say nothing about the others: {', '.join(loose)}. Their defects are "
            "counted, and give no share."
        )
    said += [f"{one.basis}: {one.interval.note}." for one in bases if one.interval and one.interval.note]
    if not agreements:
        said.append("Nothing was reviewed twice: whether reviewers see the same is not assessed.")
        return tuple(said)
    said.append(
        "Items of one file depend on each other: the interval of kappa over all items may be too narrow."
    )
    few = [one.item for one in agreements if one.agreement.n < LEAST_DOUBLE]
    if few:
        said.append(f"Fewer than {LEAST_DOUBLE} double reviews of {', '.join(few)}: kappa is rough there.")
    none = [one.item for one in agreements if one.agreement.kappa is None]
    if none:
        said.append(
            f"Both reviewers gave one and the same answer throughout for {', '.join(none)}: no kappa."
        )
    return tuple(said)
