"""The report on parents: whether they were asked, and whether decisions stood before departure (F1-F3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.about import about
from closeout.evidence.letters.figure_blocks import figure_blocks, office_names
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Words
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.words import day_words, figure_words, sentence, verdict_words
from closeout.evidence.wording import span, target
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.evidence.assessment import Assessment
    from closeout.evidence.measures.measure import Measured

SECTIONS = ("F1", "F2", "F3")
GROUP = 18
SIGNATURE = ("[Signature of the program manager]  [Date]", "[Role]")


def parents_report_pdf(assessment: Assessment) -> bytes:
    """Return the report as PDF/UA-1."""
    return to_pdf(parents_report(assessment))


def parents_report(assessment: Assessment) -> Paper:
    """Return the report: each measure of parents in all, and by office in the order of office codes.

    Args:
        assessment: The outcome of one run, with small counts withheld (`outward`).

    """
    chosen = about_parents(assessment.measured)
    blocks: list[Block] = []
    if not chosen:
        blocks.append(Words("Not assessed: the rules declare no measure about parents."))
    else:
        blocks += _overview(chosen)
        for each in chosen:
            blocks += _by_office(each)
    return Paper(
        title="Parents and guardians in custody: questions asked and decisions kept",
        agency=assessment.agency,
        as_of=assessment.as_of,
        facts=(("Figures as of", day_words(assessment.as_of)), ("Measures", f"{len(chosen)}")),
        blocks=tuple(blocks),
        signature=SIGNATURE,
        about=(
            *about(
                assessment.as_of, assessment.sources, [each.total.figure for each in chosen], assessment.notes
            ),
            "These figures are about offices and what they recorded. Of children only counts are held.",
        ),
    )


def about_parents(measured: Sequence[Measured]) -> tuple[Measured, ...]:
    """Return the measures about parents, in the order of the rules."""
    return tuple(each for each in measured if each.measure.group == GROUP or each.measure.section in SECTIONS)


def _overview(chosen: Sequence[Measured]) -> Iterator[Block]:
    yield Heading("All offices")
    yield Grid(
        f"{counted(len(chosen), 'measure')}, all offices together",
        ("Measure", "Period", "Figure (interval), of how many", "Target", "Result"),
        tuple(
            (
                each.measure.title,
                span(each.total.since, each.total.until),
                figure_words(each.total.figure, each.measure),
                target(each.measure),
                verdict_words(each.total),
            )
            for each in chosen
        ),
        widths=(7, 5, 8, 4, 4),
    )


def _by_office(each: Measured) -> Iterator[Block]:
    if not each.offices:
        return
    measure = each.measure
    of = f" Of: {sentence(measure.denominator)}" if measure.denominator else ""
    yield Heading(measure.title, 2)
    yield Words(f"Counted: {sentence(measure.numerator)}{of}")
    caption = f"{counted(len(each.offices), 'office')}, {span(each.total.since, each.total.until)}"
    yield from figure_blocks(caption, "Office", measure, office_names(each))
