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
from closeout.evidence.verdicts.withheld import withheld_reviews, withheld_training

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from datetime import date

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Judged:
    """How one verdict is made and frozen.

    Attributes:
        title: Its name in words.
        section: The section of the agency's systems that it is about.
        needs: The tables that it cannot do without.
        adds: The other tables that it reads.
        make: Makes it from an engine, tables and a day.
        withhold: Returns it as JSON takes it with small counts withheld; None where it counts no people.
        is_always_withheld: Whether small counts are withheld for readers of any kind, as a law asks.
        settings: What else it was asked for.

    """

    title: str
    section: str
    needs: tuple[str, ...]
    adds: tuple[str, ...]
    make: Callable[[Engine, Mapping[str, Any], date], Any]
    withhold: Callable[[Any], dict[str, Any]] | None = None
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
        withheld_training,
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
        withheld_reviews,
    ),
}
"""The verdicts that can be frozen, by the word that `closeout analyze` has for each."""


def verdict_answer(
    engine: Engine, snapshot: Snapshot, code: str, as_of: date, *, is_exact: bool = False
) -> Answer:
    """Return a verdict as a result to freeze: all that it says, a row for each thing judged.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        code: Which verdict, a key of `VERDICTS`.
        as_of: The day stood on.
        is_exact: Keep small counts. Those of traces are withheld all the same.

    Raises:
        LacksTablesError: The records lack a table without which nothing can be said.

    """
    judged = VERDICTS[code]
    listening = Listening(engine)
    made = judged.make(listening, open_tables(engine, narrowed_to(snapshot, judged.reads)), as_of)
    is_withheld = judged.is_always_withheld or (judged.withhold is not None and not is_exact)
    plain = judged.withhold(made) if judged.withhold and not is_exact else made.plain()
    return Answer(
        kind=Kind.VERDICT,
        code=code,
        title=judged.title,
        definition={"verdict": code, "section": judged.section, "tables": list(judged.reads)},
        query="\n\n".join(listening.heard),
        parameters={
            "as_of": as_of,
            **dict(judged.settings),
            "suppression": {"threshold": THRESHOLD} if is_withheld else None,
        },
        keys=KEYS,
        rows=rows_of_verdict(plain),
        reads=judged.reads,
    )
