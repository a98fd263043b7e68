"""Recommendations, measures and dossiers made by hand, and readers of what letters become."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pypdf
from docx import Document

from closeout.evidence.assessment import Assessed, Assessment, NeedCovered, Standing
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.letters.dossier import FrozenItem, dossiers_of
from closeout.evidence.letters.paper import Grid, Heading, Paper, Points, Words
from closeout.evidence.measures.measure import Direction, Measure, Measured, Result, Shape, Target, Verdict
from tests.followup.factories import make_followed, make_sighting

AS_OF = date(2025, 6, 30)
DIGEST = "0123456789abcdef" * 4
SOURCES = {
    "documents": [{"path": "report.txt", "sha256": "ab" * 32, "family": "oig", "recommendations": 1}],
    "records": {
        "source": "an example",
        "as_of": "2025-06-30",
        "manifest_sha256": "cd" * 32,
        "tables": [
            {"table": "cases", "rows": 1200, "files": []},
            {"table": "offices", "rows": 4, "files": []},
        ],
    },
    "pack": {"title": "Made-up rules", "sha256": "ef" * 32},
    "engine": "duckdb",
    "versions": {"closeout": "0.1.0"},
}


def make_measure(code="keys-counted", **overrides):
    """Return a share with a target of 95 %."""
    values = {
        "group": 1,
        "title": "Keys counted in time",
        "section": "A3",
        "shape": Shape.SHARE,
        "unit": "share",
        "numerator": "counts held in time",
        "denominator": "counts due",
        "direction": Direction.UP,
        "owner": "director",
        "closes_when": "every key is counted",
        "target": Target(0.95, "policy KEYS"),
        "table": "check_ins",
        "reads": ("check_ins",),
    }
    return Measure(code, **(values | overrides))


def share(k, n):
    """Return a share with an interval made up to lie five points to both sides."""
    p = k / n
    return Figure(Outcome.COMPUTED, p, max(p - 0.05, 0), min(p + 0.05, 1), k, n, method="wilson")


def make_measured(code="keys-counted", figure=None, verdict=Verdict.MET, offices=(), series=(), **overrides):
    """Return a measure with its newest figure."""
    figure = figure or share(1960, 2000)
    measure = make_measure(code, **overrides)
    since = date(2024, 7, 1)

    def result(of, office, until=AS_OF):
        return Result(code, office, since, until, of, verdict)

    return Measured(
        measure,
        AS_OF,
        result(figure, None),
        offices=tuple(result(of, office) for office, of in offices),
        series=tuple(result(of, None, until) for until, of in series),
        query="SELECT 1",
    )


def make_assessment(measured=None, needs=None, missing=(), followed=None, **overrides):
    """Return an assessment of one recommendation with one measure that is on target."""
    measured = (make_measured(),) if measured is None else tuple(measured)
    if needs is None:
        needs = (NeedCovered("evidence that the keys are counted", "report.txt, page 3", ("keys-counted",)),)
    assessed = Assessed(
        followed or make_followed("2", sightings=[make_sighting("2024-12-31", "2024-01-31", by="Bureau")]),
        tuple(each.measure.code for each in measured),
        needs,
        tuple(missing),
        "the records show it is being done: 1 of 1 measure on target",
        Standing.DONE,
    )
    values = {"agency": "Bureau of Keys", "as_of": AS_OF, "sources": SOURCES} | overrides
    return Assessment(measured=measured, assessed=(assessed,), **values)


def frozen(code="keys-counted", **overrides):
    values = {"snapshot_sha256": "fe" * 32, "path": "evidence/keys.json"} | overrides
    return FrozenItem(code, AS_OF, "2025-07-02T09:00:00+00:00", DIGEST, **values)


def make_dossier(items=None, events=None, **given):
    """Return the dossier of one recommendation; ready to be closed unless something is given."""
    return dossiers_of(make_assessment(**given), [frozen()] if items is None else items, events)[0]


def make_paper(**overrides):
    """Return a paper with one of each kind of block."""
    values = {
        "title": "A title",
        "agency": "Bureau of Keys",
        "as_of": AS_OF,
        "facts": (("To", "the auditor"),),
        "blocks": (
            Heading("First"),
            Words("Some words."),
            Words("Quoted words.", "quote"),
            Heading("Second", 2),
            Points(("One point.", "Another point.")),
            Grid("Two rows", ("Name", "Count"), (("a", "1"), ("b", "2")), widths=(3, 1), numeric=(1,)),
        ),
        "about": ("As of a day.",),
        "signature": ("[Signature]",),
        "salutation": "Dear [title]:",
    }
    return Paper(**(values | overrides))


def text_of_pdf(data):
    """Return the words of a PDF, blanks folded and places to break a word taken out."""
    pages = pypdf.PdfReader(BytesIO(data)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(re.sub("[\u200b\u00ad]", "", text).split())


def structure_of_pdf(data):
    """Return the kinds of the tags of a PDF, in reading order."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node["/S"])
            walk(node.get("/K", []))

    walk(pypdf.PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def opened(data):
    """Return a Word file as python-docx reads it."""
    return Document(BytesIO(data))


def text_of_docx(data):
    """Return all words of a Word file, those of tables too."""
    word = opened(data)
    said = [paragraph.text for paragraph in word.paragraphs]
    said += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(said).split())


NO_DATA = without(Outcome.NO_DATA, "the table is not in the records")
