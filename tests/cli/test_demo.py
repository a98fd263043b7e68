"""The demonstration: a folder of its own, every document in, one account per role, figures that hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import transaction

from closeout.cli import demo as verb
from closeout.cli.demo_documents import demonstration
from closeout.cli.demo_figures import as_lines, figures
from closeout.cli.demo_people import make_people
from closeout.cli.demo_story import live
from closeout.web.accounts.models import Role, User
from closeout.web.audit.actions import verify_chain
from closeout.web.recommendations.models import Capture, Recommendation
from tests.reading.demo_truth import truth


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """Read all documents into the test's store, once for this file, and give the counts."""
    with django_db_blocker.unblock(), transaction.atomic():
        verb._read(demonstration())
        yield dict(figures(as_of=demonstration().as_of))
        transaction.set_rollback(True)


def test_a_new_folder_is_made_and_marked(tmp_path):
    verb.make_fresh(tmp_path / "out" / "demo")
    assert (tmp_path / "out" / "demo" / verb.MARKER).is_file()


def test_an_earlier_demonstration_is_removed(tmp_path):
    folder = tmp_path / "demo"
    verb.make_fresh(folder)
    (folder / "closeout.sqlite3").write_text("old")
    verb.make_fresh(folder)
    assert [path.name for path in folder.iterdir()] == [verb.MARKER]


def test_an_empty_folder_may_be_used(tmp_path):
    verb.make_fresh(tmp_path)
    assert (tmp_path / verb.MARKER).is_file()


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    kept = tmp_path / "thesis.txt"
    kept.write_text("mine")
    with pytest.raises(verb.NotADemoError, match="--folder"):
        verb.make_fresh(tmp_path)
    assert kept.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path):
    kept = tmp_path / "notes"
    kept.write_text("mine")
    with pytest.raises(verb.NotADemoError, match="is a file"):
        verb.make_fresh(kept)
    assert kept.read_text() == "mine"


def test_the_documents_are_copied_for_a_person_to_read(tmp_path):
    verb.copy_documents(demonstration(), tmp_path / "documents")
    copied = {path.relative_to(tmp_path / "documents").as_posix() for path in tmp_path.rglob("*.*")}
    assert copied == {capture.path for capture in demonstration().captures}


def test_captures_of_one_page_share_their_address():
    origins = [capture.origin for capture in demonstration().captures]
    assert len(origins) == len(set(origins)) + 1


def test_every_document_of_the_demonstration_is_taken_in(register):
    assert register["Documents read"] == len(demonstration().captures) == Capture.objects.count()


def test_each_capture_keeps_the_day_it_was_made(register):
    got = {capture.got_at.date() for capture in Capture.objects.all()}
    assert got == {capture.got_on for capture in demonstration().captures}


def test_the_counts_are_those_of_the_truth_made_by_hand(register):
    reports = truth()["register"]["reports"]
    assert register["Reports"] == len(reports)
    assert register["Recommendations"] == sum(
        report["recommendations"] + report["declared_only"] for report in reports
    )
    assert register["  declared by a document, shown by none"] == sum(
        report["declared_only"] for report in reports
    )
    assert register["  that show less than they declare"] == 1
    assert register["  of a layout Closeout does not know"] <= 1


def test_statuses_add_up_to_all_recommendations(register):
    parts = ("open in the auditor's word", "closed in the auditor's word", "without a word of the auditor")
    assert sum(register[f"  {part}"] for part in parts) == register["Recommendations"]


def test_promises_add_up(register):
    labels = [label for label in register if label.startswith("  ")]
    outcomes = {"  kept", "  missed", "  moved", "  not due yet", "  not known whether kept"}
    assert (
        sum(register[label] for label in labels if label in outcomes) == register["Dates promised in prose"]
    )


def test_lines_are_of_equal_width(register):
    lines = as_lines(list(register.items()))
    assert len({len(line) for line in lines}) == 1


def test_there_is_one_ready_account_for_each_role_outside_the_offices(db):
    people = make_people()
    in_offices = {Role.OFFICER, Role.SUPERVISOR, Role.DIRECTOR}
    assert sorted(person.role for person in people) == sorted(set(Role) - in_offices)
    for person in people:
        assert authenticate(None, username=person.username, password=person.password) == person.user
        assert not person.user.must_change_password


def test_each_start_makes_up_another_password(db):
    first = make_people()[0].password
    User.objects.all().delete()
    assert make_people()[0].password != first


def test_the_story_is_told_through_the_real_actions(register, db):
    live(make_people())
    assert Recommendation.objects.exclude(progress="").exists()
    assert not verify_chain().problem


def test_the_sign_ins_are_printed_with_the_address(db, capsys):
    people = make_people()
    verb._tell("http://127.0.0.1:8000/", people)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8000/" in said
    assert people[0].password in said
    assert all(person.username in said for person in people)


def test_the_package_holds_every_document_of_the_manifest():
    told = json.loads((Path(verb.__file__).parents[1] / "demo" / "manifest.json").read_text())
    assert all(capture.file.is_file() for capture in demonstration().captures)
    assert len(told["captures"]) == len(demonstration().captures)
