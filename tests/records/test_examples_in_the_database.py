"""The example rows fit the database too: its constraints agree with the declared rules."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from closeout.records.examples import example_rows
from closeout.records.tables import TABLES
from closeout.web.casework.models.record import Record

MODELS = {
    model.table: model
    for app in ("casework", "registers", "staffing")
    for model in apps.get_app_config(app).get_models()
    if issubclass(model, Record)
}


def zoned(cell):
    """Return a time as the database has it, with a zone; any other cell as it is."""
    return cell.replace(tzinfo=UTC) if isinstance(cell, datetime) else cell


def saved(table):
    """Save a table's example rows; return them as the database gives them back."""
    model = MODELS[table]
    names = {field.column: field.attname for field in model._meta.concrete_fields}
    for row in example_rows(table):
        model.objects.create(**{names[column]: zoned(cell) for column, cell in row.items()})
    return list(model.objects.order_by("pk").values(*(names[column] for column in TABLES[table].columns())))


@pytest.mark.django_db
def test_every_example_row_is_taken_and_comes_back_the_same():
    with connection.constraint_checks_disabled():
        for table in TABLES:
            wanted = [[zoned(cell) for cell in row.values()] for row in example_rows(table)]
            assert [list(row.values()) for row in saved(table)] == wanted, table
    connection.check_constraints()
