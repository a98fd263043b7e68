"""The need worked out from the site's records, which another connection reads: a database of its own."""

import pytest
from django.test import Client

from closeout.web.accounts.models import Role, User
from closeout.web.casework.models import Load
from closeout.web.jobs.actions import cancel_job
from closeout.web.jobs.models import Job, JobState
from closeout.web.staffing import work
from closeout.web.staffing.models import StaffingRun
from tests.web.casework.actions.world import HERE, THERE, make_world
from tests.web.casework.sites import site

__all__ = ["site"]
PASSWORD = "correct horse battery staple"  # noqa: S105 - a test's


@pytest.fixture
def world(site):
    return make_world(lambda role, **fields: User.objects.create_user(role=role, password=PASSWORD, **fields))


@pytest.fixture
def planner(world):
    made = Client()
    made.force_login(world.person(Role.PLANNER))
    return made


def ask(client, **fields):
    """Ask for it on the page; tests do the work at once."""
    return client.post(
        "/staffing/runs/", {"kind": "observed", "draws": "0", "seed": "7", **fields}, follow=True
    )


def test_the_need_is_worked_out_and_kept_with_what_it_rests_on(world, planner):
    page = ask(planner, draws="20", seed="11")
    job = Job.objects.get(kind="staffing.need")
    assert (job.state, job.problem) == (JobState.DONE, "")
    assert "See the offices" in page.content.decode()
    run = StaffingRun.objects.get()
    assert (run.job, run.requested_by, run.seed, run.draws) == (job, job.requested_by, 11, 20)
    assert (len(run.records_digest), len(run.pack_digest), run.load) == (64, 64, None)
    assert set(run.offices.values_list("office_id", flat=True)) >= {HERE, THERE}
    # Nobody has kept a diary here: whatever figure there is rests on experts.
    here = run.offices.get(office_id=HERE)
    assert here.grade in ("D", "none")
    assert [one["officer_no"] for one in here.result["officers"]] == sorted(
        one["officer_no"] for one in here.result["officers"]
    )
    assert planner.get(f"/staffing/offices/{HERE}/").status_code == 200


def test_a_broken_load_ends_it_with_words_and_nothing_kept(world, planner):
    Load.objects.create(digest="ab" * 32, as_of=world.today, source="test", rows=1)
    ask(planner)
    assert Job.objects.get().state == JobState.FAILED
    assert not StaffingRun.objects.exists()
    assert "The last working out failed. A load was broken off" in (
        planner.get("/staffing/").content.decode()
    )


def test_cancelling_ends_it_at_its_next_step_with_nothing_kept(world, planner, monkeypatch):
    write = work.write_snapshot

    def cancelled_meanwhile(*given, **asked):
        cancel_job(by=Job.objects.get().requested_by, job_id=Job.objects.get().pk)
        return write(*given, **asked)

    monkeypatch.setattr(work, "write_snapshot", cancelled_meanwhile)
    ask(planner)
    assert Job.objects.get().state == JobState.CANCELED
    assert not StaffingRun.objects.exists()
