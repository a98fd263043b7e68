"""Addresses of staffing. Offices and officers are named by their codes."""

from django.urls import path

from closeout.web.staffing.views import (
    curves,
    figures,
    moves,
    office,
    offices,
    planning,
    plans,
    scenarios,
    study,
    time,
    timer,
)

app_name = "staffing"
urlpatterns = [
    path("", offices.office_list, name="office-list"),
    path("runs/", offices.run_start, name="run-start"),
    path("runs/<int:pk>/gap.svg", offices.gap_chart, name="gap-chart"),
    path("runs/<int:pk>/<str:office_id>/hours.svg", office.ledger_chart, name="ledger-chart"),
    path("offices/<str:office_id>/", office.office_detail, name="office-detail"),
    path("offices/<str:office_id>/demand/<str:activity>/", office.demand_detail, name="demand-detail"),
    path("time/", time.time_entry, name="time-entry"),
    path("time/<int:pk>/", time.time_change, name="time-change"),
    path("time/undo/<int:seq>/", time.time_undo, name="time-undo"),
    path("time/timer/<slug:verb>/", timer.timer, name="timer"),
    path("moves/", moves.move_list, name="move-list"),
    path("moves/<int:pk>/", moves.move_proposal, name="move-proposal"),
    path("moves/<int:pk>/decide/", moves.moves_decide, name="moves-decide"),
    path("scenarios/", scenarios.scenario_list, name="scenario-list"),
    path("scenarios/new/", scenarios.scenario_make, name="scenario-make"),
    path("scenarios/<int:pk>/", scenarios.scenario_detail, name="scenario-detail"),
    path("scenarios/<int:pk>/version/", scenarios.scenario_version, name="scenario-version"),
    path("scenarios/<int:pk>/run/", scenarios.scenario_run, name="scenario-run"),
    path("scenarios/runs/<int:pk>/on-time.svg", scenarios.difference_chart, name="difference-chart"),
    path("offices/<str:office_id>/side-by-side/", scenarios.scenario_compare, name="scenario-compare"),
    path("offices/<str:office_id>/curve/", curves.curve_start, name="curve-start"),
    path("curves/<int:pk>/curve.svg", curves.curve_chart, name="curve-chart"),
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan-detail"),
    path("plans/<int:pk>/months.svg", plans.plan_chart, name="plan-chart"),
    path("figures/", figures.published_figures, name="published-figures"),
    path("studies/", study.study_list, name="study-list"),
    path("studies/plan/", planning.study_plan, name="study-plan"),
    path("studies/<str:study_id>/", study.study_detail, name="study-detail"),
    path("studies/<str:study_id>/cancel/", planning.study_cancel, name="study-cancel"),
    path("adjustments/new/", study.adjustment_propose, name="adjustment-propose"),
    path("adjustments/<int:pk>/<slug:verb>/", study.adjustment_settle, name="adjustment-settle"),
]
