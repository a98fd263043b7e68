import pytest
from django.db import DatabaseError, connection, transaction

from closeout.web.accounts.models import Role
from closeout.web.audit.actions import NoTransactionError, record, verify_chain
from closeout.web.audit.models import AppendOnlyError, Event


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


def test_events_are_numbered_from_one_and_chained(three_events):
    first, second, third = Event.objects.order_by("seq")
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.prev_hash == "0" * 64
    assert (second.prev_hash, third.prev_hash) == (first.hash, second.hash)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_starts_with_an_empty_log():
    assert not Event.objects.exists()
    with transaction.atomic():
        record(by="system", action="site.start")
    assert verify_chain().events == 1


@pytest.mark.django_db(transaction=True)
def test_the_log_is_still_protected_after_a_flush():
    with transaction.atomic():
        record(by="system", action="site.start")
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_a_transaction():
    with pytest.raises(NoTransactionError):
        record(by="system", action="site.start")


def test_an_event_cannot_be_saved_again(three_events):
    event = Event.objects.get(seq=1)
    event.actor = "somebody else"
    with pytest.raises(AppendOnlyError):
        event.save()
