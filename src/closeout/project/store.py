"""Where the store is, where its files lie beside it, and the key that signs its cookies."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

DATABASE_URL = "CLOSEOUT_DATABASE_URL"
SECRET_KEY = "CLOSEOUT_SECRET_KEY"  # noqa: S105 - the name of a variable, not a key
FILES = "CLOSEOUT_FILES"

_SQLITE = "sqlite:///"
_KEY_BYTES = 64
_MIN_KEY_LENGTH = 50


class SecretKeyError(Exception):
    """The key given or found is too short to sign anything with."""


def store_url() -> str:
    """Return the database's URL: `CLOSEOUT_DATABASE_URL`, or one SQLite file in the current folder.

    Returns:
        A URL that dj-database-url reads. A relative SQLite path is made absolute, so that a
        program that later changes its folder keeps the same store.

    """
    url = os.environ.get(DATABASE_URL) or f"{_SQLITE}closeout.sqlite3"
    if url.startswith(_SQLITE) and (path := url.removeprefix(_SQLITE)) != ":memory:":
        return f"{_SQLITE}{Path(path).expanduser().absolute()}"
    return url


def files_root() -> Path:
    """Return the folder for uploads, collected static files and the key.

    It is `CLOSEOUT_FILES`, or `closeout-files` beside the SQLite store (in the current folder
    when the store is a server). The folder need not exist yet.
    """
    if given := os.environ.get(FILES):
        return Path(given).expanduser().absolute()
    url = store_url()
    beside = Path(url.removeprefix(_SQLITE)).parent if url.startswith(_SQLITE) else Path.cwd()
    return beside.absolute() / "closeout-files"


@cache
def secret_key() -> str:
    """Return `CLOSEOUT_SECRET_KEY`, or the key kept beside the store, made on first use.

    Raises:
        SecretKeyError: The key has fewer than 50 characters.

    """
    key = os.environ.get(SECRET_KEY) or _kept_key(files_root() / "secret-key")
    if len(key) < _MIN_KEY_LENGTH:
        msg = f"the secret key needs at least {_MIN_KEY_LENGTH} characters"
        raise SecretKeyError(msg)
    return key


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(_KEY_BYTES))
        # A hard link is made whole or not at all: of two processes starting at once, one wins
        # and both read its key.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
