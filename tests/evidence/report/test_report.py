"""The report: one file that needs nothing else, every figure in a table, all text escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from closeout.evidence.assessment import Assessment
from closeout.evidence.figures import Outcome, without
from closeout.evidence.gaps import largest_gaps
from closeout.evidence.letters.index import NotWritten, PaperFile, PaperIndex
from closeout.evidence.linking import link
from closeout.evidence.measures.measure import Breakdown, Shape, Target, Verdict
from closeout.evidence.needs import Need
from closeout.evidence.report import report_html
from closeout.evidence.report.papers import papers_html
from tests.evidence.made import (
    DAY,
    count,
    followed,
    linked,
    measure,
    measured,
    off_target,
    result,
    share,
    unassessed,
)

VOID = {"meta", "circle", "line", "polyline"}


class Page(HTMLParser):
    """Collects what a page is made of, and that every element is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.sources += [given[name] for name in ("src", "srcset", "data") if name in given]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, _attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def offices_measure():
    """Return a share with three offices, one without data, and three past periods."""
    of = measure(links=linked())
    none = without(Outcome.NO_DATA, "no review fell due")
    offices = (
        result(of, share(50, 100, 0.4, 0.6), Verdict.NOT_MET, "F01"),
        result(of, share(95, 100, 0.9, 0.98), Verdict.MET_NOT_ESTABLISHED, "F02"),
        result(of, none, Verdict.NOT_ASSESSED, "F03"),
    )
    series = tuple(
        result(of, share(k, 200, k / 200 - 0.05, k / 200 + 0.05), Verdict.NOT_MET, since=since, until=until)
        for k, since, until in (
            (120, DAY.replace(year=2023), DAY.replace(year=2024, day=30)),
            (130, DAY.replace(year=2024), DAY.replace(year=2025, day=30)),
            (145, DAY.replace(year=2025), DAY),
        )
    )
    made = measured(of, share(145, 200, 0.66, 0.78), Verdict.NOT_MET, offices, series)
    parts = tuple(
        replace(result(of, share(k, n, k / n - 0.05, k / n + 0.05), Verdict.NOT_MET), category=name)
        for name, k, n in (("juvenile", 20, 40), ("", 125, 160))
    )
    labels = {"juvenile": "juvenile <docket>", "": "(none)"}
    return replace(made, breakdowns=(Breakdown("case_no.docket", "Docket", parts, labels),))


@pytest.fixture(scope="module")
def made() -> Assessment:
    """Return an assessment with what may stand in one."""
    counted = measured(
        measure("open-findings", shape=Shape.COUNT, unit="count", denominator="", group=21, target=Target(0)),
        count(40),
        Verdict.NOT_MET,
    )
    of = (offices_measure(), counted, unassessed("nothing-there", links=linked("OIG-17-51", "1")))
    needs = {"dhs-oig/OIG-17-51/2": [Need("a <list> & a plan", "a.pdf, page 3")]}
    found = link([followed("1"), followed("2"), followed("3", text=None)], of, needs)
    return Assessment(
        "Field <Office> & Co",
        DAY,
        of,
        found.assessed,
        largest_gaps(of),
        {
            "documents": [
                {"path": "a.pdf", "sha256": "ab" * 32, "family": "gao", "title": "", "recommendations": 2}
            ]
        },
        ("table <x> is missing",),
    )


@pytest.fixture(scope="module")
def html(made) -> str:
    """Return its page."""
    return report_html(made, need="4 officers are needed.")


def test_every_element_is_closed(html):
    assert Page(html).open == []


def test_a_measure_stands_in_parts_with_the_whole_below_them(html):
    table = html.split("by docket</caption>")[1].split("</table>")[0]
    assert [cell in table for cell in ("juvenile &lt;docket&gt;", "(none)", "50.0 %", "78.1 %")] == [True] * 4
    assert table.index("juvenile") < table.index("(none)") < table.index("All") < table.rindex("72.5 %")


def test_the_page_needs_no_other_file_and_no_script(html):
    page = Page(html)
    assert page.sources == []
    assert not {"script", "img", "iframe", "link", "object"} & set(page.tags)
    assert "url(" not in html
    assert "@import" not in html


def test_every_anchor_is_there_once(html):
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert {href.removeprefix("#") for href in page.links if href.startswith("#")} <= set(page.ids)


def test_no_text_of_a_document_is_markup(html):
    assert "Field &lt;Office&gt; &amp; Co" in html
    assert "a &lt;list&gt; &amp; a plan" in html
    assert "<x>" not in html
    assert "<list>" not in html


def test_the_answer_comes_first(html):
    lead = html[html.index('class="lead"') :]
    assert lead.startswith(
        'class="lead">As of October 31, 2026, of 3 recommendations: 1 not being done, 2 not assessed.'
    )
    assert html.index('class="lead"') < html.index("<table")


