"""Which records of one report are the same recommendation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key
from closeout.reading.identity import is_ordinal
from closeout.reading.likeness import has_lead_in, is_after_lead_in, like_pairs, likeness
from closeout.reading.model import RecommendationKind
from closeout.reading.outlines import SHORTEST_TELLING_TEXT
from closeout.reading.speakers import component

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from closeout.reading.model import Record
    from closeout.reading.register import Place

QUITE_DIFFERENT = 0.5
"""Texts under one number that are less alike than this (0-1) are put to a person."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one document says of one recommendation: mostly one record, several for several agencies.

    `document` stands for all byte-identical copies of a document; `places` lists them all. `fold` is
    the text by which it may be told, `words` the same with its blanks.
    """

    document: int
    places: tuple[Place, ...]
    number: str
    fold: str
    words: str
    is_matter: bool
    agencies: frozenset[str]
    is_withheld: bool
    is_truncated: bool

    @property
    def order(self) -> tuple[object, ...]:
        """Give an order that does not hang on the order the documents came in."""
        return (self.document, self.places[0][1])


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are one recommendation, in canonical order."""

    units: tuple[Unit, ...]

    @property
    def documents(self) -> list[int]:
        """List the document of each unit."""
        return [unit.document for unit in self.units]

    @property
    def numbers(self) -> frozenset[str]:
        """Return the numbers its units bear."""
        return frozenset(unit.number for unit in self.units if unit.number)

    @property
    def folds(self) -> frozenset[str]:
        """Return the folded texts that may identify it: none of a withheld one."""
        return frozenset(unit.fold for unit in self.units if unit.fold and not unit.is_withheld)

    @property
    def words(self) -> frozenset[str]:
        """Return the same texts with their blanks, for measuring likeness."""
        return frozenset(unit.words for unit in self.units if unit.fold and not unit.is_withheld)

    @property
    def agencies(self) -> frozenset[str]:
        """Return the agencies it is addressed to, folded."""
        return frozenset().union(*(unit.agencies for unit in self.units))

    @property
    def order(self) -> tuple[object, ...]:
        """Give an order that does not hang on the order the documents came in."""
        return self.units[0].order


@dataclass(frozen=True, slots=True)
class Joined:
    """The recommendations of one report, and the groups a person should compare."""

    groups: tuple[Group, ...]
    same_text: tuple[tuple[Group, ...], ...] = ()
    like_text: tuple[tuple[Group, Group, float], ...] = ()
    different_words: tuple[tuple[Group, float], ...] = ()


def unit_of(document: int, places: tuple[Place, ...], record: Record, *, number: str, words: str) -> Unit:
    """Return the unit that one record (at each of its places) makes."""
    return Unit(
        document=document,
        places=places,
        number=number,
        fold=words.replace(" ", ""),
        words=words,
        is_matter=record.kind is RecommendationKind.MATTER,
        agencies=frozenset({fold_key(component(record.agency))} - {""}),
        is_withheld=record.is_withheld,
        is_truncated=record.is_truncated,
    )


def join_units(units: Iterable[Unit], *, is_one_report: bool) -> Joined:
    """Return the recommendations that the units of one report make.

    By number first; then by exactly equal folded text; what is merely alike stays apart and is
    put to a person. Two records of one document are never one recommendation, unless they are
    its rows for several agencies. The order of the units makes no difference.

    Args:
        units: All units of one report.
        is_one_report: False for recommendations whose report is not known: there, only numbers
            that are unique of themselves join.

    """
    ordered = sorted(_rows_of_several_agencies(units), key=lambda unit: unit.order)
    groups = _by_number(ordered, is_one_report=is_one_report)
    groups, same_text = _by_text(groups)
    groups.sort(key=lambda group: group.order)
    return Joined(
        groups=tuple(groups),
        same_text=tuple(same_text),
        like_text=tuple(_alike(groups)),
        different_words=tuple(_differently_worded(groups)),
    )


