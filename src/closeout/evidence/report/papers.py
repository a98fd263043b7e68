"""The papers beside the report: links by relative path, which work where the folder is kept together."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from closeout.evidence.letters.kinds import WORDS
from closeout.evidence.report.markup import Column, paragraph, table, text
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from closeout.evidence.letters.index import PaperFile, PaperIndex

_COLUMNS = (Column("Paper"), Column("Files"), Column("Source"), Column("Withheld"))
_PLACE = (
    "Each paper is a draft: nobody has signed it. The files lie in the folder of this page; the links work "
    "as long as the folder is kept together."
)


def papers_html(index: PaperIndex) -> str:
    """Return the papers of the whole agency with links; empty where none was written and none is missing.

    Those of a recommendation stand in its own section (`papers_of`).
    """
    papers = [each for each in index.papers if not each.subject]
    if not index.papers and not index.not_written:
        return ""
    rows = [
        [
            text(title),
            _links(of),
            text(of[0].source.removeprefix("Source: ").rstrip(".")),
            text(_withheld(of[0])),
        ]
        for title, of in _by_title(papers)
    ]
    rows += [
        [text(each.title), f'<span class="late">not written: {text(each.why)}</span>', "–", "–"]
        for each in index.not_written
    ]
    caption = f"Papers of the whole agency, as of {index.as_of}"
    subjects = len({each.subject for each in index.papers if each.subject})
    verb = "are linked in its section" if subjects == 1 else "are linked in their sections"
    more = f" Those of {counted(subjects, 'recommendation')} {verb}." if subjects else ""
    return f'<h2 id="papers">Papers</h2>{paragraph(_PLACE + more)}{table("papers", caption, _COLUMNS, rows)}'


def papers_of(index: PaperIndex | None, key: str) -> str:
    """Return the links to the papers of one recommendation; empty where there are none."""
    if index is None or not (papers := index.of(key)):
        return ""
    said = "; ".join(
        f"{text(title.partition(':')[0].lower())} ({_links(of)})" for title, of in _by_title(papers) if of
    )
    return f"<p>Papers: {said}</p>"


def _by_title(papers: Iterable[PaperFile]) -> Iterator[tuple[str, list[PaperFile]]]:
    """Yield the files that are forms of one paper together; without those for programs of our own."""
    shown = (each for each in papers if each.kind != WORDS)
    for title, of in groupby(shown, key=lambda each: each.title):
        yield title, list(of)


def _links(papers: Iterable[PaperFile]) -> str:
    return ", ".join(
        f'<a href="{text(quote(each.path))}">{text(each.form)}'
        f'<span class="unseen"> of {text(each.title)}</span></a>'
        for each in papers
    )


def _withheld(paper: PaperFile) -> str:
    return "nothing" if "none is needed" in paper.suppression else "small counts"
