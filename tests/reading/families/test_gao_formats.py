"""The same GAO layouts out of HTML and PDF files, through the modules that open them."""

from __future__ import annotations

import itertools
import re

import pytest
import typst

from closeout.reading.model import AuditorStatus, Position
from closeout.reading.read import read_document
from closeout.reading.sources import open_documents
from tests.reading.families.gao_cases import BODY, case_text, read_case, words

TOOLTIP = "Actions to satisfy the intent of the recommendation have not been taken or are being planned."
PRODUCT = f"""<!DOCTYPE html><html><head><title>Harbor Lights: Keepers Needed | U.S. GAO</title></head><body>
<nav><a href="#">Skip to main content</a><ul><li>Topics</li><li>Reports &amp; Testimonies</li></ul></nav>
<h1>Harbor Lights: Keepers Needed</h1>
<div><strong>GAO-30-990001</strong> Published: Mar 10, 2030. Publicly Released: Mar 11, 2030.</div>
<h2>Fast Facts</h2><p>Our 2 recommendations address this.</p>
<h2>Recommendations</h2><p>GAO recommends counting. DOW concurred with the recommendations.</p>
<section><h2>Recommendations for Executive Action</h2><table>
<thead><tr><th>Agency Affected <span>Sort descending</span></th><th>Recommendation</th>
<th>Status</th></tr></thead>
<tbody><tr><td>Department of Waterways</td>
<td>The Secretary of Waterways should count lights. (Recommendation 1)</td>
<td><div><div>Open</div><div><p>{TOOLTIP}</p></div></div>
<div><p>In March 2030, we reported it. DOW concurred. It plans to finish by June 30, 2031.</p>
<p>We will continue to monitor.</p></div></td></tr>
<tr><td>Department of Waterways<div>Priority Rec.</div><div>This is a priority recommendation.</div></td>
<td>The Secretary of Waterways should count keepers &amp; boats. (Recommendation 2)</td>
<td>Closed – Implemented<p>In May 2031, DOW counted.</p></td></tr></tbody></table></section>
<h2>Full Report</h2><a>Download</a></body></html>"""
LISTING = """<html><body><h1>Bureau of Harbor Lights</h1><p>Jump To:</p>
<h2>Open Recommendations (5 total)</h2>
<div><h3><a>Harbor Lights: Keepers Needed</a></h3><button>Show</button><div>2 Open Recommendations</div>
<div>1 Priority</div><table><thead><tr><th>Agency Affected</th><th>Recommendation</th>
<th>Status <a>Sort descending</a></th></tr></thead><tbody>
<tr><td>Bureau of Harbor Lights</td><td>The Director of BHL should count lights. (Recommendation 1)</td>
<td><div>Open</div><div>In March 2030, we reported it.</div></td></tr>
<tr><td>Bureau of Harbor Lights</td><td>The Director of BHL should count keepers. (Recommendation 2)</td>
<td>Open – Partially Addressed<p>In May 2031, BHL counted.</p></td></tr></tbody></table></div>
<footer><ul><li>About</li><li>Contact</li></ul></footer></body></html>"""


def read_file(path):
    (document,) = open_documents(path)
    return read_document(document)


@pytest.fixture
def product(tmp_path):
    path = tmp_path / "product.html"
    path.write_text(PRODUCT, encoding="utf-8")
    return read_file(path)


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "listing.html"
    path.write_text(LISTING, encoding="utf-8")
    return read_file(path)


