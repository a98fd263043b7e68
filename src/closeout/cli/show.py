"""`closeout show`: one recommendation's whole story, every line with its source."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from closeout.cli.store import AsJson, AsOf, StoreUrl, console, opened, print_json, refusal
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from closeout.web.recommendations.models import Recommendation
    from closeout.web.recommendations.queries.story import Story

VERB = "show"
_SUGGESTIONS = 8


def show(
    key: Annotated[str, typer.Argument(help="Its key, or the end of it: dhs-oig/OIG-26-04/2, OIG-26-04/2.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Show what was asked, what was said, promised and done, and what is missing to close it."""
    day = opened(store, as_of)
    from closeout.web.recommendations.queries.story import find, story  # noqa: PLC0415 - needs Django set up

    told = story(find(named(key).pk), as_of=day)
    if as_json:
        from closeout.api.schemas import StoryOut  # noqa: PLC0415
        from closeout.api.telling import story_out  # noqa: PLC0415

        print_json(StoryOut.model_validate(story_out(told), from_attributes=True).model_dump(mode="json"))
        return
    _print(console(), told)


def named(key: str) -> "Recommendation":
    """Return the recommendation a key means: whole, an earlier key of it, or the end of one.

    Raises:
        Exit: With code 2, when the key fits none or several.

    """
    from closeout.web.recommendations.models import Recommendation  # noqa: PLC0415 - needs Django set up

    everything = Recommendation.objects.all()
    exact = everything.filter(key=key).first()
    if exact is not None:
        return exact
    ending = key.replace(" ", "/").strip("/")
    found = list(everything.listed().filter(key__iendswith=f"/{ending}")[: _SUGGESTIONS + 1])
    if len(found) == 1:
        return found[0]
    if found:
        raise refusal(VERB, f"{key!r} fits several: {', '.join(rec.key for rec in found[:_SUGGESTIONS])}")
    former = next((rec for rec in everything.filter(aliases__icontains=key) if key in rec.aliases), None)
    if former is None:
        raise refusal(VERB, f"there is no recommendation {key!r}; `closeout list` shows the keys")
    return former


def _print(out: "Console", told: "Story") -> None:
    rec = told.rec
    out.print(f"{rec.report}, {rec.label}", style="bold")
    if rec.report.title and rec.report.title != str(rec.report):
        out.print(rec.report.title)
    out.print()
    out.print(rec.text or "Only declared: no document here shows its words.")
    out.print()
    for line in _axes(told):
        out.print(line)
    for title, table in _tables(told):
        out.print()
        out.print(title, style="bold")
        out.print(table)


def _axes(told: "Story") -> "Iterator[str]":
    state, words = told.state, told.words
    printed = f' ("{state.auditor.event.printed}")' if state.auditor and state.auditor.event.printed else ""
    since = f", as of {state.auditor.event.on.edtf}" if state.auditor and state.auditor.event.on else ""
    yield f"Key           {told.rec.key}"
    yield f"Auditor says  {words.auditor}{printed}{since}"
    if words.reads_as:
        yield f"Reads as      {words.reads_as} ({words.confidence_percent} % sure)"
    yield f"Agency says   {words.agency}"
    yield f"Position      {words.position}"
    yield f"Agencies      {'; '.join(told.agencies) or 'not said'}"
    if told.overdue is not None:
        line = told.overdue.line
        yield (
            f"Overdue       promised for {line.due.edtf}, {counted(line.slip_days or 0, 'day')} "
            f"ago as of {told.as_of}"
        )


def _tables(told: "Story") -> "Iterator[tuple[str, Table]]":
    if told.promises:
        yield told.promise_caption, _promises(told)
    if told.clocks:
        yield f"{counted(len(told.clocks), 'clock')}, as of {told.as_of}", _clocks(told)
    if told.needs:
        covered = sum(each.need.is_covered for each in told.needs)
        yield f"{counted(len(told.needs), 'need')}, {covered} covered", _needs(told)
    if told.disputes:
        yield f"{counted(len(told.disputes), 'conflict')} between sources", _conflicts(told)
    yield "What was said and done, newest first", _timeline(told)


def _grid(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title)
    return table


def _promises(told: "Story") -> Table:
    table = _grid("For", "What", "By", "Said on", "Outcome", "Slip (days)", "Where")
    for each in told.promises:
        line = each.line
        moved = f" to {each.moved_to.due.edtf}" if each.moved_to else ""
        table.add_row(
            line.due.edtf,
            f"{each.kind}{': ' + line.what if line.what else ''}",
            line.by,
            line.said_on.edtf if line.said_on else "not said",
            f"{each.outcome}{moved}",
            f"{line.slip_days:,}" if line.slip_days is not None else "",
            "; ".join(place.label for place in each.places),
        )
    return table


def _clocks(told: "Story") -> Table:
    table = _grid("Owed", "By", "Stands", "Rule")
    for clock in told.clocks:
        first, last = clock.due
        due = str(last) if first == last else f"{first} to {last}"
        table.add_row(clock.rule.title, due, clock.state.value.replace("-", " "), clock.rule.citation)
    return table


def _needs(told: "Story") -> Table:
    table = _grid("Covered", "What the auditor needs", "Where")
    for each in told.needs:
        table.add_row("yes" if each.need.is_covered else "no", each.need.text, each.place.label)
    return table


def _conflicts(told: "Story") -> Table:
    table = _grid("Field", "Value", "Where", "Settled")
    for dispute in told.disputes:
        for claim in dispute.claims:
            where = "; ".join(place.label for place in claim.places)
            table.add_row(dispute.field, str(claim.value), where, dispute.resolution or "no")
    return table


def _timeline(told: "Story") -> Table:
    table = _grid("When", "Whose word", "What", "Where")
    for entry in told.timeline:
        table.add_row(
            entry.when.edtf if entry.when else "not said",
            entry.axis,
            f"{entry.title}{': ' + entry.body if entry.body else ''}",
            entry.place.label if entry.place else entry.by,
        )
    return table
