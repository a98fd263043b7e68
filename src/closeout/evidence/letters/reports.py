"""What the memo, the analysis and the summaries of partners are made of, looked up in one pass."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.evidence.letters.kinds import ANALYSIS, MEMO, PARTNERS
from closeout.evidence.letters.partner_years import partner_years
from closeout.evidence.verdicts.deficiencies import deficiencies
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.standards import standards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.evidence.letters.partner_years import PartnerYear
    from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis
    from closeout.evidence.verdicts.standards import Standards


@dataclass(frozen=True, slots=True)
class Reports:
    """What the reports that are made of the records alone say.

    Attributes:
        standards: The matrix of contract standards; None where it cannot be made.
        deficiencies: The analysis of inspections; None where it cannot be made.
        partners: Every partner's fiscal year; none where they cannot be made.
        lacking: Why one of them cannot be made, by the kind of the paper.

    """

    standards: Standards | None = None
    deficiencies: DeficiencyAnalysis | None = None
    partners: tuple[PartnerYear, ...] = ()
    lacking: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class _NoRowsError(LookupError):
    """The tables are there and hold nothing; the message says what."""


def look_at_reports(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> Reports:
    """Return what the reports say as of a day; what the records lack the tables or the rows for, with why."""
    lacking: dict[str, str] = {}
    matrix: Standards | None = None
    analysis: DeficiencyAnalysis | None = None
    years: tuple[PartnerYear, ...] = ()
    with _noted(lacking, MEMO):
        found = standards(engine, tables, as_of)
        _need(found.rows, "the records name no standard of a contract")
        matrix = found
    with _noted(lacking, ANALYSIS):
        inspected = deficiencies(engine, tables, as_of)
        _need(inspected.inspections, "the records hold no inspection")
        analysis = inspected
    with _noted(lacking, PARTNERS):
        years = partner_years(engine, tables, as_of)
        _need(years, "the records hold no partner")
    return Reports(matrix, analysis, years, lacking)


@contextmanager
def _noted(lacking: dict[str, str], kind: str) -> Iterator[None]:
    """Note why a paper cannot be made."""
    try:
        yield
    except (LacksTablesError, _NoRowsError) as error:
        lacking[kind] = str(error)


def _need(rows: object, otherwise: str) -> None:
    if not rows:
        raise _NoRowsError(otherwise)
