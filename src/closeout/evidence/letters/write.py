"""What papers an assessment has, where each lies, and how it is made."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from closeout.evidence.letters import kinds
from closeout.evidence.letters.act_tables import gao_ig_act_xlsx, semiannual_xlsx
from closeout.evidence.letters.closeout import closeout_letter_pdf
from closeout.evidence.letters.closeout_word import fields, filled
from closeout.evidence.letters.deficiency_analysis import deficiency_analysis
from closeout.evidence.letters.determination_memo import determination_memo
from closeout.evidence.letters.dossier_paper import dossier_pdf
from closeout.evidence.letters.index import NotWritten
from closeout.evidence.letters.kinds import KINDS
from closeout.evidence.letters.parents_report import about_parents, parents_report_pdf
from closeout.evidence.letters.partner_summary import partner_summaries, shown_counts
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.poam import poam_json
from closeout.evidence.letters.press import Draft
from closeout.evidence.letters.records_paper import Whose
from closeout.evidence.letters.stored import KEPT, kept
from closeout.evidence.letters.word import to_docx
from closeout.followup.statuses import is_closed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from closeout.evidence.assessment import Assessment
    from closeout.evidence.letters.dossier import Dossier
    from closeout.evidence.letters.paper import Paper
    from closeout.evidence.letters.reports import Reports
    from closeout.followup.gao_ig_tables import Listed

PAPERS, RECOMMENDATIONS = "papers", "papers/recommendations"
"""Where in an assessment's folder they lie."""
_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z.-]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """What papers are written with.

    Attributes:
        template: An agency's own template of the closeout letter.
        auditors_list: The auditors' own lists, to check the register against; None where none was given.

    """

    template: Path | None = None
    auditors_list: Sequence[Listed] | None = None


def early(assessment: Assessment, reports: Reports, wanted: Wanted) -> Iterator[Draft]:
    """Yield the papers that rest on no figure of a measure: they can be written before any is suppressed.

    Args:
        assessment: The outcome of one run.
        reports: What the records alone say.
        wanted: What papers are written with.

    """
    yield from _of_the_records(reports, Whose(assessment.agency, assessment.sources))
    followed = [each.followed for each in assessment.assessed]
    day, sources = assessment.as_of, assessment.sources
    if not followed:
        return
    yield Draft(
        f"{PAPERS}/gao-ig-act.xlsx",
        kinds.GAO_IG_ACT,
        lambda: gao_ig_act_xlsx(
            followed, submitted_on=day, sources=sources, auditors_list=wanted.auditors_list
        ),
    )
    yield Draft(
        f"{PAPERS}/semiannual.xlsx",
        kinds.SEMIANNUAL,
        lambda: semiannual_xlsx(followed, as_of=day, sources=sources),
    )


def late(shown: Assessment, dossiers: Sequence[Dossier], wanted: Wanted) -> Iterator[Draft]:
    """Yield the papers that show figures of measures.

    Args:
        shown: The outcome of one run, with small counts withheld (`outward`).
        dossiers: Of the same (`dossier.dossiers_of`).
        wanted: What papers are written with.

    """
    if any(not each.is_closed for each in dossiers):
        yield Draft(
            f"{PAPERS}/poam.json", kinds.POAM, lambda: poam_json(dossiers, sources=dict(shown.sources))
        )
    if about_parents(shown.measured):
        yield Draft(f"{PAPERS}/parents-report.pdf", kinds.PARENTS, lambda: parents_report_pdf(shown))
    named = folder_names([each.key for each in dossiers])
    for each in dossiers:
        yield from _of_one(each, f"{RECOMMENDATIONS}/{named[each.key]}", wanted.template)


def _of_the_records(reports: Reports, whose: Whose) -> Iterator[Draft]:
    """Yield the memo, the analysis and the summaries of partners, each as PDF and as a Word file."""
    standards, deficiencies, partners = reports.standards, reports.deficiencies, reports.partners
    if standards is not None:
        yield from _both(kinds.MEMO, determination_memo(standards, whose))
    if deficiencies is not None:
        yield from _both(kinds.ANALYSIS, deficiency_analysis(deficiencies, whose))
    if partners:
        yield from _both(kinds.PARTNERS, partner_summaries(partners, shown_counts(partners), whose))


def _both(kind: str, paper: Paper) -> Iterator[Draft]:
    yield Draft(f"{PAPERS}/{kind}.pdf", kind, lambda: to_pdf(paper), paper.title)
    yield Draft(f"{PAPERS}/{kind}.docx", kind, lambda: to_docx(paper), paper.title)


def _of_one(dossier: Dossier, folder: str, template: Path | None) -> Iterator[Draft]:
    def draft(name: str, kind: str, make: Callable[[], bytes], *, is_apart: bool = False) -> Draft:
        title = f"{KINDS[kind].title}: {dossier.name}"
        return Draft(f"{folder}/{name}", kind, make, title, dossier.key, is_apart)

    word = partial(filled, fields(dossier), dossier.as_of, template)
    yield draft("closeout-letter.pdf", kinds.LETTER, lambda: closeout_letter_pdf(dossier))
    yield draft("closeout-letter.docx", kinds.LETTER, word, is_apart=True)
    yield draft("dossier.pdf", kinds.DOSSIER, lambda: dossier_pdf(dossier))
    yield draft("dossier.json", kinds.DOSSIER, lambda: _json(dossier))
    yield draft(KEPT, kinds.WORDS, lambda: kept(dossier))


def _json(dossier: Dossier) -> bytes:
    return json.dumps(dossier.plain(), ensure_ascii=False, indent=1).encode() + b"\n"


def lacking(assessment: Assessment, reports: Reports) -> tuple[NotWritten, ...]:
    """Return the papers for which there is nothing to write, and why."""
    found = dict(_lacking(assessment, reports))
    return tuple(NotWritten(kind, KINDS[kind].title, found[kind]) for kind in KINDS if kind in found)


def _lacking(assessment: Assessment, reports: Reports) -> Iterator[tuple[str, str]]:
    if not assessment.assessed:
        for kind in (kinds.GAO_IG_ACT, kinds.SEMIANNUAL, kinds.POAM, kinds.LETTER, kinds.DOSSIER):
            yield kind, "no recommendation was read"
    elif all(is_closed(each.followed.status) for each in assessment.assessed):
        yield kinds.POAM, "no recommendation is open"
    if not about_parents(assessment.measured):
        yield kinds.PARENTS, "the rules declare no measure about parents"
    yield from reports.lacking.items()


def folder_names(keys: Sequence[str]) -> Mapping[str, str]:
    """Return a folder's name for each key of a recommendation: readable, and no two alike."""
    plain = {key: _NOT_IN_NAMES.sub("-", key).strip("-.")[:_LONGEST_NAME] for key in keys}
    folded = [name.casefold() for name in plain.values()]
    return {
        key: name if name and folded.count(name.casefold()) == 1 else f"{name}-{_digest(key)}".lstrip("-")
        for key, name in plain.items()
    }


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:8]
