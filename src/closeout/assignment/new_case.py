"""Give a new case to the officer who will be least busy with it, or hold it rather than overload anyone."""

from __future__ import annotations

import gc
import hashlib
import json
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from closeout.assignment.certificate import (
    Candidate,
    Certificate,
    CertificateError,
    Exclusion,
    Replayed,
    digest,
)
from closeout.assignment.eligibility import CAPS, language_skill, why_not
from closeout.assignment.office import Clock, NewCase, Office, Place
from closeout.assignment.rules import Language, RuleError, Rules
from closeout.assignment.telling import told_assigned, told_held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

Given = ParamSpec("Given")
Found = TypeVar("Found")
_URGENCY = {Clock.STATUTORY: 0, Clock.PRIORITY: 1, Clock.ORDINARY: 2}


@dataclass(frozen=True, slots=True)
class Assigned:
    """A case and the officer it goes to, once a supervisor accepts."""

    case_no: str
    officer_no: str
    projected: float
    """The officer's utilization with the case."""
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Held:
    """A case that stays unassigned, because everyone who may have it would be over a cap, or nobody may."""

    case_no: str
    why: str
    """`all_over_cap`, or `nobody_eligible`: waiting would change nothing, so it is not counted as waiting."""
    age_days: int
    is_escalated: bool
    """Older than the age limit, under a statutory clock, or without anybody who may have it."""
    certificate: Certificate


