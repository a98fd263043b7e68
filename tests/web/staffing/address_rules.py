"""Who may open the addresses of staffing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.staffing.actions import time
from closeout.web.staffing.models import ScenarioRun, StaffingRun
from tests.web.casework.actions.world import HERE
from tests.web.casework.address_rules import OFFICER, a_case, an_office, the_office
from tests.web.matrix import Rule
from tests.web.staffing.made import ACTIVITY, keep, make_adjustment, make_proposal, make_sample
from tests.web.staffing.made_answers import make_curve, make_plan, make_run, make_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOK = Permission.STAFFING_READ
RECORD = Permission.TIME_RECORD
STUDY = Permission.STUDY_MANAGE
REDIRECT = frozenset({302})


def a_run(visitor: User | None) -> Mapping[str, object]:
    """Keep a run of two offices, one of them the visitor's."""
    an_office(visitor)
    keep()
    return {}


def the_run(visitor: User | None) -> Mapping[str, object]:
    """Return the run."""
    a_run(visitor)
    return {"pk": StaffingRun.objects.latest("pk").pk}


def its_office(visitor: User | None) -> Mapping[str, object]:
    """Return the visitor's office."""
    a_run(visitor)
    return {"office_id": HERE}


def an_entry(visitor: User | None) -> Mapping[str, object]:
    """Let the visitor record minutes, if the role may."""
    an_office(visitor)
    if visitor is not None:
        visitor.refresh_from_db()
        if RECORD in GRANTS[visitor.role]:
            return {"pk": time.record_time(by=visitor, activity=ACTIVITY, minutes=20).pk}
    return {"pk": 1}


RULES: dict[str, Rule | tuple[Rule, ...]] = {
    # Those who lead an office go straight to its page.
    "staffing:office-list": Rule(LOOK, make=a_run, allowed=frozenset({200, 302})),
    "staffing:run-start": Rule(
        Permission.STAFFING_PLAN,
        method="post",
        make=an_office,
        allowed=REDIRECT,
        data={"kind": "observed", "draws": "0", "seed": "7"},
    ),
    "staffing:gap-chart": Rule(LOOK, make=the_run, allowed=frozenset({200, 404}), is_page=False),
    "staffing:ledger-chart": Rule(
        LOOK, make=lambda visitor: {**the_run(visitor), "office_id": HERE}, is_page=False
    ),
    "staffing:office-detail": Rule(LOOK, make=its_office),
    "staffing:demand-detail": Rule(LOOK, make=lambda visitor: {**its_office(visitor), "activity": ACTIVITY}),
    "staffing:time-entry": (
        Rule(RECORD, make=an_office),
        Rule(
            RECORD,
            make=an_office,
            method="post",
            allowed=REDIRECT,
            data={"activity": ACTIVITY, "minutes": "20", "on": "2026-01-05"},
        ),
    ),
    "staffing:time-change": Rule(RECORD, make=an_entry),
    "staffing:time-undo": Rule(RECORD, method="post", make=lambda _visitor: {"seq": 1}, allowed=REDIRECT),
    "staffing:timer": Rule(
        RECORD,
        method="post",
        make=lambda visitor: {**an_office(visitor), "verb": "start"},
        allowed=REDIRECT,
        data={"activity": ACTIVITY},
    ),
}


def a_study(visitor: User | None) -> Mapping[str, object]:
    """Plan a study that asks one officer of the visitor's office."""
    an_office(visitor)
    return {"study_id": make_sample(OFFICER, timezone.localdate()).study_id}


def a_proposal(visitor: User | None) -> Mapping[str, object]:
    """Let an officer have proposed an adjustment."""
    an_office(visitor)
    return {"pk": make_adjustment(OFFICER).pk, "verb": "approve"}


def all_of_it(visitor: User | None) -> Mapping[str, object]:
    """Make a study, a proposal and a run."""
    a_study(visitor)
    make_adjustment(OFFICER)
    keep()
    return {}


RULES |= {
    "staffing:study-list": Rule(STUDY, make=all_of_it),
    "staffing:study-detail": Rule(STUDY, make=a_study),
    "staffing:study-plan": Rule(STUDY, make=an_office),
    "staffing:study-cancel": Rule(STUDY, method="post", make=a_study, allowed=REDIRECT),
    "staffing:adjustment-basis": Rule(STUDY, make=all_of_it),
    "staffing:adjustment-propose": Rule(STUDY, make=an_office),
    "staffing:adjustment-settle": Rule(STUDY, method="post", make=a_proposal, allowed=REDIRECT),
}


