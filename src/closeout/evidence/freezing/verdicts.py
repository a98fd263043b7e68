"""Verdicts as results to freeze: on contracts, inspections, training, traces, agreements and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.duties.run import open_tables
from closeout.evidence.freezing.frozen import Answer, Kind
from closeout.evidence.freezing.listening import Listening
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.suppression import THRESHOLD
from closeout.evidence.verdicts.agreements import agreements
from closeout.evidence.verdicts.deficiencies import MONTHS, deficiencies
from closeout.evidence.verdicts.reviews import reviews
from closeout.evidence.verdicts.rows import KEYS, rows_of_verdict
from closeout.evidence.verdicts.standards import LOOK_BACK, standards
from closeout.evidence.verdicts.traces import MONTHS as TRACE_MONTHS
from closeout.evidence.verdicts.traces import traces
from closeout.evidence.verdicts.training import training
from closeout.evidence.verdicts.withheld import (
    EVERY,
    Place,
    places_of_reviews,
    places_of_training,
    withheld_reviews,
    withheld_training,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from datetime import date

    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measured
    from closeout.evidence.verdicts.withheld import Told
    from closeout.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Withholding:
    """How small counts of a verdict are withheld.

    Attributes:
        places: Returns which counts are not shown, beside what a measure shows of the same counts.
        without: Returns the verdict as JSON takes it without them.
        measure: The measure that shows sums of its counts.
        numerator: The column whose sums the measure's numerators are.
        denominator: The column whose sums its denominators are.

    """

    places: Callable[[Any, Told], frozenset[Place]]
    without: Callable[[Any, frozenset[Place]], dict[str, Any]]
    measure: str
    numerator: str
    denominator: str

    def told(self, shown: Iterable[Measured]) -> Told:
        """Return what measures that are exported beside the verdict show of its counts."""
        return {
            (column, each.office_id or EVERY): round(count)
            for one in shown
            if one.measure.code == self.measure
            for each in (*one.offices, one.total)
            for column, count in (
                (self.numerator, each.figure.numerator),
                (self.denominator, each.figure.denominator),
            )
            if count is not None
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """How one verdict is made and frozen.

    Attributes:
        title: Its name in words.
        section: The section of the agency's systems that it is about.
        needs: The tables that it cannot do without.
        adds: The other tables that it reads.
        make: Makes it from an engine, tables and a day.
        withholding: How small counts are withheld; None where it counts no people.
        is_always_withheld: Whether small counts are withheld for readers of any kind, as a law asks.
        settings: What else it was asked for.

    """

    title: str
    section: str
    needs: tuple[str, ...]
    adds: tuple[str, ...]
    make: Callable[[Engine, Mapping[str, Any], date], Any]
    withholding: Withholding | None = None
    is_always_withheld: bool = False
    settings: tuple[tuple[str, int], ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Return every table that it reads."""
        return (*self.needs, *self.adds)

    def is_given_by(self, tables: Container[str]) -> bool:
        """Say whether tables are enough to say anything at all."""
        return all(name in tables for name in self.needs)


VERDICTS: Mapping[str, Judged] = {
    "standards": Judged(
        "Standards of contracts by period",
        "G4",
        ("contract_standards",),
        ("contracts", "discrepancies", "standard_assessments", "surveillance_events"),
        standards,
        settings=(("months", LOOK_BACK),),
    ),
    "deficiencies": Judged(
        "Deficiencies of inspections",
        "G6",
        ("inspections",),
        ("corrective_actions", "deficiencies", "facilities"),
        deficiencies,
        settings=(("months", MONTHS),),
    ),
    "training": Judged(
        "Training by requirement and office",
        "D5",
        ("officers", "training_requirements"),
        ("attendance", "training_assignments", "training_sessions"),
        training,
        Withholding(places_of_training, withheld_training, "training-current", "recorded", "audience"),
    ),
    "traces": Judged(
        "Traced firearms",
        "H1",
        ("trace_counts",),
        (),
        traces,
        is_always_withheld=True,
        settings=(("months", TRACE_MONTHS),),
    ),
    "agreements": Judged(
        "Agreements beside the public lists",
        "C1",
        ("agreements",),
        ("partner_inspections", "published_counts"),
        agreements,
    ),
    "reviews": Judged(
        "File reviews and agreement of reviewers",
        "A7",
        ("file_reviews",),
        ("file_review_items",),
        reviews,
        Withholding(places_of_reviews, withheld_reviews, "file-defect-share", "defects", "items"),
    ),
}
"""The verdicts that can be frozen, by the word that `closeout analyze` has for each."""


def verdict_answer(
    engine: Engine,
    snapshot: Snapshot,
    code: str,
    as_of: date,
    *,
    is_exact: bool = False,
    beside: Iterable[Measured] = (),
    withheld: Iterable[Sequence[str]] | None = None,
) -> Answer:
    """Return a verdict as a result to freeze: all that it says, a row for each thing judged.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        code: Which verdict, a key of `VERDICTS`.
        as_of: The day stood on.
        is_exact: Keep small counts. Those of traces are withheld all the same.
        beside: Measures that are exported with it, as they are shown.
        withheld: The counts that were not shown when it was frozen; None: to be worked out.

    Raises:
        LacksTablesError: The records lack a table without which nothing can be said.

    """
    judged = VERDICTS[code]
    listening = Listening(engine)
    made = judged.make(listening, open_tables(engine, narrowed_to(snapshot, judged.reads)), as_of)
    suppression: dict[str, Any] | None = {"threshold": THRESHOLD} if judged.is_always_withheld else None
    plain: dict[str, Any] = made.plain() if is_exact or not judged.withholding else {}
    if not plain and (way := judged.withholding):
        places = frozenset(Place(*one) for one in withheld or ())
        if withheld is None:
            places = way.places(made, way.told(beside))
        plain = way.without(made, places)
        suppression = {"threshold": THRESHOLD, "withheld": [list(place) for place in sorted(places)]}
    return Answer(
        kind=Kind.VERDICT,
        code=code,
        title=judged.title,
        definition={"verdict": code, "section": judged.section, "tables": list(judged.reads)},
        query="\n\n".join(listening.heard),
        parameters={
            "as_of": as_of,
            **dict(judged.settings),
            "suppression": suppression,
        },
        keys=KEYS,
        rows=rows_of_verdict(plain),
        reads=judged.reads,
    )
