"""An assessment worked out from the site's own records, frozen, verified, and opened down to its rows."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closeout.assess import Rules, load_rules
from closeout.evidence.measures.measure import Link
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.evidence.actions.dossiers import freeze_figure
from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.jobs import run_assessment
from closeout.web.evidence.models import AssessmentRun
from closeout.web.evidence.queries.results import measured_of
from closeout.web.jobs.models import Job
from closeout.web.jobs.progress import JobCanceledError, Progress
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
    for module in ("work", "freezing", "views.rows"):
        monkeypatch.setattr(f"closeout.web.evidence.{module}.load_rules", lambda **_options: few)
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return few


@pytest.fixture
def job(register):
    return Job.objects.create(kind=KIND, title="x", requested_by=register.liaison)


@pytest.mark.django_db(transaction=True)
def test_from_the_records_to_a_verified_figure_and_its_rows(register, world, rules, job, as_):
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
    verify = reverse("evidence:verify")

    def brought(data):
        sent = {"file": SimpleUploadedFile("frozen.json", data)}
        return as_(register.approver).post(verify, sent).content.decode()

    assert "Equal." in brought(record)
    assert "tampered" in brought(record.replace(b"A3", b"A4"))

    rows = reverse("evidence:measure-rows", args=[MEASURE])
    auditor, supervisor = world.person(Role.AUDITOR, ""), world.person(Role.SUPERVISOR, HERE)
    for client in (as_(auditor), as_(supervisor)):
        assert late.case_id in client.get(rows).content.decode()
    assert as_(supervisor).get(rows, {"office": THERE}).status_code == 403
    assert as_(world.person(Role.SUPERVISOR, "")).get(rows).status_code == 403
    assert late.case_id not in as_(world.person(Role.SUPERVISOR, THERE)).get(rows).content.decode()
    assert as_(auditor).get(rows, {"after": "nonsense"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_stopped_keeps_nothing(register, rules, job):
    Job.objects.filter(pk=job.pk).update(is_cancel_asked=True)
    with pytest.raises(JobCanceledError):
        run_assessment(Progress(job.pk), {})
    assert AssessmentRun.objects.count() == 0
