"""Verifying what somebody brings: one event, for that person alone, its bytes gone when it is done."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.evidence.actions.brought import MOST_WAITING, bring_file, keep_found
from closeout.web.evidence.actions.dossiers import submit_dossier
from closeout.web.evidence.jobs import run_verify
from closeout.web.evidence.models import BroughtFile
from closeout.web.evidence.verifying.found import MOST_LINES, Answer, Found, ResultFound, answer_of, cut
from closeout.web.evidence.verifying.unpacking import Sort, UnfitArchiveError, sort_of, unpack, word_text
from closeout.web.evidence.verifying.work import verify_file
from closeout.web.jobs.models import Job, JobState
from closeout.web.jobs.progress import Progress
from closeout.web.recommendations.actions.errors import NotNowError
from closeout.web.recommendations.models import Blob
from tests.web.evidence.made import CODE, keep
from tests.web.evidence.test_dossiers import freeze_by_hand, ready

__all__ = ["ready"]
VERIFY = reverse("evidence:verify")
NOW = datetime(2026, 6, 2, tzinfo=UTC)


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).css_first("main").text().split())


def bring(client, data=b"words", name="file.txt"):
    return client.post(VERIFY, {"file": SimpleUploadedFile(name, data)})


def packed(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def found_of(data):
    return verify_file(data, now=NOW, told=lambda _said: None)


def test_a_file_is_verified_in_the_background_and_then_let_go(register, as_):
    client = as_(register.approver)
    before = Event.objects.count()
    answer = bring(client)
    row = BroughtFile.objects.get()
    assert answer["Location"] == reverse("evidence:verify-detail", args=[row.pk])
    assert [event.action for event in Event.objects.order_by("seq")[before:]] == ["job.start"]
    assert "It is being verified" in words(client.get(answer["Location"]))
    told = run_verify(Progress(row.job_id), row.job.params)
    assert (told["Answer"], told["link"]) == ("not one of ours", answer["Location"])
    Job.objects.update(state=JobState.DONE, finished_at=NOW)
    row.refresh_from_db()
    assert row.data is None
    said = words(client.get(answer["Location"]))
    assert "not one of ours It names no result that was frozen here" in said
    assert sha256(b"words").hexdigest() in said
    assert "file.txt" in words(client.get(VERIFY))
    with pytest.raises(LookupError, match="bring it again"):
        run_verify(Progress(row.job_id), row.job.params)


def test_nobody_else_sees_what_somebody_brought(register, make_user, as_):
    page = bring(as_(register.approver))["Location"]
    other = as_(make_user(Role.AUDITOR))
    assert other.get(page).status_code == 404
    assert "file.txt" not in words(other.get(VERIFY))


def test_nothing_brought_is_asked_for_again(register, as_):
    client = as_(register.approver)
    assert client.post(VERIFY, {}).status_code == 422
    assert bring(client, b"").status_code == 422
    assert not BroughtFile.objects.exists()


def test_a_file_too_large_is_refused(register, as_, monkeypatch):
    monkeypatch.setattr("closeout.web.evidence.actions.brought.MIB", 1)
    answer = bring(as_(register.approver), b"x" * 51)
    assert answer.status_code == 422
    assert "larger than 50 MB" in words(answer)


def test_few_files_of_one_person_wait_at_a_time(register):
    for number in range(MOST_WAITING):
        bring_file(by=register.approver, name=f"{number}.txt", data=b"x")
    with pytest.raises(NotNowError, match="wait to be verified"):
        bring_file(by=register.approver, name="more.txt", data=b"x")


@pytest.mark.parametrize("role", Role.values)
def test_only_who_may_verify_brings_a_file(make_user, role):
    if Permission.EVIDENCE_VERIFY in GRANTS[role]:
        assert bring_file(by=make_user(role), name="a.txt", data=b"x").size == 1
        return
    with pytest.raises(PermissionDenied):
        bring_file(by=make_user(role), name="a.txt", data=b"x")


def test_a_name_that_names_a_person_is_not_kept(register):
    assert bring_file(by=register.approver, name="A123456789.pdf", data=b"x").filename == "file.pdf"
    assert bring_file(by=register.approver, name="../../x.json", data=b"x").filename == "x.json"


def test_bytes_go_after_a_day_and_what_was_found_after_a_month(register):
    for days in (2, 31):
        row = bring_file(by=register.approver, name=f"{days}.txt", data=b"x")
        BroughtFile.objects.filter(pk=row.pk).update(brought_at=timezone.now() - timedelta(days=days))
    bring_file(by=register.approver, name="new.txt", data=b"x")
    kept = dict(BroughtFile.objects.order_by("pk").values_list("filename", "data"))
    assert set(kept) == {"2.txt", "new.txt"}
    assert kept["2.txt"] is None


@pytest.mark.parametrize(
    ("state", "said"), [(JobState.FAILED, "Verifying it failed: no disk"), (JobState.CANCELED, "canceled")]
)
def test_a_job_that_failed_or_was_stopped_is_said(register, as_, state, said):
    client = as_(register.approver)
    page = bring(client)["Location"]
    Job.objects.update(state=state, problem="no disk", finished_at=NOW)
    assert said in words(client.get(page))
    assert "Bring it again" in words(client.get(page))


def test_the_same_bytes_that_were_submitted_are_known(ready, register, as_):
    asked = submit_dossier(by=register.liaison, recommendation_id=register.rec.pk)
    letter = bytes(Blob.objects.get(pk=asked.attachments[0]["sha256"]).data)
    client = as_(register.approver)
    assert "submitted on" in words(client.get(bring(client, letter, "letter.pdf")["Location"]))
    changed = words(client.get(bring(client, letter + b" ", "letter.pdf")["Location"]))
    assert "No evidence and no submitted letter has just these bytes." in changed


def test_a_letter_that_names_a_figure_whose_records_are_gone_is_not_settled(register):
    keep()
    freeze_by_hand(register)
    # Broken over two lines, as in a narrow column. What stands for the record in this test is none.
    found = found_of(f"The result has the SHA-256 {'d' * 30}\n{'d' * 34}.".encode())
    assert (found.kind, found.answer) == ("text", Answer.UNSETTLED)
    assert [(each.measure, each.answer) for each in found.results] == [(CODE, Answer.UNSETTLED)]
    assert found.sentence == "It could not be worked out again."


def test_what_a_letter_names_beside_ours_is_said(register):
    keep()
    freeze_by_hand(register)
    found = found_of(f"SHA-256 {'d' * 64}; and SHA-256 {'e' * 64}.".encode())
    assert found.answer is Answer.DIFFERS
    assert found.faults == (f"it names {'e' * 64}, which is nothing that this site knows",)


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"words", "text", "names no result"),
        (b'{"a": 1}', "text", "names no result"),
        (b'{"format": 99, "record_sha256": ""}', "a frozen figure", "format 99"),
        (b'{"record_sha256', "a frozen figure", "cannot be read as one of ours"),
        (b"\x00\x01", "another kind of file", "no frozen figure (JSON)"),
        (b"\xff\xfe", "another kind of file", "no frozen figure (JSON)"),
        (b"%PDF-1.7 broken", "a letter or report, PDF", "is damaged"),
        (b"PK\x03\x04broken", "another kind of file", "is damaged and cannot be opened"),
        (packed(a=b"x"), "another kind of file", "no frozen figure (JSON)"),
        (
            packed(word__document=b"", **{"word/document.xml": b"<w:p></w:p>"}),
            "a letter or report, Word",
            "no words",
        ),
        (packed(**{"f/index.json": b"{}"}), "a folder of frozen figures, as ZIP", "index of frozen results"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_none_of_ours_is_said_in_words(db, data, kind, said):
    found = found_of(data)
    assert (found.answer, found.kind) == (Answer.NOT_OURS, kind)
    assert said in found.sentence


def test_a_word_file_is_read_by_its_words_alone():
    body = b"<w:p><w:t>6 &lt; 7 &amp;amp; so</w:t></w:p><w:p><w:t>on</w:t></w:p>"
    data = packed(**{"word/document.xml": body})
    assert sort_of(data) is Sort.WORD
    assert word_text(data) == "6 < 7 &amp; so\non\n"


def test_an_archive_is_unpacked_under_plain_names_beside_its_index_alone(tmp_path):
    data = packed(
        **{"a/frozen/index.json": b"{}", "a/frozen/x.json": b"1", "a/other.txt": b"2", "y.txt": b"3"}
    )
    folders = unpack(data, tmp_path)
    assert [sorted(each.name for each in folder.iterdir()) for folder in folders] == [
        ["index.json", "x.json"]
    ]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["index.json", "x.json"]


@pytest.mark.parametrize("name", ["../index.json", "/etc/index.json", "a/../../index.json"])
def test_no_path_of_an_archive_is_followed(tmp_path, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    unpack(packed(**{name: b"{}"}), inside)
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()] == [
        "inside/0/index.json"
    ]


def test_a_strange_name_or_too_much_is_refused(tmp_path, monkeypatch):
    with pytest.raises(UnfitArchiveError, match="a name that freezing does not give"):
        unpack(packed(**{"index.json": b"{}", ".hidden": b""}), tmp_path)
    monkeypatch.setattr("closeout.web.evidence.verifying.unpacking.MOST_UNPACKED", 3)
    with pytest.raises(UnfitArchiveError, match="unpacks to more than"):
        unpack(packed(**{"f/index.json": b"{...}"}), tmp_path / "0")
    monkeypatch.setattr("closeout.web.evidence.verifying.unpacking.MOST_MEMBERS", 1)
    with pytest.raises(UnfitArchiveError, match="more than 1 files"):
        sort_of(packed(a=b"", b=b""))


def one(answer, **fields):
    return ResultFound("id", "code", answer, "words", **fields)


@pytest.mark.parametrize(
    ("answers", "faults", "whole"),
    [
        ([Answer.EQUAL, Answer.EQUAL], (), Answer.EQUAL),
        ([Answer.EQUAL], ("a file is not in the index",), Answer.DIFFERS),
        ([Answer.EQUAL, Answer.UNSETTLED], (), Answer.UNSETTLED),
        ([Answer.UNSETTLED, Answer.DIFFERS], (), Answer.DIFFERS),
        ([Answer.EQUAL, Answer.NOT_OURS], (), Answer.NOT_OURS),
        ([], (), Answer.NOT_OURS),
    ],
    ids=str,
)
def test_the_answer_for_a_file_is_that_of_its_worst_result(answers, faults, whole):
    assert answer_of(tuple(map(one, answers)), faults) is whole


def test_long_lists_are_cut_and_say_so():
    assert cut(["x"] * MOST_LINES) == ["x"] * MOST_LINES
    assert cut(["x"] * (MOST_LINES + 2))[-1] == "and 2 more"


def test_what_was_found_is_shown_with_what_differs(register, as_):
    keep()
    client = as_(register.approver)
    page = bring(client)["Location"]
    row = BroughtFile.objects.get()
    result = ResultFound(
        f"{CODE}.2026-06-01.ab", CODE, Answer.DIFFERS, "differs", differences=("BOS: value 0.9, now 0.8",)
    )
    keep_found(row, Found("a frozen figure", Answer.DIFFERS, "It is not what was frozen.", (result,)))
    Job.objects.update(state=JobState.DONE, finished_at=NOW)
    said = words(client.get(page))
    assert "differs It is not what was frozen. 1 result" in said
    assert "Outcome of a check-in written down in time" in said
    assert "BOS: value 0.9, now 0.8" in said
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in part
    assert "BOS: value 0.9" in part