def test_what_an_auditor_asked_and_what_is_missing_is_there(html):
    assert "Review the files of all cases." in html
    assert "not covered by any measure" in html
    assert "Resolved and open" in html
    assert "target 95 % or more, is 72.5 % (66.0–78.0) of 200" in html


def test_every_table_has_a_caption_and_scoped_headings(html):
    assert html.count("<caption") == html.count("<table")
    assert not re.search(r"<th(?![^>]*scope=)[ >]", html)


def test_every_chart_stands_beside_a_table_and_has_words(html):
    charts = re.findall(r"<svg role[^>]*>", html)
    assert len(charts) == 3  # offices, funnel, past periods
    assert all("aria-label=" in chart for chart in charts)
    assert "F03" in html[html.index("<svg role") : html.index("</svg>")]


def test_an_office_without_data_is_said_and_not_zero(html):
    table = html[html.index('id="offices-reviews-on-time-caption"') :]
    row = table[table.index('<th scope="row">F03') :].partition("</tr>")[0]
    assert "no data: no review fell due" in row
    assert "0" not in row.replace("F03", "")


def test_offices_stand_in_the_order_of_codes(html):
    table = html[html.index('id="offices-reviews-on-time-caption"') :].partition("</table>")[0]
    assert re.findall(r"scope=\"row\">([^<]+)<", table) == ["F01", "F02", "F03", "All offices"]


def test_groups_stand_by_number(html):
    assert html.index('id="group-7"') < html.index('id="group-21"')


def test_notes_and_sources_are_at_the_foot(html):
    assert html.index('id="sources"') < html.index('id="notes"')
    assert "table &lt;x&gt; is missing" in html
    assert "abababababababab" in html


def test_the_same_assessment_gives_the_same_page(made, html):
    assert report_html(made, need="4 officers are needed.") == html


def test_an_assessment_of_nothing_is_a_page_too():
    html = report_html(Assessment("Agency", DAY, (), ()))
    assert Page(html).open == []
    assert "no recommendation was read" in html
    assert "Everything was read and computed." in html


def test_hidden_figures_are_counted_apart(made):
    hidden = measured(measure(), without(Outcome.SUPPRESSED, "small"), Verdict.NOT_ASSESSED)
    html = report_html(replace(made, measured=(hidden, off_target("b"))))
    assert "Of 2 measures, 0 are on target, 1 off target, 0 have no target, 0 cannot be assessed" in html
    assert "1 is not shown, for small numbers" in html


def paper(
    path="papers/memo.pdf",
    title="A <memo>",
    subject="",
    suppression="Suppression: none is needed.",
    kind="poam",
):
    return PaperFile(
        path, kind, title, subject, "application/pdf", 1, "ab" * 32, DAY, "Source: 1 document.", suppression
    )


def listing(*papers, not_written=()):
    return PaperIndex("Agency", DAY, papers, not_written)


def test_papers_are_linked_by_relative_path_with_their_forms_together(made):
    index = listing(
        paper(),
        paper("papers/memo.docx"),
        paper("papers/a b.xlsx", "Tables", suppression="Suppression: counts"),
    )
    page = Page(report_html(made, papers=index))
    assert [href for href in page.links if not href.startswith("#")] == [
        "papers/memo.pdf",
        "papers/memo.docx",
        "papers/a%20b.xlsx",
    ]
    html = papers_html(index)
    assert "<td>1 document</td><td>nothing</td>" in html
    assert "<td>1 document</td><td>small counts</td>" in html
    assert "A &lt;memo&gt;" in html
    assert page.open == []


def test_every_link_says_of_which_paper_it_is():
    assert '>PDF<span class="unseen"> of A &lt;memo&gt;</span></a>' in papers_html(listing(paper()))


def test_a_paper_that_was_not_written_says_why():
    html = papers_html(listing(not_written=[NotWritten("memo", "The memo", "the records hold no <row>")]))
    assert "not written: the records hold no &lt;row&gt;" in html


def test_papers_of_a_recommendation_stand_in_its_section(made):
    letter = paper("papers/r/letter.pdf", "Closeout letter: recommendation 2", "dhs-oig/OIG-17-51/2")
    words = paper("papers/r/letter.json", "Words", "dhs-oig/OIG-17-51/2", kind="letter-words")
    html = report_html(made, papers=listing(letter, words))
    section = html[html.index('id="dhs-oig-OIG-17-51-2"') :]
    assert "Papers: closeout letter (" in section[: section.index("</section>")]
    assert "letter.json" not in html
    assert "Those of 1 recommendation are linked in its section" in html


def test_a_report_alone_speaks_of_no_papers(html):
    assert 'id="papers"' not in html
    assert papers_html(listing()) == ""
