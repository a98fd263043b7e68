"""From the names and mentions of reports to the reports of a register."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from closeout.reading.claims import overlap
from closeout.reading.fold import fold_key, fold_space
from closeout.reading.identity import report_numbers
from closeout.reading.join_reports import most_common, split_key
from closeout.reading.register import Conflict, ConflictField, ConflictValue, RegisterReport, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import DocumentReading, Span
    from closeout.reading.place_records import Placement
    from closeout.reading.register import Place


@dataclass(slots=True)
class _Gathered:
    """All that the documents say of one report."""

    titles: list[tuple[str, Source]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    dates: list[tuple[FuzzyDate, int]] = field(default_factory=list)
    counts: list[tuple[int, int, Span | None, bool]] = field(default_factory=list)
    mentions: list[Place] = field(default_factory=list)
    documents: set[int] = field(default_factory=set)
    is_spoken_of: bool = False


def reports_of(readings: Sequence[DocumentReading], placement: Placement) -> list[RegisterReport]:
    """Return the reports the documents speak of, in the order of their keys."""
    gathered: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for index, key in placement.own.items():
        _gather_own(gathered[key], index, readings[index])
    for place, key in placement.mentions.items():
        _gather_mention(gathered[key], place, readings[place[0]])
    for (document, record), key in placement.records.items():
        said = readings[document].records[record]
        told = gathered[key]
        told.is_spoken_of = True
        told.documents.add(document)
        if said.report_title and not readings[document].is_secondary:
            told.titles.append((fold_space(said.report_title), Source(document, None)))
        if said.report_number:
            told.numbers.add(fold_space(said.report_number))
    return [_report(key, told, placement) for key, told in sorted(gathered.items())]


def _gather_own(told: _Gathered, index: int, reading: DocumentReading) -> None:
    told.is_spoken_of = True
    told.documents.add(index)
    if reading.title and not reading.is_secondary:
        told.titles.append((fold_space(reading.title), Source(index, None)))
    if reading.report_number:
        told.numbers.add(fold_space(reading.report_number))
    if reading.report_date and not reading.is_secondary:
        told.dates.append((reading.report_date, index))


def _gather_mention(told: _Gathered, place: Place, reading: DocumentReading) -> None:
    mention = reading.reports[place[1]]
    told.mentions.append(place)
    told.documents.add(place[0])
    told.is_spoken_of |= not mention.is_cited_only
    if mention.title and not (reading.is_secondary and fold_key(mention.title) == fold_key(reading.title)):
        told.titles.append((fold_space(mention.title), Source(place[0], mention.title_span)))
    if mention.number:
        told.numbers.add(fold_space(mention.number))
    if mention.issued:
        told.dates.append((mention.issued, place[0]))
    if mention.declared_count is not None:
        told.counts.append((mention.declared_count, place[0], mention.declared_span, reading.is_secondary))


def _report(key: str, told: _Gathered, placement: Placement) -> RegisterReport:
    issuer, number = split_key(key)
    title = most_common(title for title, *_ in told.titles)
    numbers = {each for each in told.numbers if number in report_numbers(each)}
    others = {title for title, _ in told.titles} | numbers
    is_unidentified = key.endswith("/unidentified")
    return RegisterReport(
        key=key,
        issuer=issuer,
        number=number,
        title=title,
        issued=_issued(told),
        declared_count=None if is_unidentified else _declared(told),
        aliases=tuple(sorted(others - {title, number})),
        mentions=tuple(sorted(told.mentions)),
        documents=tuple(sorted(told.documents)),
        conflicts=tuple(
            conflict
            for conflict in (_title_conflict(told), _date_conflict(told), _count_conflict(told))
            if conflict
        ),
        former_keys=tuple(sorted(placement.names.former[key] - {key})),
        is_cited_only=not told.is_spoken_of,
        is_unidentified=is_unidentified,
    )


def _issued(told: _Gathered) -> FuzzyDate | None:
    """Return the most precise date; of equals the one most documents give, then the earliest."""
    times = Counter(day.edtf for day, _ in told.dates)
    days = [day for day, _ in told.dates]
    return min(
        days,
        key=lambda day: (
            (day.latest - day.earliest).days,
            -times[day.edtf],
            day.edtf,
            day.printed,
            str(day.span),
        ),
        default=None,
    )


def _declared(told: _Gathered) -> int | None:
    """Return the count most first-hand documents give; of equals the larger."""
    first_hand = Counter(count for count, *_, is_secondary in told.counts if not is_secondary)
    counts = first_hand or Counter(count for count, *_ in told.counts)
    return max(counts, key=lambda count: (counts[count], count), default=None)


def _title_conflict(told: _Gathered) -> Conflict | None:
    return _conflict(ConflictField.TITLE, told.titles, _titles_differ)


def _titles_differ(one: str, other: str) -> bool:
    first, second = fold_key(one), fold_key(other)
    return first not in second and second not in first


def _date_conflict(told: _Gathered) -> Conflict | None:
    days = {day.edtf: day for day, _ in told.dates}
    values = [(day.edtf, Source(document, day.span)) for day, document in told.dates]
    return _conflict(ConflictField.ISSUED, values, lambda one, other: not overlap(days[one], days[other]))


def _count_conflict(told: _Gathered) -> Conflict | None:
    values = [(str(count), Source(document, span)) for count, document, span, _ in told.counts]
    return _conflict(ConflictField.DECLARED, values, lambda one, other: one != other)


def _conflict(
    field: ConflictField, values: Iterable[tuple[str, Source]], differ: Callable[[str, str], bool]
) -> Conflict | None:
    sources: defaultdict[str, set[Source]] = defaultdict(set)
    for value, source in values:
        sources[value].add(source)
    clashing = {value for pair in combinations(sorted(sources), 2) if differ(*pair) for value in pair}
    if not clashing:
        return None
    return Conflict(field, tuple(ConflictValue(value, _sorted(sources[value])) for value in sorted(clashing)))


def _sorted(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(
        sorted(sources, key=lambda source: (source.document, source.span.start if source.span else -1))
    )
