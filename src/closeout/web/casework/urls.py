"""Addresses of casework. A case is named by its random number; nothing else about it is in an address."""

from django.urls import path

from closeout.web.casework.views import (
    acts,
    case,
    day,
    desk,
    intake,
    integrity,
    lists,
    offices,
    records,
    undo,
    unit,
)

app_name = "casework"
urlpatterns = [
    path("", lists.case_list, name="case-list"),
    path("new/", intake.intake, name="intake"),
    path("my-day/", day.my_day_page, name="my-day"),
    path("unit/", unit.unit_page, name="unit"),
    path("desk/", desk.desk, name="desk"),
    path("duties/", lists.duty_list, name="duty-list"),
    path("offices/", offices.office_list, name="office-list"),
    path("offices/<str:office_id>/", offices.office_detail, name="office-detail"),
    path("integrity/", integrity.rule_list, name="integrity"),
    path("integrity/<slug:rule>/", integrity.rule_detail, name="integrity-rule"),
    path("records/", records.records_page, name="records"),
    path("records/<str:kind>/", records.records_work, name="records-work"),
    path("undo/<int:seq>/", undo.undo_step, name="undo"),
    path("<str:case_no>/", case.case_detail, name="case-detail"),
    path("<str:case_no>/acts/<slug:slug>/", acts.act, name="act"),
]
