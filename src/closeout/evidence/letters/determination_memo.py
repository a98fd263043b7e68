"""The determination memo: each standard of a contract against its acceptable quality level (G4).

The memo says what the surveillance shows. Who assessed, who reviewed and who signs are placeholders: nobody
is entered by the program, and the reviewer is another person than the assessor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.about import about
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Points, Words
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.word import to_docx
from closeout.evidence.letters.words import counted, day_words, sentence
from closeout.evidence.verdicts.standards_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from closeout.evidence.statistics.acceptance import Acceptance
    from closeout.evidence.verdicts.standards import StandardRow, Standards

SIGNATURE = (
    "[Signature of the assessor]  [Date]",
    "[Role of the assessor]",
    "",
    "[Signature of the reviewer, who is not the assessor]  [Date]",
    "[Role of the reviewer]",
)
NO_PERSONS = (
    "Suppression: none is needed. The counts are of inspections, components and acts of surveillance, and of "
    "no person."
)
_INTERVALS = (
    "Intervals are exact (Clopper–Pearson; hypergeometric where the lot is known) at 95 %. A standard is "
    "established as met or missed only where chance is no explanation; the point estimate is shown beside it."
)
_NO_INFERENCE = (
    "A planned sample, a validated complaint and an incidental finding allow no inference: they say nothing "
    "about the rest of the work, and the standard is then not assessed."
)
_METHODS = {
    "full": "100 % inspection",
    "random": "random sample",
    "planned": "planned sample",
    "complaint": "validated complaints",
    "incidental": "incidental",
}


def determination_memo_pdf(
    made: Standards, *, agency: str, sources: Mapping[str, Any] | None = None
) -> bytes:
    """Return the memo as PDF/UA-1."""
    return to_pdf(determination_memo(made, agency=agency, sources=sources))


def determination_memo_docx(
    made: Standards, *, agency: str, sources: Mapping[str, Any] | None = None
) -> bytes:
    """Return the memo as a Word file."""
    return to_docx(determination_memo(made, agency=agency, sources=sources))


def determination_memo(made: Standards, *, agency: str, sources: Mapping[str, Any] | None = None) -> Paper:
    """Return the memo: the determinations, a table a standard over time, discrepancies, what is not settled.

    Args:
        made: The matrix of standards.
        agency: Whose contract it is.
        sources: What was read.

    """
    blocks: list[Block] = [Words(_summary(made))]
    blocks += _determinations(made)
    blocks += _matrix(made)
    blocks += _fixes(made)
    blocks += _open_points(made)
    return Paper(
        title="Determination of contract standards",
        agency=agency,
        as_of=made.as_of,
        facts=(
            ("Figures as of", day_words(made.as_of)),
            ("Periods", f"whole periods since {day_words(made.since)}"),
            ("Standards", f"{len(made.rows)}"),
            ("Contracts", ", ".join(dict.fromkeys(row.contract_id for row in made.rows)) or "none"),
        ),
        blocks=tuple(blocks),
        signature=SIGNATURE,
        about=(
            *about(made.as_of, sources)[:2],
            _INTERVALS,
            _NO_INFERENCE,
            NO_PERSONS,
            *(f"Not covered: {sentence(each)}" for each in made.cannot),
        ),
    )


def _summary(made: Standards) -> str:
    said = [f"{count} {WORDS[verdict]}" for verdict, count in made.counts.items() if count]  # type: ignore[index]
    if not said:
        return "The records name no standard of a contract."
    return f"In the newest whole period of each of {counted(len(made.rows), 'standard')}: {', '.join(said)}."


def _determinations(made: Standards) -> Iterator[Block]:
    if not made.rows:
        return
    yield Heading("Determinations, newest whole period")
    yield Grid(
        f"{counted(len(made.rows), 'standard')}; share of defects against the acceptable quality level",
        ("Standard", "Period", "Method", "Looked at", "Defects", "Share (95 % interval)", "Level", "Result"),
        tuple(_determination(row) for row in made.rows),
        widths=(6, 5, 5, 4, 4, 6, 3, 9),
        numeric=(3, 4),
    )


def _determination(row: StandardRow) -> tuple[str, ...]:
    cell = row.newest
    result = cell.result
    return (
        f"{row.standard_id}: {row.indicator}{' (placeholder)' if row.is_placeholder else ''}",
        f"{cell.period_from} to {cell.period_to}",
        _METHODS.get(row.method, row.method),
        f"{result.sampled:,}{f' of {result.lot:,}' if result.lot is not None else ''}",
        f"{result.defects:,}",
        _share(result),
        f"{result.aql * 100:g} %",
        f"{WORDS[result.verdict]}; {_established(result)}",
    )


def _share(result: Acceptance) -> str:
    if result.estimate is None:
        return "none"
    low = result.interval.low if result.interval else None
    high = result.interval.high if result.interval else None
    if low is None or high is None:
        return f"{result.estimate * 100:.1f} %"
    return f"{result.estimate * 100:.1f} % ({low * 100:.1f}–{high * 100:.1f})"


def _established(result: Acceptance) -> str:
    if result.is_established is None:
        return "nothing can be established"
    side = "over the level" if result.is_over else "at or under the level"
    p = f", p = {result.p_value:.4f}" if result.p_value is not None else ""
    return f"{side}, {'established' if result.is_established else 'not established'}{p}"


def _matrix(made: Standards) -> Iterator[Block]:
    """Yield every cell of every standard in words; none is blank."""
    yield Heading("Each standard over time")
    for row in made.rows:
        yield Grid(
            f"{row.standard_id}: {counted(len(row.cells), 'period')}",
            ("Period", "Result", "Looked at", "Defects", "On record", "Why"),
            tuple(
                (
                    f"{cell.period_from} to {cell.period_to}",
                    WORDS[cell.result.verdict],
                    f"{cell.result.sampled:,}",
                    f"{cell.result.defects:,}",
                    _recorded(cell.recorded, is_signed=cell.is_signed),
                    cell.result.reason or "none given",
                )
                for cell in row.cells
            ),
            widths=(5, 4, 3, 3, 4, 9),
            numeric=(2, 3),
        )


def _recorded(recorded: str, *, is_signed: bool) -> str:
    if not recorded:
        return "nothing on record"
    return f"{recorded.replace('_', ' ')}, {'signed' if is_signed else 'not signed'}"


def _fixes(made: Standards) -> Iterator[Block]:
    rows = [row for row in made.rows if row.discrepancies.reported]
    yield Heading("Discrepancies and corrective action")
    if not rows:
        yield Words("No discrepancy is on record.")
        return
    yield Grid(
        f"Discrepancies of {counted(len(rows), 'standard')}",
        ("Standard", "Reported", "With cause", "Action done", "Fix verified", "Overdue"),
        tuple(
            (
                row.standard_id,
                *(
                    f"{count:,}"
                    for count in (
                        row.discrepancies.reported,
                        row.discrepancies.with_cause,
                        row.discrepancies.done,
                        row.discrepancies.verified,
                        row.discrepancies.overdue,
                    )
                ),
            )
            for row in rows
        ),
        widths=(6, 3, 3, 3, 3, 3),
        numeric=(1, 2, 3, 4, 5),
    )


def _open_points(made: Standards) -> Iterator[Block]:
    yield Heading("Where record and surveillance differ")
    if made.disagreements:
        yield Points(tuple(sentence(each) for each in made.disagreements))
    else:
        yield Words("No verdict on record contradicts what the surveillance shows.")
    if made.not_established:
        count = counted(made.not_established, "verdict on record rests", "verdicts on record rest")
        yield Words(f"{count} on a sample too small to establish it.")
