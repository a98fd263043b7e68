"""The annual summary of a partner, and the summaries of all partners, made from the records (C9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.evidence.letters.about import SUPPRESSION
from closeout.evidence.letters.paper import Grid, Heading, Words
from closeout.evidence.letters.partner_years import COUNTS, LOOK_BACK, PartnerYear
from closeout.evidence.letters.records_paper import Said, Whose, records_paper
from closeout.evidence.suppression import Layout, suppress_table
from closeout.followup.tables import Column, Table
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from closeout.evidence.letters.paper import Block, Paper
    from closeout.followup.tables import Cell

SIGNATURE = (
    "[Signature of the drafter]  [Date]",
    "[Role of the drafter]",
    "",
    "[Signature of the reviewing official, who is not the drafter]  [Date]",
    "[Role of the reviewing official]",
)
_ABOUT = (
    "Intervals: none. Everything on record is counted, no sample is drawn.",
    SUPPRESSION,
    "Not covered: what is “not on record”: its table or entry is missing. That is never zero.",
)
_PARTS = {"notified": "complaints", "resolved": "complaints", "passed": "trainings", "returned": "ended"}


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


def partner_summary(year: PartnerYear, counts: Mapping[str, Cell], whose: Whose) -> Paper:
    """Return the summary of one partner.

    Args:
        year: The partner's year.
        counts: Its counts as they may be shown (`shown_counts`).
        whose: Who oversees it.

    """
    said = Said(
        title=f"Annual summary of partner {year.partner_id}, fiscal year {year.fiscal_year}",
        facts=(
            ("Partner", _label(year) or year.partner_id),
            ("Overseen by office", year.office_id or "not recorded"),
            ("Fiscal year", _span(year)),
        ),
        signature=SIGNATURE,
        about=_ABOUT,
    )
    blocks = (*_agreements(year), *_inspections(year), *_counts(counts))
    return records_paper(said, year.as_of, blocks, whose)


def partner_summaries(
    years: Sequence[PartnerYear], counts: Sequence[Mapping[str, Cell]], whose: Whose
) -> Paper:
    """Return the summaries of all partners as one document: an overview, then a section a partner.

    Args:
        years: Every partner's year, at least one, in the order of their codes.
        counts: The counts of each as they may be shown (`shown_counts`).
        whose: Who oversees them.

    """
    first = years[0]
    said = Said(
        title=f"Annual summaries of partners, fiscal year {first.fiscal_year}",
        facts=(("Partners", f"{len(years):,}"), ("Fiscal year", _span(first))),
        signature=SIGNATURE,
        about=_ABOUT,
    )
    sections = (block for year, shown in zip(years, counts, strict=True) for block in _section(year, shown))
    return records_paper(said, first.as_of, (*_overview(years), *sections), whose)


def _label(year: PartnerYear) -> str:
    return ", ".join(each for each in (year.label, year.area) if each)


def _span(year: PartnerYear) -> str:
    return f"October 1, {year.fiscal_year - 1} to September 30, {year.fiscal_year}"


def _overview(years: Sequence[PartnerYear]) -> Iterator[Block]:
    yield Heading("All partners")
    yield Grid(
        f"{counted(len(years), 'partner')}; inspections and findings of {counted(LOOK_BACK, 'fiscal year')}",
        ("Partner", "Office", "Agreements", "Inspections", "Last held", "Findings", "Fixes verified"),
        tuple(_overview_row(year) for year in years),
        widths=(5, 3, 8, 4, 4, 4, 4),
        numeric=(3, 5, 6),
    )


def _overview_row(year: PartnerYear) -> tuple[str, ...]:
    agreements = "; ".join(f"{model}, {state}" for model, state, _, _ in year.agreements) or "none on record"
    named = (year.partner_id, year.office_id or "not recorded", agreements)
    if year.inspections is None:
        return (*named, "not on record", "not on record", "not on record", "not on record")
    held = year.inspections
    return (
        *named,
        f"{len(held):,}",
        held[-1].held_on.isoformat() if held else "never",
        f"{sum(one.findings for one in held):,}",
        f"{sum(one.verified for one in held):,}",
    )


def _section(year: PartnerYear, counts: Mapping[str, Cell]) -> Iterator[Block]:
    """Yield the summary of a partner as a section of its own."""
    label = _label(year)
    yield Heading(f"{year.partner_id}: {label}" if label else year.partner_id)
    yield Words(f"Overseen by office {year.office_id or 'not recorded'}.")
    for block in (*_agreements(year), *_inspections(year), *_counts(counts)):
        yield replace(block, level=2) if isinstance(block, Heading) else block


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
