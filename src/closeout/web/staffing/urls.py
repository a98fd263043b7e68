"""Addresses of staffing. Offices and officers are named by their codes."""

from django.urls import path

from closeout.web.staffing.views import moves, office, offices, planning, study, time, timer

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
    path("studies/", study.study_list, name="study-list"),
    path("studies/plan/", planning.study_plan, name="study-plan"),
    path("studies/<str:study_id>/", study.study_detail, name="study-detail"),
    path("studies/<str:study_id>/cancel/", planning.study_cancel, name="study-cancel"),
    path("adjustments/new/", study.adjustment_propose, name="adjustment-propose"),
    path("adjustments/<int:pk>/<slug:verb>/", study.adjustment_settle, name="adjustment-settle"),
]
