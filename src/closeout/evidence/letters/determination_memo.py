"""The determination memo: each standard of a contract against its acceptable quality level (G4).

The memo says what the surveillance shows. Who assessed, who reviewed and who signs are placeholders: nobody
is entered by the program, and the reviewer is another person than the assessor.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from closeout.evidence.letters.about import NO_PERSONS
from closeout.evidence.letters.kinds import KINDS, MEMO
from closeout.evidence.letters.paper import Grid, Heading, Points, Words
from closeout.evidence.letters.records_paper import Said, Whose, ends, records_paper
from closeout.evidence.letters.words import day_words, sentence
from closeout.evidence.statistics.acceptance import AqlVerdict
from closeout.evidence.statistics.chance import p_words
from closeout.evidence.verdicts.standards_words import WORDS
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from closeout.evidence.letters.paper import Block, Paper
    from closeout.evidence.statistics.acceptance import Acceptance
    from closeout.evidence.verdicts.standards import StandardRow, Standards

SIGNATURE = (
    "[Signature of the assessor]  [Date]",
    "[Role of the assessor]",
    "",
    "[Signature of the reviewer, who is not the assessor]  [Date]",
    "[Role of the reviewer]",
)
_INTERVALS = (
    "Intervals are exact (Clopper–Pearson; hypergeometric where the lot is known) at 95 %. A standard is "
    "established as met or missed only where chance is no explanation; the point estimate is shown beside it."
)
_NO_INFERENCE = (
    "A planned sample, a validated complaint and an incidental finding allow no inference: they say nothing "
    "about the rest of the work, and the standard is then not assessed."
)
_COLUMNS = (
    "Standard",
    "Period",
    "Method",
    "Looked at",
    "Defects",
    "Share (95 % interval)",
    "Level",
    "Result",
)
_METHODS = {
    "full": "100 % inspection",
    "random": "random sample",
    "planned": "planned sample",
    "complaint": "validated complaints",
    "incidental": "incidental",
}


def determination_memo(made: Standards, whose: Whose) -> Paper:
    """Return the memo: the determinations, each standard over time, discrepancies, open points."""
    contracts = by_contract(made.rows)
    said = Said(
        title=KINDS[MEMO].title,
        facts=(
            ("Periods", f"whole periods since {day_words(made.since)}"),
            ("Standards", f"{len(made.rows)}"),
            ("Contracts", ", ".join(contracts) or "none"),
        ),
        signature=SIGNATURE,
        about=(_INTERVALS, _NO_INFERENCE, NO_PERSONS),
        cannot=made.cannot,
    )
    blocks = (
        Words(_summary(made)),
        *_determinations(contracts),
        *_over_time(made.rows),
        *_fixes(made),
        *_open_points(made),
    )
    return records_paper(said, made.as_of, blocks, whose)


def by_contract(rows: Sequence[StandardRow]) -> dict[str, tuple[StandardRow, ...]]:
    """Return standards by their contract, both in the order of the matrix."""
    return {contract: tuple(of) for contract, of in groupby(rows, key=lambda row: row.contract_id)}


def _summary(made: Standards) -> str:
    said = [f"{WORDS[AqlVerdict(verdict)]}: {count}" for verdict, count in made.counts.items() if count]
    if not said:
        return "The records name no standard of a contract."
    return f"In the newest whole period of each of {counted(len(made.rows), 'standard')}: {'; '.join(said)}."


def _determinations(contracts: Mapping[str, Sequence[StandardRow]]) -> Iterator[Block]:
    if contracts:
        yield Heading("Determinations, newest whole period")
    for contract, rows in contracts.items():
        if len(contracts) > 1:
            yield Heading(f"Contract {contract}", 2)
        yield Grid(
            f"Contract {contract}: {counted(len(rows), 'standard')}; share of defects against the acceptable "
            "quality level",
            _COLUMNS,
            tuple(_determination(row) for row in rows),
            widths=(8, 5, 5, 4, 4, 6, 3, 8),
            numeric=(3, 4),
        )


def _determination(row: StandardRow) -> tuple[str, ...]:
    cell = row.newest
    result = cell.result
    return (
        _named(row),
        f"{cell.period_from} to {cell.period_to}",
        _METHODS.get(row.method, row.method),
        f"{result.sampled:,}{f' of {result.lot:,}' if result.lot is not None else ''}",
        f"{result.defects:,}",
        _share(result),
        "not recorded" if result.aql is None else f"{result.aql * 100:g} %",
        f"{WORDS[result.verdict]}; {_established(result)}",
    )


def _named(row: StandardRow) -> str:
    return f"{row.standard_id}: {row.indicator}{' (placeholder)' if row.is_placeholder else ''}"


def _share(result: Acceptance) -> str:
    if result.estimate is None:
        return "none"
    return f"{result.estimate * 100:.1f} %{ends(result.interval, 100, 1)}"


def _established(result: Acceptance) -> str:
    if result.is_established is None:
        return "nothing can be established"
    side = "over the level" if result.is_over else "at or under the level"
    p = f", {p_words(result.p_value)}" if result.p_value is not None else ""
    return f"{side}, {'established' if result.is_established else 'not established'}{p}"


def _over_time(rows: Sequence[StandardRow]) -> Iterator[Block]:
    """Yield every cell of every standard in words; none is blank."""
    if rows:
        yield Heading("Each standard over time")
    for row in rows:
        yield Heading(_named(row), 2)
        yield Grid(
            f"{row.standard_id}: {counted(len(row.cells), 'period')}, oldest first",
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
