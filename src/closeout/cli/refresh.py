"""`closeout refresh`: work out all duties and findings of the site's database anew."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from closeout.cli.store import FAILED, AsJson, AsOf, StoreUrl, opened, print_json, refusal
from closeout.records.snapshot import SnapshotError

if TYPE_CHECKING:
    from closeout.web.casework.duties import Step

VERB = "refresh"


def refresh(as_of: AsOf = None, as_json: AsJson = False, store: StoreUrl = None) -> None:
    """Work out all duties and integrity findings anew from the records in the site's database.

    Run it once a night: new periods, holds that end and rules that come into force show only then. What
    somebody enters by day is worked out at once, for its case.
    """
    worked = run_refresh(VERB, opened(store, as_of))
    if as_json:
        print_json(worked)
    else:
        typer.echo(f"Worked out {worked['duties']:,} duties and {worked['findings']:,} findings.")


def run_refresh(verb: str, today: date) -> dict[str, int]:
    """Work everything out, with what is being done on the error stream; return the counts."""
    from closeout.web.casework.duties import RefreshError, refresh_all  # noqa: PLC0415 - needs Django set up

    try:
        with Console(stderr=True).status("reading the records") as status:

            def told(step: "Step") -> None:
                status.update(f"{step.what} ({step.done} of {step.total})")

            return asdict(refresh_all(today=today, told=told))
    except (RefreshError, SnapshotError) as error:
        raise refusal(verb, str(error), FAILED) from None
