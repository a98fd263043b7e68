"""The joins that a person should decide, in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key
from closeout.reading.likeness import like_pairs
from closeout.reading.register import Doubt, DoubtKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.reading.join_recommendations import Group, Joined
    from closeout.reading.place_records import Placement
    from closeout.reading.register import RegisterEntry, RegisterReport


def group_doubts(joined: Joined, entries: Mapping[Group, RegisterEntry]) -> Iterable[Doubt]:
    """Yield the doubts about the recommendations of one report."""
    for groups in joined.same_text:
        keys = tuple(sorted(entries[group].key for group in groups))
        yield Doubt(
            DoubtKind.SAME_TEXT,
            f"{len(keys)} recommendations bear the same words. Say which are one.",
            keys,
            1.0,
        )
    for one, other, alike in joined.like_text:
        keys = tuple(sorted((entries[one].key, entries[other].key)))
        message = f"Two recommendations read {alike:.0%} alike. Say whether they are one."
        if alike == 1:
            message = "One recommendation is cut short and begins like another. Say whether they are one."
        yield Doubt(DoubtKind.LIKE_TEXTS, message, keys, round(alike, 4))
    for group, alike in joined.different_words:
        message = f"The records under this number read only {alike:.0%} alike. Check that they are one."
        yield Doubt(DoubtKind.DIFFERENT_WORDS, message, (entries[group].key,), round(alike, 4))


def placement_doubts(placement: Placement, entries: Iterable[RegisterEntry]) -> Iterable[Doubt]:
    """Yield the recommendations that may be of a report of the register, but none is named."""
    home = {place: entry.key for entry in entries for place in entry.records}
    for place, reports in placement.unplaced.items():
        if reports:
            names = ", ".join(reports)
            message = f"The document names no report; this recommendation may be of {names}. Say which."
            yield Doubt(DoubtKind.UNPLACED, message, (home[place], *reports))


def report_doubts(reports: Sequence[RegisterReport]) -> Iterable[Doubt]:
    """Yield the pairs of reports whose titles are nearly the same and whose numbers do not differ."""
    by_issuer: defaultdict[str, list[RegisterReport]] = defaultdict(list)
    for report in reports:
        if report.title:
            by_issuer[report.key.partition("/")[0]].append(report)
    for group in by_issuer.values():
        for one, other, alike in like_pairs([fold_key(report.title) for report in group]):
            if not (group[one].number and group[other].number):
                keys = tuple(sorted((group[one].key, group[other].key)))
                message = f"Two reports have titles {alike:.0%} alike. Say whether they are one."
                yield Doubt(DoubtKind.LIKE_TITLES, message, keys, round(alike, 4))
