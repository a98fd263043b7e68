"""The main job: reports and records in, an assessment out."""

from __future__ import annotations

import platform
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import closeout
from closeout.assess.ahead import open_ahead
from closeout.assess.documents import Documents, reading_beside
from closeout.assess.errors import CannotKeepError, NothingToAssessError
from closeout.assess.hiring import begin_plan, check_hiring, hiring_of, with_plan
from closeout.assess.keeping import ASSESSMENT, LOG, REGISTER, Keeping, open_folder, write_json
from closeout.assess.opening import Records, open_records
from closeout.assess.papers import WRITTEN_BESIDE, Given, begin, beside, finish
from closeout.assess.plain import as_plain
from closeout.assess.rules import Rules, load_rules
from closeout.assess.sealing import Others, freeze_linked, plan_told
from closeout.assess.steps import Steps
from closeout.assess.summary import papers_said, summary, with_shown
from closeout.assess.suppressing import begin_suppression
from closeout.assess.tables import write_tables
from closeout.assess.work import Ground, Worked, with_special, work_out
from closeout.evidence.assessment import Assessment
from closeout.evidence.freezing.freeze import FreezeError
from closeout.evidence.gaps import largest_gaps
from closeout.evidence.letters.act_tables import read_auditors_lists
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.press import Press
from closeout.evidence.letters.write import Wanted
from closeout.evidence.linking import link, link_documents
from closeout.followup.events import events_of
from closeout.reading.contract import contract

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from closeout.assess.hiring import Planned
    from closeout.assess.second import Second
    from closeout.evidence.letters.dossier import FrozenItem
    from closeout.evidence.letters.index import PaperIndex
    from closeout.evidence.linking import Linked
    from closeout.evidence.measures.special import Site
    from closeout.evidence.needs import Need
    from closeout.followup.followed import Followed
    from closeout.followup.gao_ig_tables import Listed
    from closeout.followup.history import Event
    from closeout.records.snapshot import Snapshot
    from closeout.workload.plan_asked import PlanAsked

