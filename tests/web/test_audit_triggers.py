from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from closeout.web.audit import triggers
from closeout.web.audit.actions import record
from closeout.web.audit.triggers import DatabaseNotKnownError


def change_the_first_event():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'somebody else' WHERE seq = 1")


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth():
    with transaction.atomic():
        record(by="system", action="site.start")
    call_command("migrate", "audit", "0001", verbosity=0)
    try:
        change_the_first_event()
    finally:
        call_command("migrate", "audit", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"):
        change_the_first_event()


def test_a_database_that_cannot_protect_the_log_is_refused():
    editor = SimpleNamespace(connection=SimpleNamespace(vendor="mysql"))
    with pytest.raises(DatabaseNotKnownError, match="mysql"):
        triggers.create(None, editor)
