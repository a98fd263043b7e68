"""`closeout serve`: run the site on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from closeout.project import configure
from closeout.project.serving import Address, CannotServeError
from closeout.project.serving import serve as run


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    store: Annotated[str | None, typer.Option(help="Database URL; one SQLite file by default.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="TLS certificate file.", exists=True)] = None,
    key: Annotated[Path | None, typer.Option(help="TLS key file (PKCS#8).", exists=True)] = None,
) -> None:
    """Bring the store up to date and run the site until Ctrl-C."""
    configure(store)
    address = Address(host, port, certificate, key)
    try:
        code = run(address, on_ready=lambda: _tell(address))
    except CannotServeError as error:
        typer.echo(f"closeout serve: {error}", err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(code)


def _tell(address: Address) -> None:
    from closeout.web.accounts.models import User  # noqa: PLC0415 - needs Django set up

    typer.echo(f"Closeout runs at {address.url} (Ctrl-C stops it)")
    if not User.objects.exists():
        typer.echo("Nobody can sign in yet: `closeout admin create STAFF-NUMBER` makes the first account.")
