"""The annual summary of a partner, one a partner and fiscal year, made from the records (C9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.about import SUPPRESSION, about
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Words
from closeout.evidence.letters.partner_years import COUNTS, LOOK_BACK, PartnerYear
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.word import to_docx
from closeout.evidence.letters.words import counted, day_words
from closeout.evidence.suppression import Layout, suppress_table
from closeout.followup.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from closeout.followup.tables import Cell

SIGNATURE = (
    "[Signature of the drafter]  [Date]",
    "[Role of the drafter]",
    "",
    "[Signature of the reviewing official, who is not the drafter]  [Date]",
    "[Role of the reviewing official]",
)
_PARTS = {"notified": "complaints", "resolved": "complaints", "passed": "trainings", "returned": "ended"}


def partner_summary_pdf(
    year: PartnerYear, counts: Mapping[str, Cell], *, agency: str, sources: Mapping[str, Any] | None = None
) -> bytes:
    """Return the summary as PDF/UA-1."""
    return to_pdf(partner_summary(year, counts, agency=agency, sources=sources))


def partner_summary_docx(
    year: PartnerYear, counts: Mapping[str, Cell], *, agency: str, sources: Mapping[str, Any] | None = None
) -> bytes:
    """Return the summary as a Word file."""
    return to_docx(partner_summary(year, counts, agency=agency, sources=sources))


def shown_counts(years: Sequence[PartnerYear]) -> tuple[dict[str, Cell], ...]:
    """Return every partner's counts as they may leave the agency: small ones withheld, None if not known.

    All summaries of a year go out together, so they are withheld together.
    """
    if not years:
        return ()
    columns = tuple(COUNTS)
    table = Table(
        code="partner-counts",
        title="Counts of partners",
        source="the records",
        as_of=years[0].as_of,
        columns=(Column("partner_id", "Partner"), *(Column(name, name) for name in columns)),
        rows=tuple((year.partner_id, *(year.counts[name] for name in columns)) for year in years),
    )
    shares = {f"rest-of-{part}": (part, whole) for part, whole in _PARTS.items()}
    safe = suppress_table(table, Layout(keys=("partner_id",), counts=columns, shares=shares))
    return tuple(dict(zip(columns, row[1:], strict=True)) for row in safe.rows)


def partner_summary(
    year: PartnerYear, counts: Mapping[str, Cell], *, agency: str, sources: Mapping[str, Any] | None = None
) -> Paper:
    """Return the summary of one partner.

    Args:
        year: The partner's year.
        counts: Its counts as they may be shown (`shown_counts`).
        agency: Who oversees it.
        sources: What was read.

    """
    blocks: list[Block] = [*_agreements(year), *_inspections(year), *_counts(counts)]
    return Paper(
        title=f"Annual summary of partner {year.partner_id}, fiscal year {year.fiscal_year}",
        agency=agency,
        as_of=year.as_of,
        facts=(
            ("Partner", ", ".join(each for each in (year.label, year.area) if each) or year.partner_id),
            ("Overseen by office", year.office_id or "not recorded"),
            ("Fiscal year", f"October 1, {year.fiscal_year - 1} to September 30, {year.fiscal_year}"),
            ("Figures as of", day_words(year.as_of)),
        ),
        blocks=tuple(blocks),
        signature=SIGNATURE,
        about=(
            *about(year.as_of, sources)[:2],
            "Intervals: none. Everything on record is counted, no sample is drawn.",
            SUPPRESSION,
            "Not covered: what is “not on record”: its table or entry is missing. That is never zero.",
        ),
    )


def _agreements(year: PartnerYear) -> Iterator[Block]:
    yield Heading("Agreements")
    if not year.agreements:
        yield Words("No agreement is on record.")
        return
    yield Grid(
        counted(len(year.agreements), "agreement"),
        ("Model", "State", "Signed", "Ended"),
        tuple(
            (model, state, signed.isoformat(), ended.isoformat() if ended else "not ended")
            for model, state, signed, ended in year.agreements
        ),
    )


def _inspections(year: PartnerYear) -> Iterator[Block]:
    first = year.fiscal_year - LOOK_BACK + 1
    yield Heading(f"Inspections, fiscal years {first} to {year.fiscal_year}")
    if year.inspections is None:
        yield Words("Not assessed: the records hold no table of inspections.")
        return
    if not year.inspections:
        yield Words("Never inspected in these years.")
        return
    yield Grid(
        counted(len(year.inspections), "inspection"),
        ("Held", "Kind", "Model", "Findings", "Repeat findings", "Fixes verified", "Closed"),
        tuple(
            (
                one.held_on.isoformat(),
                one.kind.replace("_", " "),
                one.model,
                f"{one.findings}",
                f"{one.repeats}",
                f"{one.verified}",
                one.closed_on.isoformat() if one.closed_on else "not closed",
            )
            for one in year.inspections
        ),
        numeric=(3, 4, 5),
    )


def _counts(counts: Mapping[str, Cell]) -> Iterator[Block]:
    yield Heading("Warrants, complaints, training, credentials")
    yield Grid(
        "Counts of the fiscal year",
        ("What", "Count"),
        tuple((words, _count(counts[name])) for name, words in COUNTS.items()),
        widths=(6, 2),
        numeric=(1,),
    )


def _count(cell: Cell) -> str:
    if cell is None:
        return "not on record"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
