"""Turn functions over arrays into machine code, with their types kept for the checker.

Compiled code is kept beside each module and made anew when that module changes, not when one it calls does:
after changing `search`, delete the `.nbi` and `.nbc` files of this folder's `__pycache__`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import numba
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., object]")
Whole: TypeAlias = int | np.int64
"""A whole number of either make."""


def compiled(function: F) -> F:
    """Return the function as machine code, compiled at its first call and kept beside the module.

    It must only ever be called with arguments of the same types, so that it is compiled once.
    """
    return cast("F", numba.njit(cache=True, nogil=True)(function))