def _rows_of_several_agencies(units: Iterable[Unit]) -> list[Unit]:
    rows: defaultdict[tuple[object, ...], list[Unit]] = defaultdict(list)
    kept = []
    for unit in units:
        if unit.is_withheld or not (unit.fold or unit.number):
            kept.append(unit)
        else:
            rows[unit.document, unit.number, unit.fold, unit.is_matter].append(unit)
    for same in rows.values():
        kept.extend(_merge_rows(sorted(same, key=lambda unit: unit.order)))
    return kept


def _merge_rows(same: Sequence[Unit]) -> list[Unit]:
    """Merge the rows of one document that differ in their agency alone.

    A row that repeats an agency, without a number to say that it is the same recommendation,
    begins another one.
    """
    merged: list[Unit] = []
    for unit in same:
        home = next((each for each in merged if _is_further_row(each, unit)), None)
        if home is None:
            merged.append(unit)
            continue
        merged[merged.index(home)] = replace(
            home,
            places=home.places + unit.places,
            agencies=home.agencies | unit.agencies,
            is_truncated=home.is_truncated and unit.is_truncated,
        )
    return merged


def _is_further_row(home: Unit, unit: Unit) -> bool:
    if unit.number and unit.fold:
        return True
    return bool(unit.agencies and home.agencies) and not unit.agencies & home.agencies


