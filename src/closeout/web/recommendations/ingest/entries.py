"""Bring the recommendations' rows to what the joined register says."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from closeout.reading.fold import fold_key
from closeout.reading.identity import recommendation_number
from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.models import Agency, Recommendation
from closeout.web.recommendations.rows import assign, save_changed, sync_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.reading.model import Record
    from closeout.reading.register import Register, RegisterEntry
    from closeout.web.recommendations.ingest.joinables import Joinable
    from closeout.web.recommendations.models import Report

_COLUMNS = (
    "report",
    "key",
    "sort_key",
    "number",
    "part",
    "order",
    "kind",
    "addressee",
    "is_priority",
    "is_legislative",
    "is_declared_only",
    "is_withheld",
    "is_retired",
    "merged_into",
    "aliases",
    "text_hash",
    "text",
)
_AT_ONCE = 400


@dataclass(slots=True)
class Synced:
    """The rows of a joined register, by the key of their entry."""

    by_key: dict[str, Recommendation]
    touched: set[int]
    """Rows that are new, changed, or retired."""


def sync_entries(register: Register, joinables: Sequence[Joinable], reports: Mapping[str, Report]) -> Synced:
    """Store the register's recommendations; return their rows.

    A row stays the same recommendation while its key, its mentions, or an earlier key of it
    show that it is: what people did hangs on it. A row left without an entry is retired, and
    remembers into which one its mentions went.
    """
    rows = _rows_in_scope(register, joinables, reports)
    home = _claimed(register, joinables, rows)
    columns = _all_columns(register, joinables, reports)
    changed_keys = {row.pk: row.key for key, row in home.items() if row.key != key}
    for pk in changed_keys:
        Recommendation.objects.filter(pk=pk).update(key=f"~{pk}")
    left = [row for row in rows.values() if row.pk not in {each.pk for each in home.values()}]
    _give_up_keys(left, columns)
    for key, row in home.items():
        columns[key]["aliases"] = sorted(
            {
                *columns[key]["aliases"],
                *row.aliases,
                *([changed_keys[row.pk]] if row.pk in changed_keys else []),
            }
            - {key}
        )
    Recommendation.objects.bulk_create(
        [Recommendation(**columns[entry.key]) for entry in register.entries if entry.key not in home],
        batch_size=200,
    )
    changed = [row for key, row in home.items() if assign(row, columns[key])]
    save_changed(changed, _COLUMNS)
    stored = {
        row.key: row
        for some in batches(sorted(columns), _AT_ONCE)
        for row in Recommendation.objects.filter(key__in=some).defer("text")
    }
    retired = _retire(left, register, joinables, stored)
    _sync_agencies(register, stored)
    made = {stored[entry.key].pk for entry in register.entries if entry.key not in home}
    return Synced(stored, made | {row.pk for row in changed} | retired)


def _rows_in_scope(
    register: Register, joinables: Sequence[Joinable], reports: Mapping[str, Report]
) -> dict[int, Recommendation]:
    keys = {key for entry in register.entries for key in (entry.key, *entry.former_keys)}
    mentioned = {
        mention.recommendation_id
        for each in joinables
        for mention in [*each.mentions, *each.gone, *each.rejected.values()]
        if mention is not None and mention.recommendation_id is not None
    }
    found: dict[int, Recommendation] = {}
    scopes: list[tuple[str, list[Any]]] = [
        ("key__in", sorted(keys)),
        ("pk__in", sorted(mentioned)),
        ("report__in", sorted(report.pk for report in reports.values())),
    ]
    for lookup, values in scopes:
        for some in batches(values, _AT_ONCE):
            found.update({row.pk: row for row in Recommendation.objects.filter(**{lookup: some})})
    return found


def _claimed(
    register: Register, joinables: Sequence[Joinable], rows: Mapping[int, Recommendation]
) -> dict[str, Recommendation]:
    """Return the row of each entry that has one; no row serves two entries.

    In this order: the row of the same key; the row that most of the entry's mentions were of;
    the row of an earlier key; the row that stood for it while it was only declared.
    """
    by_key = {row.key: row for row in rows.values()}
    home = {entry.key: by_key[entry.key] for entry in register.entries if entry.key in by_key}
    taken = {row.pk for row in home.values()}
    for pick in (_by_mentions, _by_former_key, _by_declaration):
        for entry in register.entries:
            if entry.key in home:
                continue
            found = next(
                (pk for pk in pick(entry, joinables, by_key) if pk in rows and pk not in taken), None
            )
            if found is not None:
                home[entry.key] = rows[found]
                taken.add(found)
    return home


def _by_mentions(
    entry: RegisterEntry, joinables: Sequence[Joinable], _by_key: Mapping[str, Recommendation]
) -> list[int]:
    counts = Counter(_former_homes(entry, joinables))
    return sorted(counts, key=lambda pk: (-counts[pk], pk))


def _by_former_key(
    entry: RegisterEntry, _joinables: Sequence[Joinable], by_key: Mapping[str, Recommendation]
) -> list[int]:
    return sorted(by_key[key].pk for key in entry.former_keys if key in by_key)


def _by_declaration(
    entry: RegisterEntry, _joinables: Sequence[Joinable], by_key: Mapping[str, Recommendation]
) -> list[int]:
    declared = by_key.get(f"{entry.report_key}/declared-{recommendation_number(entry.number or '')}")
    return [declared.pk] if declared is not None else []


def _former_homes(entry: RegisterEntry, joinables: Sequence[Joinable]) -> Iterable[int]:
    for document, record in entry.records:
        mention = joinables[document].mentions[record]
        if mention is not None and mention.recommendation_id is not None:
            yield mention.recommendation_id


def _give_up_keys(left: Iterable[Recommendation], columns: Mapping[str, Any]) -> None:
    for row in left:
        if row.key in columns:
            Recommendation.objects.filter(pk=row.pk).update(key=f"~{row.pk}")


def _retire(
    left: Sequence[Recommendation],
    register: Register,
    joinables: Sequence[Joinable],
    stored: Mapping[str, Recommendation],
) -> set[int]:
    heirs: defaultdict[int, Counter[int]] = defaultdict(Counter)
    by_former: dict[str, int] = {}
    for entry in register.entries:
        heir = stored[entry.key].pk
        by_former.update(dict.fromkeys(entry.former_keys, heir))
        for pk in _former_homes(entry, joinables):
            heirs[pk][heir] += 1
    changed = []
    for row in left:
        votes = heirs.get(row.pk)
        known = by_former.get(row.key, row.merged_into_id)
        into = votes.most_common(1)[0][0] if votes else known
        if assign(row, {"is_retired": True, "merged_into_id": into}):
            changed.append(row)
    save_changed(changed, ["is_retired", "merged_into"])
    return {row.pk for row in changed}


def _all_columns(
    register: Register, joinables: Sequence[Joinable], reports: Mapping[str, Report]
) -> dict[str, dict[str, Any]]:
    columns = {}
    places: Counter[str] = Counter()
    for entry in register.entries:
        places[entry.report_key] += 1
        columns[entry.key] = _columns(entry, joinables, reports[entry.report_key], places[entry.report_key])
    return columns


def _columns(
    entry: RegisterEntry, joinables: Sequence[Joinable], report: Report, order: int
) -> dict[str, Any]:
    records = [joinables[document].reading.records[index] for document, index in entry.records]
    text = entry.text or ""
    return storable(
        {
            "key": entry.key,
            "sort_key": f"{report.number or report.title[:200] or report.key}/{order:05}",
            "number": (entry.number or "")[:40],
            "order": order,
            "kind": entry.kind.value,
            "addressee": _longest(record.addressee for record in records),
            "is_priority": _is_priority(entry, joinables),
            "is_legislative": any(record.is_legislative for record in records),
            "is_declared_only": entry.is_declared_only,
            "is_withheld": bool(records) and all(record.is_withheld for record in records),
            "is_retired": False,
            "merged_into": None,
            "aliases": sorted(entry.former_keys),
            "text_hash": sha256(fold_key(text).encode()).hexdigest() if text else "",
            "text": text,
        }
    ) | {"report": report}


def _longest(values: Iterable[str]) -> str:
    return max(values, key=lambda value: (len(value), value), default="")


def _is_priority(entry: RegisterEntry, joinables: Sequence[Joinable]) -> bool:
    """Say whether the newest capture of any document that shows it marks it as a priority."""
    newest: dict[int, tuple[int, Record]] = {}
    for document, index in entry.records:
        capture = joinables[document].capture
        record = joinables[document].reading.records[index]
        if capture.document_id not in newest or newest[capture.document_id][0] <= capture.pk:
            newest[capture.document_id] = (capture.pk, record)
    return any(record.is_priority for _, record in newest.values())


def _sync_agencies(register: Register, stored: Mapping[str, Recommendation]) -> None:
    names = storable(sorted({name[:200] for entry in register.entries for name in entry.agencies}))
    Agency.objects.bulk_create([Agency(name=name) for name in names], ignore_conflicts=True)
    ids: dict[str, int] = {}
    for some in batches(names, _AT_ONCE):
        ids.update(Agency.objects.filter(name__in=some).values_list("name", "pk"))
    sync_links(
        Recommendation.agencies.through,
        "recommendation",
        "agency",
        {
            stored[entry.key].pk: {ids[storable(name[:200])] for name in entry.agencies}
            for entry in register.entries
        },
    )
