"""The reports that `closeout letters` writes from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.evidence.letters.deficiency_analysis import deficiency_analysis_pdf
from closeout.evidence.letters.determination_memo import determination_memo_docx, determination_memo_pdf
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.partner_summary import partner_summary_docx, partner_summary_pdf, shown_counts
from closeout.evidence.letters.partner_years import partner_years
from closeout.evidence.verdicts.deficiencies import deficiencies
from closeout.evidence.verdicts.standards import standards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine


def memo(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, named: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """Yield the determination memo."""
    made = standards(engine, tables, as_of)
    yield "determination-memo.pdf", determination_memo_pdf(made, **named)
    yield "determination-memo.docx", determination_memo_docx(made, **named)


def analysis(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, named: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """Yield the quarterly analysis of deficiencies."""
    yield "deficiency-analysis.pdf", deficiency_analysis_pdf(deficiencies(engine, tables, as_of), **named)


def partners(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    as_of: date,
    named: Mapping[str, Any],
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
        yield f"{name}.pdf", partner_summary_pdf(one, counts, **named)
        yield f"{name}.docx", partner_summary_docx(one, counts, **named)
