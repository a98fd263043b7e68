"""Scenarios and their runs: what is listed, and the differences as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max, OuterRef, Subquery

from closeout.followup.tables import Column, Table
from closeout.web.jobs.models import Job, JobState
from closeout.web.staffing.changes import changes_of, in_words
from closeout.web.staffing.models.scenarios import OfficeCurve, Scenario, ScenarioRun
from closeout.web.staffing.paired import paired, points
from closeout.web.staffing.policy import LEADS
from closeout.workload.slack import slack_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.staffing.paired import Paired
    from closeout.workload.slack import Slack


def scenarios_for(user: User) -> QuerySet[Scenario]:
    """Return the newest version of each scenario somebody may see, by office and code, with its last run."""
    newest = Scenario.objects.filter(office_id=OuterRef("office_id"), code=OuterRef("code"))
    last = ScenarioRun.objects.filter(scenario=OuterRef("pk")).order_by("-pk")
    found = (
        Scenario.objects.select_related("made_by")
        .filter(pk=Subquery(newest.order_by("-version").values("pk")[:1]))
        .annotate(last_run=Subquery(last.values("pk")[:1]), last_as_of=Subquery(last.values("as_of")[:1]))
        .order_by("office_id", "code")
    )
    return found.filter(office_id=user.office) if user.role in LEADS else found


def offices_run(user: User) -> list[str]:
    """Return the offices with a finished run that somebody may see, by code."""
    found = (
        ScenarioRun.objects.filter(office_id=user.office) if user.role in LEADS else ScenarioRun.objects.all()
    )
    return sorted(set(found.order_by().values_list("office_id", flat=True)))


def last_runs(office_id: str) -> list[ScenarioRun]:
    """Return the last run of each scenario version of an office, by code and version."""
    newest = ScenarioRun.objects.filter(office_id=office_id).order_by().values("scenario")
    keys = newest.annotate(last=Max("pk")).values("last")
    return list(
        ScenarioRun.objects.filter(pk__in=keys)
        .select_related("scenario")
        .order_by("scenario__code", "scenario__version")
    )


def said_changes(scenario: Scenario) -> list[str]:
    """Return a scenario's changes in words, in their order."""
    return [in_words(one) for one in changes_of(scenario.changes)]


def unfinished(kind: str, **about: object) -> Job | None:
    """Return the job that works something out now, or the last one where it failed or was canceled."""
    asked = {f"params__{name}": value for name, value in about.items()}
    last = Job.objects.filter(kind=kind, **asked).order_by("-pk").first()
    return last if last is not None and last.state != JobState.DONE else None


@dataclass(frozen=True, slots=True)
class DutyDifference:
    """What a scenario changes for one duty; for all together, `title` says so."""

    code: str
    title: str
    on_time: Paired | None
    """In percentage points."""
    base: float | None
    """Share on time as the office is, 0-1."""
    changed: float | None
    not_in_time: Paired | None
    displaced: Paired | None
    displaced_hours: Paired | None
    overdue: Paired | None

    @property
    def is_changed(self) -> bool:
        """Say whether any difference is seen at one decimal."""
        parts = (self.on_time, self.not_in_time, self.displaced, self.displaced_hours, self.overdue)
        return any(part is not None and part.is_seen() for part in parts)