_LIBRARIES = ("ibis-framework", "duckdb", "polars", "pyarrow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a run is asked for.

    Attributes:
        reports: A folder of reports.
        records: A snapshot, or a folder of tables.
        as_of: The day to stand on.
        out: The folder of the assessment.
        pack: The rules; those that come with Closeout if None.
        engine: Where to compute.
        links: A file with links beside the pack's; none if None.
        hiring: A file with the agency's hiring assumptions; without it no hiring plan is made.
        auditors_lists: The auditors' own lists of recommendations and their status, as CSV.
        has_letters: Whether papers beside the assessment itself are written.
        is_forced: Whether a finished assessment may be replaced.
        now: The instant evidence is frozen at, with its time zone; the clock's if None.

    """

    reports: Path
    records: Path
    as_of: date
    out: Path
    pack: Path | None = None
    engine: str = "duckdb://"
    links: Path | None = None
    hiring: Path | None = None
    auditors_lists: tuple[Path, ...] = ()
    has_letters: bool = True
    is_forced: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished run.

    Attributes:
        assessment: What was found.
        worked: The duties, need and measures behind it.
        documents: What the reports say.
        summary: The same in a few figures.
        seconds: Of each step.
        is_whole: Whether nothing was lost, left out or quarantined.
        papers: What was written, and what was not; None while the folder is being made.

    """

    assessment: Assessment
    worked: Worked
    documents: Documents
    summary: dict[str, Any]
    seconds: Mapping[str, float]
    is_whole: bool
    papers: PaperIndex | None = None


def assess(asked: Asked, steps: Steps | None = None, second: Second | None = None) -> Done:
    """Read reports, check records, work everything out, and write the assessment's folder.

    Args:
        asked: What to do.
        steps: Told of each step.
        second: The process for an embedded engine, where it was started before; its caller ends it.

    Returns:
        The finished run; its folder is whole.

    Raises:
        PackError: The pack, its measures or the links are wrong.
        AssessError: There are no records, or the folder cannot be written.
        EngineError: The engine cannot be had, or ran out of memory or disk.

    """
    steps = steps or Steps()
    if second:
        second.begin(open_ahead, asked.records)
    rules = load_rules(asked.pack, asked.links)
    listed, hiring = _auditors_lists(asked.auditors_lists), hiring_of(asked.hiring)
    keeping = open_folder(asked.out, force=asked.is_forced)
    with reading_beside(asked.reports, as_of=asked.as_of) as coming:
        with steps.step("Checking the records"):
            records = _records(asked, hiring, keeping, steps)
        ground = _ground(records.snapshot, rules, asked.as_of, asked.engine)
        worked = work_out(ground, rules.measures, steps, second)
        plan = begin_plan(ground, hiring, second)
        with steps.step("Reading the reports"):
            documents = coming.result()
    worked = with_special(worked, documents.followed if documents.readings else None, asked.as_of)
    with steps.step("Linking measures to recommendations"):
        linked = link_documents(documents.followed, worked.measured, documents.readings, rules.links)
        made = _assessment(rules, asked.as_of, worked, linked)
        made = replace(
            made,
            sources=_sources(records, documents, rules, asked.engine),
            notes=(*documents.notes, *records.notes, *rules.left_out, *made.notes),
        )
    is_whole = documents.is_whole and records.is_whole and not rules.left_out
    done = Done(made, worked, documents, summary(made), steps.seconds, is_whole)
    done = _write(keeping, done, asked, ground, listed, plan, steps, second)
    keeping.finish()
    return done


def assess_records(
    snapshot: Snapshot,
    rules: Rules,
    as_of: date,
    *,
    followed: Sequence[Followed],
    needs: Mapping[str, Sequence[Need]],
    engine: str = "duckdb://",
    site: Site | None = None,
    steps: Steps | None = None,
) -> tuple[Assessment, Worked]:
    """Assess recommendations that are known already, such as those of the site.

    Args:
        snapshot: The records.
        rules: The pack, its measures and further links.
        as_of: The day to stand on.
        followed: The recommendations as of that day.
        needs: What the auditor needs, by the recommendation's key.
        engine: Where to compute.
        site: What the site tells of its own log; None where there is none.
        steps: Told of each step.

    Returns:
        The assessment, and what was worked out behind it.

    """
    worked = work_out(_ground(snapshot, rules, as_of, engine), rules.measures, steps)
    worked = with_special(worked, followed, as_of, site)
    linked = link(followed, worked.measured, needs, rules.links)
    return _assessment(rules, as_of, worked, linked), worked


def _records(asked: Asked, hiring: PlanAsked | None, keeping: Keeping, steps: Steps) -> Records:
    try:
        records = open_records(asked.records, as_of=asked.as_of, work=keeping.work, told=steps.told)
        check_hiring(hiring, records.snapshot, asked.as_of)
    except NothingToAssessError:
        keeping.abandon()
        raise
    return records


def relinked(
    done: Done, rules: Rules, *, followed: Sequence[Followed], needs: Mapping[str, Sequence[Need]]
) -> Assessment:
    """Return a run's assessment for recommendations as somebody else knows them, such as the site.

    Args:
        done: The run; nothing of the records is worked out again.
        rules: The pack, its measures and further links.
        followed: The recommendations as of the same day.
        needs: What the auditor needs, by the recommendation's key.

    """
    made = done.assessment
    worked = with_special(done.worked, followed, made.as_of)
    linked = link(followed, worked.measured, needs, rules.links)
    return replace(_assessment(rules, made.as_of, worked, linked), sources=made.sources, notes=made.notes)


def _ground(snapshot: Snapshot, rules: Rules, as_of: date, engine: str) -> Ground:
    return Ground(snapshot, rules.pack, as_of, engine)


def _assessment(rules: Rules, as_of: date, worked: Worked, linked: Linked) -> Assessment:
    return Assessment(
        agency=rules.pack.title,
        as_of=as_of,
        measured=worked.measured,
        assessed=linked.assessed,
        gaps=largest_gaps(worked.measured),
        notes=(*worked.beside.notes, *linked.notes),
    )


def _sources(records: Records, documents: Documents, rules: Rules, engine: str) -> dict[str, Any]:
    """Return what an assessment rests on, with digests and the versions of what computed it."""
    return {
        "documents": documents.facts(),
        "records": records.facts,
        "pack": {"name": rules.pack.name, "title": rules.pack.title, "sha256": rules.pack.digest},
        "engine": engine.partition("://")[0],
        "versions": {
            "closeout": closeout.__version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }


def _auditors_lists(paths: Sequence[Path]) -> tuple[Listed, ...] | None:
    """Return what the auditors' own lists say; None where none was given.

    Raises:
        NothingToAssessError: One cannot be read, or is no such list; before anything is worked out.

    """
    if not paths:
        return None
    try:
        return read_auditors_lists(paths)
    except LetterError as error:
        raise NothingToAssessError(str(error)) from error


def _write(
    keeping: Keeping,
    done: Done,
    asked: Asked,
    ground: Ground,
    listed: Sequence[Listed] | None,
    plan: Callable[[], Planned],
    steps: Steps,
    second: Second | None,
) -> Done:
    """Write everything into the folder that is being made; return the run with what could not be written.

    Raises:
        CannotKeepError: The folder cannot be written.

    """
    work = keeping.work
    given = Given(
        events=_events(done.documents), wanted=Wanted(auditors_list=listed), has_letters=asked.has_letters
    )
    try:
        with Press(work, steps.told, beside(second)) as press:
            suppressed = begin_suppression(done.assessment, done.worked, None if asked.hiring else second)
            if second and asked.has_letters:
                second.load(WRITTEN_BESIDE)
            begin(press, done.assessment, done.worked, given)
            _write_results(work, done)
            with steps.step("Suppressing small counts"):
                shown, withheld = suppressed()
            planned = _planned(plan, withheld, asked, steps)
            done = replace(done, assessment=with_plan(done.assessment, planned))
            shown = with_plan(shown, planned)
            others = Others(done.worked.beside.staffing, planned.answer, withheld)
            frozen, notes = _frozen(shown, ground, work, asked, others, steps)
            notes += [f"Hiring plan: not made, {planned.note}"] if planned.note else []
            done = _with_notes(done, notes)
            papers = finish(
                press,
                replace(shown, notes=done.assessment.notes),
                done.worked,
                work,
                replace(given, frozen=frozen),
                steps,
            )
    except LetterError as error:
        raise CannotKeepError(str(error)) from error
    done = _with_notes(done, papers.failures)
    said = with_shown(done.summary, shown) | {"papers": papers_said(papers)}
    done = replace(done, papers=papers, summary=said)
    write_json(work / ASSESSMENT, as_plain(done.assessment, done.summary))
    lines = [f"{seconds:8.2f} s  {step}" for step, seconds in done.seconds.items()]
    (work / LOG).write_text("\n".join([*lines, "", *done.assessment.notes]) + "\n", encoding="utf-8")
    return done


def _planned(
    plan: Callable[[], Planned], withheld: Mapping[str, frozenset[str | None]], asked: Asked, steps: Steps
) -> Planned:
    """Wait for the hiring plan, where one was asked for; what is withheld of it covers no need either."""
    with steps.step("Planning the hiring") if asked.hiring else nullcontext():
        made = plan()
    return replace(made, answer=plan_told(made.answer, withheld)) if made.answer else made


def _frozen(
    shown: Assessment, ground: Ground, work: Path, asked: Asked, others: Others, steps: Steps
) -> tuple[list[FrozenItem], list[str]]:
    """Return what was frozen of an assessment with small counts suppressed, and what was not."""
    with steps.step("Freezing the evidence"):
        try:
            now = asked.now or datetime.now(UTC)
            return freeze_linked(shown, ground, work, now=now, others=others), []
        except FreezeError as error:
            return [], [f"Not frozen: {error}"]


def _events(documents: Documents) -> Mapping[str, Sequence[Event]]:
    """Return what the documents tell of each recommendation, by its key."""
    return {each.entry.key: events_of(each.entry, documents.readings) for each in documents.followed}


def _write_results(work: Path, done: Done) -> None:
    """Write what stays with the agency: what was read, and the figures as tables."""
    staffing = done.worked.beside.staffing
    write_json(work / REGISTER, contract(done.documents.readings, done.documents.register))
    write_tables(work / "results", done.worked)
    if staffing:
        write_json(work / "results" / "staffing.json", staffing.plain())


def _with_notes(done: Done, notes: Sequence[str]) -> Done:
    if not notes:
        return done
    made = replace(done.assessment, notes=(*done.assessment.notes, *notes))
    return replace(done, assessment=made, summary=summary(made), is_whole=False)
