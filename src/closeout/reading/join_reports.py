"""Which of the names that documents use for reports mean the same report."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from closeout.reading.identity import UNKNOWN_ISSUER, digest, issuer_name
from closeout.reading.register import Doubt, DoubtKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.reading.outlines import Outline, Reference


class ReportNames:
    """The report key of every reference, worked out from all of them at once.

    First by number (with its issuer, or with the only issuer that uses the number), then by
    title: a title without a number means the only report that bears it. A name that fits
    several reports stands alone and is put to a person.
    """

    def __init__(self, references: Iterable[Reference]) -> None:
        named = sorted({reference for reference in references if reference.names_a_report})
        self.key_of: dict[Reference, str] = {}
        self.former: defaultdict[str, set[str]] = defaultdict(set)
        self.doubts: list[Doubt] = []
        self._titled: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._by_number([reference for reference in named if reference.number])
        self._by_title([reference for reference in named if not reference.number])

    def _by_number(self, numbered: Sequence[Reference]) -> None:
        issuers: defaultdict[str, set[str]] = defaultdict(set)
        for reference in numbered:
            if reference.issuer:
                issuers[reference.number].add(reference.issuer)
        for reference in numbered:
            known = issuers[reference.number]
            issuer = reference.issuer or (min(known) if len(known) == 1 else UNKNOWN_ISSUER)
            key = f"{issuer}/{reference.number}"
            self.key_of[reference] = key
            if not reference.issuer and len(known) > 1:
                self._doubt(
                    DoubtKind.SAME_NUMBER, reference, {key, *(f"{i}/{reference.number}" for i in known)}
                )
            if issuer != UNKNOWN_ISSUER:
                self.former[key].add(f"{UNKNOWN_ISSUER}/{reference.number}")
            if reference.title:
                self._titled[reference.title].add((issuer, key))
                self.former[key].update(_title_keys(issuer, reference.title))

    def _by_title(self, unnumbered: Sequence[Reference]) -> None:
        # Those that name their issuer go first, so that one without may then join them.
        for reference in sorted(unnumbered, key=lambda each: (not each.issuer, each)):
            fits = sorted(
                key for issuer, key in self._titled[reference.title] if _may_be_one(issuer, reference.issuer)
            )
            issuer = reference.issuer or UNKNOWN_ISSUER
            alone = _title_key(issuer, reference.title)
            key = fits[0] if len(fits) == 1 else alone
            self.key_of[reference] = key
            if len(fits) > 1:
                self._doubt(DoubtKind.SAME_TITLE, reference, {alone, *fits})
            if key == alone:
                self._titled[reference.title].add((issuer, key))
            self.former[key].update(set(_title_keys(issuer, reference.title)) - {key})

    def _doubt(self, kind: DoubtKind, reference: Reference, keys: set[str]) -> None:
        said = reference.number or "the title"
        names = ", ".join(sorted(keys))
        self.doubts.append(
            Doubt(kind, f"{said} fits several reports: {names}. Say which is meant.", tuple(sorted(keys)))
        )


def _may_be_one(one: str, other: str) -> bool:
    return one == other or UNKNOWN_ISSUER in {one, other} or not other


def _title_key(issuer: str, title: str) -> str:
    return f"{issuer}/title/{digest(title)}"


def _title_keys(issuer: str, title: str) -> tuple[str, str]:
    return (_title_key(issuer, title), _title_key(UNKNOWN_ISSUER, title))


def unidentified(issuer: str) -> str:
    """Return the key of the place for recommendations of which no document names the report."""
    return f"{issuer or UNKNOWN_ISSUER}/unidentified"


def split_key(key: str) -> tuple[str, str]:
    """Return the issuer's short name and the number that a report key holds, each maybe ""."""
    issuer, _, rest = key.partition("/")
    is_number = not rest.startswith("title/") and rest != "unidentified"
    return issuer_name(issuer), rest if is_number else ""


def all_references(outlines: Iterable[Outline]) -> Iterable[Reference]:
    """Yield every name that any document uses for a report."""
    for each in outlines:
        yield each.own
        yield from each.mentions
        yield from each.records


def most_common(values: Iterable[str]) -> str:
    """Return the value that occurs most, of equals the longest, then the first by letters; "" of none."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")
