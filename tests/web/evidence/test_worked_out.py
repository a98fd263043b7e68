"""An assessment worked out from the site's own records, frozen, verified, and opened down to its rows."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from closeout.assess import Rules, load_rules
from closeout.evidence.measures.measure import Link
from closeout.web.audit.models import Event
from closeout.web.evidence.actions.dossiers import freeze_figure
from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.documents import document_of
from closeout.web.evidence.jobs import run_assessment
from closeout.web.evidence.listing import look_up
from closeout.web.evidence.models import AssessmentRun, FrozenFigure
from closeout.web.evidence.queries.dossier import dossier_view
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.verifying.found import Answer
from closeout.web.evidence.verifying.work import verify_file
from closeout.web.jobs.models import Job
from closeout.web.jobs.progress import JobCanceledError, Progress
from closeout.web.recommendations.actions import review_evidence
from closeout.web.recommendations.models import EvidenceCover
from tests.web.casework.actions.world import HERE, THERE

MEASURE = "service-issue-share"


@pytest.fixture
def rules(monkeypatch, settings, tmp_path):
    """Keep to one measure and three duties of the pack, and link the measure to the test's recommendation."""
    whole = load_rules()
    measure = next(one for one in whole.measures if one.code == MEASURE)
    answers = Link("ZIG-26-07", "1", covers=("send the lamp log",))
    pack = replace(whole.pack, clauses=whole.pack.clauses[:3])
    few = Rules(pack, None, (replace(measure, links=(answers,), min_n=1),), {})
    for module in ("work", "freezing", "listing", "verifying.records", "verifying.letters"):
        monkeypatch.setattr(f"closeout.web.evidence.{module}.load_rules", lambda **_options: few)
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return few


@pytest.fixture
def job(register):
    return Job.objects.create(kind=KIND, title="x", requested_by=register.liaison)


def rewritten(letter, old, new):
    """Return a Word file with other words in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letter)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(old.encode(), new.encode()))
    return target.getvalue()


@pytest.mark.django_db(transaction=True)
def test_from_the_records_to_a_verified_figure_and_its_rows(register, world, rules, job, settings):
    # Twelve that were not held, none of them through the office: 0 of 12.
    for day in range(30, 42):
        missed = {"state": "missed", "outcome": "missed", "outcome_on": world.day(-day + 5)}
        late = world.check_in(-day, records_check_due=False, **missed)
    told = run_assessment(Progress(job.pk), {})
    run = AssessmentRun.objects.get()
    assert (told["Measures"], told["Recommendations"], run.job) == (1, 1, job)
    measured = measured_of(run, offices=True)[MEASURE]
    assert (measured.total.figure.numerator, measured.total.figure.denominator) == (0, 12)
    assert run.assessed.get().needs[0]["measures"] == [MEASURE]
    assert any("Keeping the result" in line.text for line in job.lines.all())

    before = Event.objects.count()
    frozen = freeze_figure(by=register.liaison, recommendation_id=register.rec.pk, code=MEASURE)
    assert Event.objects.count() == before + 1
    assert Event.objects.order_by("seq").last().action == "evidence.freeze"
    assert EvidenceCover.objects.get().need == register.need

    record = bytes(frozen.record.data)
    found = verify_file(record, now=timezone.now(), told=lambda _said: None)
    assert (found.answer, found.sentence) == (Answer.EQUAL, "It still computes, with the same result.")
    found = verify_file(record.replace(b"A3", b"A4"), now=timezone.now(), told=lambda _said: None)
    assert (found.answer, found.results[0].words) == (Answer.DIFFERS, "the record was tampered with")

    revision = frozen.revision
    review_evidence(by=register.approver, revision_id=revision.pk, accept=True)
    dossier = dossier_view(register.rec, run).dossier
    letter = document_of(dossier, "docx").data
    for kind in ("pdf", "docx", "dossier"):
        found = verify_file(document_of(dossier, kind).data, now=timezone.now(), told=lambda _said: None)
        assert (found.answer, [one.measure for one in found.results]) == (Answer.EQUAL, [MEASURE]), kind
    # The same letter with another figure: the record still computes, and is not what the letter prints.
    found = verify_file(rewritten(letter, "of 12", "of 13"), now=timezone.now(), told=lambda _said: None)
    assert found.answer is Answer.DIFFERS
    assert "of 12”, which the letter does not print" in found.results[0].differences[0]
    # Without the site's own record the records that the letter names still tell.
    FrozenFigure.objects.all().delete()
    found = verify_file(letter, now=timezone.now(), told=lambda _said: None)
    assert (found.answer, found.results[0].measure) == (Answer.EQUAL, MEASURE)

    listed = look_up(run.measures.get())
    assert [row.case_no for row in listed.rows] == [late.case_id] * 12
    assert (listed.then, listed.why, {row.counts for row in listed.rows}) == ("", "", {0})
    # By day: the check-in of 41 days ago is the first.
    days = [row.day for row in listed.rows]
    assert days == sorted(days)
    assert len(look_up(run.measures.get(), office=HERE).rows) == 12
    assert look_up(run.measures.get(), office=THERE).rows == ()
    first = look_up(run.measures.get(), limit=5)
    rest = look_up(run.measures.get(), after=first.then)
    assert (*first.rows, *rest.rows) == listed.rows
    # Without the records the letter still names what was found here, and nothing works it out again.
    shutil.rmtree(Path(settings.MEDIA_ROOT).parent / "snapshots")
    found = verify_file(letter, now=timezone.now(), told=lambda _said: None)
    assert (found.answer, found.sentence) == (Answer.UNSETTLED, "It could not be worked out again.")
    assert "the records that were assessed are not kept on this site" in found.results[0].faults[0]
    found = verify_file(rewritten(letter, "of 12", "of 13"), now=timezone.now(), told=lambda _said: None)
    assert found.answer is Answer.DIFFERS


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_stopped_keeps_nothing(register, rules, job):
    Job.objects.filter(pk=job.pk).update(is_cancel_asked=True)
    with pytest.raises(JobCanceledError):
        run_assessment(Progress(job.pk), {})
    assert AssessmentRun.objects.count() == 0
