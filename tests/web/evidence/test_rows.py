"""Rows behind a figure: asked for once, looked up in the background, shown to who may see them."""

from datetime import date

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from closeout.evidence.measures.run_rows import Row
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.evidence import listing
from closeout.web.evidence.actions.listings import PAGE_SIZE, keep_listing
from closeout.web.evidence.jobs import run_rows
from closeout.web.evidence.listing import Listed, as_plain
from closeout.web.evidence.models import ListingPage, RowListing
from closeout.web.evidence.queries.listings import KIND
from closeout.web.evidence.queries.listings import Row as ShownRow
from closeout.web.jobs.models import Job, JobState
from closeout.web.jobs.progress import JobCanceledError, Progress
from tests.web.casework.actions.world import HERE, THERE
from tests.web.evidence.made import CODE, keep

ROWS = reverse("evidence:measure-rows", args=[CODE])
START = reverse("evidence:rows-start", args=[CODE])
THEN = "2026-05-01|check-in-outcome|1|K-1"


def row(number, office=HERE):
    return Row(
        what="check-in-outcome",
        key=f"K-{number:04}",
        sequence=1,
        case_no="AB-1",
        office_id=office,
        day=date(2026, 1, 2),
        began_on=None,
        ended_on=None,
        state="overdue",
        counts=0,
    )


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).css_first("main").text().split())


@pytest.fixture
def run(register):
    return keep(register.liaison)


@pytest.fixture
def auditor(world):
    return world.person(Role.AUDITOR, "")


@pytest.fixture
def found(monkeypatch):
    """Let the records have some rows, and remember what was asked of them."""
    asked = []

    def answer(*rows, then="", why=""):
        def look_up(measure, *, office, after, told):
            asked.append((measure.code, office, after))
            told(0, 1, "check-in-outcome")
            return Listed(rows, then, why)

        monkeypatch.setattr(listing, "look_up", look_up)
        return asked

    return answer


def test_who_is_first_asks_for_the_rows_and_one_event_tells_of_it(run, auditor, as_):
    client = as_(auditor)
    assert "have not been looked up yet" in words(client.get(ROWS))
    before = Event.objects.count()
    answer = client.post(START, {"office": "", "after": ""})
    assert (answer.status_code, answer["Location"]) == (302, ROWS)
    job = Job.objects.get(kind=KIND)
    assert job.params == {"measure": run.measures.get(code=CODE).pk, "office": "", "after": ""}
    assert [event.action for event in Event.objects.order_by("seq")[before:]] == ["job.start"]
    said = words(client.get(ROWS))
    assert "The rows are being looked up" in said
    assert "Look the rows up" not in said


def test_nobody_asks_twice(run, auditor, as_):
    client = as_(auditor)
    client.post(START)
    assert "being looked up already" in words(client.post(START, follow=True))
    assert Job.objects.filter(kind=KIND).count() == 1
    keep_listing(run.measures.get(code=CODE), office="", after="", rows=[])
    Job.objects.update(state=JobState.DONE, finished_at=run.finished_at)
    assert "have been looked up already" in words(client.post(START, follow=True))


def test_the_job_keeps_the_rows_in_pages_and_says_where_they_are(run, auditor, as_, found):
    asked = found(*(row(number) for number in range(PAGE_SIZE + 1)), then=THEN)
    client = as_(auditor)
    client.post(START, {"office": HERE})
    job = Job.objects.get(kind=KIND)
    told = run_rows(Progress(job.pk), job.params)
    assert asked == [(CODE, HERE, "")]
    assert (told["Rows"], told["link"]) == ("51", f"{ROWS}?office={HERE}")
    assert [line.text for line in job.lines.all()] == ["1 of 1: check-in-outcome"]
    kept = RowListing.objects.get()
    assert (kept.rows, kept.then, kept.office_id, kept.job) == (51, THEN, HERE, job)
    assert [(page.number, len(page.rows)) for page in ListingPage.objects.all()] == [(1, 50), (2, 1)]
    first = client.get(ROWS, {"office": HERE})
    assert "Rows 1–50 of 51 looked up here, by day" in words(first)
    assert "K-0000" in words(first)
    second = words(client.get(ROWS, {"office": HERE, "page": "2"}))
    assert "K-0050" in second
    assert "The rows behind these" in second
    assert client.get(ROWS, {"office": HERE, "page": "3"}).status_code == 404


