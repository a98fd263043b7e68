"""The options that narrow the register, alike in every verb that lists it."""

from typing import TYPE_CHECKING, Annotated

import typer

from closeout.cli.store import refusal

if TYPE_CHECKING:
    from closeout.web.recommendations.queries.listing import Filters

Words = Annotated[list[str] | None, typer.Argument(help="Words that must stand in it; quote a phrase.")]
ReportOption = Annotated[str, typer.Option("--report", help="Report, by number or key.")]
AgencyOption = Annotated[str, typer.Option("--agency", help="Agency, by name or part of it.")]
StatusOption = Annotated[
    str, typer.Option("--status", help="What the auditor says: open, closed, not-printed, or a status.")
]
ProgressOption = Annotated[str, typer.Option("--progress", help="What the agency says, such as in-progress.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only those whose promised day has passed.")]
Incomplete = Annotated[
    bool, typer.Option("--incomplete", help="Only those of a source that shows less than it declares.")
]
Priority = Annotated[bool, typer.Option("--priority", help="Only those the auditor marks as priority.")]
GroupOption = Annotated[
    str, typer.Option("--group", help="clock, missed, evidence, waiting, conflict or review.")
]
_SUGGESTIONS = 8


def narrowed(  # noqa: PLR0913 - one argument an option
    verb: str,
    *,
    words: list[str] | None = None,
    report: str = "",
    agency: str = "",
    status: str = "",
    progress: str = "",
    group: str = "",
    overdue: bool = False,
    incomplete: bool = False,
    priority: bool = False,
) -> "Filters":
    """Return what the options ask for.

    Raises:
        Exit: With code 2, when an option names nothing there is; the message lists what there is.

    """
    from closeout.web.recommendations.queries import listing  # noqa: PLC0415 - needs Django set up

    _check(verb, "status", status, listing.STATUS_CHOICES)
    _check(verb, "progress", progress, listing.PROGRESS_CHOICES)
    _check(verb, "group", group, tuple(listing.Group))
    return listing.Filters(
        words=" ".join(words or []),
        report=_report(verb, report) if report else None,
        agency=_agency(verb, agency) if agency else None,
        status=status,
        progress=progress,
        group=group,
        is_overdue=overdue,
        is_incomplete=incomplete,
        is_priority=priority,
    )


def _check(verb: str, option: str, value: str, known: tuple[str, ...]) -> None:
    if value and value not in known:
        raise refusal(verb, f"there is no {option} {value!r}; there are {', '.join(known)}")


def _report(verb: str, asked: str) -> int:
    from closeout.reading.identity import report_number  # noqa: PLC0415 - only when asked
    from closeout.web.recommendations.models import Report  # noqa: PLC0415 - needs Django set up

    reports = Report.objects.filter(is_retired=False)
    for found in (
        reports.filter(key=asked),
        reports.filter(number=report_number(asked) or asked),
        reports.filter(title__icontains=asked),
    ):
        rows = list(found[: _SUGGESTIONS + 1])
        if len(rows) == 1:
            return int(rows[0].pk)
        if rows:
            raise refusal(
                verb, f"{asked!r} fits several reports: {', '.join(row.key for row in rows[:_SUGGESTIONS])}"
            )
    raise refusal(verb, f"there is no report {asked!r}")


def _agency(verb: str, asked: str) -> int:
    from closeout.web.recommendations.models import Agency  # noqa: PLC0415 - needs Django set up

    exact = Agency.objects.filter(name__iexact=asked).first()
    if exact:
        return int(exact.pk)
    rows = list(Agency.objects.filter(name__icontains=asked)[: _SUGGESTIONS + 1])
    if len(rows) == 1:
        return int(rows[0].pk)
    if rows:
        raise refusal(
            verb, f"{asked!r} fits several agencies: {'; '.join(row.name for row in rows[:_SUGGESTIONS])}"
        )
    raise refusal(verb, f"there is no agency {asked!r}")
