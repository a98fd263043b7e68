"""What a report rests on, what could not be computed, and how to read its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.evidence.report.markup import Column, bullets, facts, paragraph, table, text
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DOCUMENTS = (
    Column("Document"),
    Column("Layout"),
    Column("Recommendations", is_number=True),
    Column("SHA-256"),
)
_TABLES = (Column("Table"), Column("Rows", is_number=True), Column("SHA-256 of its files"))
_DIGITS = 16
HOW_TO_READ = (
    "A share says how many of how many; its interval is Wilson's or exact, at 95 %.",
    "A count and a rate have exact Poisson intervals; dependent rows, a cluster bootstrap's.",
    "On target or off target is established only where the whole interval lies on that side of the target.",
    "Not assessed, insufficient sample, no rule in force and no data are results. None of them is zero.",
    "Offices stand in the order of their codes. No figure here is about a person.",
    "A funnel shows which offices differ by more than chance and common spread; it is no league table.",
    "Counts of 1 to 10 are not shown, nor what would let them be worked out.",
)


def sources_html(sources: Mapping[str, Any]) -> str:
    """Return what was read, with digests, and what computed it."""
    documents, records = sources.get("documents", ()), sources.get("records", {})
    versions = sources.get("versions", {})
    pack = sources.get("pack", {})
    return "".join(
        (
            '<h2 id="sources">Sources</h2>',
            facts(
                [
                    ("Records", text(_records(records))),
                    ("Manifest", _digest(records.get("manifest_sha256", ""))),
                    ("Rules", text(pack.get("title", ""))),
                    ("Rules’ digest", _digest(pack.get("sha256", ""))),
                    ("Computed by", text(", ".join(f"{name} {said}" for name, said in versions.items()))),
                    ("Engine", text(sources.get("engine", ""))),
                ]
            ),
            _documents(documents),
            _tables(records.get("tables", ())),
        )
    )


def notes_html(notes: Sequence[str]) -> str:
    """Return what could not be read or computed, and how to read the rest."""
    said = bullets(map(text, notes)) or paragraph("Everything was read and computed.")
    return (
        f'<h2 id="notes">What could not be read or computed</h2>{said}'
        f'<h2 id="reading">How to read the figures</h2>{bullets(map(text, HOW_TO_READ))}'
    )


def _records(records: Mapping[str, Any]) -> str:
    return f"{records['source']}, as of {records['as_of']}" if records else ""


def _documents(documents: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        [text(one["path"]), text(one["family"]), f"{one['recommendations']:,}", _digest(one["sha256"])]
        for one in documents
    ]
    return table("documents", counted(len(rows), "document"), _DOCUMENTS, rows) if rows else ""


def _tables(tables: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        [
            text(one["table"]),
            f"{one['rows']:,}",
            " ".join(_digest(part["sha256"]) for part in one["files"]),
        ]
        for one in tables
    ]
    return table("tables", counted(len(rows), "table"), _TABLES, rows) if rows else ""


def _digest(said: str) -> str:
    """Return the first digits of a digest; `assessment.json` has all of them."""
    return f'<span class="mono">{text(said[:_DIGITS])}</span>' if said else ""
