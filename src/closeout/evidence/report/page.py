"""The assessment as one HTML file: opens from disk, needs no script and no network, and prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from closeout.evidence.assessment import Standing
from closeout.evidence.figures import Outcome
from closeout.evidence.letters.words import day_words
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.report.foot import notes_html, sources_html
from closeout.evidence.report.groups import GROUPS
from closeout.evidence.report.markup import Column, link, paragraph, table, text
from closeout.evidence.report.measured import measure_html
from closeout.evidence.report.papers import papers_html, papers_of
from closeout.evidence.report.recommendation import name_of, recommendation_html, short
from closeout.followup.statuses import STATUS_LABELS
from closeout.reading.countwords import agreeing, counted

if TYPE_CHECKING:
    from closeout.evidence.assessment import Assessed, Assessment
    from closeout.evidence.letters.index import PaperIndex

_COLUMNS = (
    Column("Recommendation"),
    Column("What is asked"),
    Column("Auditor says"),
    Column("What the records show"),
    Column("Missing", is_number=True),
)
_SAID = {
    Standing.DONE: "shown to be done",
    Standing.PARTLY: "done in part",
    Standing.NOT_DONE: "not being done",
    Standing.UNSETTLED: "not settled by the records",
    Standing.NOT_ASSESSED: "not assessed",
}


def report_html(made: Assessment, *, need: str = "", papers: PaperIndex | None = None) -> str:
    """Return the assessment as a page of its own.

    Args:
        made: The assessment, with small counts suppressed already.
        need: What a planner would say of the hours and officers that the duties take; left out if empty.
        papers: The papers beside it, which it links to; none if None.

    Returns:
        HTML in UTF-8 that needs no other file.

    """
    listed = papers_html(papers) if papers else ""
    style = files("closeout.evidence.report").joinpath("style.css").read_text(encoding="utf-8")
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>Assessment of {text(made.agency)}, {made.as_of}</title>\n<style>\n{style}</style>\n",
            '</head>\n<body>\n<a class="skip" href="#main">To the answer</a>\n',
            _head(made),
            '<main id="main">\n',
            _answer(made, need),
            _contents(made, listed),
            listed,
            _recommendations(made, papers),
            _measures(made),
            sources_html(made.sources),
            notes_html(made.notes),
            "</main>\n",
            f"<footer><p>{text(made.agency)}. As of {day_words(made.as_of)}. ",
            "Made by Closeout.</p></footer>\n</body>\n</html>\n",
        )
    )


def _head(made: Assessment) -> str:
    return (
        f'<header><p class="kicker">{text(made.agency)}: assessment</p>'
        "<h1>Do the records show that what was recommended is being done?</h1></header>\n"
    )


def answer(made: Assessment) -> str:
    """Return the answer in a sentence or two."""
    if not made.assessed:
        return f"As of {day_words(made.as_of)} no recommendation was read; the measures stand by themselves."
    standings = Counter(each.standing for each in made.assessed)
    parts = [f"{standings[each]} {words}" for each, words in _SAID.items() if standings[each]]
    listed = ", ".join(parts)
    return f"As of {day_words(made.as_of)}, of {counted(len(made.assessed), 'recommendation')}: {listed}."


def _answer(made: Assessment, need: str) -> str:
    verdicts = Counter(each.total.verdict for each in made.measured)
    on = verdicts[Verdict.MET] + verdicts[Verdict.MET_NOT_ESTABLISHED]
    off = verdicts[Verdict.NOT_MET] + verdicts[Verdict.NOT_MET_NOT_ESTABLISHED]
    hidden = sum(each.total.figure.outcome is Outcome.SUPPRESSED for each in made.measured)
    aimless = verdicts[Verdict.NO_TARGET]
    measures = (
        f"Of {counted(len(made.measured), 'measure')}, {on} {agreeing(on, 'is', 'are')} on target, {off} off "
        f"target, {counted(aimless, 'has', 'have')} no target, {verdicts[Verdict.NOT_ASSESSED] - hidden} "
        f"cannot be assessed and {counted(hidden, 'is', 'are')} not shown, for small numbers."
    )
    overdue = sum(each.followed.ledger.overdue is not None for each in made.assessed)
    promised = f"{counted(overdue, 'recommendation')} passed the completion date that was promised last."
    gaps = "".join(
        f"<li>{link(f'measure-{gap.measure}', gap.title)}{text(gap.sentence.removeprefix(gap.title))}</li>"
        for gap in made.gaps
    )
    return "".join(
        (
            f'<p class="lead">{text(answer(made))}</p>',
            paragraph(measures),
            paragraph(promised) if made.assessed else "",
            paragraph(need) if need else "",
            f'<h2 class="first" id="gaps">The largest gaps, in rows</h2><ol>{gaps}</ol>' if gaps else "",
            _overview(made),
        )
    )


def _overview(made: Assessment) -> str:
    if not made.assessed:
        return ""
    rows = [
        [
            link(each.key, name_of(each.followed)),
            text(short(each.followed.entry.text or "declared, its words are not shown")),
            text(_status(each)),
            f'<span class="{each.standing.value}">{text(_SAID[each.standing])}</span>',
            f"{len(each.missing):,}",
        ]
        for each in made.assessed
    ]
    caption = f"{counted(len(rows), 'recommendation')}; the last column counts what is missing to close each"
    return '<h2 id="overview">Every recommendation</h2>' + table("overview", caption, _COLUMNS, rows)


def _status(each: Assessed) -> str:
    status = each.followed.status
    return STATUS_LABELS[status] if status else "no status printed"


def _contents(made: Assessment, listed: str) -> str:
    groups = "".join(f"<li>{link(f'group-{group}', title)}</li>" for group, title in _groups(made))
    papers = f"<li>{link('papers', 'Papers')}</li>" if listed else ""
    reports = "".join(f"<li>{link(each.key, name_of(each.followed))}</li>" for each in made.assessed)
    return (
        '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>'
        f"{papers}"
        f"<li>{link('recommendations', 'Recommendations')}<ul>{reports}</ul></li>"
        f"<li>{link('measures', 'Measures by office')}<ul>{groups}</ul></li>"
        f"<li>{link('sources', 'Sources')}</li><li>{link('notes', 'What could not be read or computed')}</li>"
        f"<li>{link('reading', 'How to read the figures')}</li></ol></nav>\n"
    )


def _groups(made: Assessment) -> list[tuple[int, str]]:
    return [(group, GROUPS.get(group, f"Group {group}")) for group in sorted(_numbers(made))]


def _numbers(made: Assessment) -> set[int]:
    return {each.measure.group for each in made.measured}


def _recommendations(made: Assessment, papers: PaperIndex | None) -> str:
    measured = {each.measure.code: each for each in made.measured}
    sections = "".join(
        recommendation_html(each, measured, papers_of(papers, each.key)) for each in made.assessed
    )
    none = paragraph("No recommendation was read.")
    return f'<h2 id="recommendations">Recommendations</h2>{sections or none}\n'


def _measures(made: Assessment) -> str:
    answers: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in made.assessed:
        for code in each.measures:
            answers[code].append((each.key, name_of(each.followed)))
    parts = ['<h2 id="measures">Measures by office</h2>']
    ordered = sorted(made.measured, key=lambda each: each.measure.group)
    for group, members in groupby(ordered, key=lambda each: each.measure.group):
        title = GROUPS.get(group, f"Group {group}")
        parts.append(f'<h2 class="first" id="group-{group}">{text(title)}</h2>')
        parts.extend(measure_html(each, answers[each.measure.code]) for each in members)
    return "".join(parts)
