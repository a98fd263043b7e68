"""Small things to make measures' figures from in tests."""

from datetime import date
from types import SimpleNamespace

from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.measure import Direction, Measure, Shape, Target
from closeout.followup.history import Axis, Event, Standing, State
from closeout.reading.dates import FuzzyDate

AS_OF = date(2026, 9, 30)


def measure(code="a-measure", shape=Shape.COUNT, source=Source.INTEGRITY, rules=(), duties=(), target=None):
    return Measure(
        code=code,
        group=21,
        title="A measure",
        section="J1",
        shape=shape,
        unit="count",
        numerator="what is counted",
        denominator="",
        direction=Direction.DOWN,
        owner="director",
        closes_when="it is none",
        target=None if target is None else Target(target, is_made_up=True),
        over=OverSource(source, rules, duties),
    )


def on(year, month=1, number=1):
    """Return a day that is known exactly."""
    exact = date(year, month, number)
    return FuzzyDate(exact.isoformat(), exact, exact)


def said(value, when=None, axis=Axis.AUDITOR):
    return Standing(value, Event("key", axis, value, when))


def followed(status=None, when=None, *, issued=None, progress=None, asked_on=None, decided_on=None, lines=()):
    """Return what is known of one recommendation, as `closeout.followup.followed` gives it."""
    state = State(
        AS_OF,
        auditor=said(status.value, when) if status else None,
        progress=said(progress.value, asked_on, Axis.PROGRESS) if progress else None,
    )
    return SimpleNamespace(
        state=state,
        status=status,
        issued=issued,
        decided_on=decided_on,
        final_action_on=None,
        ledger=SimpleNamespace(lines=tuple(lines)),
    )
