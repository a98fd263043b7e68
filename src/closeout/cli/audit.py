"""`closeout audit`: check that the audit log is as it was written."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from closeout.project import configure

if TYPE_CHECKING:
    from closeout.web.audit.chain import ChainCheck

app = typer.Typer(help="Check the audit log.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Check the audit log."""


@app.command()
def verify(
    expect: Annotated[
        str, typer.Option(metavar="SEQ:HASH", help="A head noted earlier; the log must still hold it.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: Annotated[str | None, typer.Option(help="Database URL; one SQLite file by default.")] = None,
) -> None:
    """Follow the chain from the first event to the last; exit with 1 when it is broken.

    Note the printed head somewhere else: with `--expect` it proves later that no event was cut
    off the end, which the chain alone cannot show.
    """
    configure(store)
    from closeout.web.audit.actions import holds_head, verify_chain  # noqa: PLC0415 - needs Django set up

    check = verify_chain()
    problem = check.problem
    if not problem and expect and not holds_head(expect):
        problem = f"the head {expect} is not in the log: events were cut off or replaced"
    typer.echo(
        _as_json(check, problem) if as_json else _as_words(check, problem), err=bool(problem) and not as_json
    )
    raise typer.Exit(1 if problem else 0)


def _as_json(check: "ChainCheck", problem: str) -> str:
    head = f"{check.head_seq}:{check.head_hash}"
    return json.dumps({"events": check.events, "head": head, "whole": not problem, "problem": problem})


def _as_words(check: "ChainCheck", problem: str) -> str:
    if problem:
        return f"closeout audit: {problem}"
    return f"{check.events} events, the chain is whole\nHead: {check.head_seq}:{check.head_hash}"
