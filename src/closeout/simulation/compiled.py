"""Turn functions over arrays into machine code, with their types kept for the checker.

Compiled code is kept beside each module and made anew when that module changes, not when one it calls does:
after changing a part, delete the `.nbi` and `.nbc` files of this folder's `__pycache__`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

place_of = np.uint64
"""A place in an array that is not below 0: compiled code then need not ask at each look-up whether to count
from the end, which is a fifth of its work."""

F = TypeVar("F", bound="Callable[..., object]")
_COMMON: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
# A part is only called by compiled code and makes no arrays: it needs no way in from Python, and no counting
# of who still holds an array, which takes seven times as long as the work itself.
_PART: dict[str, Any] = {
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
    "_nrt": False,
    "forceinline": True,
}


def compiled(function: F) -> F:
    """Return the function as machine code, compiled at its first call and kept beside the module.

    Threads may run it side by side: it lets go of the interpreter's lock. It must only ever be called with
    arguments of the same types, so that it is compiled once.
    """
    return cast("F", numba.njit(**_COMMON)(function))


def part(function: F) -> F:
    """Return the function as a part that is compiled into each of its callers. It makes no arrays."""
    return cast("F", numba.njit(**_COMMON, **_PART)(function))
