"""`closeout refresh`: work out all duties and findings of the site's database anew."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from closeout.cli.store import FAILED, AsJson, AsOf, StoreUrl, opened, print_json, refusal
from closeout.reading.countwords import counted
from closeout.records.snapshot import SnapshotError

if TYPE_CHECKING:
    from closeout.web.casework.duties import Step

VERB = "refresh"


def refresh(
    nightly: Annotated[
        bool,
        typer.Option(
            "--nightly",
            help="Before it, remind of check-ins, find those not held and documents that ran out; "
            "after it, fire the day's alerts.",
        ),
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Work out all duties and integrity findings anew from the records in the site's database.

    Run it once a night with --nightly: new periods, holds that end and rules that come into force show only
    then. What somebody enters by day is worked out at once, for its case.
    """
    today = opened(store, as_of)
    passed = _pass_the_day(today) if nightly else {}
    worked = passed | run_refresh(VERB, today)
    if nightly:
        worked |= {"alerts": _fire(today)}
    if as_json:
        print_json(worked)
        return
    typer.echo(
        f"Worked out {counted(worked['duties'], 'duty', 'duties')} and "
        f"{counted(worked['findings'], 'finding')}."
    )
    if nightly:
        typer.echo(
            f"Reminded of {counted(worked['reminded'], 'check-in')}, found "
            f"{worked['not_held']:,} not held and "
            f"{counted(worked['ran_out'], 'document')} that ran out; fired "
            f"{counted(worked['alerts'], 'alert')}."
        )


def _pass_the_day(today: date) -> dict[str, int]:
    """Do what a day's passing does by itself to check-ins and travel documents."""
    from closeout.web.casework.actions.expiry import (  # noqa: PLC0415 - needs Django set up
        expire_check_ins,
        remind_check_ins,
    )
    from closeout.web.casework.actions.refreshing import putting_off  # noqa: PLC0415
    from closeout.web.casework.actions.travel_end import expire_travel_documents  # noqa: PLC0415

    # All duties are worked out anew right after.
    with putting_off():
        return {
            "reminded": remind_check_ins(today=today),
            "not_held": expire_check_ins(today=today),
            "ran_out": expire_travel_documents(today=today),
        }


def _fire(today: date) -> int:
    from closeout.web.casework.alerts import fire_alerts  # noqa: PLC0415 - needs Django set up

    return sum(fire_alerts(today=today).values())


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
