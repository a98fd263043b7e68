"""Settling doubts: what a person decides holds through every later reading."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus, Position, Span
from closeout.web.audit.models import Event
from closeout.web.recommendations.actions import (
    accept_item,
    add_progress,
    correct_mention,
    correct_promise,
    decide_join,
    join_by_hand,
    reject_item,
    reject_mention,
    resolve_conflict,
    restore_mention,
)
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.ingest.captures import reading_of as kept_reading
from closeout.web.recommendations.models import (
    Capture,
    Conflict,
    Correction,
    JoinDecision,
    Mention,
    PromiseObservation,
    Recommendation,
    Report,
    ReviewItem,
    StatusObservation,
)
from closeout.web.recommendations.search import search
from tests.reading.factories import make_record
from tests.web.recommendations.arrivals import LATER, again_by, reading_of, take_in
from tests.web.recommendations.world import DAY, LAMPS, WORDS, make_world

TIDES = "The Secretary should publish the tide tables of all harbors before the spring season begins"


def correct(world, reason="as the page has it", **changes):
    return correct_mention(by=world.liaison, mention_id=world.mention.pk, changes=changes, reason=reason)


def read_again(world, **changes):
    """Let a newer extractor read the same bytes, with the record changed."""
    capture = Capture.objects.get(pk=world.capture.pk)
    reading = kept_reading(capture)
    reading = replace(reading, document=replace(reading.document, text=WORDS))
    (record,) = reading.records
    version = f"{reading.extractor_version}+"
    return take_in(again_by(version, reading, replace(record, **changes)), at=LATER)


def test_accepting_a_question_settles_it_once(world):
    assert world.fresh().in_review
    accept_item(by=world.liaison, item_id=world.question.pk)
    world.question.refresh_from_db()
    assert (world.question.state, world.question.decided_by) == ("accepted", world.liaison)
    assert not world.fresh().in_review
    with pytest.raises(NotNowError, match="it was settled: accepted"):
        accept_item(by=world.liaison, item_id=world.question.pk)


def test_a_settled_question_is_not_asked_again_at_the_next_reading(world):
    accept_item(by=world.liaison, item_id=world.question.pk)
    read_again(world)
    assert ReviewItem.objects.count() == 1
    assert not world.fresh().in_review


def test_the_database_refuses_a_settled_question_without_a_person(world):
    with pytest.raises(IntegrityError, match="decided_iff_not_open"), transaction.atomic():
        ReviewItem.objects.filter(pk=world.question.pk).update(state="accepted")


def test_a_correction_is_kept_as_an_event_and_changes_the_register(world):
    correct(world, number="7", agency="Tide Bureau")
    rec = world.fresh()
    assert (rec.number, rec.key) == ("7", "dhs-oig/ZIG-26-07/7")
    assert [agency.name for agency in rec.agencies.all()] == ["Tide Bureau"]
    assert list(Correction.objects.order_by("field").values_list("field", "old", "new")) == [
        ("agency", "", "Tide Bureau"),
        ("number", "1", "7"),
    ]
    event = Event.objects.get(action="reading.correct")
    assert (event.before, event.after) == (
        {"number": "1", "agency": ""},
        {"number": "7", "agency": "Tide Bureau"},
    )
    assert search(Recommendation.objects.all(), "tide bureau").get() == rec


def test_a_correction_holds_when_a_newer_extractor_reads_the_document(world):
    correct(world, text=f"{LAMPS} And each morning.")
    read_again(world, text=LAMPS, agency="Harbor Office")
    rec = world.fresh()
    assert rec.text == f"{LAMPS} And each morning."
    assert [agency.name for agency in rec.agencies.all()] == ["Harbor Office"]


def test_a_correction_finds_its_record_though_the_span_moved_a_little(world):
    correct(world, number="7")
    read_again(world, text_span=Span(46, 46 + len(LAMPS)))
    assert world.fresh().number == "7"
    assert Mention.objects.count() == 1


def test_a_later_correction_of_the_same_field_counts(world):
    correct(world, number="7")
    correct(world, number="8")
    assert world.fresh().number == "8"
    assert Correction.objects.count() == 2


def test_a_corrected_status_takes_words_that_stand_in_the_document(world):
    with pytest.raises(UnfitValueError, match="does not stand in the document"):
        correct(world, status="closed-implemented", status_printed="We hereby close it")
    assert world.fresh().is_open

    correct(world, status="closed-implemented", status_printed="Recommendation closed")
    rec = world.fresh()
    assert (rec.auditor_status, rec.auditor_status_printed) == ("closed-implemented", "Recommendation closed")
    assert sorted(StatusObservation.objects.values_list("value", "is_current")) == [
        ("closed-implemented", True),
        ("resolved-open", False),
    ]


def test_a_status_taken_out_leaves_none(world):
    correct(world, status=None, status_printed=None)
    rec = world.fresh()
    assert (rec.auditor_status, rec.reads_as, rec.is_open) == ("", "", True)


def test_a_status_without_printed_words_cannot_be_put_in(make_user):
    world = make_world(make_user, status=None, status_printed=None, status_basis=None)
    with pytest.raises(UnfitValueError, match="takes the words the auditor printed"):
        correct(world, status="closed-implemented")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"color": "red"}, "color is not a field"),
        ({"status": "fine"}, "'fine' is not a status"),
        ({"position": "perhaps"}, "'perhaps' is not a position"),
        ({"kind": "wish"}, "'wish' is not a kind"),
        ({"number": "1"}, "nothing is changed"),
        ({}, "nothing is changed"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(world, changes, said):
    with pytest.raises(UnfitValueError, match=said):
        correct(world, **changes)
    assert not Correction.objects.exists()


def test_a_correction_takes_a_reason(world):
    with pytest.raises(UnfitValueError, match="the reason is missing"):
        correct(world, reason=" ", number="7")
    with pytest.raises(IntegrityError, match="correction_has_reason"), transaction.atomic():
        Correction.objects.create(
            mention=world.mention, field="number", reason="", by=world.liaison, at=timezone.now()
        )


def test_a_correction_can_settle_the_question_that_led_to_it(world):
    correct_mention(
        by=world.liaison,
        mention_id=world.mention.pk,
        changes={"number": "7"},
        reason="as printed",
        item_id=world.question.pk,
    )
    world.question.refresh_from_db()
    assert world.question.state == "corrected"


def test_a_promise_that_is_none_is_taken_out_and_stays_out(world):
    correct_promise(
        by=world.liaison, mention_id=world.mention.pk, start=500, end=520, due=None, reason="a quote"
    )
    assert world.fresh().promise_edtf == ""
    assert not PromiseObservation.objects.filter(is_current=True).exists()
    read_again(world)
    assert world.fresh().promise_edtf == ""


def test_a_promises_date_is_set_right(world):
    correct_promise(
        by=world.liaison, mention_id=world.mention.pk, start=500, end=520, due="March 2026", reason="misread"
    )
    assert (world.fresh().promise_edtf, world.fresh().promises_made) == ("2026-03", 1)


def test_only_a_promise_there_is_can_be_corrected(world):
    with pytest.raises(UnfitValueError, match="no promise at that place"):
        correct_promise(by=world.liaison, mention_id=world.mention.pk, start=1, end=2, due=None, reason="x")
    with pytest.raises(UnfitValueError, match="is not a date"):
        correct_promise(
            by=world.liaison, mention_id=world.mention.pk, start=500, end=520, due="soon", reason="x"
        )


def test_a_rejected_reading_leaves_the_register_for_good(world):
    reject_mention(
        by=world.liaison, mention_id=world.mention.pk, reason="a heading", item_id=world.question.pk
    )
    assert not Recommendation.objects.listed().exists()
    assert not StatusObservation.objects.filter(is_current=True).exists()
    read_again(world, number="9")
    assert not Recommendation.objects.listed().exists()
    world.question.refresh_from_db()
    assert world.question.state == "rejected"


def test_a_reading_is_rejected_once_and_can_be_restored(world):
    reject_mention(by=world.liaison, mention_id=world.mention.pk, reason="a heading")
    with pytest.raises(NotNowError, match="rejected already"):
        reject_mention(by=world.liaison, mention_id=world.mention.pk, reason="a heading")
    restore_mention(by=world.liaison, mention_id=world.mention.pk, reason="it is one after all")
    rec = Recommendation.objects.listed().get()
    assert (rec.pk, rec.auditor_status, rec.promise_edtf) == (world.rec.pk, "resolved-open", "2026-02-28")
    with pytest.raises(NotNowError, match="is not rejected"):
        restore_mention(by=world.liaison, mention_id=world.mention.pk, reason="again")


def test_the_database_refuses_a_rejected_reading_in_the_register(world):
    with pytest.raises(IntegrityError, match="rejected_belongs_to_none"), transaction.atomic():
        Mention.objects.filter(pk=world.mention.pk).update(is_rejected=True)


def test_a_document_that_does_not_belong_here_is_set_aside(world):
    take_in(reading_of(path="odd.txt", family="unknown"))
    item = ReviewItem.objects.get(kind="unknown-family")
    reject_item(by=world.liaison, item_id=item.pk, reason="a menu")
    item.refresh_from_db()
    assert item.state == "rejected"
    with pytest.raises(NotNowError, match="reject the reading"):
        reject_item(by=world.liaison, item_id=world.question.pk, reason="x")


@pytest.fixture
def alike(world):
    """Return the question whether two recommendations that read almost alike are one."""
    for path, text in (("one.txt", f"{TIDES}."), ("two.txt", f"{TIDES} again.")):
        take_in(reading_of(make_record(text), path=path, title="Tides"))
    return ReviewItem.objects.get(kind="doubtful-join")


def tides():
    return Recommendation.objects.listed().filter(text__startswith="The Secretary").order_by("pk")


def test_a_doubtful_join_is_left_apart_until_a_person_says_they_are_one(world, alike):
    first, second = tides()
    assert first.in_review
    decide_join(by=world.liaison, item_id=alike.pk, is_same=True)
    survivor = tides().get()
    assert survivor.pk in {first.pk, second.pk}
    assert survivor.mentions.count() == 2
    gone = Recommendation.objects.get(pk=({first.pk, second.pk} - {survivor.pk}).pop())
    assert (gone.is_retired, gone.merged_into) == (True, survivor)
    assert not survivor.in_review


def test_a_decided_join_holds_when_more_is_read(world, alike):
    decide_join(by=world.liaison, item_id=alike.pk, is_same=True)
    take_in(reading_of(make_record(f"{TIDES}."), path="three.txt", title="Tides"), at=LATER)
    assert tides().count() == 1
    assert tides().get().mentions.count() == 3


def test_a_denied_join_is_not_asked_again(world, alike):
    decide_join(by=world.liaison, item_id=alike.pk, is_same=False, reason="another season")
    take_in(reading_of(make_record(f"{TIDES}."), path="three.txt", title="Tides"), at=LATER)
    assert tides().count() == 2
    assert ReviewItem.objects.filter(kind="doubtful-join", state="open").count() == 0
    assert JoinDecision.objects.get().is_same is False


def test_what_was_done_on_a_recommendation_stays_with_the_one_it_became(world, alike):
    for row in tides():
        add_progress(
            by=world.liaison, recommendation_id=row.pk, state=Progress.IN_PROGRESS, note="Printed.", on=DAY
        )
    decide_join(by=world.liaison, item_id=alike.pk, is_same=True)
    assert tides().get().progress == "in-progress"


def test_a_join_question_takes_an_answer_not_an_acceptance(world, alike):
    with pytest.raises(NotNowError, match="say whether they are the same"):
        accept_item(by=world.liaison, item_id=alike.pk)
    decide_join(by=world.liaison, item_id=alike.pk, is_same=True)
    with pytest.raises(NotNowError, match="it was settled"):
        decide_join(by=world.liaison, item_id=alike.pk, is_same=True)


def test_reports_with_titles_almost_alike_can_be_said_to_be_one(world):
    base = "Harbor Office Should Publish the Tide Tables of All Its Harbors Before the Spring Season"
    take_in(
        reading_of(make_record(f"{TIDES}.", number="1"), path="a.txt", title=f"{base} Begins"),
        reading_of(
            make_record("Paint the buoys red and white each year.", number="2"),
            path="b.txt",
            title=f"{base} Begin",
            report_number="ZIG-26-11",
        ),
    )
    item = ReviewItem.objects.get(kind="doubtful-join")
    assert "reports" in item.detail
    decide_join(by=world.liaison, item_id=item.pk, is_same=True)
    report = Report.objects.get(number="ZIG-26-11")
    assert sorted(report.recommendations.listed().values_list("number", flat=True)) == ["1", "2"]
    assert Report.objects.filter(is_retired=False).count() == 2  # with the world's own


def test_titles_almost_alike_are_asked_about_though_the_documents_come_one_by_one(world):
    base = "Harbor Office Should Publish the Tide Tables of All Its Harbors Before the Spring Season"
    for path, title in (("a.txt", f"{base} Begins"), ("b.txt", f"{base} Begin")):
        take_in(reading_of(make_record(f"Publish the tables of {path}."), path=path, title=title))
    item = ReviewItem.objects.get(kind="doubtful-join")
    # What is taken in later and has nothing to do with either leaves the question as it is.
    take_in(reading_of(make_record("Paint the buoys."), path="c.txt", title=f"{base} Begins"), at=LATER)
    item.refresh_from_db()
    assert (item.is_current, item.state) == (True, "open")


def test_records_under_one_number_can_be_parted(world):
    other = "Nobody may enter the tower of the harbor office after dark without a lamp and a key."
    take_in(
        reading_of(
            make_record(other, number="1"), path="other.txt", title="Lamps Go Out", report_number="ZIG-26-07"
        )
    )
    item = ReviewItem.objects.get(kind="doubtful-join")
    assert Recommendation.objects.listed().count() == 1
    decide_join(by=world.liaison, item_id=item.pk, is_same=False, reason="two editions")
    assert sorted(Recommendation.objects.listed().values_list("text", flat=True)) == sorted([LAMPS, other])


def test_two_readings_can_be_joined_by_hand_and_parted_again(world):
    take_in(
        reading_of(make_record("Keep all lamps trimmed, evening by evening."), path="b.txt", title="Other")
    )
    other = Mention.objects.exclude(pk=world.mention.pk).get()

    def say(is_same):
        return join_by_hand(
            by=world.liaison,
            mention_id=other.pk,
            other_id=world.mention.pk,
            is_same=is_same,
            reason="read both",
        )

    say(is_same=True)
    assert Recommendation.objects.listed().count() == 1
    say(is_same=False)
    assert Recommendation.objects.listed().count() == 2


def test_two_readings_of_one_document_are_never_one(world):
    with pytest.raises(UnfitValueError, match="two readings of one document"):
        join_by_hand(
            by=world.liaison, mention_id=world.mention.pk, other_id=world.mention.pk, is_same=True, reason="x"
        )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"one": "mention"},
        {"one": "mention", "other": "mention"},
        {"one": "mention", "one_report": "report"},
    ],
)
def test_the_database_refuses_a_join_decision_that_is_about_nothing(world, fields):
    rows = {"mention": world.mention, "report": world.rec.report}
    with pytest.raises(IntegrityError, match="between_two"), transaction.atomic():
        JoinDecision.objects.create(
            is_same=True,
            by=world.liaison,
            at=timezone.now(),
            **{name: rows[kind] for name, kind in fields.items()},
        )


@pytest.fixture
def conflict(world):
    take_in(
        reading_of(
            make_record(
                LAMPS,
                number="1",
                position=Position.NON_CONCUR,
                position_printed="did not",
                position_by="Harbor Office",
            ),
            path="b.txt",
            title="Lamps Go Out",
            report_number="ZIG-26-07",
            report_date="2026-01-01",
        )
    )
    return Conflict.objects.get(field="position")


def test_a_conflict_is_settled_and_stays_settled_while_its_values_do(world, conflict):
    assert world.fresh().has_conflict
    resolve_conflict(by=world.liaison, conflict_id=conflict.pk, resolution="The report: it concurred.")
    assert not world.fresh().has_conflict
    read_again(world)
    conflict.refresh_from_db()
    assert (conflict.resolution, conflict.is_current) == ("The report: it concurred.", True)
    assert not world.fresh().has_conflict


def test_new_values_are_a_new_conflict(world, conflict):
    resolve_conflict(by=world.liaison, conflict_id=conflict.pk, resolution="The report.")
    read_again(world, position=Position.PARTIAL, position_printed="concurred")
    assert world.fresh().has_conflict
    assert Conflict.objects.filter(field="position").count() == 2


def test_a_conflict_is_settled_once_with_words(world, conflict):
    with pytest.raises(UnfitValueError, match="which source is right is missing"):
        resolve_conflict(by=world.liaison, conflict_id=conflict.pk, resolution="")
    resolve_conflict(by=world.liaison, conflict_id=conflict.pk, resolution="The report.")
    with pytest.raises(NotNowError, match="it was resolved"):
        resolve_conflict(by=world.liaison, conflict_id=conflict.pk, resolution="The report.")


@pytest.mark.parametrize("changes", [{"resolution": "x"}, {"recommendation": None}])
def test_the_database_refuses_a_conflict_settled_by_nobody_or_of_nothing(conflict, changes):
    with pytest.raises(IntegrityError, match="conflict_"), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(**changes)


def test_a_closing_status_cannot_be_read_into_a_document_of_the_news(world):
    take_in(
        reading_of(
            make_record(
                LAMPS,
                number="1",
                status=AuditorStatus.CLOSED_IMPLEMENTED,
                status_printed="closed",
                report_number="ZIG-26-07",
            ),
            path="news.txt",
            is_secondary=True,
            issuer="Gazette",
        )
    )
    assert world.fresh().is_open


def test_a_conflict_about_a_report_is_settled_too(world):
    conflict = Conflict.objects.create(report=world.rec.report, field="title", values=[], fingerprint="x")
    resolve_conflict(by=world.liaison, conflict_id=conflict.pk, resolution="The cover is right.")
    conflict.refresh_from_db()
    assert conflict.resolution == "The cover is right."


def test_a_question_about_readings_that_are_all_rejected_is_simply_settled(world, alike):
    for row in tides():
        reject_mention(by=world.liaison, mention_id=row.mentions.get().pk, reason="a heading")
    ReviewItem.objects.filter(pk=alike.pk).update(is_current=True)
    decide_join(by=world.liaison, item_id=alike.pk, is_same=True)
    assert not JoinDecision.objects.exists()


def test_an_agency_that_was_misread_is_taken_off(make_user):
    world = make_world(make_user, agency="Harbor Ofice")
    correct(world, agency="Harbor Office")
    assert [agency.name for agency in world.fresh().agencies.all()] == ["Harbor Office"]


def test_a_record_without_words_keeps_its_mention_by_its_number(world):
    reading = reading_of(
        make_record(
            None,
            number="4",
            report_number="ZIG-26-09",
            status=AuditorStatus.OPEN_UNKNOWN,
            status_printed="Open",
        ),
        path="tracker.csv",
    )
    take_in(reading)
    (record,) = reading.records
    take_in(again_by("2", reading, replace(record, agency="Tide Bureau")), at=LATER)
    assert Mention.objects.filter(capture__document__origin="tracker.csv").count() == 1
    rec = Recommendation.objects.get(report__number="ZIG-26-09")
    assert [agency.name for agency in rec.agencies.all()] == ["Tide Bureau"]
