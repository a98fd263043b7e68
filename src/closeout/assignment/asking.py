"""What a command or a page asks of a snapshot, and the answer as JSON takes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from closeout.assignment.new_case import Assigned, Held, assign_case, in_turn
from closeout.assignment.reading import read_loads, read_office, read_waiting, unknown_officers
from closeout.assignment.rebalance import rebalance, replay_rebalance
from closeout.assignment.rules import Rules
from closeout.assignment.telling import count
from closeout.workload.activities import misfits
from closeout.workload.loads import case_loads
from closeout.workload.study.weights import weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.assignment.office import Office
    from closeout.assignment.shapes import Loads
    from closeout.duties.clauses import Pack
    from closeout.engines import Engine


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and when an answer is for."""

    engine: Engine
    tables: Mapping[str, ir.Table]
    pack: Pack
    as_of: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked."""

    office: str = ""
    """Empty: all offices."""
    case: str = ""
    """Only this waiting case."""
    is_rebalance: bool = False
    leaving: tuple[str, ...] = ()
    seed: int = 7
    rules: Rules = field(default_factory=Rules)


def answered(
    ground: Ground, asked: Asked, *, told: Callable[[str, int, int], None] | None = None
) -> dict[str, Any]:
    """Return a proposal, or the answers for the waiting cases, as JSON takes them.

    Raises:
        LookupError: An office, officer or case is unknown, or the case has an officer.
        LoadsError: The records contradict themselves.

    """
    loads = loads_of(ground, asked)
    about = {
        "office": asked.office,
        "as_of": ground.as_of.isoformat(),
        "notes": _notes(loads),
        "set_aside": list(loads.set_aside),
    }
    if asked.is_rebalance:
        return rebalance(loads, asked.rules, asked.seed, told=told).plain() | about
    return _distributed(ground, asked, loads) | about


def replayed(ground: Ground, asked: Asked, certificate: dict[str, Any]) -> dict[str, Any]:
    """Return whether a rebalancing comes out again, as JSON takes it.

    Raises:
        CertificateError: It is no certificate of a rebalancing.

    """
    found = replay_rebalance(certificate, loads_of(ground, asked))
    return {"is_same": found.is_same, "differences": list(found.differences), "sentence": found.sentence}


def loads_of(ground: Ground, asked: Asked) -> Loads:
    """Return the loads that a question is about.

    Raises:
        LookupError: An office or an officer is unknown.

    """
    weights = weights_of(ground.engine, ground.tables, ground.pack, ground.as_of)
    minutes = case_loads(ground.engine, ground.tables, ground.pack, weights, as_of=ground.as_of)
    loads = read_loads(
        ground.engine,
        ground.tables,
        ground.pack,
        minutes,
        ground.as_of,
        offices=(asked.office,) if asked.office else (),
        leaving=asked.leaving,
    )
    if asked.office and not len(loads.cases) and not any(w.office_id == asked.office for w in loads.officers):
        msg = f"office {asked.office} has neither officers nor open cases in these records"
        raise LookupError(msg)
    if len(loads.cases) and not pc.max(loads.cases["minutes_a_month"]).as_py():
        msg = "no case has minutes: the records hold no usable time study; `closeout study check` says why"
        raise LookupError(msg)
    loads = replace(loads, set_aside=(*loads.set_aside, *weights.set_aside, *misfits(ground.pack)))
    if unknown := unknown_officers(loads, asked.leaving):
        msg = f"officer {', '.join(unknown)} is not among those who can have cases here"
        raise LookupError(msg)
    return loads


def _notes(loads: Loads) -> list[str]:
    """Return what a reader must know of the figures."""
    without = pc.sum(pc.equal(loads.cases["minutes_a_month"], 0.0)).as_py() or 0
    if not without:
        return []
    cases = f"{count(without, 'case has', 'cases have')} no minutes"
    return [f"{cases}: no usable weight covers the duties in them, and they count as no work."]


def _distributed(ground: Ground, asked: Asked, loads: Loads) -> dict[str, Any]:
    """Return an officer for each waiting case, nearest clocks first, or why it is held."""
    waiting = read_waiting(ground.engine, ground.tables, loads, ground.as_of, asked.rules)
    if asked.case:
        waiting = tuple(case for case in waiting if case.case_no == asked.case)
        if not waiting:
            msg = f"case {asked.case} is not among the open cases that nobody leads"
            raise LookupError(msg)
    offices: dict[str, Office] = {}
    answers: list[Assigned | Held] = []
    minutes = {case.case_no: case.minutes_a_month for case in waiting}
    for case in in_turn(waiting):
        if case.office_id not in offices:
            offices[case.office_id] = read_office(
                ground.engine, ground.tables, loads, case.office_id, ground.as_of, asked.rules
            )
        answer = assign_case(case, offices[case.office_id], asked.rules, asked.seed)
        if isinstance(answer, Assigned):
            offices[case.office_id] = offices[case.office_id].with_case(case, answer.officer_no)
        answers.append(answer)
    return _told(answers, minutes, asked)


def _told(answers: list[Assigned | Held], minutes: Mapping[str, float], asked: Asked) -> dict[str, Any]:
    given = [one for one in answers if isinstance(one, Assigned)]
    held = [one for one in answers if isinstance(one, Held)]
    stuck = [one for one in held if one.why == "nobody_eligible"]
    moves = [
        {
            "case_no": one.case_no,
            "from_officer": None,
            "to_officer": one.officer_no,
            "minutes_a_month": minutes[one.case_no],
            "reason": one.certificate.decided_by,
            "sentence": one.certificate.sentence,
        }
        for one in given
    ]
    plain: dict[str, Any] = {
        "counts": {
            "waiting": len(answers) - len(stuck),
            "assigned": len(given),
            "held": len(held) - len(stuck),
            "undistributable": len(stuck),
            "escalated": sum(one.is_escalated for one in held),
        },
        "moves": moves,
        "held": [
            {
                "case_no": one.case_no,
                "why": one.why,
                "age_days": one.age_days,
                "is_escalated": one.is_escalated,
                "sentence": one.certificate.sentence,
            }
            for one in held
        ],
        "certificates": [one.certificate.plain() for one in answers],
    }
    return plain | ({"certificate": plain["certificates"][0]} if asked.case else {})
