"""`closeout admin`: accounts from the command line, for whoever holds the store's files."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from closeout.project import configure

if TYPE_CHECKING:
    from closeout.web.accounts.models import User

app = typer.Typer(help="Make accounts and reset passwords.", no_args_is_help=True)

Store = Annotated[str | None, typer.Option(help="Database URL; one SQLite file by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def create(
    username: Annotated[str, typer.Argument(help="Staff number; not a name.")],
    role: Annotated[
        str, typer.Option(help="Role, such as administrator or audit_liaison.")
    ] = "administrator",
    office: Annotated[str, typer.Option(help="Office code.")] = "",
    until: Annotated[datetime | None, typer.Option(help="Last day of access.", formats=["%Y-%m-%d"])] = None,
    password: Annotated[
        str | None, typer.Option(envvar="CLOSEOUT_PASSWORD", help="First password; made up when not given.")
    ] = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Make an account, by default the administrator's, and print its first password."""
    configure(store)
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - needs Django set up

    from closeout.web.people.actions import Access, create_account, new_password  # noqa: PLC0415

    given = password or new_password()
    access = Access(role, office, until.date() if until else None)
    try:
        user = create_account(by=None, username=username, access=access, password=given)
    except ValidationError as error:
        _refuse(error.messages)
    _print(user, None if password else given, as_json=as_json)


@app.command()
def password(
    username: Annotated[str, typer.Argument(help="Staff number.")],
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Give an account a new password, end its sessions, and print the password."""
    configure(store)
    from closeout.web.accounts.models import User  # noqa: PLC0415 - needs Django set up
    from closeout.web.people.actions import new_password, reset_password  # noqa: PLC0415

    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        _refuse([f"there is no account {username}"])
    given = new_password()
    reset_password(by=None, user_id=user.pk, password=given)
    _print(user, given, as_json=as_json)


def _refuse(messages: list[str]) -> NoReturn:
    for message in messages:
        typer.echo(f"closeout admin: {message}", err=True)
    raise typer.Exit(1)


def _print(user: "User", password: str | None, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"username": user.username, "role": user.role, "password": password}))
        return
    typer.echo(f"{user.username}: {user.get_role_display()}")
    if password:
        typer.echo(f"Password: {password} (to be changed at the first sign-in)")
