"""`closeout worker`: do background work beside a site that runs elsewhere."""

import subprocess
from typing import Annotated

import typer

from closeout.project import configure
from closeout.project.serving import environment, worker_command


def worker(
    store: Annotated[str | None, typer.Option(help="Database URL; one SQLite file by default.")] = None,
) -> None:
    """Do background work until Ctrl-C; `closeout serve` already runs one worker of its own."""
    configure(store)
    try:
        done = subprocess.run(worker_command(), env=environment(), check=False)  # noqa: S603 - our own command
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    raise typer.Exit(1 if done.returncode > 0 else 0)