def _by_number(units: Sequence[Unit], *, is_one_report: bool) -> list[Group]:
    groups: list[Group] = []
    buckets: defaultdict[tuple[bool, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.number and (is_one_report or not is_ordinal(unit.number)):
            buckets[unit.is_matter, unit.number].append(unit)
        else:
            groups.append(Group((unit,)))
    for bucket in buckets.values():
        groups.extend(_split_by_document(bucket))
    return groups


def _split_by_document(bucket: Sequence[Unit]) -> list[Group]:
    """Keep apart what one document prints apart under one number; others follow the words."""
    if _is_one_each(bucket):
        return [Group(tuple(bucket))]
    by_fold: defaultdict[tuple[str, int], list[Unit]] = defaultdict(list)
    for unit in bucket:
        alone = 0 if unit.fold and not unit.is_withheld else id(unit)
        by_fold[unit.fold, alone].append(unit)
    groups = []
    for same in by_fold.values():
        groups.extend([Group(tuple(same))] if _is_one_each(same) else [Group((unit,)) for unit in same])
    return groups


def _is_one_each(units: Sequence[Unit]) -> bool:
    return len({unit.document for unit in units}) == len(units)


def _by_text(groups: list[Group]) -> tuple[list[Group], list[tuple[Group, ...]]]:
    """Merge groups of equal words, then those that differ by a lead-in, where that leaves no doubt."""
    alive = dict.fromkeys(groups)
    home: dict[Group, Group] = {}
    doubts: list[tuple[Group, ...]] = []
    for sharing in (*_equal(groups), *_led_in(groups)):
        present = sorted({_latest(group, home) for group in sharing}, key=lambda group: group.order)
        merged, left = _merge_sharing(present) if len(present) > 1 else ([], ())
        for new, parts in merged:
            for part in parts:
                del alive[part]
            alive[new] = None
            home.update(dict.fromkeys(parts, new))
        if left:
            doubts.append(left)
    return list(alive), [tuple(dict.fromkeys(_latest(group, home) for group in each)) for each in doubts]


def _equal(groups: Sequence[Group]) -> list[set[Group]]:
    """Return the groups that bear each text, in the order of the texts."""
    holders: defaultdict[tuple[bool, str], set[Group]] = defaultdict(set)
    for group in groups:
        for fold in group.folds:
            holders[group.units[0].is_matter, fold].add(group)
    return [holders[key] for key in sorted(holders)]


def _led_in(groups: Sequence[Group]) -> list[set[Group]]:
    """Return the pairs of which one is the other after words like "We recommend that the Director"."""
    endings: defaultdict[str, list[tuple[str, Group]]] = defaultdict(list)
    texts = sorted(((words, group) for group in groups for words in group.words), key=lambda item: item[0])
    for words, group in texts:
        fold = words.replace(" ", "")
        if not has_lead_in(words) and len(fold) >= SHORTEST_TELLING_TEXT:
            endings[fold[-SHORTEST_TELLING_TEXT:]].append((words, group))
    return [
        {group, other}
        for words, group in texts
        for short, other in endings.get(words.replace(" ", "")[-SHORTEST_TELLING_TEXT:], ())
        if other is not group and is_after_lead_in(short, words)
    ]


def _latest(group: Group, home: dict[Group, Group]) -> Group:
    while group in home:
        group = home[group]
    return group


def _merge_sharing(present: Sequence[Group]) -> tuple[list[tuple[Group, Sequence[Group]]], tuple[Group, ...]]:
    if _may_merge(present):
        return [(_merged(present), present)], ()
    by_agency: defaultdict[frozenset[str], list[Group]] = defaultdict(list)
    for group in present:
        by_agency[group.agencies].append(group)
    merged: list[tuple[Group, Sequence[Group]]] = [
        (_merged(same), same) for same in by_agency.values() if len(same) > 1 and _may_merge(same)
    ]
    gone = {part for _, parts in merged for part in parts}
    standing = [*(group for group in present if group not in gone), *(new for new, _ in merged)]
    return merged, _open_to_doubt(standing)


def _open_to_doubt(standing: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups that no document prints beside all others: they may still be one of them."""
    printing: defaultdict[int, set[int]] = defaultdict(set)
    for index, group in enumerate(standing):
        for document in group.documents:
            printing[document].add(index)
    return tuple(
        group
        for group in standing
        if len(set().union(*(printing[document] for document in group.documents))) < len(standing)
    )


def _may_merge(groups: Sequence[Group]) -> bool:
    documents = [document for group in groups for document in group.documents]
    if len(set(documents)) != len(documents):
        return False
    ordinals = {number for group in groups for number in group.numbers if is_ordinal(number)}
    agencies = {group.agencies for group in groups if group.numbers}
    return len(ordinals) <= 1 or len(agencies) == 1


def _merged(groups: Sequence[Group]) -> Group:
    units = (unit for group in groups for unit in group.units)
    return Group(tuple(sorted(units, key=lambda unit: unit.order)))


def _alike(groups: Sequence[Group]) -> list[tuple[Group, Group, float]]:
    """List the pairs whose words are nearly the same and whose numbers do not tell them apart."""
    texts = [(words, index) for index, group in enumerate(groups) for words in sorted(group.words)]
    best: dict[tuple[int, int], float] = {}
    for one, other, alike in like_pairs([words for words, _ in texts]):
        first, second = sorted((texts[one][1], texts[other][1]))
        if first != second and _could_be_one(groups[first], groups[second]):
            best[first, second] = max(alike, best.get((first, second), 0.0))
    for first, second in _cut_short(groups):
        best.setdefault((first, second), 1.0)
    return [(groups[first], groups[second], alike) for (first, second), alike in sorted(best.items())]


def _cut_short(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which one is the beginning of the other because its page was cut."""
    texts = sorted((fold, index) for index, group in enumerate(groups) for fold in group.folds)
    for place, (fold, index) in enumerate(texts):
        if len(fold) < SHORTEST_TELLING_TEXT or not all(unit.is_truncated for unit in groups[index].units):
            continue
        for longer, other in texts[place + 1 :]:
            if not longer.startswith(fold):
                break
            if other != index and _could_be_one(groups[index], groups[other]):
                first, second = sorted((index, other))
                yield first, second


def _could_be_one(one: Group, other: Group) -> bool:
    if one.units[0].is_matter != other.units[0].is_matter or set(one.documents) & set(other.documents):
        return False
    ordinals = {number for group in (one, other) for number in group.numbers if is_ordinal(number)}
    return len(ordinals) <= 1


def _differently_worded(groups: Sequence[Group]) -> list[tuple[Group, float]]:
    found = []
    for group in groups:
        folds = sorted(
            {
                unit.fold
                for unit in group.units
                if unit.fold and not unit.is_truncated and not unit.is_withheld
            }
        )
        least = min((likeness(folds[0], fold) for fold in folds[1:]), default=1.0)
        if least < QUITE_DIFFERENT:
            found.append((group, least))
    return found
