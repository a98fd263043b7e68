"""The `closeout` command: finds its verbs, and says every error in one line.

A verb is a module of this package with its name. It holds either `app`, a `typer.Typer`, or a
function with the verb's name (an underscore behind it where the name is Python's own). A verb is
imported only when it is used or listed, so that one verb's needs do not slow another.
"""

from __future__ import annotations

import importlib
import signal
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

import closeout

if TYPE_CHECKING:
    from collections.abc import Callable

VERBS = (
    "assess",
    "read",
    "list",
    "show",
    "promises",
    "diff",
    "export",
    "example",
    "check",
    "template",
    "duties",
    "integrity",
    "measures",
    "analyze",
    "freeze",
    "verify",
    "letters",
    "study",
    "staff",
    "assign",
    "simulate",
    "plan",
    "selftest",
    "load",
    "snapshot",
    "refresh",
    "serve",
    "worker",
    "demo",
    "admin",
    "audit",
)
"""In the order in which they are listed."""
_FAILED = 1
_BY_SIGNAL = 128
"""What a shell adds to a signal's number to say that a command ended by it."""


@dataclass(slots=True)
class Options:
    """What was asked for in front of the verb."""

    is_debugging: bool = False


class Verbs(TyperGroup):
    """The group of verbs, each imported when it is needed."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer's own type is private
        """Return the verbs there are."""
        return [verb for verb in VERBS if find_spec(_module(verb))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """Return the command of a verb, or None when there is no such verb."""
        return command(cmd_name) if cmd_name in VERBS and find_spec(_module(cmd_name)) else None


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def command(verb: str) -> Any:  # noqa: ANN401 - typer's own type is private
    """Return the command of a verb."""
    module = importlib.import_module(_module(verb))
    group = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    group.callback()(_no_options)
    verb_app = getattr(module, "app", None)
    if verb_app is None:
        group.command(name=verb)(_function(module, verb))
    else:
        group.add_typer(verb_app, name=verb)
    made: Any = get_command(group)
    return made.commands[verb]


def _no_options() -> None:
    """Stand for the group a verb is made in."""


def _function(module: object, verb: str) -> Callable[..., None]:
    found: Callable[..., None] = getattr(module, verb, None) or getattr(module, f"{verb}_")
    return found


def _module(verb: str) -> str:
    return f"closeout.cli.{verb}"


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"closeout {closeout.__version__}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback prints and ends
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error happened.")] = False,
) -> None:
    """Read oversight reports, follow every recommendation, and close each with evidence."""
    if isinstance(ctx.obj, Options):
        ctx.obj.is_debugging = debug


def _leave(number: int, _frame: object) -> None:
    """End as a program does when told to, so that what lies in the temporary folder goes with it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending
    raise SystemExit(_BY_SIGNAL + number)


def main() -> None:
    """Run the command; an error that no verb foresaw is one line on the error stream and exit code 1."""
    given = Options()
    signal.signal(signal.SIGTERM, _leave)
    try:
        app(obj=given)
    except Exception as error:
        if given.is_debugging:
            raise
        said = " ".join(str(error).split()) or type(error).__name__
        typer.echo(f"closeout: {said} (closeout --debug shows where)", err=True)
        sys.exit(_FAILED)


if __name__ == "__main__":
    main()
