"""What people decided about joins, applied to the register that the readings make by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.claims import Voice
from closeout.reading.conflicts import entry_conflicts
from closeout.reading.fold import fold_key
from closeout.reading.identity import digest
from closeout.reading.register_entries import declared_only, entry_order
from closeout.web.recommendations.models import JoinDecision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.model import DocumentReading
    from closeout.reading.register import Place, Register, RegisterEntry, RegisterReport
    from closeout.web.recommendations.ingest.joinables import Joinable


def with_decisions(register: Register, joinables: Sequence[Joinable]) -> Register:
    """Return the register with every standing decision of a person applied."""
    decisions = _standing()
    if not decisions:
        return register
    readings = [each.reading for each in joinables]
    for decision in decisions:
        if decision.one_report and decision.other_report and decision.is_same:
            register = _one_report(register, readings, decision.one_report.key, decision.other_report.key)
    place_of = {
        mention.pk: (document, record)
        for document, each in enumerate(joinables)
        for record, mention in enumerate(each.mentions)
        if mention is not None
    }
    for decision in decisions:
        one, other = place_of.get(decision.one_id or 0), place_of.get(decision.other_id or 0)
        if one and other:
            register = _decide(register, readings, one, other, is_same=decision.is_same)
    return register


def _standing() -> list[JoinDecision]:
    """Return the newest decision on each pair, oldest first."""
    newest: dict[tuple[int | None, ...], JoinDecision] = {}
    for decision in JoinDecision.objects.select_related("one_report", "other_report").order_by("at", "pk"):
        pair = (decision.one_id, decision.other_id, decision.one_report_id, decision.other_report_id)
        newest[pair] = decision
    return sorted(newest.values(), key=lambda decision: (decision.at, decision.pk))


def _decide(
    register: Register, readings: Sequence[DocumentReading], one: Place, other: Place, *, is_same: bool
) -> Register:
    home = {place: entry for entry in register.entries for place in entry.records}
    first, second = home[one], home[other]
    if is_same and first is not second:
        return _with_entries(register, {first, second}, [_merged(first, second, readings)])
    if not is_same and first is second:
        return _with_entries(register, {first}, _split(first, other, readings))
    return register


def _with_entries(register: Register, without: set[RegisterEntry], added: list[RegisterEntry]) -> Register:
    entries = [entry for entry in register.entries if entry not in without] + added
    return replace(register, entries=tuple(sorted(entries, key=entry_order)))


def _merged(one: RegisterEntry, other: RegisterEntry, readings: Sequence[DocumentReading]) -> RegisterEntry:
    """Return one entry of two; it keeps the name of the numbered one, or of the first."""
    kept, gone = sorted((one, other), key=lambda entry: (entry.is_declared_only, not entry.number, entry.key))
    records = tuple(sorted({*kept.records, *gone.records}))
    return replace(
        kept,
        text=kept.text or gone.text,
        agencies=tuple(dict.fromkeys([*kept.agencies, *gone.agencies])),
        records=records,
        conflicts=entry_conflicts(_voices(records, readings)),
        former_keys=tuple(sorted({*kept.former_keys, *gone.former_keys, gone.key} - {kept.key})),
    )


def _split(entry: RegisterEntry, place: Place, readings: Sequence[DocumentReading]) -> list[RegisterEntry]:
    """Return two entries of one: the records worded as the one at `place`, and the others."""
    words = _fold(place, readings)
    apart = tuple(each for each in entry.records if _fold(each, readings) == words)
    stay = tuple(each for each in entry.records if each not in apart)
    if not stay:
        return [entry]
    document, record = place
    return [
        replace(
            entry,
            text=next((text for each in stay if (text := _words(each, readings))), entry.text),
            records=stay,
            conflicts=entry_conflicts(_voices(stay, readings)),
        ),
        replace(
            entry,
            key=f"{entry.key}~{digest(words)}",
            text=readings[document].records[record].text,
            records=apart,
            conflicts=entry_conflicts(_voices(apart, readings)),
            former_keys=(),
        ),
    ]


def _voices(places: Sequence[Place], readings: Sequence[DocumentReading]) -> list[Voice]:
    return [Voice(readings[place[0]], readings[place[0]].records[place[1]], (place,)) for place in places]


def _words(place: Place, readings: Sequence[DocumentReading]) -> str:
    return readings[place[0]].records[place[1]].text or ""


def _fold(place: Place, readings: Sequence[DocumentReading]) -> str:
    return fold_key(_words(place, readings))


def _one_report(
    register: Register, readings: Sequence[DocumentReading], one_key: str, other_key: str
) -> Register:
    one, other = _report(register, one_key), _report(register, other_key)
    if one is None or other is None or one is other:
        return register
    kept, gone = sorted((one, other), key=lambda report: (not report.number, report.key))
    united = _united(kept, gone)
    entries: dict[str, RegisterEntry] = {}
    for entry in register.entries:
        if entry.report_key not in {kept.key, gone.key} or entry.is_declared_only:
            continue
        moved = _moved(entry, gone.key, kept.key)
        entries[moved.key] = _merged(entries[moved.key], moved, readings) if moved.key in entries else moved
    declared = declared_only(kept.key, united.declared_count or 0, entries.values())
    elsewhere = [entry for entry in register.entries if entry.report_key not in {kept.key, gone.key}]
    return replace(
        register,
        reports=tuple(
            united if report is kept else report for report in register.reports if report is not gone
        ),
        entries=tuple(sorted([*elsewhere, *entries.values(), *declared], key=entry_order)),
    )


def _report(register: Register, key: str) -> RegisterReport | None:
    by_key = {report.key: report for report in register.reports}
    former = (report for report in register.reports if key in report.former_keys)
    return by_key.get(key) or next(former, None)


def _moved(entry: RegisterEntry, old: str, new: str) -> RegisterEntry:
    if entry.report_key != old:
        return entry
    key = f"{new}{entry.key.removeprefix(old)}"
    return replace(entry, key=key, report_key=new, former_keys=(*entry.former_keys, entry.key))


def _united(kept: RegisterReport, gone: RegisterReport) -> RegisterReport:
    return replace(
        kept,
        issued=kept.issued or gone.issued,
        declared_count=kept.declared_count or gone.declared_count,
        aliases=tuple(sorted({*kept.aliases, *gone.aliases, gone.title} - {kept.title, ""})),
        mentions=tuple(sorted({*kept.mentions, *gone.mentions})),
        documents=tuple(sorted({*kept.documents, *gone.documents})),
        former_keys=tuple(sorted({*kept.former_keys, *gone.former_keys, gone.key} - {kept.key})),
        is_cited_only=kept.is_cited_only and gone.is_cited_only,
    )
