import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from closeout.web.tables import CreateModels

pytestmark = pytest.mark.django_db(transaction=True)


def two_tables():
    shelf = migrations.CreateModel("Shelf", [("id", models.AutoField(primary_key=True))])
    book = migrations.CreateModel(
        "Book",
        [
            ("id", models.AutoField(primary_key=True)),
            ("shelf", models.ForeignKey("casework.Shelf", models.CASCADE)),
        ],
    )
    return CreateModels(operations=[shelf, book])


def test_the_tables_are_made_together_and_dropped_together():
    step = two_tables()
    before, after = ProjectState(), ProjectState()
    step.state_forwards("casework", after)

    with connection.schema_editor() as editor:
        step.database_forwards("casework", editor, before, after)
    assert {"casework_shelf", "casework_book"} <= set(connection.introspection.table_names())

    with connection.schema_editor() as editor:
        step.database_backwards("casework", editor, after, before)
    assert not {"casework_shelf", "casework_book"} & set(connection.introspection.table_names())


def test_a_migration_can_write_it_down_and_say_what_it_does():
    step = two_tables()
    written, imports = MigrationWriter.serialize(step)
    assert written.startswith("closeout.web.tables.CreateModels(")
    assert "import closeout.web.tables" in imports
    assert step.describe() == "Create 2 models"
