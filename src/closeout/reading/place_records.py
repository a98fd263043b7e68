"""Of which report each record is: by its own words, its document's, or the recommendation's text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from closeout.reading.identity import UNKNOWN_ISSUER
from closeout.reading.join_reports import ReportNames, all_references, unidentified
from closeout.reading.outlines import SHORTEST_TELLING_TEXT, Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.register import Place


@dataclass(slots=True)
class Placement:
    """The report key of every record and mention, by place."""

    names: ReportNames
    records: dict[Place, str] = field(default_factory=dict)
    mentions: dict[Place, str] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    unplaced: list[Place] = field(default_factory=list)


def place(outlines: Sequence[Outline]) -> Placement:
    """Return the report of every record and mention of all documents.

    A record that names no report, in a document that is none, goes where exactly one report of
    a fitting issuer has a recommendation of the same words. So an article that lists an
    auditor's recommendations joins the report, though it gives neither number nor title.
    """
    found = Placement(ReportNames(all_references(outlines)))
    for each in outlines:
        _place_named(each, found)
    reports_of_text = _reports_by_text(outlines, found)
    for each in outlines:
        _place_by_text(each, found, reports_of_text)
        _place_nameless_mentions(each, found)
    return found


def _place_named(each: Outline, found: Placement) -> None:
    key_of = found.names.key_of
    if each.own.names_a_report:
        found.own[each.index] = key_of[each.own]
    for number, mention in enumerate(each.mentions):
        if mention.names_a_report:
            found.mentions[each.index, number] = key_of[mention]
    default = found.own.get(each.index) or _only_subject(each, found)
    for number, record in enumerate(each.records):
        key = key_of[record] if record.names_a_report else default
        if key:
            found.records[each.index, number] = key


def _only_subject(each: Outline, found: Placement) -> str | None:
    subjects = {
        found.mentions[each.index, number]
        for number, mention in enumerate(each.reading.reports)
        if (each.index, number) in found.mentions and not mention.is_cited_only
    }
    return subjects.pop() if len(subjects) == 1 else None


def _reports_by_text(outlines: Sequence[Outline], found: Placement) -> dict[str, set[str]]:
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for each in outlines:
        for number, (fold, record) in enumerate(zip(each.folds, each.reading.records, strict=True)):
            key = found.records.get((each.index, number))
            if key and len(fold) >= SHORTEST_TELLING_TEXT and not record.is_withheld:
                reports[fold].add(key)
    return reports


def _place_by_text(each: Outline, found: Placement, reports_of_text: dict[str, set[str]]) -> None:
    for number, (fold, record) in enumerate(zip(each.folds, each.reading.records, strict=True)):
        where = (each.index, number)
        if where in found.records:
            continue
        known = set() if record.is_withheld else reports_of_text.get(fold, set())
        fits = [key for key in known if _fits_issuer(key, each.issuer)]
        found.records[where] = fits[0] if len(fits) == 1 else unidentified(each.issuer)
        if len(fits) != 1:
            found.unplaced.append(where)


def _fits_issuer(key: str, issuer: str) -> bool:
    return not issuer or key.partition("/")[0] in {issuer, UNKNOWN_ISSUER}


def _place_nameless_mentions(each: Outline, found: Placement) -> None:
    homes = {found.records[each.index, number] for number in range(len(each.records))}
    if len(homes) != 1:
        return
    home = homes.pop()
    for number in range(len(each.mentions)):
        found.mentions.setdefault((each.index, number), home)
