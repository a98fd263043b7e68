"""The same report and the same recommendation across documents, with what they contradict each other on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from closeout.reading.identity import digest
from closeout.reading.join_recommendations import Unit, join_units, unit_of
from closeout.reading.outlines import SHORTEST_TELLING_TEXT, Folds, Outline, outline
from closeout.reading.place_records import Placement, place
from closeout.reading.register import (
    Conflict,
    ConflictField,
    ConflictValue,
    Doubt,
    DoubtKind,
    Place,
    Register,
    RegisterEntry,
    RegisterReport,
    Source,
)
from closeout.reading.register_doubts import group_doubts, placement_doubts, report_doubts
from closeout.reading.register_entries import declared_only, entries_of, entry_order
from closeout.reading.register_reports import reports_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.model import DocumentReading

__all__ = [
    "Conflict",
    "ConflictField",
    "ConflictValue",
    "Doubt",
    "DoubtKind",
    "Place",
    "Register",
    "RegisterEntry",
    "RegisterReport",
    "Source",
    "join",
    "join_keys",
]


def join(readings: Sequence[DocumentReading]) -> Register:
    """Return the register that the readings make together.

    A report is known by issuer and number, else by issuer and title; a recommendation by its
    report and number, else by its words. What is only alike is left apart and put to a person.
    The order of the readings makes no difference but for the indexes in the answer.
    """
    folds = Folds()
    outlines = [outline(index, reading, folds) for index, reading in enumerate(readings)]
    placement = place(outlines)
    reports = reports_of(readings, placement)
    units = _units(outlines, placement)
    entries: list[RegisterEntry] = []
    doubts = [*placement.names.doubts, *report_doubts(reports)]
    for report in reports:
        joined = join_units(units[report.key], is_one_report=not report.is_unidentified)
        known = entries_of(report, joined.groups, readings)
        entries.extend(known.values())
        if report.declared_count and not report.is_unidentified:
            entries.extend(declared_only(report.key, report.declared_count, known.values()))
        doubts.extend(group_doubts(joined, known))
    doubts.extend(placement_doubts(placement, entries))
    return Register(
        reports=tuple(reports),
        entries=tuple(sorted(entries, key=entry_order)),
        doubts=tuple(sorted(set(doubts), key=lambda doubt: (doubt.kind, doubt.keys, doubt.message))),
    )


def join_keys(reading: DocumentReading) -> frozenset[str]:
    """Return the keys by which a reading can join others, for a store that joins a few at a time.

    Two readings that share no key, directly or through others, cannot touch the same report or
    recommendation. So joining only the readings that hang together with a new one gives the
    same entries as joining all of them.
    """
    each = outline(0, reading, Folds())
    keys: set[str] = set()
    for name in (each.own, *each.mentions, *each.records):
        keys.update({f"number:{name.number}"} if name.number else ())
        keys.update({f"title:{digest(name.title)}"} if name.title else ())
    keys.update(f"text:{digest(fold)}" for fold in each.folds if len(fold) >= SHORTEST_TELLING_TEXT)
    if not each.own.names_a_report and not all(name.names_a_report for name in each.records):
        keys.add(f"unidentified:{each.issuer}")
    return frozenset(keys)


def _units(outlines: Sequence[Outline], placement: Placement) -> defaultdict[str, list[Unit]]:
    """Return the units of each report; byte-identical documents speak once, at several places."""
    units: defaultdict[str, list[Unit]] = defaultdict(list)
    for rank, copies in enumerate(_copies(outlines)):
        first = copies[0]
        for number, record in enumerate(first.reading.records):
            places = tuple((copy.index, number) for copy in copies)
            unit = unit_of(rank, places, record, number=first.numbers[number], words=first.words[number])
            units[placement.records[places[0]]].append(unit)
    return units


def _copies(outlines: Sequence[Outline]) -> list[list[Outline]]:
    same: list[list[Outline]] = []
    for each in sorted(outlines, key=lambda outline: outline.rank):
        last = same[-1][0].reading if same else None
        sha256 = each.reading.document.sha256
        if last and sha256 and last.document.sha256 == sha256 and last.records == each.reading.records:
            same[-1].append(each)
        else:
            same.append([each])
    return same
