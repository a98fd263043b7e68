import json

import pytest
from django.db import connection, transaction
from typer.testing import CliRunner

from closeout.cli import audit
from closeout.web.audit.actions import record
from tests.conftest import tampering

pytestmark = pytest.mark.django_db


@pytest.fixture
def verify(monkeypatch):
    """Return a function that runs `closeout audit verify` on the test's own store, over two events."""
    monkeypatch.setattr(audit, "configure", lambda _store: None)
    for _ in range(2):
        with transaction.atomic():
            record(by="S-1", action="thing.change")
    return lambda *words: CliRunner().invoke(audit.app, ["verify", *words])


def change(statement):
    with tampering(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_whole_chain_is_said_to_be_whole_with_its_head(verify):
    result = verify()
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first == "2 events, the chain is whole"
    assert second.startswith("Head: 2:")


def test_a_changed_event_exits_with_1_and_is_named(verify):
    change("UPDATE audit_event SET actor = 'S-2' WHERE seq = 1")
    result = verify()
    assert (result.exit_code, result.stdout) == (1, "")
    assert "event 1 was changed" in result.stderr


def test_a_cut_end_is_noticed_by_the_head_noted_before(verify):
    head = json.loads(verify("--json").stdout)["head"]
    assert verify("--expect", head).exit_code == 0
    change("DELETE FROM audit_event WHERE seq = 2")
    assert verify().exit_code == 0
    result = verify("--expect", head, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["whole"], told["events"]) == (1, False, 1)
    assert "cut off" in told["problem"]
