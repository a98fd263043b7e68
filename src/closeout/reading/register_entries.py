"""From groups of records to the entries of a register."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from closeout.reading.claims import Voice
from closeout.reading.conflicts import entry_conflicts
from closeout.reading.fold import fold_key, fold_space
from closeout.reading.identity import digest, is_ordinal, recommendation_number
from closeout.reading.join_reports import unidentified
from closeout.reading.model import RecommendationKind
from closeout.reading.register import RegisterEntry
from closeout.reading.speakers import component, one_speaker_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.reading.join_recommendations import Group
    from closeout.reading.model import DocumentReading
    from closeout.reading.register import RegisterReport


def entries_of(
    report: RegisterReport, groups: Sequence[Group], readings: Sequence[DocumentReading]
) -> dict[Group, RegisterEntry]:
    """Return the register's entry for each group of records of one report."""
    report_key = report.key
    taken: Counter[str] = Counter()
    entries = {}
    for group in groups:
        voices = _voices(group, readings)
        number = _number(voices)
        key = _key(report, group, number, voices)
        taken[key] += 1
        if taken[key] > 1:
            key = f"{key}~{taken[key]}"
        entries[group] = RegisterEntry(
            key=key,
            report_key=report_key,
            number=number,
            text=_text(voices),
            kind=_kind(voices),
            agencies=_agencies(voices),
            records=tuple(sorted(place for unit in group.units for place in unit.places)),
            conflicts=entry_conflicts(voices),
            former_keys=_former_keys(key, report, group),
        )
    return entries


def declared_only(report_key: str, declared: int, known: Iterable[RegisterEntry]) -> list[RegisterEntry]:
    """Return an entry for each recommendation that a report declares and no document shows.

    Where every known one is numbered within the count, the missing numbers follow by
    elimination; where none is known, no number is claimed.
    """
    entries = [entry for entry in known if entry.kind is not RecommendationKind.MATTER]
    numbers = {recommendation_number(entry.number or "") for entry in entries}
    counted = {str(number) for number in range(1, declared + 1)}
    missing = max(0, declared - len(entries))
    by_elimination = len(numbers) == len(entries) and numbers <= counted
    places = sorted(counted - numbers, key=int) if by_elimination else [str(n + 1) for n in range(missing)]
    return [
        RegisterEntry(
            key=f"{report_key}/declared-{place}",
            report_key=report_key,
            number=place if by_elimination and entries else None,
            text=None,
            kind=RecommendationKind.RECOMMENDATION,
            is_declared_only=True,
        )
        for place in places[:missing]
    ]


def entry_order(entry: RegisterEntry) -> tuple[object, ...]:
    """Give the order of entries: by report, matters last, then by number as people count."""
    number = recommendation_number(entry.number or "")
    counted = int("".join(filter(str.isdigit, number)) or 0) if is_ordinal(number) else 10**6
    return (entry.report_key, entry.kind is RecommendationKind.MATTER, counted, number, entry.key)


def _voices(group: Group, readings: Sequence[DocumentReading]) -> list[Voice]:
    voices = []
    for unit in group.units:
        by_record: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for document, record in unit.places:
            by_record[record].append((document, record))
        for places in by_record.values():
            document, record = places[0]
            said = readings[document].records[record]
            agency = fold_key(said.agency) if len(by_record) > 1 else ""
            voices.append(Voice(readings[document], said, tuple(sorted(places)), agency))
    return voices


def _number(voices: Sequence[Voice]) -> str | None:
    printed = Counter(f"{voice.record.number}{voice.record.part}" for voice in voices if voice.record.number)
    # A number within the report is what people call it by; an identifier of a tracker comes second.
    return min(
        printed,
        key=lambda number: (not is_ordinal(recommendation_number(number)), -printed[number], number),
        default=None,
    )


def _key(report: RegisterReport, group: Group, number: str | None, voices: Sequence[Voice]) -> str:
    normal = recommendation_number(number or "")
    # Where the report is not known, "3" is the third of many: only its words tell it apart.
    if normal and not (report.is_unidentified and is_ordinal(normal)):
        matter = "matter-" if group.units[0].is_matter else ""
        return f"{report.key}/{matter}{normal}"
    if group.folds:
        return _text_key(report.key, min(group.folds))
    first = group.units[0]
    sha256 = voices[0].reading.document.sha256
    return f"{report.key}/record-{digest(f'{sha256} {first.places[0][1]}')}"


def _former_keys(key: str, report: RegisterReport, group: Group) -> tuple[str, ...]:
    """Return the keys it had while its report's number, or its own, was not known."""
    issuer = report.key.partition("/")[0]
    suffixes = {key.removeprefix(report.key), *(_text_key("", fold) for fold in group.folds)}
    known = {f"{home}{suffix}" for home in (report.key, *report.former_keys) for suffix in suffixes}
    for home in (unidentified(issuer), unidentified("")):
        known.update(_text_key(home, fold) for fold in group.folds)
    return tuple(sorted(known - {key}))


def _text_key(report_key: str, fold: str) -> str:
    return f"{report_key}/text-{digest(fold)}"


def _text(voices: Sequence[Voice]) -> str | None:
    texts = [
        (voice.reading.is_secondary, voice.record.is_withheld, voice.record.is_truncated, -len(text), text)
        for voice in voices
        if voice.record.text and (text := fold_space(voice.record.text))
    ]
    return min(texts)[-1] if texts else None


def _kind(voices: Sequence[Voice]) -> RecommendationKind:
    kinds = {voice.record.kind for voice in voices}
    return next((kind for kind in RecommendationKind if kind in kinds), RecommendationKind.RECOMMENDATION)


def _agencies(voices: Sequence[Voice]) -> tuple[str, ...]:
    """Return each agency once, in the spelling used most, of equals the longest."""
    printed = Counter(component(fold_space(voice.record.agency)) for voice in voices if voice.record.agency)
    meant = one_speaker_each(printed)
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for name in printed:
        spellings[meant[name] or fold_key(name)].append(name)
    return tuple(
        min(names, key=lambda name: (-printed[name], -len(name), name))
        for _, names in sorted(spellings.items())
    )
