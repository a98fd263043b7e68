"""The closeout letter: asks the auditor to close a recommendation, or says what is still missing.

One letter, two forms: `closeout_letter_pdf` and, from a template that an agency may replace,
`closeout_letter_docx`. Nobody signs here: names, titles and the date of signing are placeholders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.about import about
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Points, Words
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.words import day_words, figure_words, fuzzy_words, sentence, verdict_words
from closeout.evidence.wording import span, target
from closeout.followup.promises import Outcome
from closeout.followup.statuses import POSITION_LABELS, STATUS_LABELS
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.evidence.letters.dossier import Dossier
    from closeout.followup.promises import LedgerLine

SIGNATURE = (
    "Sincerely,",
    "",
    "[Signature]",
    "[Name of the signing official]",
    "[Title of the signing official]",
    "[Date of signature]",
)
NO_WORDS = "[The words of the recommendation are not in the documents read.]"
_TO_THE_AUDITOR = "What your office said it needs, and what covers it"
_OUTCOMES = {
    Outcome.OPEN: "Not yet due",
    Outcome.KEPT: "Kept",
    Outcome.MISSED: "Missed",
    Outcome.UNKNOWN: "Not known",
}


def closeout_letter_pdf(dossier: Dossier) -> bytes:
    """Return the letter as PDF/UA-1."""
    return to_pdf(closeout_letter(dossier))


def closeout_letter(dossier: Dossier) -> Paper:
    """Return the letter: its reference, the request or why there is none, the evidence, what is missing."""
    blocks: list[Block] = [*opening(dossier)]
    blocks += [Heading("The recommendation"), Words(dossier.followed.entry.text or NO_WORDS, "quote")]
    blocks += needs_blocks(dossier)
    if dossier.is_by_hand:
        blocks += _done_blocks(dossier)
    else:
        blocks += measures_blocks(dossier)
    blocks += promises_blocks(dossier)
    if not dossier.is_by_hand:
        blocks += frozen_blocks(dossier)
    blocks += gap_blocks(dossier)
    blocks += closing(dossier)
    return Paper(
        title=title(dossier),
        agency=dossier.agency,
        as_of=dossier.as_of,
        facts=facts(dossier),
        salutation="Dear [title of the addressee]:",
        blocks=tuple(blocks),
        signature=SIGNATURE,
        about=about_dossier(dossier),
    )


def title(dossier: Dossier) -> str:
    """Return the letter's subject: a request only where nothing is known to be missing."""
    if dossier.is_closed:
        return f"Closing of {dossier.name}"
    return f"Request to close {dossier.name}" if dossier.asks else f"Status of {dossier.name}"


