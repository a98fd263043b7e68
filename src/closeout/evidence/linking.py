"""Which measures answer which recommendation: by its report and number, never by a guess."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.judging import judged
from closeout.evidence.needs import RESULTS, covered, needs_of, wanting
from closeout.reading.fold import fold_key
from closeout.reading.identity import recommendation_number, report_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.evidence.assessment import Assessed
    from closeout.evidence.measures.measure import Link, Measured
    from closeout.evidence.needs import Need
    from closeout.followup.followed import Followed
    from closeout.reading.model import DocumentReading
    from closeout.reading.register import RegisterEntry, RegisterReport

_NOWHERE = ", which no document read makes"


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking gives.

    Attributes:
        assessed: Every recommendation with its measures, in the order given.
        notes: Links that lead nowhere, and words of a need that no auditor's need has; a sentence each.

    """

    assessed: tuple[Assessed, ...]
    notes: tuple[str, ...]


def link(
    followed: Sequence[Followed],
    measured: Sequence[Measured],
    needs: Mapping[str, Sequence[Need]],
    further: Mapping[str, Sequence[Link]] | None = None,
) -> Linked:
    """Put recommendations and measures together.

    A link meets a recommendation where the report's number, or its title with case and punctuation folded,
    and the recommendation's number are the same. Nothing is matched that is only alike.

    Args:
        followed: The recommendations, in the register's order.
        measured: The measures, in the pack's order.
        needs: What the auditor said is needed, by the recommendation's key.
        further: Links beside those of the pack, by the code of the measure, or of a result that is none.

    Returns:
        The recommendations with their measures, needs, verdict and what is missing.

    """
    links = _links(measured, further or {})
    places = _Places(followed)
    met: defaultdict[str, list[tuple[Measured, Link]]] = defaultdict(list)
    nowhere: defaultdict[str, set[str]] = defaultdict(set)
    for measure, one in links:
        keys = places.of(one)
        for key in keys:
            met[key].append((measure, one))
        if not keys:
            nowhere[one.report].add(one.number)
    wanted = _wanted(places, further or {})
    assessed, notes = [], [_nowhere(report, numbers) for report, numbers in nowhere.items()]
    for each in followed:
        mine = met[each.entry.key]
        needed, unmet = covered(needs.get(each.entry.key, ()), [(one.measure.code, to) for one, to in mine])
        needed, unmet_too = wanting(needed, wanted[each.entry.key])
        assessed.append(judged(each, _once(mine), needed))
        notes += [
            f"{code}: no need of {each.entry.key} has the words “{words}”"
            for code, words in (*unmet, *unmet_too)
        ]
    return Linked(tuple(assessed), tuple(notes))


def link_documents(
    followed: Sequence[Followed],
    measured: Sequence[Measured],
    readings: Sequence[DocumentReading],
    further: Mapping[str, Sequence[Link]] | None = None,
) -> Linked:
    """Put recommendations and measures together, with the needs that documents print."""
    needs = {each.entry.key: needs_of(each.entry, readings) for each in followed}
    return link(followed, measured, needs, further)


class _Places:
    """Recommendations by every name their report goes by, and their number."""

    def __init__(self, followed: Sequence[Followed]) -> None:
        self._keys: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for each in followed:
            number = recommendation_number(each.entry.number or _declared(each.entry))
            for name in _names(each.report) if number else ():
                self._keys[name, number].append(each.entry.key)

    def of(self, link: Link) -> list[str]:
        """Return the keys of what a link meets; several where a report's title is shared."""
        number = recommendation_number(link.number)
        by_number = self._keys.get((report_number(link.report) or "-", number))
        return by_number or self._keys.get((fold_key(link.report), number), [])


def _declared(entry: RegisterEntry) -> str:
    """Return the place of one that is only declared among the numbers its report has; empty for others."""
    return entry.key.rpartition("/declared-")[2] if entry.is_declared_only else ""


def _names(report: RegisterReport) -> set[str]:
    """Return the number and the titles of a report, folded; the issuer's part may stand before a number."""
    titles = {fold_key(title) for title in (report.title, *report.aliases) if title}
    return {name for name in (report_number(report.number), report.key, *titles) if name}


def _links(
    measured: Sequence[Measured], further: Mapping[str, Sequence[Link]]
) -> list[tuple[Measured, Link]]:
    return [
        (each, one) for each in measured for one in (*each.measure.links, *further.get(each.measure.code, ()))
    ]


def _wanted(places: _Places, further: Mapping[str, Sequence[Link]]) -> Mapping[str, list[tuple[str, Link]]]:
    """Return the links of results that are no measures, by the recommendation that they meet."""
    met: defaultdict[str, list[tuple[str, Link]]] = defaultdict(list)
    for code in RESULTS:
        for one in further.get(code, ()):
            for key in places.of(one):
                met[key].append((code, one))
    return met


def _once(links: Sequence[tuple[Measured, Link]]) -> list[Measured]:
    """Return the measures of links, each once, in their order."""
    return list({each.measure.code: each for each, _ in links}.values())


def _nowhere(report: str, numbers: set[str]) -> str:
    said = ", ".join(sorted(numbers, key=lambda number: (len(number), number)))
    return f"Measures answer recommendation {said} of “{report}”{_NOWHERE}"


def is_of_others(note: str) -> bool:
    """Say whether a note is about recommendations that no document makes: it says nothing of any other."""
    return note.endswith(_NOWHERE)
