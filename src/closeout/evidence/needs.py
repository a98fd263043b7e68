"""What the auditor said is needed to close a recommendation, and which measures cover it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.evidence.assessment import NeedCovered
from closeout.reading.fold import fold_key
from closeout.reading.model import StatementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from closeout.evidence.assessment import Assessed
    from closeout.evidence.measures.measure import Link
    from closeout.reading.model import Document, DocumentReading, Statement
    from closeout.reading.register import RegisterEntry


RESULTS: Mapping[str, str] = {
    "hiring": "no hiring plan covers it yet; give the agency's hiring assumptions with “closeout assess "
    "--hiring FILE”, or freeze a hiring plan on the site as evidence",
}
"""What covers a need and is no measure, with what to do where there is none."""
SEVERAL_YEARS = ("multi-year", "several years")
"""Words of a need that asks for a plan over several years."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the auditor needs, in the auditor's words, and where they stand."""

    text: str
    place: str


def needs_of(entry: RegisterEntry, readings: Sequence[DocumentReading]) -> tuple[Need, ...]:
    """Return what the auditor needs, in the order of the documents; the same words count once.

    News and the like never say what an auditor needs.
    """
    found: dict[str, Need] = {}
    for document, statement in _statements(entry, readings):
        place = _place(document, statement)
        found.setdefault(fold_key(statement.text), Need(statement.text, place))
    return tuple(found.values())


def covered(
    needs: Sequence[Need], links: Sequence[tuple[str, Link]]
) -> tuple[tuple[NeedCovered, ...], list[tuple[str, str]]]:
    """Return needs with the measures that cover them, by the words a link gives and by nothing else.

    Args:
        needs: What the auditor needs.
        links: Each link to the recommendation with its measure's code.

    Returns:
        The needs, and the measure and words of each `covers` that no need has.

    """
    words = [(code, said, fold_key(said)) for code, link in links for said in link.covers]
    folded = [(need, fold_key(need.text)) for need in needs]
    made = []
    for need, fold in folded:
        codes = dict.fromkeys(code for code, _, words_fold in words if words_fold and words_fold in fold)
        made.append(NeedCovered(need.text, need.place, tuple(codes)))
    unmet = [
        (code, said) for code, said, each in words if not each or not any(each in fold for _, fold in folded)
    ]
    return tuple(made), unmet


def wanting(
    needs: Sequence[NeedCovered], wanted: Sequence[tuple[str, Link]]
) -> tuple[tuple[NeedCovered, ...], list[tuple[str, str]]]:
    """Return needs with the results that are no measures and would cover them, by the words of a link.

    Such a result covers nothing by itself: `covered_by` says that there is one.

    Args:
        needs: The needs with the measures that cover them.
        wanted: Each link to the recommendation with its result's code, a key of `RESULTS`.

    Returns:
        The needs, and the result and words of each `covers` that no need has.

    """
    words = [(code, said, fold_key(said)) for code, link in wanted for said in link.covers]
    made = []
    for need in needs:
        fold = fold_key(need.text)
        code = next((code for code, _, each in words if each and each in fold), "")
        made.append(replace(need, wants=code, why=RESULTS[code]) if code else need)
    folded = [fold_key(need.text) for need in needs]
    unmet = [(code, said) for code, said, each in words if not any(each and each in fold for fold in folded)]
    return tuple(made), unmet


def covered_by(each: Assessed, code: str, why_not: Callable[[str], str]) -> Assessed:
    """Return a recommendation with a result that is no measure taken into account.

    Args:
        each: The recommendation.
        code: The result's code.
        why_not: Says why the result does not cover a need of these words; empty where it does.

    """
    made = []
    missing = list(each.missing)
    for need in each.needs:
        one = need
        if need.wants == code:
            why = why_not(need.text)
            one = replace(need, measures=need.measures if why else (*need.measures, code), why=why)
            missing = [said if said != need.lacks else one.lacks for said in missing]
        made.append(one)
    return replace(each, needs=tuple(made), missing=tuple(said for said in missing if said))


def _statements(
    entry: RegisterEntry, readings: Sequence[DocumentReading]
) -> Iterator[tuple[Document, Statement]]:
    for document, record in entry.records:
        reading = readings[document]
        if reading.is_secondary:
            continue
        for statement in reading.records[record].statements:
            if statement.kind is StatementKind.NEED:
                yield reading.document, statement


def _place(document: Document, statement: Statement) -> str:
    """Return a document's file name and the page, or the characters where it has no pages."""
    page = document.page_of(statement.span.start)
    name = document.path.rpartition("/")[2]
    return (
        f"{name}, page {page}" if page else f"{name}, characters {statement.span.start}–{statement.span.end}"
    )