def facts(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Return the reference lines under the subject."""
    followed, report = dossier.followed, dossier.followed.report
    position = followed.state.agency_position
    return (
        ("To", f"{report.issuer or '[Issuer of the report]'}, [office and address of the addressee]"),
        ("Date", "[Date of signature]"),
        ("Report", ", ".join(each for each in (report.number, report.title) if each) or report.key),
        ("Issued", fuzzy_words(report.issued)),
        ("Addressed to", "; ".join(followed.entry.agencies) or "not said in the documents read"),
        ("Auditor’s status", status_words(dossier)),
        (
            "Position of the agency",
            POSITION_LABELS[position] if position else "not said in the documents read",
        ),
        ("Figures as of", day_words(dossier.as_of)),
    )


def status_words(dossier: Dossier) -> str:
    """Return the auditor's status as printed and since when, or that none is printed."""
    standing = dossier.followed.state.auditor
    if standing is None or dossier.followed.status is None:
        reads_as = dossier.followed.state.reads_as
        reading = f"; the prose reads as “{STATUS_LABELS[reads_as]}”" if reads_as else ""
        return f"none in the documents read{reading}"
    printed = f" (printed: “{standing.event.printed}”)" if standing.event.printed else ""
    since = f", as of {fuzzy_words(standing.event.on)}" if standing.event.on else ""
    contested = "; sources of that day differ" if standing.is_contested else ""
    return f"{STATUS_LABELS[dossier.followed.status]}{printed}{since}{contested}"


def opening(dossier: Dossier) -> Iterator[Block]:
    """Yield the paragraphs that say what is asked, or why nothing is asked yet."""
    day = day_words(dossier.as_of)
    if dossier.is_closed:
        yield Words(
            f"Your office has closed {dossier.name} ({status_words(dossier)}). This letter asks for nothing; "
            f"it keeps what the records show as of {day}."
        )
        return
    if dossier.is_by_hand:
        yield Words(
            f"The agency requests that {dossier.name} be closed as implemented. Each thing that your office "
            f"said it needs is listed below with the evidence for it, as of {day}."
        )
        return
    if dossier.is_ready:
        yield Words(
            f"The agency requests that {dossier.name} be closed as implemented. As of {day}, "
            f"{dossier.verdict or 'the records show it is being done'}. Each thing that your office said it "
            "needs is listed below with what covers it, and each figure with the digest that it can be "
            "verified by."
        )
        return
    yield Words(
        f"This letter reports where {dossier.name} stands as of {day}. It does not ask for closing: "
        f"{counted(len(dossier.gaps), 'point is', 'points are')} still open and listed under "
        "“What is still missing”."
        if dossier.gaps
        else f"This letter reports where {dossier.name} stands as of {day}. It does not ask for closing: "
        "no measure is linked to it, so that the records cannot show whether it is done."
    )
    if dossier.verdict:
        yield Words(f"In short: {sentence(dossier.verdict)}")


def needs_blocks(dossier: Dossier, *, heading: str = _TO_THE_AUDITOR) -> Iterator[Block]:
    """Yield what the auditor needs and what covers each need, under a heading for who reads it."""
    yield Heading(heading)
    if not dossier.needs:
        yield Words("The documents read do not say what evidence is needed to close this recommendation.")
        return
    covered = sum(1 for each in dossier.needs if each.measures)
    rows = []
    for need in dossier.needs:
        titles = "; ".join(dossier.covered_by(need))
        rows.append((need.text, need.place, "Yes" if need.measures else "No", titles or "Nothing yet"))
    yield Grid(
        f"{covered} of {counted(len(rows), 'need')} covered",
        ("What is needed", "Where it is said", "Covered", "By"),
        tuple(rows),
        widths=(10, 5, 3, 6),
    )


def _done_blocks(dossier: Dossier) -> Iterator[Block]:
    """Yield the agency's own plan, each step with the day it was done or is due."""
    yield Heading("What was planned and done")
    plan = dossier.followed.plan
    yield (
        Words(sentence(plan.in_words(dossier.as_of))) if plan else Words("[What was done, in words.]", "fill")
    )


def measures_blocks(dossier: Dossier) -> Iterator[Block]:
    """Yield the newest figure of each measure beside its target."""
    yield Heading("What the records show")
    if not dossier.measured:
        yield Words("No measure is linked to this recommendation, so that the records cannot show it.")
        return
    rows = tuple(
        (
            each.measure.title,
            span(each.total.since, each.total.until),
            figure_words(each.total.figure, each.measure),
            target(each.measure),
            verdict_words(each.total),
        )
        for each in dossier.measured
    )
    yield Grid(
        f"{counted(len(rows), 'measure')}, all offices together",
        ("Measure", "Period", "Figure (interval), of how many", "Target", "Result"),
        rows,
        widths=(7, 5, 8, 4, 4),
    )


def promises_blocks(dossier: Dossier) -> Iterator[Block]:
    """Yield the dates that were promised and what became of them."""
    lines = dossier.ledger.lines
    if not lines:
        return
    yield Heading("Dates promised")
    missed = sum(line.outcome is Outcome.MISSED for line in lines)
    yield Grid(
        f"{counted(len(lines), 'date')} promised, {missed} missed, as of {day_words(dossier.as_of)}",
        ("Promised for", "What", "By", "Said", "What became of it"),
        tuple(promise_row(line, dossier) for line in lines),
        widths=(4, 6, 4, 4, 6),
    )


def promise_row(line: LedgerLine, dossier: Dossier) -> tuple[str, str, str, str, str]:
    """Return a promise as a row: for when, what, by whom, said when, and what became of it, with days."""
    what = line.what or {"completion": "completion", "start": "start", "draft": "draft"}.get(
        line.kind.value, ""
    )
    is_told = "percent" in what or "%" in what
    share = f"{line.share * 100:g} %:" if line.share is not None and not is_told else ""
    became = _OUTCOMES[line.outcome]
    if line.slip_days is not None and line.outcome is Outcome.MISSED:
        became += f", {counted(line.slip_days, 'day')} late"
    if line.superseded_by is not None:
        became += f"; moved to {fuzzy_words(dossier.ledger.lines[line.superseded_by].due)}"
    if line.is_second_hand:
        became += "; told by news only"
    told = " ".join(each for each in (share, what) if each)
    return fuzzy_words(line.due), told, line.by or "not said", fuzzy_words(line.said_on), became


def frozen_blocks(dossier: Dossier) -> Iterator[Block]:
    """Yield the frozen results with their digests."""
    yield Heading("Frozen evidence")
    if not dossier.frozen:
        yield Words("No result has been frozen for this recommendation yet.")
        return
    titles = {each.measure.code: each.measure.title for each in dossier.measured}
    rows = tuple(
        (
            item.title or titles.get(item.measure, item.measure),
            item.effective_on.isoformat(),
            item.frozen_at.partition("T")[0],
            item.result_sha256,
        )
        for item in dossier.frozen
    )
    yield Grid(
        f"{counted(len(rows), 'frozen result')}; “closeout verify” recomputes each",
        ("Measure", "True of", "Frozen on", "SHA-256 of the result"),
        rows,
        widths=(8, 4, 4, 6),
    )
    for item in dossier.frozen:
        if item.says:
            yield Words(f"{item.title}: {item.says}")
    yield Words(snapshot_words(dossier))


def snapshot_words(dossier: Dossier) -> str:
    """Return which records the frozen results rest on, each snapshot once."""
    digests = list(dict.fromkeys(item.snapshot_sha256 for item in dossier.frozen if item.snapshot_sha256))
    if not digests:
        return "Which snapshot of the records they rest on is not kept."
    return f"They rest on the snapshot whose manifest has the SHA-256 {', '.join(digests)}."


def gap_blocks(dossier: Dossier) -> Iterator[Block]:
    """Yield what is still missing."""
    yield Heading("What is still missing")
    if dossier.gaps:
        yield Points(tuple(sentence(each) for each in dossier.gaps))
    elif dossier.asks:
        yield Words(
            "Nothing is known to be missing. Whether the evidence is enough is for your office to say."
        )
    else:
        yield Words("No measure is linked to this recommendation.")


def closing(dossier: Dossier) -> Iterator[Block]:
    """Yield the last paragraph before the signature."""
    yield Words("[Names of the points of contact, to be filled in before sending.]", "fill")
    if dossier.is_by_hand:
        yield Words("Only your office can close a recommendation. The evidence named above is attached.")
    elif not dossier.is_closed:
        yield Words(
            "Only your office can close a recommendation. The figures can be recomputed from the frozen "
            "results and the snapshot that they name; the full dossier is available on request."
        )


def about_dossier(dossier: Dossier) -> tuple[str, ...]:
    """Return the closing notes of a document made of a dossier."""
    figures = [each.total.figure for each in dossier.measured]
    return about(dossier.as_of, dossier.sources, figures, dossier.notes)