def _unsearched(work: Callable[Given, Found]) -> Callable[Given, Found]:
    """Let Python's search for unused objects wait until an answer is there.

    A certificate holds a few thousand small values, and making them may set the search off. In a process
    that holds millions of objects it takes a fifth of a second.
    """

    @wraps(work)
    def waited(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        is_searching = gc.isenabled()
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            if is_searching:
                gc.enable()

    return waited


@_unsearched
def assign_case(case: NewCase, office: Office, rules: Rules | None = None, seed: int = 0) -> Assigned | Held:
    """Return who should have a new case, with the certificate that says why.

    In this order: who may have it at all; whom it leaves under the caps; the former officer, while the
    affinity lasts; the least projected utilization; the fewest minutes received; the seed. A former officer
    who is unavailable, gone or over the cap binds nobody.

    Args:
        case: The case.
        office: Its office on the day. With `rules.allow_transfer`, others' officers may be in it.
        rules: The settings; the defaults if None.
        seed: Decides between officers who are alike in all else; logged.

    Returns:
        The officer, or that the case is held and how long it has waited.

    """
    rules = rules or Rules()
    candidates, exclusions = _sorted_out(case, office, rules)
    affinity = _affinity(case, office.day, candidates, exclusions, rules)
    choice, tied, decided_by = _chosen(case, candidates, affinity, rules, seed)
    plain: dict[str, Any] = {
        "case": case.plain(),
        "office": {
            "office_id": office.office_id,
            "day": office.day.isoformat(),
            "places": [place.plain() for place in office.places],
        },
        "rules": rules.plain(),
    }
    sentence = (
        told_assigned(case, choice, candidates, exclusions, tied, decided_by, affinity)
        if choice
        else told_held(case, exclusions, office, rules)
    )
    certificate = Certificate(
        **plain,
        seed=seed,
        candidates=tuple(candidates),
        exclusions=tuple(exclusions),
        affinity=affinity,
        tied=tied,
        decided_by=decided_by,
        choice=choice.officer_no if choice else None,
        inputs_sha256=digest(plain, seed),
        sentence=sentence,
    )
    if choice:
        return Assigned(case.case_no, choice.officer_no, choice.projected, certificate)
    return _held(case, office.day, exclusions, rules, certificate)


@_unsearched
def assign_written(
    case: NewCase, office: Office, rules: Rules | None = None, seed: int = 0
) -> tuple[Assigned | Held, str]:
    """Return who should have a new case as `assign_case` does, and the certificate as JSON text."""
    answer = assign_case(case, office, rules, seed)
    return answer, json.dumps(answer.certificate.plain(), ensure_ascii=False)


def assign_queue(
    cases: Iterable[NewCase], office: Office, rules: Rules | None = None, seed: int = 0
) -> tuple[tuple[Assigned | Held, ...], Office]:
    """Return an answer for each waiting case, the nearest clocks first, and the office after them all."""
    answers: list[Assigned | Held] = []
    for case in in_turn(cases):
        answer = assign_case(case, office, rules, seed)
        if isinstance(answer, Assigned):
            office = office.with_case(case, answer.officer_no)
        answers.append(answer)
    return tuple(answers), office


def in_turn(cases: Iterable[NewCase]) -> list[NewCase]:
    """Return cases in the order in which they are given out: statutory clocks, priority, then the oldest."""
    return sorted(cases, key=_turn)


def replay(certificate: Certificate | dict[str, Any]) -> Replayed:
    """Work an assignment out again from its certificate, and say what differs.

    Raises:
        CertificateError: It is none, or its inputs cannot be read.

    """
    said = certificate if isinstance(certificate, Certificate) else Certificate.of(certificate)
    try:
        case, rules = NewCase.of(said.case), Rules.of(said.rules)
        places = tuple(Place.of(place) for place in said.office["places"])
        day = type(case.received_on).fromisoformat(said.office["day"])
        office = Office(said.office["office_id"], day, places)
    except (KeyError, TypeError, ValueError, RuleError) as error:
        msg = f"the certificate's inputs cannot be read: {error}"
        raise CertificateError(msg) from error
    again = assign_case(case, office, rules, said.seed).certificate
    old, new = said.plain(), again.plain()
    differences = [
        f"{name} was {_short(old[name])}, is {_short(new[name])}" for name in new if old[name] != new[name]
    ]
    return Replayed(not differences, tuple(differences))


def _short(value: object, longest: int = 80) -> str:
    text = str(value)
    return text if len(text) <= longest else text[:longest] + " …"


def _turn(case: NewCase) -> tuple[int, bool, date, str]:
    return _URGENCY[case.clock], case.due_on is None, case.due_on or case.received_on, case.case_no


def _sorted_out(case: NewCase, office: Office, rules: Rules) -> tuple[list[Candidate], list[Exclusion]]:
    language = language_skill(case.language, rules)
    candidates, exclusions = [], []
    for place in office.places:
        who = place.officer
        if reason := why_not(who, case, rules):
            exclusions.append(Exclusion(who.officer_no, reason))
            continue
        projected = (place.load_hours + case.hours) / who.hours
        if reason := _over(place, case, projected, rules):
            exclusions.append(Exclusion(who.officer_no, reason, projected))
            continue
        received = place.received_minutes / who.hours
        candidates.append(Candidate(who.officer_no, projected, received, language in who.skills))
    return candidates, exclusions


def _over(place: Place, case: NewCase, projected: float, rules: Rules) -> str | None:
    if projected > rules.cap:
        return "over_cap"
    if place.officer.is_new and projected > rules.new_starter_cap:
        return "over_new_starter_cap"
    severe = place.severe_hours + case.hours
    if case.is_severe and severe > rules.severe_share_cap * place.officer.hours:
        return "over_severe_cap"
    return None


def _affinity(
    case: NewCase, day: date, candidates: list[Candidate], exclusions: list[Exclusion], rules: Rules
) -> str:
    """Return `none`, `kept`, or why the former officer need not have the case."""
    if case.former_officer is None:
        return "none"
    if case.left_former_on and (day - case.left_former_on).days > rules.affinity_days:
        return "ended"
    if any(who.officer_no == case.former_officer for who in candidates):
        return "kept"
    return next((out.reason for out in exclusions if out.officer_no == case.former_officer), "gone")


def _chosen(
    case: NewCase, candidates: list[Candidate], affinity: str, rules: Rules, seed: int
) -> tuple[Candidate | None, tuple[str, ...], str]:
    if not candidates:
        return None, (), "held"
    if affinity == "kept":
        return next(who for who in candidates if who.officer_no == case.former_officer), (), "affinity"
    if rules.language is Language.PREFERRED and any(who.has_language for who in candidates):
        candidates = [who for who in candidates if who.has_language]
    least = min(who.projected for who in candidates)
    alike = [who for who in candidates if who.projected <= least + rules.tie_tolerance]
    if len(alike) == 1:
        return alike[0], (), "least_projected"
    fewest = min(who.received for who in alike)
    alike = [who for who in alike if who.received <= fewest + rules.tie_tolerance]
    if len(alike) == 1:
        return alike[0], (), "least_received"
    drawn = min(alike, key=lambda who: _draw(seed, case.case_no, who.officer_no))
    return drawn, tuple(who.officer_no for who in alike), "seed"


def _draw(seed: int, case_no: str, officer_no: str) -> bytes:
    """Return an officer's lot: the same for the same seed, whatever the others are."""
    return hashlib.sha256(f"{seed}|{case_no}|{officer_no}".encode()).digest()


def _held(
    case: NewCase, day: date, exclusions: list[Exclusion], rules: Rules, certificate: Certificate
) -> Held:
    why = "all_over_cap" if any(out.reason in CAPS for out in exclusions) else "nobody_eligible"
    age = (day - case.received_on).days
    is_urgent = case.clock is Clock.STATUTORY or age > rules.age_limit_days
    return Held(case.case_no, why, age, is_urgent or why == "nobody_eligible", certificate)