@dataclass(frozen=True, slots=True)
class Found:
    """A finished run as a page shows it."""

    run: ScenarioRun
    changes: tuple[str, ...]
    all: DutyDifference
    duties: tuple[DutyDifference, ...]
    """Those for which a difference is seen at one decimal, by title."""
    unchanged: int
    """Duties for which none is."""
    used: Paired | None
    """Share of the case hours used, in percentage points."""
    overtime_hours: Paired | None
    slack: Slack | None
    """Where the hours come from that it takes; None where the run does not say."""
    absorbed: tuple[tuple[str, Paired], ...]
    """Hours an officer does for colleagues, by staff number."""
    is_growing: bool
    """Open tasks grow by more than a tenth in the second half of the year."""
    was_growing: bool
    """So they do as it is."""
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return what changes in a sentence, without figures of single officers."""
        return sentence(self.all.on_time)

    @property
    def slack_words(self) -> str:
        """Return where the hours come from that it takes, or that it takes none."""
        if self.slack is None:
            return "The run does not say."
        return self.slack.sentence or f"No hours for cases are taken away.{_more_used(self.used)}"

    @property
    def rises_with_fewer_hours(self) -> bool:
        """Say whether more is on time although hours are taken away, which asks for a word."""
        share = self.all.on_time
        is_up = share is not None and share.is_told_apart and share.mean > 0
        return is_up and self.slack is not None and bool(self.slack.sentence)


def _more_used(used: Paired | None) -> str:
    if used is None or not used.is_told_apart:
        return ""
    way = "more" if used.mean > 0 else "fewer"
    return f" The work uses {abs(used.mean):.1f} percentage points {way} of them."


def sentence(change: Paired | None) -> str:
    """Return a difference of the share on time in words."""
    if change is None:
        return "Nothing fell due in the days simulated, so there is no share to compare."
    if change.is_none:
        return "The share of duties done on time is the same in every replication."
    if not change.is_told_apart:
        return "These replications cannot tell whether the share of duties done on time changes."
    way = "rises" if change.mean > 0 else "falls"
    return f"The share of duties done on time {way} by {abs(change.mean):.1f} percentage points."


def found_of(run: ScenarioRun) -> Found:
    """Return a run's differences, read back from what was stored."""
    result, scenario = run.result, run.scenario
    differences = result["differences"]
    titles = {one["code"]: one["title"] for one in (*result["base"]["duties"], *result["changed"]["duties"])}
    shares = {
        side: {one["code"]: _mean(one) for one in result[side]["duties"]} for side in ("base", "changed")
    }
    duties = sorted(
        (
            _duty(
                one, titles.get(one["duty"], one["duty"]), *(shares[side].get(one["duty"]) for side in shares)
            )
            for one in differences["duties"]
        ),
        key=lambda one: (one.title, one.code),
    )
    whole = _duty(differences["all"], "All duties", *(_mean(result[side]["all"]) for side in shares))
    return Found(
        run=run,
        changes=tuple(said_changes(scenario)),
        all=whole,
        duties=tuple(one for one in duties if one.is_changed),
        unchanged=sum(not one.is_changed for one in duties),
        used=points(differences["used"]),
        overtime_hours=paired(differences["overtime_hours"]),
        slack=slack_of(result["base"].get("hours", {}), result["changed"].get("hours", {})),
        absorbed=_absorbed(result["absorbed"]),
        is_growing=result["changed"]["is_growing"],
        was_growing=result["base"]["is_growing"],
        notes=tuple(result["changed"]["notes"]),
    )


def _mean(figures: Mapping[str, Any]) -> float | None:
    share = figures["on_time"]
    return share["mean"] if share else None


def _duty(said: Mapping[str, Any], title: str, base: float | None, changed: float | None) -> DutyDifference:
    return DutyDifference(
        code=said["duty"],
        title=title or said["duty"],
        on_time=points(said["on_time"]),
        base=base,
        changed=changed,
        **{name: paired(said[name]) for name in ("not_in_time", "displaced", "displaced_hours", "overdue")},
    )


def _absorbed(said: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Paired], ...]:
    found = ((one["officer_no"], paired(one["hours"])) for one in said)
    return tuple(
        sorted((number, hours) for number, hours in found if hours is not None and number[:1] != "(")
    )


def differences_table(found: Found) -> Table:
    """Return a run's differences by duty as a table, in the order of the page."""
    measures = (
        ("on_time", "On time", "percentage points"),
        ("not_in_time", "Late or not done", "tasks"),
        ("displaced", "Done by colleagues", "tasks"),
        ("displaced_hours", "Hours of colleagues", "hours"),
        ("overdue", "Overdue at the end", "tasks"),
    )
    columns = [Column("duty", "Duty code"), Column("title", "Duty")]
    for name, words, unit in measures:
        columns += [Column(name, words, unit)]
        columns += [Column(f"{name}_{edge}", f"{words}, {edge} at 90 %", unit) for edge in ("low", "high")]
    rows = tuple(
        (
            one.code or "all",
            one.title,
            *(part for name, *_ in measures for part in _edges(getattr(one, name))),
        )
        for one in (found.all, *found.duties)
    )
    title = f"Scenario {found.run.scenario.code}, version {found.run.scenario.version}: changed less as it is"
    source = "Closeout, simulation on the same chances"
    return Table("differences", title, source, found.run.as_of, tuple(columns), rows)


def _edges(change: Paired | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if change is None else (change.mean, change.low, change.high)


def newest_curve(office_id: str, kind: str) -> OfficeCurve | None:
    """Return the newest curve of an office with this kind of weights."""
    return OfficeCurve.objects.filter(office_id=office_id, kind=kind).first()


def curve_points(curve: OfficeCurve) -> list[dict[str, Any]]:
    """Return the caseloads tried with shares on time, as the chart draws them; in their order."""
    made = []
    for one in curve.result["points"]:
        share = one["on_time"]
        if share is None:
            continue
        low, high = (share["mean"] if edge is None else edge for edge in (share["low"], share["high"]))
        made.append({"caseload": one["cases"], "low": low, "middle": share["mean"], "high": high})
    return made