def varied(count):
    """Return paragraphs none of whose lines recur: lines on many pages are taken for running heads."""
    words = ("pier", "lamp", "rope", "tide", "gull", "mast", "oar", "keel")
    orders = itertools.islice(itertools.permutations(words), count)
    return "\n\n".join(f"Then {', '.join(order)} were counted, and nothing else." for order in orders)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    """Return the reading of the tagged report, set on pages; one ends within a recommendation, in a note."""
    path = tmp_path_factory.mktemp("gao") / "report.pdf"
    text = case_text("report-tagged.txt").replace(BODY, varied(150))
    note = text[text.index("42 See BHL") : text.index("As BHL hires")]
    heading = "\n\n#### Recommendations for Executive Action\n\nlearned."
    text = text.replace(note, "").replace(heading, f"\n\n{note}PAGEBREAK learned.")
    lines = [re.sub(r"^#+ ", "", line) for line in text.splitlines()]
    body = re.sub(r"([\\#$*_@<>`~\[\]/])", r"\\\1", "\n".join(lines))
    foot = "context [Page #counter(page).display() #h(1fr) GAO-30-990001 Harbor Lights]"
    page = f"#set page(width: 5.5in, height: 7in, margin: 1in, footer: {foot})\n#set text(size: 10pt)\n"
    path.write_bytes(typst.compile((page + body.replace("PAGEBREAK", "#pagebreak()")).encode("utf-8")))
    return read_file(path)


def test_a_product_page_of_html_gives_its_records(product):
    assert product.family == "gao-product-page"
    assert [(record.number, record.status, record.is_priority) for record in product.records] == [
        ("1", AuditorStatus.RESOLVED_OPEN, False),
        ("2", AuditorStatus.CLOSED_IMPLEMENTED, True),
    ]
    assert product.records[1].text == (
        "The Secretary of Waterways should count keepers & boats. (Recommendation 2)"
    )


def test_a_product_page_of_html_gives_its_head(product):
    assert (product.title, product.report_number) == ("Harbor Lights: Keepers Needed", "GAO-30-990001")
    assert (product.report_date.edtf, product.declared_total, product.complete) == ("2030-03-10", 2, True)
    assert product.reports[0].position is Position.CONCUR


def test_a_tooltip_of_html_is_no_part_of_the_narrative(product):
    assert words(product, product.records[0].narrative_span) == (
        "In March 2030, we reported it. DOW concurred. It plans to finish by June 30, 2031. "
        "We will continue to monitor."
    )
    assert [promise.due.edtf for promise in product.records[0].promises] == ["2031-06-30"]


def test_a_listing_of_html_gives_its_blocks_and_rows(listing):
    assert (listing.family, listing.declared_total, listing.complete) == ("gao-agency-page", 5, False)
    assert [(report.title, report.declared_open) for report in listing.reports] == [
        ("Harbor Lights: Keepers Needed", 2)
    ]
    assert [(record.number, record.status_printed) for record in listing.records] == [
        ("1", "Open"),
        ("2", "Open – Partially Addressed"),
    ]


def test_spans_of_html_count_in_its_text(product, listing):
    for page in (product, listing):
        for record in page.records:
            assert words(page, record.text_span) == record.text
            assert words(page, record.agency_span) == record.agency


def test_a_report_on_pages_gives_the_records_of_its_text(pdf):
    plain = read_case("report-tagged.txt")
    assert [(record.number, record.position, record.agency) for record in pdf.records] == [
        (record.number, record.position, record.agency) for record in plain.records
    ]
    assert (pdf.report_number, pdf.declared_total, pdf.complete) == ("GAO-30-990001", 3, True)


def test_a_note_at_the_foot_of_a_page_is_no_part_of_a_recommendation(pdf):
    assert pdf.records[1].text == (
        "As BHL hires keepers, the Director of BHL should test the plan in at least two districts and "
        "publish what it learned. (Recommendation 2)"
    )


def test_page_feet_are_no_words_of_a_recommendation(pdf):
    assert len(pdf.document.pages) > 3
    assert not any("Page" in record.text or "GAO-30" in record.text for record in pdf.records)


def test_promises_of_a_report_on_pages_go_where_they_belong(pdf):
    assert [[promise.due.edtf for promise in record.promises] for record in pdf.records] == [
        ["2031-09"],
        ["2032-03"],
        [],
    ]
