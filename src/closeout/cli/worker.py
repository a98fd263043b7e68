"""`closeout worker`: do background work beside a site that runs elsewhere."""

import subprocess
from typing import Annotated

import typer

from closeout.project import configure
from closeout.project.serving import environment, stop, worker_command


def worker(
    store: Annotated[str | None, typer.Option(help="Database URL; one SQLite file by default.")] = None,
) -> None:
    """Do background work until Ctrl-C; `closeout serve` already runs one worker of its own."""
    configure(store)
    process = subprocess.Popen(worker_command(), env=environment())  # noqa: S603 - our own command
    try:
        code = process.wait()
    except KeyboardInterrupt:
        code = 0
    finally:
        stop([process])
    raise typer.Exit(1 if code > 0 else 0)