def test_the_rows_behind_the_first_are_another_job(run, auditor, as_):
    client = as_(auditor)
    answer = client.post(START, {"after": THEN})
    assert answer["Location"] == f"{ROWS}?after=2026-05-01%7Ccheck-in-outcome%7C1%7CK-1"
    assert Job.objects.get(kind=KIND).params["after"] == THEN


@pytest.mark.parametrize("after", ["nonsense", "2026-05-01|x|1|" + "k" * 300], ids=["no-place", "too-long"])
def test_a_place_that_no_listing_gave_is_refused(run, auditor, as_, after):
    assert "no place in a listing" in words(as_(auditor).post(START, {"after": after}, follow=True))
    assert not Job.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DIRECTOR])
def test_who_leads_an_office_asks_for_its_rows_and_no_others(run, world, as_, role):
    client = as_(world.person(role, HERE))
    assert client.post(START).status_code == 302
    assert Job.objects.get(kind=KIND).params["office"] == HERE
    assert client.post(START, {"office": THERE}).status_code == 403
    keep_listing(
        run.measures.get(code=CODE), office=THERE, after="", rows=[as_plain(row(1, THERE))], then=THEN
    )
    assert client.get(ROWS, {"office": THERE}).status_code == 403
    assert "K-0001" not in words(client.get(ROWS))


def test_rows_that_one_asked_for_are_there_for_all_who_may_see_them(run, world, as_):
    keep_listing(run.measures.get(code=CODE), office=HERE, after="", rows=[as_plain(row(7))])
    for role in (Role.SUPERVISOR, Role.DIRECTOR):
        said = words(as_(world.person(role, HERE)).get(ROWS))
        assert "Rows 1–1 of 1, by day" in said
        assert "450 of 500" in said


def test_a_job_that_failed_or_was_stopped_is_said_and_can_be_asked_for_again(run, auditor, as_):
    client = as_(auditor)
    client.post(START)
    for state, said in ((JobState.FAILED, "failed: out of memory"), (JobState.CANCELED, "was stopped")):
        Job.objects.update(state=state, problem="out of memory", finished_at=run.finished_at)
        shown = words(client.get(ROWS))
        assert said in shown
        assert "Look the rows up" in shown


def test_a_job_that_is_stopped_keeps_nothing(run, auditor, as_, found):
    found(row(1))
    as_(auditor).post(START)
    job = Job.objects.get(kind=KIND)
    Job.objects.update(is_cancel_asked=True)
    with pytest.raises(JobCanceledError):
        run_rows(Progress(job.pk), job.params)
    assert not RowListing.objects.exists()


def test_a_job_of_an_assessment_that_is_gone_says_so(run, auditor, as_, found):
    found(row(1))
    as_(auditor).post(START)
    job = Job.objects.get(kind=KIND)
    run.delete()
    with pytest.raises(LookupError, match="not kept any more"):
        run_rows(Progress(job.pk), job.params)


def test_why_there_is_no_row_is_said(run, auditor, as_):
    keep_listing(run.measures.get(code=CODE), office="", after="", rows=[], why="The rules have changed.")
    assert "The rules have changed." in words(as_(auditor).get(ROWS))


def test_rows_of_older_assessments_go(run, auditor):
    keep_listing(run.measures.get(code=CODE), office="", after="", rows=[as_plain(row(1))])
    newer = keep()
    keep_listing(newer.measures.get(code=CODE), office="", after="", rows=[as_plain(row(2))])
    assert [kept.measure.run for kept in RowListing.objects.all()] == [newer]


def test_a_row_is_the_same_when_it_is_read_back(run):
    kept = keep_listing(run.measures.get(code=CODE), office="", after="", rows=[as_plain(row(1))])
    plain = kept.pages.get().rows[0]
    assert plain["day"] == "2026-01-02"
    assert set(plain) == set(Row.__dataclass_fields__) == set(ShownRow.__dataclass_fields__)


def test_an_htmx_request_gets_the_rows_alone(run, auditor, as_):
    part = as_(auditor).get(ROWS, headers={"HX-Request": "true"}).content.decode()
    assert 'id="rows"' in part
    assert "<h1" not in part
