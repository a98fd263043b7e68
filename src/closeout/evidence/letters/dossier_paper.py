"""The dossier of one recommendation as a report: the letter's tables, its history, measures over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.closeout import (
    NO_WORDS,
    about_dossier,
    facts,
    frozen_blocks,
    gap_blocks,
    measures_blocks,
    needs_blocks,
    promises_blocks,
)
from closeout.evidence.letters.figure_blocks import figure_blocks, figure_grid, office_names
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Words
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.words import day_words, fuzzy_words, sentence
from closeout.evidence.trends import trend_words
from closeout.evidence.wording import span, target
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.evidence.letters.dossier import Dossier
    from closeout.evidence.measures.measure import Measured

_ADDRESS = ("To", "Date")


def dossier_pdf(dossier: Dossier) -> bytes:
    """Return the dossier as PDF/UA-1."""
    return to_pdf(dossier_paper(dossier))


def dossier_paper(dossier: Dossier) -> Paper:
    """Return the dossier: what was asked, said and promised, what is needed, measured, frozen and missing."""
    blocks: list[Block] = []
    if dossier.verdict:
        blocks.append(Words(f"As of {day_words(dossier.as_of)}: {sentence(dossier.verdict)}"))
    blocks += [Heading("The recommendation"), Words(dossier.followed.entry.text or NO_WORDS, "quote")]
    blocks += gap_blocks(dossier)
    blocks += needs_blocks(dossier, heading="What the auditor said is needed, and what covers it")
    blocks += measures_blocks(dossier)
    for each in dossier.measured:
        blocks += _over_time(each)
    blocks += promises_blocks(dossier)
    blocks += _history(dossier)
    blocks += frozen_blocks(dossier)
    return Paper(
        title=f"Dossier of {dossier.name}",
        agency=dossier.agency,
        as_of=dossier.as_of,
        notice="Working document of the agency. Not approved.",
        facts=tuple(pair for pair in facts(dossier) if pair[0] not in _ADDRESS),
        blocks=tuple(blocks),
        about=about_dossier(dossier),
    )


def _history(dossier: Dossier) -> Iterator[Block]:
    if not dossier.history:
        return
    yield Heading("What was said and done")
    yield Grid(
        f"{counted(len(dossier.history), 'entry', 'entries')}, oldest first",
        ("When", "Who", "What"),
        tuple((fuzzy_words(step.on), step.by, step.what) for step in dossier.history),
        widths=(3, 4, 9),
    )


def _over_time(each: Measured) -> Iterator[Block]:
    """Yield a measure's definition, its past periods, its offices by their codes, and its parts by name."""
    measure = each.measure
    yield Heading(measure.title, 2)
    of = f" Of: {sentence(measure.denominator)}" if measure.denominator else ""
    yield Words(f"Counted: {sentence(measure.numerator)}{of} Target: {target(measure)}.")
    if measure.closes_when:
        yield Words(f"It closes when: {sentence(measure.closes_when)}")
    if len(each.series) > 1:
        yield Words(f"Over time: {sentence(trend_words(each))}")
        named = [(span(one.since, one.until), one) for one in each.series]
        yield figure_grid(f"{measure.title}, past periods", "Period", measure, named)
    if len(each.offices) > 1:
        yield from figure_blocks(f"{measure.title}, by office", "Office", measure, office_names(each))
    for one in each.breakdowns:
        named = [(one.labels[part.category or ""], part) for part in one.parts]
        yield from figure_blocks(f"{measure.title}, by {one.title.lower()}", one.title, measure, named)
