"""Parents in custody: asked or not, and what they decided before a departure."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import EMPTY, Columns, Picked, where, words
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

ASK_WITHIN_DAYS = 2
_OF_PARENTS = ("departure-without-decision", "decision-after-departure", "decision-flawed")
_LANGUAGES = ("es", "en", "pt", "fr")
_ANSWER = words("parental_inquiries", "answer")
FLAWS = (
    "not_understood", "no_information", "options_not_offered", "blank", "unsigned",
    "information_after_decision", "no_form",
)  # fmt: skip
"""The ways in which a planted decision is flawed, in turn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """By case: whether it was in custody, when it was asked, and the answer."""

    cases: Ints
    asked: Ints
    answer: Ints

    def parents(self, rows: int) -> Ints:
        """Return for each of `rows` cases 1 for a parent, 0 for none, empty where it is not known."""
        known = np.full(rows, EMPTY, dtype=np.int64)
        known[self.cases] = where(self.asked >= 0, (self.answer == _ANSWER["yes"]).astype(np.int64))
        return known


def ask(agency: Agency, lives: Lives, planted: Planted) -> Asked:
    """Return who of those in custody was asked, when and with what answer."""
    chance = agency.chance("asked", lives.chunk)
    cases = np.flatnonzero(lives.detained >= 0)
    rows = len(cases)
    asked = lives.detained[cases] + where(chance.claims(0.96, rows), 0, 2) + chance.whole(0, 2, rows)
    asked = where(asked <= lives.ends(agency.as_of)[cases], asked)
    is_parent = np.isin(cases, np.concatenate([planted[one] for one in _OF_PARENTS]))
    asked = where(np.isin(cases, planted["parent-not-asked"]), EMPTY, asked)
    drawn = np.asarray([_ANSWER[one] for one in ("yes", "no", "declined")])[
        chance.among((0.2, 0.75, 0.05), rows)
    ]
    answer = where(is_parent, _ANSWER["yes"], drawn)
    return Asked(cases, asked, where(asked >= 0, answer))


def inquiries(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, asked: Asked
) -> tuple[Columns, int]:
    """Return the parental inquiries of a chunk."""
    chance = agency.chance("parental inquiries", lives.chunk)
    cases, rows = asked.cases, len(asked.cases)
    yes = asked.answer == _ANSWER["yes"]
    minors = where(yes, chance.whole(1, 4, rows))
    citizens = where(yes, chance.below(minors + 1))
    due = lives.detained[cases] + ASK_WITHIN_DAYS
    ids = lives.ids(rows)
    chosen = planted["parent-not-asked"]
    planted.plants.note("parent-not-asked", lives.case_no.take(chosen).to_pylist())
    columns: Columns = {
        "inquiry_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "office_id": agency.office(lives.office_on(cases, due)),
        "due_on": due,
        "asked_on": asked.asked,
        "asked_by": agency.officer(where(asked.asked >= 0, leads.on(cases, asked.asked))),
        "answer": asked.answer,
        "minors": minors,
        "minors_citizen": citizens,
        "minors_resident": where(yes, minors - citizens),
        "is_primary_caretaker": where(yes, chance.claims(0.5, rows).astype(np.int64)),
        "has_family_proceeding": where(yes, chance.claims(0.05, rows).astype(np.int64)),
        "contact_notified_on": where(yes & chance.claims(0.9, rows), asked.asked),
        "visits_facilitated": where(yes, chance.whole(0, 3, rows)),
        "policy_version_id": Picked(where(asked.asked >= 0, 0), keys(("PARENTS.2",))),
    }
    return columns, rows


def decisions(
    agency: Agency, lives: Lives, planted: Planted, asked: Asked, departed: Ints
) -> tuple[Columns, int]:
    """Return the parents' decisions of a chunk: valid ones, and the planted flawed ones."""
    chance = agency.chance("parental decisions", lives.chunk)
    is_parent = asked.parents(lives.rows) > 0
    is_flawed = planted.marks("decision-flawed", lives.rows)
    missing = planted.marks("departure-without-decision", lives.rows)
    leaves = departed >= 0
    gone = is_parent & leaves & ~missing
    stays = is_parent & ~leaves & lives.is_open() & chance.claims(0.6, lives.rows)
    cases = np.flatnonzero(gone | (stays & (lives.detained < agency.as_of - 10)))
    rows = len(cases)
    limit = where(leaves, departed, agency.as_of)[cases]
    asked_on = np.full(lives.rows, EMPTY, dtype=np.int64)
    asked_on[asked.cases] = asked.asked
    informed = np.minimum(asked_on[cases] + 1, limit)
    decided = np.minimum(informed + chance.whole(1, 4, rows), limit)
    too_late = np.isin(cases, planted["decision-after-departure"])
    decided = where(too_late, limit + 2, decided)
    flaw = where(is_flawed[cases], np.cumsum(is_flawed[cases]) % len(FLAWS))
    ids = lives.ids(rows)
    planted.plants.note("decision-flawed", ids[flaw >= 0])
    return _decision_columns(lives, (cases, ids, informed, decided, flaw), departed, chance), rows


def _decision_columns(
    lives: Lives, made: tuple[Ints, Ints, Ints, Ints, Ints], departed: Ints, chance: Chance
) -> Columns:
    cases, ids, informed, decided, flaw = made
    rows = len(cases)
    has = {name: flaw == place for place, name in enumerate(FLAWS)}
    informed = where(has["information_after_decision"], decided + 1, informed)
    signed, states = words("parental_decisions", "signed_kind"), words("parental_decisions", "state")
    honored = (departed[cases] >= 0) & (flaw < 0)
    state = where(honored, states["honored"], states["valid"])
    drawn = where(chance.claims(0.6, rows), signed["wet"], signed["electronic"])
    offered = ~has["options_not_offered"]
    return {
        "decision_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "information_version": Picked(where(has["no_information"], EMPTY, 0), keys(("PI-2.0",))),
        "information_on": where(has["no_information"], EMPTY, informed),
        "language": Picked(
            where(has["not_understood"], EMPTY, chance.among((0.8, 0.1, 0.06, 0.04), rows)), keys(_LANGUAGES)
        ),
        "interpreter_used": _yes(~has["not_understood"]),
        "offered_reunification": offered,
        "offered_child_remains": offered | (chance.generator.random(rows) < 0.5),
        "offered_consultation": offered,
        "decided_on": where(has["blank"], EMPTY, decided),
        "decision": where(has["blank"], EMPTY, chance.among((0.6, 0.4), rows)),
        "form_version": Picked(where(has["no_form"], EMPTY, 0), keys(("PD-1.1",))),
        "signed_kind": where(has["unsigned"], EMPTY, drawn),
        "witness_role": where(has["unsigned"], EMPTY, chance.whole(0, 2, rows)),
        "reflection_hours": np.where(decided >= informed, (decided - informed) * 24.0, np.nan),
        "state": where(flaw >= 0, states["recorded"], state),
        "honored_on": where(honored, departed[cases]),
        "validated_on": where(flaw < 0, decided),
    }


def _yes(claims: Claims) -> Ints:
    return claims.astype(np.int64)
