"""Which versions of what worked a result out."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import closeout

_PACKAGES = ("ibis-framework", "numpy", "pyarrow", "scipy", "sqlglot")
_OF_ENGINE = {"duckdb": "duckdb", "spark": "pyspark"}


def versions(engine: str) -> dict[str, str]:
    """Return the versions of Closeout, Python, the engine and the packages that give figures, by name."""
    found = {"closeout": closeout.__version__, "python": platform.python_version()}
    for package in (*_PACKAGES, _OF_ENGINE.get(engine, "")):
        if package:
            found[package] = _version(package)
    return dict(sorted(found.items()))


@cache
def _version(package: str) -> str:
    """Return a package's version, read once: it does not change while a program runs."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
