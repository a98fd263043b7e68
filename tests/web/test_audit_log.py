import threading

import pytest
from django.db import DatabaseError, connection, transaction

from closeout.web.accounts.models import Role
from closeout.web.audit.actions import NoTransactionError, holds_head, record, verify_chain
from closeout.web.audit.models import AppendOnlyError, Event
from tests.conftest import tampering

WRITERS, EACH = 4, 5
REST = "at, actor, action, object_type, object_id, reason, request_id"
COPY = (
    f"INSERT INTO audit_event (seq, {REST}, prev_hash, hash) "  # noqa: S608 - our own words
    f"SELECT {{seq}}, {REST}, {{prev_hash}}, hash FROM audit_event WHERE seq = 3"
)


@pytest.fixture
def three_events(make_user):
    liaison = make_user(Role.AUDIT_LIAISON, username="S-100")
    with transaction.atomic():
        record(by=liaison, action="account.create", target=liaison, after={"role": liaison.role})
        record(
            by=liaison, action="account.update", target=liaison, before={"office": ""}, after={"office": "N"}
        )
        record(by="system", action="site.start", reason="a new day")
    return liaison


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_events_are_numbered_from_one_and_chained(three_events):
    first, second, third = Event.objects.order_by("seq")
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.prev_hash == "0" * 64
    assert (second.prev_hash, third.prev_hash) == (first.hash, second.hash)


def test_an_event_says_who_did_what_to_what(three_events):
    event = Event.objects.get(seq=1)
    assert (event.actor, event.action) == ("S-100", "account.create")
    assert (event.object_type, event.object_id) == ("accounts.user", str(three_events.pk))
    assert str(event) == "1 account.create by S-100"


def test_an_event_without_an_object_is_about_the_site(three_events):
    event = Event.objects.get(seq=3)
    assert (event.object_type, event.object_id, event.reason) == ("", "", "a new day")


def test_the_events_about_an_object_come_oldest_first(three_events):
    assert [event.seq for event in Event.objects.about(three_events)] == [1, 2]


def test_an_event_in_a_request_carries_its_id(administrator_client, make_user):
    person = make_user(Role.READER)
    response = administrator_client.post(
        f"/people/{person.pk}/access/", {"access-reason": "Left."}, headers={"X-Request-ID": "proxy-12345678"}
    )
    assert response.headers["X-Request-ID"] == "proxy-12345678"
    assert Event.objects.get().request_id == "proxy-12345678"


def test_what_is_rolled_back_leaves_no_event(three_events):
    with transaction.atomic():
        record(by="system", action="site.start")
        transaction.set_rollback(True)
    assert Event.objects.count() == 3
    assert verify_chain().is_whole


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_a_transaction():
    with pytest.raises(NoTransactionError):
        record(by="system", action="site.start")


def test_the_model_refuses_to_change_an_event(three_events):
    event = Event.objects.get(seq=1)
    event.actor = "somebody else"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()


def test_the_query_refuses_to_change_events(three_events):
    with pytest.raises(AppendOnlyError):
        Event.objects.update(actor="somebody else")
    with pytest.raises(AppendOnlyError):
        Event.objects.filter(seq=1).delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'somebody else' WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 3",
        COPY.format(seq=9, prev_hash="hash"),
        COPY.format(seq=4, prev_hash="prev_hash"),
    ],
    ids=["change", "remove", "leave a gap", "follow another event"],
)
def test_the_database_refuses_it_too(three_events, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)
    assert verify_chain().events == 3


IN_ONE_STROKE = {
    "sqlite": "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1",
    "postgresql": "TRUNCATE audit_event",
}
"""What only one database has, and what passes by the rows' own triggers there if nothing else stops it."""


def test_each_databases_own_way_round_the_triggers_is_refused(store):
    with transaction.atomic():
        record(by="system", action="site.start", reason="a new day")
    with pytest.raises(DatabaseError, match="append-only"):
        run(IN_ONE_STROKE[store])
    assert verify_chain().events == 1


def test_tampering_with_the_triggers_lifted_is_detected(three_events):
    with tampering():
        run("UPDATE audit_event SET actor = 'somebody else' WHERE seq = 2")
    check = verify_chain()
    assert (check.is_whole, check.broken_at) == (False, 2)


def test_the_end_of_the_log_can_be_checked_alone(three_events):
    with tampering():
        run("UPDATE audit_event SET actor = 'somebody else' WHERE seq = 1")
    tail = verify_chain(last=2)
    assert (tail.is_whole, tail.events, tail.checked) == (True, 3, 2)
    assert verify_chain(last=3).broken_at == 1
    assert verify_chain(last=50).broken_at == 1


def test_a_head_noted_earlier_shows_that_the_end_was_cut_off(three_events):
    noted = verify_chain()
    head = f"{noted.head_seq}:{noted.head_hash}"
    assert holds_head(head)
    with tampering():
        run("DELETE FROM audit_event WHERE seq = 3")
    assert verify_chain().is_whole, "the chain alone cannot show it"
    assert not holds_head(head)


@pytest.mark.parametrize(
    ("head", "holds"), [("0:" + "0" * 64, True), ("0:abc", False), ("", False), ("x:y", False)]
)
def test_a_note_of_an_empty_log_always_holds_and_nonsense_never(three_events, head, holds):
    assert holds_head(head) is holds


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain():
    problems = []

    def write(number):
        try:
            for _ in range(EACH):
                with transaction.atomic():
                    record(by=f"S-{number}", action="thing.change")
        except DatabaseError as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    check = verify_chain()
    assert (check.is_whole, check.events) == (True, WRITERS * EACH)


@pytest.mark.django_db(transaction=True)
def test_the_log_is_still_protected_after_a_flush():
    assert not Event.objects.exists()
    with transaction.atomic():
        record(by="system", action="site.start")
    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM audit_event")
