"""The reports that `closeout letters` writes from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.deficiency_analysis import deficiency_analysis
from closeout.evidence.letters.determination_memo import determination_memo
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.kinds import ANALYSIS, MEMO
from closeout.evidence.letters.partner_summary import partner_summary, shown_counts
from closeout.evidence.letters.partner_years import partner_years
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.word import to_docx
from closeout.evidence.verdicts.deficiencies import deficiencies
from closeout.evidence.verdicts.standards import standards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.evidence.letters.paper import Paper
    from closeout.evidence.letters.records_paper import Whose


def memo(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, whose: Whose
) -> Iterator[tuple[str, bytes]]:
    """Yield the determination memo."""
    yield from _both(MEMO, determination_memo(standards(engine, tables, as_of), whose))


def analysis(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, whose: Whose
) -> Iterator[tuple[str, bytes]]:
    """Yield the quarterly analysis of deficiencies."""
    yield from _both(ANALYSIS, deficiency_analysis(deficiencies(engine, tables, as_of), whose))


def partners(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    as_of: date,
    whose: Whose,
    *,
    year: int | None,
    partner: str,
) -> Iterator[tuple[str, bytes]]:
    """Yield the annual summary of one or of all partners; small counts are withheld over all of them.

    Raises:
        LetterError: There is no such partner.

    """
    years = partner_years(engine, tables, as_of, year=year)
    chosen = [
        (one, counts)
        for one, counts in zip(years, shown_counts(years), strict=True)
        if partner in {"", one.partner_id}
    ]
    if not chosen:
        msg = f"the records have no partner {partner}" if partner else "the records have no partner"
        raise LetterError(msg)
    for one, counts in chosen:
        name = f"partner-{one.partner_id}-{one.fiscal_year}"
        yield from _both(name, partner_summary(one, counts, whose))


def _both(name: str, paper: Paper) -> Iterator[tuple[str, bytes]]:
    yield f"{name}.pdf", to_pdf(paper)
    yield f"{name}.docx", to_docx(paper)
