"""What every document says of its figures: as-of date, sources, intervals, suppression, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.evidence.letters.words import day_words, method_words, sentence
from closeout.evidence.suppression import THRESHOLD
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from closeout.evidence.figures import Figure

_MOST_NOTES = 12
_MOST_NAMED = 10
_DIGITS = 16
SUPPRESSION = (
    f"Suppression: counts from 1 to {THRESHOLD - 1} are not shown, and neither is a figure from which "
    "one could be worked out. Officers appear by number only; no person is named."
)
NO_PERSONS = (
    "Suppression: none is needed. The counts are of inspections, components and acts of surveillance, and of "
    "no person."
)


def about(
    as_of: date,
    sources: Mapping[str, Any] | None,
    figures: Iterable[Figure] = (),
    notes: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return the closing notes of a document, a sentence or two each.

    Args:
        as_of: The day the figures stand on.
        sources: What was read.
        figures: The figures shown, for the kinds of their intervals.
        notes: What could not be read or computed.

    """
    said = [
        as_of_words(as_of),
        *source_words(sources),
        interval_note(figures),
        SUPPRESSION,
        *not_covered(notes),
    ]
    return tuple(each for each in said if each)


def as_of_words(as_of: date) -> str:
    """Return which day the figures stand on."""
    return f"As of: {day_words(as_of)}. What happened or was recorded later is not in these figures."


def interval_note(figures: Iterable[Figure]) -> str:
    """Return how intervals were made and what `not established` means; empty where there is no figure."""
    shown = [each for each in figures if each.value is not None]
    ways = method_words(shown)
    if not ways:
        return ""
    levels = sorted({f"{each.level:.0%}".replace("%", " %") for each in shown if each.method})
    return (
        f"Intervals are at {' and '.join(levels)} ({ways}). That a target is met or not met is established "
        "only where the whole interval lies on one side of it. “Not assessed”, “insufficient sample”, "
        "“no rule in force” and “no data” are results; none of them means zero."
    )


def not_covered(notes: Sequence[str]) -> list[str]:
    """Return what the figures do not cover, at most a dozen sentences and a count of the rest."""
    said = [f"Not covered: {sentence(each)}" for each in notes[:_MOST_NOTES]]
    if len(notes) > _MOST_NOTES:
        said.append(
            f"Not covered: {counted(len(notes) - _MOST_NOTES, 'more point')}, listed in the assessment."
        )
    return said


def source_words(sources: Mapping[str, Any] | None, *, with_documents: bool = True) -> list[str]:
    """Return what was read and what computed it: counts and digests, as an assessment keeps them.

    Args:
        sources: What was read.
        with_documents: Whether the reports that were read are a source of it too.

    """
    if not sources:
        return ["Sources: not stated by the assessment."]
    said = [
        _documents(sources.get("documents") or ()) if with_documents else "",
        _records(sources.get("records") or {}),
        _rules(sources.get("pack") or {}),
        _computed(sources),
    ]
    return [f"Sources: {sentence('; '.join(each for each in said if each))}"]


def _documents(documents: Sequence[Mapping[str, Any]]) -> str:
    if not documents:
        return "no report was read"
    named = [
        f"{one.get('path', '')} ({str(one.get('sha256', ''))[:_DIGITS]})" for one in documents[:_MOST_NAMED]
    ]
    more = f" and {len(documents) - _MOST_NAMED} more" if len(documents) > _MOST_NAMED else ""
    count = counted(len(documents), "document")
    return f"{count} with the first digits of their SHA-256: {', '.join(named)}{more}"


def _records(records: Mapping[str, Any]) -> str:
    if not records:
        return "no records"
    tables = records.get("tables") or ()
    rows = sum(int(one.get("rows", 0)) for one in tables)
    digest = records.get("manifest_sha256", "")
    source, day = records.get("source", "an unnamed source"), records.get("as_of", "an unknown day")
    held = f"{rows:,} rows in {counted(len(tables), 'table')}"
    return f"records of {source}, as of {day}, {held}, SHA-256 of the manifest {digest or 'not kept'}"


def _rules(pack: Mapping[str, Any]) -> str:
    return f"rules: {pack.get('title', '')}, SHA-256 {pack.get('sha256', '')}" if pack else ""


def _computed(sources: Mapping[str, Any]) -> str:
    versions = sources.get("versions") or {}
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    engine = sources.get("engine", "")
    return f"computed by {told}{f' on {engine}' if engine else ''}" if told else ""