def a_proposal_of_moves(visitor: User | None) -> Mapping[str, object]:
    """Keep a proposal for the visitor's office that a command asked for."""
    made = a_case(visitor)
    return {"pk": make_proposal(None, [(str(made["case_no"]), OFFICER, "S-OTHER")]).pk}


def proposals_to_list(visitor: User | None) -> Mapping[str, object]:
    """Keep a proposal for the visitor's office; the list of them has no key of its own."""
    a_proposal_of_moves(visitor)
    return {}


RULES |= {
    "staffing:move-list": (
        Rule(Permission.MOVES_REQUEST, make=proposals_to_list),
        Rule(
            Permission.MOVES_REQUEST,
            make=an_office,
            method="post",
            allowed=REDIRECT,
            data={"office_id": HERE, "kind": "rebalance"},
        ),
    ),
    "staffing:move-proposal": Rule(Permission.MOVES_REQUEST, make=a_proposal_of_moves),
    "staffing:moves-decide": Rule(
        Permission.MOVES_ACCEPT,
        make=a_proposal_of_moves,
        method="post",
        allowed=REDIRECT,
        data={"verb": "accept"},
    ),
}

RULES |= {"staffing:published-figures": Rule(LOOK, make=an_office)}


def a_scenario(visitor: User | None) -> Mapping[str, object]:
    """Make a scenario of the visitor's office that has been run, and a curve."""
    an_office(visitor)
    planner, _ = User.objects.get_or_create(username="s-planner", defaults={"role": Role.PLANNER})
    scenario = make_scenario(planner)
    make_run(scenario)
    make_curve()
    return {"pk": scenario.pk}


def its_run(visitor: User | None) -> Mapping[str, object]:
    """Return the scenario's run."""
    return {"pk": ScenarioRun.objects.get(scenario=a_scenario(visitor)["pk"]).pk}


def some_scenarios(visitor: User | None) -> Mapping[str, object]:
    """Make a scenario of the visitor's office."""
    a_scenario(visitor)
    return {}


def some_plans(visitor: User | None) -> Mapping[str, object]:
    """Make a hiring plan of the visitor's office."""
    an_office(visitor)
    make_plan()
    return {}


def beside(visitor: User | None) -> Mapping[str, object]:
    """Return the office whose scenario has been run."""
    a_scenario(visitor)
    return {"office_id": HERE}


def its_curve(visitor: User | None) -> Mapping[str, object]:
    """Return the office's curve."""
    an_office(visitor)
    return {"pk": make_curve().pk}


def a_plan(visitor: User | None) -> Mapping[str, object]:
    """Make a hiring plan of the visitor's office."""
    an_office(visitor)
    return {"pk": make_plan().pk}


PLAN = Permission.STAFFING_PLAN
FREEZE = Permission.EVIDENCE_FREEZE  # who freezes plans as evidence sees them
CHANCES = {"replications": "10", "seed": "1"}
RULES |= {
    "staffing:scenario-list": Rule(LOOK, make=some_scenarios),
    "staffing:scenario-make": Rule(PLAN, make=an_office),
    "staffing:scenario-detail": Rule(LOOK, make=a_scenario),
    "staffing:scenario-version": Rule(PLAN, make=a_scenario),
    "staffing:scenario-run": Rule(PLAN, method="post", make=a_scenario, allowed=REDIRECT, data=CHANCES),
    "staffing:difference-chart": Rule(LOOK, make=its_run, is_page=False),
    "staffing:scenario-compare": Rule(LOOK, make=beside),
    "staffing:curve-start": Rule(
        PLAN,
        method="post",
        make=the_office,
        allowed=REDIRECT,
        data={**CHANCES, "share": "95", "probability": "80", "kind": "observed"},
    ),
    "staffing:curve-chart": Rule(LOOK, make=its_curve, is_page=False),
    "staffing:plan-list": (
        Rule(PLAN, otherwise=FREEZE, make=some_plans),
        Rule(
            PLAN,
            make=an_office,
            method="post",
            allowed=REDIRECT,
            data={
                "office_id": HERE,
                "by_on": "2030-01-01",
                "probability": "80",
                "seats": "12",
                "every_months": "3",
                "overtime_most": "0",
                "kind": "observed",
                "draws": "100",
                "seed": "7",
            },
        ),
    ),
    "staffing:plan-detail": Rule(PLAN, otherwise=FREEZE, make=a_plan),
    "staffing:plan-chart": Rule(PLAN, otherwise=FREEZE, make=a_plan, is_page=False),
}
