"""Of which report each record is: by its own words, its document's, or the recommendation's text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from closeout.reading.identity import UNKNOWN_ISSUER
from closeout.reading.join_reports import ReportNames, all_references, unidentified
from closeout.reading.likeness import LIKE_ENOUGH, is_after_lead_in, likeness
from closeout.reading.outlines import SHORTEST_TELLING_TEXT, Outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.reading.register import Place


@dataclass(slots=True)
class Placement:
    """The report key of every record and mention, by place."""

    names: ReportNames
    records: dict[Place, str] = field(default_factory=dict)
    mentions: dict[Place, str] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    unplaced: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    """Records whose report is not known, with the reports they may be of."""


def place(outlines: Sequence[Outline]) -> Placement:
    """Return the report of every record and mention of all documents.

    A record that names no report, in a document that is none, goes where exactly one report of
    a fitting issuer has a recommendation of the same words. So an article that lists an
    auditor's recommendations joins the report, though it gives neither number nor title. Where
    most of a document's records are of one report, those follow them that read like one of its
    recommendations, or are one but for a lead-in.
    """
    found = Placement(ReportNames(all_references(outlines)))
    for each in outlines:
        _place_named(each, found)
    reports_of_text = _reports_by_text(outlines, found)
    words_of = _WordsOfReports(outlines, dict(found.records))
    for each in outlines:
        _place_by_text(each, found, reports_of_text, words_of)
        _place_nameless_mentions(each, found)
    return found


class _WordsOfReports(dict[str, frozenset[str]]):
    """The folded texts of each report's recommendations, gathered only for a report that is asked for."""

    def __init__(self, outlines: Sequence[Outline], named: dict[Place, str]) -> None:
        super().__init__()
        self._outlines = outlines
        self._named = named

    def __missing__(self, report: str) -> frozenset[str]:
        """Gather the texts of a report not asked for before, and keep them."""
        words = self[report] = frozenset(
            each.words[number]
            for each in self._outlines
            for number in range(len(each.records))
            if self._named.get((each.index, number)) == report and each.words[number]
        )
        return words


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


def _place_by_text(
    each: Outline, found: Placement, reports_of_text: dict[str, set[str]], words_of: _WordsOfReports
) -> None:
    nameless = [n for n in range(len(each.records)) if (each.index, n) not in found.records]
    fits: dict[int, list[str]] = {}
    for number in nameless:
        is_withheld = each.reading.records[number].is_withheld
        known = set() if is_withheld else reports_of_text.get(each.folds[number], set())
        fits[number] = sorted(key for key in known if _fits_issuer(key, each.issuer))
    most = _report_of_most([keys[0] for keys in fits.values() if len(keys) == 1], len(nameless))
    for number, keys in fits.items():
        where = (each.index, number)
        if len(keys) != 1 and most and _reads_like_one(each.words[number], words_of[most]):
            keys = [most]  # noqa: PLW2901 - the document's other records have told
        found.records[where] = keys[0] if len(keys) == 1 else unidentified(each.issuer)
        if len(keys) != 1:
            found.unplaced[where] = tuple(keys) or ((most,) if most else ())


def _report_of_most(placed: Sequence[str], among: int) -> str:
    """Return the one report that at least half of a document's nameless records are of, or ""."""
    return placed[0] if len(set(placed)) == 1 and len(placed) * 2 >= among else ""


def _reads_like_one(words: str, known: Iterable[str]) -> bool:
    return bool(words) and any(
        is_after_lead_in(words, other)
        or is_after_lead_in(other, words)
        or likeness(words, other) >= LIKE_ENOUGH
        for other in known
    )


def _fits_issuer(key: str, issuer: str) -> bool:
    return not issuer or key.partition("/")[0] in {issuer, UNKNOWN_ISSUER}


def _place_nameless_mentions(each: Outline, found: Placement) -> None:
    homes = {found.records[each.index, number] for number in range(len(each.records))}
    if len(homes) != 1:
        return
    home = homes.pop()
    for number in range(len(each.mentions)):
        found.mentions.setdefault((each.index, number), home)
